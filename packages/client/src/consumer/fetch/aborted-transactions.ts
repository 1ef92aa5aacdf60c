import { controlRecordType, decodeRecords, type RecordBatch } from '@millrace/protocol';

/** A transaction that was aborted somewhere behind `firstOffset`, as Fetch answers list them. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

/**
 * Decides for `read_committed` which batches of a Fetch answer belong to aborted transactions. Batches must be asked
 * about in offset order, every one of them.
 */
export class AbortedTransactions {
  readonly #upcoming: AbortedTransaction[];
  #next = 0;
  readonly #abortedProducers = new Set<number>();

  constructor(transactions: readonly AbortedTransaction[]) {
    this.#upcoming = transactions.toSorted((a, b) => a.firstOffset - b.firstOffset);
  }

  isAborted(batch: RecordBatch): boolean {
    for (; this.#next < this.#upcoming.length; this.#next++) {
      const { producerId, firstOffset } = this.#upcoming[this.#next]!;
      if (firstOffset > batch.lastOffset) break;
      this.#abortedProducers.add(producerId);
    }
    // A producer's next transaction may be a good one: its abort marker ends what the list has said about it.
    if (batch.isControl) {
      if (isAbortMarker(batch)) this.#abortedProducers.delete(batch.producerId);
      return false;
    }
    return batch.isTransactional && this.#abortedProducers.has(batch.producerId);
  }
}

function isAbortMarker(batch: RecordBatch): boolean {
  const [marker] = decodeRecords(batch);
  return marker !== undefined && controlRecordType(marker) === 'ABORT';
}
