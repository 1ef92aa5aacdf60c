import { promisify } from 'node:util';
import { gunzip, gunzipSync, gzip, gzipSync, type ZlibOptions } from 'node:zlib';
import type { Codec } from './codec.ts';
import { ASYNC_FROM_BYTES } from './compression-limits.ts';
import { decompressError, decompressOptions } from './zlib-codec.ts';

const gzipAsync = promisify<Uint8Array, ZlibOptions, Buffer>(gzip);
const gunzipAsync = promisify<Uint8Array, ZlibOptions, Buffer>(gunzip);

/** RFC 1952. Readers take several members one after another, as Java's do. */
export const gzipCodec: Codec = {
  compress(input, level) {
    return gzipSync(input, options(level));
  },

  async compressAsync(input, level) {
    return input.length < ASYNC_FROM_BYTES
      ? gzipSync(input, options(level))
      : gzipAsync(input, options(level));
  },

  decompress(input, maxBytes) {
    try {
      return gunzipSync(input, decompressOptions(input.length, maxBytes));
    } catch (cause) {
      throw decompressError('gzip', maxBytes, cause);
    }
  },

  async decompressAsync(input, maxBytes) {
    if (input.length < ASYNC_FROM_BYTES) return gzipCodec.decompress(input, maxBytes);
    try {
      return await gunzipAsync(input, decompressOptions(input.length, maxBytes));
    } catch (cause) {
      throw decompressError('gzip', maxBytes, cause);
    }
  },
};

function options(level: number | undefined): ZlibOptions {
  return level === undefined ? {} : { level };
}
