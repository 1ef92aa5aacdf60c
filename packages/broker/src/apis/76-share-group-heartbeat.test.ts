import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { ShareClient } from '../share/testing/share-client.ts';
import { TestBroker } from '../testing/test-broker.ts';

describe('ShareGroupHeartbeat', () => {
  it('joins, and is told of partitions at once', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare(3);
    expect(await client.join()).toMatchObject({
      errorCode: ErrorCode.NONE,
      memberEpoch: 3,
      heartbeatIntervalMs: 5000,
      assignment: { topicPartitions: [{ topicId: client.topicId, partitions: [0, 1, 2] }] },
    });
    expect(server.broker.image.topics.byName.has('__share_group_state')).toBe(true);
    expect(await client.heartbeat({ memberEpoch: 3 })).toMatchObject({ memberEpoch: 3, assignment: null });
  });

  it('tells members that come at the same time at once, too', async () => {
    await using server = await TestBroker.start();
    const first = new ShareClient(await server.connect());
    await first.prepare(2);
    const ids = ['AAAAAAAAAAAAAAAAAAAAAg', 'AAAAAAAAAAAAAAAAAAAAAw'];
    const others = await Promise.all(ids.map(async (id) => first.another(await server.connect(), id)));
    const answers = await Promise.all([first, ...others].map((member) => member.join()));
    for (const { assignment } of answers) expect(assignment?.topicPartitions).toHaveLength(1);
  });

  it('joins where there is no topic yet, and is told of it when there is', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.findCoordinator();
    const { memberEpoch, assignment } = await client.join();
    expect(assignment).toMatchObject({ topicPartitions: [] });
    await client.prepare();
    expect(await client.heartbeat({ memberEpoch })).toMatchObject({
      assignment: { topicPartitions: [{ partitions: [0] }] },
    });
  });

  it('says what is wrong with a request', async () => {
    await using server = await TestBroker.start();
    const client = new ShareClient(await server.connect());
    await client.prepare();
    expect(await client.heartbeat({ memberEpoch: 0 })).toMatchObject({
      errorCode: ErrorCode.INVALID_REQUEST,
      errorMessage: 'SubscribedTopicNames must be set in first request.',
    });
    expect(await client.heartbeat({ memberId: 'm'.repeat(37), subscribedTopicNames: ['t'] })).toMatchObject({
      errorCode: ErrorCode.INVALID_REQUEST,
      errorMessage: 'Invalid member id in the request.',
    });
  });
});
