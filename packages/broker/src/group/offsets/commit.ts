import { ErrorCode } from '@millrace/protocol';
import {
  OffsetCommitResponse,
  type OffsetCommitRequest,
  type OffsetCommitRequestPartition,
  type OffsetCommitRequestTopic,
  type OffsetCommitResponseTopic,
} from '@millrace/protocol/messages/offset-commit';
import type { ClassicGroup } from '../classic/classic-group.ts';
import { restartSession } from '../classic/session.ts';
import type { CommitCall } from '../group-calls.ts';
import type { OffsetCommitRecord } from '../group-records.ts';
import type { GroupShard } from '../group-shard.ts';
import type { UndoEntry } from '../undo-entry.ts';
import { checkAssignedCommit } from './assigned-commit.ts';

/** From this version on an unknown group is said to be unknown. */
const GROUP_ID_NOT_FOUND_VERSION = 9;

/** OffsetCommit: visible to the group at once, answered when it is durable. */
export function commitOffsets(shard: GroupShard, call: CommitCall, replyId: number): void {
  const { request } = call;
  const known = shard.groups.get(request.groupId);
  const assignedError = checkAssignedCommit(shard, request, call.version);
  const errorCode = assignedError ?? checkCommit(shard, known, call);
  if (errorCode !== ErrorCode.NONE) {
    shard.reply(replyId, commitError(request, errorCode));
    return;
  }
  if (known !== undefined) keepAlive(shard, known, request.memberId);
  const records: OffsetCommitRecord[] = [];
  const topics = request.topics.map((topic) => commitTopic(shard, request, topic, records));
  const reply = OffsetCommitResponse.create({ topics });
  if (records.length === 0) {
    shard.reply(replyId, reply);
    return;
  }
  const undo: UndoEntry[] = [];
  // A group that manages its partitions by itself comes into being with its first commit: a "simple" group.
  if (known === undefined && assignedError === undefined)
    undo.push({ type: 'group-created', group: shard.createGroup(request.groupId) });
  undo.push(...shard.applyOffsets(records));
  shard.append(records, { type: 'reply', replyId, call, reply }, undo);
}

/** The same error for every partition: OffsetCommit has no place for one of the whole request. */
export function commitError({ topics }: OffsetCommitRequest, errorCode: number): OffsetCommitResponse {
  return OffsetCommitResponse.create({
    topics: topics.map(({ name, topicId, partitions }) => ({
      name,
      topicId,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
    })),
  });
}

function checkCommit(
  shard: GroupShard,
  group: ClassicGroup | undefined,
  { request, version }: CommitCall,
): number {
  const { memberId, groupInstanceId, generationIdOrMemberEpoch: generation } = request;
  if (group === undefined) {
    // Share groups have offsets of another kind.
    if (generation < 0 && !shard.shareGroups.has(request.groupId)) return ErrorCode.NONE;
    return version >= GROUP_ID_NOT_FOUND_VERSION
      ? ErrorCode.GROUP_ID_NOT_FOUND
      : ErrorCode.ILLEGAL_GENERATION;
  }
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  // Without a generation it comes from an admin tool, or from a consumer that manages its partitions by itself.
  if (generation < 0 && group.state === 'Empty') return ErrorCode.NONE;
  if (generation < 0 && memberId === '' && groupInstanceId === null) return ErrorCode.UNKNOWN_MEMBER_ID;
  const memberError = group.checkMember(memberId, groupInstanceId);
  if (memberError !== ErrorCode.NONE) return memberError;
  if (generation !== group.generation) return ErrorCode.ILLEGAL_GENERATION;
  // The member has its JoinGroup answer already, and will get its assignment: nothing it may commit for yet.
  return group.state === 'CompletingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
}

/** A member that commits is alive. */
function keepAlive(shard: GroupShard, group: ClassicGroup, memberId: string): void {
  if (group.state !== 'Stable' && group.state !== 'PreparingRebalance') return;
  const member = group.members.get(memberId);
  if (member !== undefined) restartSession(shard, group, member);
}

function commitTopic(
  shard: GroupShard,
  request: OffsetCommitRequest,
  topic: OffsetCommitRequestTopic,
  records: OffsetCommitRecord[],
): OffsetCommitResponseTopic {
  const maxMetadataLength = shard.properties['offset.metadata.max.bytes'];
  const partitions = topic.partitions.map((partition) => {
    const { partitionIndex, committedMetadata } = partition;
    if (committedMetadata !== null && committedMetadata.length > maxMetadataLength) {
      return { partitionIndex, errorCode: ErrorCode.OFFSET_METADATA_TOO_LARGE };
    }
    records.push(offsetRecord(shard, request, topic, partition));
    return { partitionIndex, errorCode: ErrorCode.NONE };
  });
  return { name: topic.name, topicId: topic.topicId, partitions };
}

function offsetRecord(
  shard: GroupShard,
  { groupId, retentionTimeMs }: OffsetCommitRequest,
  { name, topicId }: OffsetCommitRequestTopic,
  partition: OffsetCommitRequestPartition,
): OffsetCommitRecord {
  const { wallMs } = shard.now;
  return {
    type: 'offset-commit',
    groupId,
    topic: name,
    partition: partition.partitionIndex,
    value: {
      offset: partition.committedOffset,
      leaderEpoch: partition.committedLeaderEpoch,
      metadata: partition.committedMetadata ?? '',
      commitTimestampMs: wallMs,
      expireTimestampMs: retentionTimeMs === -1 ? -1 : expiryMs(wallMs, retentionTimeMs),
      topicId,
    },
  };
}

/** What would end after the last moment there is a number for, or before the first, ends then. */
function expiryMs(wallMs: number, retentionTimeMs: number): number {
  return Math.min(Math.max(0, wallMs + retentionTimeMs), Number.MAX_SAFE_INTEGER);
}
