import type { AbortedTransaction } from '../segment/transaction-index.ts';

interface OngoingAbort {
  readonly transaction: AbortedTransaction;
  isDataSeen: boolean;
}

/** The part of a batch that the cleaner's view of transactions depends on. */
export interface TransactionalBatch {
  readonly producerId: number;
  readonly lastOffset: number;
  readonly isTransactional: boolean;
}

/**
 * Follows transactions through a log from its start while it is cleaned, to tell data that was aborted and markers
 * whose transactions have no data left (`CleanedTransactionMetadata` in Kafka).
 */
export class CleanedTransactions {
  readonly #committed = new Set<number>();
  readonly #aborted = new Map<number, OngoingAbort>();
  /** Not met yet, by first offset. */
  #ahead: AbortedTransaction[] = [];
  /** Aborted transactions whose markers stay: the entries of the cleaned transaction index. */
  #kept: AbortedTransaction[] = [];

  /** Announces aborted transactions of the segments that come next; some may have been announced before. */
  announce(transactions: readonly AbortedTransaction[]): void {
    const known = new Set(this.#ahead.map((transaction) => transaction.lastOffset));
    for (const { transaction } of this.#aborted.values()) known.add(transaction.lastOffset);
    const added = transactions.filter((transaction) => !known.has(transaction.lastOffset));
    this.#ahead = [...this.#ahead, ...added].toSorted((a, b) => a.firstOffset - b.firstOffset);
  }

  /** @returns whether the data is part of an aborted transaction. */
  onDataBatch(batch: TransactionalBatch): boolean {
    this.#meetAbortedUpTo(batch.lastOffset);
    if (!batch.isTransactional) return false;
    const abort = this.#aborted.get(batch.producerId);
    if (abort === undefined) {
      this.#committed.add(batch.producerId);
      return false;
    }
    abort.isDataSeen = true;
    return true;
  }

  /**
   * @param type `undefined` for a control batch that was emptied before or is not a transaction marker.
   * @returns whether no data of the transaction is left, so that nobody needs the marker.
   */
  onMarker(batch: TransactionalBatch, type: 'ABORT' | 'COMMIT' | 'other' | undefined): boolean {
    this.#meetAbortedUpTo(batch.lastOffset);
    if (type === undefined) return true;
    if (type === 'other') return false;
    if (type === 'COMMIT') return !this.#committed.delete(batch.producerId);
    const abort = this.#aborted.get(batch.producerId);
    this.#aborted.delete(batch.producerId);
    if (abort === undefined || !abort.isDataSeen) return true;
    this.#kept.push(abort.transaction);
    return false;
  }

  /** The entries for the transaction index of the segment that was written since the last call. */
  takeKept(): AbortedTransaction[] {
    const kept = this.#kept;
    this.#kept = [];
    return kept;
  }

  #meetAbortedUpTo(offset: number): void {
    while (this.#ahead.length > 0 && this.#ahead[0]!.firstOffset <= offset) {
      const transaction = this.#ahead.shift()!;
      if (!this.#aborted.has(transaction.producerId)) {
        this.#aborted.set(transaction.producerId, { transaction, isDataSeen: false });
      }
    }
  }
}
