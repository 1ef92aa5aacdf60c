import { buildBatch } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { BatchOrder, type BatchOrderOptions } from './batch-order.ts';

const LOOSE: BatchOrderOptions = { baseOffset: 10, endOffset: Infinity, isContiguous: false };

/** Shows batches of one record at these offsets; positions are their numbers. */
function visit(offsets: readonly number[], options: Partial<BatchOrderOptions> = {}) {
  const kept: number[] = [];
  const order = new BatchOrder({ ...LOOSE, ...options }, (header) => kept.push(header.readInt32BE(4)));
  for (const [position, baseOffset] of offsets.entries()) {
    const batch = buildBatch([{ timestampMs: 0, value: 'x' }], { baseOffset });
    if (!order.visit(batch, 0, position)) break;
  }
  order.finish();
  return { kept, position: order.damage?.position };
}

test('keeps ascending offsets, with gaps where compaction may have left them', () => {
  expect(visit([10, 11, 15, 16])).toEqual({ kept: [10, 11, 15, 16], position: undefined });
});

test('ends before an offset that goes back', () => {
  expect(visit([10, 11, 11, 12])).toEqual({ kept: [10, 11], position: 2 });
});

test('ends before an offset that was changed upwards, which only the batch behind it shows', () => {
  expect(visit([10, 11, 4000, 13])).toEqual({ kept: [10, 11], position: 2 });
  expect(visit([4000, 11])).toEqual({ kept: [], position: 0 });
});

test('does not blame a batch behind a gap for one that goes back further', () => {
  expect(visit([10, 15, 10])).toEqual({ kept: [10, 15], position: 2 });
});

test('ends before a batch that reaches into the next segment', () => {
  expect(visit([10, 11, 30], { endOffset: 30 })).toEqual({ kept: [10, 11], position: 2 });
});

test('ends at any gap where nothing was compacted', () => {
  expect(visit([10, 11, 13], { isContiguous: true })).toEqual({ kept: [10, 11], position: 2 });
});
