import { promisify } from 'node:util';
import zlib, { type ZstdOptions } from 'node:zlib';
import { unsupportedCompression } from '../records/record-errors.ts';
import type { Codec } from './codec.ts';
import { ASYNC_FROM_BYTES } from './compression-limits.ts';
import { decompressError, decompressOptions } from './zlib-codec.ts';

/** Kafka's `compression.zstd.level`. */
const DEFAULT_LEVEL = 3;

/** Plain zstd frames. Their content size may be missing, because Java writes them as a stream. */
export const zstdCodec: Codec = makeZstdCodec(zlib);

/** The functions that a build of Node without zstd does not have. */
export interface ZstdFunctions {
  readonly zstdCompress?: typeof zlib.zstdCompress;
  readonly zstdCompressSync?: typeof zlib.zstdCompressSync;
  readonly zstdDecompress?: typeof zlib.zstdDecompress;
  readonly zstdDecompressSync?: typeof zlib.zstdDecompressSync;
}

/** Exported for the test of a build without zstd. */
export function makeZstdCodec(functions: ZstdFunctions): Codec {
  const { zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } = functions;
  if (!zstdCompress || !zstdCompressSync || !zstdDecompress || !zstdDecompressSync) return missingCodec;
  const compressAsync = promisify<Uint8Array, ZstdOptions, Buffer>(zstdCompress);
  const decompressAsync = promisify<Uint8Array, ZstdOptions, Buffer>(zstdDecompress);
  const codec: Codec = {
    compress(input, level) {
      return zstdCompressSync(input, options(level));
    },

    async compressAsync(input, level) {
      return input.length < ASYNC_FROM_BYTES
        ? zstdCompressSync(input, options(level))
        : compressAsync(input, options(level));
    },

    decompress(input, maxBytes) {
      try {
        return zstdDecompressSync(input, decompressOptions(input.length, maxBytes));
      } catch (cause) {
        throw decompressError('zstd', maxBytes, cause);
      }
    },

    async decompressAsync(input, maxBytes) {
      if (input.length < ASYNC_FROM_BYTES) return codec.decompress(input, maxBytes);
      try {
        return await decompressAsync(input, decompressOptions(input.length, maxBytes));
      } catch (cause) {
        throw decompressError('zstd', maxBytes, cause);
      }
    },
  };
  return codec;
}

const missingCodec: Codec = {
  compress: missing,
  decompress: missing,
  compressAsync: async () => missing(),
  decompressAsync: async () => missing(),
};

function missing(): never {
  throw unsupportedCompression('zstd (this build of Node.js comes without it)');
}

function options(level: number | undefined): ZstdOptions {
  return { params: { [zlib.constants.ZSTD_c_compressionLevel]: level ?? DEFAULT_LEVEL } };
}
