import type { Clock } from '@millrace/host';
import { UnknownTopicError } from '../errors.ts';
import type { BufferMemory } from './buffer-memory.ts';
import { keyPartition } from './key-partition.ts';
import type { PartitionQueue } from './partition-queue.ts';
import type { Partitioner } from './partitioner.ts';
import { ProducerBatch } from './producer-batch.ts';
import type { ProducerRecord } from './producer-record.ts';
import type { ProducerSettings } from './producer-settings.ts';
import { recordSizeBytes } from './record-check.ts';
import type { TopicQueues } from './topic-queues.ts';

/** Memory a batch begins with when nothing is known of its partition: one small record and some. */
const SMALLEST_INITIAL_BYTES = 512;
/** The encoder looks a few bytes ahead: without them a batch just like the last one would outgrow its memory at the end. */
const INITIAL_SLACK_BYTES = 16;
/** Where batches were that full, the next one begins with memory for a full one: of one size, it can be used again. */
const FULL_SHARE = 0.75;
/** How much larger than batch.size a batch may get before compression, in expectation of it. */
const MAX_UNCOMPRESSED_FACTOR = 8;

export interface AccumulatorEvents {
  /** A batch was opened: the sender must see to it, by its linger at the latest. */
  onBatchOpened(queue: PartitionQueue): void;
  /** A batch became full: it can be sent now. */
  onBatchFull(): void;
}

/**
 * Takes records in: chooses partitions, encodes into open batches, opens new ones within `buffer.memory`. Everything
 * here runs inside `send`, synchronously, for every record.
 */
export class Accumulator {
  readonly memory: BufferMemory;
  readonly #settings: ProducerSettings;
  readonly #clock: Clock;
  readonly #partitioner: Partitioner | undefined;
  readonly #events: AccumulatorEvents;
  /** Where the last successful `append` put its record; fields rather than a result object per record. */
  appendedTo!: ProducerBatch;
  /** Bytes a caller has reserved for the next batch that `append` opens. */
  #grantedBytes = 0;

  constructor(
    settings: ProducerSettings,
    clock: Clock,
    memory: BufferMemory,
    partitioner: Partitioner | undefined,
    events: AccumulatorEvents,
  ) {
    this.#settings = settings;
    this.#clock = clock;
    this.memory = memory;
    this.#partitioner = partitioner;
    this.#events = events;
  }

  /**
   * Appends one record.
   * @returns 0 when done, `appendedTo` then tells where; otherwise the bytes to reserve before calling `appendGranted`
   */
  append(topic: TopicQueues, partitionCount: number, record: ProducerRecord, timestampMs: number): number {
    const stated = this.#statedPartition(topic, record, partitionCount);
    for (;;) {
      const partition = stated < 0 ? topic.sticky.current(partitionCount, topic) : stated;
      const queue = topic.queue(partition);
      const open = queue.open;
      if (open !== undefined) {
        const bytesBefore = open.uncompressedBytes;
        if (open.tryAppend(record, timestampMs)) {
          this.appendedTo = open;
          if (stated < 0) topic.sticky.appended(open.uncompressedBytes - bytesBefore, false, topic);
          return 0;
        }
        queue.closeOpen();
        this.#events.onBatchFull();
        if (stated < 0 && topic.sticky.completed(topic)) continue;
      }
      const neededBytes = this.#open(topic, queue, record);
      if (neededBytes > 0) {
        if (this.#partitioner !== undefined) topic.choice = { record, partition: stated };
        return neededBytes;
      }
    }
  }

  /** As `append`, with `bytes` reserved by the caller; gives back what it did not use. */
  appendGranted(
    topic: TopicQueues,
    partitionCount: number,
    record: ProducerRecord,
    timestampMs: number,
    bytes: number,
  ): number {
    this.#grantedBytes = bytes;
    try {
      return this.append(topic, partitionCount, record, timestampMs);
    } finally {
      const unusedBytes = this.#grantedBytes;
      this.#grantedBytes = 0;
      if (unusedBytes > 0) this.memory.release(unusedBytes);
    }
  }

  /** -1: the sticky partition. */
  #statedPartition(topic: TopicQueues, record: ProducerRecord, partitionCount: number): number {
    if (record.partition !== undefined) return record.partition;
    if (this.#partitioner !== undefined) {
      const before = topic.choice;
      topic.choice = undefined;
      if (before?.record === record) return before.partition;
      const chosen = this.#partitioner.partition(record, partitionCount, topic);
      if (chosen !== undefined) return checkChoice(chosen, record.topic, partitionCount);
    }
    const { key } = record;
    if (key === undefined || key === null || this.#settings.ignoreKeys) return -1;
    return keyPartition(key, partitionCount);
  }

  #open(topic: TopicQueues, queue: PartitionQueue, record: ProducerRecord): number {
    const { batchSizeBytes, compression, compressionLevel } = this.#settings;
    const factor = compression === 'none' ? 1 : Math.min(1 / topic.compressionRatio, MAX_UNCOMPRESSED_FACTOR);
    const maxBytes = Math.floor(batchSizeBytes * factor);
    const reservedBytes = Math.max(maxBytes, recordSizeBytes(record));
    if (!this.#reserve(reservedBytes)) return reservedBytes;
    const batch = new ProducerBatch({
      topic: topic.name,
      partition: queue.partition,
      maxBytes,
      initialBytes: initialBytes(reservedBytes, queue.lastBatchBytes) + INITIAL_SLACK_BYTES,
      compression,
      compressionLevel,
      isTransactional: this.#settings.transactionalId !== undefined,
      reservedBytes,
      createdMs: this.#clock.monotonicMs(),
      memory: this.memory.spare,
    });
    queue.batches.push(batch);
    queue.open = batch;
    this.#events.onBatchOpened(queue);
    return 0;
  }

  #reserve(bytes: number): boolean {
    if (this.#grantedBytes < bytes) return this.memory.tryReserve(bytes);
    this.memory.release(this.#grantedBytes - bytes);
    this.#grantedBytes = 0;
    return true;
  }
}

function initialBytes(reservedBytes: number, lastBatchBytes: number): number {
  if (lastBatchBytes >= reservedBytes * FULL_SHARE) return reservedBytes;
  return Math.min(reservedBytes, Math.max(SMALLEST_INITIAL_BYTES, lastBatchBytes));
}

function checkChoice(partition: number, topic: string, partitionCount: number): number {
  if (Number.isInteger(partition) && partition >= 0 && partition < partitionCount) return partition;
  const last = partitionCount - 1;
  throw new UnknownTopicError(
    topic,
    `has no partition ${partition}, which the partitioner chose; they are 0 to ${last}`,
  );
}
