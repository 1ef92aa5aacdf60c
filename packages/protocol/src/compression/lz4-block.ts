import { corruptMessage } from '../records/record-errors.ts';

const MIN_MATCH_BYTES = 4;

/**
 * Decodes one LZ4 block from `input[start, end)` into `output` from `outputStart`; returns the position after the
 * decoded bytes. Matches reach back to `windowStart`, no further. Nothing is written past the end of `output`.
 */
export function decodeLz4Block(
  input: Uint8Array,
  range: { readonly start: number; readonly end: number },
  output: Uint8Array,
  outputStart: number,
): number {
  const { end } = range;
  let at = range.start;
  let out = outputStart;
  while (at < end) {
    const token = input[at++]!;
    let literals = token >> 4;
    if (literals === 15) {
      let byte = 255;
      while (byte === 255) {
        if (at >= end) throw damaged(at);
        byte = input[at++]!;
        literals += byte;
      }
    }
    if (literals > end - at || literals > output.length - out) throw damaged(at);
    output.set(input.subarray(at, at + literals), out);
    at += literals;
    out += literals;
    if (at === end) return out;
    if (end - at < 2) throw damaged(at);
    const distance = input[at]! | (input[at + 1]! << 8);
    at += 2;
    let match = token & 15;
    if (match === 15) {
      let byte = 255;
      while (byte === 255) {
        if (at >= end) throw damaged(at);
        byte = input[at++]!;
        match += byte;
      }
    }
    match += MIN_MATCH_BYTES;
    if (distance === 0 || distance > out - outputStart || match > output.length - out) throw damaged(at);
    if (distance >= match) {
      output.copyWithin(out, out - distance, out - distance + match);
      out += match;
    } else {
      for (const matchEnd = out + match; out < matchEnd; out++) output[out] = output[out - distance]!;
    }
  }
  return out;
}

function damaged(at: number): Error {
  return corruptMessage(`LZ4 block is damaged at byte ${at}, or holds more than its frame allows`);
}
