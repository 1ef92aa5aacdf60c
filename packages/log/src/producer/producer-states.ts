import { ProducerEntry, type ProducerBatch } from './producer-entry.ts';

/** A transaction whose marker is in the log. */
export interface CompletedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
  /** Offset of the marker. */
  readonly lastOffset: number;
  readonly isAborted: boolean;
}

export interface DataBatch extends ProducerBatch {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly isTransactional: boolean;
}

export interface TransactionMarker {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  readonly isAbort: boolean;
  readonly offset: number;
  readonly timestampMs: number;
}

/**
 * What one partition knows about its idempotent and transactional producers: a pure function of the batches in the
 * log, so that a replay gives the same content. Checks are in `producer-check.ts`; what is applied here was accepted.
 */
export class ProducerStates {
  readonly #entries = new Map<number, ProducerEntry>();
  /** First offsets of open transactions by producer id. */
  #open = new Map<number, number>();
  /** Entries of a snapshot come in any order. */
  #isOpenSorted = true;
  /** Completed, but the marker is not replicated yet: readers must still stop before them. */
  #unreplicated: CompletedTransaction[] = [];
  /** Everything below was applied. */
  mapEndOffset = 0;

  get size(): number {
    return this.#entries.size;
  }

  get(producerId: number): ProducerEntry | undefined {
    return this.#entries.get(producerId);
  }

  entries(): IterableIterator<ProducerEntry> {
    return this.#entries.values();
  }

  /** First offset of the oldest transaction that is open or whose marker is not replicated; `undefined` for none. */
  get firstUnstableOffset(): number | undefined {
    let first = this.firstOpenOffset;
    for (const transaction of this.#unreplicated) {
      if (first === undefined || transaction.firstOffset < first) first = transaction.firstOffset;
    }
    return first;
  }

  /** Asked with every read; transactions begin at rising offsets, so the first one in the map is the oldest. */
  get firstOpenOffset(): number | undefined {
    if (!this.#isOpenSorted) this.#sortOpen();
    for (const offset of this.#open.values()) return offset;
    return undefined;
  }

  /** Takes an entry from a snapshot. */
  restore(entry: ProducerEntry): void {
    this.#entries.set(entry.producerId, entry);
    if (entry.currentTransactionFirstOffset >= 0) {
      this.#open.set(entry.producerId, entry.currentTransactionFirstOffset);
      this.#isOpenSorted = false;
    }
  }

  applyData(batch: DataBatch): void {
    const entry = this.#entryFor(batch.producerId);
    entry.addBatch(batch.producerEpoch, {
      lastSequence: batch.lastSequence,
      lastOffset: batch.lastOffset,
      offsetDelta: batch.offsetDelta,
      timestampMs: batch.timestampMs,
    });
    if (batch.isTransactional && entry.currentTransactionFirstOffset < 0) {
      entry.currentTransactionFirstOffset = batch.lastOffset - batch.offsetDelta;
      this.#open.set(batch.producerId, entry.currentTransactionFirstOffset);
    }
  }

  /** The transaction that the marker completed, `undefined` if none was open. */
  applyMarker(marker: TransactionMarker): CompletedTransaction | undefined {
    const entry = this.#entryFor(marker.producerId);
    entry.updateEpoch(marker.producerEpoch);
    entry.coordinatorEpoch = marker.coordinatorEpoch;
    entry.lastTimestampMs = marker.timestampMs;
    const firstOffset = entry.currentTransactionFirstOffset;
    if (firstOffset < 0) return undefined;
    entry.currentTransactionFirstOffset = -1;
    this.#open.delete(marker.producerId);
    const completed = {
      producerId: marker.producerId,
      firstOffset,
      lastOffset: marker.offset,
      isAborted: marker.isAbort,
    };
    this.#unreplicated.push(completed);
    return completed;
  }

  /** Last stable offset as it is once the transaction that ends at `markerOffset` counts as complete. */
  stableOffsetAfter(markerOffset: number): number {
    return this.firstOpenOffset ?? markerOffset + 1;
  }

  onHighWatermark(highWatermark: number): void {
    if (this.#unreplicated.length === 0) return;
    this.#unreplicated = this.#unreplicated.filter((transaction) => transaction.lastOffset >= highWatermark);
  }

  /** Forgets producers without an open transaction that wrote nothing for `expirationMs`. */
  removeExpired(nowMs: number, expirationMs: number): number {
    let removed = 0;
    for (const entry of this.#entries.values()) {
      if (entry.currentTransactionFirstOffset >= 0 || nowMs - entry.lastTimestampMs < expirationMs) continue;
      this.#entries.delete(entry.producerId);
      removed++;
    }
    return removed;
  }

  /** Ids of transactions that were open, oldest first, with their first offsets. */
  openTransactions(): readonly { readonly producerId: number; readonly firstOffset: number }[] {
    return Array.from(this.#open, ([producerId, firstOffset]) => ({ producerId, firstOffset })).toSorted(
      (a, b) => a.firstOffset - b.firstOffset,
    );
  }

  clear(mapEndOffset: number): void {
    this.#entries.clear();
    this.#open.clear();
    this.#unreplicated = [];
    this.mapEndOffset = mapEndOffset;
  }

  #sortOpen(): void {
    this.#open = new Map([...this.#open].toSorted(([, a], [, b]) => a - b));
    this.#isOpenSorted = true;
  }

  #entryFor(producerId: number): ProducerEntry {
    let entry = this.#entries.get(producerId);
    if (entry === undefined) {
      entry = new ProducerEntry(producerId);
      this.#entries.set(producerId, entry);
    }
    return entry;
  }
}
