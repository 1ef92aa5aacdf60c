import { SCAN_BLOCK_BYTES } from '../limits.ts';
import type { ReadableFile } from './scan-batches.ts';

/** Whether every byte from a position to an end is zero: space that was reserved, or that a power loss left empty. */
export async function isZeroRange(file: ReadableFile, from: number, to: number): Promise<boolean> {
  const block = Buffer.allocUnsafe(Math.min(SCAN_BLOCK_BYTES, to - from));
  for (let position = from; position < to;) {
    const available = await file.read(block.subarray(0, Math.min(block.length, to - position)), position);
    if (available === 0) return true;
    for (let at = 0; at < available; at++) if (block[at] !== 0) return false;
    position += available;
  }
  return true;
}
