import { PartitionSequencer } from './partition-sequencer.ts';
import type { ProducerBatch } from './producer-batch.ts';

/** The batches of one partition that wait to be sent, oldest first; only the last one may still be open. */
export class PartitionQueue {
  readonly topic: string;
  readonly partition: number;
  readonly batches: ProducerBatch[] = [];
  readonly sequencer = new PartitionSequencer<ProducerBatch>();
  /** Takes appends; always the last of `batches`. */
  open: ProducerBatch | undefined;
  /** Batches written and not answered. */
  onWire = 0;
  /** Uncompressed size of the batch closed last: the memory the next one begins with. */
  lastBatchBytes = 0;
  #nextOrder = 0;

  constructor(topic: string, partition: number) {
    this.topic = topic;
    this.partition = partition;
  }

  /** The first batch cannot get any better by waiting for more records. */
  get hasFullBatch(): boolean {
    return this.batches.length > 1 || (this.batches.length === 1 && this.open === undefined);
  }

  /** Takes the first batch out to be sent; if it was open, it is no longer. */
  takeFirst(): ProducerBatch {
    const batch = this.batches.shift()!;
    if (batch.order === Infinity) batch.order = this.#nextOrder++;
    if (batch === this.open) this.closeOpen();
    return batch;
  }

  /** The open batch takes no more records. */
  closeOpen(): void {
    this.lastBatchBytes = this.open?.uncompressedBytes ?? this.lastBatchBytes;
    this.open = undefined;
  }

  /** Puts a batch back for another attempt, at its place in the order of first sendings. */
  putBack(batch: ProducerBatch): void {
    let at = 0;
    while (at < this.batches.length && this.batches[at]!.order < batch.order) at++;
    this.batches.splice(at, 0, batch);
  }

  remove(batch: ProducerBatch): void {
    const at = this.batches.indexOf(batch);
    if (at >= 0) this.batches.splice(at, 1);
    if (batch === this.open) this.open = undefined;
  }
}
