import { buildBatch, endTxnMarker } from '@millrace/protocol';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GAP, RELEASE } from '../acknowledge/acknowledge-type.ts';
import { readAcquired, type AcquiredRange } from './acquisition.ts';

const PARTITION = { topic: 't', topicId: 'T', partition: 0 };
const OPTIONS = { checksCrcs: true, mayUseThreads: true };

function batch(baseOffset: number, count: number, more: Parameters<typeof buildBatch>[1] = {}): Buffer {
  const records = Array.from({ length: count }, (_, index) => ({
    timestampMs: 1000,
    value: `${baseOffset + index}`,
  }));
  return buildBatch(records, { baseOffset, partitionLeaderEpoch: 3, ...more });
}

function range(firstOffset: number, lastOffset: number, deliveryCount = 1): AcquiredRange {
  return { firstOffset, lastOffset, deliveryCount };
}

async function read(batches: readonly Buffer[], ranges: readonly AcquiredRange[], options = OPTIONS) {
  const { records, asides, failure } = await readAcquired(PARTITION, Buffer.concat(batches), ranges, options);
  return {
    records: records.map(({ offset, deliveryCount }) => `${offset}*${deliveryCount}`).join(' '),
    asides: Object.fromEntries(asides),
    failure,
  };
}

describe('what was acquired', () => {
  it('is less than what the batches hold', async () => {
    const found = await read([batch(0, 5), batch(5, 5)], [range(1, 2), range(4, 6, 3), range(9, 9)]);
    expect(found).toEqual({ records: '1*1 2*1 4*3 5*3 6*3 9*1', asides: {}, failure: undefined });
  });

  it('may be no records: markers, and what compaction has removed', async () => {
    const marker = { producerId: 1, producerEpoch: 0, coordinatorEpoch: 0, timestampMs: 1 };
    const compacted = buildBatch([{ offset: 2, timestampMs: 1, value: '2' }], {
      baseOffset: 0,
      lastOffset: 4,
    });
    const emptied = buildBatch([], { baseOffset: 5, lastOffset: 6 });
    const commit = endTxnMarker({ ...marker, type: 'COMMIT', baseOffset: 7 });
    const found = await read([compacted, emptied, commit, batch(8, 1)], [range(1, 8)]);
    expect(found.records).toBe('2*1 8*1');
    expect(found.asides).toEqual({ 1: GAP, 3: GAP, 4: GAP, 5: GAP, 6: GAP, 7: GAP });
  });

  it('is given back where a batch is damaged, and only there', async () => {
    const damaged = batch(3, 3);
    damaged[damaged.length - 1]! ^= 1;
    const found = await read([batch(0, 3), damaged, batch(6, 2)], [range(0, 7)]);
    expect(found.records).toBe('0*1 1*1 2*1 6*1 7*1');
    expect(found.asides).toEqual({ 3: RELEASE, 4: RELEASE, 5: RELEASE });
    expect(found.failure).toMatchObject({ code: 'ERR_CLIENT_CORRUPT_RECORDS', offset: 3 });
  });

  it('is given back from there on where lengths are nonsense', async () => {
    const torn = batch(3, 3);
    torn.writeInt32BE(-5, 8);
    const found = await read([batch(0, 3), torn], [range(1, 5)]);
    expect(found.records).toBe('1*1 2*1');
    expect(found.asides).toEqual({ 3: RELEASE, 4: RELEASE, 5: RELEASE });
    expect(found.failure).toBeDefined();
  });

  it.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)(
    'is read from %s batches of any size',
    async (codec) => {
      const large = buildBatch(
        Array.from({ length: 3000 }, (_, index) => ({
          timestampMs: 1,
          value: `${index} ${Math.sin(index)}`,
        })),
        { compression: codec },
      );
      const { records } = await readAcquired(PARTITION, large, [range(10, 2989)], OPTIONS);
      expect(records).toHaveLength(2980);
      expect(records[0]?.value?.toString()).toBe(`10 ${Math.sin(10)}`);
    },
  );

  it('is sorted without loss, whatever the ranges and batches are', async () => {
    const sizes = fc.array(fc.record({ count: fc.nat(4), hole: fc.nat(3) }), { minLength: 1, maxLength: 8 });
    const cuts = fc.array(fc.record({ skip: fc.nat(3), take: fc.integer({ min: 1, max: 6 }) }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(sizes, cuts, async (batches, steps) => {
        const existing = new Set<number>();
        let end = 0;
        const bytes = batches.map(({ count, hole }) => {
          const built = batch(end, count, { lastOffset: end + count + hole });
          for (let index = 0; index < count; index++) existing.add(end + index);
          end += count + hole + 1;
          return built;
        });
        const ranges: AcquiredRange[] = [];
        let at = 0;
        for (const { skip, take } of steps) {
          const [firstOffset, lastOffset] = [at + skip, Math.min(at + skip + take - 1, end - 1)];
          at = lastOffset + 1;
          if (firstOffset <= lastOffset) ranges.push(range(firstOffset, lastOffset));
        }
        const acquired = ranges.flatMap(({ firstOffset, lastOffset }) =>
          Array.from({ length: lastOffset - firstOffset + 1 }, (_, index) => firstOffset + index),
        );
        const { records, asides } = await readAcquired(PARTITION, Buffer.concat(bytes), ranges, OPTIONS);
        expect(records.map(({ offset }) => offset)).toEqual(
          acquired.filter((offset) => existing.has(offset)),
        );
        expect([...asides.keys()]).toEqual(acquired.filter((offset) => !existing.has(offset)));
      }),
    );
  });
});
