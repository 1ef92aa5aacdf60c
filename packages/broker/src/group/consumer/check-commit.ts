import { ErrorCode } from '@millrace/protocol';
import type { OffsetCommitRequest } from '@millrace/protocol/messages/offset-commit';
import type { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerMember } from './consumer-member.ts';

/** From this version on OffsetCommit may carry a member epoch. */
const FIRST_WITH_MEMBER_EPOCH = 9;

type Committer = Pick<OffsetCommitRequest, 'memberId' | 'groupInstanceId' | 'generationIdOrMemberEpoch'>;

/** Who commits, and whether it may at all: `error` is `NONE`, or the error of every partition. */
export interface CommitCheck {
  readonly error: number;
  /** Commits for an epoch gone by: each partition must have been the member's already (KIP-1251). */
  readonly pastEpochOf: ConsumerMember | undefined;
}

const allowed: CommitCheck = { error: ErrorCode.NONE, pastEpochOf: undefined };

export function checkConsumerCommit(group: ConsumerGroup, commit: Committer, version: number): CommitCheck {
  const { memberId, groupInstanceId, generationIdOrMemberEpoch: memberEpoch } = commit;
  // Without an epoch it comes from an admin tool, or from a consumer that manages its partitions by itself.
  if (memberEpoch < 0 && group.members.size === 0) return allowed;
  if (groupInstanceId !== null) {
    const ownerId = group.staticMembers.get(groupInstanceId);
    if (ownerId !== undefined && ownerId !== memberId) return refused(ErrorCode.FENCED_INSTANCE_ID);
  }
  const member = group.members.get(memberId);
  if (member === undefined) return refused(ErrorCode.UNKNOWN_MEMBER_ID);
  const isClassic = member.metadata.classic !== null;
  if (!isClassic && version < FIRST_WITH_MEMBER_EPOCH) return refused(ErrorCode.UNSUPPORTED_VERSION);
  if (memberEpoch === member.current.memberEpoch) return allowed;
  if (isClassic) return refused(ErrorCode.ILLEGAL_GENERATION);
  if (memberEpoch > member.current.memberEpoch || memberEpoch < 0)
    return refused(ErrorCode.STALE_MEMBER_EPOCH);
  return { error: ErrorCode.NONE, pastEpochOf: member };
}

/**
 * TxnOffsetCommit: a producer need not say which member it commits for; if it does, the epoch must be the member's
 * (KIP-447).
 */
export function checkTransactionalCommit(group: ConsumerGroup, commit: Committer): number {
  const { memberId, groupInstanceId, generationIdOrMemberEpoch: memberEpoch } = commit;
  if (memberEpoch < 0 && memberId === '' && groupInstanceId === null) return ErrorCode.NONE;
  const { error, pastEpochOf } = checkConsumerCommit(group, commit, FIRST_WITH_MEMBER_EPOCH);
  return pastEpochOf === undefined ? error : ErrorCode.STALE_MEMBER_EPOCH;
}

/** May a member commit for a partition with an epoch that is behind? If it has had the partition since then. */
export function checkPastCommit(
  { current }: ConsumerMember,
  memberEpoch: number,
  topicId: string,
  partition: number,
): number {
  const sinceEpoch =
    current.assigned.get(topicId)?.get(partition) ?? current.pendingRevocation.get(topicId)?.get(partition);
  const hadIt = sinceEpoch !== undefined && memberEpoch >= sinceEpoch;
  return hadIt ? ErrorCode.NONE : ErrorCode.STALE_MEMBER_EPOCH;
}

/** The error of an OffsetFetch by this member; `NONE` when it is who it says it is, or does not say. */
export function checkConsumerFetch(
  group: ConsumerGroup,
  memberId: string | null,
  memberEpoch: number,
): number {
  if (memberId === null && memberEpoch < 0) return ErrorCode.NONE;
  const member = group.members.get(memberId ?? '');
  if (member === undefined) return ErrorCode.UNKNOWN_MEMBER_ID;
  if (memberEpoch === member.current.memberEpoch) return ErrorCode.NONE;
  return member.metadata.classic === null ? ErrorCode.STALE_MEMBER_EPOCH : ErrorCode.ILLEGAL_GENERATION;
}

function refused(error: number): CommitCheck {
  return { error, pastEpochOf: undefined };
}
