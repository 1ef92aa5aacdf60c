import { ErrorCode } from '@millrace/protocol';
import {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator';
import { describe, expect, it } from 'vitest';
import { ConfigResourceType } from '../metadata/cluster-image.ts';
import { TestBroker } from '../testing/test-broker.ts';

const api = { request: FindCoordinatorRequest, response: FindCoordinatorResponse };

describe('FindCoordinator', () => {
  it.each([0, 1, 2, 3])('names this node to the first who asks, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const answer = await connection.send({ ...api, version, message: { key: 'g' } });
    const { host, port } = server.broker.address;
    expect(answer).toMatchObject({ errorCode: ErrorCode.NONE, nodeId: server.broker.nodeId, host, port });
    expect(server.broker.image.topics.byName.get('__consumer_offsets')?.partitions).toHaveLength(50);
  });

  it.each([4, 5, 6])('names the coordinators of several groups, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const message = { keyType: 0, coordinatorKeys: ['a', 'b'] };
    const { coordinators } = await connection.send({ ...api, version, message });
    const { host, port } = server.broker.address;
    const here = { errorCode: ErrorCode.NONE, nodeId: server.broker.nodeId, host, port };
    expect(coordinators).toMatchObject([
      { key: 'a', ...here },
      { key: 'b', ...here },
    ]);
  });

  it('names the coordinator of a transactional id, and makes its topic as Kafka does', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const transaction = await connection.send({ ...api, version: 1, message: { key: 't', keyType: 1 } });
    expect(transaction).toMatchObject({ errorCode: ErrorCode.NONE, port: server.broker.address.port });
    const { topics, configs } = server.broker.image;
    expect(topics.byName.get('__transaction_state')?.partitions).toHaveLength(50);
    expect(configs.of(ConfigResourceType.TOPIC, '__transaction_state').get('cleanup.policy')).toBe('compact');
  });

  it('finds the coordinator of a share partition by its key, and makes its topic', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const keys = ['g:AAAAAAAAAAAAAAAAAAAAKg:0', 'g', 'g:topic:0', ':AAAAAAAAAAAAAAAAAAAAKg:0'];
    const message = { keyType: 2, coordinatorKeys: keys };
    const { coordinators } = await connection.send({ ...api, version: 6, message });
    const refused = { errorCode: ErrorCode.INVALID_REQUEST, nodeId: -1 };
    expect(coordinators).toMatchObject([{ errorCode: ErrorCode.NONE, nodeId: 1 }, refused, refused, refused]);
    const { topics, configs } = server.broker.image;
    expect(topics.byName.get('__share_group_state')?.partitions).toHaveLength(50);
    expect(configs.of(ConfigResourceType.TOPIC, '__share_group_state').get('cleanup.policy')).toBe('delete');
  });

  it('does not tell clients of versions before 6 of share coordinators', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const message = { keyType: 2, coordinatorKeys: ['g:AAAAAAAAAAAAAAAAAAAAKg:0'] };
    const { coordinators } = await connection.send({ ...api, version: 5, message });
    expect(coordinators).toMatchObject([{ errorCode: ErrorCode.INVALID_REQUEST }]);
  });
});
