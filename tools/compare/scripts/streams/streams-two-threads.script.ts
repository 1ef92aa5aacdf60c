import { incrementalAlterConfigs, streamsGroupDescribe, streamsGroupHeartbeat } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import {
  beatOf,
  helloOf,
  internal,
  reading,
  type StreamsBeat,
  streamsProperties,
  tasks,
  threadA,
  threadB,
  topologyOf,
} from './streams-requests.ts';

const GROUP_RESOURCE = 32;

export const script: CompareScript = {
  name: 'streams-two-threads',
  title:
    'Two threads of a streams application (KIP-1071): one gives up tasks before the other has them; standbys.',
  properties: streamsProperties,
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 2 });
    const changelog = await peer.topic('c', { partitions: 2 });
    await peer.coordinators();
    const groupId = peer.unique('app');
    const topology = topologyOf(reading([topic.name], { stateChangelogTopics: [internal(changelog.name)] }));
    const ask = (label: string, message: StreamsBeat) => peer.ask(label, streamsGroupHeartbeat, 0, message);
    const describe = (when: string) =>
      peer.ask(`described ${when}`, streamsGroupDescribe, 0, {
        groupIds: [groupId],
        includeAuthorizedOperations: false,
      });
    const beat = (memberId: string, memberEpoch: number, fields: Partial<StreamsBeat> = {}) =>
      beatOf(groupId, { memberId, memberEpoch, ...fields });
    await ask('a joins', helloOf(groupId, topology));
    await ask('b joins', helloOf(groupId, topology, { memberId: threadB }));
    await describe('while b waits');
    const told = await ask('a is told to give up', beat(threadA, 2));
    const kept = told.activeTasks?.[0]?.partitions ?? [];
    await ask('b waits', beat(threadB, 3));
    await ask('a has not yet', beat(threadA, 2, tasks([0, 1])));
    await ask('a has', beat(threadA, 2, tasks(kept)));
    await ask('b gets it', beat(threadB, 3));
    await describe('when both have theirs');
    await peer.ask('copies are wanted', incrementalAlterConfigs, 1, {
      resources: [
        {
          resourceType: GROUP_RESOURCE,
          resourceName: groupId,
          configs: [{ name: 'streams.num.standby.replicas', configOperation: 0, value: '1' }],
        },
      ],
      validateOnly: false,
    });
    await ask('a has a copy', beat(threadA, 3));
    await ask('b has a copy', beat(threadB, 3));
    await describe('with copies');
    await ask('a leaves', beat(threadA, -1));
    await ask('b is to give up its copy', beat(threadB, 4));
    await ask('b has', beat(threadB, 4, tasks([0, 1].filter((task) => !kept.includes(task)))));
    await ask('b has all', beat(threadB, 5));
    await describe('with b alone');
    await ask('b leaves', beat(threadB, -1));
  },
};
