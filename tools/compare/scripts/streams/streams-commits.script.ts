import { streamsGroupHeartbeat } from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import type { CompareScript } from '../../src/script.ts';
import { commitsOfMembers } from '../groups/commits-of-members.ts';
import {
  beatOf,
  helloOf,
  reading,
  streamsProperties,
  tasks,
  threadA,
  threadB,
  topologyOf,
} from './streams-requests.ts';

/** Thread A has both tasks, and gives one of them to thread B. @returns the epoch of A */
async function twoThreads(peer: Peer, groupId: string, topic: string): Promise<number> {
  const topology = topologyOf(reading([topic]));
  const beat = (fields: object) => peer.quietly(streamsGroupHeartbeat, 0, beatOf(groupId, fields));
  const first = await peer.quietly(streamsGroupHeartbeat, 0, helloOf(groupId, topology));
  await beat({ memberEpoch: first.memberEpoch, ...tasks([0, 1]) });
  await peer.quietly(streamsGroupHeartbeat, 0, helloOf(groupId, topology, { memberId: threadB }));
  const told = await beat({ memberEpoch: first.memberEpoch });
  const kept = told.activeTasks?.flatMap(({ partitions }) => partitions) ?? [0, 1];
  peer.note('keeps', kept);
  const moved = await beat({ memberEpoch: told.memberEpoch, ...tasks(kept) });
  peer.note('epochs', [first.memberEpoch, told.memberEpoch, moved.memberEpoch]);
  return moved.memberEpoch;
}

export const script: CompareScript = {
  name: 'streams-commits',
  title: 'Offsets of a streams group: by members at every epoch, by nobody, plain and in transactions.',
  properties: streamsProperties,
  async run(peer) {
    const topic = await peer.topic('t', { partitions: 2 });
    await peer.coordinators();
    const groupId = peer.unique('app');
    const epoch = await twoThreads(peer, groupId, topic.name);
    await commitsOfMembers(peer, { groupId, members: [threadA, threadB], epoch }, topic);
  },
};
