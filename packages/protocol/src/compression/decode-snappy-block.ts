import { corruptMessage } from '../records/record-errors.ts';
import { copyLiterals, copyMatch } from './copy-bytes.ts';

const LITERAL = 0;
const COPY_1 = 1;
const COPY_4 = 3;

/** Literal lengths from here on say how many bytes of length follow. */
const LONG_LITERAL = 60;
const MAX_SIZE_BYTES = 5;

/** Bytes that a snappy block says it holds. */
export function snappyBlockSizeBytes(input: Uint8Array): number {
  let size = 0;
  for (let at = 0; at < MAX_SIZE_BYTES && at < input.length; at++) {
    size += (input[at]! & 0x7f) * 2 ** (7 * at);
    if (input[at]! < 0x80) return size;
  }
  throw corruptMessage('Snappy block does not begin with its size');
}

/** Decodes one snappy block into `output`, which has exactly the size that the block says it holds. */
export function decodeSnappyBlock(input: Uint8Array, output: Uint8Array): void {
  let at = sizeFieldBytes(input);
  let out = 0;
  while (at < input.length) {
    const tag = input[at++]!;
    const kind = tag & 3;
    if (kind === LITERAL) {
      const extraBytes = Math.max((tag >>> 2) + 1 - LONG_LITERAL, 0);
      const length = (extraBytes === 0 ? tag >>> 2 : littleEndian(input, at, extraBytes)) + 1;
      at += extraBytes;
      if (length > input.length - at || length > output.length - out) throw damaged(at);
      copyLiterals(input, at, length, output, out);
      at += length;
      out += length;
      continue;
    }
    const operandBytes = kind === COPY_4 ? 4 : kind;
    const operand = littleEndian(input, at, operandBytes);
    at += operandBytes;
    const distance = kind === COPY_1 ? ((tag >>> 5) << 8) | operand : operand;
    const length = kind === COPY_1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
    if (distance === 0 || distance > out || length > output.length - out) throw damaged(at);
    copyMatch(output, out, distance, length);
    out += length;
  }
  if (out !== output.length) throw damaged(at);
}

function sizeFieldBytes(input: Uint8Array): number {
  let at = 0;
  while (input[at]! >= 0x80) at++;
  return at + 1;
}

function littleEndian(input: Uint8Array, at: number, bytes: number): number {
  if (bytes > input.length - at) throw damaged(at);
  let value = 0;
  for (let index = 0; index < bytes; index++) value += input[at + index]! * 2 ** (8 * index);
  return value;
}

function damaged(at: number): Error {
  return corruptMessage(`Snappy block is damaged at byte ${at}`);
}
