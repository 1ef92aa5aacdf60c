import { ErrorCode } from '@millrace/protocol';
import { array, assert, constantFrom, integer, oneof, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GONE_TOPIC_ID, ShareMachineDriver, TOPIC_ID } from '../testing/share-machine-driver.ts';
import type { ShareStateCall, WriteStateCall } from './share-state-calls.ts';
import { decodeShareStateRecord } from './share-state-records.ts';

const key = { groupId: 'g', topicId: TOPIC_ID, partition: 0 };

function initialize(driver: ShareMachineDriver, stateEpoch = 1, startOffset = 0) {
  return driver.call({ api: 'initialize', key, stateEpoch, startOffset });
}

function write(fields: Partial<WriteStateCall> = {}): WriteStateCall {
  return {
    api: 'write',
    key,
    stateEpoch: 1,
    leaderEpoch: 0,
    startOffset: 0,
    deliveryCompleteCount: 0,
    batches: [],
    ...fields,
  };
}

describe('the state of share partitions', () => {
  it('is not there before it is initialized', () => {
    const driver = new ShareMachineDriver();
    expect(driver.call({ api: 'read', key, leaderEpoch: 0 }).errorCode).toBe(ErrorCode.INVALID_REQUEST);
    expect(driver.call(write()).errorCode).toBe(ErrorCode.INVALID_REQUEST);
    expect(driver.call({ api: 'summary', key })).toMatchObject({
      errorCode: ErrorCode.NONE,
      startOffset: -1,
    });
    expect(driver.log).toEqual([]);
  });

  it('is not made for what the cluster does not have', () => {
    const driver = new ShareMachineDriver();
    for (const gone of [
      { ...key, topicId: GONE_TOPIC_ID },
      { ...key, partition: 7 },
    ]) {
      const { errorCode } = driver.call({ api: 'initialize', key: gone, stateEpoch: 1, startOffset: 0 });
      expect(errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }
  });

  it('keeps out leaders and epochs of the past', () => {
    const driver = new ShareMachineDriver();
    initialize(driver, 3);
    expect(driver.call({ api: 'read', key, leaderEpoch: 5 }).errorCode).toBe(ErrorCode.NONE);
    expect(driver.call(write({ stateEpoch: 3, leaderEpoch: 4 })).errorCode).toBe(
      ErrorCode.FENCED_LEADER_EPOCH,
    );
    expect(driver.call(write({ stateEpoch: 2, leaderEpoch: 5 })).errorCode).toBe(
      ErrorCode.FENCED_STATE_EPOCH,
    );
    expect(driver.call({ api: 'read', key, leaderEpoch: 4 }).errorCode).toBe(ErrorCode.FENCED_LEADER_EPOCH);
    expect(initialize(driver, 2).errorCode).toBe(ErrorCode.FENCED_STATE_EPOCH);
    expect(driver.call(write({ stateEpoch: 3, leaderEpoch: 5, startOffset: 9 })).errorCode).toBe(
      ErrorCode.NONE,
    );
    expect(driver.restarted().call({ api: 'summary', key })).toMatchObject({
      leaderEpoch: 5,
      startOffset: 9,
    });
  });

  it('writes all of a share partition once in a while', () => {
    const driver = new ShareMachineDriver(2);
    initialize(driver);
    for (let offset = 0; offset < 4; offset++)
      driver.call(
        write({ batches: [{ firstOffset: offset, lastOffset: offset, deliveryState: 2, deliveryCount: 1 }] }),
      );
    const types = driver.log.map((one) => decodeShareStateRecord(one)!.type);
    expect(types).toEqual(['snapshot', 'update', 'update', 'snapshot', 'update']);
    expect(driver.restarted().call({ api: 'read', key, leaderEpoch: 0 }).batches).toEqual([
      { firstOffset: 0, lastOffset: 3, deliveryState: 2, deliveryCount: 1 },
    ]);
  });

  it('takes back what was not written, and answers whoever saw it', () => {
    const driver = new ShareMachineDriver();
    initialize(driver);
    driver.autoCommit = false;
    const lost = driver.start(write({ startOffset: 7 }));
    const seen = driver.start({ api: 'summary', key });
    expect([driver.replies.has(lost), driver.replies.has(seen)]).toEqual([false, false]);
    driver.loseAppends(ErrorCode.NOT_COORDINATOR);
    expect(driver.replies.get(lost)).toMatchObject({ errorCode: ErrorCode.NOT_COORDINATOR });
    expect(driver.replies.get(seen)).toMatchObject({ errorCode: ErrorCode.NOT_COORDINATOR });
    expect(driver.call({ api: 'summary', key }).startOffset).toBe(0);
  });

  it('forgets topics that are gone', () => {
    const driver = new ShareMachineDriver();
    initialize(driver);
    driver.call({ api: 'forgetTopics', topicIds: [TOPIC_ID] });
    expect(driver.machine.states.size).toBe(0);
    expect(driver.restarted().machine.states.size).toBe(0);
  });

  it('can do without what was written before a checkpoint', () => {
    const driver = new ShareMachineDriver();
    initialize(driver);
    driver.call(
      write({
        startOffset: 3,
        batches: [{ firstOffset: 4, lastOffset: 5, deliveryState: 2, deliveryCount: 1 }],
      }),
    );
    const before = driver.log.length;
    driver.call({ api: 'checkpoint' });
    const cut = new ShareMachineDriver(500, driver.log.slice(before));
    expect(cut.call({ api: 'read', key, leaderEpoch: 0 })).toEqual(
      driver.call({ api: 'read', key, leaderEpoch: 0 }),
    );
  });

  const step = oneof(
    record({
      do: constantFrom('initialize' as const),
      epoch: integer({ min: 1, max: 3 }),
      partition: integer({ min: 0, max: 1 }),
    }),
    record({
      do: constantFrom('write' as const),
      epoch: integer({ min: 1, max: 3 }),
      partition: integer({ min: 0, max: 1 }),
      first: integer({ min: 0, max: 20 }),
      state: constantFrom(0, 2, 4),
    }),
    record({
      do: constantFrom('read' as const),
      epoch: integer({ min: 0, max: 3 }),
      partition: integer({ min: 0, max: 1 }),
    }),
    record({ do: constantFrom('delete' as const), partition: integer({ min: 0, max: 1 }) }),
    record({
      do: constantFrom(
        'checkpoint' as const,
        'hold' as const,
        'commit' as const,
        'lose' as const,
        'lose-newest' as const,
      ),
    }),
  );

  it('is the replay of its log, whatever was asked and lost', () => {
    assert(
      property(array(step, { maxLength: 40 }), (steps) => {
        const driver = new ShareMachineDriver(3);
        for (const one of steps) {
          if (one.do === 'hold') driver.autoCommit = false;
          else if (one.do === 'lose') driver.loseAppends(ErrorCode.NOT_COORDINATOR);
          else if (one.do === 'lose-newest') driver.loseNewestAppends(ErrorCode.NOT_COORDINATOR);
          else if (one.do === 'checkpoint') driver.start({ api: 'checkpoint' });
          else if (one.do === 'commit') {
            while (driver.appends.length > 0) driver.commitOne();
            driver.autoCommit = true;
          } else if ('partition' in one) driver.start(callOf(one));
        }
        driver.loseAppends(ErrorCode.NOT_COORDINATOR);
        expect(driver.restarted().machine.states).toEqual(driver.machine.states);
      }),
    );
  });
});

type CallStep =
  | { readonly do: 'initialize' | 'read'; readonly epoch: number; readonly partition: number }
  | {
      readonly do: 'write';
      readonly epoch: number;
      readonly partition: number;
      readonly first: number;
      readonly state: number;
    }
  | { readonly do: 'delete'; readonly partition: number };

function callOf(step: CallStep): ShareStateCall {
  const at = { ...key, partition: step.partition };
  switch (step.do) {
    case 'initialize':
      return { api: 'initialize', key: at, stateEpoch: step.epoch, startOffset: step.epoch };
    case 'read':
      return { api: 'read', key: at, leaderEpoch: step.epoch };
    case 'delete':
      return { api: 'delete', key: at };
    case 'write': {
      const { first, state: deliveryState } = step;
      const batches = [{ firstOffset: first, lastOffset: first + 2, deliveryState, deliveryCount: 1 }];
      return write({ key: at, stateEpoch: step.epoch, leaderEpoch: 3, startOffset: first, batches });
    }
  }
}
