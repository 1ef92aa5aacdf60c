import { describe, expect, it } from 'vitest';
import { murmur2 } from './murmur2.ts';

/** Values of Kafka's Java client; key in UTF-8 unless given as hex. */
const vectors: readonly [key: string, encoding: 'utf8' | 'hex', hash: number, mod12: number][] = [
  ['', 'utf8', 275646681, 9],
  ['a', 'utf8', -1563381124, 4],
  ['abc', 'utf8', 479470107, 3],
  ['21', 'utf8', -973932308, 0],
  ['foobar', 'utf8', -790332482, 6],
  ['order-1', 'utf8', 1221710326, 10],
  ['clé-ü', 'utf8', -939997870, 10],
  ['ff00800102', 'hex', -770465701, 7],
  ['a-little-bit-long-string', 'utf8', -985981536, 8],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', 'utf8', -58897971, 5],
];

describe('murmur2', () => {
  it.each(vectors)('hashes %j (%s) as the Java client does', (key, encoding, hash, mod12) => {
    const bytes = Buffer.from(key, encoding);
    expect(murmur2(bytes)).toBe(hash);
    expect((murmur2(bytes) & 0x7fffffff) % 12).toBe(mod12);
  });

  it('hashes only the bytes before the given end', () => {
    expect(murmur2(Buffer.from('abcXYZ'), 3)).toBe(479470107);
  });
});
