import { CorruptFileError } from '../errors.ts';

/** An aborted transaction as a `read_committed` consumer has to know it. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
  /** Offset of the ABORT marker. */
  readonly lastOffset: number;
  /** Last stable offset as it is once this transaction counts as complete. */
  readonly lastStableOffset: number;
}

const VERSION = 0;
const ENTRY_BYTES = 34;

/** The bytes of `.txnindex` entries. */
export function encodeAbortedTransactions(transactions: readonly AbortedTransaction[]): Buffer {
  const buffer = Buffer.alloc(transactions.length * ENTRY_BYTES);
  transactions.forEach((transaction, index) => {
    const at = index * ENTRY_BYTES;
    buffer.writeInt16BE(VERSION, at);
    buffer.writeBigInt64BE(BigInt(transaction.producerId), at + 2);
    buffer.writeBigInt64BE(BigInt(transaction.firstOffset), at + 10);
    buffer.writeBigInt64BE(BigInt(transaction.lastOffset), at + 18);
    buffer.writeBigInt64BE(BigInt(transaction.lastStableOffset), at + 26);
  });
  return buffer;
}

/** @throws CorruptFileError when the length, a version or the order is wrong, or an offset is below the segment. */
export function decodeAbortedTransactions(
  buffer: Buffer,
  path: string,
  baseOffset: number,
): AbortedTransaction[] {
  if (buffer.length % ENTRY_BYTES !== 0) {
    throw new CorruptFileError(path, buffer.length, `the length is not a multiple of ${ENTRY_BYTES}`);
  }
  const transactions: AbortedTransaction[] = [];
  for (let at = 0; at < buffer.length; at += ENTRY_BYTES) {
    const version = buffer.readInt16BE(at);
    if (version !== VERSION) throw new CorruptFileError(path, at, `version ${version} is not ${VERSION}`);
    const transaction = {
      producerId: Number(buffer.readBigInt64BE(at + 2)),
      firstOffset: Number(buffer.readBigInt64BE(at + 10)),
      lastOffset: Number(buffer.readBigInt64BE(at + 18)),
      lastStableOffset: Number(buffer.readBigInt64BE(at + 26)),
    };
    const before = transactions.at(-1)?.lastOffset ?? baseOffset - 1;
    if (transaction.lastOffset <= before || transaction.firstOffset > transaction.lastOffset) {
      throw new CorruptFileError(path, at, `marker offset ${transaction.lastOffset} follows ${before}`);
    }
    transactions.push(transaction);
  }
  return transactions;
}

/** The aborted transactions of one partition in the order of their markers, over all segments. */
export class AbortedTransactions {
  #entries: AbortedTransaction[] = [];

  get size(): number {
    return this.#entries.length;
  }

  add(transaction: AbortedTransaction): void {
    this.#entries.push(transaction);
  }

  /** Those that a read of [fetchOffset, upperBoundOffset) must know, as Kafka's `TransactionIndex` collects them. */
  overlapping(fetchOffset: number, upperBoundOffset: number): AbortedTransaction[] {
    const found: AbortedTransaction[] = [];
    for (let index = this.#firstWithMarkerFrom(fetchOffset); index < this.#entries.length; index++) {
      const entry = this.#entries[index]!;
      if (entry.firstOffset < upperBoundOffset) found.push(entry);
      if (entry.lastStableOffset >= upperBoundOffset) break;
    }
    return found;
  }

  /** Those whose markers lie in [fromOffset, toOffset): the content of one segment's index file. */
  withMarkersIn(fromOffset: number, toOffset: number): AbortedTransaction[] {
    return this.#entries.slice(this.#firstWithMarkerFrom(fromOffset), this.#firstWithMarkerFrom(toOffset));
  }

  /** Puts `transactions` where those whose markers lie in [fromOffset, toOffset) were. */
  replaceRange(fromOffset: number, toOffset: number, transactions: readonly AbortedTransaction[]): void {
    const first = this.#firstWithMarkerFrom(fromOffset);
    this.#entries.splice(first, this.#firstWithMarkerFrom(toOffset) - first, ...transactions);
  }

  truncateFromEnd(offset: number): void {
    this.#entries.length = this.#firstWithMarkerFrom(offset);
  }

  truncateFromStart(offset: number): void {
    const first = this.#firstWithMarkerFrom(offset);
    if (first > 0) this.#entries.splice(0, first);
  }

  #firstWithMarkerFrom(offset: number): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#entries[middle]!.lastOffset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
