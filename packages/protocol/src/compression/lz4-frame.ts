import { corruptMessage } from '../records/record-errors.ts';
import { xxhash32 } from './xxhash32.ts';

/** Magic, FLG (version 1, independent blocks, no checksums, no size), BD (64 KiB blocks), checksum of FLG and BD. */
export const LZ4_FRAME_HEADER = Buffer.from('04224d18604082', 'hex');
/** Input bytes of one block under that header. */
export const LZ4_BLOCK_BYTES = 64 * 1024;

const MAGIC = 0x184d2204;
const WORD_BYTES = 4;
const FLAGS_OFFSET = 4;
const BLOCK_DESCRIPTOR_OFFSET = 5;
const CONTENT_SIZE_BYTES = 8;

const VERSION_MASK = 0xc0;
const VERSION_1 = 0x40;
const BLOCK_INDEPENDENCE = 0x20;
const BLOCK_CHECKSUM = 0x10;
const CONTENT_SIZE = 0x08;
const RESERVED_FLAG = 0x02;
const DICTIONARY_ID = 0x01;
const RESERVED_DESCRIPTOR_MASK = 0x8f;
/** The smallest block size id: 4 is 64 KiB, 7 is 4 MiB. */
const MIN_BLOCK_SIZE_ID = 4;

/** A set high bit in a block's size: the block is not compressed. */
const STORED = 0x8000_0000;

/** One block of a frame. */
export interface Lz4Block {
  readonly bytes: Buffer;
  readonly isStored: boolean;
}

/** A frame cut into its blocks. */
export interface Lz4Frame {
  readonly blocks: readonly Lz4Block[];
  /** Most bytes that a block may hold. */
  readonly maxBlockBytes: number;
}

/**
 * Cuts a frame by Kafka's rules: blocks must be independent, the checksums of header and blocks must be right, the one
 * of the content is passed over. What follows the end mark is not looked at.
 */
export function parseLz4Frame(input: Buffer): Lz4Frame {
  const { maxBlockBytes, hasBlockChecksums, blocksStart } = parseHeader(input);
  const checksumBytes = hasBlockChecksums ? WORD_BYTES : 0;
  const blocks: Lz4Block[] = [];
  for (let at = blocksStart; ;) {
    if (input.length - at < WORD_BYTES)
      throw corruptMessage(`LZ4 frame ends without an end mark at byte ${at}`);
    const word = input.readUInt32LE(at);
    if (word === 0) return { blocks, maxBlockBytes };
    at += WORD_BYTES;
    const size = word % STORED;
    if (size > maxBlockBytes || size + checksumBytes > input.length - at) {
      throw corruptMessage(`LZ4 block at byte ${at} claims ${size} bytes, but ${input.length - at} are left`);
    }
    const bytes = input.subarray(at, at + size);
    if (hasBlockChecksums && input.readUInt32LE(at + size) !== xxhash32(bytes)) {
      throw corruptMessage(`LZ4 block at byte ${at} does not have the checksum that follows it`);
    }
    blocks.push({ bytes, isStored: word >= STORED });
    at += size + checksumBytes;
  }
}

interface Lz4Header {
  readonly maxBlockBytes: number;
  readonly hasBlockChecksums: boolean;
  readonly blocksStart: number;
}

function parseHeader(input: Buffer): Lz4Header {
  if (input.length < LZ4_FRAME_HEADER.length || input.readUInt32LE(0) !== MAGIC) {
    throw corruptMessage('LZ4 data does not begin with the magic of a frame');
  }
  const flags = input[FLAGS_OFFSET]!;
  const descriptor = input[BLOCK_DESCRIPTOR_OFFSET]!;
  checkHeader(flags, descriptor);
  const checksumAt = BLOCK_DESCRIPTOR_OFFSET + 1 + ((flags & CONTENT_SIZE) === 0 ? 0 : CONTENT_SIZE_BYTES);
  const checksum = (xxhash32(input.subarray(FLAGS_OFFSET, checksumAt)) >>> 8) & 0xff;
  if (input[checksumAt] !== checksum) throw corruptMessage('LZ4 frame has a header with a wrong checksum');
  return {
    maxBlockBytes: 1 << (2 * (descriptor >>> 4) + 8),
    hasBlockChecksums: (flags & BLOCK_CHECKSUM) !== 0,
    blocksStart: checksumAt + 1,
  };
}

function checkHeader(flags: number, descriptor: number): void {
  if ((flags & VERSION_MASK) !== VERSION_1 || (flags & (RESERVED_FLAG | DICTIONARY_ID)) !== 0) {
    throw corruptMessage(`LZ4 frame has flags 0x${flags.toString(16)}, which Kafka does not read`);
  }
  if ((flags & BLOCK_INDEPENDENCE) === 0) {
    throw corruptMessage('LZ4 frame has blocks that depend on each other, which Kafka does not read');
  }
  if ((descriptor & RESERVED_DESCRIPTOR_MASK) !== 0 || descriptor >>> 4 < MIN_BLOCK_SIZE_ID) {
    throw corruptMessage(
      `LZ4 frame has block descriptor 0x${descriptor.toString(16)}, which no version defines`,
    );
  }
}

/** A frame as Kafka's own clients write it, from input blocks and their compressed forms. */
export function formatLz4Frame(
  blocks: readonly Buffer[],
  compressed: readonly (Buffer | undefined)[],
): Buffer {
  const parts: Buffer[] = [LZ4_FRAME_HEADER];
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index]!;
    const smaller = compressed[index];
    if (smaller !== undefined && smaller.length < block.length) parts.push(word(smaller.length), smaller);
    else parts.push(word(STORED + block.length), block);
  }
  parts.push(word(0));
  return Buffer.concat(parts);
}

function word(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(WORD_BYTES);
  bytes.writeUInt32LE(value);
  return bytes;
}
