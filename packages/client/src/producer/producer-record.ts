import type { RecordHeaderInput } from '@millrace/protocol';

/** What a key, value or header value may be. Strings are written as UTF-8. */
export type ProducerBytes = Uint8Array | string | null;

/** A record to send. It is encoded inside `send`: changing it afterwards changes nothing. */
export interface ProducerRecord {
  readonly topic: string;
  /** By default the partitioner chooses: by key where there is one. */
  readonly partition?: number;
  /** Default null. Records with the same key keep their order. */
  readonly key?: ProducerBytes;
  /** Null is a tombstone on a compacted topic. */
  readonly value: ProducerBytes;
  readonly headers?: readonly RecordHeaderInput[];
  /** Milliseconds since 1970. Default: the time of `send`. */
  readonly timestampMs?: number;
}

/** Where an acknowledged record is. */
export interface RecordMetadata {
  readonly topic: string;
  readonly partition: number;
  /** -1 with `acks=0`, and where the broker had the record already but no longer knows its offset. */
  readonly offset: number;
  /** The broker's on topics with `message.timestamp.type=LogAppendTime`, the record's own otherwise. */
  readonly timestampMs: number;
}
