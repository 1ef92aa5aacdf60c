import type { DiskFile } from '@millrace/host';
import { batchSizeBytes, RecordBatch } from '@millrace/protocol';
import { SCAN_BLOCK_BYTES } from '../limits.ts';
import { scanBatches } from '../segment/scan-batches.ts';

export interface WalkedBatch {
  /** In the file. */
  readonly position: number;
  /** Its bytes are valid until the next step of the walk. */
  readonly batch: RecordBatch;
}

/** Where the batches of a file end, and why, if that is not the end of the file. */
export interface WalkEnd {
  readonly position: number;
  readonly problem: string | undefined;
}

/**
 * The batches of a file in order. Lengths and magic numbers are checked, since nothing can be found behind a wrong
 * one; checksums are not, so that a walk goes on behind a batch that is damaged inside.
 */
export async function* walkBatches(
  file: DiskFile,
  sizeBytes: number,
  from = 0,
): AsyncGenerator<WalkedBatch, WalkEnd> {
  let position = from;
  while (position < sizeBytes) {
    const batches: WalkedBatch[] = [];
    let collectedBytes = 0;
    const range = { from: position, to: sizeBytes, isCrcChecked: false };
    const end = await scanBatches(file, range, (buffer, at, batchPosition) => {
      if (collectedBytes >= SCAN_BLOCK_BYTES) return false;
      const size = batchSizeBytes(buffer, at);
      // The scan reuses its block, so what outlives the call is copied.
      const bytes = Buffer.from(buffer.subarray(at, at + size));
      batches.push({ position: batchPosition, batch: new RecordBatch(bytes) });
      collectedBytes += size;
      return true;
    });
    yield* batches;
    if (end.problem !== undefined) return end;
    position = end.position;
  }
  return { position, problem: undefined };
}

/** Whether everything from a position on is zero: space that was reserved and never written. */
export async function isZeroFrom(file: DiskFile, from: number, sizeBytes: number): Promise<boolean> {
  const block = Buffer.allocUnsafe(Math.min(SCAN_BLOCK_BYTES, Math.max(1, sizeBytes - from)));
  for (let position = from; position < sizeBytes;) {
    const count = await file.read(block.subarray(0, Math.min(block.length, sizeBytes - position)), position);
    if (count === 0) return true;
    if (block.subarray(0, count).some((byte) => byte !== 0)) return false;
    position += count;
  }
  return true;
}
