import { buildBatch, endTxnMarker, setBatchMaxTimestamp } from '@millrace/protocol';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConsumerRecord } from '../consumer-record.ts';
import { AssignedPartition } from '../subscription/assigned-partition.ts';
import { AbortedTransactions, type AbortedTransaction } from './aborted-transactions.ts';
import { FetchedRecords } from './fetched-records.ts';

const START = { offset: 0, leaderEpoch: -1 };

function batch(baseOffset: number, count: number, more: Parameters<typeof buildBatch>[1] = {}): Buffer {
  const records = Array.from({ length: count }, (_, index) => ({
    timestampMs: 1000,
    value: `${baseOffset + index}`,
  }));
  return buildBatch(records, { baseOffset, partitionLeaderEpoch: 3, ...more });
}

function fetched(
  batches: readonly Buffer[],
  { from = 0, aborted }: { readonly from?: number; readonly aborted?: readonly AbortedTransaction[] } = {},
): FetchedRecords {
  const partition = new AssignedPartition('t', 0);
  return new FetchedRecords(partition, { ...START, offset: from }, Buffer.concat(batches), {
    checksCrcs: true,
    aborted: aborted === undefined ? undefined : new AbortedTransactions(aborted),
  });
}

async function drain(records: FetchedRecords, pieces = Infinity): Promise<ConsumerRecord[]> {
  const all: ConsumerRecord[] = [];
  while (await records.prepare()) records.take(all, pieces);
  return all;
}

describe('fetched records', () => {
  it('begin at the offset asked for, though their batch begins before it', async () => {
    const records = fetched([batch(0, 5), batch(5, 5)], { from: 3 });
    expect((await drain(records)).map(({ offset }) => offset)).toEqual([3, 4, 5, 6, 7, 8, 9]);
    expect(records.position).toEqual({ offset: 10, leaderEpoch: 3 });
  });

  it('may be taken in pieces of any size', async () => {
    const records = fetched([batch(0, 5), batch(5, 2), batch(7, 6)]);
    const taken: ConsumerRecord[] = [];
    const positions: number[] = [];
    while (records.prepare() === true) {
      records.take(taken, 4);
      positions.push(records.position.offset);
    }
    expect(taken.map(({ offset }) => offset)).toEqual(Array.from({ length: 13 }, (_, offset) => offset));
    expect(positions).toEqual([4, 5, 7, 11, 13]);
  });

  it('move the position over gaps, control batches and emptied batches', async () => {
    const marker = { producerId: 1, producerEpoch: 0, coordinatorEpoch: 0, timestampMs: 1 };
    const compacted = buildBatch([{ offset: 2, timestampMs: 1, value: '2' }], {
      baseOffset: 0,
      lastOffset: 4,
    });
    const emptied = buildBatch([], { baseOffset: 5, lastOffset: 7 });
    const records = fetched([compacted, emptied, endTxnMarker({ ...marker, type: 'COMMIT', baseOffset: 8 })]);
    expect((await drain(records)).map(({ offset }) => offset)).toEqual([2]);
    expect(records.position.offset).toBe(9);
  });

  it('ignore the half of a batch at their end', async () => {
    const records = fetched([batch(0, 2), batch(2, 2).subarray(0, 70)]);
    expect(await drain(records)).toHaveLength(2);
    expect(records.position.offset).toBe(2);
  });

  it('carry the time of the broker on topics with LogAppendTime', async () => {
    const appended = batch(0, 2);
    setBatchMaxTimestamp(appended, 0, 9000, true);
    expect((await drain(fetched([appended]))).map(({ timestampMs }) => timestampMs)).toEqual([9000, 9000]);
  });

  it('stop at damage with the position before it', async () => {
    const bad = batch(2, 2);
    bad[bad.length - 1]! ^= 1;
    const records = fetched([batch(0, 2), bad]);
    const taken: ConsumerRecord[] = [];
    expect(records.prepare()).toBe(true);
    records.take(taken, 10);
    expect(() => records.prepare()).toThrow('Records of t-0 from offset 2 on are damaged');
    expect(records.position.offset).toBe(2);
  });

  it('of aborted transactions are left out, as a reference of twenty lines says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { batches, aborted, committed } = play(steps);
        const records = await drain(fetched(batches, { aborted }), 3);
        expect(records.map(({ offset }) => offset)).toEqual(committed);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});

/** What producers do: 1 to 3 write in transactions, 0 without. */
const step = fc.record({
  producerId: fc.integer({ min: 0, max: 3 }),
  action: fc.constantFrom('write', 'write', 'COMMIT', 'ABORT'),
  count: fc.integer({ min: 1, max: 3 }),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The log the steps make, its aborted transactions as a broker lists them, and what a reader may see. */
function play(steps: readonly Step[]) {
  const batches: Buffer[] = [];
  const aborted: AbortedTransaction[] = [];
  const open = new Map<number, number[]>();
  const visible: number[] = [];
  let offset = 0;
  for (const { producerId, action, count } of steps) {
    const isTransactional = producerId > 0;
    if (action === 'write') {
      const sequence = isTransactional ? { producerId, producerEpoch: 0, baseSequence: 0 } : {};
      batches.push(batch(offset, count, { isTransactional, ...sequence }));
      const offsets = Array.from({ length: count }, (_, index) => offset + index);
      if (isTransactional) open.set(producerId, [...(open.get(producerId) ?? []), ...offsets]);
      else visible.push(...offsets);
      offset += count;
    } else if (isTransactional && open.has(producerId)) {
      const written = open.get(producerId)!;
      open.delete(producerId);
      if (action === 'ABORT') aborted.push({ producerId, firstOffset: written[0]! });
      else visible.push(...written);
      const marker = { producerId, producerEpoch: 0, coordinatorEpoch: 0, timestampMs: 1 };
      batches.push(endTxnMarker({ ...marker, type: action, baseOffset: offset++ }));
    }
  }
  // A broker sends nothing beyond the last stable offset; here what is open counts as committed.
  visible.push(...[...open.values()].flat());
  return { batches, aborted: aborted.toReversed(), committed: visible.toSorted((a, b) => a - b) };
}
