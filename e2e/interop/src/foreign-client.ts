import type { InteropRecord } from './interop-record.ts';

export const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Codec = (typeof codecs)[number];

/** A client that we did not write, behind the two things this suite asks of it. */
export interface InteropClient {
  readonly name: string;
  /** Codecs it can write and read here; optional libraries decide. */
  readonly codecs: readonly Codec[];
  /** What it cannot express, so that records are compared without it. */
  readonly lacks: readonly ('headers' | 'timestamps' | 'empty values')[];
  produce(target: ProduceTarget, records: readonly InteropRecord[]): Promise<void>;
  /** Reads from the beginning as a member of a group, commits, and leaves. */
  consume(topic: string, count: number): Promise<readonly InteropRecord[]>;
}

export interface ProduceTarget {
  readonly topic: string;
  readonly codec: Codec;
}
