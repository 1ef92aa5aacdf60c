import type { BufferMemory } from '../producer/buffer-memory.ts';
import type { ProducerBatch } from '../producer/producer-batch.ts';
import { batchRetried, batchSettled } from './channels.ts';
import type { ClientInstruments } from './client-instruments.ts';
import { type gauges, producerSensors, producerTopicSensors } from './metric-definitions.ts';
import type { WindowedStatistics } from './windowed-statistics.ts';

type TopicSensors = Record<keyof typeof producerTopicSensors, WindowedStatistics>;

const GROUP = 'producer-metrics';

/** What a producer knows of its batches. Called per batch and per request, never per record. */
export class ProducerMetrics {
  readonly #instruments: ClientInstruments;
  readonly #sensors: Record<keyof typeof producerSensors, WindowedStatistics>;
  readonly #topics = new Map<string, TopicSensors>();

  constructor(instruments: ClientInstruments, memory: BufferMemory) {
    this.#instruments = instruments;
    const { registry, clientId } = instruments;
    const tags = { 'client-id': clientId };
    this.#sensors = registry.sensors(producerSensors, GROUP, tags);
    const gauge = (name: keyof typeof gauges, value: number) => ({ group: GROUP, name, tags, value });
    registry.gauges(() => [
      gauge('buffer-total-bytes', memory.limitBytes),
      gauge('buffer-available-bytes', memory.limitBytes - memory.usedBytes),
      gauge('waiting-threads', memory.waiterCount),
    ]);
    memory.onExhausted = (nowMs) => this.#sensors.bufferExhausted.record(1, nowMs);
  }

  /** The batch is being written, for the first time or again. */
  batchSent(batch: ProducerBatch, nodeId: number, nowMs: number): void {
    if (batch.followed !== undefined) noteSent(batch, nodeId, nowMs);
    const { recordCount, sizeBytes, uncompressedBytes, topic } = batch;
    const sensors = this.#topic(topic);
    if (batch.attempts > 1) {
      this.#sensors.recordRetries.record(recordCount, nowMs);
      sensors.retries.record(recordCount, nowMs);
      return;
    }
    this.#sensors.batchSize.record(sizeBytes, nowMs);
    this.#sensors.recordsPerBatch.record(recordCount, nowMs);
    this.#sensors.recordSize.record(uncompressedBytes / recordCount, nowMs);
    this.#sensors.largestRecord.record(batch.largestRecordBytes, nowMs);
    this.#sensors.compressionRate.record(sizeBytes / uncompressedBytes, nowMs);
    this.#sensors.queueTime.record(nowMs - batch.createdMs, nowMs);
    sensors.records.record(recordCount, nowMs);
    sensors.bytes.record(sizeBytes, nowMs);
    sensors.compressionRate.record(sizeBytes / uncompressedBytes, nowMs);
  }

  requestSent(recordCount: number, nowMs: number): void {
    this.#sensors.recordsPerRequest.record(recordCount, nowMs);
  }

  throttled(throttleMs: number, nowMs: number): void {
    this.#sensors.throttleTime.record(throttleMs, nowMs);
  }

  batchRetried(batch: ProducerBatch, nowMs: number): void {
    for (const { journey } of batch.followed ?? []) {
      const { attempts: attempt, lastFailure } = batch;
      journey.note('retry', nowMs, { attempt, ...(lastFailure === undefined ? {} : { error: lastFailure }) });
    }
    if (!batchRetried.hasSubscribers) return;
    const { topic, partition, recordCount, attempts, lastFailure: error } = batch;
    batchRetried.publish({
      clientId: this.#instruments.clientId,
      topic,
      partition,
      recordCount,
      attempts,
      error,
    });
  }

  batchSplit({ followed = [], recordCount }: ProducerBatch, nowMs: number): void {
    for (const { journey } of followed) journey.note('split', nowMs, { recordCount });
    this.#sensors.batchSplits.record(1, nowMs);
  }

  batchSettled(batch: ProducerBatch, baseOffset: number, error: Error | undefined, nowMs: number): void {
    const { topic, partition, recordCount, sizeBytes, attempts } = batch;
    if (error !== undefined) {
      this.#sensors.recordErrors.record(recordCount, nowMs);
      this.#topic(topic).errors.record(recordCount, nowMs);
    }
    if (!batchSettled.hasSubscribers) return;
    batchSettled.publish({
      clientId: this.#instruments.clientId,
      topic,
      partition,
      recordCount,
      sizeBytes,
      attempts,
      durationMs: nowMs - batch.createdMs,
      baseOffset,
      error,
    });
  }

  #topic(topic: string): TopicSensors {
    let sensors = this.#topics.get(topic);
    if (sensors === undefined) {
      const { registry, clientId } = this.#instruments;
      const tags = { 'client-id': clientId, topic };
      sensors = registry.sensors(producerTopicSensors, 'producer-topic-metrics', tags);
      this.#topics.set(topic, sensors);
    }
    return sensors;
  }
}

function noteSent(batch: ProducerBatch, nodeId: number, nowMs: number): void {
  const { attempts: attempt, recordCount, sizeBytes } = batch;
  for (const { journey } of batch.followed ?? []) {
    journey.note('sent', nowMs, { nodeId, attempt, recordCount, sizeBytes });
  }
}
