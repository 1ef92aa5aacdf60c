import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { imageOf, topicIdOf } from '../testing/consumer-test-calls.ts';
import { GroupDriver } from '../testing/group-driver.ts';
import { beat, shareBeat, shareDriver, settle } from '../testing/share-test-calls.ts';

describe('heartbeats of share groups', () => {
  it('begin a group, whose members wait for its partitions to be set up', () => {
    const driver = shareDriver();
    const { response, initialize } = beat(driver, 'm', { memberEpoch: 0, subscribedTopicNames: ['t'] });
    expect(response).toMatchObject({ memberEpoch: 2, assignment: { topicPartitions: [] } });
    expect(initialize).toMatchObject({
      stateEpoch: 2,
      topics: [{ topicId: topicIdOf('t'), partitions: [0, 1, 2] }],
    });
    // Asked for once, as long as the answer may still come.
    expect(beat(driver, 'm', { memberEpoch: 2 }).initialize).toBeUndefined();
    driver.advance(30_000);
    expect(beat(driver, 'm', { memberEpoch: 2 }).initialize).toBeDefined();
  });

  it('that only look again leave partitions that could not be set up to the next one', () => {
    const driver = shareDriver();
    const { initialize } = beat(driver, 'm', { memberEpoch: 0, subscribedTopicNames: ['t'] });
    driver.call({ api: 'shareNotInitialized', groupId: 'g', topics: initialize!.topics });
    expect(
      driver.call({ ...shareBeat('m', { memberEpoch: 2 }), isRepeated: true }).initialize,
    ).toBeUndefined();
    expect(beat(driver, 'm', { memberEpoch: 2 }).initialize).toEqual(initialize);
  });

  it('tell members of partitions when those are set up', () => {
    const driver = shareDriver();
    settle(driver, beat(driver, 'm', { memberEpoch: 0, subscribedTopicNames: ['t'] }));
    expect(beat(driver, 'm', { memberEpoch: 2 }).response).toMatchObject({
      memberEpoch: 3,
      assignment: { topicPartitions: [{ topicId: topicIdOf('t'), partitions: [0, 1, 2] }] },
    });
    expect(beat(driver, 'm', { memberEpoch: 3 }).response).toMatchObject({
      memberEpoch: 3,
      assignment: null,
    });
  });

  it('set up partitions that a topic got later', () => {
    const driver = shareDriver();
    settle(driver, beat(driver, 'm', { memberEpoch: 0, subscribedTopicNames: ['t'] }));
    beat(driver, 'm', { memberEpoch: 2 });
    driver.image = imageOf({ t: 5 });
    const grown = beat(driver, 'm', { memberEpoch: 3 });
    expect(grown.initialize?.topics).toMatchObject([{ partitions: [3, 4] }]);
    settle(driver, grown);
    const { response } = beat(driver, 'm', { memberEpoch: grown.response.memberEpoch });
    expect(response.assignment?.topicPartitions).toMatchObject([{ partitions: [0, 1, 2, 3, 4] }]);
  });

  it('share partitions among the members', () => {
    const driver = shareDriver();
    settle(driver, beat(driver, 'm', { memberEpoch: 0, subscribedTopicNames: ['t'] }));
    beat(driver, 'm', { memberEpoch: 2 });
    const second = beat(driver, 'n', { memberEpoch: 0, subscribedTopicNames: ['t'] });
    expect(second.response).toMatchObject({
      memberEpoch: 4,
      assignment: { topicPartitions: [{ partitions: [2] }] },
    });
    expect(beat(driver, 'm', { memberEpoch: 3 }).response).toMatchObject({
      memberEpoch: 4,
      assignment: { topicPartitions: [{ partitions: [0, 1] }] },
    });
  });

  it.each([
    [{ groupId: '' }, "GroupId can't be empty."],
    [{ memberEpoch: -2 }, 'MemberEpoch is invalid.'],
    [{ rackId: ' ', subscribedTopicNames: ['t'] }, "RackId can't be empty."],
    [{ subscribedTopicNames: [] }, 'SubscribedTopicNames must be set in first request.'],
  ])('are refused as by Apache Kafka: %o', (fields, errorMessage) => {
    const { response } = beat(shareDriver(), 'm', { memberEpoch: 0, ...fields });
    expect(response).toMatchObject({ errorCode: ErrorCode.INVALID_REQUEST, errorMessage });
  });

  it('are fenced when they come from the past or the future, and accepted after a lost answer', () => {
    const driver = shareDriver();
    settle(driver, beat(driver, 'm', { memberEpoch: 0, subscribedTopicNames: ['t'] }));
    beat(driver, 'm', { memberEpoch: 2 });
    for (const memberEpoch of [1, 9])
      expect(beat(driver, 'm', { memberEpoch }).response.errorCode).toBe(ErrorCode.FENCED_MEMBER_EPOCH);
    expect(beat(driver, 'm', { memberEpoch: 2 }).response.errorCode).toBe(ErrorCode.NONE);
    expect(beat(driver, 'x', { memberEpoch: 2 }).response.errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    expect(beat(driver, 'm', { groupId: 'h', memberEpoch: 2 }).response).toMatchObject({
      errorCode: ErrorCode.GROUP_ID_NOT_FOUND,
      errorMessage: 'Share group h not found.',
    });
  });

  it('let no more members in than group.share.max.size', () => {
    const driver = new GroupDriver({ 'group.share.max.size': 1 }, [], 0, imageOf({ t: 3 }));
    beat(driver, 'm', { memberEpoch: 0, subscribedTopicNames: ['t'] });
    const { response } = beat(driver, 'n', { memberEpoch: 0, subscribedTopicNames: ['t'] });
    expect(response.errorCode).toBe(ErrorCode.GROUP_MAX_SIZE_REACHED);
    expect(beat(driver, 'm', { memberEpoch: 0, subscribedTopicNames: ['t'] }).response.errorCode).toBe(
      ErrorCode.NONE,
    );
  });

  it('that stop, or say so, end a membership; others are told', () => {
    const driver = shareDriver();
    for (const memberId of ['m', 'n'])
      beat(driver, memberId, { memberEpoch: 0, subscribedTopicNames: ['t'] });
    expect(beat(driver, 'm', { memberEpoch: -1 }).response).toMatchObject({ errorCode: 0, memberEpoch: -1 });
    driver.advance(45_000);
    expect(driver.events).toEqual([
      { type: 'share-member-gone', groupId: 'g', memberId: 'm', isEmpty: false },
      { type: 'share-member-gone', groupId: 'g', memberId: 'n', isEmpty: true },
    ]);
    expect(driver.call({ api: 'shareDescribe', groupIds: ['g'] })).toMatchObject([
      { groupState: 'Empty', members: [] },
    ]);
  });

  it('take the settings of the group', () => {
    const driver = shareDriver();
    const configs = { of: () => new Map([['share.heartbeat.interval.ms', '7000']]), entries: () => [] };
    driver.image = { ...driver.image, configs };
    const { response } = beat(driver, 'm', { memberEpoch: 0, subscribedTopicNames: ['t'] });
    expect(response.heartbeatIntervalMs).toBe(7000);
  });
});

describe('groups of other kinds', () => {
  it('keep their ids, and share groups keep theirs', () => {
    const driver = shareDriver();
    beat(driver, 'm', { memberEpoch: 0, subscribedTopicNames: ['t'] });
    const commit = driver.call({
      api: 'commit',
      version: 9,
      request: {
        groupId: 'g',
        generationIdOrMemberEpoch: -1,
        memberId: '',
        groupInstanceId: null,
        retentionTimeMs: -1,
        topics: [
          {
            name: 't',
            topicId: topicIdOf('t'),
            partitions: [
              { partitionIndex: 0, committedOffset: 1, committedLeaderEpoch: -1, committedMetadata: '' },
            ],
          },
        ],
      },
    });
    expect(commit.topics[0]!.partitions[0]!.errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
    expect(driver.call({ api: 'describe', version: 6, groupIds: ['g'] })).toMatchObject([
      { errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage: 'Group g is not a classic group.' },
    ]);
    expect(driver.call({ api: 'consumerDescribe', groupIds: ['g'] })).toMatchObject([
      { errorMessage: 'Group g is not a consumer group.' },
    ]);
    expect(driver.call({ api: 'list' }).groups).toMatchObject([
      { groupId: 'g', groupType: 'share', protocolType: 'share' },
    ]);
  });
});

describe('offsets of share groups', () => {
  it('are set for groups without members, which come into being by it', () => {
    const driver = shareDriver();
    const topics = [{ topicId: topicIdOf('t'), topicName: 't', partitions: [0] }];
    const altered = driver.call({ api: 'shareAlterOffsets', groupId: 'g', topics });
    expect(altered).toEqual({ errorCode: ErrorCode.NONE, errorMessage: null, stateEpoch: 1 });
    driver.call({ api: 'shareInitialized', groupId: 'g', topics });
    expect(driver.call({ api: 'sharePartitions', groupId: 'g' }).topics).toEqual(topics);
    beat(driver, 'm', { memberEpoch: 0, subscribedTopicNames: ['t'] });
    const refused = driver.call({ api: 'shareAlterOffsets', groupId: 'g', topics });
    expect(refused.errorCode).toBe(ErrorCode.NON_EMPTY_GROUP);
  });

  it('are forgotten in two steps, so that a coordinator that comes after knows of it', () => {
    const driver = shareDriver();
    settle(driver, beat(driver, 'm', { memberEpoch: 0, subscribedTopicNames: ['t'] }));
    const forget = { api: 'shareForget', groupId: 'g', topicIds: null } as const;
    expect(driver.call(forget).errorCode).toBe(ErrorCode.NON_EMPTY_GROUP);
    beat(driver, 'm', { memberEpoch: -1 });
    expect(driver.call(forget).topics).toMatchObject([{ topicName: 't', partitions: [0, 1, 2] }]);
    const next = driver.restarted();
    expect(next.call({ api: 'sharePartitions', groupId: 'g' }).topics).toEqual([]);
    expect(next.call(forget).topics).toMatchObject([{ topicName: 't' }]);
    next.call({ api: 'shareForgotten', groupId: 'g', topicIds: [topicIdOf('t')] });
    expect(next.call(forget).topics).toEqual([]);
    expect(next.call({ api: 'deleteGroups', groupIds: ['g'] })).toMatchObject([
      { errorCode: ErrorCode.NONE },
    ]);
    expect(next.restarted().call({ api: 'list' }).groups).toEqual([]);
  });

  it('go with their topics', () => {
    const driver = shareDriver();
    settle(driver, beat(driver, 'm', { memberEpoch: 0, subscribedTopicNames: ['t'] }));
    driver.start({ api: 'forgetTopics', topics: ['t'], topicIds: [topicIdOf('t')] });
    expect(driver.restarted().call({ api: 'sharePartitions', groupId: 'g' }).topics).toEqual([]);
  });
});
