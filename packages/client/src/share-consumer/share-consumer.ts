import { ClosingSignal } from '../cluster/closing-signal.ts';
import { Cluster } from '../cluster/cluster.ts';
import { Deadline } from '../cluster/deadline.ts';
import { ConsumerStateError } from '../consumer/consumer-errors.ts';
import { OngoingRun } from '../consumer/run/ongoing-run.ts';
import { SubscriptionState } from '../consumer/subscription/subscription-state.ts';
import type { TopicPartition } from '../consumer/topic-partition.ts';
import { TopicWatch } from '../consumer/topic-watch.ts';
import { checkWaitOptions, waitLimits, type WaitLimits, type WaitOptions } from '../consumer/wait-options.ts';
import { WakeSignal } from '../consumer/wake-signal.ts';
import { abortable } from '../cluster/abortable.ts';
import { ClientClosedError, TimeoutError } from '../errors.ts';
import { checkOptionNames } from '../option-checks.ts';
import type { AcknowledgeResult } from './acknowledge/acknowledge-result.ts';
import { RELEASE, type AcknowledgeType } from './acknowledge/acknowledge-type.ts';
import { HeldRecords } from './acknowledge/held-records.ts';
import type { TakenPart } from './fetch/ready-records.ts';
import { ShareFetcher } from './fetch/share-fetcher.ts';
import { ShareMember } from './membership/share-member.ts';
import type { ShareConsumerProperties } from './share-consumer-properties.ts';
import {
  shareConsumerSettings,
  type ShareConsumerOptions,
  type ShareConsumerSettings,
} from './share-consumer-settings.ts';
import { SharePollLoop } from './share-poll-loop.ts';
import type { ShareRecord } from './share-record.ts';
import { ShareRecordIterator } from './share-record-iterator.ts';
import { ShareRun, type ShareRunOptions, type ShareRunSource } from './share-run.ts';
import { ShareMetrics } from '../observability/share-metrics.ts';
import type { Metric } from '../observability/metrics-registry.ts';
import {
  ShareTopicConsumer,
  type InvalidSharedRecordPolicy,
  type ShareTopicConsumerSource,
} from '../topic/share-topic-consumer.ts';
import { typedTopics, type AnyTopic } from '../topic/topic.ts';

const DEFAULT_POLL_TIMEOUT_MS = 1000;
const DEFAULT_CLOSE_TIMEOUT_MS = 30_000;
/** One poll of the record iterator; only how often it looks around when nothing comes. */
const ITERATION_POLL_MS = 60_000;

/**
 * Reads records from topics as from a queue, as a member of a share group (KIP-932): all members read the same partitions,
 * and each record is with one of them until it is acknowledged or its lock runs out.
 *
 * Everything happens inside `poll()`; heartbeats go on by themselves in between. One poll at a time; the other calls may
 * be made at any moment.
 */
export class ShareConsumer implements AsyncIterable<ShareRecord>, AsyncDisposable {
  readonly #settings: ShareConsumerSettings;
  readonly #cluster: Cluster;
  readonly #subscription = new SubscriptionState();
  readonly #topics: TopicWatch;
  readonly #member: ShareMember;
  readonly #fetcher: ShareFetcher;
  readonly #held: HeldRecords;
  readonly #loop: SharePollLoop;
  /** Calls that want to know how acknowledgements end. */
  readonly #collectors = new Set<AcknowledgeResult[]>();
  readonly #metrics: ShareMetrics | undefined;
  readonly #run = new OngoingRun<Pick<ShareRun<never>, 'run' | 'end'>>();
  readonly #closing = new ClosingSignal();
  #closed: Promise<void> | undefined;

  /** No I/O before the first poll. @throws InvalidPropertyError, InvalidConfigError */
  constructor(properties: ShareConsumerProperties, options: ShareConsumerOptions = {}) {
    const settings = shareConsumerSettings(properties, options);
    const { values } = settings;
    const cluster = new Cluster(settings.cluster);
    const subscription = this.#subscription;
    const wake = new WakeSignal(cluster.host);
    const onProgress = () => wake.notify();
    const groupId = values['group.id'];
    const { instruments } = cluster.settings;
    const metrics = instruments && new ShareMetrics(instruments, cluster.host.clock);
    const member = new ShareMember(cluster, {
      groupId,
      rackId: values['client.rack'] === '' ? null : values['client.rack'],
      maxPollIntervalMs: values['max.poll.interval.ms'],
      retryBackoffMs: values['retry.backoff.ms'],
      retryBackoffMaxMs: values['retry.backoff.max.ms'],
      topics: () => subscription.topics,
      onAssigned: () => metrics?.assignmentChanged(),
      onProgress,
      isPolling: () => this.#loop.isWaiting,
    });
    const fetcher = new ShareFetcher(cluster, {
      groupId,
      memberId: member.id,
      limits: {
        minBytes: values['fetch.min.bytes'],
        maxBytes: values['fetch.max.bytes'],
        maxRecords: values['max.poll.records'],
        isRecordLimit: values['share.acquire.mode'] === 'record_limit',
      },
      checksCrcs: values['check.crcs'],
      assigned: () => member.assigned,
      onFetched: (topic, sizeBytes) => metrics?.fetched(topic, sizeBytes),
      onAcknowledged: (results) => this.#onAcknowledged(results),
      onProgress,
    });
    const topics = new TopicWatch(cluster, subscription, { excludesInternal: true });
    cluster.refresher.onChange(() => {
      topics.recheck();
      wake.notify();
    });
    const maxPollRecords = values['max.poll.records'];
    const maxWaitMs = values['fetch.max.wait.ms'];
    const parts = { host: cluster.host, subscription, member, fetcher, topics, wake, polls: metrics?.polls };
    this.#settings = settings;
    this.#metrics = metrics;
    this.#cluster = cluster;
    this.#member = member;
    this.#fetcher = fetcher;
    this.#topics = topics;
    this.#held = new HeldRecords((origin, offset, type) => fetcher.acknowledge(origin, offset, type));
    this.#loop = new SharePollLoop({ ...parts, maxPollRecords, maxWaitMs });
  }

  /**
   * Reads these topics from the next poll on. Replaces an earlier subscription.
   *
   * With typed topics what it returns hands out records with their types: by `for await`, `poll()` or `run()`.
   */
  subscribe(topics: string | readonly string[]): void;
  subscribe<Source extends AnyTopic>(
    topics: Source | readonly Source[],
    options?: { readonly onInvalidRecord?: InvalidSharedRecordPolicy },
  ): ShareTopicConsumer<Source>;
  subscribe(
    topics: string | readonly string[] | AnyTopic | readonly AnyTopic[],
    options: { readonly onInvalidRecord?: InvalidSharedRecordPolicy } = {},
  ): ShareTopicConsumer<AnyTopic> | undefined {
    this.#throwIfClosed();
    checkOptionNames('subscribe()', options, ['onInvalidRecord']);
    const typed = typedTopics(topics);
    const names = typed?.map(({ name }) => name) ?? [topics as string | readonly string[]].flat();
    this.#subscription.subscribe(names);
    this.#topics.subscriptionChanged();
    this.#member.subscriptionChanged();
    return typed && new ShareTopicConsumer(this.#topicSource(), typed, options.onInvalidRecord);
  }

  /**
   * Leaves the group, as `close()` does; the consumer may subscribe again. `timeoutMs` and `signal` end the wait: leaving
   * goes on by itself.
   */
  async unsubscribe(options: WaitOptions = {}): Promise<void> {
    this.#throwIfClosed();
    const limits = this.#limits(options);
    const before = this.#subscription.wishCount;
    const leave = async () => {
      await this.#leave();
      // Whoever did not wait may have subscribed since.
      if (this.#subscription.wishCount === before) this.#subscription.unsubscribe();
      this.#topics.subscriptionChanged();
    };
    await this.#within(leave(), 'Leaving the share group', limits);
  }

  subscription(): string[] {
    return [...this.#subscription.topics];
  }

  /**
   * Records that are this consumer's for a while, as soon as there are some: up to `max.poll.records`. Empty after
   * `timeoutMs` (default 1000) without any.
   *
   * With `share.acknowledgement.mode=implicit` it accepts the records of the poll before. With `explicit` those must have
   * been acknowledged, each of them.
   * @throws WakeupError, the signal's reason, ConsumerStateError, and errors that need the application's decision
   */
  async poll(
    options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
  ): Promise<ShareRecord[]> {
    this.#throwIfClosed();
    checkWaitOptions('poll()', options);
    const taken = await this.#next(options.timeoutMs ?? DEFAULT_POLL_TIMEOUT_MS, options.signal);
    this.#metrics?.handedOut(taken);
    for (const { origin, records } of taken) this.#held.hold(origin, records);
    return taken.length === 1 ? [...taken[0]!.records] : taken.flatMap(({ records }) => records);
  }

  /**
   * Records one by one, until the consumer is closed. With implicit acknowledgement a record is accepted when the loop
   * asks for the next one. Leaving the loop, by `break` as by an error, gives back what it has not seen, and with implicit
   * acknowledgement the record that it was at.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<ShareRecord, undefined> {
    this.#run.throwIfAny();
    return new ShareRecordIterator({
      poll: () => this.#nextForIteration(),
      isStale: (part) => this.#fetcher.isStale(part),
      onGiven: (origin, record) => this.#held.hold(origin, [record]),
      onDone: () => {
        this.#acceptIfImplicit();
        this.#fetcher.flushSoon();
      },
      onLeft: (unseen) => this.#onLoopLeft(unseen),
    });
  }

  /**
   * Hands records to a function until it is ended by `signal` or `close()`; several at a time, if wanted. What the function
   * has done is accepted, record by record, whatever `share.acknowledgement.mode` says; `onError` decides about failures.
   * @throws RecordFailedError where a handler failed and `onError` says stop, InvalidOptionError, what `poll()` throws
   */
  run(options: ShareRunOptions<ShareRecord>): Promise<void> {
    return this.#startRun(options, (record) => record);
  }

  /** What Kafka's share consumer measures, by Kafka's names; see the reference page of client metrics. */
  metrics(): Metric[] {
    return this.#cluster.settings.instruments?.registry.snapshot() ?? [];
  }

  /**
   * Says what became of a record; it is sent with one of the next polls, or by `commit()`. A record that is renewed stays
   * in hand, to be acknowledged again.
   * @throws ConsumerStateError with implicit acknowledgement, and for a record that is not in hand
   */
  acknowledge(record: TopicPartition & { readonly offset: number }, type: AcknowledgeType = 'accept'): void {
    this.#throwIfClosed();
    if (!this.#settings.isExplicit)
      throw new ConsumerStateError('acknowledge() needs the property share.acknowledgement.mode=explicit');
    this.#held.acknowledge(record, type);
  }

  /**
   * Sends acknowledgements, and waits for the brokers' answers. With implicit acknowledgement it accepts all records that
   * were handed out.
   * @returns how they ended, by partition and type; see `error` of each
   */
  async commit(options: WaitOptions = {}): Promise<AcknowledgeResult[]> {
    this.#throwIfClosed();
    const limits = this.#limits(options);
    const results: AcknowledgeResult[] = [];
    this.#collectors.add(results);
    try {
      this.#acceptIfImplicit();
      await this.#within(this.#fetcher.drained(), 'Acknowledgement of records', limits);
    } finally {
      this.#collectors.delete(results);
    }
    return results;
  }

  /** How long records are this consumer's before they go to others, as the last answer told it. */
  get acquisitionLockTimeoutMs(): number | undefined {
    return this.#fetcher.lockTimeoutMs;
  }

  /** Makes the poll that is waiting, or the next one, throw a WakeupError. */
  wakeup(): void {
    this.#loop.wakeup();
  }

  /**
   * Sends acknowledgements, gives back all other records, leaves the group and closes connections. A poll that is waiting
   * returns an empty array. A second call joins the first.
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
    const deadline = new Deadline(this.#cluster.host, timeoutMs);
    const leave = async () => {
      await this.#run.end();
      await this.#loop.stop();
      await this.#leave();
    };
    try {
      await deadline.race(
        abortable(leave(), this.#closing.signal),
        () => new TimeoutError('Leaving the share group', timeoutMs, 'timeoutMs of close()'),
      );
    } finally {
      this.#closing.end();
      this.#fetcher.close();
      this.#member.close();
      await this.#cluster.close({ drain: false });
    }
  }

  async #leave(): Promise<void> {
    this.#held.clear();
    await this.#fetcher.endSessions();
    await this.#member.leave();
  }

  async #startRun<Item>(
    options: ShareRunOptions<Item>,
    decode: (record: ShareRecord) => Item | Promise<Item>,
  ): Promise<void> {
    this.#throwIfClosed();
    this.#run.throwIfAny();
    await this.#run.start(new ShareRun(this.#runSource(), options, decode));
  }

  #runSource(): ShareRunSource {
    const { host, logger } = this.#cluster;
    return {
      host,
      logger,
      // Not `#next`: what handlers are at work on is acknowledged by the run, not by polls.
      poll: (signal) => this.#pollForRun(signal),
      isStale: (part) => this.#fetcher.isStale(part),
      onGiven: (origin, record) => this.#held.hold(origin, [record]),
      onLeft: (unseen) => this.#release(unseen),
      acknowledge: (record, type) => this.#acknowledgeForRun(record, type),
      lockTimeoutMs: () => this.#fetcher.lockTimeoutMs,
      drained: () => this.#fetcher.drained(),
    };
  }

  async #pollForRun(signal: AbortSignal): Promise<readonly TakenPart[] | undefined> {
    if (this.#closed !== undefined) return undefined;
    try {
      const taken = await this.#loop.next(ITERATION_POLL_MS, signal);
      this.#metrics?.handedOut(taken);
      return taken;
    } catch (error) {
      if (signal.aborted && error === signal.reason) return [];
      throw error;
    }
  }

  /**
   * 1. The lock of a record runs out while its handler works. 2. The record comes again, to this same consumer. 3. Both
   * handlers end: only one of them has a record in hand to say something of.
   */
  #acknowledgeForRun(record: ShareRecord, type: AcknowledgeType): void {
    try {
      this.#held.acknowledge(record, type);
      this.#fetcher.flushSoon();
    } catch (error) {
      if (!(error instanceof ConsumerStateError)) throw error;
      const { topic, partition, offset } = record;
      this.#cluster.logger.warn('lock had run out', { topic, partition, offset, type });
    }
  }

  #topicSource(): ShareTopicConsumerSource {
    return {
      poll: (options) => this.poll(options),
      records: () => this[Symbol.asyncIterator](),
      acknowledge: (record, type) => this.#held.acknowledge(record, type),
      run: (options, decode) => this.#startRun(options, decode),
    };
  }

  #next(timeoutMs: number, signal?: AbortSignal): Promise<readonly TakenPart[]> {
    this.#acceptIfImplicit();
    const { unacknowledgedCount } = this.#held;
    if (unacknowledgedCount > 0)
      return Promise.reject(
        new ConsumerStateError(
          `poll() comes before ${unacknowledgedCount} records of the last one were acknowledged`,
        ),
      );
    return this.#loop.next(timeoutMs, signal);
  }

  async #nextForIteration(): Promise<readonly TakenPart[] | undefined> {
    while (this.#closed === undefined) {
      const taken = await this.#next(ITERATION_POLL_MS);
      this.#metrics?.handedOut(taken);
      if (taken.length > 0) return taken;
    }
    return undefined;
  }

  #acceptIfImplicit(): void {
    if (!this.#settings.isExplicit) this.#held.acceptAll();
  }

  #release(unseen: readonly TakenPart[]): void {
    for (const { origin, records } of unseen)
      for (const { offset } of records) this.#fetcher.acknowledge(origin, offset, RELEASE);
  }

  #onLoopLeft(unseen: readonly TakenPart[]): void {
    if (this.#closed !== undefined) return;
    this.#release(unseen);
    if (!this.#settings.isExplicit) this.#held.releaseAll();
    this.#fetcher.flush();
  }

  #onAcknowledged(results: readonly AcknowledgeResult[]): void {
    this.#metrics?.acknowledged(results);
    for (const collector of this.#collectors) collector.push(...results);
    try {
      this.#settings.onAcknowledged?.(results);
    } catch (error) {
      this.#fetcher.fail(error as Error);
    }
  }

  async #within(work: Promise<void>, what: string, limits: WaitLimits): Promise<void> {
    const { timeoutMs, limitedBy, signal } = limits;
    const deadline = new Deadline(this.#cluster.host, timeoutMs);
    await deadline.race(abortable(work, signal), () => new TimeoutError(what, timeoutMs, limitedBy));
  }

  #limits(options: WaitOptions): WaitLimits {
    return waitLimits(options, this.#settings.values['default.api.timeout.ms']);
  }

  #throwIfClosed(): void {
    if (this.#closed !== undefined) throw new ClientClosedError('ShareConsumer');
  }
}
