import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { varintSizeBytes, varlongSizeBytes, writeVarint, writeVarlong } from './varint.ts';

const edges = [0, 1, 2, 5, 6, 7, 8, 13, 14, 20, 21, 27, 28, 30, 31, 32, 33, 34, 41, 42, 48, 49, 52]
  .flatMap((bits) => [2 ** bits, 2 ** bits - 1, 2 ** bits + 1])
  .flatMap((value) => [value, -value]);

describe('varints', () => {
  it.each([
    [0, '00'],
    [-1, '01'],
    [1, '02'],
    [63, '7e'],
    [-64, '7f'],
    [64, '8001'],
    [300, 'd804'],
    [-300, 'd704'],
    [2147483647, 'feffffff0f'],
    [-2147483648, 'ffffffff0f'],
  ])('%i is written as %s', (value, hex) => {
    const buffer = Buffer.alloc(10);
    expect(buffer.toString('hex', 0, writeVarint(buffer, 0, value))).toBe(hex);
    expect(varintSizeBytes(value)).toBe(hex.length / 2);
  });

  it('of 32 bits have the bytes and the size of the definition', () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.constantFrom(...edges)), (any) => {
        const value = any | 0;
        expectBytes(value, varintSizeBytes, writeVarint);
      }),
    );
  });

  it('of 64 bits have the bytes and the size of the definition, for every safe integer', () => {
    for (const value of [...edges, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
      expectBytes(value, varlongSizeBytes, writeVarlong);
    }
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => expectBytes(value, varlongSizeBytes, writeVarlong)),
    );
  });
});

function expectBytes(
  value: number,
  size: (value: number) => number,
  write: (buffer: Uint8Array, position: number, value: number) => number,
): void {
  const expected = definition(value);
  const buffer = Buffer.alloc(12, 0xee);
  const end = write(buffer, 1, value);
  expect(buffer.subarray(1, end)).toEqual(expected);
  expect(buffer[end]).toBe(0xee);
  expect(size(value)).toBe(expected.length);
}

/** Zigzag and LEB128 by the book. */
function definition(value: number): Buffer {
  const big = BigInt(value);
  let zigzag = BigInt.asUintN(64, (big << 1n) ^ (big >> 63n));
  const bytes: number[] = [];
  for (; zigzag >= 0x80n; zigzag >>= 7n) bytes.push(Number(zigzag & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(zigzag)]);
}
