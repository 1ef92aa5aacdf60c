import { batchLeaderEpoch, batchNextOffset, ErrorCode, wholeBatchSizeBytes } from '@millrace/protocol';
import type { FetchResponse } from '@millrace/protocol/messages/fetch';
import type { Cluster } from '../../cluster/cluster.ts';
import { kafkaFailure } from '../../cluster/kafka-failure.ts';
import { CorruptRecordsError, OffsetOutOfRangeError } from '../consumer-errors.ts';
import type { AssignedPartition, LogPosition } from '../subscription/assigned-partition.ts';
import type { OffsetResetPolicy } from '../subscription/offset-reset-policy.ts';
import type { SubscriptionState } from '../subscription/subscription-state.ts';
import type { ConsumerMetrics } from '../../observability/consumer-metrics.ts';
import { AbortedTransactions } from './aborted-transactions.ts';
import type { FetchBuffer } from './fetch-buffer.ts';
import { fetchErrorAction } from './fetch-error-action.ts';
import { FetchedRecords } from './fetched-records.ts';
import type { AskedPartition } from './fetcher.ts';

export interface FetchAnswerOptions {
  /** `check.crcs`. */
  readonly checksCrcs: boolean;
  readonly isolationLevel: 'read_uncommitted' | 'read_committed';
  readonly resetPolicy: OffsetResetPolicy;
  /** How long a follower named by the leader is read from before the leader is asked again (`metadata.max.age.ms`). */
  readonly preferredReplicaMs: number;
  readonly metrics?: ConsumerMetrics | undefined;
}

type PartitionAnswer = FetchResponse['responses'][number]['partitions'][number];

/** Takes Fetch answers apart: records into the buffer, errors into what they mean for the partition. */
export class FetchAnswerReader {
  readonly #cluster: Cluster;
  readonly #subscription: SubscriptionState;
  readonly #buffer: FetchBuffer;
  readonly #options: FetchAnswerOptions;

  constructor(
    cluster: Cluster,
    subscription: SubscriptionState,
    buffer: FetchBuffer,
    options: FetchAnswerOptions,
  ) {
    this.#cluster = cluster;
    this.#subscription = subscription;
    this.#buffer = buffer;
    this.#options = options;
  }

  /** @returns partitions to ask for again after a pause. */
  take(
    response: FetchResponse,
    asked: readonly AskedPartition[],
    usesTopicIds: boolean,
  ): readonly AssignedPartition[] {
    const byKey = new Map(asked.map((entry) => [entry.partition.key, entry]));
    const retried: AssignedPartition[] = [];
    let needsMetadata = false;
    for (const { topic, topicId, partitions } of response.responses) {
      const name = usesTopicIds ? this.#cluster.metadata.topicNameOf(topicId) : topic;
      for (const answer of partitions) {
        const entry = name === undefined ? undefined : byKey.get(`${name}-${answer.partitionIndex}`);
        // Between question and answer there may have been a seek or a rebalance: then nobody wants the answer.
        if (entry === undefined || !this.#isStillWanted(entry)) continue;
        if (answer.errorCode === ErrorCode.NONE) {
          this.#takeRecords(entry.partition, answer);
          continue;
        }
        const action = this.#onError(entry, answer, response);
        if (action !== 'done') retried.push(entry.partition);
        needsMetadata ||= action === 'refreshMetadata';
      }
    }
    if (needsMetadata) this.#cluster.refresher.requestUpdate();
    return retried;
  }

  #isStillWanted({ partition, version, fetchOffset }: AskedPartition): boolean {
    return (
      this.#subscription.holds(partition) &&
      partition.version === version &&
      // While a position is being validated, what was fetched from it is as doubtful as it is.
      partition.phase === 'fetching' &&
      partition.fetched.offset === fetchOffset
    );
  }

  #takeRecords(partition: AssignedPartition, answer: PartitionAnswer): void {
    partition.failures = 0;
    partition.highWatermark = answer.highWatermark;
    partition.lastStableOffset = answer.lastStableOffset;
    partition.logStartOffset = answer.logStartOffset;
    if (answer.preferredReadReplica >= 0) {
      partition.preferredReadReplica = answer.preferredReadReplica;
      partition.preferredUntilMs = this.#cluster.host.clock.monotonicMs() + this.#options.preferredReplicaMs;
    }
    const records = answer.records;
    if (records === null || records.length === 0) return;
    this.#options.metrics?.fetched(partition.topic, records.length);
    const from = partition.fetched;
    const to = this.#endOf(partition, records);
    if (to === undefined) return;
    const { checksCrcs, isolationLevel } = this.#options;
    const filters = isolationLevel === 'read_committed';
    const aborted = filters ? new AbortedTransactions(answer.abortedTransactions ?? []) : undefined;
    const mayUseThreads = this.#cluster.host.mayUseThreads ?? true;
    this.#buffer.add(new FetchedRecords(partition, from, records, { checksCrcs, aborted, mayUseThreads }));
    partition.fetchedTo(to);
  }

  /** The position behind the last whole batch, found by walking headers only. */
  #endOf(partition: AssignedPartition, records: Buffer): LogPosition | undefined {
    let end: LogPosition | undefined;
    try {
      let at = 0;
      for (let size = wholeBatchSizeBytes(records, at); size > 0; size = wholeBatchSizeBytes(records, at)) {
        end = { offset: batchNextOffset(records, at), leaderEpoch: batchLeaderEpoch(records, at) };
        at += size;
      }
    } catch (cause) {
      this.#buffer.addFailure(
        partition,
        new CorruptRecordsError(partition, partition.fetched.offset, { cause }),
      );
      return undefined;
    }
    // The broker sends at least one whole batch, however small the limits are.
    if (end === undefined) {
      const cause = new Error(`${records.length} bytes hold no whole batch`);
      this.#buffer.addFailure(
        partition,
        new CorruptRecordsError(partition, partition.fetched.offset, { cause }),
      );
      return undefined;
    }
    return end.offset > partition.fetched.offset ? end : undefined;
  }

  #onError(
    { partition, fetchOffset }: AskedPartition,
    answer: PartitionAnswer,
    response: FetchResponse,
  ): 'done' | 'retry' | 'refreshMetadata' {
    const { topic } = partition;
    switch (fetchErrorAction(answer.errorCode)) {
      case 'refreshMetadata':
        return this.#applyHint(partition, answer, response) ? 'done' : 'refreshMetadata';
      case 'retryLater':
        return 'retry';
      case 'outOfRange':
        return this.#onOutOfRange(partition, fetchOffset);
      case 'logAndRetry':
        this.#cluster.logger.warn('fetch failed on the broker, trying again', {
          topic,
          partition: partition.partition,
          offset: fetchOffset,
        });
        return 'retry';
      case 'fail':
        this.#buffer.addFailure(partition, this.#failure(partition, answer.errorCode));
        return 'retry';
    }
  }

  #failure(partition: AssignedPartition, errorCode: number): Error {
    const context = `Fetch of ${partition.key} from offset ${partition.fetched.offset}`;
    const cause = kafkaFailure(errorCode, context);
    if (errorCode !== ErrorCode.CORRUPT_MESSAGE) return cause;
    return new CorruptRecordsError(partition, partition.fetched.offset, { cause });
  }

  #applyHint(partition: AssignedPartition, answer: PartitionAnswer, response: FetchResponse): boolean {
    const { leaderId, leaderEpoch } = answer.currentLeader;
    return this.#cluster.applyLeaderHint({
      topic: partition.topic,
      partition: partition.partition,
      leaderId,
      leaderEpoch,
      endpoints: response.nodeEndpoints,
    });
  }

  #onOutOfRange(partition: AssignedPartition, offset: number): 'done' | 'retry' {
    if (partition.preferredReadReplica >= 0) {
      // A follower may have fallen behind the leader's log start, or not have caught up yet: the leader decides.
      partition.preferredReadReplica = -1;
      return 'done';
    }
    if (this.#options.resetPolicy.type === 'none') {
      this.#buffer.addFailure(partition, new OffsetOutOfRangeError(partition, offset));
      return 'retry';
    }
    this.#cluster.logger.info('offset out of range, resetting', {
      topic: partition.topic,
      partition: partition.partition,
      offset,
      policy: this.#options.resetPolicy.type,
    });
    partition.requestReset(undefined);
    return 'done';
  }
}
