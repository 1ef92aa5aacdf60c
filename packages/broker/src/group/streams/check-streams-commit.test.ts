import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { imageOf } from '../testing/consumer-test-calls.ts';
import type { GroupDriver } from '../testing/group-driver.ts';
import { commitCall } from '../testing/group-test-calls.ts';
import {
  joiningStreamsCall,
  streamsCall,
  streamsDriver,
  subtopology,
} from '../testing/streams-test-calls.ts';

const topology = { epoch: 0, subtopologies: [subtopology()] };

/** A member `a` of epoch 3 that has had tasks 0 and 1 since epoch 2, and 2 and 3 since epoch 3. */
function driverWithMember(): GroupDriver {
  const driver = streamsDriver();
  driver.image = imageOf({ t: 2 });
  driver.call(joiningStreamsCall('a', { topology }));
  driver.image = imageOf({ t: 4 });
  driver.call(streamsCall({ memberId: 'a', memberEpoch: 2 }));
  return driver;
}

function commit(
  driver: GroupDriver,
  memberId: string,
  generation: number,
  partition = 0,
  version = 9,
): number {
  const { topics } = driver.call(commitCall({ memberId, generation, partition, version }));
  return topics[0]!.partitions[0]!.errorCode;
}

function fetch(driver: GroupDriver, memberId: string | null, memberEpoch: number): number {
  return driver.call({ api: 'fetch', groupId: 'g', memberId, memberEpoch, topics: null }).errorCode;
}

describe('offsets of a streams group', () => {
  it('are committed by members at their epoch', () => {
    const driver = driverWithMember();
    expect(commit(driver, 'a', 3)).toBe(ErrorCode.NONE);
    expect(commit(driver, 'x', 3)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    expect(commit(driver, 'a', 4)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
    expect(commit(driver, 'a', 3, 0, 8)).toBe(ErrorCode.UNSUPPORTED_VERSION);
    expect(driver.machine.shard.offsets.ofGroup('g').get('t')!.size).toBe(1);
  });

  it('may be committed at an epoch gone by, for tasks that the member had by then', () => {
    const driver = driverWithMember();
    expect(commit(driver, 'a', 2, 1)).toBe(ErrorCode.NONE);
    expect(commit(driver, 'a', 2, 2)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
  });

  it('may be committed by nobody in particular only while there are no members', () => {
    const driver = driverWithMember();
    expect(commit(driver, '', -1)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    driver.call(streamsCall({ memberId: 'a', memberEpoch: -1 }));
    expect(commit(driver, '', -1)).toBe(ErrorCode.NONE);
  });

  it('are shown to members of the right epoch, and to whoever does not say who it is', () => {
    const driver = driverWithMember();
    expect(fetch(driver, 'a', 3)).toBe(ErrorCode.NONE);
    expect(fetch(driver, null, -1)).toBe(ErrorCode.NONE);
    expect(fetch(driver, 'a', 2)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
    expect(fetch(driver, 'x', 3)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it('are kept while a task reads their topic, and expire after', () => {
    const driver = driverWithMember();
    commit(driver, 'a', 3);
    driver.call(streamsCall({ memberId: 'a', memberEpoch: -1 }));
    driver.advance(8 * 24 * 60 * 60 * 1000);
    expect(driver.call({ api: 'list' }).groups).toEqual([]);
    expect(driver.machine.shard.offsets.size).toBe(0);
  });
});
