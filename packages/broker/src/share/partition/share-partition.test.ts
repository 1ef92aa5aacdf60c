import { describe, expect, it } from 'vitest';
import { acknowledge, releaseAll } from './acknowledge.ts';
import { AcknowledgeType, checkAcknowledgements } from './acknowledgement.ts';
import { acquire, type AcquireRequest } from './acquire.ts';
import { SharePartition, type ShareLimits } from './share-partition.ts';

const limits: ShareLimits = {
  maxDeliveryCount: 5,
  maxInFlightRecords: 2000,
  lockDurationMs: 1000,
  mayRenew: true,
};
const { gap, accept, release, reject, renew } = AcknowledgeType;

function partitionAt(startOffset = 0): SharePartition {
  return new SharePartition({ stateEpoch: 1, startOffset, batches: [] });
}

function batches(...ranges: readonly (readonly [number, number])[]) {
  return ranges.map(([firstOffset, lastOffset]) => ({ firstOffset, lastOffset }));
}

function take(
  partition: SharePartition,
  request: Partial<AcquireRequest> & Pick<AcquireRequest, 'recordBatches'>,
) {
  return acquire(partition, {
    memberId: 'm',
    nowMs: 0,
    limits,
    fetchOffset: partition.nextFetchOffset(),
    maxRecords: 500,
    batchSize: 500,
    isRecordLimit: false,
    aborted: [],
    ...request,
  });
}

function say(
  partition: SharePartition,
  [firstOffset, lastOffset]: readonly [number, number],
  types: readonly number[],
  { memberId = 'm', nowMs = 0, isDurable = true } = {},
) {
  const by = { memberId, nowMs, limits };
  const change = acknowledge(partition, by, [{ firstOffset, lastOffset, acknowledgeTypes: types }]);
  const write = partition.writeOfChange(change);
  partition.complete(change, isDurable);
  return write;
}

describe('handing out', () => {
  it('hands out whole record batches, so that a little more than was asked for may come', () => {
    const partition = partitionAt();
    expect(take(partition, { recordBatches: batches([0, 4], [5, 9], [10, 14]), maxRecords: 7 })).toEqual([
      { firstOffset: 0, lastOffset: 9, deliveryCount: 1 },
    ]);
    expect(partition.nextFetchOffset()).toBe(10);
  });

  it('hands out not one more in record-limit mode, and the rest of the record batch to the next', () => {
    const partition = partitionAt();
    const recordBatches = batches([0, 9]);
    const strictly = { recordBatches, maxRecords: 3, isRecordLimit: true };
    expect(take(partition, strictly)).toEqual([{ firstOffset: 0, lastOffset: 2, deliveryCount: 1 }]);
    expect(partition.nextFetchOffset()).toBe(3);
    expect(take(partition, { ...strictly, memberId: 'n' })).toEqual([
      { firstOffset: 3, lastOffset: 5, deliveryCount: 1 },
    ]);
  });

  it('divides what it hands out into batches of the wanted size, at the borders of record batches', () => {
    const recordBatches = batches([0, 3], [4, 7], [8, 11], [12, 13]);
    expect(take(partitionAt(), { recordBatches, batchSize: 8 })).toEqual([
      { firstOffset: 0, lastOffset: 7, deliveryCount: 1 },
      { firstOffset: 8, lastOffset: 13, deliveryCount: 1 },
    ]);
  });

  it('leaves out what is before its start, also within a record batch', () => {
    expect(take(partitionAt(3), { recordBatches: batches([0, 9]) })).toEqual([
      { firstOffset: 3, lastOffset: 9, deliveryCount: 1 },
    ]);
  });

  it('has no more under way than it may have, but hands out again what came back', () => {
    const few = { ...limits, maxInFlightRecords: 5 };
    const partition = partitionAt();
    take(partition, { recordBatches: batches([0, 2], [3, 5]), limits: few });
    expect(partition.inFlightCount).toBe(6);
    expect(partition.canAcquire(5)).toBe(false);
    say(partition, [1, 1], [release]);
    expect(partition.canAcquire(5)).toBe(true);
    expect(take(partition, { recordBatches: batches([0, 2], [3, 5], [6, 8]), limits: few })).toEqual([
      { firstOffset: 1, lastOffset: 1, deliveryCount: 2 },
    ]);
  });

  it('does with what compaction has taken away', () => {
    const partition = partitionAt();
    take(partition, { recordBatches: batches([0, 4]) });
    take(partition, { recordBatches: batches([5, 9]) });
    say(partition, [0, 4], [release]);
    // The first record batch is not in the log any more.
    expect(take(partition, { recordBatches: batches([5, 9], [10, 12]), fetchOffset: 0 })).toEqual([
      { firstOffset: 10, lastOffset: 12, deliveryCount: 1 },
    ]);
    expect(partition.startOffset).toBe(5);
  });

  it('keeps records of aborted transactions to itself, and is done with them', () => {
    const partition = partitionAt();
    const recordBatches = batches([0, 4], [5, 9], [10, 14]);
    expect(take(partition, { recordBatches, aborted: batches([5, 9]) })).toEqual([
      { firstOffset: 0, lastOffset: 4, deliveryCount: 1 },
      { firstOffset: 10, lastOffset: 14, deliveryCount: 1 },
    ]);
    say(partition, [0, 4], [accept]);
    expect(partition.startOffset).toBe(10);
  });

  it('delivers records that consumers stumble over in ever smaller portions, the last time alone', () => {
    const partition = partitionAt();
    const recordBatches = batches([0, 7]);
    const portions: number[][] = [];
    for (let nowMs = 0; partition.startOffset === 0 && portions.length < 30; nowMs += 1000) {
      partition.expire(nowMs, limits);
      partition.advanceStart();
      const acquired = take(partition, { recordBatches, nowMs });
      portions.push(acquired.flatMap(({ firstOffset, lastOffset }) => [firstOffset, lastOffset]));
      // Whoever gets the first record crashes; others are fine.
      for (const { firstOffset, lastOffset } of acquired)
        if (firstOffset > 0) say(partition, [firstOffset, lastOffset], [accept], { nowMs });
    }
    expect(portions.slice(0, 5)).toEqual([
      [0, 7],
      [0, 7],
      [0, 7],
      [0, 3],
      [0, 0],
    ]);
  });
});

describe('acknowledging', () => {
  it('moves the start past what is accepted, rejected, or not there', () => {
    const partition = partitionAt();
    take(partition, { recordBatches: batches([0, 5]) });
    expect(say(partition, [0, 3], [accept, reject, gap, accept])).toEqual({
      startOffset: 0,
      deliveryCompleteCount: 4,
      batches: [
        { firstOffset: 0, lastOffset: 0, deliveryState: 2, deliveryCount: 1 },
        { firstOffset: 1, lastOffset: 1, deliveryState: 4, deliveryCount: 1 },
        { firstOffset: 2, lastOffset: 2, deliveryState: 4, deliveryCount: 1 },
        { firstOffset: 3, lastOffset: 3, deliveryState: 2, deliveryCount: 1 },
      ],
    });
    expect(partition.startOffset).toBe(4);
  });

  it('is the holder’s alone', () => {
    const partition = partitionAt();
    take(partition, { recordBatches: batches([0, 5]) });
    expect(() => say(partition, [0, 5], [accept], { memberId: 'n' })).toThrow(
      'Member is not the owner of batch record',
    );
    say(partition, [0, 0], [accept]);
    expect(() => say(partition, [1, 1], [accept], { memberId: 'n' })).toThrow(
      'Member is not the owner of offset',
    );
    expect(() => say(partition, [3, 9], [accept])).toThrow(
      'The last offset in request is past acquired records',
    );
    expect(() => say(partition, [7, 9], [accept])).toThrow(
      'The first offset in request is past acquired records',
    );
    expect(() => say(partitionAt(), [0, 1], [accept])).toThrow(
      'The request batch offsets are not found in the cache',
    );
  });

  it('happens as a whole or not at all', () => {
    const partition = partitionAt();
    take(partition, { recordBatches: batches([0, 5]) });
    const both = [
      { firstOffset: 0, lastOffset: 1, acknowledgeTypes: [accept] },
      { firstOffset: 4, lastOffset: 8, acknowledgeTypes: [accept] },
    ];
    expect(() => acknowledge(partition, { memberId: 'm', nowMs: 0, limits }, both)).toThrow(
      'Batch record not found',
    );
    expect(partition.deliveryCompleteCount).toBe(0);
    say(partition, [0, 5], [accept]);
    expect(partition.startOffset).toBe(6);
  });

  it('that is lost leaves the record with its holder', () => {
    const partition = partitionAt();
    take(partition, { recordBatches: batches([0, 5]) });
    say(partition, [0, 5], [accept], { isDurable: false });
    expect([partition.startOffset, partition.nextFetchOffset()]).toEqual([0, 6]);
    say(partition, [0, 5], [accept]);
    expect(partition.startOffset).toBe(6);
  });

  it('keeps others out while it is not durable', () => {
    const partition = partitionAt();
    take(partition, { recordBatches: batches([0, 5]) });
    const by = { memberId: 'm', nowMs: 0, limits };
    const all = [{ firstOffset: 0, lastOffset: 5, acknowledgeTypes: [release] }];
    const change = acknowledge(partition, by, all);
    expect(partition.nextFetchOffset()).toBe(6);
    expect(() => acknowledge(partition, by, all)).toThrow('not in the acquired state');
    partition.complete(change, true);
    expect(partition.nextFetchOffset()).toBe(0);
  });

  it('gives up a record that is released as often as it may be delivered', () => {
    const partition = partitionAt();
    const twice = { ...limits, maxDeliveryCount: 2 };
    const recordBatches = batches([0, 0]);
    for (const expected of [0, 4]) {
      take(partition, { recordBatches, limits: twice });
      const change = acknowledge(partition, { memberId: 'm', nowMs: 0, limits: twice }, [
        { firstOffset: 0, lastOffset: 0, acknowledgeTypes: [release] },
      ]);
      expect(partition.writeOfChange(change).batches).toMatchObject([{ deliveryState: expected }]);
      partition.complete(change, true);
    }
    expect(partition.startOffset).toBe(1);
  });

  it('refuses what makes no sense', () => {
    const refused = (
      firstOffset: number,
      lastOffset: number,
      acknowledgeTypes: readonly number[],
      allowed = { renew: false },
    ) =>
      expect(() => checkAcknowledgements([{ firstOffset, lastOffset, acknowledgeTypes }], allowed)).toThrow();
    refused(0, 2, []);
    refused(0, 2, [accept, accept]);
    refused(2, 0, [accept]);
    refused(0, 0, [7]);
    refused(0, 0, [renew]);
    checkAcknowledgements([{ firstOffset: 0, lastOffset: 0, acknowledgeTypes: [renew] }], { renew: true });
  });
});

describe('time and leaving', () => {
  it('takes records back that are held for too long, and counts the delivery', () => {
    const partition = partitionAt();
    take(partition, { recordBatches: batches([0, 5]) });
    expect(partition.nextDeadlineMs).toBe(1000);
    expect(partition.expire(999, limits)).toBeUndefined();
    expect(partition.expire(1000, limits)?.batches).toEqual([
      { firstOffset: 0, lastOffset: 5, deliveryState: 0, deliveryCount: 1 },
    ]);
    expect(() => say(partition, [0, 5], [accept])).toThrow();
    expect(take(partition, { recordBatches: batches([0, 5]) })).toMatchObject([{ deliveryCount: 2 }]);
  });

  it('lets a holder have them for longer who renews', () => {
    const partition = partitionAt();
    take(partition, { recordBatches: batches([0, 5]) });
    say(partition, [0, 2], [renew], { nowMs: 900 });
    expect(partition.expire(1500, limits)?.batches).toMatchObject([{ firstOffset: 3, lastOffset: 5 }]);
    say(partition, [0, 2], [accept], { nowMs: 1800 });
    expect(partition.startOffset).toBe(3);
  });

  it('takes back what a member holds that goes, and counts the delivery', () => {
    const partition = partitionAt();
    take(partition, { recordBatches: batches([0, 5]) });
    take(partition, { recordBatches: batches([6, 8]), memberId: 'n' });
    const change = releaseAll(partition, 'm', limits);
    expect(partition.writeOfChange(change).batches).toEqual([
      { firstOffset: 0, lastOffset: 5, deliveryState: 0, deliveryCount: 1 },
    ]);
    partition.complete(change, true);
    expect(take(partition, { recordBatches: batches([0, 5], [6, 8]) })).toEqual([
      { firstOffset: 0, lastOffset: 5, deliveryCount: 2 },
    ]);
  });

  it('gives up a record of which as many members have died as it may be delivered times', () => {
    const partition = partitionAt();
    for (let delivery = 1; delivery <= limits.maxDeliveryCount; delivery++) {
      expect(take(partition, { recordBatches: batches([0, 0]) })).toMatchObject([
        { deliveryCount: delivery },
      ]);
      partition.complete(releaseAll(partition, 'm', limits), true);
    }
    expect(partition.startOffset).toBe(1);
  });

  it('forgets what retention has deleted, whoever has it', () => {
    const partition = partitionAt();
    take(partition, { recordBatches: batches([0, 5]) });
    partition.advanceLogStart(4);
    expect(partition.startOffset).toBe(4);
    say(partition, [0, 5], [accept]);
    expect(partition.startOffset).toBe(6);
    partition.advanceLogStart(20);
    expect([partition.startOffset, partition.nextFetchOffset()]).toEqual([20, 20]);
  });

  it('delivers again what a broker before this one had handed out', () => {
    const state = {
      stateEpoch: 1,
      startOffset: 10,
      batches: [
        { firstOffset: 12, lastOffset: 13, deliveryState: 2, deliveryCount: 1 },
        { firstOffset: 14, lastOffset: 14, deliveryState: 0, deliveryCount: 3 },
      ],
    };
    const partition = new SharePartition(state);
    expect(partition.nextFetchOffset()).toBe(10);
    expect(take(partition, { recordBatches: batches([8, 13], [14, 20]) })).toEqual([
      { firstOffset: 10, lastOffset: 11, deliveryCount: 1 },
    ]);
    expect(take(partition, { recordBatches: batches([14, 20]) })).toEqual([
      { firstOffset: 14, lastOffset: 14, deliveryCount: 4 },
    ]);
    expect(take(partition, { recordBatches: batches([14, 20]) })).toEqual([
      { firstOffset: 15, lastOffset: 20, deliveryCount: 1 },
    ]);
  });
});
