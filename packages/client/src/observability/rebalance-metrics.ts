import type { Clock } from '@millrace/host';
import type { ClientInstruments } from './client-instruments.ts';
import { rebalanceSensors } from './metric-definitions.ts';
import type { WindowedStatistics } from './windowed-statistics.ts';

const GROUP = 'consumer-coordinator-metrics';
const NEVER = -1;

/** The callbacks of an application, as metrics name them. */
export type TimedCallback = 'assigned' | 'revoked' | 'lost';

/** How long rebalances take, and the callbacks in them. */
export class RebalanceMetrics {
  readonly #clock: Clock;
  readonly #sensors: Record<keyof typeof rebalanceSensors, WindowedStatistics>;
  #beganMs = NEVER;
  #lastEndedMs = NEVER;

  constructor({ registry, clientId }: ClientInstruments, clock: Clock) {
    this.#clock = clock;
    const tags = { 'client-id': clientId };
    this.#sensors = registry.sensors(rebalanceSensors, GROUP, tags);
    registry.gauges(() => [
      { group: GROUP, name: 'last-rebalance-seconds-ago', tags, value: this.#secondsAgo() },
    ]);
  }

  /** A rebalance that has begun and not ended has failed: the group moved on. */
  began(): void {
    const nowMs = this.#clock.monotonicMs();
    if (this.#beganMs !== NEVER) this.#sensors.failedRebalances.record(1, nowMs);
    this.#beganMs = nowMs;
  }

  /** The member has its assignment. @param fromMs where nothing said that it began: with assignment by the broker */
  ended(fromMs: number): void {
    const nowMs = this.#clock.monotonicMs();
    this.#sensors.rebalanceLatency.record(nowMs - (this.#beganMs === NEVER ? fromMs : this.#beganMs), nowMs);
    this.#beganMs = NEVER;
    this.#lastEndedMs = nowMs;
  }

  async timed(callback: TimedCallback, body: () => Promise<void>): Promise<void> {
    const beganMs = this.#clock.monotonicMs();
    await body();
    const nowMs = this.#clock.monotonicMs();
    this.#sensors[callback].record(nowMs - beganMs, nowMs);
  }

  #secondsAgo(): number {
    return this.#lastEndedMs === NEVER
      ? NEVER
      : Math.floor((this.#clock.monotonicMs() - this.#lastEndedMs) / 1000);
  }
}
