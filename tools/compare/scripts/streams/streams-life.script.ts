import {
  deleteGroups,
  listGroups,
  offsetCommit,
  offsetFetch,
  streamsGroupDescribe,
  streamsGroupHeartbeat,
} from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { commit } from '../groups/classic-requests.ts';
import {
  beatOf,
  helloOf,
  internal,
  reading,
  type StreamsBeat,
  streamsProperties,
  tasks,
  threadA,
  topologyOf,
} from './streams-requests.ts';

export const script: CompareScript = {
  name: 'streams-life',
  title:
    'One thread of a streams application (KIP-1071): internal topics are created, it has tasks, commits, leaves.',
  properties: streamsProperties,
  known: [
    {
      step: 'joins, v0',
      field: 'status[0].statusDetail',
      reason: "missing topics are named in the order of Java's hash map",
      isByChance: true,
    },
  ],
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 2 });
    await peer.coordinators();
    const groupId = peer.unique('app');
    const [changelog, repartition] = [peer.unique('app-changelog'), peer.unique('app-repartition')];
    const ask = (label: string, message: StreamsBeat) => peer.ask(label, streamsGroupHeartbeat, 0, message);
    const describe = (when: string) =>
      peer.ask(`described ${when}`, streamsGroupDescribe, 0, {
        groupIds: [groupId],
        includeAuthorizedOperations: true,
      });
    const topology = topologyOf(
      reading([topic.name], { repartitionSinkTopics: [repartition] }),
      reading([], {
        subtopologyId: '1',
        repartitionSourceTopics: [internal(repartition)],
        stateChangelogTopics: [internal(changelog)],
      }),
    );
    const clientTags = [{ key: 'zone', value: 'z' }];
    await ask('joins', helloOf(groupId, topology, { clientTags, rackId: 'r' }));
    await describe('without internal topics');
    const beat = (memberEpoch: number, fields: Partial<StreamsBeat> = {}) =>
      beatOf(groupId, { memberEpoch, ...fields });
    // Each node creates them when it can; the first heartbeat after that has the tasks.
    await peer.askUntil(
      'topics are there',
      { api: streamsGroupHeartbeat, version: 0, message: beat(2) },
      ({ status }) => status?.length === 0,
    );
    await ask('nothing new', beat(3));
    await ask('it has them', beat(3, tasks([0, 1])));
    await describe('with tasks');
    await peer.ask('is listed', listGroups, 5, { statesFilter: [], typesFilter: ['streams'] });
    for (const epoch of [3, 2, 4])
      await peer.ask(
        `commits at epoch ${epoch}`,
        offsetCommit,
        9,
        commit(9, groupId, topic, { memberId: threadA, generationId: epoch }),
      );
    for (const [memberId, memberEpoch] of [
      [threadA, 3],
      [threadA, 2],
      ['x', 3],
      [null, -1],
    ] as const)
      await peer.ask(`fetches as ${memberId} at ${memberEpoch}`, offsetFetch, 9, {
        groups: [{ groupId, memberId, memberEpoch, topics: null }],
        requireStable: false,
      });
    await ask('an epoch behind, with its tasks', beat(2, tasks([0])));
    await ask('an epoch behind, with others', beat(2, tasks([7])));
    await ask('an epoch behind, and no word', beat(2));
    await ask('an epoch ahead', beat(4));
    await ask('a task that is none', beat(3, tasks([2])));
    await ask('joins again', helloOf(groupId, topology, { clientTags, rackId: 'r' }));
    await ask('has an endpoint', beat(3, { userEndpoint: { host: 'h', port: 80 } }));
    await ask('knows of endpoints', beat(4, { endpointInformationEpoch: 0 }));
    await peer.ask('not to be deleted', deleteGroups, 2, { groupsNames: [groupId] });
    await ask('asks for an end', beat(4, { shutdownApplication: true }));
    await ask('leaves', beat(-1));
    await describe('without members');
    await ask('is not there', beat(4));
    await peer.ask('deleted', deleteGroups, 2, { groupsNames: [groupId] });
    await describe('after that');
  },
};
