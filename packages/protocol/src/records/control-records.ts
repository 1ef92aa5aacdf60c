import { buildBatch } from './build-batch.ts';
import { readInt16, readInt32, writeInt16, writeInt32 } from './int64.ts';
import { corruptMessage } from './record-errors.ts';
import type { DecodedRecord } from './record.ts';

/** Types of control records, as in the record key. 2 and up occur only in the metadata log. */
export const ControlRecordType = {
  ABORT: 0,
  COMMIT: 1,
  LEADER_CHANGE: 2,
  SNAPSHOT_HEADER: 3,
  SNAPSHOT_FOOTER: 4,
  KRAFT_VERSION: 5,
  KRAFT_VOTERS: 6,
} as const;

/** Name of a control record type. */
export type ControlRecordType = keyof typeof ControlRecordType;

const typeNames = Object.keys(ControlRecordType) as ControlRecordType[];

const KEY_BYTES = 4;
const END_TXN_VALUE_BYTES = 6;

/** What a transaction marker says. */
export interface EndTxnMarker {
  readonly type: 'ABORT' | 'COMMIT';
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  readonly timestampMs: number;
  /** Default 0. */
  readonly baseOffset?: number;
  /** Default -1. */
  readonly partitionLeaderEpoch?: number;
}

/** The batch that ends a transaction on one partition. */
export function endTxnMarker(marker: EndTxnMarker): Buffer {
  const value = Buffer.alloc(END_TXN_VALUE_BYTES);
  writeInt32(value, 2, marker.coordinatorEpoch);
  return controlBatch(marker.type, value, {
    timestampMs: marker.timestampMs,
    baseOffset: marker.baseOffset ?? 0,
    partitionLeaderEpoch: marker.partitionLeaderEpoch ?? -1,
    producerId: marker.producerId,
    producerEpoch: marker.producerEpoch,
    isTransactional: true,
  });
}

/** Where a control batch stands and whose it is. */
export interface ControlBatchOptions {
  readonly timestampMs: number;
  readonly baseOffset?: number;
  readonly partitionLeaderEpoch?: number;
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly isTransactional?: boolean;
}

/** A control batch with one record. `value` is the message of that type behind its int16 version. */
export function controlBatch(type: ControlRecordType, value: Buffer, options: ControlBatchOptions): Buffer {
  return controlBatchOf([{ type, value }], options);
}

/** One record of a control batch: the message of that type behind its int16 version. */
export interface ControlRecordContent {
  readonly type: ControlRecordType;
  readonly value: Buffer;
}

/** A control batch with several records, of which a log has all or none. */
export function controlBatchOf(
  contents: readonly ControlRecordContent[],
  options: ControlBatchOptions,
): Buffer {
  const { timestampMs } = options;
  const records = contents.map(({ type, value }) => {
    const key = Buffer.alloc(KEY_BYTES);
    writeInt16(key, 2, ControlRecordType[type]);
    return { timestampMs, key, value };
  });
  return buildBatch(records, { ...options, isControl: true });
}

/** The type of a control record, or undefined for one that this version does not know and must skip. */
export function controlRecordType(
  record: Pick<DecodedRecord, 'key' | 'offset'>,
): ControlRecordType | undefined {
  const { key } = record;
  if (key === null || key.length < KEY_BYTES) {
    throw corruptMessage(
      `Control record at offset ${record.offset} has a key of ${key?.length ?? 0} bytes, expected 4`,
    );
  }
  return typeNames[readInt16(key, 2)];
}

/** The coordinator epoch of an ABORT or COMMIT record; later versions of the value only add to its end. */
export function endTxnCoordinatorEpoch(record: Pick<DecodedRecord, 'value' | 'offset'>): number {
  const { value } = record;
  if (value === null || value.length < END_TXN_VALUE_BYTES) {
    throw corruptMessage(
      `Transaction marker at offset ${record.offset} has a value of ${value?.length ?? 0} bytes`,
    );
  }
  return readInt32(value, 2);
}
