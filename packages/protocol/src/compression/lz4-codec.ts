import { corruptMessage } from '../records/record-errors.ts';
import type { Codec } from './codec.ts';
import { ASYNC_FROM_BYTES } from './compression-limits.ts';
import { decodeLz4Block } from './decode-lz4-block.ts';
import { inputBlocks } from './input-blocks.ts';
import { nativeOnFirstUse } from './load-native.ts';
import { BYTES_PER_TURN, PartsInTurns } from './parts-in-turns.ts';
import { formatLz4Frame, LZ4_BLOCK_BYTES, parseLz4Frame, type Lz4Block } from './lz4-frame.ts';

/** What is used of `lz4-napi`: blocks behind their decompressed size as uint32 LE. */
export interface NativeLz4 {
  compressSync(input: Uint8Array): Buffer;
  compress(input: Uint8Array): Promise<Buffer>;
  uncompressSync(input: Uint8Array): Buffer;
}

const SIZE_PREFIX_BYTES = 4;
/** Below this the JavaScript decoder is faster than the way into native code (694 against 389 MB/s at 1 KB). */
const NATIVE_DECODE_FROM_BYTES = 4096;
/** No block holds more bytes per byte than this. */
const MAX_RATIO = 255;

/**
 * LZ4 frames as Kafka's own clients write and read them. There is one level, the fast one; Kafka's default is the same.
 */
export const lz4Codec: Codec = makeLz4Codec(nativeOnFirstUse('lz4-napi') as () => NativeLz4 | undefined);

/**
 * Without the native package, reading works all the same; writing makes frames of stored blocks, legal but no smaller.
 * Exported for the test of that.
 */
export function makeLz4Codec(loadNative: () => NativeLz4 | undefined): Codec {
  const codec: Codec = {
    compress(input) {
      const native = loadNative();
      const blocks = inputBlocks(input, LZ4_BLOCK_BYTES);
      return formatLz4Frame(
        blocks,
        blocks.map((block) => native?.compressSync(block).subarray(SIZE_PREFIX_BYTES)),
      );
    },

    async compressAsync(input, level) {
      const native = loadNative();
      if (native === undefined || input.length < ASYNC_FROM_BYTES) return codec.compress(input, level);
      const blocks = inputBlocks(input, LZ4_BLOCK_BYTES);
      const compressed = await Promise.all(blocks.map((block) => native.compress(block)));
      return formatLz4Frame(
        blocks,
        compressed.map((block) => block.subarray(SIZE_PREFIX_BYTES)),
      );
    },

    decompress(input, maxBytes) {
      const { blocks, maxBlockBytes } = parseLz4Frame(input);
      const decoder = new BlockDecoder(loadNative);
      const parts: Buffer[] = [];
      let totalBytes = 0;
      for (const block of blocks) {
        const part = decoder.decode(block, Math.min(maxBlockBytes, maxBytes - totalBytes));
        parts.push(part);
        totalBytes += part.length;
      }
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts, totalBytes);
    },

    // Decoding runs at gigabytes per second: a thread would save little of it and cost a copy. Others have turns.
    async decompressAsync(input, maxBytes) {
      if (input.length < BYTES_PER_TURN) return codec.decompress(input, maxBytes);
      const { blocks, maxBlockBytes } = parseLz4Frame(input);
      const decoder = new BlockDecoder(loadNative);
      const parts = new PartsInTurns();
      for (const block of blocks)
        await parts.add(decoder.decode(block, Math.min(maxBlockBytes, maxBytes - parts.totalBytes)));
      return parts.join();
    },
  };
  return codec;
}

class BlockDecoder {
  readonly #loadNative: () => NativeLz4 | undefined;
  /** Where blocks are decoded that do not say their size; only what came out is kept. */
  #scratch = Buffer.alloc(0);

  constructor(loadNative: () => NativeLz4 | undefined) {
    this.#loadNative = loadNative;
  }

  /** @param room most bytes that the block may hold. */
  decode(block: Lz4Block, room: number): Buffer {
    const { bytes, isStored } = block;
    if (isStored) {
      if (bytes.length <= room) return bytes;
      throw corruptMessage(`LZ4 block holds ${bytes.length} bytes, over the limit of ${room} that are left`);
    }
    const capacity = Math.min(room, bytes.length * MAX_RATIO);
    return this.#decodeNatively(bytes, capacity) ?? this.#decodePortably(bytes, capacity);
  }

  /** Undefined if native code is missing, does not pay, or refuses the block: the portable decoder then says why. */
  #decodeNatively(bytes: Buffer, capacity: number): Buffer | undefined {
    const native = bytes.length < NATIVE_DECODE_FROM_BYTES ? undefined : this.#loadNative();
    if (native === undefined) return undefined;
    const prefixed = Buffer.allocUnsafe(SIZE_PREFIX_BYTES + bytes.length);
    prefixed.writeUInt32LE(capacity);
    prefixed.set(bytes, SIZE_PREFIX_BYTES);
    try {
      return native.uncompressSync(prefixed);
    } catch {
      return undefined;
    }
  }

  #decodePortably(bytes: Buffer, capacity: number): Buffer {
    if (this.#scratch.length < capacity) this.#scratch = Buffer.allocUnsafeSlow(capacity);
    const size = decodeLz4Block(bytes, this.#scratch.subarray(0, capacity));
    return Buffer.from(this.#scratch.subarray(0, size));
  }
}
