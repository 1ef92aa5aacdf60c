import { ErrorCode, type KafkaErrorName } from '@millrace/protocol';
import {
  CreateTopicsRequest,
  CreateTopicsResponse,
  type CreateTopicsRequestCreatableTopicInput,
} from '@millrace/protocol/messages/create-topics';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { listTopics } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

type Topic = Partial<CreateTopicsRequestCreatableTopicInput>;

async function create(
  connection: RawConnection,
  version: number,
  topics: readonly Topic[],
  validateOnly = false,
) {
  const defaults = { name: 'orders', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
  const response = await connection.send({
    request: CreateTopicsRequest,
    response: CreateTopicsResponse,
    version,
    message: { topics: topics.map((topic) => ({ ...defaults, ...topic })), timeoutMs: 1000, validateOnly },
  });
  return response.topics;
}

describe('CreateTopics', () => {
  it.each([2, 4, 5, 7])('creates a topic that can be used at once, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const configs = [{ name: 'retention.ms', value: '7' }];
    const [created] = await create(connection, version, [{ numPartitions: 3, configs }]);
    expect(created).toMatchObject({ name: 'orders', errorCode: ErrorCode.NONE, errorMessage: null });
    if (version >= 5) expect(created).toMatchObject({ numPartitions: 3, replicationFactor: 1 });
    if (version >= 5) expect(created!.configs!.find(({ name }) => name === 'retention.ms')!.value).toBe('7');
    const topic = server.broker.image.topics.byName.get('orders')!;
    if (version >= 7) expect(created!.topicId).toBe(topic.id);
    expect(topic.partitions.map(({ leader }) => leader)).toEqual([1, 1, 1]);
    expect(server.broker.partitions.get('orders', 2)!.log.config['retention.ms']).toBe(7);
  });

  it('takes the defaults of the broker for -1', async () => {
    await using server = await TestBroker.start({ 'num.partitions': 4 });
    const [created] = await create(await server.connect(), 5, [{ numPartitions: -1, replicationFactor: -1 }]);
    expect(created).toMatchObject({ errorCode: ErrorCode.NONE, numPartitions: 4, replicationFactor: 1 });
  });

  it('only checks with validateOnly', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    expect((await create(connection, 7, [{}], true))[0]!.errorCode).toBe(ErrorCode.NONE);
    expect(await listTopics(connection)).toEqual([]);
  });

  const refusals: readonly [what: string, error: KafkaErrorName, topic: Topic][] = [
    ['a name that exists', 'TOPIC_ALREADY_EXISTS', { name: 'taken.name' }],
    ['a name that collides with another', 'INVALID_TOPIC_EXCEPTION', { name: 'taken_name' }],
    ['an empty name', 'INVALID_TOPIC_EXCEPTION', { name: '' }],
    ['a name of dots', 'INVALID_TOPIC_EXCEPTION', { name: '..' }],
    ['a name with a space', 'INVALID_TOPIC_EXCEPTION', { name: 'a b' }],
    ['a name of 250 characters', 'INVALID_TOPIC_EXCEPTION', { name: 'x'.repeat(250) }],
    ['the name of the metadata log', 'INVALID_TOPIC_EXCEPTION', { name: '__cluster_metadata' }],
    ['no partitions', 'INVALID_PARTITIONS', { numPartitions: 0 }],
    ['too many partitions', 'POLICY_VIOLATION', { numPartitions: 1_000_000 }],
    ['no replicas', 'INVALID_REPLICATION_FACTOR', { replicationFactor: 0 }],
    ['more replicas than brokers', 'INVALID_REPLICATION_FACTOR', { replicationFactor: 2 }],
    ['an unknown property', 'INVALID_CONFIG', { configs: [{ name: 'retention', value: '1' }] }],
    ['an illegal value', 'INVALID_CONFIG', { configs: [{ name: 'retention.ms', value: 'long' }] }],
    ['a null value', 'INVALID_CONFIG', { configs: [{ name: 'retention.ms', value: null }] }],
    [
      'replicas both counted and assigned',
      'INVALID_REQUEST',
      { numPartitions: -1, assignments: [{ partitionIndex: 0, brokerIds: [1] }] },
    ],
    [
      'an assignment with a gap',
      'INVALID_REPLICA_ASSIGNMENT',
      { numPartitions: -1, replicationFactor: -1, assignments: [{ partitionIndex: 1, brokerIds: [1] }] },
    ],
    [
      'an assignment to an unknown broker',
      'INVALID_REPLICA_ASSIGNMENT',
      { numPartitions: -1, replicationFactor: -1, assignments: [{ partitionIndex: 0, brokerIds: [7] }] },
    ],
  ];

  it.each(refusals)('refuses %s with %s, and creates the others', async (_what, error, topic) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await create(connection, 5, [{ name: 'taken.name' }]);
    const [refused, other] = await create(connection, 5, [topic, { name: 'other' }]);
    expect(refused!.errorCode).toBe(ErrorCode[error]);
    expect(refused!.errorMessage).not.toBe('');
    expect(other!.errorCode).toBe(ErrorCode.NONE);
    expect(await listTopics(connection)).toEqual(['other', 'taken.name']);
  });

  it('refuses a name that comes twice, once', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    expect(await create(connection, 5, [{}, {}])).toMatchObject([{ errorCode: ErrorCode.INVALID_REQUEST }]);
    expect(await listTopics(connection)).toEqual([]);
  });

  it('follows an assignment', async () => {
    await using server = await TestBroker.start();
    const assignments = [1, 0].map((partitionIndex) => ({ partitionIndex, brokerIds: [1] }));
    const [created] = await create(await server.connect(), 5, [
      { numPartitions: -1, replicationFactor: -1, assignments },
    ]);
    expect(created).toMatchObject({ errorCode: ErrorCode.NONE, numPartitions: 2 });
  });
});
