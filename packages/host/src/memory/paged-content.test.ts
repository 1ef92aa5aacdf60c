import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { PagedContent } from './paged-content.ts';

/** A file as one array: what the pages must look like from outside. */
class PlainContent {
  bytes = Buffer.alloc(0);

  write(bytes: Uint8Array, position: number): void {
    if (bytes.length === 0) return;
    const grown = Buffer.alloc(Math.max(this.bytes.length, position + bytes.length));
    this.bytes.copy(grown);
    grown.set(bytes, position);
    this.bytes = grown;
  }

  truncate(sizeBytes: number): void {
    const resized = Buffer.alloc(sizeBytes);
    this.bytes.copy(resized, 0, 0, sizeBytes);
    this.bytes = resized;
  }
}

const position = fc.nat(200_000);
const step = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), position, length: fc.nat(100_000), fill: fc.nat(255) }),
  fc.record({ kind: fc.constant('truncate' as const), position }),
  fc.record({ kind: fc.constant('read' as const), position, length: fc.nat(100_000) }),
);

test('is an array of bytes to the outside, whatever is written, cut and read', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const paged = new PagedContent();
      const plain = new PlainContent();
      for (const next of steps) {
        if (next.kind === 'truncate') {
          paged.truncate(next.position);
          plain.truncate(next.position);
        } else if (next.kind === 'write') {
          const bytes = Buffer.alloc(next.length, next.fill);
          paged.write(bytes, next.position);
          plain.write(bytes, next.position);
        } else {
          const target = Buffer.alloc(next.length, 0xee);
          const expected = plain.bytes.subarray(next.position, next.position + next.length);
          expect(paged.read(target, next.position)).toBe(expected.length);
          expect(target.subarray(0, expected.length).equals(expected)).toBe(true);
        }
        expect(paged.sizeBytes).toBe(plain.bytes.length);
      }
      expect(paged.toBuffer().equals(plain.bytes)).toBe(true);
      expect(paged.clone().toBuffer().equals(plain.bytes)).toBe(true);
    }),
    { numRuns: 100, seed: 20261121 },
  );
});
