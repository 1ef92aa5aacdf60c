import type { CompressionType } from '@millrace/protocol';
import type { PlainValue } from '../decode/plain-value.ts';

interface Place {
  readonly file: string;
  /** In bytes from the beginning of the file. */
  readonly position: number;
}

/** A record batch as its header tells. */
export interface BatchEntry extends Place {
  readonly type: 'batch';
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly recordCount: number;
  readonly sizeBytes: number;
  readonly leaderEpoch: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly lastSequence: number;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  /** Until when tombstones stay, `null` where the cleaner has not set it. */
  readonly deleteHorizonMs: number | null;
  readonly timestampType: 'CreateTime' | 'LogAppendTime';
  readonly maxTimestampMs: number;
  readonly compression: CompressionType | 'unknown';
  readonly magic: number;
  readonly crc: number;
  readonly isCrcValid: boolean;
}

export interface RecordEntry extends Place {
  readonly type: 'record';
  readonly offset: number;
  readonly timestampMs: number;
  readonly keyBytes: number;
  readonly valueBytes: number;
  readonly headers: readonly { readonly key: string; readonly value: PlainValue }[];
  readonly key: PlainValue;
  readonly value: PlainValue;
  /** Why key and value are shown as bytes although a decoder was asked for. */
  readonly problem?: string;
}

/** A transaction marker, or a control record of the metadata quorum. */
export interface ControlEntry extends Place {
  readonly type: 'control';
  readonly offset: number;
  readonly timestampMs: number;
  readonly control: string;
  readonly value: PlainValue;
}

export interface OffsetIndexEntry extends Place {
  readonly type: 'offset-index';
  readonly offset: number;
  /** Position of the batch in the `.log` file. */
  readonly logPosition: number;
}

export interface TimeIndexEntry extends Place {
  readonly type: 'time-index';
  readonly timestampMs: number;
  readonly offset: number;
}

export interface AbortedTransactionEntry extends Place {
  readonly type: 'aborted-transaction';
  readonly producerId: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly lastStableOffset: number;
}

export interface ProducerEntryLine extends Place {
  readonly type: 'producer';
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  /** -1 while no transaction is open. */
  readonly currentTransactionFirstOffset: number;
  readonly lastTimestampMs: number;
  /** -1 where no batch is remembered; the same holds for the two below. */
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly lastOffset: number;
}

export interface EpochEntryLine extends Place {
  readonly type: 'leader-epoch';
  readonly epoch: number;
  readonly startOffset: number;
}

/** A line of one of the checkpoint files of a log directory. */
export interface CheckpointEntry extends Place {
  readonly type: 'checkpoint';
  readonly partition: string;
  readonly offset: number;
}

/** A value of `meta.properties`, `partition.metadata` and other small files. */
export interface PropertyEntry extends Place {
  readonly type: 'property';
  readonly name: string;
  readonly value: PlainValue;
}

/** Zeros at the end of a file whose size was reserved and is not used up. */
export interface UnusedEntry extends Place {
  readonly type: 'unused';
  readonly sizeBytes: number;
}

/** The bytes from here on are not what the file must hold. */
export interface DamageEntry extends Place {
  readonly type: 'damage';
  readonly problem: string;
}

/** One thing that a dump shows. Everything in it can be printed as JSON. */
export type DumpEntry =
  | BatchEntry
  | RecordEntry
  | ControlEntry
  | OffsetIndexEntry
  | TimeIndexEntry
  | AbortedTransactionEntry
  | ProducerEntryLine
  | EpochEntryLine
  | CheckpointEntry
  | PropertyEntry
  | UnusedEntry
  | DamageEntry;
