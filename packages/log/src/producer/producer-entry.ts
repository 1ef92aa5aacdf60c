import { MAX_RETAINED_BATCHES, MAX_SEQUENCE } from '../limits.ts';

const SEQUENCES = MAX_SEQUENCE + 1;

/** What is remembered of one batch of an idempotent producer. */
export interface ProducerBatch {
  readonly lastSequence: number;
  readonly lastOffset: number;
  /** Last offset minus first offset, which is also last minus first sequence (with wrap). */
  readonly offsetDelta: number;
  readonly timestampMs: number;
}

/** What others may see of a producer. */
export interface ProducerView {
  readonly producerId: number;
  /** -1 while none is known. */
  readonly producerEpoch: number;
  /** -1 while no batch is remembered. */
  readonly lastSequence: number;
  /** -1 before the first batch. */
  readonly lastTimestampMs: number;
  /** -1 before the first marker. */
  readonly coordinatorEpoch: number;
  /** -1 while no transaction is open. */
  readonly currentTransactionFirstOffset: number;
}

/** What a partition knows about one producer id. */
export class ProducerEntry implements ProducerView {
  readonly producerId: number;
  /** -1 while none is known. */
  producerEpoch = -1;
  /** Oldest first, at most five. */
  batches: ProducerBatch[] = [];
  coordinatorEpoch = -1;
  /** -1 while no transaction is open. */
  currentTransactionFirstOffset = -1;
  lastTimestampMs = -1;
  /** Comes from a snapshot, which holds the last batch alone; up to four before it are in the log only. */
  isFromSnapshot = false;

  constructor(producerId: number) {
    this.producerId = producerId;
  }

  /** -1 while no batch is remembered. */
  get lastSequence(): number {
    return this.batches.at(-1)?.lastSequence ?? -1;
  }

  /** Offset of the last record of the last remembered batch, -1 if there is none. */
  get lastDataOffset(): number {
    return this.batches.at(-1)?.lastOffset ?? -1;
  }

  /** A remembered batch with the same first and last sequence: the producer sent it again. */
  findDuplicate(
    producerEpoch: number,
    baseSequence: number,
    lastSequence: number,
  ): ProducerBatch | undefined {
    if (producerEpoch !== this.producerEpoch) return undefined;
    for (const batch of this.batches) {
      if (batch.lastSequence === lastSequence && firstSequence(batch) === baseSequence) return batch;
    }
    return undefined;
  }

  /** Whether a batch may be one that the log has and the snapshot did not tell of: it ends before the last one. */
  mayHaveForgotten(producerEpoch: number, lastSequence: number): boolean {
    if (!this.isFromSnapshot || producerEpoch !== this.producerEpoch || this.batches.length === 0)
      return false;
    const behind = (this.lastSequence - lastSequence + SEQUENCES) % SEQUENCES;
    return behind > 0 && behind < SEQUENCES / 2;
  }

  /** Takes what the log has of this epoch before the batches that are remembered. */
  recall(older: readonly ProducerBatch[]): void {
    const [first] = this.batches;
    if (!this.isFromSnapshot || first === undefined) return;
    const forgotten = older.filter(({ lastOffset }) => lastOffset < first.lastOffset);
    this.batches = [...forgotten, ...this.batches].slice(-MAX_RETAINED_BATCHES);
    this.isFromSnapshot = false;
  }

  addBatch(producerEpoch: number, batch: ProducerBatch): void {
    this.updateEpoch(producerEpoch);
    if (this.batches.length === MAX_RETAINED_BATCHES) this.batches.shift();
    this.batches.push(batch);
    this.lastTimestampMs = batch.timestampMs;
  }

  /** Sequences of an older epoch mean nothing under a new one. */
  updateEpoch(producerEpoch: number): void {
    if (producerEpoch === this.producerEpoch) return;
    this.producerEpoch = producerEpoch;
    this.batches = [];
    this.isFromSnapshot = false;
  }
}

/** The sequence of the first record of a batch, with wrap. */
export function firstSequence(batch: ProducerBatch): number {
  const first = batch.lastSequence - batch.offsetDelta;
  return first < 0 ? first + MAX_SEQUENCE + 1 : first;
}

export function isNextSequence(lastSequence: number, sequence: number): boolean {
  return sequence === lastSequence + 1 || (sequence === 0 && lastSequence === MAX_SEQUENCE);
}
