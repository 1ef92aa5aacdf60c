import type { Clock } from '@millrace/host';
import type { SensorDefinition, Statistic } from './metric-definitions.ts';
import { WindowedStatistics } from './windowed-statistics.ts';

/** One number, as Kafka names it. */
export interface Metric {
  /** For example `producer-metrics`. */
  readonly group: string;
  /** For example `record-send-rate`. */
  readonly name: string;
  /** For example `client-id`, `topic`, `node-id`. */
  readonly tags: Readonly<Record<string, string>>;
  /** NaN where there is nothing to tell yet. */
  readonly value: number;
}

interface Entry {
  readonly group: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly measure: (nowMs: number) => number;
}

const SECONDS_PER_HOUR = 3600;

/** Gauges of a moment: looked up when somebody asks. */
export type GaugeSource = () => Iterable<Metric>;

/** The metrics of one client. What is recorded is numbers; objects are made by `snapshot` alone. */
export class MetricsRegistry {
  readonly #clock: Clock;
  readonly #entries: Entry[] = [];
  readonly #gauges: GaugeSource[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  sensor(
    definition: SensorDefinition,
    group: string,
    tags: Readonly<Record<string, string>>,
  ): WindowedStatistics {
    const statistics = new WindowedStatistics(this.#clock.monotonicMs());
    for (const [name, [statistic]] of Object.entries(definition)) {
      this.#entries.push({ group, name, tags, measure: measureOf(statistics, statistic) });
    }
    return statistics;
  }

  /** One sensor for each of a table. */
  sensors<Table extends Readonly<Record<string, SensorDefinition>>>(
    table: Table,
    group: string,
    tags: Readonly<Record<string, string>>,
  ): Record<keyof Table, WindowedStatistics> {
    const entries = Object.entries(table).map(([name, definition]) => [
      name,
      this.sensor(definition, group, tags),
    ]);
    return Object.fromEntries(entries) as Record<keyof Table, WindowedStatistics>;
  }

  gauges(source: GaugeSource): void {
    this.#gauges.push(source);
  }

  snapshot(): Metric[] {
    const nowMs = this.#clock.monotonicMs();
    const metrics: Metric[] = this.#entries.map(({ group, name, tags, measure }) => ({
      group,
      name,
      tags,
      value: measure(nowMs),
    }));
    for (const source of this.#gauges) metrics.push(...source());
    return metrics;
  }

  /** Whether a metric only ever grows: what telemetry sends as a sum. */
  isTotal(metric: Pick<Metric, 'name'>): boolean {
    return metric.name.endsWith('-total');
  }
}

function measureOf(statistics: WindowedStatistics, statistic: Statistic): (nowMs: number) => number {
  switch (statistic) {
    case 'rate':
      return (nowMs) => statistics.rate(nowMs);
    case 'count-rate':
      return (nowMs) => statistics.countRate(nowMs);
    case 'count-rate-per-hour':
      return (nowMs) => statistics.countRate(nowMs) * SECONDS_PER_HOUR;
    case 'total':
      return () => statistics.total;
    case 'count-total':
      return () => statistics.totalCount;
    case 'average':
      return (nowMs) => statistics.average(nowMs);
    case 'max':
      return (nowMs) => statistics.max(nowMs);
  }
}
