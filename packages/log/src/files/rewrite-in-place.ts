import type { DiskFile } from '@millrace/host';

const CHUNK_BYTES = 1 << 20;

/**
 * Writes a part of a file again as it is, so that the next sync brings it to the disk whatever became of the syncs of
 * the process before: after one that failed Linux takes the pages for clean, and no later sync writes them ("fsyncgate").
 */
export async function rewriteInPlace(file: DiskFile, from: number, to: number): Promise<void> {
  for (let position = from; position < to;) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, to - position));
    const sizeBytes = await file.read(chunk, position);
    if (sizeBytes === 0) return;
    await file.write([chunk.subarray(0, sizeBytes)], position);
    position += sizeBytes;
  }
}
