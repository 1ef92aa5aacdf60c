import type { PrunableLog } from '../share/state/share-coordinator.ts';
import type { LeaderPartition } from './leader-partition.ts';
import { PartitionCoordinatorLog } from './partition-coordinator-log.ts';

/** A partition of an internal topic whose coordinator cuts off what it no longer needs. */
export class PrunablePartitionLog extends PartitionCoordinatorLog implements PrunableLog {
  readonly #partition: LeaderPartition;

  constructor(partition: LeaderPartition, loadBytes: number) {
    super(partition, loadBytes);
    this.#partition = partition;
  }

  get recordCount(): number {
    const { log } = this.#partition;
    return log.logEndOffset - log.logStartOffset;
  }

  get endOffset(): number {
    return this.#partition.log.highWatermark;
  }

  async deleteBefore(offset: number): Promise<void> {
    await this.#partition.log.deleteRecords(offset);
  }
}
