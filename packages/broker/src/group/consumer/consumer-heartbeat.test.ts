import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import {
  consumerCall,
  imageOf,
  joiningCall,
  TestConsumer,
  topicIdOf,
} from '../testing/consumer-test-calls.ts';
import { GroupDriver } from '../testing/group-driver.ts';
import { commitCall, transactionalCommitCall } from '../testing/group-test-calls.ts';

function driverWith(
  partitionCounts: Readonly<Record<string, number>> = { t: 3 },
  properties: ConstructorParameters<typeof GroupDriver>[0] = {},
): GroupDriver {
  return new GroupDriver(properties, [], 0, imageOf(partitionCounts));
}

/** Lets everybody send heartbeats until nothing moves any more. */
function settle(driver: GroupDriver, ...consumers: readonly TestConsumer[]): void {
  for (let round = 0; round < 5; round++) for (const consumer of consumers) consumer.beat(driver);
}

function group(driver: GroupDriver) {
  return driver.machine.shard.consumerGroups.get('g')!;
}

describe('a consumer group', () => {
  it('gives everything to its first member, at epoch 2 as Apache Kafka 4.3 does', () => {
    const driver = driverWith();
    const reply = driver.call(joiningCall('A'));
    expect(reply).toMatchObject({
      errorCode: 0,
      memberId: 'A',
      memberEpoch: 2,
      heartbeatIntervalMs: 5000,
      assignment: { topicPartitions: [{ topicId: topicIdOf('t'), partitions: [0, 1, 2] }] },
    });
    expect(group(driver).state).toBe('Stable');
  });

  it('takes partitions from one member before it gives them to another', () => {
    const driver = driverWith();
    const [a, b] = [new TestConsumer('A'), new TestConsumer('B')];
    a.beat(driver);
    b.beat(driver);
    expect(b.partitions()).toEqual([]);
    // A hears of it, but has not said yet that it gave partition 2 up.
    driver.call(consumerCall({ memberId: 'A', memberEpoch: 2 }));
    b.beat(driver);
    expect(b.partitions()).toEqual([]);
    const owned = [{ topicId: topicIdOf('t'), partitions: [0, 1] }];
    expect(
      driver.call(consumerCall({ memberId: 'A', memberEpoch: 2, topicPartitions: owned })).memberEpoch,
    ).toBe(3);
    b.beat(driver);
    expect(b.partitions()).toEqual([2]);
    expect(group(driver).state).toBe('Stable');
  });

  it('answers a heartbeat that changes nothing without an assignment', () => {
    const driver = driverWith();
    driver.call(joiningCall('A'));
    const records = driver.log.length;
    expect(driver.call(consumerCall({ memberId: 'A', memberEpoch: 2 })).assignment).toBeNull();
    expect(driver.log.length).toBe(records);
  });

  it('tells the assignment to a member that says everything anew, as it does after a lost answer', () => {
    const driver = driverWith();
    driver.call(joiningCall('A'));
    const full = {
      memberEpoch: 2,
      rebalanceTimeoutMs: 60_000,
      subscribedTopicNames: ['t'],
      topicPartitions: [],
    };
    expect(driver.call(consumerCall({ memberId: 'A', ...full })).assignment).not.toBeNull();
  });

  it('shares out the partitions of a member that leaves', () => {
    const driver = driverWith({ t: 4 });
    const [a, b] = [new TestConsumer('A'), new TestConsumer('B')];
    settle(driver, a, b);
    expect([a.partitions(), b.partitions()]).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(driver.call(consumerCall({ memberId: 'A', memberEpoch: -1 }))).toMatchObject({ memberEpoch: -1 });
    settle(driver, b);
    expect(b.partitions()).toEqual([0, 1, 2, 3]);
  });

  it('removes a member whose session has ended', () => {
    const driver = driverWith();
    const [a, b] = [new TestConsumer('A'), new TestConsumer('B')];
    settle(driver, a, b);
    driver.advance(30_000);
    b.beat(driver);
    driver.advance(15_000);
    settle(driver, b);
    expect(b.partitions()).toEqual([0, 1, 2]);
    expect(a.beat(driver)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it('removes a member that does not give up its partitions within its rebalance timeout', () => {
    const driver = driverWith();
    const [a, b] = [new TestConsumer('A'), new TestConsumer('B')];
    a.beat(driver);
    b.beat(driver);
    const silent = consumerCall({ memberId: 'A', memberEpoch: 2 });
    for (let second = 0; second <= 60; second += 10) {
      driver.call(silent);
      b.beat(driver);
      driver.advance(10_000);
    }
    settle(driver, b);
    expect(b.partitions()).toEqual([0, 1, 2]);
    expect(driver.call(silent).errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it('reacts to new partitions and new topics with the next heartbeat', () => {
    const driver = driverWith({ t: 1 });
    const a = new TestConsumer('A');
    a.beat(driver, { subscribedTopicNames: ['t', 'later'] });
    driver.image = imageOf({ t: 2, later: 1 });
    settle(driver, a);
    expect([a.partitions(), a.partitions('later')]).toEqual([[0, 1], [0]]);
  });

  it('resolves regular expressions, and finds topics that are created later', () => {
    const driver = driverWith({ 'logs-a': 1, 'logs-b': 1, other: 1 });
    const a = new TestConsumer('A');
    a.beat(driver, { subscribedTopicRegex: 'logs-.*' });
    expect(a.held).toEqual(new Set([`${topicIdOf('logs-a')}:0`, `${topicIdOf('logs-b')}:0`]));
    driver.image = imageOf({ 'logs-a': 1, 'logs-b': 1, 'logs-c': 1, 'my-logs-d': 1 });
    settle(driver, a);
    expect(a.partitions('logs-c')).toEqual([0]);
    expect(a.partitions('my-logs-d')).toEqual([]);
  });

  it('resolves regular expressions to the topics that the member may describe, whatever else there is', () => {
    const driver = driverWith({ 'logs-a': 1, 'logs-b': 1 });
    const call = joiningCall('A', { subscribedTopicNames: null, subscribedTopicRegex: 'logs-.*' });
    const partial = { ...call, mayDescribe: (topic: string) => topic !== 'logs-a' };
    const { assignment } = driver.call(partial);
    expect(assignment?.topicPartitions).toEqual([{ topicId: topicIdOf('logs-b'), partitions: [0] }]);
    driver.image = imageOf({ 'logs-a': 1, 'logs-b': 1, 'logs-c': 1 });
    const { epoch, regexes } = group(driver);
    driver.call({ ...partial, request: { ...call.request, memberEpoch: epoch, subscribedTopicRegex: null } });
    expect(regexes.get('logs-.*')?.topics).toEqual(['logs-b', 'logs-c']);
  });

  it('waits between assignments as long as it is told to', () => {
    const driver = driverWith({ t: 2 }, { 'group.consumer.assignment.interval.ms': 1000 });
    const [a, b] = [new TestConsumer('A'), new TestConsumer('B')];
    a.beat(driver);
    settle(driver, b, a);
    expect(group(driver)).toMatchObject({ epoch: 3, assignmentEpoch: 2, state: 'Assigning' });
    driver.advance(1000);
    settle(driver, b, a);
    expect([a.partitions(), b.partitions()]).toEqual([[0], [1]]);
  });

  it('uses the assignor that most members prefer', () => {
    const driver = driverWith({ t: 2, u: 2 });
    const subscription = { subscribedTopicNames: ['t', 'u'], serverAssignor: 'range' };
    const consumers = ['A', 'B'].map((memberId) => new TestConsumer(memberId));
    for (const consumer of consumers) consumer.beat(driver, subscription);
    settle(driver, ...consumers);
    expect(consumers.map((consumer) => [consumer.partitions('t'), consumer.partitions('u')])).toEqual([
      [[0], [0]],
      [[1], [1]],
    ]);
  });

  it('makes an id for a member of version 0', () => {
    expect(driverWith().call(joiningCall('', {}, 0)).memberId).toBe('made');
  });
});

describe('ConsumerGroupHeartbeat is refused', () => {
  const join = (request: object) => joiningCall('N', request);
  it.each([
    ['without a group id', join({ groupId: ' ' }), ErrorCode.INVALID_REQUEST],
    ['without a member id', joiningCall(''), ErrorCode.INVALID_REQUEST],
    ['with an empty instance id', join({ instanceId: '' }), ErrorCode.INVALID_REQUEST],
    ['with an empty rack', join({ rackId: '' }), ErrorCode.INVALID_REQUEST],
    ['with an epoch below -2', join({ memberEpoch: -3 }), ErrorCode.INVALID_REQUEST],
    ['joining without a rebalance timeout', join({ rebalanceTimeoutMs: -1 }), ErrorCode.INVALID_REQUEST],
    ['joining without partitions', join({ topicPartitions: null }), ErrorCode.INVALID_REQUEST],
    ['joining without a subscription', join({ subscribedTopicNames: null }), ErrorCode.INVALID_REQUEST],
    [
      'joining with partitions',
      join({ topicPartitions: [{ topicId: topicIdOf('t'), partitions: [0] }] }),
      ErrorCode.INVALID_REQUEST,
    ],
    ['leaving for a while without an instance id', join({ memberEpoch: -2 }), ErrorCode.INVALID_REQUEST],
    ['for an assignor nobody has', join({ serverAssignor: 'sticky' }), ErrorCode.UNSUPPORTED_ASSIGNOR],
    ['for a broken expression', join({ subscribedTopicRegex: '(' }), ErrorCode.INVALID_REGULAR_EXPRESSION],
    [
      'for an endless expression',
      join({ subscribedTopicRegex: 'a'.repeat(4097) }),
      ErrorCode.INVALID_REGULAR_EXPRESSION,
    ],
    [
      'for an unknown group',
      consumerCall({ groupId: 'x', memberId: 'A', memberEpoch: 1 }),
      ErrorCode.GROUP_ID_NOT_FOUND,
    ],
    ['by an unknown member', consumerCall({ memberId: 'Z', memberEpoch: 1 }), ErrorCode.UNKNOWN_MEMBER_ID],
    ['by an unknown leaver', consumerCall({ memberId: 'Z', memberEpoch: -1 }), ErrorCode.UNKNOWN_MEMBER_ID],
    ['with an epoch ahead', consumerCall({ memberId: 'A', memberEpoch: 9 }), ErrorCode.FENCED_MEMBER_EPOCH],
    ['with an epoch behind', consumerCall({ memberId: 'A', memberEpoch: 1 }), ErrorCode.FENCED_MEMBER_EPOCH],
  ])('%s', (_, call, errorCode) => {
    const driver = driverWith();
    driver.call(joiningCall('A'));
    const records = driver.log.length;
    const reply = driver.call(call);
    expect(reply).toMatchObject({ errorCode, memberId: null, memberEpoch: 0, assignment: null });
    expect(driver.log.length).toBe(records);
  });

  it('when the group is full', () => {
    const driver = driverWith({ t: 1 }, { 'group.consumer.max.size': 1 });
    driver.call(joiningCall('A'));
    expect(driver.call(joiningCall('B')).errorCode).toBe(ErrorCode.GROUP_MAX_SIZE_REACHED);
    expect(driver.call(joiningCall('A')).errorCode).toBe(ErrorCode.NONE);
  });

  it('when the epoch before comes with partitions the member was not given', () => {
    const driver = driverWith();
    const [a, b] = [new TestConsumer('A'), new TestConsumer('B')];
    settle(driver, a, b);
    const { memberEpoch, previousMemberEpoch } = group(driver).members.get('A')!.current;
    expect(previousMemberEpoch).toBeLessThan(memberEpoch);
    const late = (partitions: number[]) =>
      consumerCall({
        memberId: 'A',
        memberEpoch: previousMemberEpoch,
        topicPartitions: [{ topicId: topicIdOf('t'), partitions }],
      });
    expect(driver.call(late([0, 1])).errorCode).toBe(ErrorCode.NONE);
    expect(driver.call(late([0, 2])).errorCode).toBe(ErrorCode.FENCED_MEMBER_EPOCH);
  });
});

describe('a static member', () => {
  it('keeps its partitions while it is away, and hands them to its successor', () => {
    const driver = driverWith();
    const [a, b] = [new TestConsumer('A', 'i'), new TestConsumer('B')];
    settle(driver, a, b);
    const before = a.partitions();
    driver.call(consumerCall({ memberId: 'A', memberEpoch: -2, instanceId: 'i' }));
    settle(driver, b);
    const successor = new TestConsumer('A2', 'i');
    successor.beat(driver);
    expect(successor.partitions()).toEqual(before);
    expect(group(driver).epoch).toBe(3);
    expect(driver.call(consumerCall({ memberId: 'A', memberEpoch: 3, instanceId: 'i' })).errorCode).toBe(
      ErrorCode.FENCED_INSTANCE_ID,
    );
  });

  it('is not replaced while it is there', () => {
    const driver = driverWith();
    driver.call(joiningCall('A', { instanceId: 'i' }));
    expect(driver.call(joiningCall('A2', { instanceId: 'i' })).errorCode).toBe(
      ErrorCode.UNRELEASED_INSTANCE_ID,
    );
  });

  it('that does not come back loses its partitions with its session', () => {
    const driver = driverWith();
    const [a, b] = [new TestConsumer('A', 'i'), new TestConsumer('B')];
    settle(driver, a, b);
    driver.call(consumerCall({ memberId: 'A', memberEpoch: -2, instanceId: 'i' }));
    driver.advance(44_000);
    b.beat(driver);
    driver.advance(1000);
    settle(driver, b);
    expect(b.partitions()).toEqual([0, 1, 2]);
  });
});

describe('committed offsets of a consumer group', () => {
  const errorOf = (driver: GroupDriver, commit: Parameters<typeof commitCall>[0]) =>
    driver.call(commitCall({ topicId: topicIdOf('t'), ...commit })).topics[0]!.partitions[0]!.errorCode;

  it('are accepted from members at their epoch, by version 9 and later', () => {
    const driver = driverWith();
    driver.call(joiningCall('A'));
    expect(errorOf(driver, { memberId: 'A', generation: 2 })).toBe(ErrorCode.NONE);
    expect(errorOf(driver, { memberId: 'A', generation: 2, version: 8 })).toBe(ErrorCode.UNSUPPORTED_VERSION);
    expect(errorOf(driver, { memberId: 'A', generation: 3 })).toBe(ErrorCode.STALE_MEMBER_EPOCH);
    expect(errorOf(driver, { memberId: 'Z', generation: 2 })).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    expect(errorOf(driver, {})).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it('are accepted with an epoch gone by for what the member has had since then (KIP-1251)', () => {
    const driver = driverWith();
    settle(driver, new TestConsumer('A'), new TestConsumer('B'));
    expect(errorOf(driver, { memberId: 'A', generation: 2, partition: 0 })).toBe(ErrorCode.NONE);
    expect(errorOf(driver, { memberId: 'B', generation: 2, partition: 2 })).toBe(
      ErrorCode.STALE_MEMBER_EPOCH,
    );
    expect(errorOf(driver, { memberId: 'A', generation: 2, partition: 2 })).toBe(
      ErrorCode.STALE_MEMBER_EPOCH,
    );
  });

  it('are all refused where one of the partitions came later', () => {
    const driver = driverWith();
    settle(driver, new TestConsumer('A'), new TestConsumer('B'));
    const { topics } = driver.call(
      commitCall({ topicId: topicIdOf('t'), memberId: 'A', generation: 2, partitions: [0, 2] }),
    );
    expect(topics[0]!.partitions.map(({ errorCode }) => errorCode)).toEqual([
      ErrorCode.STALE_MEMBER_EPOCH,
      ErrorCode.STALE_MEMBER_EPOCH,
    ]);
    expect(driver.machine.shard.offsets.size).toBe(0);
  });

  it('are accepted in a transaction as they are without, by what a producer knows of epochs', () => {
    const driver = driverWith();
    settle(driver, new TestConsumer('A'), new TestConsumer('B'));
    const errorIn = (generation: number, partition: number) =>
      driver.call(transactionalCommitCall({ topicId: topicIdOf('t'), memberId: 'A', generation, partition }))
        .topics[0]!.partitions[0]!.errorCode;
    expect([errorIn(3, 0), errorIn(2, 0)]).toEqual([ErrorCode.NONE, ErrorCode.NONE]);
    expect([errorIn(2, 2), errorIn(4, 0)]).toEqual([
      ErrorCode.ILLEGAL_GENERATION,
      ErrorCode.ILLEGAL_GENERATION,
    ]);
  });

  it('are told to members at their epoch, and to whoever does not say who asks', () => {
    const driver = driverWith();
    driver.call(joiningCall('A'));
    const fetch = (memberId: string | null, memberEpoch: number) =>
      driver.call({ api: 'fetch', groupId: 'g', topics: null, memberId, memberEpoch }).errorCode;
    expect([fetch('A', 2), fetch(null, -1)]).toEqual([ErrorCode.NONE, ErrorCode.NONE]);
    expect([fetch('A', 1), fetch('Z', 2)]).toEqual([
      ErrorCode.STALE_MEMBER_EPOCH,
      ErrorCode.UNKNOWN_MEMBER_ID,
    ]);
  });

  it('expire once nobody subscribes their topic; an empty group goes with the last of them', () => {
    const driver = driverWith({ t: 1 });
    driver.call(joiningCall('A'));
    errorOf(driver, { memberId: 'A', generation: 2 });
    const week = 7 * 24 * 60 * 60_000;
    for (let at = 0; at < week + 1_200_000; at += 40_000) {
      driver.call(consumerCall({ memberId: 'A', memberEpoch: 2 }));
      driver.advance(40_000);
    }
    expect(driver.machine.shard.offsets.hasOffsets('g')).toBe(true);
    driver.call(consumerCall({ memberId: 'A', memberEpoch: -1 }));
    driver.advance(600_000);
    expect(driver.machine.shard.offsets.hasOffsets('g')).toBe(false);
    expect(group(driver)).toBeUndefined();
    expect(driver.restarted().machine.shard.consumerGroups.size).toBe(0);
  });

  it('go with the group when it is deleted, which must be empty', () => {
    const driver = driverWith();
    driver.call(joiningCall('A'));
    errorOf(driver, { memberId: 'A', generation: 2 });
    const remove = () => driver.call({ api: 'deleteGroups', groupIds: ['g'] })[0]!.errorCode;
    expect(remove()).toBe(ErrorCode.NON_EMPTY_GROUP);
    driver.call(consumerCall({ memberId: 'A', memberEpoch: -1 }));
    expect(remove()).toBe(ErrorCode.NONE);
    expect(remove()).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
    const { shard } = driver.restarted().machine;
    expect([shard.consumerGroups.size, shard.groups.size, shard.offsets.hasOffsets('g')]).toEqual([
      0,
      0,
      false,
    ]);
  });
});
