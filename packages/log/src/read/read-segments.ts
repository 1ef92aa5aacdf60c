import {
  batchBaseOffset,
  batchLastOffset,
  batchNextOffset,
  batchSizeBytes,
  RECORD_BATCH_OVERHEAD,
} from '@millrace/protocol';
import { CorruptFileError } from '../errors.ts';
import { MAX_READ_BYTES } from '../limits.ts';
import type { LogSegment } from '../segment/log-segment.ts';
import { batchProblem } from '../segment/scan-batches.ts';
import type { BlockPool } from './block-pool.ts';
import type { AheadBlock, ReadAhead } from './read-ahead.ts';
import type { BatchSelection } from './tail-cache.ts';

/** Index entries are this far apart by default, so a first read usually finds its batch. */
const LOOKUP_SLACK_BYTES = 8192;

/** Where the batch behind a read begins, so that the next read in sequence needs no search. */
export interface ReadCursor {
  readonly offset: number;
  readonly baseOffset: number;
  readonly position: number;
  /** What follows, being read already. */
  readonly ahead: AheadBlock | undefined;
}

export interface SegmentRead {
  readonly records: Buffer;
  readonly next: ReadCursor | undefined;
}

/** What a read in sequence knows from the one before. */
export interface SequentialRead {
  readonly cursor: ReadCursor | undefined;
  readonly readAhead: ReadAhead;
}

/** What was read from `position` of the file on, of which the reader wants what begins at `start`. */
interface BlockPart {
  readonly block: Buffer;
  readonly start: number;
  readonly position: number;
}

interface SegmentSelection extends BatchSelection {
  /** Where the next segment begins, `Infinity` where none is known. */
  readonly endOffset: number;
}

const NOTHING: SegmentRead = { records: Buffer.alloc(0), next: undefined };

/**
 * Reads from the first of `segments` that has a whole batch to give. A segment can be without any below the bound:
 * compaction leaves holes, and the bound may lie in a later one.
 * @throws CorruptFileError for a damaged batch, rather than hand it out
 */
export async function readSegments(
  segments: readonly LogSegment[],
  selection: BatchSelection,
  sequential: SequentialRead,
): Promise<SegmentRead> {
  const { cursor, readAhead } = sequential;
  const bounded = { ...selection, maxBytes: Math.min(selection.maxBytes, MAX_READ_BYTES) };
  for (const [index, segment] of segments.entries()) {
    if (segment.baseOffset >= selection.upToOffset) break;
    const endOffset = segments[index + 1]?.baseOffset ?? Infinity;
    const isNext = cursor?.offset === selection.offset && cursor.baseOffset === segment.baseOffset;
    const read = await readSegment(
      segment,
      { ...bounded, endOffset },
      { cursor: isNext ? cursor : undefined, readAhead },
    );
    if (read.records.length > 0) return read;
  }
  return NOTHING;
}

async function readSegment(
  segment: LogSegment,
  selection: SegmentSelection,
  { cursor, readAhead }: SequentialRead,
): Promise<SegmentRead> {
  let position = cursor?.position ?? (await segment.index()).offset.lookup(selection.offset);
  let wantedBytes = selection.maxBytes + (cursor === undefined ? LOOKUP_SLACK_BYTES : 0);
  let ahead = cursor?.ahead === undefined ? undefined : readAhead.take(cursor.ahead);
  const end = readableBytes(segment);
  while (position < end) {
    const block = await (ahead ??
      readBlock(segment, position, Math.min(wantedBytes, end - position), readAhead.pool));
    ahead = undefined;
    const start = skipBefore(segment, block, position, selection.offset);
    const missingBytes = bytesOfPartialBatch(segment, block, start, position);
    if (missingBytes === 0) {
      const whole = { block, start, position };
      if (cursor === undefined) return cut(segment, whole, selection);
      return cutWithReadAhead(segment, whole, selection, readAhead);
    }
    // The batch is not whole in this block: read again from where it begins, with room for it.
    if (start === 0 && (missingBytes <= block.length || missingBytes > end - position)) {
      throw damaged(segment, position, 'the batch is cut short');
    }
    if (
      missingBytes > selection.maxBytes &&
      !selection.minOneBatch &&
      missingBytes !== RECORD_BATCH_OVERHEAD
    ) {
      readAhead.pool.give(block);
      return NOTHING;
    }
    readAhead.pool.give(block);
    position += start;
    wantedBytes = Math.max(selection.maxBytes, missingBytes, LOOKUP_SLACK_BYTES);
  }
  return NOTHING;
}

/** What lies behind known damage is not read. */
function readableBytes({ sizeBytes, damage }: LogSegment): number {
  return damage === undefined ? sizeBytes : Math.min(sizeBytes, damage.position);
}

/** 0 if the batch at `start` is whole in the block; its size if not, as far as the block tells. */
function bytesOfPartialBatch(segment: LogSegment, block: Buffer, start: number, position: number): number {
  if (start + RECORD_BATCH_OVERHEAD > block.length) return RECORD_BATCH_OVERHEAD;
  const size = batchSizeAt(segment, block, start, position);
  return start + size > block.length ? size : 0;
}

/**
 * A reader that came twice in sequence comes again: the next block is read meanwhile, so that the disk does not wait for
 * it. That begins before the CRCs of this one are checked; where a block begins is a guess until then. One block is
 * enough: the system reads ahead of a file that is read in sequence, which several reads at once no longer look like.
 */
function cutWithReadAhead(
  segment: LogSegment,
  whole: BlockPart,
  selection: SegmentSelection,
  readAhead: ReadAhead,
): SegmentRead {
  const position = whole.position + guessEnd(whole, selection);
  const ahead = beginAhead(segment, position, selection, readAhead);
  let isRight = false;
  try {
    const read = cut(segment, whole, selection);
    isRight = read.next?.position === position;
    return isRight && read.next !== undefined ? { ...read, next: { ...read.next, ahead } } : read;
  } finally {
    if (!isRight && ahead !== undefined) readAhead.drop(ahead);
  }
}

function beginAhead(
  segment: LogSegment,
  position: number,
  { maxBytes: sizeBytes }: SegmentSelection,
  readAhead: ReadAhead,
): AheadBlock | undefined {
  if (position + sizeBytes > readableBytes(segment)) return undefined;
  return readAhead.begin(sizeBytes, () => readBlock(segment, position, sizeBytes, readAhead.pool));
}

/** Where `cut` ends if no batch is damaged. */
function guessEnd({ block, start }: BlockPart, selection: BatchSelection): number {
  let end = start;
  while (end + RECORD_BATCH_OVERHEAD <= block.length) {
    const next = end + Math.max(RECORD_BATCH_OVERHEAD, batchSizeBytes(block, end));
    if (next > block.length || !fits(start, end, next, selection)) break;
    if (batchProblem(block, end, false) !== undefined) break;
    if (batchNextOffset(block, end) > selection.upToOffset) break;
    end = next;
  }
  return end;
}

function fits(start: number, end: number, next: number, selection: BatchSelection): boolean {
  return next - start <= selection.maxBytes || (end === start && selection.minOneBatch);
}

/** The part of the block from `start` on that the reader may have. */
function cut(segment: LogSegment, whole: BlockPart, selection: SegmentSelection): SegmentRead {
  const { block, start, position } = whole;
  let end = start;
  let nextOffset = selection.offset;
  /** Of the last batch that stands behind a gap: the next one may show that its offset is wrong. */
  let gapEnd = -1;
  while (end + RECORD_BATCH_OVERHEAD <= block.length) {
    const next = end + batchSizeAt(segment, block, end, position);
    if (next > block.length || !fits(start, end, next, selection)) break;
    const problem = batchProblem(block, end, true);
    if (problem !== undefined) throw damaged(segment, position + end, problem);
    const baseOffset = batchBaseOffset(block, end);
    if (batchNextOffset(block, end) > selection.endOffset)
      throw damaged(segment, position + end, `offset ${baseOffset} is not of this segment`);
    // Asked after the CRC: a damaged header must not look like a batch that the reader may not have yet.
    if (batchNextOffset(block, end) > selection.upToOffset) break;
    if (end > start && baseOffset < nextOffset) {
      const disorder = `offset ${baseOffset} comes after offset ${nextOffset - 1}`;
      throw damaged(segment, position + (gapEnd < 0 ? end : gapEnd), disorder);
    }
    gapEnd = baseOffset > nextOffset ? end : -1;
    nextOffset = batchNextOffset(block, end);
    end = next;
  }
  const next = {
    offset: nextOffset,
    baseOffset: segment.baseOffset,
    position: position + end,
    ahead: undefined,
  };
  return { records: block.subarray(start, end), next };
}

async function readBlock(
  segment: LogSegment,
  position: number,
  wantedBytes: number,
  pool: BlockPool,
): Promise<Buffer> {
  const sizeBytes = Math.max(wantedBytes, Math.min(RECORD_BATCH_OVERHEAD, segment.sizeBytes - position));
  const block = pool.take(sizeBytes);
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
