import type { AbortedTransaction } from '../segment/transaction-index.ts';

/** Up to where a reader may see. */
export type ReadBound = 'logEndOffset' | 'highWatermark' | 'lastStableOffset';

/** For `read()`. */
export interface ReadOptions {
  /** First offset wanted. The first batch may begin below it; readers skip those records. */
  readonly offset: number;
  /** Of whole batches; see `minOneMessage`. */
  readonly maxBytes: number;
  /** Return the first batch even if it is larger than `maxBytes`. Default false. */
  readonly minOneMessage?: boolean;
  /** Where the reader must stop: consumers at the high watermark or the last stable offset, replicas at the end. */
  readonly upTo: ReadBound;
}

/** What a read has found, and where the log stood. */
export interface ReadResult {
  /** Whole batches in offset order. Not to be changed. */
  readonly records: readonly Buffer[];
  readonly sizeBytes: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  readonly logEndOffset: number;
  /** With `upTo: 'lastStableOffset'` only. */
  readonly abortedTransactions?: readonly AbortedTransaction[];
  /**
   * Gives the memory of `records` back for other reads: they must not be looked at afterwards, nor may a socket still
   * hold them. Not needed, only faster for whoever reads much. A second call does nothing.
   */
  readonly release: () => void;
}
