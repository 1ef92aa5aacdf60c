import type { Random } from '@millrace/host';

/** How busy a partition is, for the choice of the next one. */
export interface PartitionLoad {
  /** False while it has no leader, or its leader has not been reached for too long. */
  isAvailable(partition: number): boolean;
  /** Batches that wait to be sent. */
  queuedBatches(partition: number): number;
}

export interface StickyOptions {
  /** Bytes after which the next partition is taken: batch.size. */
  readonly batchSizeBytes: number;
  /** Prefer partitions with shorter queues, so that a slow broker gets less (KIP-794). */
  readonly isAdaptive: boolean;
  readonly random: Random;
}

/**
 * The partition for records without a key: one at a time, so that batches fill, for about `batch.size` bytes, then
 * the next by chance (KIP-480, KIP-794). One per topic.
 */
export class StickyPartition {
  readonly #options: StickyOptions;
  #partition = -1;
  #partitionCount = 0;
  #producedBytes = 0;

  constructor(options: StickyOptions) {
    this.#options = options;
  }

  /** The partition to append to; the same until it is time to switch. */
  current(partitionCount: number, load: PartitionLoad): number {
    if (this.#partition < 0 || this.#partitionCount !== partitionCount) this.#switch(partitionCount, load);
    return this.#partition;
  }

  /**
   * To be told of each append to the current partition.
   * @param isBatchComplete Its open batch takes no more: switching now leaves no half-full batch behind.
   */
  appended(bytes: number, isBatchComplete: boolean, load: PartitionLoad): void {
    this.#producedBytes += bytes;
    this.#maybeSwitch(isBatchComplete, load);
  }

  /** The open batch turned out to be full: switch if enough was produced. @returns whether it did */
  completed(load: PartitionLoad): boolean {
    return this.#maybeSwitch(true, load);
  }

  #maybeSwitch(isBatchComplete: boolean, load: PartitionLoad): boolean {
    const { batchSizeBytes } = this.#options;
    const isEnough = this.#producedBytes >= batchSizeBytes && isBatchComplete;
    if (!isEnough && this.#producedBytes < 2 * batchSizeBytes) return false;
    this.#switch(this.#partitionCount, load);
    return true;
  }

  #switch(partitionCount: number, load: PartitionLoad): void {
    this.#partitionCount = partitionCount;
    this.#producedBytes = 0;
    this.#partition = this.#draw(partitionCount, load);
  }

  #draw(partitionCount: number, load: PartitionLoad): number {
    if (partitionCount <= 1) return 0;
    const { random, isAdaptive } = this.#options;
    const partitions = Array.from({ length: partitionCount }, (_, partition) => partition);
    const queued = partitions.map((partition) => (isAdaptive ? load.queuedBatches(partition) : 0));
    const longest = queued.reduce((a, b) => Math.max(a, b), 0);
    let total = 0;
    const weights = partitions.map((partition) => {
      if (load.isAvailable(partition)) total += longest + 1 - queued[partition]!;
      return total;
    });
    // Nothing is available: any is as good, the record waits in its queue.
    if (total === 0) return Math.floor(random.float() * partitionCount);
    const point = random.float() * total;
    return weights.findIndex((cumulative) => point < cumulative);
  }
}
