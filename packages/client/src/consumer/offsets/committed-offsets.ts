import { ErrorCode, KafkaError, type MillraceError } from '@millrace/protocol';
import { OffsetFetchRequest, OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch';
import { defineApi } from '../../cluster/api.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { kafkaFailure } from '../../cluster/kafka-failure.ts';
import { retrying } from '../../cluster/retrying.ts';
import { isStaleEpoch, type Committer } from './commit-offsets.ts';
import type { OffsetAndMetadata } from './offset-and-metadata.ts';
import { partitionKey, partitionsByTopic, type TopicPartition } from '../topic-partition.ts';

const OFFSET_FETCH = defineApi(OffsetFetchRequest, OffsetFetchResponse);

const FIRST_VERSION_WITH_GROUPS = 8;
/** Version 10 names topics by id, which tells offsets of a re-created topic apart; names are enough here. */
const LAST_VERSION_WITH_NAMES = 9;
const FIRST_VERSION_WITH_REQUIRE_STABLE = 7;
const FIRST_VERSION_WITH_MEMBER = 9;

export interface CommittedOffsetsOptions {
  readonly groupId: string;
  /** Wait until no transaction has a commit pending: what `read_committed` needs (KIP-447). */
  readonly requireStable: boolean;
  /**
   * Who asks, as a member whose epoch the coordinator is to check (KIP-848), so that one that has been fenced does not go
   * on from offsets that are no longer its own. Asked anew for each attempt; undefined for nobody.
   */
  readonly member?: (() => Committer | undefined) | undefined;
  readonly timeoutMs: number;
  readonly limitedBy: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The group's committed offsets by `partitionKey`; partitions without one are missing. Every failure is an error or a
 * retry: "not found" is only what the coordinator says, because the answer to it may be to start over.
 */
export function committedOffsets(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  options: CommittedOffsetsOptions,
): Promise<Map<string, OffsetAndMetadata>> {
  const coordinator = { type: 'group', key: options.groupId } as const;
  const retry = {
    ...options,
    operation: `Looking up committed offsets of group "${options.groupId}"`,
    // Whoever hears of a stale epoch must ask again, with that of the next heartbeat, and not start over.
    isRetriable: isAboutMember,
    onRetry: (error: MillraceError) => {
      if (!isAboutMember(error)) cluster.coordinators.forget(coordinator.type, coordinator.key);
    },
  };
  return retrying(cluster, retry, async () => {
    const { response } = await cluster.send({
      to: { coordinatorOf: coordinator },
      api: OFFSET_FETCH,
      message: (version) => requestMessage(partitions, options, version),
      versions: options.requireStable
        ? { minVersion: FIRST_VERSION_WITH_REQUIRE_STABLE, maxVersion: LAST_VERSION_WITH_NAMES }
        : { maxVersion: LAST_VERSION_WITH_NAMES },
    });
    return readAnswer(response, options.groupId);
  });
}

/** A member that is fenced joins again, and asks as that, or for partitions that nobody waits for any more. */
function isAboutMember(error: MillraceError): boolean {
  return (
    isStaleEpoch(error) || (error instanceof KafkaError && error.errorCode === ErrorCode.UNKNOWN_MEMBER_ID)
  );
}

function requestMessage(
  partitions: readonly TopicPartition[],
  { groupId, requireStable, member }: CommittedOffsetsOptions,
  version: number,
): Parameters<typeof OffsetFetchRequest.write>[1] {
  const topics = [...partitionsByTopic(partitions)].map(([name, partitionIndexes]) => ({
    name,
    partitionIndexes,
  }));
  const stable = version >= FIRST_VERSION_WITH_REQUIRE_STABLE ? { requireStable } : {};
  if (version < FIRST_VERSION_WITH_GROUPS) return { groupId, topics, ...stable };
  const asking = version >= FIRST_VERSION_WITH_MEMBER ? member?.() : undefined;
  const named = asking === undefined ? {} : { memberId: asking.memberId, memberEpoch: asking.generationId };
  return { groups: [{ groupId, topics, ...named }], ...stable };
}

function readAnswer(response: OffsetFetchResponse, groupId: string): Map<string, OffsetAndMetadata> {
  // Before version 8 the answer is about one group, and its fields lie at the top.
  const group = response.groups.find((candidate) => candidate.groupId === groupId) ?? response;
  throwOnError(group.errorCode, `Committed offsets of group "${groupId}"`);
  const committed = new Map<string, OffsetAndMetadata>();
  for (const { name, partitions } of group.topics) {
    for (const answer of partitions) {
      const key = partitionKey(name, answer.partitionIndex);
      // A topic that does not exist has no committed offset; whether that is a problem shows when it is fetched.
      if (answer.errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) continue;
      throwOnError(answer.errorCode, `Committed offset of ${key} in group "${groupId}"`);
      if (answer.committedOffset < 0) continue;
      committed.set(key, {
        offset: answer.committedOffset,
        leaderEpoch: answer.committedLeaderEpoch,
        metadata: answer.metadata ?? '',
      });
    }
  }
  return committed;
}

function throwOnError(errorCode: number, context: string): void {
  if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, context);
}
