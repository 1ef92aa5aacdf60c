import { codecOf } from './codec-of.ts';
import { DEFAULT_MAX_DECOMPRESSED_BYTES } from './compression-limits.ts';
import type { CompressionType } from './compression-type.ts';

/**
 * Decompresses the records of a batch on this thread.
 *
 * @param maxBytes most bytes that may come out, default 100 MiB. More, like damage, is a CORRUPT_MESSAGE error, and is
 *   found before the memory is taken.
 */
export function decompress(
  type: CompressionType,
  input: Buffer,
  maxBytes: number = DEFAULT_MAX_DECOMPRESSED_BYTES,
): Buffer {
  return codecOf(type).decompress(input, maxBytes);
}

/** As `decompress`, off the event loop for gzip and zstd where the input is large enough for that to pay (32 KiB). */
export function decompressAsync(
  type: CompressionType,
  input: Buffer,
  maxBytes: number = DEFAULT_MAX_DECOMPRESSED_BYTES,
): Promise<Buffer> {
  return codecOf(type).decompressAsync(input, maxBytes);
}
