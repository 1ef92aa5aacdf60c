import {
  batchLastOffset,
  batchNextOffset,
  batchSizeBytes,
  LOG_OVERHEAD,
  RECORD_BATCH_OVERHEAD,
} from '@millrace/protocol';
import { CorruptFileError } from '../errors.ts';
import type { LogSegment } from '../segment/log-segment.ts';
import type { BatchSelection } from './tail-cache.ts';

/** Index entries are this far apart by default, so a first read usually finds its batch. */
const LOOKUP_SLACK_BYTES = 8192;

/** Where the batch behind a read begins, so that the next read in sequence needs no search. */
export interface ReadCursor {
  readonly offset: number;
  readonly baseOffset: number;
  readonly position: number;
}

export interface SegmentRead {
  readonly records: Buffer;
  readonly next: ReadCursor | undefined;
}

const NOTHING: SegmentRead = { records: Buffer.alloc(0), next: undefined };

/**
 * Reads from the first of `segments` that has a whole batch to give. A segment can be without any below the bound:
 * compaction leaves holes, and the bound may lie in a later one.
 */
export async function readSegments(
  segments: readonly LogSegment[],
  selection: BatchSelection,
  cursor: ReadCursor | undefined,
): Promise<SegmentRead> {
  for (const segment of segments) {
    if (segment.baseOffset >= selection.upToOffset) break;
    const isNext =
      cursor !== undefined && cursor.offset === selection.offset && cursor.baseOffset === segment.baseOffset;
    const read = await readSegment(segment, selection, isNext ? cursor.position : undefined);
    if (read.records.length > 0) return read;
  }
  return NOTHING;
}

async function readSegment(
  segment: LogSegment,
  selection: BatchSelection,
  knownPosition: number | undefined,
): Promise<SegmentRead> {
  let position = knownPosition ?? (await segment.index()).offset.lookup(selection.offset);
  const end = segment.sizeBytes;
  let wantedBytes = selection.maxBytes + (knownPosition === undefined ? LOOKUP_SLACK_BYTES : 0);
  while (position < end) {
    const block = await readBlock(
      segment,
      position,
      Math.min(Math.max(wantedBytes, RECORD_BATCH_OVERHEAD), end - position),
    );
    const start = skipBefore(segment, block, position, selection.offset);
    if (
      start + LOG_OVERHEAD > block.length ||
      start + batchSizeAt(segment, block, start, position) > block.length
    ) {
      // The batch is not whole in this block: read again from where it begins, with room for it.
      const batchBytes =
        start + LOG_OVERHEAD <= block.length ? batchSizeAt(segment, block, start, position) : 0;
      const isStuck = start === 0 && (batchBytes <= block.length || batchBytes > end - position);
      if (isStuck) throw damaged(segment, position, 'the batch is cut short');
      const isLast = batchBytes > selection.maxBytes && !selection.minOneBatch;
      if (isLast && batchBytes > 0) return NOTHING;
      position += start;
      wantedBytes = Math.max(selection.maxBytes, batchBytes, LOOKUP_SLACK_BYTES);
      continue;
    }
    return cut(segment, block, start, position, selection);
  }
  return NOTHING;
}

/** The part of the block from `start` on that the reader may have. */
function cut(
  segment: LogSegment,
  block: Buffer,
  start: number,
  position: number,
  selection: BatchSelection,
): SegmentRead {
  let end = start;
  let nextOffset = selection.offset;
  while (end + RECORD_BATCH_OVERHEAD <= block.length) {
    const next = end + batchSizeAt(segment, block, end, position);
    if (next > block.length || batchNextOffset(block, end) > selection.upToOffset) break;
    const fits = next - start <= selection.maxBytes || (end === start && selection.minOneBatch);
    if (!fits) break;
    nextOffset = batchNextOffset(block, end);
    end = next;
  }
  const next = { offset: nextOffset, baseOffset: segment.baseOffset, position: position + end };
  return { records: block.subarray(start, end), next };
}

async function readBlock(segment: LogSegment, position: number, sizeBytes: number): Promise<Buffer> {
  const block = Buffer.allocUnsafeSlow(sizeBytes);
  const readBytes = await segment.file.use((file) => file.read(block, position));
  return readBytes === sizeBytes ? block : block.subarray(0, readBytes);
}

/** Position in the block of the first batch that reaches `offset`, or of the first one that is not whole. */
function skipBefore(segment: LogSegment, block: Buffer, position: number, offset: number): number {
  let at = 0;
  while (at + RECORD_BATCH_OVERHEAD <= block.length && batchLastOffset(block, at) < offset) {
    at += batchSizeAt(segment, block, at, position);
    if (at > block.length) return at;
  }
  return at;
}

function batchSizeAt(segment: LogSegment, block: Buffer, at: number, position: number): number {
  const size = batchSizeBytes(block, at);
  if (size < RECORD_BATCH_OVERHEAD)
    throw damaged(segment, position + at, `a batch cannot have ${size} bytes`);
  return size;
}

function damaged(segment: LogSegment, position: number, problem: string): CorruptFileError {
  return new CorruptFileError(segment.file.path, position, problem);
}
