import type { Host } from '@millrace/host';
import { ConsumerStateError, WakeupError } from '../consumer/consumer-errors.ts';
import type { SubscriptionState } from '../consumer/subscription/subscription-state.ts';
import type { TopicWatch } from '../consumer/topic-watch.ts';
import type { WakeSignal } from '../consumer/wake-signal.ts';
import type { PollMetrics } from '../observability/poll-metrics.ts';
import type { TakenPart } from './fetch/ready-records.ts';
import type { ShareFetcher } from './fetch/share-fetcher.ts';
import type { ShareMember } from './membership/share-member.ts';

export interface SharePollLoopParts {
  readonly host: Host;
  readonly subscription: SubscriptionState;
  readonly member: ShareMember;
  readonly fetcher: ShareFetcher;
  readonly topics: TopicWatch;
  readonly wake: WakeSignal;
  /** Undefined where nobody measures. */
  readonly polls?: PollMetrics | undefined;
  /** `max.poll.records`. */
  readonly maxPollRecords: number;
  /** `fetch.max.wait.ms`. */
  readonly maxWaitMs: number;
}

/** The one thread of control of a share consumer. */
export class SharePollLoop {
  readonly #parts: SharePollLoopParts;
  #polling: Promise<readonly TakenPart[]> | undefined;
  #isWaiting = false;
  #isWokenUp = false;
  #isStopped = false;

  constructor(parts: SharePollLoopParts) {
    this.#parts = parts;
  }

  /** Inside a poll that has nothing to do but wait. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** @throws ConsumerStateError when another poll is running, or there is no subscription */
  next(timeoutMs: number, signal?: AbortSignal): Promise<readonly TakenPart[]> {
    if (this.#polling !== undefined)
      return Promise.reject(
        new ConsumerStateError('poll() is already running; wait for it, or call wakeup()'),
      );
    const { polls } = this.#parts;
    polls?.began();
    const polling = this.#run(timeoutMs, signal).finally(() => {
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

  /** Ends the poll that is running; resolves when it has returned. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#parts.wake.notify();
    await this.#polling?.catch(() => {});
  }

  async #run(timeoutMs: number, signal: AbortSignal | undefined): Promise<readonly TakenPart[]> {
    const { host, subscription, wake } = this.#parts;
    signal?.throwIfAborted();
    if (subscription.kind === 'none')
      throw new ConsumerStateError('poll() has nothing to read: call subscribe() first');
    const onAbort = () => wake.notify();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const endMs = host.clock.monotonicMs() + Math.max(0, timeoutMs);
      for (;;) {
        const remainingMs = endMs - host.clock.monotonicMs();
        const taken = this.#step(Math.max(0, remainingMs), signal);
        if (taken.length > 0 || this.#isStopped || remainingMs <= 0) return taken;
        await this.#wait(remainingMs);
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #step(remainingMs: number, signal: AbortSignal | undefined): readonly TakenPart[] {
    const { member, subscription, topics, fetcher, host, maxPollRecords, maxWaitMs } = this.#parts;
    this.#throwIfInterrupted(signal);
    if (this.#isStopped) return [];
    const nowMs = host.clock.monotonicMs();
    topics.check(subscription.topics, nowMs);
    member.poll();
    const taken = fetcher.take(maxPollRecords);
    if (taken.length > 0) {
      fetcher.flush();
      return taken;
    }
    const failure = fetcher.takeFailure();
    if (failure !== undefined) throw failure;
    fetcher.fetch(Math.floor(Math.min(remainingMs, maxWaitMs)));
    return taken;
  }

  async #wait(remainingMs: number): Promise<void> {
    const { host, wake, topics, fetcher } = this.#parts;
    const lookAtMs = Math.min(topics.nextCheckAtMs, fetcher.nextRetryAtMs);
    const untilLookMs = Math.max(1, lookAtMs - host.clock.monotonicMs());
    this.#isWaiting = true;
    try {
      await wake.wait(Math.min(remainingMs, untilLookMs));
    } finally {
      this.#isWaiting = false;
    }
  }

  #throwIfInterrupted(signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    if (!this.#isWokenUp) return;
    this.#isWokenUp = false;
    throw new WakeupError();
  }
}
