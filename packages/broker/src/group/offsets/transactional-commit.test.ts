import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import type { MarkerFrame } from '../../coordinator/state-machine.ts';
import type { TransactionalCommitCall } from '../group-calls.ts';
import { GroupDriver } from '../testing/group-driver.ts';

const PRODUCER = { producerId: 9, producerEpoch: 1 };

/** @returns the call of a transactional commit for partition 0 of `t` in group `g`. */
function commit(offset: number, producerId = PRODUCER.producerId): TransactionalCommitCall {
  return {
    api: 'commitInTransaction',
    verification: undefined,
    request: {
      transactionalId: 'tx',
      groupId: 'g',
      producerId,
      producerEpoch: 1,
      generationIdOrMemberEpoch: -1,
      memberId: '',
      groupInstanceId: null,
      topics: [
        {
          name: 't',
          topicId: 'AAAAAAAAAAAAAAAAAAAAAg',
          partitions: [
            { partitionIndex: 0, committedOffset: offset, committedLeaderEpoch: -1, committedMetadata: '' },
          ],
        },
      ],
    },
  };
}

function end(isCommit: boolean, producerId = PRODUCER.producerId) {
  const marker: MarkerFrame = {
    type: 'marker',
    producerId,
    producerEpoch: 2,
    coordinatorEpoch: 0,
    isCommit,
    transactionVersion: 2,
  };
  return { api: 'endTransaction', marker } as const;
}

/** The committed offset, and whether one is pending. */
function look(driver: GroupDriver) {
  const { offsets, pendingOffsets } = driver.machine.shard;
  const key = { groupId: 'g', topic: 't', partition: 0 };
  return [offsets.get(key)?.offset, pendingOffsets.has(key)];
}

describe('an offset committed in a transaction', () => {
  it('is the group’s from the marker on', () => {
    const driver = new GroupDriver();
    driver.call(commit(5));
    expect(look(driver)).toEqual([undefined, true]);
    driver.call(end(true));
    expect(look(driver)).toEqual([5, false]);
  });

  it('counts by when it was written, not by when its transaction ended', () => {
    const driver = new GroupDriver();
    driver.call(commit(5, 1));
    driver.call(commit(8, 2));
    driver.call(end(true, 2));
    expect(look(driver)).toEqual([8, true]);
    driver.call(end(true, 1));
    expect(look(driver)).toEqual([8, false]);
  });

  it('is what it was when the append of the commit, or of the marker, is lost', () => {
    const driver = new GroupDriver();
    driver.call(commit(5));
    driver.autoCommit = false;
    const again = driver.start(commit(7));
    driver.loseAppends(ErrorCode.INVALID_PRODUCER_EPOCH);
    expect(driver.reply(again)).toMatchObject({
      topics: [{ partitions: [{ errorCode: ErrorCode.INVALID_PRODUCER_EPOCH }] }],
    });
    const ended = driver.start(end(true));
    expect(look(driver)).toEqual([5, false]);
    driver.loseAppends(ErrorCode.NOT_COORDINATOR);
    expect(driver.reply(ended)).toEqual({ errorCode: ErrorCode.NOT_COORDINATOR });
    expect(look(driver)).toEqual([undefined, true]);
  });

  it('keeps the group from being forgotten', () => {
    const driver = new GroupDriver();
    driver.call(commit(5));
    driver.advance(10 * 604_800_000);
    expect(driver.machine.shard.groups.has('g')).toBe(true);
    driver.call(end(false));
    driver.advance(10 * 604_800_000);
    expect(driver.machine.shard.groups.has('g')).toBe(false);
  });
});
