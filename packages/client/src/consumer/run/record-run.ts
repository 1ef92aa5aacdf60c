import type { Logger } from '@millrace/host';
import { delay } from '../../cluster/delay.ts';
import { RetryTopics } from '../../retry/retry-topics.ts';
import { ConsumerStateError } from '../consumer-errors.ts';
import type { ConsumerParts } from '../consumer-parts.ts';
import type { ConsumerRecord } from '../consumer-record.ts';
import type { PolledRecords } from '../fetch/fetch-buffer.ts';
import type { RecordTaker } from '../poll-loop.ts';
import type { RecordDecoder } from '../record-iterator.ts';
import type { AssignedPartition } from '../subscription/assigned-partition.ts';
import { processing } from '../../observability/channels.ts';
import { drainWorks } from './drain-works.ts';
import { PartitionWork } from './partition-work.ts';
import { RecordFailedError } from './run-errors.ts';
import type { ErrorDecision, RecordContext, RunSettings } from './run-options.ts';
import { WorkScheduler } from './work-scheduler.ts';
import type { Worker } from './worker.ts';

/** Limits of the consumer that a run goes by. */
export interface RunLimits {
  /** `max.poll.records`. */
  readonly maxPollRecords: number;
  /** `max.poll.interval.ms`: a handler that takes longer is told of. */
  readonly maxPollIntervalMs: number;
  /** For the commit at the end. */
  readonly commitLimits: { readonly timeoutMs: number; readonly limitedBy: string };
}

/** How long one poll of the run may wait; automatic commits are due within. */
const POLL_TIMEOUT_MS = 1000;

/**
 * One call of `run()`: polls on and on, hands records to the scheduler, and keeps positions behind what is done without
 * a gap, so that whoever commits them (automatic commits, rebalances, the application) never skips a record.
 */
export class RecordRun<Item> implements RecordTaker {
  readonly #parts: ConsumerParts;
  readonly #settings: RunSettings<Item>;
  readonly #limits: RunLimits;
  readonly #decode: RecordDecoder<Item> | undefined;
  readonly #retry: RetryTopics | undefined;
  readonly #scheduler: WorkScheduler;
  readonly #works = new Map<AssignedPartition, PartitionWork>();
  /** Ends the poll that waits. */
  readonly #ending = new AbortController();
  #failure: { readonly error: unknown } | undefined;
  /** Handlers that have to end before there is room again; -1 if nothing waits for that. */
  #untilRoom = -1;
  #warnedBeforeMs = 0;
  /** As `#isEnding`, where it is asked per record. */
  #isOver = false;

  /** @param decode Undefined where handlers take records as they are. */
  constructor(
    parts: ConsumerParts,
    settings: RunSettings<Item>,
    limits: RunLimits,
    decode: RecordDecoder<Item> | undefined,
  ) {
    this.#parts = parts;
    this.#settings = settings;
    this.#limits = limits;
    this.#decode = decode;
    this.#retry = this.#retryTopics();
    const { host } = parts.cluster;
    this.#scheduler = new WorkScheduler({
      host,
      concurrency: settings.concurrency,
      byKey: settings.byKey,
      isBatched: settings.eachBatch !== undefined,
      start: (worker) => this.#start(worker),
      recover: (worker, error) => this.#recover(worker, error),
      dueAtMs: (record) => this.#retry?.dueAtMs(record) ?? 0,
      onProgress: (work, count) => this.#progressed(work, count),
      onFailed: (error) => this.#fail(error),
    });
  }

  /** Resolves when the run was ended and everything has come to rest. @throws RecordFailedError, and what polls throw */
  async run(): Promise<void> {
    const { signal } = this.#settings;
    const { handover } = this.#parts;
    const onAbort = () => this.end();
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted === true) this.end();
    handover.work = {
      finish: (partitions) => this.#finish(partitions),
      abandon: (partitions) => this.#abandon(partitions),
    };
    try {
      await this.#readRetryTopics();
      while (!this.#isEnding) await this.#round();
    } catch (error) {
      if (!this.#isEnding) this.#failure ??= { error };
    } finally {
      signal?.removeEventListener('abort', onAbort);
      await this.#comeToRest();
      handover.work = undefined;
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Nothing more is started; `run` settles when handlers have ended. */
  end(): void {
    this.#isOver = true;
    this.#scheduler.stop();
    this.#ending.abort();
  }

  /** How much may be taken. A rebalance, a pause or a seek may have come since the last round, so it looks around first. */
  room(): number {
    this.#lookAround();
    let outstanding = 0;
    for (const work of this.#works.values()) if (!work.isWaiting) outstanding += work.outstanding;
    const { maxQueuedRecords } = this.#settings;
    const enough = Math.floor(maxQueuedRecords / 2);
    this.#untilRoom = outstanding > enough ? outstanding - enough : -1;
    return this.#untilRoom >= 0 ? 0 : Math.min(this.#limits.maxPollRecords, maxQueuedRecords - outstanding);
  }

  /** Positions cover what is done; to be called before they are used. */
  publish(): void {
    for (const work of this.#works.values()) work.publish();
  }

  #lookAround(): void {
    for (const [partition, work] of this.#works) {
      if (this.#parts.subscription.holds(partition)) this.#scheduler.enqueue(work);
      else this.#abandon([partition]);
    }
    this.#scheduler.pump();
    this.publish();
  }

  get #isEnding(): boolean {
    return this.#ending.signal.aborted;
  }

  async #round(): Promise<void> {
    const { loop } = this.#parts;
    this.#takeIn(await loop.next(POLL_TIMEOUT_MS, this.#ending.signal, this));
    this.#warnOfSlowHandlers();
  }

  #takeIn({ records, handedOut }: PolledRecords): void {
    for (const part of handedOut) {
      const { partition, version } = part;
      let work = this.#works.get(partition);
      if (work === undefined || work.version !== version) {
        work = this.#newWork(partition, version, work);
      }
      work.add(records, part);
      this.#scheduler.enqueue(work);
    }
    this.#scheduler.pump();
    for (const { partition } of handedOut) this.#holdOrRelease(this.#works.get(partition));
  }

  #newWork(partition: AssignedPartition, version: number, before: PartitionWork | undefined): PartitionWork {
    before?.end();
    const predecessor = (before?.running ?? 0) > 0 ? before : before?.predecessor;
    const isRetry = this.#retry?.isRetryTopic(partition.topic) ?? false;
    const work = new PartitionWork(partition, version, { isRetry, predecessor });
    this.#works.set(partition, work);
    return work;
  }

  /** A partition that is slower than the others must not fill the queue alone. */
  #holdOrRelease(work: PartitionWork | undefined): void {
    if (work === undefined) return;
    const { partition, outstanding } = work;
    const share = Math.max(1, Math.floor(this.#settings.maxQueuedRecords / this.#works.size));
    const isFull = outstanding >= share || (partition.isHeld && outstanding > share / 2);
    partition.isHeld = isFull || (work.isWaiting && outstanding > 0);
  }

  #start(worker: Worker): PromiseLike<unknown> | undefined {
    if (this.#settings.eachBatch !== undefined) return this.#startBatch(worker);
    const { work, piece } = worker;
    if (work.isRetry) return this.#startRetry(worker, piece.records[worker.index]!);
    const { records } = piece;
    const { context } = work;
    // Hot: nothing is allocated per record in here, and what handlers may change is asked again before each.
    const isWatched = processing.hasSubscribers;
    for (; worker.index < worker.end && !this.#isOver && worker.mayStart; worker.index++) {
      const record = records[worker.index]!;
      const running = isWatched ? this.#handle(record, context) : this.#handleNow(record, context);
      if (running !== undefined) return running;
    }
    return undefined;
  }

  #startRetry(worker: Worker, record: ConsumerRecord): PromiseLike<unknown> | undefined {
    const { record: restored, attempt } = this.#retry!.restored(record);
    const running = this.#handle(restored, { ...worker.work.context, attempt });
    if (running === undefined) worker.index++;
    return running;
  }

  #handle(record: ConsumerRecord, context: RecordContext): PromiseLike<unknown> | undefined {
    if (processing.hasSubscribers) return this.#traced([record], () => this.#handleNow(record, context));
    return this.#handleNow(record, context);
  }

  #handleNow(record: ConsumerRecord, context: RecordContext): PromiseLike<unknown> | undefined {
    const eachRecord = this.#settings.eachRecord!;
    if (this.#decode === undefined) return asPromise(eachRecord(record as Item, context));
    const item = this.#decode(record);
    if (item !== record && item instanceof Promise) {
      return item.then((decoded) => (decoded === undefined ? undefined : eachRecord(decoded, context)));
    }
    return item === undefined ? undefined : asPromise(eachRecord(item, context));
  }

  /** For whoever listens to the channel; a handler counts as one that takes its time then. */
  #traced(
    records: readonly ConsumerRecord[],
    handle: () => PromiseLike<unknown> | undefined,
  ): PromiseLike<unknown> {
    const clientId = this.#parts.cluster.settings.clientId;
    return processing.tracePromise(async () => await handle(), { clientId, records });
  }

  #startBatch(worker: Worker): PromiseLike<unknown> | undefined {
    const { work, piece, index, end } = worker;
    const records = piece.records.slice(index, end);
    const running = processing.hasSubscribers
      ? this.#traced(records, () => this.#handleBatch(records, work.context))
      : this.#handleBatch(records, work.context);
    if (running === undefined) worker.index = end;
    return running;
  }

  #handleBatch(records: readonly ConsumerRecord[], context: RecordContext): PromiseLike<unknown> | undefined {
    const eachBatch = this.#settings.eachBatch!;
    const decode = this.#decode;
    if (decode === undefined) return asPromise(eachBatch(records as readonly Item[], context));
    const items = records.map((record) => decode(record));
    if (!items.some((item) => item instanceof Promise)) {
      return asPromise(eachBatch(present(items as (Item | undefined)[]), context));
    }
    return Promise.all(items.map(async (item) => await item)).then((decoded) =>
      eachBatch(present(decoded), context),
    );
  }

  /** What follows from a failure. Rejects with what ends the run. */
  async #recover({ work, piece, index }: Worker, error: unknown): Promise<'done' | 'again' | 'dropped'> {
    const record = piece.records[index]!;
    if (work.isAbandoned) return 'dropped';
    if (this.#retry !== undefined) return this.#sendOn(this.#retry, record, error);
    const decision = await this.#decide(record, error);
    if (decision === 'stop') throw new RecordFailedError(record, error);
    if (decision === 'skip') {
      this.#logger.warn('record skipped: its handler failed', { ...locationOf(record), error });
      return 'done';
    }
    const ended = AbortSignal.any([work.ending, this.#ending.signal]);
    await delay(this.#parts.cluster.host, decision.retryAfterMs, ended).catch(() => {});
    return ended.aborted ? 'dropped' : 'again';
  }

  async #sendOn(retry: RetryTopics, record: ConsumerRecord, error: unknown): Promise<'done'> {
    try {
      const route = await retry.route(record, error);
      const message = route === 'retry' ? 'record failed and will be tried again' : 'record is a dead letter';
      this.#logger.warn(message, { ...locationOf(record), error });
      return 'done';
    } catch (failure) {
      // Neither processed nor kept: it must not be committed.
      throw new RecordFailedError(record, failure);
    }
  }

  async #decide(record: ConsumerRecord, error: unknown): Promise<ErrorDecision> {
    const { onError } = this.#settings;
    if (typeof onError !== 'function') return onError;
    try {
      return await onError(error, locationOf(record));
    } catch (failure) {
      throw new RecordFailedError(record, failure);
    }
  }

  #progressed(work: PartitionWork, count: number): void {
    if (this.#untilRoom > 0) {
      this.#untilRoom = Math.max(0, this.#untilRoom - count);
      if (this.#untilRoom === 0) this.#parts.wake.notify();
    }
    const { partition } = work;
    if (!partition.isHeld) return;
    this.#holdOrRelease(work);
    if (!partition.isHeld) this.#parts.wake.notify();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.end();
  }

  /** Before partitions go: what runs may finish, what waits is left to the next owner. */
  async #finish(partitions: readonly AssignedPartition[]): Promise<void> {
    // After a seek a handler may still be busy with a record of before.
    const works = partitions.flatMap((partition) => {
      const work = this.#works.get(partition);
      return [work, work?.predecessor].filter((one) => one !== undefined);
    });
    const unfinished = await drainWorks(this.#parts.cluster.host, works, this.#settings.drainTimeoutMs);
    for (const { partition } of unfinished) {
      this.#logger.warn('handlers did not finish in time; their records will be processed again', {
        partition: partition.key,
        drainTimeoutMs: this.#settings.drainTimeoutMs,
      });
    }
    for (const partition of partitions) this.#works.delete(partition);
  }

  #abandon(partitions: readonly AssignedPartition[]): void {
    for (const partition of partitions) {
      this.#works.get(partition)?.abandon();
      this.#works.delete(partition);
    }
  }

  async #comeToRest(): Promise<void> {
    const { subscription, buffer, commits } = this.#parts;
    this.end();
    const partitions = [...this.#works.keys()];
    const versions = new Map([...this.#works.values()].map((work) => [work.partition, work.version]));
    await this.#finish(partitions);
    for (const partition of subscription.assigned) partition.isHeld = false;
    // What was taken and not processed is read again by whoever polls next.
    for (const partition of partitions) {
      if (partition.version === versions.get(partition)) partition.discardFetched();
    }
    buffer.dropOutdated();
    await commits.autoCommitNow(subscription.assigned, this.#limits.commitLimits);
  }

  #retryTopics(): RetryTopics | undefined {
    const { retry } = this.#settings;
    if (retry === undefined) return undefined;
    const { subscription, cluster } = this.#parts;
    if (subscription.kind !== 'topics') {
      throw new ConsumerStateError('run() with retry needs a subscription to topics by name');
    }
    return new RetryTopics(retry, subscription.topics, cluster.host.clock);
  }

  async #readRetryTopics(): Promise<void> {
    const retry = this.#retry;
    if (retry === undefined) return;
    await retry.create(this.#settings.signal);
    const { subscription, topics, member } = this.#parts;
    if (retry.all.every((topic) => subscription.topics.has(topic))) return;
    subscription.subscribe(retry.all);
    topics.subscriptionChanged();
    topics.metadataChanged();
    member?.requestRejoin('retry topics');
  }

  /** Polls go on while handlers work, so nobody else would notice one that never ends. */
  #warnOfSlowHandlers(): void {
    const { clock } = this.#parts.cluster.host;
    const { maxPollIntervalMs } = this.#limits;
    const beforeMs = clock.monotonicMs() - maxPollIntervalMs;
    for (const worker of this.#scheduler.runningSince(beforeMs)) {
      if (worker.startedMs < this.#warnedBeforeMs) continue;
      const record = worker.piece.records[worker.index]!;
      this.#logger.warn('a handler takes longer than max.poll.interval.ms', {
        ...locationOf(record),
        maxPollIntervalMs,
      });
    }
    this.#warnedBeforeMs = beforeMs;
  }

  get #logger(): Logger {
    return this.#parts.cluster.logger;
  }
}

function asPromise(result: unknown): PromiseLike<unknown> | undefined {
  const isPromise = typeof (result as { readonly then?: unknown } | null | undefined)?.then === 'function';
  return isPromise ? (result as PromiseLike<unknown>) : undefined;
}

function present<Item>(items: readonly (Item | undefined)[]): Item[] {
  return items.filter((item) => item !== undefined);
}

function locationOf({ topic, partition, offset }: ConsumerRecord) {
  return { topic, partition, offset };
}
