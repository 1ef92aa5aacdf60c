import { array, assert, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeStateBatches, type StateBatch } from './state-batch.ts';

const batch = (firstOffset: number, lastOffset: number, deliveryState: number, deliveryCount: number) => ({
  firstOffset,
  lastOffset,
  deliveryState,
  deliveryCount,
});

describe('merging of state batches', () => {
  it('puts a change over a part of a batch', () => {
    expect(mergeStateBatches([batch(5, 12, 0, 1)], [batch(7, 8, 2, 1)], 0)).toEqual([
      batch(5, 6, 0, 1),
      batch(7, 8, 2, 1),
      batch(9, 12, 0, 1),
    ]);
  });

  it('makes one of neighbours that are alike', () => {
    expect(mergeStateBatches([batch(0, 4, 2, 1)], [batch(5, 9, 2, 1), batch(10, 10, 2, 1)], 0)).toEqual([
      batch(0, 10, 2, 1),
    ]);
  });

  it('keeps what was delivered more often, as Apache Kafka does', () => {
    expect(mergeStateBatches([batch(5, 9, 2, 1)], [batch(5, 5, 0, 0), batch(6, 6, 0, 4)], 0)).toEqual([
      batch(5, 5, 2, 1),
      batch(6, 6, 0, 4),
      batch(7, 9, 2, 1),
    ]);
  });

  it('drops what is before the start', () => {
    expect(mergeStateBatches([batch(0, 4, 2, 1)], [batch(5, 9, 0, 1)], 7)).toEqual([batch(7, 9, 0, 1)]);
  });

  const batches = array(
    record({
      firstOffset: integer({ min: 0, max: 40 }),
      size: integer({ min: 1, max: 9 }),
      deliveryState: integer({ min: 0, max: 4 }),
      deliveryCount: integer({ min: 0, max: 3 }),
    }).map(({ firstOffset, size, ...rest }): StateBatch => ({
      firstOffset,
      lastOffset: firstOffset + size - 1,
      ...rest,
    })),
    { maxLength: 8 },
  );

  it('is what a merge record by record gives, in order and without overlap', () => {
    assert(
      property(batches, batches, integer({ min: 0, max: 20 }), (first, second, startOffset) => {
        const known = mergeStateBatches([], first, 0);
        const merged = mergeStateBatches(known, second, startOffset);
        expect(recordByRecord(merged)).toEqual(naiveMerge([...first, ...second], startOffset));
        for (const [at, { firstOffset, lastOffset }] of merged.entries()) {
          expect(firstOffset).toBeLessThanOrEqual(lastOffset);
          if (at > 0) expect(firstOffset).toBeGreaterThan(merged[at - 1]!.lastOffset);
        }
      }),
    );
  });
});

function recordByRecord(merged: readonly StateBatch[]): Map<number, string> {
  const records = new Map<number, string>();
  for (const { firstOffset, lastOffset, deliveryState, deliveryCount } of merged)
    for (let offset = firstOffset; offset <= lastOffset; offset++)
      records.set(offset, `${deliveryCount}/${deliveryState}`);
  return records;
}

function naiveMerge(all: readonly StateBatch[], startOffset: number): Map<number, string> {
  const records = new Map<number, string>();
  for (const { firstOffset, lastOffset, deliveryState, deliveryCount } of all) {
    for (let offset = Math.max(firstOffset, startOffset); offset <= lastOffset; offset++) {
      const text = `${deliveryCount}/${deliveryState}`;
      if ((records.get(offset) ?? '') <= text) records.set(offset, text);
    }
  }
  return records;
}
