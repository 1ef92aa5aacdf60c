import { ErrorCode } from '@millrace/protocol';
import type { OffsetCommitRequest } from '@millrace/protocol/messages/offset-commit';
import type { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerMember } from './consumer-member.ts';

type Committer = Pick<OffsetCommitRequest, 'memberId' | 'groupInstanceId' | 'generationIdOrMemberEpoch'>;

/** Who commits, and whether it may at all: `error` is `NONE`, or the error of every partition. */
export interface CommitCheck {
  readonly error: number;
  /** Commits for an epoch gone by: each partition must have been the member's already (KIP-1251). */
  readonly pastEpochOf: ConsumerMember | undefined;
}

const allowed: CommitCheck = { error: ErrorCode.NONE, pastEpochOf: undefined };

/** @param isOldVersion the request has no place for a member epoch */
export function checkConsumerCommit(
  group: ConsumerGroup,
  commit: Committer,
  isOldVersion: boolean,
): CommitCheck {
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
  if (!isClassic && isOldVersion) return refused(ErrorCode.UNSUPPORTED_VERSION);
  if (memberEpoch === member.current.memberEpoch) return allowed;
  if (memberEpoch > member.current.memberEpoch || memberEpoch < 0)
    return refused(isClassic ? ErrorCode.ILLEGAL_GENERATION : ErrorCode.STALE_MEMBER_EPOCH);
  return { error: ErrorCode.NONE, pastEpochOf: member };
}

/** Has the member had a partition since that epoch? */
export function hadPartition(
  { current }: ConsumerMember,
  memberEpoch: number,
  topicId: string,
  partition: number,
): boolean {
  const sinceEpoch =
    current.assigned.get(topicId)?.get(partition) ?? current.pendingRevocation.get(topicId)?.get(partition);
  return sinceEpoch !== undefined && memberEpoch >= sinceEpoch;
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
