import { corruptMessage } from '../records/record-errors.ts';

/** What snappy-java's stream writer puts first: its magic, version 1, readable from version 1 on. */
const HEADER = Buffer.from('82534e41505059000000000100000001', 'hex');
const MAGIC_BYTES = 8;
const LENGTH_BYTES = 4;

/** Input bytes of one block, as the Java client cuts them. */
export const XERIAL_BLOCK_BYTES = 32 * 1024;

/** Whether the data is in the framing of Java clients; otherwise it is one bare block. */
export function isXerial(input: Buffer): boolean {
  return input.length >= HEADER.length && input.compare(HEADER, 0, MAGIC_BYTES, 0, MAGIC_BYTES) === 0;
}

/** The blocks of the framing; views, not copies. */
export function parseXerial(input: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = HEADER.length; at < input.length;) {
    if (input.length - at < LENGTH_BYTES) {
      throw corruptMessage(`Snappy stream ends inside the length of a block at byte ${at}`);
    }
    const length = input.readInt32BE(at);
    at += LENGTH_BYTES;
    if (length < 0 || length > input.length - at) {
      throw corruptMessage(
        `Snappy block at byte ${at} claims ${length} bytes, but ${input.length - at} are left`,
      );
    }
    blocks.push(input.subarray(at, at + length));
    at += length;
  }
  return blocks;
}

/** The framing around compressed blocks. */
export function formatXerial(blocks: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [HEADER];
  for (const block of blocks) {
    const length = Buffer.allocUnsafe(LENGTH_BYTES);
    length.writeInt32BE(block.length);
    parts.push(length, block);
  }
  return Buffer.concat(parts);
}
