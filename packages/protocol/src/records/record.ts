/** A header of a record. Keys may repeat, and their order counts. */
export interface RecordHeader {
  readonly key: string;
  readonly value: Buffer | null;
}

/** A header to be written. */
export interface RecordHeaderInput {
  readonly key: string;
  readonly value: RecordBytes;
}

/** What a key or value may be when it is written; strings become UTF-8. */
export type RecordBytes = Uint8Array | string | null;

/** One record as it was read. Key, value and header values are slices of the batch, or of its decompressed form. */
export interface DecodedRecord {
  readonly offset: number;
  /** Milliseconds; of the batch as a whole if it is of LogAppendTime. */
  readonly timestampMs: number;
  readonly key: Buffer | null;
  /** Null is a tombstone on a compacted topic. */
  readonly value: Buffer | null;
  readonly headers: readonly RecordHeader[];
}

/** One record to be written. */
export interface RecordInput {
  /** By default the offset after the previous record; the first one is the base offset. */
  readonly offset?: number;
  readonly timestampMs: number;
  readonly key?: RecordBytes;
  readonly value?: RecordBytes;
  readonly headers?: readonly RecordHeaderInput[];
}
