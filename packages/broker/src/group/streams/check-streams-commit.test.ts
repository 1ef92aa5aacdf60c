import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { imageOf } from '../testing/consumer-test-calls.ts';
import type { GroupDriver } from '../testing/group-driver.ts';
import { commitCall, transactionalCommitCall } from '../testing/group-test-calls.ts';
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

  it('are all refused where one of the tasks came later, but for metadata that is refused anyway', () => {
    const driver = driverWithMember();
    const errors = (metadata: string) => {
      const call = commitCall({ memberId: 'a', generation: 2, partitions: [1, 2], metadata });
      return driver.call(call).topics[0]!.partitions.map(({ errorCode }) => errorCode);
    };
    const { STALE_MEMBER_EPOCH, OFFSET_METADATA_TOO_LARGE } = ErrorCode;
    expect(errors('')).toEqual([STALE_MEMBER_EPOCH, STALE_MEMBER_EPOCH]);
    expect(errors('x'.repeat(5000))).toEqual([OFFSET_METADATA_TOO_LARGE, OFFSET_METADATA_TOO_LARGE]);
    expect(driver.machine.shard.offsets.size).toBe(0);
  });

  it.each([
    ['its epoch', 'a', 3, 2, ErrorCode.NONE],
    ['an epoch gone by, for a task it had', 'a', 2, 1, ErrorCode.NONE],
    ['an epoch gone by, for a task it had not', 'a', 2, 2, ErrorCode.ILLEGAL_GENERATION],
    ['an epoch to come', 'a', 4, 1, ErrorCode.ILLEGAL_GENERATION],
    ['no epoch', 'a', -1, 1, ErrorCode.ILLEGAL_GENERATION],
    ['a name that nobody has', 'x', 3, 1, ErrorCode.UNKNOWN_MEMBER_ID],
    ['no name', '', -1, 1, ErrorCode.NONE],
  ])('may be committed in a transaction by a member with %s', (_, memberId, generation, partition, error) => {
    const call = transactionalCommitCall({ memberId, generation, partition });
    const { topics } = driverWithMember().call(call);
    expect(topics[0]!.partitions[0]!.errorCode).toBe(error);
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
