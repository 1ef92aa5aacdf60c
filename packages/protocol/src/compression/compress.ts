import { codecOf } from './codec-of.ts';
import type { CompressionType } from './compression-type.ts';

/**
 * Compresses the records of a batch as Kafka's own clients do, on this thread.
 *
 * @param level gzip -1 and 1 to 9, zstd -131072 to 22; by default what `compression.gzip.level` and
 *   `compression.zstd.level` are. The other codecs have one level.
 */
export function compress(type: CompressionType, input: Buffer, level?: number): Buffer {
  return codecOf(type).compress(input, level);
}

/** As `compress`, off the event loop where the input is large enough for that to pay (32 KiB). */
export function compressAsync(type: CompressionType, input: Buffer, level?: number): Promise<Buffer> {
  return codecOf(type).compressAsync(input, level);
}
