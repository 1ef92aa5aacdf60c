import {
  batchLastOffset,
  batchLeaderEpoch,
  batchMaxTimestamp,
  batchSizeBytes,
  decodeRecords,
  RecordBatch,
} from '@millrace/protocol';
import { CorruptFileError } from '../errors.ts';
import type { LogSegment } from '../segment/log-segment.ts';

/** A record found by its timestamp. */
export interface TimestampedOffset {
  readonly offset: number;
  readonly timestampMs: number;
  /** -1 if it is not known. */
  readonly leaderEpoch: number;
}

/** The first record at or after `startOffset` whose timestamp is `timestampMs` or later. */
export async function findTimestamp(
  segments: readonly LogSegment[],
  timestampMs: number,
  startOffset: number,
): Promise<TimestampedOffset | undefined> {
  for (const segment of segments) {
    if ((await segment.largestTimestampMs()) < timestampMs) continue;
    const index = await segment.index();
    const entry = index.time.lookup(timestampMs - 1);
    const from = entry === undefined ? 0 : index.offset.lookup(entry.offset);
    const found = await scanForTimestamp(segment, from, timestampMs, startOffset);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first of the records with the largest timestamp of all. */
export async function findMaxTimestamp(
  segments: readonly LogSegment[],
  startOffset: number,
): Promise<TimestampedOffset | undefined> {
  let maxTimestampMs = -1;
  for (const segment of segments) {
    maxTimestampMs = Math.max(maxTimestampMs, await segment.largestTimestampMs());
  }
  return maxTimestampMs < 0 ? undefined : findTimestamp(segments, maxTimestampMs, startOffset);
}

async function scanForTimestamp(
  segment: LogSegment,
  from: number,
  timestampMs: number,
  startOffset: number,
): Promise<TimestampedOffset | undefined> {
  let found: TimestampedOffset | undefined;
  const end = await segment.scan(from, false, (buffer, at) => {
    if (batchMaxTimestamp(buffer, at) < timestampMs || batchLastOffset(buffer, at) < startOffset) return true;
    found = firstRecordFrom(buffer.subarray(at, at + batchSizeBytes(buffer, at)), timestampMs, startOffset);
    return found === undefined;
  });
  if (end.problem !== undefined) throw new CorruptFileError(segment.file.path, end.position, end.problem);
  return found;
}

function firstRecordFrom(
  batch: Buffer,
  timestampMs: number,
  startOffset: number,
): TimestampedOffset | undefined {
  for (const record of decodeRecords(new RecordBatch(batch))) {
    if (record.timestampMs >= timestampMs && record.offset >= startOffset) {
      return {
        offset: record.offset,
        timestampMs: record.timestampMs,
        leaderEpoch: batchLeaderEpoch(batch, 0),
      };
    }
  }
  return undefined;
}
