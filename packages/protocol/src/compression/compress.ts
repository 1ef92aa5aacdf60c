import { promisify } from 'node:util';
import {
  constants,
  gzip,
  gzipSync,
  zstdCompress,
  zstdCompressSync,
  type ZlibOptions,
  type ZstdOptions,
} from 'node:zlib';
import type { CompressionType } from './compression-type.ts';
import { lz4Compress } from './lz4.ts';
import { snappyCompress } from './snappy.ts';

/**
 * Compresses the records of a batch as Kafka's own clients do. Blocks the event loop.
 *
 * @param level gzip 1 to 9, lz4 1 to 17, zstd -131072 to 22; by default what the codec's `compression.*.level` says.
 */
export function compress(type: CompressionType, input: Buffer, level?: number): Buffer {
  switch (type) {
    case 'gzip':
      return gzipSync(input, gzipOptions(level));
    case 'snappy':
      return snappyCompress(input);
    case 'lz4':
      return lz4Compress(input);
    case 'zstd':
      return zstdCompressSync(input, zstdOptions(level));
    case 'none':
      break;
  }
  return input;
}

const gzipAsync = promisify<Uint8Array, ZlibOptions, Buffer>(gzip);
const zstdAsync = promisify<Uint8Array, ZstdOptions, Buffer>(zstdCompress);

/** As `compress`, off the event loop where the codec can. */
export async function compressAsync(type: CompressionType, input: Buffer, level?: number): Promise<Buffer> {
  if (type === 'gzip') return gzipAsync(input, gzipOptions(level));
  if (type === 'zstd') return zstdAsync(input, zstdOptions(level));
  return compress(type, input, level);
}

function gzipOptions(level: number | undefined): ZlibOptions {
  return level === undefined ? {} : { level };
}

function zstdOptions(level: number | undefined): ZstdOptions {
  return { params: { [constants.ZSTD_c_compressionLevel]: level ?? 3 } };
}
