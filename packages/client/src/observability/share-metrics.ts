import type { Clock } from '@millrace/host';
import type { TakenPart } from '../share-consumer/fetch/ready-records.ts';
import type { AcknowledgeResult } from '../share-consumer/acknowledge/acknowledge-result.ts';
import type { ClientInstruments } from './client-instruments.ts';
import { fetchTopicSensors, shareCoordinatorSensors, shareFetchSensors } from './metric-definitions.ts';
import { PollMetrics } from './poll-metrics.ts';
import type { WindowedStatistics } from './windowed-statistics.ts';

const FETCH_GROUP = 'consumer-share-fetch-manager-metrics';
const COORDINATOR_GROUP = 'consumer-share-coordinator-metrics';

type TopicSensors = Record<keyof typeof fetchTopicSensors, WindowedStatistics>;

/** What a share consumer knows of its records. Called per partition of an answer and of a poll, never per record. */
export class ShareMetrics {
  readonly polls: PollMetrics;
  readonly #instruments: ClientInstruments;
  readonly #clock: Clock;
  readonly #fetch: Record<keyof typeof shareFetchSensors, WindowedStatistics>;
  readonly #group: Record<keyof typeof shareCoordinatorSensors, WindowedStatistics>;
  readonly #topics = new Map<string, TopicSensors>();

  constructor(instruments: ClientInstruments, clock: Clock) {
    this.#instruments = instruments;
    this.#clock = clock;
    const { registry, clientId } = instruments;
    const tags = { 'client-id': clientId };
    this.#fetch = registry.sensors(shareFetchSensors, FETCH_GROUP, tags);
    this.#group = registry.sensors(shareCoordinatorSensors, COORDINATOR_GROUP, tags);
    this.polls = new PollMetrics(instruments, clock, 'consumer-share-metrics');
  }

  /** Bytes of records of one partition came. */
  fetched(topic: string, sizeBytes: number): void {
    const nowMs = this.#clock.monotonicMs();
    this.#fetch.fetchSize.record(sizeBytes, nowMs);
    this.#topic(topic).bytes.record(sizeBytes, nowMs);
  }

  handedOut(parts: readonly TakenPart[]): void {
    const nowMs = this.#clock.monotonicMs();
    for (const { origin, records } of parts) {
      this.#fetch.recordsConsumed.record(records.length, nowMs);
      this.#topic(origin.partition.topic).records.record(records.length, nowMs);
    }
  }

  acknowledged(results: readonly AcknowledgeResult[]): void {
    const nowMs = this.#clock.monotonicMs();
    for (const { offsets, error } of results) {
      this.#fetch.acknowledgements.record(offsets.length, nowMs);
      if (error !== undefined) this.#fetch.acknowledgementErrors.record(offsets.length, nowMs);
    }
  }

  assignmentChanged(): void {
    this.#group.rebalances.record(1, this.#clock.monotonicMs());
  }

  #topic(topic: string): TopicSensors {
    let sensors = this.#topics.get(topic);
    if (sensors === undefined) {
      const { registry, clientId } = this.#instruments;
      sensors = registry.sensors(fetchTopicSensors, FETCH_GROUP, { 'client-id': clientId, topic });
      this.#topics.set(topic, sensors);
    }
    return sensors;
  }
}
