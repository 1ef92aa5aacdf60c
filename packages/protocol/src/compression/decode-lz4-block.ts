import { corruptMessage } from '../records/record-errors.ts';
import { copyLiterals, copyMatch } from './copy-bytes.ts';

const MIN_MATCH_BYTES = 4;
/** A nibble of this value goes on in the bytes that follow, up to and with the first that is not 255. */
const LONG_LENGTH = 15;

/**
 * Decodes one independent LZ4 block into the start of `output`; returns how many bytes came out. Whatever the input
 * says, nothing is read before or written after `output`.
 */
export function decodeLz4Block(input: Uint8Array, output: Uint8Array): number {
  const end = input.length;
  let at = 0;
  let out = 0;
  while (at < end) {
    const token = input[at++]!;
    let literals = token >>> 4;
    if (literals === LONG_LENGTH) {
      literals = longLength(input, at);
      at += longLengthBytes(literals);
    }
    if (literals > end - at || literals > output.length - out) throw damaged(at);
    copyLiterals(input, at, literals, output, out);
    at += literals;
    out += literals;
    // The last sequence of a block has no match.
    if (at === end) return out;
    if (end - at < 2) throw damaged(at);
    const distance = input[at]! | (input[at + 1]! << 8);
    at += 2;
    let match = token & LONG_LENGTH;
    if (match === LONG_LENGTH) {
      match = longLength(input, at);
      at += longLengthBytes(match);
    }
    match += MIN_MATCH_BYTES;
    if (distance === 0 || distance > out || match > output.length - out) throw damaged(at);
    copyMatch(output, out, distance, match);
    out += match;
  }
  throw damaged(at);
}

function longLength(input: Uint8Array, start: number): number {
  let length = LONG_LENGTH;
  for (let at = start; at < input.length; at++) {
    length += input[at]!;
    if (input[at] !== 255) return length;
  }
  throw damaged(start);
}

/** Bytes that a long length took, which follows from its value. */
function longLengthBytes(length: number): number {
  return Math.floor((length - LONG_LENGTH) / 255) + 1;
}

function damaged(at: number): Error {
  return corruptMessage(`LZ4 block is damaged at byte ${at}, or holds more than its frame allows`);
}
