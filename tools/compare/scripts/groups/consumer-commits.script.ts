import { consumerGroupHeartbeat } from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import type { CompareScript } from '../../src/script.ts';
import { commitsOfMembers } from './commits-of-members.ts';
import { hello } from './consumer-group.script.ts';

const [memberA, memberB] = ['AAAAAAAAAAAAAAAAAAAAAQ', 'AAAAAAAAAAAAAAAAAAAAAg'] as const;
const VERSION = 1;

/** Member A has both partitions, and gives one of them to member B. @returns the epoch of A */
async function twoMembers(
  peer: Peer,
  groupId: string,
  topic: { readonly name: string; readonly id: string },
): Promise<number> {
  const joining = { subscribedTopicNames: [topic.name] };
  const beat = (memberEpoch: number, partitions?: readonly number[]) =>
    peer.quietly(consumerGroupHeartbeat, VERSION, {
      groupId,
      memberId: memberA,
      memberEpoch,
      ...(partitions === undefined ? {} : { topicPartitions: [{ topicId: topic.id, partitions }] }),
    });
  const first = await peer.quietly(consumerGroupHeartbeat, VERSION, hello(VERSION, groupId, joining));
  await beat(first.memberEpoch, [0, 1]);
  await peer.quietly(
    consumerGroupHeartbeat,
    VERSION,
    hello(VERSION, groupId, { ...joining, memberId: memberB }),
  );
  const told = await beat(first.memberEpoch);
  const kept = told.assignment?.topicPartitions.flatMap(({ partitions }) => partitions) ?? [0, 1];
  peer.note('keeps', kept);
  const moved = await beat(told.memberEpoch, kept);
  peer.note('epochs', [first.memberEpoch, told.memberEpoch, moved.memberEpoch]);
  return moved.memberEpoch;
}

export const script: CompareScript = {
  name: 'consumer-commits',
  title: 'Offsets of a consumer group: by members at every epoch, by nobody, plain and in transactions.',
  properties: { 'group.consumer.assignment.interval.ms': '0' },
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 2 });
    await peer.coordinators();
    const groupId = peer.unique('group');
    const epoch = await twoMembers(peer, groupId, topic);
    await commitsOfMembers(peer, { groupId, members: [memberA, memberB], epoch }, topic);
  },
};
