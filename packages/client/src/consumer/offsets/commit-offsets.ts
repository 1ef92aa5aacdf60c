import { ErrorCode, KafkaError, type MillraceError } from '@millrace/protocol';
import { OffsetCommitRequest, OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit';
import { defineApi } from '../../cluster/api.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { kafkaFailure } from '../../cluster/kafka-failure.ts';
import { retrying } from '../../cluster/retrying.ts';
import type { TopicPartition } from '../topic-partition.ts';
import { structsByTopic } from './by-leader.ts';
import type { OffsetAndMetadata } from './offset-and-metadata.ts';

const OFFSET_COMMIT = defineApi(OffsetCommitRequest, OffsetCommitResponse);

/** Version 10 names topics by id; names are enough here. */
const LAST_VERSION_WITH_NAMES = 9;
const FIRST_VERSION_WITH_INSTANCE_ID = 7;

/** One offset to commit. */
export interface OffsetToCommit extends TopicPartition, OffsetAndMetadata {}

/** Who commits. Without a membership: generation -1 and an empty member id. */
export interface Committer {
  readonly groupId: string;
  readonly groupInstanceId: string | null;
  readonly generationId: number;
  readonly memberId: string;
}

export interface CommitOptions {
  /**
   * Who commits by now, asked when the coordinator knows a newer epoch of the member; undefined when the partitions
   * are no longer its own. Default: nobody.
   */
  readonly current?: (() => Committer | undefined) | undefined;
  readonly timeoutMs: number;
  readonly limitedBy: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Commits all offsets in one request, again and again while errors are retriable. REBALANCE_IN_PROGRESS is not retried
 * here: the member has to poll first. STALE_MEMBER_EPOCH is: the next heartbeat brings the epoch (KIP-848).
 * @throws KafkaError with the code the coordinator gave, TimeoutError
 */
export function commitOffsets(
  cluster: Cluster,
  offsets: readonly OffsetToCommit[],
  committer: Committer,
  options: CommitOptions,
): Promise<void> {
  let [member, isStale] = [committer, false];
  const retry = {
    ...options,
    operation: `Commit of group "${committer.groupId}"`,
    isRetriable: isStaleEpoch,
    onRetry: (error: MillraceError) => {
      isStale = isStaleEpoch(error);
      if (!isStale) cluster.coordinators.forget('group', committer.groupId);
      else if (options.current?.() === undefined) throw error;
    },
  };
  return retrying(cluster, retry, () => {
    // After the pause: a heartbeat may have brought the epoch meanwhile.
    if (isStale) member = options.current?.() ?? member;
    return commitOffsetsOnce(cluster, offsets, member);
  });
}

/** One attempt. @throws as `commitOffsets` */
export async function commitOffsetsOnce(
  cluster: Cluster,
  offsets: readonly OffsetToCommit[],
  committer: Committer,
): Promise<void> {
  const { groupId } = committer;
  const { response } = await cluster.send({
    to: { coordinatorOf: { type: 'group', key: groupId } },
    api: OFFSET_COMMIT,
    message: (version) => commitMessage(offsets, committer, version),
    versions: { maxVersion: LAST_VERSION_WITH_NAMES },
  });
  throwFirstFailure(response, groupId);
}

function commitMessage(
  offsets: readonly OffsetToCommit[],
  { groupId, groupInstanceId, generationId, memberId }: Committer,
  version: number,
): Parameters<typeof OffsetCommitRequest.write>[1] {
  const topics = structsByTopic(offsets, ({ partition, offset, leaderEpoch, metadata }) => ({
    partitionIndex: partition,
    committedOffset: offset,
    committedLeaderEpoch: leaderEpoch,
    committedMetadata: metadata,
  }));
  return {
    groupId,
    generationIdOrMemberEpoch: generationId,
    memberId,
    ...(version >= FIRST_VERSION_WITH_INSTANCE_ID ? { groupInstanceId } : {}),
    topics: topics.map(({ topic, partitions }) => ({ name: topic, partitions })),
  };
}

/** Errors about the membership concern all partitions, so they count before those of single partitions. */
function throwFirstFailure(response: OffsetCommitResponse, groupId: string): void {
  let first: Error | undefined;
  for (const { name, partitions } of response.topics) {
    for (const { partitionIndex, errorCode } of partitions) {
      if (errorCode === ErrorCode.NONE) continue;
      const failure = kafkaFailure(errorCode, `Commit of ${name}-${partitionIndex} in group "${groupId}"`);
      if (isMembershipError(errorCode)) throw failure;
      first ??= failure;
    }
  }
  if (first !== undefined) throw first;
}

/** The coordinator does not accept this member or this generation. */
export function isMembershipError(errorCode: number): boolean {
  return (
    errorCode === ErrorCode.UNKNOWN_MEMBER_ID ||
    errorCode === ErrorCode.ILLEGAL_GENERATION ||
    errorCode === ErrorCode.FENCED_INSTANCE_ID ||
    errorCode === ErrorCode.REBALANCE_IN_PROGRESS
  );
}

/** The member has a newer epoch, of which it has not heard yet: the next heartbeat tells. */
export function isStaleEpoch(error: MillraceError): boolean {
  return error instanceof KafkaError && error.errorCode === ErrorCode.STALE_MEMBER_EPOCH;
}
