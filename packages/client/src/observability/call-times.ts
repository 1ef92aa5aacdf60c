import type { Clock } from '@millrace/host';
import type { SensorDefinition } from './metric-definitions.ts';
import type { MetricsRegistry } from './metrics-registry.ts';
import type { WindowedStatistics } from './windowed-statistics.ts';

const NANOSECONDS_PER_MS = 1_000_000;

/** How long calls of an application took in all, in nanoseconds, as Kafka counts them. */
export class CallTimes<Table extends Readonly<Record<string, SensorDefinition>>> {
  readonly #clock: Clock;
  readonly #sensors: Record<keyof Table, WindowedStatistics>;

  constructor(
    { registry, clientId }: { readonly registry: MetricsRegistry; readonly clientId: string },
    clock: Clock,
    of: { readonly group: string; readonly table: Table },
  ) {
    this.#clock = clock;
    this.#sensors = registry.sensors(of.table, of.group, { 'client-id': clientId });
  }

  async time<Result>(call: keyof Table, body: () => Promise<Result>): Promise<Result> {
    const beganMs = this.#clock.monotonicMs();
    try {
      return await body();
    } finally {
      this.took(call, beganMs);
    }
  }

  took(call: keyof Table, beganMs: number): void {
    const nowMs = this.#clock.monotonicMs();
    this.#sensors[call].record(Math.round((nowMs - beganMs) * NANOSECONDS_PER_MS), nowMs);
  }
}
