import type { Host } from '@millrace/host';
import type { ConsumerMetrics } from '../observability/consumer-metrics.ts';
import { ConsumerStateError, WakeupError } from './consumer-errors.ts';
import type { ConsumerInterceptors } from './consumer-interceptors.ts';
import type { FetchBuffer, PolledRecords } from './fetch/fetch-buffer.ts';
import type { Fetcher } from './fetch/fetcher.ts';
import type { GroupMembership } from './group/group-membership.ts';
import type { OffsetCommits } from './offsets/offset-commits.ts';
import type { PositionResolver } from './offsets/position-resolver.ts';
import type { SubscriptionState } from './subscription/subscription-state.ts';
import type { TopicWatch } from './topic-watch.ts';
import type { WakeSignal } from './wake-signal.ts';

export interface PollLoopParts {
  readonly host: Host;
  readonly subscription: SubscriptionState;
  /** Undefined without `group.id`. */
  readonly member: GroupMembership | undefined;
  readonly commits: OffsetCommits;
  readonly resolver: PositionResolver;
  readonly fetcher: Fetcher;
  readonly buffer: FetchBuffer;
  readonly topics: TopicWatch;
  readonly wake: WakeSignal;
  /** Undefined without any. */
  readonly interceptors: ConsumerInterceptors | undefined;
  readonly metrics?: ConsumerMetrics | undefined;
  /** `max.poll.records`. */
  readonly maxPollRecords: number;
}

/** Somebody who takes records at his own pace, and moves positions himself: `run()`. */
export interface RecordTaker {
  /** How many records may come now, 0 for none; asked each time the loop goes round. */
  room(): number;
}

/** After so long without a turn of the event loop a poll lets sockets and timers have one. */
const MAX_TURN_MS = 5;

const NOTHING: PolledRecords = { records: [], handedOut: [] };

/** The one thread of control of a consumer: callbacks, positions, fetches and records all happen inside its polls. */
export class PollLoop {
  readonly #parts: PollLoopParts;
  #polling: Promise<PolledRecords> | undefined;
  #isWaiting = false;
  #isWokenUp = false;
  #isStopped = false;
  #turnBeganMs: number;

  constructor(parts: PollLoopParts) {
    this.#parts = parts;
    this.#turnBeganMs = parts.host.clock.monotonicMs();
  }

  /** Inside a poll that has nothing to do but wait. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /**
   * The next records; positions are not moved, that is the caller's. Empty when time is up or the loop was stopped.
   * @param taker Is told of positions that moved without records, too: as handed out, with no records.
   * @throws ConsumerStateError when another poll is running
   */
  next(timeoutMs: number, signal?: AbortSignal, taker?: RecordTaker): Promise<PolledRecords> {
    if (this.#polling !== undefined) {
      return Promise.reject(
        new ConsumerStateError('poll() is already running; wait for it, or call wakeup()'),
      );
    }
    const polls = this.#parts.metrics?.polls;
    polls?.began();
    const polling = this.#run(timeoutMs, signal, taker).finally(() => {
      polls?.ended();
      this.#polling = undefined;
    });
    this.#polling = polling;
    return polling;
  }

  /** Ends the poll that is waiting, or the next one, with a WakeupError. */
  wakeup(): void {
    this.#isWokenUp = true;
    this.#parts.wake.notify();
  }

  /** Ends the poll that is running with what it has; resolves when it has returned. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#parts.wake.notify();
    await this.#polling?.catch(() => {});
  }

  async #run(
    timeoutMs: number,
    signal: AbortSignal | undefined,
    taker: RecordTaker | undefined,
  ): Promise<PolledRecords> {
    const { host, subscription } = this.#parts;
    signal?.throwIfAborted();
    if (subscription.kind === 'none') {
      throw new ConsumerStateError('poll() has nothing to read: call subscribe() or assign() first');
    }
    await this.#letOthersRun();
    const endMs = host.clock.monotonicMs() + Math.max(0, timeoutMs);
    for (;;) {
      const polled = await this.#step(signal, taker);
      if (polled.records.length > 0 || this.#isStopped) return polled;
      if (taker !== undefined && polled.handedOut.length > 0) return polled;
      const remainingMs = endMs - host.clock.monotonicMs();
      if (remainingMs <= 0) return polled;
      // Positions behind control records have moved: the caller must hear of it, and more may follow at once.
      if (polled.handedOut.length > 0) this.#skipEmpty(polled);
      else await this.#wait(remainingMs, signal);
    }
  }

  async #step(signal: AbortSignal | undefined, taker: RecordTaker | undefined): Promise<PolledRecords> {
    const { member, subscription, topics, commits, resolver, fetcher, buffer } = this.#parts;
    this.#throwIfInterrupted(signal);
    if (this.#isStopped) return NOTHING;
    const nowMs = this.#parts.host.clock.monotonicMs();
    const groupMember = subscription.isGroupManaged ? member : undefined;
    topics.check(groupMember?.topics ?? subscription.topics, nowMs);
    commits.autoCommitIfDue(nowMs);
    await groupMember?.poll();
    resolver.resolve();
    fetcher.fetch();
    const failure = resolver.takeFailure() ?? fetcher.takeFailure();
    if (failure !== undefined) throw failure;
    const polled = await buffer.take(taker?.room() ?? this.#parts.maxPollRecords);
    // What was taken made room: the network works while the application does.
    if (polled.handedOut.length > 0) {
      fetcher.fetch();
      this.#parts.metrics?.handedOut(polled);
    }
    return this.#parts.interceptors?.onConsume(polled) ?? polled;
  }

  #skipEmpty({ handedOut }: PolledRecords): void {
    for (const { partition, version, position } of handedOut) {
      if (partition.version === version) partition.consumedTo(position);
    }
  }

  /** Listens to the signal here alone: a listener more and less for each poll that does not wait is what costs most in it. */
  async #wait(remainingMs: number, signal: AbortSignal | undefined): Promise<void> {
    const { host, wake, topics } = this.#parts;
    if (signal?.aborted === true) return;
    const untilCheckMs = Math.max(1, topics.nextCheckAtMs - host.clock.monotonicMs());
    const onAbort = () => wake.notify();
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#isWaiting = true;
    try {
      await wake.wait(Math.min(remainingMs, untilCheckMs));
    } finally {
      this.#isWaiting = false;
      signal?.removeEventListener('abort', onAbort);
    }
    this.#turnBeganMs = host.clock.monotonicMs();
  }

  /** A loop of polls that find their records buffered never leaves the microtask queue by itself. */
  async #letOthersRun(): Promise<void> {
    const { clock, timers } = this.#parts.host;
    if (clock.monotonicMs() - this.#turnBeganMs < MAX_TURN_MS) return;
    await new Promise<void>((resolve) => timers.defer(resolve));
    this.#turnBeganMs = clock.monotonicMs();
  }

  #throwIfInterrupted(signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    if (!this.#isWokenUp) return;
    this.#isWokenUp = false;
    throw new WakeupError();
  }
}
