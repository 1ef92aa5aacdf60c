import {
  batchRecordCount,
  buildBatch,
  controlBatch,
  decodeRecords,
  recordBatches,
  setBatchBaseOffset,
  WireReader,
  WireWriter,
} from '@millrace/protocol';
import { SnapshotFooterRecord, SnapshotHeaderRecord } from '@millrace/protocol/messages/control-records';
import { CorruptMetadataError, messageOf } from '../errors.ts';
import { decodeMetadataRecord, encodeMetadataRecord, type MetadataRecord } from './metadata-record.ts';

/** Records a cluster begins with, in the metadata directory, as Kafka's formatting leaves them. */
export const BOOTSTRAP_CHECKPOINT = 'bootstrap.checkpoint';

/** Records per batch of a snapshot: bounds what a reader decodes at once. */
const RECORDS_PER_BATCH = 1000;

/** A metadata snapshot in Kafka's format: header, data batches, footer. */
export function encodeSnapshot(records: readonly MetadataRecord[], timestampMs: number): Buffer {
  const options = { timestampMs, baseOffset: 0, partitionLeaderEpoch: 0 };
  const batches = [
    controlBatch('SNAPSHOT_HEADER', headerValue(timestampMs), options),
    ...encodeRecords(records, timestampMs),
    controlBatch('SNAPSHOT_FOOTER', footerValue(), options),
  ];
  let baseOffset = 0;
  for (const batch of batches) {
    setBatchBaseOffset(batch, 0, baseOffset);
    baseOffset += batchRecordCount(batch, 0);
  }
  return Buffer.concat(batches);
}

/** The data batches of a snapshot, all at offset 0. */
export function encodeRecords(records: readonly MetadataRecord[], timestampMs: number): Buffer[] {
  const batches: Buffer[] = [];
  for (let start = 0; start < records.length; start += RECORDS_PER_BATCH) {
    const chunk = records.slice(start, start + RECORDS_PER_BATCH);
    const values = chunk.map((record) => ({ timestampMs, key: null, value: encodeMetadataRecord(record) }));
    batches.push(buildBatch(values, { baseOffset: 0, partitionLeaderEpoch: 0 }));
  }
  return batches;
}

/** When the last record that is in a snapshot was written, by its header; -1 where there is none. */
export function snapshotTimestampMs(content: Buffer): number {
  const [header] = recordBatches(content);
  const [record] = header === undefined ? [] : decodeRecords(header);
  if (record?.value === undefined || record.value === null) return -1;
  return SnapshotHeaderRecord.read(new WireReader(record.value), 0).lastContainedLogTimestamp;
}

/** @throws CorruptMetadataError also when the footer is missing: the file was not written to its end */
export function decodeSnapshot(content: Buffer, path: string): MetadataRecord[] {
  try {
    const records: MetadataRecord[] = [];
    let controlCount = 0;
    for (const batch of recordBatches(content)) {
      if (batch.isControl) {
        controlCount++;
        continue;
      }
      for (const { value, offset } of decodeRecords(batch))
        records.push(decodeMetadataRecord(value!, offset));
    }
    if (controlCount < 2) throw new RangeError('its footer is missing');
    return records;
  } catch (cause) {
    throw new CorruptMetadataError(`snapshot ${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function headerValue(lastContainedLogTimestamp: number): Buffer {
  const writer = new WireWriter();
  SnapshotHeaderRecord.write(writer, { version: 0, lastContainedLogTimestamp }, 0);
  return writer.toBuffer();
}

function footerValue(): Buffer {
  const writer = new WireWriter();
  SnapshotFooterRecord.write(writer, { version: 0 }, 0);
  return writer.toBuffer();
}
