import { createRequire } from 'node:module';
import { corruptMessage } from '../records/record-errors.ts';

/** What snappy-java's stream writer puts first: magic, version 1, compatible with version 1. */
const XERIAL_HEADER = Buffer.from('82534e415050590000000001'.concat('00000001'), 'hex');
const XERIAL_MAGIC_BYTES = 8;
/** Input of one block; what the Java client uses. */
const BLOCK_BYTES = 32 * 1024;

interface NativeSnappy {
  compressSync(input: Uint8Array): Buffer;
  compress(input: Uint8Array): Promise<Buffer>;
  uncompressSync(input: Uint8Array): Buffer | string;
}

const native = loadNative();

export function snappyCompress(input: Buffer): Buffer {
  const parts: Buffer[] = [XERIAL_HEADER];
  for (let start = 0; start < input.length; start += BLOCK_BYTES) {
    const block = compressBlock(input.subarray(start, start + BLOCK_BYTES));
    parts.push(lengthPrefix(block.length), block);
  }
  return Buffer.concat(parts);
}

function compressBlock(input: Buffer): Buffer {
  if (native === undefined) throw new Error('snappy is not installed');
  return native.compressSync(input);
}

function lengthPrefix(length: number): Buffer {
  const prefix = Buffer.allocUnsafe(4);
  prefix.writeInt32BE(length);
  return prefix;
}

/** Reads the xerial stream of Java clients and the bare block that others write. */
export function snappyDecompress(input: Buffer, maxBytes: number): Buffer {
  if (!isXerial(input)) return decompressBlock(input, maxBytes);
  const parts: Buffer[] = [];
  let totalBytes = 0;
  for (let at = XERIAL_HEADER.length; at < input.length;) {
    if (input.length - at < 4) throw corruptMessage(`Snappy stream ends inside a block length at byte ${at}`);
    const length = input.readInt32BE(at);
    at += 4;
    if (length < 0 || length > input.length - at) {
      throw corruptMessage(
        `Snappy block at byte ${at} claims ${length} bytes, but ${input.length - at} are left`,
      );
    }
    const part = decompressBlock(input.subarray(at, at + length), maxBytes - totalBytes);
    totalBytes += part.length;
    parts.push(part);
    at += length;
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts, totalBytes);
}

function isXerial(input: Buffer): boolean {
  return (
    input.length >= XERIAL_HEADER.length &&
    input.compare(XERIAL_HEADER, 0, XERIAL_MAGIC_BYTES, 0, XERIAL_MAGIC_BYTES) === 0
  );
}

function decompressBlock(input: Buffer, maxBytes: number): Buffer {
  const declared = declaredSizeBytes(input);
  if (declared > maxBytes) {
    throw corruptMessage(`Snappy block holds ${declared} bytes, over the limit of ${maxBytes}`);
  }
  if (native === undefined) throw new Error('snappy is not installed');
  try {
    return native.uncompressSync(input) as Buffer;
  } catch (cause) {
    throw corruptMessage('Snappy block is damaged', cause);
  }
}

function declaredSizeBytes(input: Buffer): number {
  let size = 0;
  for (let at = 0; at < 5; at++) {
    const byte = input[at];
    if (byte === undefined) break;
    size += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return size;
  }
  throw corruptMessage('Snappy block does not begin with its size');
}

function loadNative(): NativeSnappy | undefined {
  try {
    return createRequire(import.meta.url)('snappy') as NativeSnappy;
  } catch {
    return undefined;
  }
}
