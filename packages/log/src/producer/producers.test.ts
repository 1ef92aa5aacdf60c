import { describe, expect, test } from 'vitest';
import { MAX_SEQUENCE } from '../limits.ts';
import { checkProducerBatch, checkTransactionMarker } from './producer-check.ts';
import { firstSequence, ProducerEntry } from './producer-entry.ts';
import { decodeProducerSnapshot, encodeProducerSnapshot } from './producer-snapshot.ts';
import { ProducerStates } from './producer-states.ts';

function entryWith(
  batches: readonly [baseSequence: number, lastSequence: number][],
  producerEpoch = 3,
): ProducerEntry {
  const entry = new ProducerEntry(7);
  let offset = 0;
  for (const [baseSequence, lastSequence] of batches) {
    const offsetDelta =
      lastSequence >= baseSequence
        ? lastSequence - baseSequence
        : lastSequence + MAX_SEQUENCE + 1 - baseSequence;
    offset += offsetDelta + 1;
    entry.addBatch(producerEpoch, { lastSequence, lastOffset: offset - 1, offsetDelta, timestampMs: 1 });
  }
  return entry;
}

function batch(baseSequence: number, lastSequence: number, producerEpoch = 3, isTransactional = false) {
  return { producerId: 7, producerEpoch, baseSequence, lastSequence, isTransactional };
}

function outcome(entry: ProducerEntry | undefined, header: ReturnType<typeof batch>): string {
  try {
    return checkProducerBatch(entry, header, 'orders-0') === undefined ? 'append' : 'duplicate';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('a batch of an idempotent producer', () => {
  const known = entryWith([
    [0, 4],
    [5, 9],
  ]);
  test.each([
    ['the next sequence', known, batch(10, 12), 'append'],
    ['the last batch again', known, batch(5, 9), 'duplicate'],
    ['an earlier batch again', known, batch(0, 4), 'duplicate'],
    ['a gap', known, batch(11, 12), 'OUT_OF_ORDER_SEQUENCE_NUMBER'],
    ['an overlap that is no repetition', known, batch(5, 8), 'OUT_OF_ORDER_SEQUENCE_NUMBER'],
    ['an older epoch', known, batch(10, 12, 2), 'INVALID_PRODUCER_EPOCH'],
    ['a new epoch from 0', known, batch(0, 3, 4), 'append'],
    ['a new epoch from elsewhere', known, batch(1, 3, 4), 'OUT_OF_ORDER_SEQUENCE_NUMBER'],
    ['an unknown producer, any sequence', undefined, batch(500, 501), 'append'],
    ['0 after the largest sequence', entryWith([[MAX_SEQUENCE, MAX_SEQUENCE]]), batch(0, 0), 'append'],
  ])('with %s', (_, entry, header, expected) => {
    expect(outcome(entry, header)).toBe(expected);
  });

  test('is remembered five times, a sixth repetition is a gap', () => {
    const entry = entryWith([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
      [5, 5],
    ]);
    expect(outcome(entry, batch(1, 1))).toBe('duplicate');
    expect(outcome(entry, batch(0, 0))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER');
  });

  test('that is not transactional is refused within a transaction', () => {
    const entry = entryWith([[0, 4]]);
    entry.currentTransactionFirstOffset = 0;
    expect(outcome(entry, batch(5, 5))).toBe('INVALID_TXN_STATE');
    expect(outcome(entry, batch(5, 5, 3, true))).toBe('append');
  });

  test('has a first sequence that wraps', () => {
    expect(firstSequence({ lastSequence: 1, lastOffset: 9, offsetDelta: 3, timestampMs: 0 })).toBe(
      MAX_SEQUENCE - 1,
    );
  });
});

test('a marker of an old coordinator or producer epoch is refused', () => {
  const entry = entryWith([[0, 4]]);
  entry.coordinatorEpoch = 5;
  const marker = { producerId: 7, producerEpoch: 3, coordinatorEpoch: 4 };
  expect(() => checkTransactionMarker(entry, marker, 'orders-0')).toThrowError('coordinator epoch 4');
  expect(() => checkTransactionMarker(entry, { ...marker, producerEpoch: 2 }, 'orders-0')).toThrowError(
    'epoch 2',
  );
  expect(() => checkTransactionMarker(entry, { ...marker, coordinatorEpoch: 5 }, 'orders-0')).not.toThrow();
});

test('where ends raise the epoch, a marker in the epoch of an open transaction is one of the past', () => {
  const check = (openSince: number, producerEpoch: number, transactionVersion: number) => () => {
    const entry = entryWith([[0, 4]], producerEpoch === 32_767 ? 32_767 : 3);
    entry.currentTransactionFirstOffset = openSince;
    const marker = { producerId: 7, producerEpoch, coordinatorEpoch: 1 };
    checkTransactionMarker(entry, marker, 'orders-0', transactionVersion);
  };
  expect(check(0, 3, 2)).toThrowError('epoch 3');
  expect(check(0, 4, 2)).not.toThrow();
  // It repeats the last marker, or there is no higher epoch.
  expect(check(-1, 3, 2)).not.toThrow();
  expect(check(0, 32_767, 2)).not.toThrow();
  expect(check(0, 3, 0)).not.toThrow();
});

describe('producer states', () => {
  const data = {
    producerEpoch: 0,
    lastSequence: 0,
    offsetDelta: 0,
    timestampMs: 1000,
    isTransactional: true,
  };
  const marker = { producerEpoch: 0, coordinatorEpoch: 0, timestampMs: 1000, isAbort: false };

  test('hold readers back until the marker is replicated', () => {
    const states = new ProducerStates();
    states.applyData({ ...data, producerId: 1, lastOffset: 5 });
    states.applyData({ ...data, producerId: 2, lastOffset: 8 });
    expect(states.firstUnstableOffset).toBe(5);
    expect(states.applyMarker({ ...marker, producerId: 1, offset: 10 })).toMatchObject({
      firstOffset: 5,
      lastOffset: 10,
    });
    expect(states.stableOffsetAfter(10)).toBe(8);
    expect(states.firstUnstableOffset).toBe(5);
    states.onHighWatermark(11);
    expect(states.firstUnstableOffset).toBe(8);
    states.applyMarker({ ...marker, producerId: 2, offset: 11 });
    states.onHighWatermark(12);
    expect(states.firstUnstableOffset).toBeUndefined();
  });

  test('take transactions from a snapshot in any order', () => {
    const states = new ProducerStates();
    for (const [producerId, firstOffset] of [
      [1, 30],
      [2, 10],
      [3, 20],
    ] as const) {
      const entry = new ProducerEntry(producerId);
      entry.currentTransactionFirstOffset = firstOffset;
      states.restore(entry);
    }
    expect(states.firstUnstableOffset).toBe(10);
    states.applyMarker({ ...marker, producerId: 2, offset: 40 });
    expect(states.firstOpenOffset).toBe(20);
    states.applyData({ ...data, producerId: 2, lastOffset: 50 });
    states.applyMarker({ ...marker, producerId: 3, offset: 51 });
    states.applyMarker({ ...marker, producerId: 1, offset: 52 });
    expect(states.firstOpenOffset).toBe(50);
  });

  test('ignore a marker without a transaction', () => {
    const states = new ProducerStates();
    expect(states.applyMarker({ ...marker, producerId: 1, offset: 0 })).toBeUndefined();
  });

  test('forget producers that were idle for too long, but none with an open transaction', () => {
    const states = new ProducerStates();
    states.applyData({ ...data, producerId: 1, lastOffset: 0 });
    states.applyData({ ...data, producerId: 2, lastOffset: 1, isTransactional: false });
    expect(states.removeExpired(1999, 1000)).toBe(0);
    expect(states.removeExpired(2000, 1000)).toBe(1);
    expect(states.get(1)).toBeDefined();
  });
});

describe('producer snapshot', () => {
  const vector =
    '000164b62a03000000010000000000000007000300000009000000000000006d000000090000018bcfe5680000000001ffffffffffffffff';

  test('has the bytes that Kafka writes', () => {
    const entry = new ProducerEntry(7);
    entry.addBatch(3, { lastSequence: 9, lastOffset: 109, offsetDelta: 9, timestampMs: 1700000000000 });
    entry.coordinatorEpoch = 1;
    expect(encodeProducerSnapshot([entry]).toString('hex')).toBe(vector);
    const read = Object.assign(new ProducerEntry(7), entry, { isFromSnapshot: true });
    expect(decodeProducerSnapshot(Buffer.from(vector, 'hex'), 'f')).toEqual([read]);
  });

  test.each([
    ['a flipped bit', vector.replace('6d', '6c'), 'the CRC is wrong'],
    ['another version', `0002${vector.slice(4)}`, 'version 2 is not 1'],
    ['a cut file', vector.slice(0, 12), 'cut short'],
  ])('refuses %s', (_, hex, problem) => {
    expect(() => decodeProducerSnapshot(Buffer.from(hex, 'hex'), '/data/9.snapshot')).toThrowError(problem);
  });
});
