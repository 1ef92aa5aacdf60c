import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32cPortable } from './crc32c-portable.ts';
import { crc32c } from './crc32c.ts';

describe('CRC-32C', () => {
  it('has the check value of the standard', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32cPortable(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(Buffer.alloc(0))).toBe(0);
  });

  it('is the same from native and from portable code', () => {
    // Native code comes in after that many bytes.
    crc32c(Buffer.alloc(1024 * 1024));
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 300, maxLength: 2000 }),
        fc.nat(50),
        fc.nat(20),
        (bytes, start, cut) => {
          const end = bytes.length - cut;
          expect(crc32c(bytes, start, end)).toBe(crc32cPortable(bytes, start, end));
        },
      ),
    );
  });

  it('goes on with the CRC of what came before', () => {
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7) % 256));
    for (const cut of [0, 1, 150, 2500, 4999, 5000]) {
      const first = crc32c(bytes, 0, cut);
      expect(crc32c(bytes, cut, bytes.length, first)).toBe(crc32c(bytes));
      expect(crc32cPortable(bytes, cut, bytes.length, crc32cPortable(bytes, 0, cut))).toBe(crc32c(bytes));
    }
  });
});
