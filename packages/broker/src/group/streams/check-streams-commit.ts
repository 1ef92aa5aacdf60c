import { ErrorCode } from '@millrace/protocol';
import type { OffsetCommitRequest } from '@millrace/protocol/messages/offset-commit';
import type { StreamsGroup } from './streams-group.ts';
import type { StreamsMember } from './streams-member.ts';

type Committer = Pick<OffsetCommitRequest, 'memberId' | 'groupInstanceId' | 'generationIdOrMemberEpoch'>;

/** Who commits, and whether it may at all: `error` is `NONE`, or the error of every partition. */
export interface StreamsCommitCheck {
  readonly error: number;
  /** Commits for an epoch gone by: each task must have been the member's already (KIP-1251). */
  readonly pastEpochOf: StreamsMember | undefined;
}

const allowed: StreamsCommitCheck = { error: ErrorCode.NONE, pastEpochOf: undefined };

/**
 * A commit of a member, or of nobody in particular.
 * @param isOldVersion the request has no place for a member epoch
 */
export function checkStreamsCommit(
  group: StreamsGroup,
  { memberId, generationIdOrMemberEpoch: memberEpoch }: Committer,
  isOldVersion: boolean,
): StreamsCommitCheck {
  // Without an epoch it comes from an admin tool.
  if (memberEpoch < 0 && group.members.size === 0) return allowed;
  const member = group.members.get(memberId);
  if (member === undefined) return refused(ErrorCode.UNKNOWN_MEMBER_ID);
  if (isOldVersion) return refused(ErrorCode.UNSUPPORTED_VERSION);
  if (memberEpoch === member.current.memberEpoch) return allowed;
  if (memberEpoch > member.current.memberEpoch || group.topology === undefined)
    return refused(ErrorCode.STALE_MEMBER_EPOCH);
  return { error: ErrorCode.NONE, pastEpochOf: member };
}

/** Has the member had the task of a partition since that epoch? */
export function hadTask(
  group: StreamsGroup,
  { current }: StreamsMember,
  memberEpoch: number,
  partition: { readonly topic: string; readonly index: number },
): boolean {
  const subtopologyId = group.subtopologyOf(partition.topic) ?? '';
  const sinceEpoch =
    current.assigned.active.get(subtopologyId)?.get(partition.index) ??
    current.pendingRevocation.active.get(subtopologyId)?.get(partition.index);
  return sinceEpoch !== undefined && memberEpoch >= sinceEpoch;
}

/** The error of an OffsetFetch by this member; `NONE` when it is who it says it is, or does not say. */
export function checkStreamsFetch(group: StreamsGroup, memberId: string | null, memberEpoch: number): number {
  if (memberId === null && memberEpoch < 0) return ErrorCode.NONE;
  const member = group.members.get(memberId ?? '');
  if (member === undefined) return ErrorCode.UNKNOWN_MEMBER_ID;
  return memberEpoch === member.current.memberEpoch ? ErrorCode.NONE : ErrorCode.STALE_MEMBER_EPOCH;
}

function refused(error: number): StreamsCommitCheck {
  return { error, pastEpochOf: undefined };
}
