import type { Clock } from '@millrace/host';
import type { PolledRecords } from '../consumer/fetch/fetch-buffer.ts';
import type { SubscriptionState } from '../consumer/subscription/subscription-state.ts';
import { recordsFetched } from './channels.ts';
import type { ClientInstruments } from './client-instruments.ts';
import { CallTimes } from './call-times.ts';
import { consumerCallSensors, fetchSensors, fetchTopicSensors, type gauges } from './metric-definitions.ts';
import type { Metric } from './metrics-registry.ts';
import { PollMetrics } from './poll-metrics.ts';
import { RebalanceMetrics } from './rebalance-metrics.ts';
import type { WindowedStatistics } from './windowed-statistics.ts';

type TopicSensors = Record<keyof typeof fetchTopicSensors, WindowedStatistics>;

const GROUP = 'consumer-fetch-manager-metrics';

/** What a consumer knows of its records. Called per partition of an answer and of a poll, never per record. */
export class ConsumerMetrics {
  readonly #instruments: ClientInstruments;
  readonly #clock: Clock;
  readonly #size: WindowedStatistics;
  readonly #records: WindowedStatistics;
  readonly #lag: WindowedStatistics;
  readonly #topics = new Map<string, TopicSensors>();
  readonly polls: PollMetrics;
  readonly rebalances: RebalanceMetrics;
  readonly calls: CallTimes<typeof consumerCallSensors>;

  constructor(instruments: ClientInstruments, clock: Clock, subscription: SubscriptionState) {
    this.#instruments = instruments;
    this.#clock = clock;
    const { registry, clientId } = instruments;
    const tags = { 'client-id': clientId };
    this.#size = registry.sensor(fetchSensors.fetchSize, GROUP, tags);
    this.#records = registry.sensor(fetchSensors.recordsConsumed, GROUP, tags);
    this.#lag = registry.sensor(fetchSensors.recordsLag, GROUP, tags);
    this.polls = new PollMetrics(instruments, clock, 'consumer-metrics');
    this.rebalances = new RebalanceMetrics(instruments, clock);
    this.calls = new CallTimes(instruments, clock, { group: 'consumer-metrics', table: consumerCallSensors });
    registry.gauges(() => this.#partitionGauges(subscription));
  }

  /** Bytes of records of one partition came. */
  fetched(topic: string, sizeBytes: number): void {
    const nowMs = this.#clock.monotonicMs();
    this.#size.record(sizeBytes, nowMs);
    this.#topic(topic).bytes.record(sizeBytes, nowMs);
  }

  handedOut({ handedOut }: PolledRecords): void {
    const nowMs = this.#clock.monotonicMs();
    for (const { partition, start, end, position } of handedOut) {
      const recordCount = end - start;
      if (recordCount === 0) continue;
      const lagRecords = Math.max(0, partition.highWatermark - position.offset);
      this.#records.record(recordCount, nowMs);
      this.#topic(partition.topic).records.record(recordCount, nowMs);
      this.#lag.record(lagRecords, nowMs);
      if (!recordsFetched.hasSubscribers) continue;
      recordsFetched.publish({
        clientId: this.#instruments.clientId,
        topic: partition.topic,
        partition: partition.partition,
        recordCount,
        lagRecords,
      });
    }
  }

  *#partitionGauges(subscription: SubscriptionState): Iterable<Metric> {
    const clientTags = { 'client-id': this.#instruments.clientId };
    let assigned = 0;
    for (const { topic, partition, consumed, highWatermark, logStartOffset } of subscription.assigned) {
      assigned++;
      if (consumed === undefined || highWatermark < 0) continue;
      const tags = { ...clientTags, topic, partition: String(partition) };
      const gauge = (name: keyof typeof gauges, value: number) => ({ group: GROUP, name, tags, value });
      yield gauge('records-lag', Math.max(0, highWatermark - consumed.offset));
      yield gauge('records-lead', Math.max(0, consumed.offset - logStartOffset));
    }
    const group = 'consumer-coordinator-metrics';
    yield { group, name: 'assigned-partitions', tags: clientTags, value: assigned };
  }

  #topic(topic: string): TopicSensors {
    let sensors = this.#topics.get(topic);
    if (sensors === undefined) {
      const { registry, clientId } = this.#instruments;
      const tags = { 'client-id': clientId, topic };
      sensors = registry.sensors(fetchTopicSensors, GROUP, tags);
      this.#topics.set(topic, sensors);
    }
    return sensors;
  }
}
