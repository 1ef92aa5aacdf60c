import { ErrorCode } from '@millrace/protocol';
import {
  TxnOffsetCommitResponse,
  type TxnOffsetCommitRequest,
  type TxnOffsetCommitRequestTopic,
  type TxnOffsetCommitResponseTopic,
} from '@millrace/protocol/messages/txn-offset-commit';
import type { ClassicGroup } from '../classic/classic-group.ts';
import type { EndTransactionCall, TransactionalCommitCall } from '../group-calls.ts';
import type { OffsetCommitRecord } from '../group-records.ts';
import type { GroupShard } from '../group-shard.ts';
import type { UndoEntry } from '../undo-entry.ts';
import { checkAssignedTransactionalCommit } from './assigned-commit.ts';
import type { CommittedOffset } from './committed-offset.ts';
import type { PendingOffset } from './pending-offsets.ts';

/** TxnOffsetCommit: written as part of the producer's transaction, and not visible before it is committed. */
export function commitInTransaction(shard: GroupShard, call: TransactionalCommitCall, replyId: number): void {
  const { request, verification } = call;
  const known = shard.groups.get(request.groupId);
  const assignedError = checkAssignedTransactionalCommit(shard, request);
  const errorCode = assignedError ?? checkCommit(shard, known, request);
  if (errorCode !== ErrorCode.NONE) {
    shard.reply(replyId, transactionalCommitError(request, errorCode));
    return;
  }
  const offsets: PendingOffset[] = [];
  const topics = request.topics.map((topic) => commitTopic(shard, request, topic, offsets));
  const reply = TxnOffsetCommitResponse.create({ topics });
  if (offsets.length === 0) {
    shard.reply(replyId, reply);
    return;
  }
  const undo: UndoEntry[] = [];
  // As for OffsetCommit: a group without members comes into being with its first commit.
  if (known === undefined && assignedError === undefined)
    undo.push({ type: 'group-created', group: shard.createGroup(request.groupId) });
  const { producerId, producerEpoch } = request;
  undo.push(shard.holdOffsets(producerId, offsets));
  const records = offsets.map((offset): OffsetCommitRecord => ({ type: 'offset-commit', ...offset }));
  const frame = { type: 'transactional', producerId, producerEpoch, verification } as const;
  shard.append(records, { type: 'reply', replyId, call, reply }, undo, frame);
}

/** WriteTxnMarkers: the offsets of the transaction become the group's, or are forgotten. */
export function endTransaction(shard: GroupShard, call: EndTransactionCall, replyId: number): void {
  const { marker } = call;
  const undo = shard.settleOffsets(marker.producerId, marker.isCommit);
  const reply = { errorCode: ErrorCode.NONE };
  shard.append([], { type: 'reply', replyId, call, reply }, undo, marker);
}

/** The same error for every partition: TxnOffsetCommit has no place for one of the whole request. */
export function transactionalCommitError(
  { topics }: TxnOffsetCommitRequest,
  errorCode: number,
): TxnOffsetCommitResponse {
  return TxnOffsetCommitResponse.create({
    topics: topics.map(({ name, topicId, partitions }) => ({
      name,
      topicId,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
    })),
  });
}

/**
 * A producer need not say which member it commits for: old ones cannot. If it does, it must be a member of this very
 * generation (KIP-447); a rebalance under way does not matter.
 */
function checkCommit(
  shard: GroupShard,
  group: ClassicGroup | undefined,
  request: TxnOffsetCommitRequest,
): number {
  const { memberId, groupInstanceId, generationIdOrMemberEpoch: generation } = request;
  // Share groups have offsets of another kind.
  if (shard.shareGroups.has(request.groupId)) return ErrorCode.GROUP_ID_NOT_FOUND;
  if (group === undefined) return generation < 0 ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  if (generation < 0 && (group.state === 'Empty' || (memberId === '' && groupInstanceId === null))) {
    return ErrorCode.NONE;
  }
  const memberError = group.checkMember(memberId, groupInstanceId);
  if (memberError !== ErrorCode.NONE) return memberError;
  return generation === group.generation ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
}

function commitTopic(
  shard: GroupShard,
  { groupId }: TxnOffsetCommitRequest,
  topic: TxnOffsetCommitRequestTopic,
  offsets: PendingOffset[],
): TxnOffsetCommitResponseTopic {
  const { name, topicId } = topic;
  const maxMetadataLength = shard.properties['offset.metadata.max.bytes'];
  const partitions = topic.partitions.map(({ partitionIndex, committedMetadata, ...committed }) => {
    const metadata = committedMetadata ?? '';
    if (metadata.length > maxMetadataLength) {
      return { partitionIndex, errorCode: ErrorCode.OFFSET_METADATA_TOO_LARGE };
    }
    const value: CommittedOffset = {
      offset: committed.committedOffset,
      leaderEpoch: committed.committedLeaderEpoch,
      metadata,
      commitTimestampMs: shard.now.wallMs,
      expireTimestampMs: -1,
      topicId,
    };
    offsets.push({ groupId, topic: name, partition: partitionIndex, value });
    return { partitionIndex, errorCode: ErrorCode.NONE };
  });
  return { name, topicId, partitions };
}
