import { buildBatch, recordBatches } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { appendValues, openTestLog } from '../testing/test-log.ts';
import { TailCache } from './tail-cache.ts';

/** The smallest with slabs: of 64 KiB each. */
const CACHE_BYTES = 2 << 20;

function batch(baseOffset: number, valueBytes: number): Buffer {
  return buildBatch([{ timestampMs: 0, value: Buffer.alloc(valueBytes, baseOffset) }], { baseOffset });
}

describe('slabs of the tail cache', () => {
  test('are used over and over, and hold the newest batches of all partitions', () => {
    const cache = new TailCache(CACHE_BYTES);
    const tails = [cache.partition(), cache.partition()];
    const memory = new Set<ArrayBufferLike>();
    for (let offset = 0; offset < 3000; offset++) {
      for (const tail of tails) tail.append([batch(offset, 1000 + (offset % 7))]);
      expect(cache.sizeBytes).toBeLessThanOrEqual(CACHE_BYTES);
      const [last] = tails[offset % 2]!.read(offset, offset + 1, 1, true);
      expect(recordBatches(last!)).toHaveLength(1);
      memory.add(last!.buffer);
    }
    expect(memory.size).toBeLessThanOrEqual(34);
    for (const tail of tails) {
      expect(tail.covers(2999 - 700)).toBe(true);
      const kept = recordBatches(Buffer.concat(tail.read(2999 - 700, 3000, CACHE_BYTES, true)));
      expect(kept.map((each) => each.baseOffset)).toEqual(
        Array.from({ length: 701 }, (_, index) => 2999 - 700 + index),
      );
    }
    for (const tail of tails) tail.clear();
    expect(cache.sizeBytes).toBeLessThanOrEqual(64 * 1024);
  });

  test('count as a whole while one batch lies in them', () => {
    const cache = new TailCache(CACHE_BYTES);
    const [large, small] = [cache.partition(), cache.partition()];
    for (let offset = 0; offset < 1000; offset++) {
      large.append([batch(offset, 15_000)]);
      small.append([batch(offset, 100)]);
      large.clear();
      expect(cache.sizeBytes).toBeLessThanOrEqual(CACHE_BYTES);
    }
    // Four of the large ones fill a slab, so no more than about 128 of the small ones are left.
    expect(small.covers(1000 - 140)).toBe(false);
    expect(small.covers(1000 - 100)).toBe(true);
  });

  test('take no batch that would waste their room', () => {
    const cache = new TailCache(CACHE_BYTES);
    const tail = cache.partition();
    tail.append([batch(0, 40_000)]);
    expect(cache.sizeBytes).toBeLessThan(45_000);
    expect(recordBatches(Buffer.concat(tail.read(0, 1, 1, true)))[0]!.sizeBytes).toBeGreaterThan(40_000);
  });

  test('are nobody else’s: what was read stays as it is while they are filled anew', async () => {
    const { manager, log } = await openTestLog({}, undefined, { tailCacheBytes: CACHE_BYTES });
    await appendValues(log, ['kept']);
    const read = await log.read({ offset: 0, maxBytes: 1000, minOneMessage: true, upTo: 'logEndOffset' });
    const before = Buffer.concat(read.records);
    for (let index = 0; index < 400; index++) await appendValues(log, ['x'.repeat(10_000)]);
    expect(Buffer.concat(read.records)).toEqual(before);
    expect(recordBatches(read.records[0]!)[0]!.baseOffset).toBe(0);
    await manager.close();
  });
});
