import type { ClientQuotas } from './client-quota.ts';
import { QuotaLimits, type QuotaLimit, type QuotaOwner, type QuotaSubject } from './quota-limits.ts';
import { QuotaMeters } from './quota-meters.ts';
import { SlidingRate, type QuotaWindow } from './sliding-rate.ts';
import { ThrottleAverage } from './throttle-average.ts';

const MAX_THROTTLE_MS = 2147483647;

export interface RateQuotaOptions {
  /** Kafka's name of the limit. */
  readonly quotaKey: string;
  readonly window: QuotaWindow;
  /** Default: as long as it takes. */
  readonly maxThrottleMs?: number;
}

/** What those who share a limit do at a moment. */
export interface QuotaReading {
  readonly owner: QuotaOwner;
  readonly perSec: number;
  /** How long they had to be quiet each time, on average; 0 when they were not. */
  readonly throttleMs: number;
}

interface RateMeter {
  readonly rate: SlidingRate;
  readonly throttles: ThrottleAverage;
  owner: QuotaOwner;
}

const nobody: QuotaOwner = { user: '', clientId: '' };

/** A rate that users and clients may not exceed. Pure: the time is passed in. */
export class RateQuota {
  readonly #options: RateQuotaOptions;
  readonly #meters: QuotaMeters<RateMeter>;
  #limits: QuotaLimits;

  constructor(options: RateQuotaOptions) {
    this.#options = options;
    this.#limits = new QuotaLimits(new Map(), options.quotaKey);
    const { window } = options;
    this.#meters = new QuotaMeters(() => ({
      rate: new SlidingRate(window),
      throttles: new ThrottleAverage(window),
      owner: nobody,
    }));
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
    const { rate, throttles } = this.#meterOf(limit, nowMs);
    rate.record(value, nowMs);
    const { maxThrottleMs = MAX_THROTTLE_MS } = this.#options;
    const throttleMs = Math.min(maxThrottleMs, rate.throttleMs(limit.perSec, nowMs));
    // Nothing is added to ask once more about the same.
    if (throttleMs > 0 && value !== 0) throttles.record(throttleMs, nowMs);
    return throttleMs;
  }

  /** Counts without a judgement, which is the matter of the next request; negative to take back. */
  recordSilently(subject: QuotaSubject, value: number, nowMs: number): void {
    const limit = this.#limits.find(subject);
    if (limit !== undefined) this.#meterOf(limit, nowMs).rate.record(value, nowMs);
  }

  /** The most that does not exceed the limit by itself. */
  maxAtOnce(subject: QuotaSubject): number {
    const limit = this.#limits.find(subject);
    if (limit === undefined) return Infinity;
    const { sampleCount, sampleMs } = this.#options.window;
    return Math.floor((limit.perSec * (sampleCount - 1) * sampleMs) / 1000);
  }

  /** Of everybody who was charged within the last hour. */
  *readings(nowMs: number): Iterable<QuotaReading> {
    for (const { owner, rate, throttles } of this.#meters.inUse(nowMs))
      yield { owner, perSec: rate.perSec(nowMs), throttleMs: throttles.averageMs(nowMs) };
  }

  #meterOf(limit: QuotaLimit, nowMs: number): RateMeter {
    const meter = this.#meters.get(limit.sharedKey, nowMs);
    meter.owner = limit.owner;
    return meter;
  }
}
