import { corruptMessage } from '../records/record-errors.ts';
import type { Codec } from './codec.ts';
import { ASYNC_FROM_BYTES } from './compression-limits.ts';
import { decodeSnappyBlock, snappyBlockSizeBytes } from './decode-snappy-block.ts';
import { inputBlocks } from './input-blocks.ts';
import { nativeOnFirstUse } from './load-native.ts';
import { literalSnappyBlock } from './literal-snappy-block.ts';
import { BYTES_PER_TURN, PartsInTurns } from './parts-in-turns.ts';
import { formatXerial, isXerial, parseXerial, XERIAL_BLOCK_BYTES } from './xerial-framing.ts';

/** What is used of `snappy`. */
export interface NativeSnappy {
  compressSync(input: Uint8Array, options: NativeOptions): Buffer;
  compress(input: Uint8Array, options: NativeOptions): Promise<Buffer>;
  uncompressSync(input: Uint8Array, options: NativeOptions): Buffer | string;
}

interface NativeOptions {
  readonly copyOutputData: boolean;
}

/** Copying the result beats handing over memory from native code by four to one: 1,150 against 250 MB/s. */
const nativeOptions: NativeOptions = { copyOutputData: true };

/** Writes the framing of Java clients; reads that and the bare block of others. No levels. */
export const snappyCodec: Codec = makeSnappyCodec(
  nativeOnFirstUse('snappy') as () => NativeSnappy | undefined,
);

/**
 * Without the native package, reading works all the same; writing makes blocks of literals, legal but no smaller.
 * Exported for the test of that.
 */
export function makeSnappyCodec(loadNative: () => NativeSnappy | undefined): Codec {
  const codec: Codec = {
    compress(input) {
      const native = loadNative();
      const compressBlock = (block: Buffer) =>
        native === undefined ? literalSnappyBlock(block) : native.compressSync(block, nativeOptions);
      return formatXerial(inputBlocks(input, XERIAL_BLOCK_BYTES).map(compressBlock));
    },

    async compressAsync(input, level) {
      const native = loadNative();
      if (native === undefined || input.length < ASYNC_FROM_BYTES) return codec.compress(input, level);
      const blocks = inputBlocks(input, XERIAL_BLOCK_BYTES);
      return formatXerial(await Promise.all(blocks.map((block) => native.compress(block, nativeOptions))));
    },

    decompress(input, maxBytes) {
      const blocks = checkedBlocks(input, maxBytes);
      const native = loadNative();
      const parts = blocks.map((block) => decodeBlock(native, block));
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    },

    // Decoding runs at gigabytes per second: a thread would save little of it and cost a copy. Others have turns.
    async decompressAsync(input, maxBytes) {
      if (input.length < BYTES_PER_TURN) return codec.decompress(input, maxBytes);
      const blocks = checkedBlocks(input, maxBytes);
      const native = loadNative();
      const parts = new PartsInTurns();
      for (const block of blocks) await parts.add(decodeBlock(native, block));
      return parts.join();
    },
  };
  return codec;
}

/** @throws KafkaError CORRUPT_MESSAGE for what holds more than `maxBytes` */
function checkedBlocks(input: Buffer, maxBytes: number): readonly Buffer[] {
  const blocks = isXerial(input) ? parseXerial(input) : [input];
  const totalBytes = blocks.reduce((bytes, block) => bytes + snappyBlockSizeBytes(block), 0);
  if (totalBytes <= maxBytes) return blocks;
  throw corruptMessage(`Snappy blocks hold ${totalBytes} bytes, over the limit of ${maxBytes}`);
}

function decodeBlock(native: NativeSnappy | undefined, block: Buffer): Buffer {
  if (native !== undefined) {
    try {
      return native.uncompressSync(block, nativeOptions) as Buffer;
    } catch (cause) {
      throw corruptMessage('Snappy block is damaged', cause);
    }
  }
  const output = Buffer.allocUnsafeSlow(snappyBlockSizeBytes(block));
  decodeSnappyBlock(block, output);
  return output;
}
