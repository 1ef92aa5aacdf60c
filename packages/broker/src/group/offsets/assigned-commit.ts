import { ErrorCode } from '@millrace/protocol';
import type { OffsetCommitRequest } from '@millrace/protocol/messages/offset-commit';
import { checkConsumerCommit, hadPartition } from '../consumer/check-commit.ts';
import type { GroupShard } from '../group-shard.ts';
import { checkStreamsCommit, hadTask } from '../streams/check-streams-commit.ts';

/** From this version on OffsetCommit may carry a member epoch, as every TxnOffsetCommit that names a member does. */
const FIRST_WITH_MEMBER_EPOCH = 9;

interface CommittedTopic {
  readonly name: string;
  readonly topicId: string;
  readonly partitions: readonly {
    readonly partitionIndex: number;
    readonly committedMetadata: string | null;
  }[];
}

/** What OffsetCommit and TxnOffsetCommit have in common. */
type AssignedCommit = Pick<
  OffsetCommitRequest,
  'groupId' | 'memberId' | 'groupInstanceId' | 'generationIdOrMemberEpoch'
> & { readonly topics: readonly CommittedTopic[] };

interface MemberCheck {
  readonly error: number;
  /** Set for an epoch gone by: whether the member has had a partition since then. */
  readonly hadSince: ((topic: CommittedTopic, partition: number) => boolean) | undefined;
  /** Of an epoch that is too old for a partition. */
  readonly staleError: number;
}

/**
 * The error of an OffsetCommit for a group whose members are given their part by the broker; `undefined` for groups of
 * other kinds. An epoch gone by is good for what the member has had since then (KIP-1251); a partition that it has not is
 * enough for all of the commit to be refused, as in Kafka.
 */
export function checkAssignedCommit(
  shard: GroupShard,
  commit: AssignedCommit,
  version: number,
): number | undefined {
  const check = checkMember(shard, commit, version);
  if (check === undefined) return undefined;
  const { error, hadSince, staleError } = check;
  if (error !== ErrorCode.NONE || hadSince === undefined) return error;
  const maxMetadataLength = shard.properties['offset.metadata.max.bytes'];
  const isStale = commit.topics.some((topic) =>
    topic.partitions.some(
      ({ partitionIndex, committedMetadata }) =>
        (committedMetadata?.length ?? 0) <= maxMetadataLength && !hadSince(topic, partitionIndex),
    ),
  );
  return isStale ? staleError : ErrorCode.NONE;
}

/**
 * The same for a TxnOffsetCommit. A producer need not say which member it commits for; if it does, the epoch must be the
 * member's (KIP-447). Producers know generations only.
 */
export function checkAssignedTransactionalCommit(
  shard: GroupShard,
  commit: AssignedCommit,
): number | undefined {
  const { groupId, memberId, groupInstanceId, generationIdOrMemberEpoch: epoch } = commit;
  const isAssigned = shard.consumerGroups.has(groupId) || shard.streamsGroups.has(groupId);
  if (isAssigned && epoch === -1 && memberId === '' && groupInstanceId === null) return ErrorCode.NONE;
  const error = checkAssignedCommit(shard, commit, FIRST_WITH_MEMBER_EPOCH);
  return error === ErrorCode.STALE_MEMBER_EPOCH ? ErrorCode.ILLEGAL_GENERATION : error;
}

function checkMember(shard: GroupShard, commit: AssignedCommit, version: number): MemberCheck | undefined {
  const { groupId, generationIdOrMemberEpoch: epoch } = commit;
  const isOldVersion = version < FIRST_WITH_MEMBER_EPOCH;
  const consumerGroup = shard.consumerGroups.get(groupId);
  if (consumerGroup !== undefined) {
    const { error, pastEpochOf: member } = checkConsumerCommit(consumerGroup, commit, isOldVersion);
    if (member === undefined) return { error, hadSince: undefined, staleError: error };
    return {
      error,
      hadSince: ({ topicId }, partition) => hadPartition(member, epoch, topicId, partition),
      staleError:
        member.metadata.classic === null ? ErrorCode.STALE_MEMBER_EPOCH : ErrorCode.ILLEGAL_GENERATION,
    };
  }
  const streamsGroup = shard.streamsGroups.get(groupId);
  if (streamsGroup === undefined) return undefined;
  const { error, pastEpochOf: member } = checkStreamsCommit(streamsGroup, commit, isOldVersion);
  return {
    error,
    hadSince:
      member === undefined
        ? undefined
        : ({ name: topic }, index) => hadTask(streamsGroup, member, epoch, { topic, index }),
    staleError: ErrorCode.STALE_MEMBER_EPOCH,
  };
}
