import { ErrorCode } from '@millrace/protocol';
import type { OffsetCommitRequest } from '@millrace/protocol/messages/offset-commit';
import type { StreamsGroup } from './streams-group.ts';
import type { StreamsMember } from './streams-member.ts';

/** From this version on OffsetCommit may carry a member epoch. */
const FIRST_WITH_MEMBER_EPOCH = 9;

type Committer = Pick<OffsetCommitRequest, 'memberId' | 'groupInstanceId' | 'generationIdOrMemberEpoch'>;

/** Who commits, and whether it may at all: `error` is `NONE`, or the error of every partition. */
export interface StreamsCommitCheck {
  readonly error: number;
  /** Commits for an epoch gone by: each task must have been the member's already (KIP-1251). */
  readonly pastEpochOf: StreamsMember | undefined;
}

const allowed: StreamsCommitCheck = { error: ErrorCode.NONE, pastEpochOf: undefined };

/** OffsetCommit of a member, or of nobody in particular. */
export function checkStreamsCommit(
  group: StreamsGroup,
  { memberId, generationIdOrMemberEpoch: memberEpoch }: Committer,
  version: number,
): StreamsCommitCheck {
  // Without an epoch it comes from an admin tool.
  if (memberEpoch < 0 && group.members.size === 0) return allowed;
  const member = group.members.get(memberId);
  if (member === undefined) return refused(ErrorCode.UNKNOWN_MEMBER_ID);
  if (version < FIRST_WITH_MEMBER_EPOCH) return refused(ErrorCode.UNSUPPORTED_VERSION);
  if (memberEpoch === member.current.memberEpoch) return allowed;
  if (memberEpoch > member.current.memberEpoch || group.topology === undefined)
    return refused(ErrorCode.STALE_MEMBER_EPOCH);
  return { error: ErrorCode.NONE, pastEpochOf: member };
}

/** TxnOffsetCommit: a producer need not say which member it commits for. */
export function checkStreamsTransactionalCommit(
  group: StreamsGroup,
  commit: Committer & { readonly topics: readonly CommittedTopic[] },
): number {
  const { memberId, groupInstanceId, generationIdOrMemberEpoch: memberEpoch } = commit;
  if (memberEpoch === -1 && memberId === '' && groupInstanceId === null) return ErrorCode.NONE;
  const { error, pastEpochOf } = checkStreamsCommit(group, commit, FIRST_WITH_MEMBER_EPOCH);
  // Producers of the transactional protocol know generations only.
  if (error === ErrorCode.STALE_MEMBER_EPOCH) return ErrorCode.ILLEGAL_GENERATION;
  if (pastEpochOf === undefined) return error;
  const isStale = commit.topics.some(({ name, partitions }) =>
    partitions.some(({ partitionIndex }) => !hadTask(group, pastEpochOf, memberEpoch, name, partitionIndex)),
  );
  return isStale ? ErrorCode.ILLEGAL_GENERATION : ErrorCode.NONE;
}

interface CommittedTopic {
  readonly name: string;
  readonly partitions: readonly { readonly partitionIndex: number }[];
}

/** May a member commit for a partition with an epoch that is behind? If it has had its task since then. */
export function checkPastStreamsCommit(
  group: StreamsGroup,
  member: StreamsMember,
  memberEpoch: number,
  partition: { readonly topic: string; readonly index: number },
): number {
  return hadTask(group, member, memberEpoch, partition.topic, partition.index)
    ? ErrorCode.NONE
    : ErrorCode.STALE_MEMBER_EPOCH;
}

function hadTask(
  group: StreamsGroup,
  { current }: StreamsMember,
  memberEpoch: number,
  topic: string,
  partition: number,
): boolean {
  const subtopologyId = group.subtopologyOf(topic) ?? '';
  const sinceEpoch =
    current.assigned.active.get(subtopologyId)?.get(partition) ??
    current.pendingRevocation.active.get(subtopologyId)?.get(partition);
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
