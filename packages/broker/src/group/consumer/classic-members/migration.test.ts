import { ErrorCode, WireReader, WireWriter } from '@millrace/protocol';
import {
  ConsumerProtocolAssignment,
  ConsumerProtocolSubscription,
} from '@millrace/protocol/messages/consumer-protocol';
import { describe, expect, it } from 'vitest';
import type { GroupReplies } from '../../group-calls.ts';
import { consumerCall, imageOf, joiningCall, TestConsumer } from '../../testing/consumer-test-calls.ts';
import { GroupDriver } from '../../testing/group-driver.ts';
import { commitCall, heartbeatCall, joinCall, leaveCall, syncCall } from '../../testing/group-test-calls.ts';

/** Subscription version 1 to topic `t`: what a cooperative member says that holds these partitions. */
function subscriptionWith(partitions: readonly number[]): Buffer {
  const writer = new WireWriter(64);
  writer.int16(1);
  ConsumerProtocolSubscription.write(
    writer,
    { topics: ['t'], ownedPartitions: [{ topic: 't', partitions }] },
    1,
  );
  return writer.toBuffer();
}

function assignmentOf(partitions: readonly number[]): Buffer {
  const writer = new WireWriter(64);
  writer.int16(1);
  ConsumerProtocolAssignment.write(
    writer,
    { assignedPartitions: [{ topic: 't', partitions }], userData: null },
    1,
  );
  return writer.toBuffer();
}

function partitionsIn(assignment: Buffer): number[] {
  const reader = new WireReader(assignment);
  return ConsumerProtocolAssignment.read(reader, reader.int16()).assignedPartitions.flatMap(
    ({ partitions }) => partitions,
  );
}

/** A cooperative consumer of the classic protocol. */
class ClassicConsumer {
  memberId = '';
  generation = -1;
  partitions: number[] = [];
  readonly #driver: GroupDriver;

  constructor(driver: GroupDriver) {
    this.#driver = driver;
  }

  join(): GroupReplies['join'] {
    const protocols = [{ name: 'cooperative-sticky', metadata: subscriptionWith(this.partitions) }];
    const call = joinCall({
      memberId: this.memberId,
      version: 3,
      suffix: String(this.#driver.callCount),
      protocols,
    });
    const replyId = this.#driver.start(call);
    // A classic group waits for its initial delay to end.
    this.#driver.advance(0);
    const reply = this.#driver.reply(replyId) as GroupReplies['join'];
    ({ memberId: this.memberId, generationId: this.generation } = reply);
    return reply;
  }

  /** As leader of a classic group it takes everything. */
  sync(assigned: readonly number[] = []): number {
    const call = syncCall({ memberId: this.memberId, generation: this.generation });
    const assignments = [{ memberId: this.memberId, assignment: assignmentOf(assigned) }];
    const reply = this.#driver.call({ ...call, request: { ...call.request, assignments } });
    if (reply.errorCode === 0) this.partitions = partitionsIn(reply.assignment);
    return reply.errorCode;
  }

  beat(): number {
    return this.#driver.call(heartbeatCall(this)).errorCode;
  }

  /** Heartbeats, and joins where it is told to. */
  follow(): void {
    if (this.beat() !== ErrorCode.REBALANCE_IN_PROGRESS) return;
    this.join();
    this.sync();
  }
}

function driverWith(properties: ConstructorParameters<typeof GroupDriver>[0] = {}): GroupDriver {
  return new GroupDriver({ 'group.initial.rebalance.delay.ms': 0, ...properties }, [], 0, imageOf({ t: 4 }));
}

/** A classic group with one member that has all four partitions and has committed for one. */
function classicGroup(driver: GroupDriver): ClassicConsumer {
  const classic = new ClassicConsumer(driver);
  classic.join();
  classic.sync([0, 1, 2, 3]);
  driver.call(commitCall({ memberId: classic.memberId, generation: classic.generation, offset: 7 }));
  return classic;
}

function settle(...members: readonly { readonly step: () => void }[]): void {
  for (let round = 0; round < 6; round++) for (const { step } of members) step();
}

describe('a classic group that a new consumer joins', () => {
  it('becomes a consumer group, and the partitions move without anybody losing all of them', () => {
    const driver = driverWith();
    const classic = classicGroup(driver);
    const consumer = new TestConsumer('N');
    expect(consumer.beat(driver)).toBe(ErrorCode.NONE);
    expect(classic.beat()).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
    const seen: number[] = [];
    settle(
      { step: () => classic.follow() },
      { step: () => seen.push(classic.partitions.length) },
      { step: () => consumer.beat(driver) },
    );
    expect([classic.partitions, consumer.partitions()]).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(Math.min(...seen)).toBe(2);
    const described = driver.call({ api: 'consumerDescribe', groupIds: ['g'] })[0]!;
    expect(described).toMatchObject({ errorCode: 0, groupState: 'Stable' });
    expect(described.members.map(({ memberType }) => memberType)).toEqual([0, 1]);
  });

  it('keeps its committed offsets', () => {
    const driver = driverWith();
    classicGroup(driver);
    driver.call(joiningCall('N'));
    const { topics } = driver.restarted().call({ api: 'fetch', groupId: 'g', topics: null });
    expect(topics[0]!.partitions[0]!.committedOffset).toBe(7);
  });

  it('answers those that wait for a rebalance, so that they join again', () => {
    const driver = driverWith();
    const classic = classicGroup(driver);
    const waiting = driver.start(joinCall({ version: 3, suffix: 'w', protocols: ['cooperative-sticky'] }));
    expect(driver.reply(waiting)).toBeUndefined();
    driver.call(joiningCall('N'));
    expect(driver.reply(waiting)).toMatchObject({ errorCode: ErrorCode.REBALANCE_IN_PROGRESS });
    expect(classic.beat()).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  });

  it.each(['disabled', 'downgrade'])('stays as it is where the policy is %s', (policy) => {
    const driver = driverWith({ 'group.consumer.migration.policy': policy });
    const classic = classicGroup(driver);
    expect(driver.call(joiningCall('N')).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
    expect(classic.beat()).toBe(ErrorCode.NONE);
  });

  it('stays as it is where it is no group of consumers, or its metadata cannot be read', () => {
    for (const options of [
      { protocolType: 'connect' },
      { protocols: [{ name: 'range', metadata: Buffer.from('?') }] },
    ]) {
      const driver = driverWith();
      const replyId = driver.start(joinCall({ version: 3, ...options }));
      driver.advance(0);
      expect(driver.reply(replyId)).toMatchObject({ errorCode: 0 });
      expect(driver.call(joiningCall('N')).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
      expect(driver.machine.shard.groups.has('g')).toBe(true);
    }
  });

  it('just makes room when its last member has left in the middle of a rebalance', () => {
    const driver = driverWith({ 'group.initial.rebalance.delay.ms': 3000 });
    driver.start(joinCall({ version: 3 }));
    const [memberId] = [...driver.machine.shard.groups.get('g')!.members.keys()];
    driver.call(leaveCall({ memberId: memberId! }));
    expect(driver.machine.shard.groups.get('g')).toMatchObject({ state: 'PreparingRebalance' });
    expect(driver.call(joiningCall('N'))).toMatchObject({ errorCode: ErrorCode.NONE });
    driver.advance(3000);
    expect(driver.machine.shard.groups.has('g')).toBe(false);
    expect([...driver.machine.shard.consumerGroups.get('g')!.members.keys()]).toEqual(['N']);
  });

  it('is a classic group again when the upgrade could not be written', () => {
    const driver = driverWith();
    const classic = classicGroup(driver);
    driver.autoCommit = false;
    const joining = driver.start(joiningCall('N'));
    driver.loseAppends(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    driver.autoCommit = true;
    expect(driver.reply(joining)).toMatchObject({ errorCode: ErrorCode.COORDINATOR_NOT_AVAILABLE });
    expect(driver.machine.shard.consumerGroups.size).toBe(0);
    expect(classic.beat()).toBe(ErrorCode.NONE);
  });
});

describe('a consumer group with classic members', () => {
  function mixedGroup(driver: GroupDriver) {
    const classic = classicGroup(driver);
    const consumer = new TestConsumer('N');
    settle({ step: () => consumer.beat(driver) }, { step: () => classic.follow() });
    return { classic, consumer };
  }

  it('becomes a classic group when its last new consumer leaves, and starts a rebalance', () => {
    const driver = driverWith();
    const { classic } = mixedGroup(driver);
    driver.call(consumerCall({ memberId: 'N', memberEpoch: -1 }));
    const group = driver.machine.shard.groups.get('g')!;
    expect(group).toMatchObject({ state: 'PreparingRebalance', protocolName: 'cooperative-sticky' });
    expect(driver.restarted().machine.shard.groups.get('g')).toMatchObject({ generation: group.generation });
    const joined = classic.join();
    expect(joined).toMatchObject({ errorCode: 0, leader: classic.memberId });
    expect(classic.sync([0, 1, 2, 3])).toBe(ErrorCode.NONE);
    expect(classic.beat()).toBe(ErrorCode.NONE);
  });

  it('becomes one as well when the session of the last new consumer ends', () => {
    const driver = driverWith();
    const { classic } = mixedGroup(driver);
    for (let second = 0; second < 46; second += 5) {
      driver.advance(5000);
      if (driver.machine.shard.consumerGroups.has('g')) classic.follow();
    }
    expect(driver.machine.shard.groups.get('g')?.members.has(classic.memberId)).toBe(true);
  });

  it('stays one where the policy forbids it, and its classic members get everything', () => {
    const driver = driverWith({ 'group.consumer.migration.policy': 'upgrade' });
    const { classic } = mixedGroup(driver);
    driver.call(consumerCall({ memberId: 'N', memberEpoch: -1 }));
    settle({ step: () => classic.follow() });
    expect(classic.partitions).toEqual([0, 1, 2, 3]);
  });

  it('is a consumer group again when the downgrade could not be written', () => {
    const driver = driverWith();
    const { consumer } = mixedGroup(driver);
    driver.autoCommit = false;
    driver.start(consumerCall({ memberId: 'N', memberEpoch: -1 }));
    driver.loseAppends(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    driver.autoCommit = true;
    expect(driver.machine.shard.groups.size).toBe(0);
    expect(consumer.beat(driver)).toBe(ErrorCode.NONE);
    driver.advance(45_000);
    expect(driver.machine.shard.consumerGroups.get('g')?.members.has('N') ?? false).toBe(false);
  });

  it('takes a member back that leaves by LeaveGroup', () => {
    const driver = driverWith();
    const { classic, consumer } = mixedGroup(driver);
    const reply = driver.call(leaveCall({ memberId: classic.memberId }, { memberId: 'nobody' }));
    expect(reply.members.map(({ errorCode }) => errorCode)).toEqual([
      ErrorCode.NONE,
      ErrorCode.UNKNOWN_MEMBER_ID,
    ]);
    settle({ step: () => consumer.beat(driver) });
    expect(consumer.partitions()).toEqual([0, 1, 2, 3]);
  });

  it('becomes a classic group when an administrator removes its last new consumer', () => {
    const driver = driverWith();
    const { classic } = mixedGroup(driver);
    const reply = driver.call(leaveCall({ memberId: 'N' }, { memberId: 'N' }));
    expect(reply.members.map(({ errorCode }) => errorCode)).toEqual([ErrorCode.NONE, ErrorCode.NONE]);
    expect([...driver.machine.shard.groups.get('g')!.members.keys()]).toEqual([classic.memberId]);
    expect(classic.join()).toMatchObject({ errorCode: 0, leader: classic.memberId });
  });

  it('lets go of a new consumer that an administrator names by its instance, and answers in his words', () => {
    const driver = driverWith();
    const joining = { rebalanceTimeoutMs: 60_000, subscribedTopicNames: ['t'], topicPartitions: [] };
    const joined = driver.call(consumerCall({ memberId: 'N', instanceId: 'i', ...joining }));
    expect(joined).toMatchObject({ errorCode: ErrorCode.NONE });
    const removals = [
      { memberId: 'other', instanceId: 'i' },
      { memberId: '', instanceId: 'i' },
    ];
    const reply = driver.call(leaveCall(...removals));
    expect(reply.members).toEqual([
      { memberId: 'other', groupInstanceId: 'i', errorCode: ErrorCode.FENCED_INSTANCE_ID },
      { memberId: '', groupInstanceId: 'i', errorCode: ErrorCode.NONE },
    ]);
    expect(driver.machine.shard.consumerGroups.get('g')?.members.size).toBe(0);
  });

  it('removes a classic member that does not join again, or does not ask for its assignment', () => {
    const driver = driverWith();
    const { classic, consumer } = mixedGroup(driver);
    const other = new TestConsumer('O');
    other.beat(driver);
    for (let second = 0; second <= 60; second += 5) {
      classic.beat();
      consumer.beat(driver);
      other.beat(driver);
      driver.advance(5000);
    }
    expect(classic.beat()).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it.each([
    ['an unknown member', { memberId: 'x' }, ErrorCode.UNKNOWN_MEMBER_ID],
    ['a member of the new protocol', { memberId: 'N' }, ErrorCode.UNKNOWN_MEMBER_ID],
    ['another generation', { generation: 99 }, ErrorCode.ILLEGAL_GENERATION],
    ['another instance', { instanceId: 'i' }, ErrorCode.UNKNOWN_MEMBER_ID],
  ])('refuses heartbeats and SyncGroup of %s', (_, change, errorCode) => {
    const driver = driverWith();
    const { classic } = mixedGroup(driver);
    const member = { memberId: classic.memberId, generation: classic.generation, ...change };
    expect(driver.call(heartbeatCall(member)).errorCode).toBe(errorCode);
    expect(driver.call(syncCall(member)).errorCode).toBe(errorCode);
  });

  it.each([
    ['another protocol type', { protocolType: 'connect' }, ErrorCode.INCONSISTENT_GROUP_PROTOCOL],
    ['no assignor in common', { protocols: ['range'] }, ErrorCode.INCONSISTENT_GROUP_PROTOCOL],
    ['a session that is too short', { sessionTimeoutMs: 1 }, ErrorCode.INVALID_SESSION_TIMEOUT],
    [
      'no member id in version 4',
      { version: 4, protocols: ['cooperative-sticky'] },
      ErrorCode.MEMBER_ID_REQUIRED,
    ],
  ])('refuses a JoinGroup with %s', (_, change, errorCode) => {
    const driver = driverWith();
    mixedGroup(driver);
    expect(driver.call(joinCall({ version: 3, ...change })).errorCode).toBe(errorCode);
  });
});

describe('an empty group', () => {
  it('may be of the other kind with its next member, in both directions', () => {
    const driver = driverWith();
    driver.call(joiningCall('N'));
    driver.call(consumerCall({ memberId: 'N', memberEpoch: -1 }));
    const classic = new ClassicConsumer(driver);
    expect(classic.join()).toMatchObject({ errorCode: 0, leader: classic.memberId });
    classic.sync([0]);
    driver.call(leaveCall({ memberId: classic.memberId }));
    driver.call(joiningCall('N'));
    const { shard } = driver.restarted().machine;
    expect([shard.groups.size, shard.consumerGroups.size]).toEqual([0, 1]);
  });
});
