import { createRequire } from 'node:module';
import { corruptMessage } from '../records/record-errors.ts';
import { decodeLz4Block } from './lz4-block.ts';

/** LZ4 frame magic, FLG (version 1, independent blocks, no checksums), BD (64 KiB blocks), header checksum. */
const FRAME_HEADER = Buffer.from('04224d18604082', 'hex');
const BLOCK_BYTES = 64 * 1024;
const STORED_BIT = 0x8000_0000;
const SIZE_PREFIX_BYTES = 4;

const FLAG_VERSION_MASK = 0xc0;
const FLAG_VERSION_1 = 0x40;
const FLAG_BLOCK_INDEPENDENCE = 0x20;
const FLAG_BLOCK_CHECKSUM = 0x10;
const FLAG_CONTENT_SIZE = 0x08;
const FLAG_RESERVED_MASK = 0x03;

interface NativeLz4 {
  /** The block behind its size as int32 LE. */
  compressSync(input: Uint8Array): Buffer;
}

const native = loadNative();

export function lz4Compress(input: Buffer): Buffer {
  const parts: Buffer[] = [FRAME_HEADER];
  for (let start = 0; start < input.length; start += BLOCK_BYTES) {
    const block = input.subarray(start, start + BLOCK_BYTES);
    const compressed = native?.compressSync(block).subarray(SIZE_PREFIX_BYTES);
    if (compressed === undefined || compressed.length >= block.length) {
      parts.push(uint32LE((block.length | STORED_BIT) >>> 0), block);
    } else {
      parts.push(uint32LE(compressed.length), compressed);
    }
  }
  parts.push(uint32LE(0));
  return Buffer.concat(parts);
}

export function lz4Decompress(input: Buffer, maxBytes: number): Buffer {
  const frame = readFrameHeader(input);
  const parts: Buffer[] = [];
  let totalBytes = 0;
  for (let at = frame.headerBytes; ;) {
    if (input.length - at < 4) throw corruptMessage(`LZ4 frame ends without an end mark at byte ${at}`);
    const word = input.readUInt32LE(at);
    at += 4;
    if (word === 0) break;
    const size = word % STORED_BIT;
    if (size > frame.maxBlockBytes || size > input.length - at) {
      throw corruptMessage(`LZ4 block at byte ${at} claims ${size} bytes, but ${input.length - at} are left`);
    }
    const part = readBlock(input.subarray(at, at + size), word >= STORED_BIT, frame.maxBlockBytes);
    totalBytes += part.length;
    if (totalBytes > maxBytes)
      throw corruptMessage(`LZ4 frame holds more than the limit of ${maxBytes} bytes`);
    parts.push(part);
    at += size + (frame.hasBlockChecksum ? 4 : 0);
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts, totalBytes);
}

function readBlock(block: Buffer, isStored: boolean, maxBlockBytes: number): Buffer {
  if (isStored) return block;
  const output = Buffer.allocUnsafe(maxBlockBytes);
  return output.subarray(0, decodeLz4Block(block, { start: 0, end: block.length }, output, 0));
}

interface FrameHeader {
  readonly headerBytes: number;
  readonly maxBlockBytes: number;
  readonly hasBlockChecksum: boolean;
}

function readFrameHeader(input: Buffer): FrameHeader {
  if (input.length < FRAME_HEADER.length || input.readUInt32LE(0) !== 0x184d2204) {
    throw corruptMessage('LZ4 data does not begin with the frame magic');
  }
  const flags = input[4]!;
  const blockSizeId = (input[5]! >> 4) & 7;
  if ((flags & FLAG_VERSION_MASK) !== FLAG_VERSION_1 || (flags & FLAG_RESERVED_MASK) !== 0) {
    throw corruptMessage(`LZ4 frame has flags 0x${flags.toString(16)}, which no version defines`);
  }
  if ((flags & FLAG_BLOCK_INDEPENDENCE) === 0) throw corruptMessage('LZ4 frame has dependent blocks');
  if (blockSizeId < 4) throw corruptMessage(`LZ4 frame has block size id ${blockSizeId}, expected 4 to 7`);
  return {
    headerBytes: FRAME_HEADER.length + ((flags & FLAG_CONTENT_SIZE) === 0 ? 0 : 8),
    maxBlockBytes: 1 << (2 * blockSizeId + 8),
    hasBlockChecksum: (flags & FLAG_BLOCK_CHECKSUM) !== 0,
  };
}

function uint32LE(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function loadNative(): NativeLz4 | undefined {
  try {
    return createRequire(import.meta.url)('lz4-napi') as NativeLz4;
  } catch {
    return undefined;
  }
}
