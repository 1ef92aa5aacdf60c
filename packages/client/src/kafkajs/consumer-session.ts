import type { Host } from '@millrace/host';
import { Consumer as OurConsumer } from '../consumer/consumer.ts';
import type { OffsetOfPartition } from '../consumer/offset-of-partition.ts';
import { NotAssignedError } from '../consumer/consumer-errors.ts';
import type { RebalanceListener } from '../consumer/group/rebalance-listener.ts';
import { RecordFailedError, type RecordLocation } from '../consumer/run/run-errors.ts';
import type { ErrorDecision } from '../consumer/run/run-options.ts';
import { partitionKey, type TopicPartition } from '../consumer/topic-partition.ts';
import type { ClientObserver } from '../observability/client-observer.ts';
import { BatchHandler } from './batch-handler.ts';
import type { ConsumerPayloads } from './consumer-events.ts';
import { consumerProperties, defaultRebalanceTimeoutMs, type ConsumerConfig } from './consumer-options.ts';
import type { Instrumentation } from './instrumentation.ts';
import type { RetryOptions } from './kafka-config.ts';
import { KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded } from './kafkajs-errors.ts';
import { hostLogger, type Logger } from './kafkajs-logger.ts';
import type { ConsumerRunConfig } from './kafkajs-types.ts';
import type { ConnectedSettings } from './layer-context.ts';
import { PartitionAssigners, toAssignor } from './partition-assigners.ts';
import type { PausedPartitions } from './paused-partitions.ts';
import { ResolvedOffsets, toOffsets } from './resolved-offsets.ts';
import { isRetriable, RetryPauses, type RetryState } from './retry-pauses.ts';
import { toKafkaJsError, withKafkaJsErrors } from './to-kafkajs-error.ts';

export interface SessionOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly settings: ConnectedSettings;
  readonly config: ConsumerConfig;
  readonly runConfig: ConsumerRunConfig;
  readonly retry: RetryOptions;
  /** By topic: whether to begin with the oldest message where nothing is committed. */
  readonly topics: ReadonlyMap<string, boolean>;
  readonly paused: PausedPartitions;
  readonly instrumentation: Instrumentation<ConsumerPayloads>;
  readonly observer: ClientObserver;
}

/** Offsets of kafkajs that mean an end of the partition. */
const LATEST = -1;
const EARLIEST = -2;

/** One membership in the group, from `run()` to `stop()` or to a crash. */
export class ConsumerSession {
  /** Resolves with the first assignment. @throws what keeps the consumer from joining */
  readonly joined: Promise<void>;
  /** Settles when the session is over. @throws KafkaJSError for a crash */
  readonly ended: Promise<void>;
  readonly #options: SessionOptions;
  readonly #consumer: OurConsumer;
  readonly #offsets = new ResolvedOffsets();
  readonly #handler: BatchHandler;
  readonly #pauses: RetryPauses;
  readonly #ending = new AbortController();
  readonly #join = Promise.withResolvers<void>();
  /** Seeks to partitions that are not assigned yet. */
  readonly #pendingSeeks = new Map<string, TopicPartition & { readonly offset: number }>();
  #lastFailure: (RetryState & { readonly error: unknown }) | undefined;
  #isLeader = false;
  #rebalancingSinceMs: number;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { host, logger, runConfig } = options;
    this.#rebalancingSinceMs = host.clock.monotonicMs();
    this.#pauses = new RetryPauses(options.retry, host.random.fork('kafkajs-retry'));
    this.#consumer = this.#makeConsumer();
    this.#handler = new BatchHandler(runConfig, {
      clock: host.clock,
      logger,
      offsets: this.#offsets,
      isRunning: () => this.isRunning,
      isPaused: (partition) => options.paused.has(partition),
      pause: (partition) => this.#pauseOne(partition),
      highWatermark: (partition) => this.#ifAssigned(() => this.#consumer.highWatermark(partition)),
      rewind: (partition, offset) =>
        this.#ifAssigned(() => this.#consumer.seek({ ...partitionOf(partition), offset })),
      commit: (offsets) => this.commit(offsets),
      onStart: (payload) => options.instrumentation.emit('consumer.start_batch_process', payload),
      onEnd: (payload) => options.instrumentation.emit('consumer.end_batch_process', payload),
    });
    this.joined = this.#join.promise;
    this.joined.catch(() => {});
    this.ended = this.#run();
    this.ended.catch(() => {});
  }

  get isRunning(): boolean {
    return !this.#ending.signal.aborted;
  }

  /** Handlers finish, what they did is committed, the group is left. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.ended.catch(() => {});
    await this.#consumer.close();
  }

  async commit(offsets: readonly OffsetOfPartition[]): Promise<void> {
    await withKafkaJsErrors(() => this.#consumer.commit(offsets));
    this.#offsets.committed(offsets);
    const { memberId, generationId } = this.#consumer.groupMetadata();
    this.#options.instrumentation.emit('consumer.commit_offsets', {
      groupId: this.#options.config.groupId,
      memberId,
      groupGenerationId: generationId,
      topics: toOffsets(offsets).topics,
    });
  }

  /** Also for a partition that is yet to come. With automatic commits the new offset is committed. */
  seek(to: TopicPartition & { readonly offset: number }): void {
    this.#offsets.seek(to);
    const isAssigned = this.assignment().some(
      ({ topic, partition }) => topic === to.topic && partition === to.partition,
    );
    if (!isAssigned) {
      this.#pendingSeeks.set(partitionKey(to.topic, to.partition), to);
      return;
    }
    this.#seekNow(to);
    if (this.#options.runConfig.autoCommit === false || to.offset < 0) return;
    this.commit([{ ...partitionOf(to), offset: to.offset }]).catch((error: unknown) => {
      this.#options.logger.error(`Could not commit the offset of a seek: ${(error as Error).message}`);
    });
  }

  assignment(): TopicPartition[] {
    return this.#consumer.assignment();
  }

  memberOf(): { memberId: string; generationId: number } {
    return this.#consumer.groupMetadata();
  }

  /** What is paused has changed. */
  applyPauses(): void {
    const assigned = this.assignment();
    const { paused } = this.#options;
    this.#consumer.pause(assigned.filter((partition) => paused.has(partition)));
    this.#consumer.resume(assigned.filter((partition) => !paused.has(partition)));
  }

  #makeConsumer(): OurConsumer {
    const { config, settings, topics, host, logger, observer } = this.#options;
    const assigners = config.partitionAssigners ?? [PartitionAssigners.roundRobin];
    const assignors = assigners.map((create) =>
      toAssignor(create, {
        groupId: config.groupId,
        logger,
        topics: () => [...topics.keys()],
        onAssigned: () => {
          this.#isLeader = true;
        },
      }),
    );
    const startsAtBeginning = [...topics.values()].some(Boolean);
    return new OurConsumer(consumerProperties(config, settings, assignors, startsAtBeginning), {
      ...settings.options,
      host,
      logger: hostLogger(logger),
      assignors,
      observer,
    });
  }

  async #run(): Promise<void> {
    const { config, runConfig, topics } = this.#options;
    try {
      this.#consumer.subscribe([...topics.keys()], this.#listener());
      await this.#consumer.run({
        eachBatch: (records, context) => this.#handler.handle(records, context),
        concurrency: runConfig.partitionsConsumedConcurrently ?? 1,
        maxQueuedRecords: MAX_QUEUED_MESSAGES,
        drainTimeoutMs: config.rebalanceTimeout ?? defaultRebalanceTimeoutMs,
        onError: (error, location) => this.#decide(error, location),
        signal: this.#ending.signal,
      });
    } catch (error) {
      const crash = this.#crashOf(error);
      this.#join.reject(crash);
      throw crash;
    } finally {
      this.#ending.abort();
    }
  }

  #decide(error: unknown, { topic, partition, offset }: RecordLocation): ErrorDecision {
    const place = { topic, partition };
    if (!isRetriable(error)) {
      // A handler that was told of a rebalance: its partition goes, and is read again by whoever gets it.
      if ((error as { type?: string }).type === 'REBALANCE_IN_PROGRESS') return { retryAfterMs: 0 };
      this.#lastFailure = { error, retryCount: 0, retryTime: 0 };
      return 'stop';
    }
    const { retryAfterMs, ...state } = this.#pauses.next(place, this.#offsets.resolved(place) ?? offset);
    if (retryAfterMs !== undefined) return { retryAfterMs };
    this.#lastFailure = { error, ...state };
    return 'stop';
  }

  #crashOf(error: unknown): Error {
    if (!(error instanceof RecordFailedError)) return toKafkaJsError(error);
    const cause = error.cause instanceof Error ? error.cause : new Error(String(error.cause));
    if (!isRetriable(cause)) return new KafkaJSNonRetriableError(cause);
    return new KafkaJSNumberOfRetriesExceeded(cause, this.#lastFailure);
  }

  #listener(): RebalanceListener {
    return {
      onPartitionsAssigned: (added) => this.#assigned(added),
      onPartitionsRevoked: (partitions) => this.#revoked(partitions),
    };
  }

  async #assigned(added: readonly TopicPartition[]): Promise<void> {
    await this.#startAtEnd(added);
    for (const { topic, partition } of added) {
      const key = partitionKey(topic, partition);
      const pending = this.#pendingSeeks.get(key);
      this.#pendingSeeks.delete(key);
      if (pending !== undefined) this.#seekNow(pending);
    }
    this.applyPauses();
    this.#tellOfJoin();
    this.#join.resolve();
  }

  /**
   * Topics of one consumer may begin at different ends; Kafka's property is one for all. It is the beginning then, which
   * skips nothing where a committed offset is gone.
   */
  async #startAtEnd(added: readonly TopicPartition[]): Promise<void> {
    const { topics } = this.#options;
    const begins = [...topics.values()];
    if (begins.every(Boolean) || !begins.some(Boolean)) return;
    const candidates = added.filter(({ topic }) => topics.get(topic) === false);
    const committed = await this.#consumer.committed(candidates);
    const fresh = candidates.filter((_, index) => committed[index] === undefined);
    if (fresh.length > 0) this.#consumer.seekToEnd(fresh);
  }

  #tellOfJoin(): void {
    const { instrumentation, logger, config, host } = this.#options;
    const { memberId } = this.#consumer.groupMetadata();
    const memberAssignment: Record<string, number[]> = {};
    for (const { topic, partition } of this.assignment()) (memberAssignment[topic] ??= []).push(partition);
    const assigners = config.partitionAssigners ?? [PartitionAssigners.roundRobin];
    const groupProtocol = assigners.length === 1 ? this.#assignerName(assigners[0]!) : '';
    const payload = {
      groupId: config.groupId,
      memberId,
      leaderId: this.#isLeader ? memberId : '',
      isLeader: this.#isLeader,
      memberAssignment,
      groupProtocol,
      duration: Math.round(host.clock.monotonicMs() - this.#rebalancingSinceMs),
    };
    instrumentation.emit('consumer.group_join', payload);
    logger.info('Consumer has joined the group', payload);
  }

  #assignerName(create: NonNullable<ConsumerConfig['partitionAssigners']>[number]): string {
    const { config, logger } = this.#options;
    return create({ cluster: { findTopicPartitionMetadata: () => [] }, groupId: config.groupId, logger })
      .name;
  }

  #revoked(partitions: readonly TopicPartition[]): void {
    const { instrumentation, config, host } = this.#options;
    this.#offsets.forget(partitions);
    this.#isLeader = false;
    this.#rebalancingSinceMs = host.clock.monotonicMs();
    if (!this.isRunning) return;
    const { memberId } = this.#consumer.groupMetadata();
    instrumentation.emit('consumer.rebalancing', { groupId: config.groupId, memberId });
  }

  #seekNow({ topic, partition, offset }: TopicPartition & { readonly offset: number }): void {
    if (offset === EARLIEST) this.#consumer.seekToBeginning([{ topic, partition }]);
    else if (offset === LATEST) this.#consumer.seekToEnd([{ topic, partition }]);
    else this.#consumer.seek({ topic, partition, offset });
  }

  #pauseOne({ topic, partition }: TopicPartition): () => void {
    const selection = [{ topic, partitions: [partition] }];
    this.#options.paused.pause(selection);
    this.applyPauses();
    return () => {
      this.#options.paused.resume(selection);
      if (this.isRunning) this.applyPauses();
    };
  }

  /** Between a handler and a rebalance the partition may have gone. */
  #ifAssigned<Result>(call: () => Result): Result | undefined {
    try {
      return call();
    } catch (error) {
      if (error instanceof NotAssignedError) return undefined;
      throw error;
    }
  }
}

/** Decoded and waiting for a handler; two batches at the most they can have. */
const MAX_QUEUED_MESSAGES = 20_000;

function partitionOf({ topic, partition }: TopicPartition): TopicPartition {
  return { topic, partition };
}
