import type { RecordHeader } from '@millrace/protocol';

/**
 * One record as `poll()` hands it out. `key`, `value` and header values are slices of a larger received buffer, which
 * stays in memory as long as any of them does: copy what is kept for long.
 */
export interface ConsumerRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** The leader epoch in which the record was written, -1 if unknown. */
  readonly leaderEpoch: number;
  /** Milliseconds since 1970; set by the producer or, on topics with LogAppendTime, by the broker. */
  readonly timestampMs: number;
  readonly key: Buffer | null;
  /** Null is a tombstone on a compacted topic. */
  readonly value: Buffer | null;
  readonly headers: readonly RecordHeader[];
}
