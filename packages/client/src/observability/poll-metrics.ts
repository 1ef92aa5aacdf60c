import type { Clock } from '@millrace/host';
import type { ClientInstruments } from './client-instruments.ts';
import { pollSensors } from './metric-definitions.ts';
import type { WindowedStatistics } from './windowed-statistics.ts';

const NEVER = -1;

/** How often an application polls, and how much of its time it waits there. */
export class PollMetrics {
  readonly #clock: Clock;
  readonly #sensors: Record<keyof typeof pollSensors, WindowedStatistics>;
  #beganMs = NEVER;
  #sinceLastMs = 0;

  /** @param group `consumer-metrics` or `consumer-share-metrics` */
  constructor({ registry, clientId }: ClientInstruments, clock: Clock, group: string) {
    this.#clock = clock;
    const tags = { 'client-id': clientId };
    this.#sensors = registry.sensors(pollSensors, group, tags);
    registry.gauges(() => [{ group, name: 'last-poll-seconds-ago', tags, value: this.#secondsAgo() }]);
  }

  began(): void {
    const nowMs = this.#clock.monotonicMs();
    this.#sinceLastMs = this.#beganMs === NEVER ? 0 : nowMs - this.#beganMs;
    if (this.#beganMs !== NEVER) this.#sensors.timeBetweenPolls.record(this.#sinceLastMs, nowMs);
    this.#beganMs = nowMs;
  }

  /** The share of the time since the poll before that was spent in this one. */
  ended(): void {
    const nowMs = this.#clock.monotonicMs();
    const pollMs = nowMs - this.#beganMs;
    const wholeMs = pollMs + this.#sinceLastMs;
    if (wholeMs > 0) this.#sensors.idleRatio.record(pollMs / wholeMs, nowMs);
  }

  #secondsAgo(): number {
    return this.#beganMs === NEVER ? NEVER : Math.floor((this.#clock.monotonicMs() - this.#beganMs) / 1000);
  }
}
