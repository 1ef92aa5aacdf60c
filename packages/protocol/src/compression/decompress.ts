import { promisify } from 'node:util';
import {
  gunzip,
  gunzipSync,
  zstdDecompress,
  zstdDecompressSync,
  type ZlibOptions,
  type ZstdOptions,
} from 'node:zlib';
import { corruptMessage } from '../records/record-errors.ts';
import type { CompressionType } from './compression-type.ts';
import { lz4Decompress } from './lz4.ts';
import { snappyDecompress } from './snappy.ts';

/** Decompressed bytes of one batch are never more than this unless the caller says so. */
export const DEFAULT_MAX_DECOMPRESSED_BYTES = 256 * 1024 * 1024;

/**
 * Decompresses the records of a batch. Blocks the event loop.
 *
 * @param maxBytes most bytes that may come out; more, like damage, is a CORRUPT_MESSAGE error.
 */
export function decompress(
  type: CompressionType,
  input: Buffer,
  maxBytes: number = DEFAULT_MAX_DECOMPRESSED_BYTES,
): Buffer {
  switch (type) {
    case 'gzip':
      return withLimit('gzip', maxBytes, () => gunzipSync(input, { maxOutputLength: maxBytes }));
    case 'snappy':
      return snappyDecompress(input, maxBytes);
    case 'lz4':
      return lz4Decompress(input, maxBytes);
    case 'zstd':
      return withLimit('zstd', maxBytes, () => zstdDecompressSync(input, { maxOutputLength: maxBytes }));
    case 'none':
      break;
  }
  return input;
}

const gunzipAsync = promisify<Uint8Array, ZlibOptions, Buffer>(gunzip);
const unzstdAsync = promisify<Uint8Array, ZstdOptions, Buffer>(zstdDecompress);

/** As `decompress`, off the event loop where the codec can. */
export async function decompressAsync(
  type: CompressionType,
  input: Buffer,
  maxBytes: number = DEFAULT_MAX_DECOMPRESSED_BYTES,
): Promise<Buffer> {
  try {
    if (type === 'gzip') return await gunzipAsync(input, { maxOutputLength: maxBytes });
    if (type === 'zstd') return await unzstdAsync(input, { maxOutputLength: maxBytes });
  } catch (cause) {
    throw explained(type, maxBytes, cause);
  }
  return decompress(type, input, maxBytes);
}

function withLimit(type: CompressionType, maxBytes: number, run: () => Buffer): Buffer {
  try {
    return run();
  } catch (cause) {
    throw explained(type, maxBytes, cause);
  }
}

function explained(type: CompressionType, maxBytes: number, cause: unknown): Error {
  const isTooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
  return isTooLarge
    ? corruptMessage(
        `Records hold more than the limit of ${maxBytes} bytes after ${type} decompression`,
        cause,
      )
    : corruptMessage(`Records do not decompress as ${type}: ${(cause as Error).message}`, cause);
}
