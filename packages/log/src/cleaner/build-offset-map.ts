import {
  batchBaseOffset,
  batchLastOffset,
  batchSizeBytes,
  isBatchControl,
  RecordBatch,
  RecordCursor,
  uncompressedRecords,
} from '@millrace/protocol';
import { CorruptFileError } from '../errors.ts';
import { CLEAN_BLOCK_BYTES } from '../limits.ts';
import type { LogSegment } from '../segment/log-segment.ts';
import type { CleanedTransactions } from './cleaned-transactions.ts';
import { markerType } from './filter-batch.ts';
import type { OffsetMap } from './offset-map.ts';
import type { Throttle } from './throttle.ts';

export interface DirtySection {
  /** In offset order. */
  readonly segments: readonly LogSegment[];
  readonly fromOffset: number;
  /** Base of the first segment that is not part of it. */
  readonly toOffset: number;
  readonly transactions: CleanedTransactions;
  readonly throttle: Throttle;
}

/**
 * Puts the latest offset of every key of the dirty section into the map, as far as it has room: `map.latestOffset`
 * says how far. Aborted records do not count, and neither do records without a key.
 */
export async function buildOffsetMap(
  map: OffsetMap,
  section: DirtySection,
  loadFactor: number,
): Promise<void> {
  const maxKeys = Math.max(1, Math.floor(map.slots * loadFactor));
  const { segments } = section;
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index]!;
    const isFull = await mapSegment(map, segment, section, maxKeys);
    if (isFull) return;
    // Offsets may be missing at the end of a segment that was compacted before.
    map.latestOffset = (segments[index + 1]?.baseOffset ?? section.toOffset) - 1;
  }
}

/** @returns whether the map is full. */
async function mapSegment(
  map: OffsetMap,
  segment: LogSegment,
  section: DirtySection,
  maxKeys: number,
): Promise<boolean> {
  let isFull = false;
  const from = await segment.positionOf(section.fromOffset);
  const visit = (buffer: Buffer, at: number): boolean => {
    const batch = new RecordBatch(buffer.subarray(at, at + batchSizeBytes(buffer, at)));
    const isSkipped = isBatchControl(buffer, at)
      ? section.transactions.onMarker(batch, markerType(batch)) || true
      : section.transactions.onDataBatch(batch);
    if (!isSkipped && !mapBatch(map, batch, section.fromOffset, maxKeys)) {
      isFull = true;
      return false;
    }
    map.latestOffset = batchLastOffset(buffer, at);
    return true;
  };
  const afterBlock = (sizeBytes: number): Promise<void> => section.throttle.moved(sizeBytes);
  const end = await segment.scan(from, false, visit, { afterBlock, blockBytes: CLEAN_BLOCK_BYTES });
  if (end.problem !== undefined) throw new CorruptFileError(segment.file.path, end.position, end.problem);
  return isFull;
}

/** @returns false where the map has no room for another key. */
function mapBatch(map: OffsetMap, batch: RecordBatch, fromOffset: number, maxKeys: number): boolean {
  const bytes = uncompressedRecords(batch);
  const cursor = new RecordCursor(bytes, batch.recordCount, 0);
  const baseOffset = batchBaseOffset(batch.buffer, 0);
  while (cursor.next()) {
    const offset = baseOffset + cursor.offsetDelta;
    if (cursor.keyBytes < 0 || offset < fromOffset) continue;
    if (map.size >= maxKeys) return false;
    map.put(bytes.subarray(cursor.keyStart, cursor.keyStart + cursor.keyBytes), offset);
  }
  return true;
}
