import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { PartitionSequencer, type ProducerIdentity, type SequencedBatch } from './partition-sequencer.ts';

class Batch implements SequencedBatch {
  readonly recordCount: number;
  baseSequence = -1;
  epoch = -1;
  producerId = -1;

  constructor(recordCount = 10) {
    this.recordCount = recordCount;
  }

  setSequence({ producerId, epoch }: ProducerIdentity, baseSequence: number): void {
    this.producerId = producerId;
    this.epoch = epoch;
    this.baseSequence = baseSequence;
  }
}

const identity: ProducerIdentity = { producerId: 7, epoch: 0 };
const { OUT_OF_ORDER_SEQUENCE_NUMBER, UNKNOWN_PRODUCER_ID } = ErrorCode;

function sendAll(
  sequencer: PartitionSequencer<Batch>,
  batches: readonly Batch[],
  current = identity,
): boolean[] {
  return batches.map((batch) => sequencer.trySend(batch, current));
}

/** A sequencer whose broker has acknowledged a first batch of ten records. */
function established(): PartitionSequencer<Batch> {
  const sequencer = new PartitionSequencer<Batch>();
  const first = new Batch();
  sequencer.trySend(first, identity);
  sequencer.answered();
  sequencer.acknowledged(first);
  return sequencer;
}

describe('PartitionSequencer', () => {
  it('numbers records from 0, and lets the first batch go alone', () => {
    const sequencer = new PartitionSequencer<Batch>();
    const [a, b] = [new Batch(3), new Batch(4)];
    expect(sendAll(sequencer, [a, b])).toEqual([true, false]);
    expect(a.baseSequence).toBe(0);
    sequencer.answered();
    sequencer.acknowledged(a);
    expect(sequencer.trySend(b, identity)).toBe(true);
    expect(b.baseSequence).toBe(3);
  });

  it('lets five batches be pending, not six', () => {
    const batches = Array.from({ length: 6 }, () => new Batch());
    expect(sendAll(established(), batches)).toEqual([true, true, true, true, true, false]);
    expect(batches.map(({ baseSequence }) => baseSequence)).toEqual([10, 20, 30, 40, 50, -1]);
  });

  it('lets nothing new go while the oldest pending batch is five behind, though the others are acknowledged', () => {
    const sequencer = established();
    const [oldest, ...younger] = Array.from({ length: 5 }, () => new Batch());
    sendAll(sequencer, [oldest!, ...younger]);
    for (const batch of younger) {
      sequencer.answered();
      sequencer.acknowledged(batch);
    }
    const next = new Batch();
    expect(sequencer.trySend(next, identity)).toBe(false);
    sequencer.answered();
    sequencer.acknowledged(oldest!);
    expect(sequencer.trySend(next, identity)).toBe(true);
  });

  it('sends retries one at a time, oldest first, with the sequences they had', () => {
    const sequencer = established();
    const [a, b] = [new Batch(), new Batch()];
    sendAll(sequencer, [a, b]);
    sequencer.answered();
    sequencer.answered();
    expect(sequencer.trySend(b, identity)).toBe(false);
    expect(sequencer.trySend(a, identity)).toBe(true);
    expect(sequencer.trySend(b, identity)).toBe(false);
    sequencer.answered();
    sequencer.acknowledged(a);
    expect(sequencer.trySend(b, identity)).toBe(true);
    expect([a.baseSequence, b.baseSequence]).toEqual([10, 20]);
  });

  it('lets a batch wait that is out of order only because an older one is pending', () => {
    const sequencer = established();
    const [a, b] = [new Batch(), new Batch()];
    sendAll(sequencer, [a, b]);
    sequencer.answered();
    sequencer.answered();
    sequencer.refused(b, OUT_OF_ORDER_SEQUENCE_NUMBER, -1);
    expect(sequencer.trySend(a, identity)).toBe(true);
    expect([a.epoch, a.baseSequence]).toEqual([0, 10]);
  });

  it('starts a new epoch when the oldest batch is out of order, but not before all of the old are answered', () => {
    const sequencer = established();
    const [a, b] = [new Batch(), new Batch(5)];
    sendAll(sequencer, [a, b]);
    sequencer.answered();
    sequencer.refused(a, OUT_OF_ORDER_SEQUENCE_NUMBER, -1);
    expect(sequencer.trySend(a, identity)).toBe(false);
    sequencer.answered();
    sequencer.refused(b, OUT_OF_ORDER_SEQUENCE_NUMBER, -1);
    expect(sequencer.trySend(a, identity)).toBe(true);
    expect([a, b].map(({ epoch, baseSequence }) => [epoch, baseSequence])).toEqual([
      [1, 0],
      [1, 10],
    ]);
  });

  it('only retries UNKNOWN_PRODUCER_ID without a log start offset', () => {
    const sequencer = established();
    const batch = new Batch();
    sequencer.trySend(batch, identity);
    sequencer.answered();
    sequencer.refused(batch, UNKNOWN_PRODUCER_ID, -1);
    sequencer.trySend(batch, identity);
    expect(batch.epoch).toBe(0);
    sequencer.answered();
    sequencer.refused(batch, UNKNOWN_PRODUCER_ID, 5);
    sequencer.trySend(batch, identity);
    expect([batch.epoch, batch.baseSequence]).toEqual([1, 0]);
  });

  it('closes the gap that a batch leaves which failed for good', () => {
    const sequencer = established();
    const [a, b] = [new Batch(), new Batch()];
    sendAll(sequencer, [a, b]);
    sequencer.answered();
    sequencer.failed(a);
    sequencer.answered();
    sequencer.refused(b, OUT_OF_ORDER_SEQUENCE_NUMBER, -1);
    expect(sequencer.trySend(b, identity)).toBe(true);
    expect([b.epoch, b.baseSequence]).toEqual([1, 0]);
  });

  it('sends nothing new after a batch was abandoned until the others are decided, then in a new epoch', () => {
    const sequencer = established();
    const [a, b, c] = [new Batch(), new Batch(), new Batch()];
    sendAll(sequencer, [a, b]);
    sequencer.answered();
    sequencer.abandoned(a);
    expect(sequencer.trySend(c, identity)).toBe(false);
    sequencer.answered();
    sequencer.acknowledged(b);
    expect(sequencer.trySend(c, identity)).toBe(true);
    expect([c.epoch, c.baseSequence]).toEqual([1, 0]);
  });

  it('lets the parts of a split batch share its sequences and its place', () => {
    const sequencer = established();
    const [whole, next] = [new Batch(10), new Batch()];
    sendAll(sequencer, [whole, next]);
    sequencer.answered();
    sequencer.answered();
    const parts = [new Batch(4), new Batch(6)];
    sequencer.split(whole, parts);
    expect(parts.map(({ baseSequence }) => baseSequence)).toEqual([10, 14]);
    expect(sendAll(sequencer, [next, parts[1]!, parts[0]!])).toEqual([false, false, true]);
  });

  it('goes over to a new identity when nothing of the old one is pending', () => {
    const sequencer = established();
    const [a, b] = [new Batch(), new Batch()];
    const renewed: ProducerIdentity = { producerId: 8, epoch: 0 };
    sequencer.trySend(a, identity);
    expect(sequencer.trySend(b, renewed)).toBe(false);
    sequencer.answered();
    sequencer.acknowledged(a);
    expect(sequencer.trySend(b, renewed)).toBe(true);
    expect([b.producerId, b.baseSequence]).toEqual([8, 0]);
  });

  it('asks for a new identity when the last epoch is used up, and numbers what is pending in it', () => {
    const last: ProducerIdentity = { producerId: 7, epoch: 32_767 };
    const sequencer = new PartitionSequencer<Batch>();
    const batch = new Batch();
    sequencer.trySend(batch, last);
    sequencer.answered();
    sequencer.refused(batch, OUT_OF_ORDER_SEQUENCE_NUMBER, -1);
    expect(sequencer.trySend(batch, last)).toBe(false);
    expect(sequencer.isExhausted).toBe(true);
    expect(sequencer.trySend(batch, { producerId: 9, epoch: 0 })).toBe(true);
    expect([batch.producerId, batch.epoch, batch.baseSequence]).toEqual([9, 0, 0]);
    expect(sequencer.isExhausted).toBe(false);
  });

  it('wraps sequences from 2147483647 to 0', () => {
    const sequencer = new PartitionSequencer<Batch>();
    const [huge, next] = [new Batch(2_147_483_647), new Batch(3)];
    sequencer.trySend(huge, identity);
    sequencer.answered();
    sequencer.acknowledged(huge);
    sequencer.trySend(next, identity);
    expect(next.baseSequence).toBe(2_147_483_647);
    const after = new Batch();
    sequencer.trySend(after, identity);
    expect(after.baseSequence).toBe(2);
  });
});
