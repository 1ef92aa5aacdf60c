import { abortable } from '../cluster/abortable.ts';
import { ClosingSignal } from '../cluster/closing-signal.ts';
import { Deadline } from '../cluster/deadline.ts';
import { ClientClosedError, TimeoutError } from '../errors.ts';
import type { Metric } from '../observability/metrics-registry.ts';
import {
  TopicConsumer,
  type InvalidRecordPolicy,
  type TopicConsumerSource,
} from '../topic/topic-consumer.ts';
import { typedTopics, type AnyTopic } from '../topic/topic.ts';
import type { ConsumerGroupMetadata } from './consumer-group-metadata.ts';
import { ConsumerStateError, NotAssignedError } from './consumer-errors.ts';
import { assembleConsumer, type ConsumerParts } from './consumer-parts.ts';
import type { ConsumerProperties } from './consumer-properties.ts';
import type { ConsumerRecord } from './consumer-record.ts';
import { consumerSettings, type ConsumerOptions, type ConsumerSettings } from './consumer-settings.ts';
import type { PolledRecords } from './fetch/fetch-buffer.ts';
import type { RebalanceListener } from './group/rebalance-listener.ts';
import { asOffsetToCommit, type OffsetOfPartition } from './offset-of-partition.ts';
import { committedOffsets } from './offsets/committed-offsets.ts';
import type { ListedOffset, OffsetQuery } from './offsets/list-offsets.ts';
import { LogOffsets } from './offsets/log-offsets.ts';
import type { OffsetAndMetadata } from './offsets/offset-and-metadata.ts';
import { RecordIterator, type RecordDecoder } from './record-iterator.ts';
import { OngoingRun } from './run/ongoing-run.ts';
import { RecordRun } from './run/record-run.ts';
import { runSettings, type RunOptions } from './run/run-options.ts';
import type { AssignedPartition } from './subscription/assigned-partition.ts';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP } from './subscription/offset-reset-policy.ts';
import { SubscriptionPattern } from './subscription/subscription-pattern.ts';
import { partitionKey, type TopicPartition } from './topic-partition.ts';
import { checkWaitOptions, waitLimits, type WaitLimits, type WaitOptions } from './wait-options.ts';

/** For a subscription to typed topics. */
export interface TopicSubscribeOptions extends RebalanceListener {
  /** Default `throw`. */
  readonly onInvalidRecord?: InvalidRecordPolicy;
}

const DEFAULT_POLL_TIMEOUT_MS = 1000;
const DEFAULT_CLOSE_TIMEOUT_MS = 30_000;
/** One poll of the record iterator; only how often it looks around when nothing comes. */
const ITERATION_POLL_MS = 60_000;

/**
 * Reads records from topics, alone or as a member of a group.
 *
 * Everything happens inside `poll()`: joining, callbacks, automatic commits. Call it again and again, at least once
 * per `max.poll.interval.ms`; heartbeats go on by themselves in between. One poll at a time; the other calls may be
 * made at any moment.
 */
export class Consumer implements AsyncIterable<ConsumerRecord>, AsyncDisposable {
  readonly #settings: ConsumerSettings;
  readonly #parts: ConsumerParts;
  readonly #logOffsets: LogOffsets;
  readonly #run = new OngoingRun<Pick<RecordRun<never>, 'run' | 'end' | 'publish'>>();
  readonly #closing = new ClosingSignal();
  #closed: Promise<void> | undefined;

  /** No I/O before the first poll. @throws InvalidPropertyError, InvalidConfigError */
  constructor(properties: ConsumerProperties, options: ConsumerOptions = {}) {
    this.#settings = consumerSettings(properties, options);
    this.#parts = assembleConsumer(this.#settings);
    this.#logOffsets = new LogOffsets(this.#parts.cluster, this.#settings.isolationLevel);
  }

  /**
   * Reads these topics as a member of the group, or all topics whose whole name matches a pattern: a `RegExp` that the
   * consumer resolves, or a `SubscriptionPattern` that the broker resolves (KIP-848). Replaces an earlier
   * subscription; partitions change hands in the polls that follow.
   *
   * With typed topics what it returns hands out records with their types: by `for await`, `poll()` or `run()`.
   */
  subscribe(
    topics: string | readonly string[] | RegExp | SubscriptionPattern,
    listener?: RebalanceListener,
  ): void;
  subscribe<Source extends AnyTopic>(
    topics: Source | readonly Source[],
    options?: TopicSubscribeOptions,
  ): TopicConsumer<Source>;
  subscribe(
    topics: string | readonly string[] | RegExp | SubscriptionPattern | AnyTopic | readonly AnyTopic[],
    listener: TopicSubscribeOptions = {},
  ): TopicConsumer<AnyTopic> | undefined {
    const typed = typedTopics(topics);
    if (typed === undefined) {
      this.#subscribe(topics as string | readonly string[] | RegExp | SubscriptionPattern, listener);
      return undefined;
    }
    this.#subscribe(
      typed.map(({ name }) => name),
      listener,
    );
    return new TopicConsumer(this.#topicSource(), typed, listener.onInvalidRecord);
  }

  #subscribe(
    topics: string | readonly string[] | RegExp | SubscriptionPattern,
    listener: RebalanceListener,
  ): void {
    this.#throwIfClosed();
    const { subscription, member, handover } = this.#parts;
    if (member === undefined) throw new ConsumerStateError('subscribe() needs the property group.id');
    if (subscription.kind === 'manual') {
      throw new ConsumerStateError(
        'subscribe() and assign() exclude each other: await unsubscribe() in between',
      );
    }
    if (topics instanceof SubscriptionPattern) this.#subscribeBrokerPattern(topics);
    else if (topics instanceof RegExp) subscription.subscribePattern(topics);
    else subscription.subscribe(typeof topics === 'string' ? [topics] : topics);
    handover.listener = listener;
    this.#parts.topics.subscriptionChanged();
    this.#parts.topics.metadataChanged();
    member.requestRejoin('subscription changed');
  }

  #subscribeBrokerPattern({ pattern }: SubscriptionPattern): void {
    if (this.#settings.values['group.protocol'] !== 'consumer')
      throw new ConsumerStateError(
        'a SubscriptionPattern needs group.protocol=consumer; or subscribe to a RegExp',
      );
    this.#parts.subscription.subscribeBrokerPattern(pattern);
  }

  /** Reads exactly these partitions, without a group deciding. Partitions that stay keep their positions. */
  assign(partitions: readonly TopicPartition[]): void {
    this.#throwIfClosed();
    const { subscription, buffer, topics, wake } = this.#parts;
    if (subscription.isGroupManaged) {
      throw new ConsumerStateError(
        'assign() and subscribe() exclude each other: await unsubscribe() in between',
      );
    }
    if (partitions.length === 0) subscription.unsubscribe();
    else subscription.assignManually(partitions);
    buffer.dropOutdated();
    topics.subscriptionChanged();
    wake.notify();
  }

  /**
   * Gives everything back and leaves the group; callbacks run as in a rebalance. `timeoutMs` and `signal` end the wait:
   * leaving goes on by itself.
   */
  async unsubscribe(options: WaitOptions = {}): Promise<void> {
    this.#throwIfClosed();
    const { subscription, buffer, topics, cluster } = this.#parts;
    const { timeoutMs, limitedBy, signal } = this.#limits(options);
    const before = subscription.wishCount;
    const leave = async () => {
      await this.#leave('unsubscribed');
      // Whoever did not wait may want something else by now.
      if (subscription.wishCount === before) subscription.unsubscribe();
      buffer.clear();
      topics.subscriptionChanged();
    };
    const late = () => new TimeoutError('Leaving the group', timeoutMs, limitedBy);
    await abortable(new Deadline(cluster.host, timeoutMs).race(leave(), late), signal);
  }

  /** The names subscribed to, or matched by the pattern so far. */
  subscription(): string[] {
    const { subscription } = this.#parts;
    return subscription.isGroupManaged ? [...subscription.topics] : [];
  }

  /** The partitions this consumer reads at the moment. */
  assignment(): TopicPartition[] {
    return [...this.#parts.subscription.assigned].map(asTopicPartition);
  }

  /**
   * Up to `max.poll.records` records, as soon as there is one; empty after `timeoutMs` (default 1000) without any.
   *
   * Calling it again says that the records before have been processed: automatic commits cover them from then on.
   * @throws what callbacks threw, WakeupError, the signal's reason, and errors that need the application's decision
   */
  async poll(
    options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
  ): Promise<ConsumerRecord[]> {
    this.#throwIfClosed();
    checkWaitOptions('poll()', options);
    const polled = await this.#parts.loop.next(options.timeoutMs ?? DEFAULT_POLL_TIMEOUT_MS, options.signal);
    for (const { partition, version, position } of polled.handedOut) {
      if (partition.version === version) partition.consumedTo(position);
    }
    return polled.records;
  }

  /** Makes the poll that is waiting, or the next one, throw a WakeupError. */
  wakeup(): void {
    this.#parts.loop.wakeup();
  }

  /**
   * Records one by one, until the consumer is closed: sugar over `poll()` at the price of a promise per record. The
   * position moves with the loop; leaving it early gives back what it has not seen.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<ConsumerRecord, undefined> {
    const next = () => this.#nextForIteration();
    return new RecordIterator(this.#parts.subscription, next, (record) => record);
  }

  /**
   * Hands records to a function until it is ended by `signal` or `close()`; several at a time, if wanted, with the order
   * kept within a partition or a key. Positions, and so commits, cover what has been processed without a gap. Polls go
   * on while handlers work, so that slow ones do not cost the membership; reading pauses when too much waits.
   *
   * When partitions go, handlers that are at work may finish (`drainTimeoutMs`), and that is committed.
   * With `enable.auto.commit=false` the application commits, by `commit()`.
   * @throws RecordFailedError where a handler failed and `onError` says stop, InvalidOptionError, what `poll()` throws
   */
  run(options: RunOptions<ConsumerRecord>): Promise<void> {
    return this.#startRun(options, undefined);
  }

  /**
   * Commits, and waits for the coordinator's answer: the given offsets, or the positions of all records handed out.
   * @throws CommitFailedError when the group has moved on without this consumer; KafkaError REBALANCE_IN_PROGRESS
   *   when it has to poll first
   */
  commit(offsets?: readonly OffsetOfPartition[], options: WaitOptions = {}): Promise<void> {
    this.#throwIfClosed();
    this.#groupId('commit');
    const { commits } = this.#parts;
    this.#run.work?.publish();
    const toCommit = offsets?.map(asOffsetToCommit) ?? commits.consumed();
    return this.#timed('commit', () => commits.commit(toCommit, this.#limits(options)));
  }

  /** Who this consumer is in its group right now: what `producer.sendOffsets` wants. */
  groupMetadata(): ConsumerGroupMetadata {
    this.#throwIfClosed();
    this.#groupId('groupMetadata');
    return this.#parts.commits.committer;
  }

  /** What the group has committed; undefined where it has not. In the order of `partitions`. */
  async committed(
    partitions: readonly TopicPartition[],
    options: WaitOptions = {},
  ): Promise<(OffsetAndMetadata | undefined)[]> {
    this.#throwIfClosed();
    const groupId = this.#groupId('committed');
    const requireStable = this.#settings.isolationLevel === 'read_committed';
    const limits = { ...this.#limits(options), groupId, requireStable, member: this.#parts.asking };
    const find = () => committedOffsets(this.#parts.cluster, partitions, limits);
    const found = await this.#timed('committed', find);
    return partitions.map(({ topic, partition }) => found.get(partitionKey(topic, partition)));
  }

  /** The offset of the next record that a poll will return; looks it up if that is not known yet. */
  async position(partition: TopicPartition, options: WaitOptions = {}): Promise<number> {
    this.#throwIfClosed();
    const { host } = this.#settings.cluster;
    const { timeoutMs, limitedBy } = this.#limits(options);
    const deadline = new Deadline(host, timeoutMs);
    const name = partitionKey(partition.topic, partition.partition);
    for (;;) {
      options.signal?.throwIfAborted();
      const state = this.#assigned(partition);
      if (state.consumed !== undefined && state.phase !== 'awaitReset') return state.consumed.offset;
      this.#parts.topics.check([partition.topic], host.clock.monotonicMs());
      this.#parts.resolver.resolve();
      const failure = this.#parts.resolver.takeFailure();
      if (failure !== undefined) throw failure;
      if (deadline.isExpired) {
        const cause = this.#parts.cluster.refresher.lastFailure;
        throw new TimeoutError(`Position of ${name}`, timeoutMs, limitedBy, { cause });
      }
      await this.#parts.wake.wait(Math.min(deadline.remainingMs, POSITION_WAIT_MS));
    }
  }

  /** Records between the position and the end of the partition, as the last fetch knew it; undefined before one. */
  lag(partition: TopicPartition): number | undefined {
    const { consumed, highWatermark, lastStableOffset } = this.#assigned(partition);
    const end = this.#settings.isolationLevel === 'read_committed' ? lastStableOffset : highWatermark;
    return consumed === undefined || end < 0 ? undefined : Math.max(0, end - consumed.offset);
  }

  /** The offset behind the newest record that is on all in-sync replicas, as the last fetch knew it; undefined before one. */
  highWatermark(partition: TopicPartition): number | undefined {
    const { highWatermark } = this.#assigned(partition);
    return highWatermark < 0 ? undefined : highWatermark;
  }

  /** Goes on at this offset. What was fetched for the partition is thrown away. */
  seek({ topic, partition, offset, leaderEpoch = -1 }: OffsetOfPartition): void {
    if (!Number.isSafeInteger(offset) || offset < 0) {
      throw new ConsumerStateError(`seek() needs an offset from 0 on, not ${offset}`);
    }
    this.#assigned({ topic, partition }).jumpTo({ offset, leaderEpoch });
    this.#afterJump();
  }

  /** Goes on at the oldest record, of all assigned partitions by default. */
  seekToBeginning(partitions: readonly TopicPartition[] = this.assignment()): void {
    for (const partition of partitions) this.#assigned(partition).requestReset({ type: 'earliest' });
    this.#afterJump();
  }

  /** Goes on behind the newest record, of all assigned partitions by default. */
  seekToEnd(partitions: readonly TopicPartition[] = this.assignment()): void {
    for (const partition of partitions) this.#assigned(partition).requestReset({ type: 'latest' });
    this.#afterJump();
  }

  /** Polls return nothing of these partitions until `resume()`; what was fetched of them is kept. */
  pause(partitions: readonly TopicPartition[]): void {
    for (const state of partitions.map((partition) => this.#assigned(partition))) state.isPaused = true;
  }

  resume(partitions: readonly TopicPartition[]): void {
    for (const state of partitions.map((partition) => this.#assigned(partition))) state.isPaused = false;
    this.#parts.fetcher.fetch();
    this.#parts.wake.notify();
  }

  /** What `pause()` holds back. A partition that is taken away and given back is no longer paused. */
  paused(): TopicPartition[] {
    return [...this.#parts.subscription.assigned].filter(({ isPaused }) => isPaused).map(asTopicPartition);
  }

  /** Bytes of fetched records that wait to be polled, as received; see `ConsumerOptions.maxBufferedBytes`. */
  get bufferedBytes(): number {
    return this.#parts.buffer.sizeBytes;
  }

  /** What Kafka's consumer measures, by Kafka's names; see the reference page of client metrics. */
  metrics(): Metric[] {
    return this.#settings.cluster.instruments?.registry.snapshot() ?? [];
  }

  /** The first record at or after each timestamp; undefined where none is that young. In the order of `queries`. */
  async offsetsForTimes(
    queries: readonly OffsetQuery[],
    options: WaitOptions = {},
  ): Promise<(ListedOffset | undefined)[]> {
    this.#throwIfClosed();
    const found = await this.#logOffsets.find('offsetsForTimes', queries, this.#limits(options));
    return found.map((answer) => (answer.offset < 0 ? undefined : answer));
  }

  /** The oldest offset of each partition. In the order of `partitions`. */
  async beginningOffsets(
    partitions: readonly TopicPartition[],
    options: WaitOptions = {},
  ): Promise<number[]> {
    this.#throwIfClosed();
    return this.#logOffsets.ends('beginningOffsets', EARLIEST_TIMESTAMP, partitions, this.#limits(options));
  }

  /** The offset behind the newest record (`read_committed`: behind the last stable one). In the order given. */
  async endOffsets(partitions: readonly TopicPartition[], options: WaitOptions = {}): Promise<number[]> {
    this.#throwIfClosed();
    return this.#logOffsets.ends('endOffsets', LATEST_TIMESTAMP, partitions, this.#limits(options));
  }

  /** Makes the group assign anew, in the polls that follow. */
  enforceRebalance(reason = 'enforceRebalance() was called'): void {
    this.#throwIfClosed();
    this.#parts.member?.requestRejoin(reason);
  }

  /**
   * Commits (if automatic), runs the revoked-callback, leaves the group (unless static), closes connections. A poll
   * that is waiting returns an empty array. A second call joins the first.
   * @param options How long that may take (default 30 s), and a signal that ends it; then everything is closed at once
   * @throws what callbacks threw, after everything is closed
   */
  close(options: WaitOptions = {}): Promise<void> {
    checkWaitOptions('close()', options);
    this.#closing.follow(options.signal);
    this.#closed ??= this.#close(options.timeoutMs ?? DEFAULT_CLOSE_TIMEOUT_MS);
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(timeoutMs: number): Promise<void> {
    const { cluster, loop, fetcher, resolver, member, buffer, interceptors } = this.#parts;
    const deadline = new Deadline(cluster.host, timeoutMs);
    const leave = async () => {
      await this.#run.end();
      await loop.stop();
      await this.#leave('consumer closed');
    };
    try {
      await deadline.race(
        abortable(leave(), this.#closing.signal),
        () => new TimeoutError('Leaving the group', timeoutMs, 'timeoutMs of close()'),
      );
    } finally {
      this.#closing.end();
      fetcher.close();
      resolver.close();
      member?.close();
      buffer.clear();
      await cluster.close({ drain: false });
      interceptors?.close();
    }
  }

  async #leave(reason: string): Promise<void> {
    const { subscription, member, commits, handover } = this.#parts;
    if (subscription.isGroupManaged && member !== undefined) await member.leave(reason);
    else await commits.autoCommitNow(subscription.assigned, this.#limits({}));
    const callbackError = handover.takeCallbackError();
    if (callbackError !== undefined) throw callbackError;
  }

  async #nextForIteration(): Promise<PolledRecords | undefined> {
    while (this.#closed === undefined) {
      const polled = await this.#parts.loop.next(ITERATION_POLL_MS);
      if (polled.handedOut.length > 0) return polled;
    }
    return undefined;
  }

  async #startRun<Item>(options: RunOptions<Item>, decode: RecordDecoder<Item> | undefined): Promise<void> {
    this.#throwIfClosed();
    this.#run.throwIfAny();
    const { values } = this.#settings;
    const limits = {
      maxPollRecords: values['max.poll.records'],
      maxPollIntervalMs: values['max.poll.interval.ms'],
      commitLimits: this.#limits({}),
    };
    await this.#run.start(new RecordRun(this.#parts, runSettings(options), limits, decode));
  }

  #topicSource(): TopicConsumerSource {
    const { subscription, loop } = this.#parts;
    return {
      subscription,
      poll: (timeoutMs = DEFAULT_POLL_TIMEOUT_MS, signal) => {
        this.#throwIfClosed();
        return loop.next(timeoutMs, signal);
      },
      nextForIteration: () => this.#nextForIteration(),
      run: (options, decode) => this.#startRun(options, decode),
    };
  }

  #timed<Result>(call: 'commit' | 'committed', body: () => Promise<Result>): Promise<Result> {
    const { metrics } = this.#parts;
    return metrics === undefined ? body() : metrics.calls.time(call, body);
  }

  #afterJump(): void {
    const { buffer, resolver, fetcher, wake } = this.#parts;
    buffer.dropOutdated();
    resolver.resolve();
    fetcher.fetch();
    wake.notify();
  }

  #assigned(partition: TopicPartition): AssignedPartition {
    this.#throwIfClosed();
    const state = this.#parts.subscription.find(partition);
    if (state === undefined) throw new NotAssignedError(partition);
    return state;
  }

  #groupId(call: string): string {
    const { groupId } = this.#settings;
    if (groupId === undefined) throw new ConsumerStateError(`${call}() needs the property group.id`);
    return groupId;
  }

  #limits(options: WaitOptions): WaitLimits {
    return waitLimits(options, this.#settings.values['default.api.timeout.ms']);
  }

  #throwIfClosed(): void {
    if (this.#closed !== undefined) throw new ClientClosedError('Consumer');
  }
}

/** How often a wait for a position looks whether the partition is still assigned. */
const POSITION_WAIT_MS = 1000;

function asTopicPartition({ topic, partition }: TopicPartition): TopicPartition {
  return { topic, partition };
}
