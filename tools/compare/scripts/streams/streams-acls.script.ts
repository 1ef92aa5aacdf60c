import {
  createAcls,
  deleteAcls,
  deleteGroups,
  describeAcls,
  listGroups,
  offsetCommit,
  offsetDelete,
  offsetFetch,
  streamsGroupDescribe,
  streamsGroupHeartbeat,
} from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';
import { commit, committed } from '../groups/classic-requests.ts';
import {
  beatOf,
  helloOf,
  internal,
  reading,
  streamsProperties,
  tasks,
  threadA,
  topologyOf,
} from './streams-requests.ts';

const [TOPIC, GROUP, CLUSTER] = [2, 3, 4];
const LITERAL = 3;
const [DENY, ALLOW] = [2, 3] as const;
const [ALL, READ, CREATE, DELETE, DESCRIBE] = [2, 3, 5, 6, 8];

interface Denied {
  readonly type: number;
  readonly name: string;
  readonly operation: number;
}

/** For all ACLs of a resource. */
function filterOf({ type, name }: Denied) {
  return {
    resourceTypeFilter: type,
    resourceNameFilter: name,
    patternTypeFilter: LITERAL,
    principalFilter: null,
    hostFilter: null,
    operation: 1,
    permissionType: 1,
  };
}

/** What is denied; everything else of that resource is allowed. */
function aclsWithout({ type, name, operation }: Denied) {
  return [
    { operation, permissionType: DENY },
    { operation: ALL, permissionType: ALLOW },
  ].map((acl) => ({
    resourceType: type,
    resourceName: name,
    resourcePatternType: LITERAL,
    principal: 'User:ANONYMOUS',
    host: '*',
    ...acl,
  }));
}

export const script: CompareScript = {
  name: 'streams-acls',
  title: 'Streams groups: what each permission is for, and which error its absence is.',
  properties: {
    ...streamsProperties,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': 'true',
  },
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 2 });
    await peer.coordinators();
    const groupId = peer.unique('app');
    const changelog = peer.unique('app-changelog');
    const topology = topologyOf(reading([topic.name]));
    const stateful = topologyOf(reading([topic.name], { stateChangelogTopics: [internal(changelog)] }));
    const known = (denied: Denied, count: number) =>
      peer.settled(
        () => peer.quietly(describeAcls, 3, filterOf(denied)),
        ({ resources }) => resources.flatMap((one) => one.acls).length === count,
      );
    const without = async (denied: Denied, asks: () => Promise<void>) => {
      await peer.quietly(createAcls, 3, { creations: aclsWithout(denied) });
      await known(denied, 2);
      await asks();
      await peer.quietly(deleteAcls, 3, { filters: [filterOf(denied)] });
      await known(denied, 0);
    };
    const requests = async (label: string) => {
      await peer.ask(`${label}: joins`, streamsGroupHeartbeat, 0, helloOf(groupId, topology));
      await peer.ask(`${label}: beats`, streamsGroupHeartbeat, 0, beatOf(groupId, { memberEpoch: 2 }));
      await peer.ask(`${label}: describes`, streamsGroupDescribe, 0, {
        groupIds: [groupId, peer.unique('other')],
        includeAuthorizedOperations: true,
      });
      const { groups } = await peer.quietly(listGroups, 5, { statesFilter: [], typesFilter: ['streams'] });
      peer.note(
        `${label}: lists`,
        groups.filter((group) => group.groupId === groupId),
      );
      const member = { memberId: threadA, generationId: 2 };
      await peer.ask(`${label}: commits`, offsetCommit, 9, commit(9, groupId, topic, member));
      await peer.ask(`${label}: fetches`, offsetFetch, 9, {
        ...committed(9, groupId, topic),
        requireStable: false,
      });
      await peer.ask(`${label}: all offsets`, offsetFetch, 9, {
        ...committed(9, groupId, topic, null),
        requireStable: false,
      });
      await peer.ask(`${label}: deletes offsets`, offsetDelete, 0, {
        groupId,
        topics: [{ name: topic.name, partitions: [{ partitionIndex: 1 }] }],
      });
      await peer.ask(`${label}: deletes`, deleteGroups, 2, { groupsNames: [groupId] });
    };

    await peer.ask('joins', streamsGroupHeartbeat, 0, helloOf(groupId, topology));
    await peer.ask(
      'has tasks',
      streamsGroupHeartbeat,
      0,
      beatOf(groupId, { memberEpoch: 2, ...tasks([0, 1]) }),
    );
    await requests('everything');
    for (const [what, denied] of Object.entries({
      'without READ of the group': { type: GROUP, name: groupId, operation: READ },
      'without DESCRIBE of the group': { type: GROUP, name: groupId, operation: DESCRIBE },
      'without DELETE of the group': { type: GROUP, name: groupId, operation: DELETE },
      'without READ of the topic': { type: TOPIC, name: topic.name, operation: READ },
      'without DESCRIBE of the topic': { type: TOPIC, name: topic.name, operation: DESCRIBE },
    }))
      await without(denied, () => requests(what));

    const creator = peer.unique('creator');
    await without({ type: CLUSTER, name: 'kafka-cluster', operation: CREATE }, () =>
      without({ type: TOPIC, name: changelog, operation: CREATE }, async () => {
        const refused = await peer.ask(
          'may not create',
          streamsGroupHeartbeat,
          0,
          helloOf(creator, stateful),
        );
        peer.note('told so', refused.status?.[0]?.statusDetail);
      }),
    );
    await without({ type: TOPIC, name: changelog, operation: DESCRIBE }, async () => {
      await peer.ask(
        'may not describe the changelog',
        streamsGroupHeartbeat,
        0,
        helloOf(creator, stateful, { memberId: 'later' }),
      );
      await peer.ask('group with a topic that is not to be seen', streamsGroupDescribe, 0, {
        groupIds: [creator],
        includeAuthorizedOperations: false,
      });
    });
    await peer.askUntil(
      'has it created',
      { api: streamsGroupHeartbeat, version: 0, message: beatOf(creator, { memberEpoch: 2 }) },
      ({ status }) => status?.length === 0,
    );
  },
};
