import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { imageOf, joiningCall } from '../testing/consumer-test-calls.ts';
import type { GroupDriver } from '../testing/group-driver.ts';
import { commitCall, joinCall } from '../testing/group-test-calls.ts';
import {
  internalTopic,
  joiningStreamsCall,
  statefulTopology,
  streamsCall,
  streamsDriver,
  subtopology,
  TestThread,
} from '../testing/streams-test-calls.ts';
import type { StreamsHeartbeatCall } from './streams-calls.ts';
import { StreamsStatus } from './topology/topology-status.ts';

function errorOf(driver: GroupDriver, call: StreamsHeartbeatCall): [number, string | null] {
  const { errorCode, errorMessage } = driver.call(call).response;
  return [errorCode, errorMessage];
}

function statusesOf(driver: GroupDriver, call: StreamsHeartbeatCall): number[] {
  return (driver.call(call).response.status ?? []).map(({ statusCode }) => statusCode);
}

const stateOf = (driver: GroupDriver) => driver.machine.shard.streamsGroups.get('g')?.state;

describe('a streams group', () => {
  it('gives the first member all tasks, at the second epoch', () => {
    const driver = streamsDriver();
    const { response, missingTopics } = driver.call(joiningStreamsCall('a'));
    expect(response).toMatchObject({
      errorCode: 0,
      memberId: 'a',
      memberEpoch: 2,
      heartbeatIntervalMs: 5000,
      status: [],
      activeTasks: [{ subtopologyId: '0', partitions: [0, 1, 2, 3] }],
      standbyTasks: [],
      warmupTasks: [],
    });
    expect(missingTopics).toEqual([]);
    expect(stateOf(driver)).toBe('Stable');
  });

  it('tells tasks again only when they change', () => {
    const driver = streamsDriver();
    driver.call(joiningStreamsCall('a'));
    const { response } = driver.call(streamsCall({ memberId: 'a', memberEpoch: 2 }));
    expect(response).toMatchObject({ memberEpoch: 2, activeTasks: null, standbyTasks: null });
  });

  it('takes tasks from a member before it gives them to another', () => {
    const driver = streamsDriver();
    const [a, b] = [new TestThread('a'), new TestThread('b')];
    a.beat(driver);
    b.beat(driver);
    // Nothing is free yet.
    expect([b.memberEpoch, b.active.size]).toEqual([3, 0]);
    const before = streamsCall({ memberId: 'a', memberEpoch: 2 });
    expect(driver.call(before).response.activeTasks).toEqual([{ subtopologyId: '0', partitions: [0, 1] }]);
    b.beat(driver);
    expect(b.active.size).toBe(0);
    expect(stateOf(driver)).toBe('Reconciling');
    a.memberEpoch = 2;
    a.active = new Set(['0:0', '0:1']);
    a.beat(driver);
    b.beat(driver);
    expect([...b.active]).toEqual(['0:2', '0:3']);
    expect(stateOf(driver)).toBe('Stable');
  });

  it('removes a member that does not give up its tasks in time', () => {
    const driver = streamsDriver();
    driver.call(joiningStreamsCall('a', { rebalanceTimeoutMs: 10_000 }));
    driver.call(joiningStreamsCall('b'));
    driver.call(streamsCall({ memberId: 'a', memberEpoch: 2 }));
    driver.advance(9999);
    expect(driver.machine.shard.streamsGroups.get('g')!.members.has('a')).toBe(true);
    driver.advance(1);
    expect([...driver.machine.shard.streamsGroups.get('g')!.members.keys()]).toEqual(['b']);
  });

  it('removes a member that is not heard of, and gives its tasks to the others', () => {
    const driver = streamsDriver();
    const [a, b] = [new TestThread('a'), new TestThread('b')];
    for (const thread of [a, b, a, a, b]) thread.beat(driver);
    driver.advance(30_000);
    b.beat(driver);
    driver.advance(15_000);
    b.beat(driver);
    expect([...b.active].toSorted()).toEqual(['0:0', '0:1', '0:2', '0:3']);
  });

  it('waits for more members of a new group, and tells so', () => {
    const driver = streamsDriver({ 'group.streams.initial.rebalance.delay.ms': 3000 });
    const { response } = driver.call(joiningStreamsCall('a'));
    expect(response).toMatchObject({ memberEpoch: 1, activeTasks: [] });
    expect(response.status).toEqual([
      {
        statusCode: StreamsStatus.assignmentDelayed,
        statusDetail: 'Assignment delayed due to the configured initial rebalance delay.',
      },
    ]);
    driver.call(joiningStreamsCall('b'));
    driver.advance(3000);
    const { response: later } = driver.call(streamsCall({ memberId: 'b', memberEpoch: 1 }));
    expect(later).toMatchObject({ memberEpoch: 3, status: [] });
    expect(later.activeTasks).toEqual([{ subtopologyId: '0', partitions: [1, 3] }]);
  });

  it('assigns no more often than the interval says', () => {
    const driver = streamsDriver({ 'group.streams.assignment.interval.ms': 1000 });
    driver.call(joiningStreamsCall('a'));
    driver.advance(10);
    const joining = driver.call(joiningStreamsCall('b')).response;
    expect(joining.memberEpoch).toBe(2);
    expect(joining.status?.[0]?.statusDetail).toBe(
      'Assignment delayed due to the configured assignment interval.',
    );
    driver.advance(990);
    expect(driver.call(streamsCall({ memberId: 'b', memberEpoch: 2 })).response.memberEpoch).toBe(3);
  });

  it('keeps copies where a group asks for them, and begins an epoch when that changes', () => {
    const driver = streamsDriver();
    const [a, b] = [new TestThread('a'), new TestThread('b')];
    for (const thread of [a, b, a, a, b]) thread.beat(driver);
    Object.assign(driver.properties, { 'group.streams.num.standby.replicas': 1 });
    for (const thread of [a, b, a, b]) thread.beat(driver);
    expect([...a.standby].toSorted()).toEqual([...b.active].toSorted());
    expect([...b.standby].toSorted()).toEqual([...a.active].toSorted());
  });
});

describe('the topics of a streams group', () => {
  it('are waited for', () => {
    const driver = streamsDriver();
    driver.image = imageOf({ c: 4 });
    const { response } = driver.call(joiningStreamsCall('a'));
    expect(response.activeTasks).toEqual([]);
    expect(response.status).toEqual([
      { statusCode: StreamsStatus.missingSourceTopics, statusDetail: 'Source topics t are missing.' },
    ]);
    expect(stateOf(driver)).toBe('NotReady');
    driver.image = imageOf({ t: 2, c: 2 });
    const { response: later } = driver.call(streamsCall({ memberId: 'a', memberEpoch: 2 }));
    expect(later).toMatchObject({ memberEpoch: 3, status: [] });
    expect(later.activeTasks).toEqual([{ subtopologyId: '0', partitions: [0, 1] }]);
  });

  it('are asked for when they are internal ones, with as many partitions as there are tasks', () => {
    const driver = streamsDriver();
    driver.image = imageOf({ t: 3 });
    const { response, missingTopics } = driver.call(joiningStreamsCall('a'));
    expect(missingTopics).toEqual([internalTopic('c', 3)]);
    expect(response.status).toEqual([
      { statusCode: StreamsStatus.missingInternalTopics, statusDetail: 'Internal topics are missing: c' },
    ]);
    driver.image = imageOf({ t: 3, c: 3 });
    const later = driver.call(streamsCall({ memberId: 'a', memberEpoch: 2 }));
    expect(later.missingTopics).toEqual([]);
    expect(later.response.activeTasks).toEqual([{ subtopologyId: '0', partitions: [0, 1, 2] }]);
  });

  it('must have the partitions that the tasks need', () => {
    const driver = streamsDriver();
    driver.image = imageOf({ t: 3, c: 2 });
    expect(driver.call(joiningStreamsCall('a')).response.status).toEqual([
      {
        statusCode: StreamsStatus.incorrectlyPartitionedTopics,
        statusDetail: 'Existing topic c has different number of partitions: expected 3, found 2',
      },
    ]);
  });

  it('give more tasks when they grow', () => {
    const driver = streamsDriver();
    const topology = { epoch: 0, subtopologies: [subtopology()] };
    driver.call(joiningStreamsCall('a', { topology }));
    driver.image = imageOf({ t: 6, c: 4 });
    const { response } = driver.call(streamsCall({ memberId: 'a', memberEpoch: 2 }));
    expect(response.activeTasks).toEqual([{ subtopologyId: '0', partitions: [0, 1, 2, 3, 4, 5] }]);
  });
});

describe('what a member says', () => {
  it('must be of an epoch that it was told', () => {
    const driver = streamsDriver();
    const a = new TestThread('a');
    a.beat(driver);
    const { FENCED_MEMBER_EPOCH, UNKNOWN_MEMBER_ID, GROUP_ID_NOT_FOUND } = ErrorCode;
    expect(errorOf(driver, streamsCall({ memberId: 'a', memberEpoch: 3 }))).toEqual([
      FENCED_MEMBER_EPOCH,
      'The streams group member has a greater member epoch (3) than the one known by the group coordinator (2). ' +
        'The member must abandon all its partitions and rejoin.',
    ]);
    expect(errorOf(driver, streamsCall({ memberId: 'a', memberEpoch: 1 }))[0]).toBe(FENCED_MEMBER_EPOCH);
    expect(errorOf(driver, streamsCall({ memberId: 'x', memberEpoch: 2 }))).toEqual([
      UNKNOWN_MEMBER_ID,
      'Member x is not a member of group g.',
    ]);
    expect(errorOf(driver, streamsCall({ groupId: 'h', memberId: 'a', memberEpoch: 2 }))).toEqual([
      GROUP_ID_NOT_FOUND,
      'Streams group h not found.',
    ]);
  });

  it('may be an epoch behind when an answer was lost, with nothing that it was not given', () => {
    const driver = streamsDriver();
    driver.call(joiningStreamsCall('a', { topology: { epoch: 0, subtopologies: [subtopology()] } }));
    driver.image = imageOf({ t: 5 });
    expect(driver.call(streamsCall({ memberId: 'a', memberEpoch: 2 })).response.memberEpoch).toBe(3);
    const repeated = (partitions: number[]) =>
      streamsCall({
        memberId: 'a',
        memberEpoch: 2,
        activeTasks: [{ subtopologyId: '0', partitions }],
        standbyTasks: [],
        warmupTasks: [],
      });
    expect(driver.call(repeated([0, 1])).response).toMatchObject({ errorCode: 0, memberEpoch: 3 });
    expect(errorOf(driver, repeated([7]))[0]).toBe(ErrorCode.FENCED_MEMBER_EPOCH);
  });

  it('must be about tasks that there are', () => {
    const driver = streamsDriver();
    driver.call(joiningStreamsCall('a'));
    const owning = (subtopologyId: string, partitions: number[]) =>
      streamsCall({
        memberId: 'a',
        memberEpoch: 2,
        activeTasks: [{ subtopologyId, partitions }],
        standbyTasks: [],
        warmupTasks: [],
      });
    expect(errorOf(driver, owning('9', [0]))).toEqual([
      ErrorCode.INVALID_REQUEST,
      'Subtopology 9 does not exist in the topology.',
    ]);
    expect(errorOf(driver, owning('0', [4]))).toEqual([
      ErrorCode.INVALID_REQUEST,
      'Task 4 for subtopology 0 is invalid. Number of tasks for this subtopology: 4',
    ]);
  });

  it('must fit the topology of the group, or be older', () => {
    const driver = streamsDriver();
    driver.call(joiningStreamsCall('a', { topology: { ...statefulTopology, epoch: 1 } }));
    const other = { epoch: 1, subtopologies: [subtopology()] };
    expect(errorOf(driver, joiningStreamsCall('b', { topology: other }))).toEqual([
      ErrorCode.INVALID_REQUEST,
      'Topology updates are not supported yet.',
    ]);
    expect(driver.machine.shard.streamsGroups.get('g')!.members.has('b')).toBe(false);
    expect(statusesOf(driver, joiningStreamsCall('c'))).toEqual([StreamsStatus.staleTopology]);
  });

  it('is refused where it makes no sense', () => {
    const driver = streamsDriver();
    const { INVALID_REQUEST, STREAMS_INVALID_TOPOLOGY } = ErrorCode;
    const withChangelog = (partitions: number) => ({
      epoch: 0,
      subtopologies: [subtopology({ stateChangelogTopics: [internalTopic('c', partitions)] })],
    });
    const regex = { epoch: 0, subtopologies: [subtopology({ sourceTopicRegex: ['t.*'] })] };
    const cases: [StreamsHeartbeatCall, number, string][] = [
      [joiningStreamsCall(''), INVALID_REQUEST, "MemberId can't be empty."],
      [joiningStreamsCall('a', { groupId: ' ' }), INVALID_REQUEST, "GroupId can't be empty."],
      [joiningStreamsCall('a', { rackId: '' }), INVALID_REQUEST, "RackId can't be empty."],
      [
        joiningStreamsCall('a', { instanceId: 'i' }),
        INVALID_REQUEST,
        'Static membership is not yet supported.',
      ],
      [
        joiningStreamsCall('a', { topology: null }),
        INVALID_REQUEST,
        'Topology must be non-null when (re-)joining.',
      ],
      [
        joiningStreamsCall('a', { rebalanceTimeoutMs: -1 }),
        INVALID_REQUEST,
        'RebalanceTimeoutMs must be provided in first request.',
      ],
      [
        joiningStreamsCall('a', { activeTasks: null }),
        INVALID_REQUEST,
        'ActiveTasks must be empty when (re-)joining.',
      ],
      [
        joiningStreamsCall('a', { topology: regex }),
        INVALID_REQUEST,
        'Regular expressions for source topics are not supported yet.',
      ],
      [
        joiningStreamsCall('a', { topology: withChangelog(2) }),
        STREAMS_INVALID_TOPOLOGY,
        'Changelog topic c must have an undefined partition count, but it is set to 2.',
      ],
      [
        streamsCall({ memberId: 'a', memberEpoch: -3 }),
        INVALID_REQUEST,
        'MemberEpoch is -3, but must be greater than or equal to -2.',
      ],
      [
        streamsCall({ memberId: 'a', memberEpoch: 1, activeTasks: [] }),
        INVALID_REQUEST,
        'If one task-type is non-null, all must be non-null.',
      ],
      [
        streamsCall({ memberId: 'a', memberEpoch: 1, topology: statefulTopology }),
        INVALID_REQUEST,
        'Topology can only be provided when (re-)joining.',
      ],
    ];
    for (const [call, code, text] of cases) expect(errorOf(driver, call)).toEqual([code, text]);
    expect(driver.machine.shard.streamsGroups.size).toBe(0);
    expect(driver.log).toEqual([]);
  });

  it('can be that the whole application must end', () => {
    const driver = streamsDriver();
    driver.call(joiningStreamsCall('a'));
    driver.call(joiningStreamsCall('b'));
    driver.call(streamsCall({ memberId: 'a', memberEpoch: -1, shutdownApplication: true }));
    const { response } = driver.call(streamsCall({ memberId: 'b', memberEpoch: 3 }));
    expect(response.status).toEqual([
      {
        statusCode: StreamsStatus.shutdownApplication,
        statusDetail:
          'Streams group member a encountered a fatal error and requested a shutdown for the entire application.',
      },
    ]);
    driver.call(streamsCall({ memberId: 'b', memberEpoch: -1 }));
    expect(statusesOf(driver, joiningStreamsCall('b'))).toEqual([]);
  });

  it('tells where the state of the application is to be asked for', () => {
    const driver = streamsDriver();
    const first = driver.call(
      joiningStreamsCall('a', { endpointInformationEpoch: -1, userEndpoint: { host: 'h', port: 1 } }),
    ).response;
    const partitions = [{ topic: 't', partitions: [0, 1, 2, 3] }];
    const told = [
      { userEndpoint: { host: 'h', port: 1 }, activePartitions: partitions, standbyPartitions: [] },
    ];
    expect(first).toMatchObject({ endpointInformationEpoch: 0, partitionsByUserEndpoint: told });
    const b = driver.call(joiningStreamsCall('b', { userEndpoint: { host: 'i', port: 2 } })).response;
    expect(b.endpointInformationEpoch).toBe(1);
    expect(b.partitionsByUserEndpoint).toHaveLength(2);
    const same = streamsCall({ memberId: 'b', memberEpoch: 3, endpointInformationEpoch: 1 });
    expect(driver.call(same).response.partitionsByUserEndpoint).toBeNull();
  });
});

describe('the id of a streams group', () => {
  it('may have been that of a classic group without members, whose offsets it keeps', () => {
    const driver = streamsDriver();
    driver.call(commitCall());
    expect(driver.call(joiningStreamsCall('a')).response.errorCode).toBe(0);
    expect(driver.machine.shard.groups.has('g')).toBe(false);
    expect(driver.machine.shard.offsets.ofGroup('g').size).toBe(1);
  });

  it('is refused to groups of other kinds, and theirs to it', () => {
    const driver = streamsDriver();
    driver.call(joiningStreamsCall('a'));
    driver.call(joiningCall('c', { groupId: 'consumers' }));
    const { GROUP_ID_NOT_FOUND, INCONSISTENT_GROUP_PROTOCOL, NON_EMPTY_GROUP } = ErrorCode;
    expect(errorOf(driver, joiningStreamsCall('b', { groupId: 'consumers' }))).toEqual([
      GROUP_ID_NOT_FOUND,
      'Group consumers is not a streams group.',
    ]);
    expect(driver.call(joiningCall('c')).errorCode).toBe(GROUP_ID_NOT_FOUND);
    expect(driver.call(joinCall()).errorCode).toBe(INCONSISTENT_GROUP_PROTOCOL);
    expect(driver.call({ api: 'deleteGroups', groupIds: ['g'] })).toMatchObject([
      { errorCode: NON_EMPTY_GROUP },
    ]);
  });

  it('is free for a classic group once the last member has left', () => {
    const driver = streamsDriver();
    driver.call(joiningStreamsCall('a'));
    driver.call(streamsCall({ memberId: 'a', memberEpoch: -1 }));
    expect(stateOf(driver)).toBe('Empty');
    expect(driver.call(joinCall()).errorCode).toBe(ErrorCode.MEMBER_ID_REQUIRED);
    expect(driver.machine.shard.streamsGroups.has('g')).toBe(false);
    expect(driver.restarted().machine.shard.streamsGroups.has('g')).toBe(false);
  });

  it('is listed and described with the group, and gone when that is deleted', () => {
    const driver = streamsDriver();
    driver.call(joiningStreamsCall('a'));
    expect(driver.call({ api: 'list' }).groups).toEqual([
      { groupId: 'g', protocolType: 'streams', groupState: 'Stable', groupType: 'streams' },
    ]);
    expect(driver.call({ api: 'streamsDescribe', groupIds: ['g', 'h'] })).toMatchObject([
      {
        groupState: 'Stable',
        groupEpoch: 2,
        assignmentEpoch: 2,
        topology: {
          epoch: 0,
          subtopologies: [{ subtopologyId: '0', stateChangelogTopics: [{ partitions: 4 }] }],
        },
        members: [
          {
            memberId: 'a',
            processId: 'process-a',
            assignment: { activeTasks: [{ partitions: [0, 1, 2, 3] }] },
          },
        ],
      },
      { errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage: 'Group h not found.' },
    ]);
    driver.call(streamsCall({ memberId: 'a', memberEpoch: -1 }));
    expect(driver.call({ api: 'deleteGroups', groupIds: ['g'] })).toMatchObject([{ errorCode: 0 }]);
    expect(driver.call({ api: 'list' }).groups).toEqual([]);
  });
});
