import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { TransactionDriver } from './testing/transaction-driver.ts';
import type { TransactionMetadata } from './transaction-metadata.ts';

const start = (level = 2): TransactionDriver => new TransactionDriver({ level }).load();

function states(driver: TransactionDriver): Map<string, unknown> {
  return new Map(
    [...driver.machine.shard.transactions].map(([id, { metadata }]) => [
      id,
      // Not part of the record.
      { ...metadata, lastProducerEpoch: -1 },
    ]),
  );
}

describe('a transaction', () => {
  it.each([
    [2, 1],
    [0, 0],
  ])('of client version %i ends in epoch %i, and its markers carry that epoch', (version, epoch) => {
    const driver = start();
    const producer = driver.init();
    driver.add(producer, version);
    driver.autoMarkers = false;
    expect(driver.end(producer, true, version)).toMatchObject({ errorCode: 0, producerEpoch: epoch });
    expect(driver.markers).toMatchObject([
      { producerEpoch: epoch, coordinatorEpoch: 3, isCommit: true, transactionVersion: version },
    ]);
    expect(driver.metadata()!.state).toBe('PrepareCommit');
    expect(driver.add({ ...producer, producerEpoch: epoch })).toBe(ErrorCode.CONCURRENT_TRANSACTIONS);
    driver.writeMarkers();
    expect(driver.metadata()).toMatchObject({ state: 'CompleteCommit', partitions: new Map() });
    expect(driver.add({ ...producer, producerEpoch: epoch })).toBe(ErrorCode.NONE);
  });

  it('is not answered before its record is durable, and is what it was when that is lost', () => {
    const driver = start();
    const producer = driver.init();
    driver.autoAppend = false;
    const partitions = new Map([['orders', new Set([0])]]);
    const { producerId, producerEpoch } = producer;
    const call = {
      api: 'add',
      transactionalId: 't',
      producerId,
      producerEpoch,
      partitions,
      clientVersion: 2,
    } as const;
    const replyId = driver.start(call);
    expect(driver.reply(replyId)).toBeUndefined();
    expect(driver.init().errorCode).toBe(ErrorCode.CONCURRENT_TRANSACTIONS);
    const waiting = driver.start(call);
    driver.loseAppends();
    for (const id of [replyId, waiting])
      expect(driver.reply(id)).toEqual({ errorCode: ErrorCode.COORDINATOR_NOT_AVAILABLE });
    expect(driver.metadata()!.state).toBe('Empty');
    driver.autoAppend = true;
    expect(driver.add(producer)).toBe(ErrorCode.NONE);
  });

  it('grows by what several partition leaders ask for at once, with two records', () => {
    const driver = start();
    const { producerId, producerEpoch } = driver.init();
    driver.autoAppend = false;
    const add = (partition: number, epoch = producerEpoch) =>
      driver.start({
        api: 'add',
        transactionalId: 't',
        producerId,
        producerEpoch: epoch,
        partitions: new Map([['orders', new Set([partition])]]),
        clientVersion: 2,
      });
    const [first, ...later] = [add(0), add(1), add(2), add(1)];
    expect(driver.reply(add(3, producerEpoch + 1))).toEqual({ errorCode: ErrorCode.CONCURRENT_TRANSACTIONS });
    driver.writeAppends();
    expect(driver.reply(first)).toEqual({ errorCode: ErrorCode.NONE });
    expect(later.map((id) => driver.reply(id))).toEqual([undefined, undefined, undefined]);
    expect(driver.appends).toHaveLength(1);
    driver.writeAppends();
    for (const id of later) expect(driver.reply(id)).toEqual({ errorCode: ErrorCode.NONE });
    expect(driver.metadata()!.partitions).toEqual(new Map([['orders', new Set([0, 1, 2])]]));
    expect(driver.restarted().metadata()).toEqual({ ...driver.metadata()!, lastProducerEpoch: -1 });
  });

  it('whose completion cannot be written is completed later', () => {
    const driver = start();
    const producer = driver.init();
    driver.add(producer);
    driver.autoMarkers = false;
    driver.end(producer, false);
    driver.autoAppend = false;
    driver.writeMarkers();
    driver.loseAppends();
    driver.autoAppend = true;
    expect(driver.metadata()!.state).toBe('PrepareAbort');
    driver.advance(1000);
    expect(driver.metadata()!.state).toBe('CompleteAbort');
  });

  it.each(['PrepareCommit', 'PrepareAbort'] as const)('in state %s is completed after a restart', (state) => {
    const driver = start();
    const producer = driver.init();
    driver.add(producer);
    driver.autoMarkers = false;
    driver.end(producer, state === 'PrepareCommit');
    const next = driver.restarted();
    next.autoMarkers = false;
    next.load();
    expect(next.markers).toEqual(driver.markers);
    next.writeMarkers();
    expect(next.metadata()!.state).toBe(state === 'PrepareCommit' ? 'CompleteCommit' : 'CompleteAbort');
  });

  it.each([0, 2])('that takes too long is aborted, and its producer fenced (level %i)', (level) => {
    const driver = start(level);
    const producer = driver.init(undefined, 30_000);
    driver.add(producer, level);
    driver.advance(30_000);
    expect(driver.metadata()!.state).toBe('Ongoing');
    driver.advance(10_000);
    expect(driver.metadata()).toMatchObject({
      state: 'CompleteAbort',
      producerEpoch: producer.producerEpoch + 1,
    });
    expect(driver.add(producer, level)).toBe(ErrorCode.PRODUCER_FENCED);
    const late = driver.end(producer, true, level);
    expect(late.errorCode).toBe(level === 2 ? ErrorCode.INVALID_TXN_STATE : ErrorCode.PRODUCER_FENCED);
  });

  it('times out after a restart, too: its clock is the wall clock', () => {
    const driver = start();
    driver.add(driver.init(undefined, 30_000));
    const next = driver.restarted();
    next.elapsedMs += 31_000;
    next.load().advance(10_000);
    expect(next.metadata()!.state).toBe('CompleteAbort');
  });
});

describe('a transactional id', () => {
  it('is forgotten when nobody uses it', () => {
    const driver = start();
    driver.init();
    driver.advance(604_800_000);
    expect(driver.metadata()).toBeUndefined();
    expect(driver.log.at(-1)!.value).toBeNull();
    expect(driver.restarted().metadata()).toBeUndefined();
  });

  it('is kept while its transaction is open', () => {
    const driver = start();
    driver.add(driver.init(undefined, 900_000));
    driver.place({ timeoutMs: 2_000_000_000 });
    driver.advance(604_800_000);
    expect(driver.metadata()!.state).toBe('Ongoing');
  });

  it('goes on from its own epoch, once (KIP-360)', () => {
    const driver = start();
    const first = driver.init();
    const second = driver.init(first);
    expect(second.producerEpoch).toBe(first.producerEpoch + 1);
    // The answer was lost; the same call again.
    expect(driver.init(first)).toEqual(second);
    driver.init();
    expect(driver.init(second).errorCode).toBe(ErrorCode.PRODUCER_FENCED);
  });

  it('aborts what is open before another producer gets it', () => {
    const driver = start();
    const first = driver.init();
    driver.add(first);
    expect(driver.init().errorCode).toBe(ErrorCode.CONCURRENT_TRANSACTIONS);
    expect(driver.metadata()!.state).toBe('CompleteAbort');
    expect(driver.init()).toMatchObject({ errorCode: 0, producerEpoch: 2 });
    expect(driver.end(first, true).errorCode).toBe(ErrorCode.PRODUCER_FENCED);
  });

  it('gets another producer id when InitProducerId finds its epochs used up', () => {
    const driver = start();
    const first = driver.init();
    driver.place({ producerEpoch: 32_766 });
    const exhausted = { producerId: first.producerId, producerEpoch: 32_766 };
    const rotated = driver.init(exhausted);
    expect(rotated).toEqual({ errorCode: 0, producerId: 101, producerEpoch: 0 });
    expect(driver.init(exhausted)).toEqual(rotated);
  });

  it('gets another producer id with the end of the transaction that uses up its epochs', () => {
    const driver = start();
    const { producerId } = driver.init();
    driver.place({ producerEpoch: 32_766 });
    const last = { producerId, producerEpoch: 32_766 };
    driver.add(last);
    driver.autoMarkers = false;
    const ended = driver.end(last, true);
    expect(ended).toEqual({ errorCode: 0, producerId: 101, producerEpoch: 0 });
    expect(driver.markers).toMatchObject([{ producerId, producerEpoch: 32_767 }]);
    const next = driver.restarted().load();
    for (const machine of [driver, next]) {
      machine.writeMarkers();
      expect(machine.metadata()).toMatchObject({
        producerId: 101,
        producerEpoch: 0,
        previousProducerId: producerId,
      });
      expect(machine.end(last, true)).toEqual(ended);
      expect(machine.add(ended)).toBe(ErrorCode.NONE);
      // The same call comes late, when the next transaction is open.
      expect(machine.end(last, false).errorCode).not.toBe(ErrorCode.NONE);
      expect(machine.metadata()!.state).toBe('Ongoing');
    }
  });

  it('can be fenced in its last epoch', () => {
    const driver = start();
    const { producerId } = driver.init();
    driver.place({ producerEpoch: 32_766 });
    driver.add({ producerId, producerEpoch: 32_766 });
    expect(driver.init().errorCode).toBe(ErrorCode.CONCURRENT_TRANSACTIONS);
    expect(driver.metadata()).toMatchObject({ state: 'CompleteAbort', producerEpoch: 32_767 });
    expect(driver.init()).toEqual({ errorCode: 0, producerId: 101, producerEpoch: 0 });
  });
});

/** A step of a random run; epochs are those of the past, so that delayed calls come with every step. */
const step = record({
  do: constantFrom('init', 'init-known', 'add', 'end', 'end', 'markers', 'advance', 'write', 'lose', 'hold'),
  age: integer({ min: 0, max: 3 }),
  isCommit: boolean(),
  version: constantFrom(0, 2),
});

describe('whatever comes, delayed and repeated, with appends lost and markers late,', () => {
  it('a replay knows what the machine knows, and a finished transaction never changes its mind', () => {
    assert(
      property(array(step, { maxLength: 60 }), (steps) => {
        const driver = start();
        driver.autoMarkers = false;
        const known = [driver.init()];
        const decided = new Map<string, TransactionMetadata['state']>();
        for (const { do: what, age, isCommit, version } of steps) {
          const producer = known.at(-1 - age) ?? known[0]!;
          const id = {
            transactionalId: 't',
            producerId: producer.producerId,
            producerEpoch: producer.producerEpoch,
          };
          const partitions = new Map([['orders', new Set([age])]]);
          const newProducerId = 1000 + known.length;
          if (what === 'init')
            driver.start({ api: 'init', transactionalId: 't', timeoutMs: 5000, newProducerId });
          if (what === 'init-known')
            driver.start({
              api: 'init',
              transactionalId: 't',
              timeoutMs: 5000,
              newProducerId,
              expected: producer,
            });
          if (what === 'add') driver.start({ api: 'add', ...id, partitions, clientVersion: version });
          if (what === 'end')
            driver.start({ api: 'end', ...id, isCommit, clientVersion: version, newProducerId });
          if (what === 'markers') driver.writeMarkers();
          if (what === 'advance') driver.advance(age * 10_000);
          if (what === 'hold') driver.autoAppend = false;
          if (what === 'lose') driver.loseAppends();
          if (what === 'write' || what === 'lose') driver.autoAppend = true;
          if (what === 'write') driver.writeAppends();
          const { producerId, producerEpoch, state } = driver.metadata()!;
          if (known.at(-1)!.producerEpoch !== producerEpoch || known.at(-1)!.producerId !== producerId)
            known.push({ errorCode: 0, producerId, producerEpoch });
          if (state === 'PrepareCommit' || state === 'PrepareAbort') decided.set('now', state);
          if (state === 'CompleteCommit') expect(decided.get('now')).toBe('PrepareCommit');
          if (state === 'CompleteAbort') expect(decided.get('now')).toBe('PrepareAbort');
          expect(states(driver.restarted())).toEqual(states(driver));
        }
      }),
      { numRuns: 300 },
    );
  });
});
