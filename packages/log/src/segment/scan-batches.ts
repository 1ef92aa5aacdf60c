import {
  batchCompressionId,
  batchLastOffsetDelta,
  batchMagic,
  batchRecordCount,
  batchSizeBytes,
  isBatchCrcValid,
  LOG_OVERHEAD,
  MAGIC_V2,
  RECORD_BATCH_OVERHEAD,
} from '@millrace/protocol';
import { SCAN_BLOCK_BYTES } from '../limits.ts';

/** The part of a file that a scan reads. */
export interface ReadableFile {
  read(target: Uint8Array, position: number): Promise<number>;
}

export interface ScanBlocks {
  /** Bytes read at once, at least. */
  readonly blockBytes?: number;
  /** Read into this one as long as batches fit; for callers that scan many times. */
  readonly block?: Buffer;
  /** Awaited after each block, with its size; for callers that must not keep the event loop or the disk busy. */
  readonly afterBlock?: (sizeBytes: number) => Promise<void>;
}

export interface ScanRange extends ScanBlocks {
  readonly from: number;
  readonly to: number;
  readonly isCrcChecked: boolean;
}

/**
 * Called for each whole batch. `buffer` is valid during the call only.
 * @param at Where the batch begins in `buffer`.
 * @param position Where it begins in the file.
 * @returns false to stop before this batch.
 */
export type BatchVisitor = (buffer: Buffer, at: number, position: number) => boolean;

export interface ScanEnd {
  /** File position behind the last batch that was visited and not refused. */
  readonly position: number;
  /** Why the bytes at `position` are no batch; `undefined` at the end of the range and when the visitor stopped. */
  readonly problem: string | undefined;
}

/** Walks the batches of a segment in file order, a block at a time, and stops at the first damage. */
export async function scanBatches(
  file: ReadableFile,
  range: ScanRange,
  visit: BatchVisitor,
): Promise<ScanEnd> {
  let block =
    range.block ?? Buffer.allocUnsafe(Math.min(range.blockBytes ?? SCAN_BLOCK_BYTES, range.to - range.from));
  let position = range.from;
  while (position < range.to) {
    const available = await file.read(
      block.subarray(0, Math.min(block.length, range.to - position)),
      position,
    );
    let at = 0;
    while (at < available) {
      const size = batchSizeAt(block, at, available, range.to - position);
      if (typeof size === 'string') return { position: position + at, problem: size };
      if (size > available - at) {
        if (at === 0 && size > block.length) block = Buffer.allocUnsafe(size);
        else if (at === 0) return { position, problem: 'the file is shorter than it was' };
        break;
      }
      const problem = batchProblem(block, at, range.isCrcChecked);
      if (problem !== undefined) return { position: position + at, problem };
      if (!visit(block, at, position + at)) return { position: position + at, problem: undefined };
      at += size;
    }
    if (available === 0) return { position, problem: 'the file is shorter than it was' };
    position += at;
    if (range.afterBlock !== undefined) await range.afterBlock(at);
  }
  return { position, problem: undefined };
}

/** Size of the batch at `at`, a problem, or more than is available when the block ends within it. */
function batchSizeAt(block: Buffer, at: number, available: number, remaining: number): number | string {
  if (remaining - at < RECORD_BATCH_OVERHEAD) return `${remaining - at} bytes are no batch`;
  if (available - at < LOG_OVERHEAD) return RECORD_BATCH_OVERHEAD;
  const size = batchSizeBytes(block, at);
  if (size < RECORD_BATCH_OVERHEAD) return `a batch cannot have ${size} bytes`;
  if (size > remaining - at) return `a batch of ${size} bytes is cut short after ${remaining - at}`;
  return size;
}

/** Upper half of the largest offset that a number holds exactly. */
const MAX_OFFSET_HIGH = 0x1fffff;

/** What is wrong with a whole batch, `undefined` if nothing is. */
export function batchProblem(buffer: Buffer, at: number, isCrcChecked: boolean): string | undefined {
  const magic = batchMagic(buffer, at);
  if (magic !== MAGIC_V2) return `magic ${magic} is not ${MAGIC_V2}`;
  // Offsets are outside the CRC, and one that no number holds would end whoever reads it in an error of its own.
  const offsetHigh = buffer.readInt32BE(at);
  if (offsetHigh < 0 || offsetHigh > MAX_OFFSET_HIGH) return 'the base offset makes no sense';
  if (!isCrcChecked) return undefined;
  if (!isBatchCrcValid(buffer, at)) return 'the CRC is wrong';
  if (batchLastOffsetDelta(buffer, at) < 0) return 'the last offset is below the base offset';
  if (batchRecordCount(buffer, at) < 0 || batchCompressionId(buffer, at) > 4)
    return 'the header makes no sense';
  return undefined;
}
