import {
  consumerGroupHeartbeat,
  describeGroups,
  joinGroup,
  shareGroupHeartbeat,
  streamsGroupDescribe,
  streamsGroupHeartbeat,
} from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import type { CompareScript } from '../../src/script.ts';
import { join } from '../groups/classic-requests.ts';
import { hello } from '../groups/consumer-group.script.ts';
import { beatOf as shareBeatOf } from '../share/share-requests.ts';
import {
  beatOf,
  helloOf,
  internal,
  reading,
  type StreamsBeat,
  streamsProperties,
  threadB,
  topologyOf,
} from './streams-requests.ts';

async function requests(peer: Peer, groupId: string, topic: string): Promise<void> {
  const topology = topologyOf(reading([topic]));
  const beats: Readonly<Record<string, StreamsBeat>> = {
    'no group id': helloOf('', topology),
    'no member id': helloOf(groupId, topology, { memberId: '' }),
    'an empty rack': helloOf(groupId, topology, { rackId: '' }),
    'an instance id': helloOf(groupId, topology, { instanceId: 'i' }),
    'no topology': { ...helloOf(groupId, topology), topology: null },
    'no rebalance timeout': helloOf(groupId, topology, { rebalanceTimeoutMs: -1 }),
    'no tasks said': helloOf(groupId, topology, { activeTasks: null }),
    'tasks in the first beat': helloOf(groupId, topology, {
      activeTasks: [{ subtopologyId: '0', partitions: [0] }],
    }),
    'warm-ups': helloOf(groupId, topology, { warmupTasks: [{ subtopologyId: '0', partitions: [0] }] }),
    'task offsets': helloOf(groupId, topology, { taskOffsets: [] }),
    'an expression': helloOf(groupId, topologyOf(reading([topic], { sourceTopicRegex: ['t.*'] }))),
    'a changelog with partitions': helloOf(
      groupId,
      topologyOf(reading([topic], { stateChangelogTopics: [internal('c', 2)] })),
    ),
    'a topic of the broker': helloOf(groupId, topologyOf(reading(['__consumer_offsets']))),
    'a topic that is none': helloOf(groupId, topologyOf(reading(['a b']))),
    'no source': helloOf(groupId, topologyOf(reading([]))),
    'a loop': helloOf(
      groupId,
      topologyOf(reading([], { repartitionSinkTopics: ['r'], repartitionSourceTopics: [internal('r')] })),
    ),
    'a repartition topic that nobody writes': helloOf(
      groupId,
      topologyOf(reading([topic], { repartitionSourceTopics: [internal('r')] })),
    ),
    'a strange epoch': beatOf(groupId, { memberEpoch: -3 }),
    'a static leave': beatOf(groupId, { memberEpoch: -2 }),
    'half of its tasks': beatOf(groupId, { memberEpoch: 1, activeTasks: [] }),
    'a topology later': beatOf(groupId, { memberEpoch: 1, topology }),
    'an epoch in no group': beatOf(groupId, { memberEpoch: 1 }),
    'leave of no group': beatOf(groupId, { memberEpoch: -1 }),
  };
  for (const [label, beat] of Object.entries(beats)) await peer.ask(label, streamsGroupHeartbeat, 0, beat);
}

async function otherKinds(peer: Peer, groupId: string, topic: string): Promise<void> {
  const ask = (label: string, message: StreamsBeat) => peer.ask(label, streamsGroupHeartbeat, 0, message);
  const consumers = peer.unique('consumers');
  await peer.ask(
    'consumers',
    consumerGroupHeartbeat,
    1,
    hello(1, consumers, { subscribedTopicNames: [topic] }),
  );
  await ask('joins consumers', helloOf(consumers, topologyOf(reading([topic]))));
  await peer.ask(
    'a consumer joins',
    consumerGroupHeartbeat,
    1,
    hello(1, groupId, { subscribedTopicNames: [topic] }),
  );
  await peer.ask(
    'a sharer joins',
    shareGroupHeartbeat,
    1,
    shareBeatOf(groupId, { subscribedTopicNames: [topic] }),
  );
  await peer.ask('a classic member joins', joinGroup, 9, join(9, groupId));
  await peer.ask('described as classic', describeGroups, 6, {
    groups: [groupId],
    includeAuthorizedOperations: false,
  });
  await peer.ask('described as streams', streamsGroupDescribe, 0, {
    groupIds: [consumers, '', groupId],
    includeAuthorizedOperations: false,
  });
}

export const script: CompareScript = {
  name: 'streams-refusals',
  title:
    'Streams groups (KIP-1071): requests that make no sense, topics that do not fit, groups of other kinds.',
  properties: streamsProperties,
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 2 });
    const other = await peer.topic('u', { partitions: 3 });
    await peer.coordinators();
    const groupId = peer.unique('app');
    const ask = (label: string, message: StreamsBeat) => peer.ask(label, streamsGroupHeartbeat, 0, message);
    await requests(peer, groupId, topic.name);
    const missing = peer.unique('nowhere');
    await ask('a source that is not there', helloOf(peer.unique('lost'), topologyOf(reading([missing]))));
    await ask(
      'a changelog of other partitions',
      helloOf(
        peer.unique('wrong'),
        topologyOf(reading([topic.name], { stateChangelogTopics: [internal(other.name)] })),
      ),
    );
    const copartitionGroups = [{ sourceTopics: [0, 1], sourceTopicRegex: [], repartitionSourceTopics: [] }];
    await ask(
      'joins topics that are not alike',
      helloOf(peer.unique('uneven'), topologyOf(reading([topic.name, other.name], { copartitionGroups }))),
    );
    const topology = topologyOf(reading([topic.name]));
    await ask('joins', helloOf(groupId, { ...topology, epoch: 1 }));
    await ask('an older topology', helloOf(groupId, topology, { memberId: threadB }));
    await ask('another topology', helloOf(groupId, { ...topologyOf(reading([other.name])), epoch: 1 }));
    await ask('a newer topology', helloOf(groupId, { ...topology, epoch: 2 }));
    await ask('an unknown member', beatOf(groupId, { memberId: 'x', memberEpoch: 2 }));
    await ask('leave of an unknown member', beatOf(groupId, { memberId: 'x', memberEpoch: -1 }));
    await otherKinds(peer, groupId, other.name);
    await ask('b leaves', beatOf(groupId, { memberId: threadB, memberEpoch: -1 }));
    await ask('a leaves', beatOf(groupId, { memberEpoch: -1 }));
    await peer.ask('a classic member joins a group without members', joinGroup, 9, join(9, groupId));
  },
};
