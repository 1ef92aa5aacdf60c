import type { ClientQuotas } from './client-quota.ts';
import { QuotaLimits, type QuotaSubject } from './quota-limits.ts';
import { QuotaMeters } from './quota-meters.ts';
import { SlidingRate, type QuotaWindow } from './sliding-rate.ts';

const MAX_THROTTLE_MS = 2147483647;

export interface RateQuotaOptions {
  /** Kafka's name of the limit. */
  readonly quotaKey: string;
  readonly window: QuotaWindow;
  /** Default: as long as it takes. */
  readonly maxThrottleMs?: number;
}

/** A rate that users and clients may not exceed. Pure: the time is passed in. */
export class RateQuota {
  readonly #options: RateQuotaOptions;
  readonly #meters: QuotaMeters<SlidingRate>;
  #limits: QuotaLimits;

  constructor(options: RateQuotaOptions) {
    this.#options = options;
    this.#limits = new QuotaLimits(new Map(), options.quotaKey);
    this.#meters = new QuotaMeters(() => new SlidingRate(options.window));
  }

  /** Whether anybody has a limit. */
  get isActive(): boolean {
    return !this.#limits.isEmpty;
  }

  /** What was measured so far stays. */
  update(quotas: ClientQuotas): void {
    this.#limits = new QuotaLimits(quotas, this.#options.quotaKey);
  }

  /** @returns how long the peer is to be quiet, in milliseconds; 0 within its limit */
  record(subject: QuotaSubject, value: number, nowMs: number): number {
    const limit = this.#limits.find(subject);
    if (limit === undefined) return 0;
    const rate = this.#meters.get(limit.sharedKey, nowMs);
    rate.record(value, nowMs);
    const { maxThrottleMs = MAX_THROTTLE_MS } = this.#options;
    return Math.min(maxThrottleMs, rate.throttleMs(limit.perSec, nowMs));
  }

  /** Counts without a judgement, which is the matter of the next request; negative to take back. */
  recordSilently(subject: QuotaSubject, value: number, nowMs: number): void {
    const limit = this.#limits.find(subject);
    if (limit !== undefined) this.#meters.get(limit.sharedKey, nowMs).record(value, nowMs);
  }

  /** The most that does not exceed the limit by itself. */
  maxAtOnce(subject: QuotaSubject): number {
    const limit = this.#limits.find(subject);
    if (limit === undefined) return Infinity;
    const { sampleCount, sampleMs } = this.#options.window;
    return Math.floor((limit.perSec * (sampleCount - 1) * sampleMs) / 1000);
  }
}
