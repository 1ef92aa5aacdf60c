import { addOffsetsToTxn, endTxn, offsetCommit, offsetFetch, txnOffsetCommit } from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import type { Topic } from '../records/record-requests.ts';
import { addOffsets, commitOffset, end, initialized } from '../transactions/transaction-requests.ts';
import { commit, committed } from './classic-requests.ts';

/** The first version of TxnOffsetCommit that says who commits. */
const FIRST_WITH_MEMBER = 3;
/** The first one that needs no AddOffsetsToTxn. */
const FIRST_OF_SECOND_GENERATION = 5;

interface Committer {
  readonly memberId: string;
  readonly generationId: number;
}

/** Who may commit, and at which epoch: two members, of which the first is at `epoch` and had a partition before. */
function committers(
  [a, b]: readonly string[],
  epoch: number,
): Readonly<Record<string, Committer & { readonly groupInstanceId?: string }>> {
  return {
    'its epoch': { memberId: a!, generationId: epoch },
    'the epoch before': { memberId: a!, generationId: epoch - 1 },
    'an epoch before it had anything': { memberId: a!, generationId: 1 },
    'an epoch ahead': { memberId: a!, generationId: epoch + 1 },
    'no epoch': { memberId: a!, generationId: -1 },
    'a strange member': { memberId: 'x', generationId: epoch },
    'another member': { memberId: b!, generationId: epoch },
    'an epoch and no member': { memberId: '', generationId: epoch },
    nobody: { memberId: '', generationId: -1 },
    'nobody with a name': { memberId: '', generationId: -1, groupInstanceId: 'i' },
  };
}

/** Each for itself, and both. */
const partitionLists: readonly (readonly number[])[] = [[0], [1], [0, 1]];

/** Offsets by everybody that may commit or may not: plain, of several partitions, and in transactions. */
export async function commitsOfMembers(
  peer: Peer,
  group: { readonly groupId: string; readonly members: readonly string[]; readonly epoch: number },
  topic: Topic,
): Promise<void> {
  const { groupId, members, epoch } = group;
  for (const version of peer.versions(offsetCommit).filter((each) => each >= 7)) {
    for (const [who, member] of Object.entries(committers(members, epoch))) {
      for (const partitions of partitionLists)
        await peer.ask(
          `commit for ${partitions.join()}: ${who}`,
          offsetCommit,
          version,
          commit(version, groupId, topic, member, {
            partitions,
            ...(member.groupInstanceId === undefined ? {} : { instance: member.groupInstanceId }),
          }),
        );
    }
  }
  for (const version of peer.versions(txnOffsetCommit).filter((each) => each >= FIRST_WITH_MEMBER)) {
    const id = peer.unique(`txn-${version}`);
    const holder = await initialized(peer, `init ${version}`, 4, id);
    if (version < FIRST_OF_SECOND_GENERATION)
      await peer.ask(`add ${version}`, addOffsetsToTxn, 3, addOffsets(id, holder, groupId));
    const request = commitOffset(version, id, holder, { groupId, topic });
    const [
      {
        partitions: [offset],
      },
    ] = request.topics as [(typeof request.topics)[number]];
    for (const [who, { memberId, generationId, groupInstanceId = null }] of Object.entries(
      committers(members, epoch),
    )) {
      for (const partitions of partitionLists)
        await peer.ask(`transactional for ${partitions.join()}: ${who}`, txnOffsetCommit, version, {
          ...request,
          topics: [
            {
              name: topic.name,
              partitions: partitions.map((partitionIndex) => ({ ...offset!, partitionIndex })),
            },
          ],
          memberId,
          generationIdOrMemberEpoch: generationId,
          groupInstanceId,
        });
    }
    await peer.quietly(endTxn, version < FIRST_OF_SECOND_GENERATION ? 3 : 5, end(id, holder, true));
    await peer.settled(
      () => peer.quietly(offsetFetch, 9, { ...committed(9, groupId, topic, [0]), requireStable: true }),
      ({ groups }) => groups[0]!.topics[0]!.partitions[0]!.errorCode === 0,
    );
    await peer.ask(`afterwards ${version}`, offsetFetch, 9, committed(9, groupId, topic));
  }
}
