import { buildBatch, RecordBatch } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { disagreements } from './log-agreement.ts';
import type { StoredLog } from './stored-log.ts';

type Entry = readonly [offset: number, epoch: number, value: string];

function log(...entries: readonly Entry[]): StoredLog {
  const batches = entries.map(([baseOffset, partitionLeaderEpoch, value]) => {
    const records = [{ timestampMs: 0, value: Buffer.from(value) }];
    return new RecordBatch(buildBatch(records, { baseOffset, partitionLeaderEpoch }));
  });
  return { name: 'orders-0', topicId: 'id', batches };
}

function problems(left: StoredLog, right: StoredLog): string[] {
  return disagreements(
    new Map([
      ['node-1', left],
      ['node-2', right],
    ]),
  );
}

test('a follower that is behind, and tails of different leaders, agree', () => {
  expect(problems(log([0, 0, 'a'], [1, 0, 'b']), log([0, 0, 'a']))).toEqual([]);
  expect(problems(log([0, 0, 'a'], [1, 0, 'lost']), log([0, 0, 'a'], [1, 1, 'b']))).toEqual([]);
  expect(problems(log([1, 0, 'b']), log([0, 0, 'a'], [1, 0, 'b']))).toEqual([]);
  expect(problems(log(), log([0, 0, 'a']))).toEqual([]);
});

test('another record at the same offset and epoch is found', () => {
  expect(problems(log([0, 0, 'a'], [1, 0, 'b']), log([0, 0, 'a'], [1, 0, 'c']))[0]).toMatch(
    /^orders-0 differs on node-1 and node-2: @1\.\.1 of epoch 0 /,
  );
});

test('another record below one that is shared is found', () => {
  const skippedTruncation = log([0, 0, 'a'], [1, 0, 'lost'], [2, 1, 'c']);
  expect(problems(log([0, 0, 'a'], [1, 1, 'b'], [2, 1, 'c']), skippedTruncation)[0]).toMatch(/: @1\.\.1 of/);
});

test('a hole below what is shared is found', () => {
  expect(problems(log([0, 0, 'a'], [1, 0, 'b'], [2, 0, 'c']), log([0, 0, 'a'], [2, 0, 'c']))[0]).toMatch(
    /against nothing$/,
  );
});

test('a log whose epochs fall, or whose offsets go back, is found', () => {
  expect(problems(log([0, 1, 'a'], [1, 0, 'b']), log())[0]).toMatch(/^orders-0 on node-1 is out of order/);
  expect(problems(log([1, 0, 'a'], [0, 0, 'b']), log())[0]).toMatch(/^orders-0 on node-1 is out of order/);
});
