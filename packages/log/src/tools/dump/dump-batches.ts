import type { Disk } from '@millrace/host';
import {
  compressionTypeOf,
  decodeRecords,
  type DecodedRecord,
  MAGIC_V2,
  type RecordBatch,
} from '@millrace/protocol';
import { decodeControlRecord } from '../decode/control-records.ts';
import { plainBytes } from '../decode/plain-value.ts';
import { recordDecoders, type RecordDecoderName } from '../decode/record-decoder.ts';
import { isZeroFrom, walkBatches } from '../walk-batches.ts';
import type { BatchEntry, ControlEntry, DamageEntry, DumpEntry, RecordEntry } from './dump-entry.ts';

export interface DumpBatchesOptions {
  readonly deep: boolean;
  readonly decoder: RecordDecoderName;
  readonly fromOffset: number;
  readonly signal: AbortSignal | undefined;
}

/** The batches of a `.log` file or a metadata snapshot, and with `deep` their records. */
export async function* dumpBatches(
  disk: Disk,
  path: string,
  options: DumpBatchesOptions,
): AsyncGenerator<DumpEntry> {
  const file = await disk.open(path, 'read');
  try {
    const sizeBytes = await file.size();
    const walk = walkBatches(file, sizeBytes);
    let step = await walk.next();
    for (; step.done !== true; step = await walk.next()) {
      options.signal?.throwIfAborted();
      const { position, batch } = step.value;
      if (batch.lastOffset < options.fromOffset) continue;
      yield* batchEntries({ file: path, position }, batch, options);
    }
    const { position, problem } = step.value;
    if (problem === undefined) return;
    if (await isZeroFrom(file, position, sizeBytes))
      yield { type: 'unused', file: path, position, sizeBytes: sizeBytes - position };
    else yield { type: 'damage', file: path, position, problem };
  } finally {
    await file.close();
  }
}

function batchEntries(place: Place, batch: RecordBatch, { deep, decoder }: DumpBatchesOptions): DumpEntry[] {
  try {
    const entry = batchEntry(place, batch);
    return deep ? [entry, ...recordEntries(place, batch, decoder)] : [entry];
  } catch (error) {
    return [{ ...place, type: 'damage', problem: `its header cannot be read: ${messageOf(error)}` }];
  }
}

function batchEntry(place: Place, batch: RecordBatch): BatchEntry {
  return {
    ...place,
    type: 'batch',
    baseOffset: batch.baseOffset,
    lastOffset: batch.lastOffset,
    recordCount: batch.recordCount,
    sizeBytes: batch.sizeBytes,
    leaderEpoch: batch.partitionLeaderEpoch,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    lastSequence: batch.lastSequence,
    isTransactional: batch.isTransactional,
    isControl: batch.isControl,
    deleteHorizonMs: batch.hasDeleteHorizon ? batch.baseTimestamp : null,
    timestampType: batch.timestampType,
    maxTimestampMs: batch.maxTimestamp,
    compression: compressionTypeOf(batch.attributes & 7) ?? 'unknown',
    magic: MAGIC_V2,
    crc: batch.crc,
    isCrcValid: batch.isCrcValid,
  };
}

interface Place {
  readonly file: string;
  readonly position: number;
}

/** The records of a batch, or the reason why they cannot be read. */
function recordEntries(
  place: Place,
  batch: RecordBatch,
  decoder: RecordDecoderName,
): (RecordEntry | ControlEntry | DamageEntry)[] {
  try {
    const records = decodeRecords(batch);
    return records.map((record) =>
      batch.isControl ? controlEntry(place, record) : recordEntry(place, record, decoder),
    );
  } catch (error) {
    return [{ ...place, type: 'damage', problem: `its records cannot be read: ${messageOf(error)}` }];
  }
}

function controlEntry(place: Place, record: DecodedRecord): ControlEntry {
  const { offset, timestampMs } = record;
  return { ...place, type: 'control', offset, timestampMs, ...decodeControlRecord(record) };
}

function recordEntry(place: Place, record: DecodedRecord, decoder: RecordDecoderName): RecordEntry {
  const { offset, timestampMs, key, value, headers } = record;
  return {
    ...place,
    type: 'record',
    offset,
    timestampMs,
    keyBytes: key?.length ?? -1,
    valueBytes: value?.length ?? -1,
    headers: headers.map((header) => ({ key: header.key, value: plainBytes(header.value) })),
    ...decodeParts(record, decoder),
  };
}

function decodeParts(
  record: DecodedRecord,
  decoder: RecordDecoderName,
): Pick<RecordEntry, 'key' | 'value' | 'problem'> {
  try {
    return recordDecoders[decoder](record);
  } catch (error) {
    return { ...recordDecoders.bytes(record), problem: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
