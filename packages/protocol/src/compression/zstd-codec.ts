import { promisify } from 'node:util';
import zlib, { type ZstdOptions } from 'node:zlib';
import { corruptMessage, unsupportedCompression } from '../records/record-errors.ts';
import type { Codec } from './codec.ts';
import { ASYNC_FROM_BYTES } from './compression-limits.ts';
import { decompressError, decompressOptions } from './zlib-codec.ts';

/** Kafka's `compression.zstd.level`. */
const DEFAULT_LEVEL = 3;
/** A batch is one frame. Thousands of empty ones would only keep the thread busy. */
const MAX_FRAMES = 1000;

/** The functions that a build of Node without zstd does not have. */
interface ZstdFunctions {
  readonly zstdCompress?: typeof zlib.zstdCompress;
  readonly zstdCompressSync?: typeof zlib.zstdCompressSync;
  readonly zstdDecompress?: typeof zlib.zstdDecompress;
  readonly zstdDecompressSync?: typeof zlib.zstdDecompressSync;
}

function makeZstdCodec(functions: ZstdFunctions): Codec {
  const { zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } = functions;
  if (!zstdCompress || !zstdCompressSync || !zstdDecompress || !zstdDecompressSync) return missingCodec;
  const compressAsync = promisify<Uint8Array, ZstdOptions, Buffer>(zstdCompress);
  const frameAsync = promisify(zstdDecompress as unknown as FrameDecompressAsync);
  const frameSync = zstdDecompressSync as unknown as FrameDecompressSync;
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
      const frames = new FrameOutput(maxBytes);
      try {
        for (let rest = input; rest.length > 0 || frames.isEmpty; rest = frames.after(rest)) {
          frames.add(frameSync(rest, frames.options(rest)));
        }
      } catch (cause) {
        throw decompressError('zstd', maxBytes, cause);
      }
      return frames.join();
    },

    async decompressAsync(input, maxBytes) {
      if (input.length < ASYNC_FROM_BYTES) return codec.decompress(input, maxBytes);
      const frames = new FrameOutput(maxBytes);
      try {
        for (let rest = input; rest.length > 0; rest = frames.after(rest)) {
          frames.add(await frameAsync(rest, frames.options(rest)));
        }
      } catch (cause) {
        throw decompressError('zstd', maxBytes, cause);
      }
      return frames.join();
    },
  };
  return codec;
}

/** What node:zlib gives with `info: true`; its types leave it out. */
interface Frame {
  readonly buffer: Buffer;
  /** `bytesWritten` is how much of the input the frame took. */
  readonly engine: { readonly bytesWritten: number };
}

type FrameOptions = ZstdOptions & { readonly info: true };
type FrameDecompressSync = (input: Buffer, options: FrameOptions) => Frame;
type FrameDecompressAsync = (
  input: Buffer,
  options: FrameOptions,
  callback: (error: Error | null, frame: Frame) => void,
) => void;

/** Node decompresses one frame and stops without a word; Java goes on to the next. */
class FrameOutput {
  readonly #maxBytes: number;
  readonly #parts: Buffer[] = [];
  #totalBytes = 0;
  #consumedBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  options(rest: Buffer): FrameOptions {
    return { ...decompressOptions(rest.length, this.#maxBytes - this.#totalBytes), info: true };
  }

  add(frame: Frame): void {
    this.#parts.push(frame.buffer);
    this.#totalBytes += frame.buffer.length;
    this.#consumedBytes = frame.engine.bytesWritten;
    if (this.#totalBytes > this.#maxBytes || this.#parts.length > MAX_FRAMES) {
      throw corruptMessage(
        `Records are ${this.#parts.length} zstd frames of ${this.#totalBytes} bytes, over the limits of ` +
          `${MAX_FRAMES} frames and ${this.#maxBytes} bytes`,
      );
    }
  }

  /** What the last frame left of its input. */
  after(rest: Buffer): Buffer {
    return rest.subarray(this.#consumedBytes);
  }

  join(): Buffer {
    return this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts, this.#totalBytes);
  }
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

/** Plain zstd frames. Their content size may be missing, because Java writes them as a stream. */
export const zstdCodec: Codec = makeZstdCodec(zlib);
