import type { TopicMetadata } from '../cluster/metadata-cache.ts';
import { PartitionQueue } from './partition-queue.ts';
import type { ProducerRecord } from './producer-record.ts';
import { StickyPartition, type PartitionLoad, type StickyOptions } from './sticky-partition.ts';

/** Compressed size expected per uncompressed byte: begins pessimistic, follows what batches show. */
const FIRST_RATIO = 1;
const RATIO_STEP = 0.05;
const MIN_RATIO = 0.1;

/** What the producer holds per topic: queues by partition, the sticky choice, how well its records compress. */
export class TopicQueues implements PartitionLoad {
  readonly name: string;
  readonly queues: (PartitionQueue | undefined)[] = [];
  readonly sticky: StickyPartition;
  /** What was chosen for a record that waits for memory: nobody is to be asked twice. */
  choice: { readonly record: ProducerRecord; readonly partition: number } | undefined;
  /** Compressed bytes per uncompressed byte. */
  compressionRatio = FIRST_RATIO;
  readonly #metadata: (topic: string) => TopicMetadata | undefined;
  readonly #isSlow: (queue: PartitionQueue) => boolean;

  constructor(
    name: string,
    sticky: StickyOptions,
    metadata: (topic: string) => TopicMetadata | undefined,
    isSlow: (queue: PartitionQueue) => boolean,
  ) {
    this.name = name;
    this.sticky = new StickyPartition(sticky);
    this.#metadata = metadata;
    this.#isSlow = isSlow;
  }

  queue(partition: number): PartitionQueue {
    const existing = this.queues[partition];
    if (existing !== undefined) return existing;
    const queue = new PartitionQueue(this.name, partition);
    this.queues[partition] = queue;
    return queue;
  }

  isAvailable(partition: number): boolean {
    const leaderId = this.#metadata(this.name)?.partitions[partition]?.leaderId ?? -1;
    const queue = this.queues[partition];
    return leaderId >= 0 && (queue === undefined || !this.#isSlow(queue));
  }

  queuedBatches(partition: number): number {
    return this.queues[partition]?.batches.length ?? 0;
  }

  /** A batch was compressed: believe a worse ratio at once, a better one in steps, since too large is refused. */
  observeRatio(uncompressedBytes: number, compressedBytes: number): void {
    const ratio = compressedBytes / uncompressedBytes;
    const next = ratio > this.compressionRatio ? ratio : Math.max(ratio, this.compressionRatio - RATIO_STEP);
    this.compressionRatio = Math.max(MIN_RATIO, next);
  }
}
