import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  MetadataRequest,
  MetadataResponse,
  type MetadataRequestInput,
} from '@millrace/protocol/messages/metadata';
import { describe, expect, it } from 'vitest';
import { createAcls } from '../testing/acls.ts';
import type { RawConnection } from '../testing/raw-connection.ts';
import { createTopic } from '../testing/requests.ts';
import { connectAs, startSecuredBroker } from '../testing/secured-broker.ts';
import { TestBroker } from '../testing/test-broker.ts';

function ask(connection: RawConnection, version: number, message: MetadataRequestInput) {
  return connection.send({ request: MetadataRequest, response: MetadataResponse, version, message });
}

const named = (...names: string[]) => ({ topics: names.map((name) => ({ name })) });

describe('Metadata', () => {
  it.each([0, 1, 5, 9, 13])('describes brokers and the wanted topics in version %i', async (version) => {
    await using server = await TestBroker.start({ 'broker.rack': 'r1' });
    const connection = await server.connect();
    await createTopic(connection, 'orders', { partitions: 2 });
    const response = await ask(connection, version, named('orders'));
    const { port } = server.broker.address;
    expect(response.brokers).toMatchObject([
      { nodeId: 1, host: '127.0.0.1', port, rack: version >= 1 ? 'r1' : null },
    ]);
    if (version >= 1) expect(response.controllerId).toBe(1);
    if (version >= 2) expect(response.clusterId).toBe(server.broker.clusterId);
    const [topic] = response.topics;
    expect(topic).toMatchObject({ errorCode: 0, name: 'orders', isInternal: false });
    expect(topic!.partitions).toMatchObject([
      { partitionIndex: 0, leaderId: 1, replicaNodes: [1], isrNodes: [1], offlineReplicas: [] },
      { partitionIndex: 1, leaderId: 1, replicaNodes: [1], isrNodes: [1], offlineReplicas: [] },
    ]);
  });

  it('lists everything for an empty list in version 0 and for null afterwards, where an empty list is nothing', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const count = async (version: number, topics: null | []) =>
      (await ask(connection, version, { topics })).topics.length;
    expect(await count(0, [])).toBe(1);
    expect(await count(1, null)).toBe(1);
    expect(await count(1, [])).toBe(0);
  });

  it('creates an unknown topic, which who asks again finds, once', async () => {
    await using server = await TestBroker.start({ 'num.partitions': 3 });
    const connection = await server.connect();
    const asked = await ask(connection, 9, named('orders', 'orders'));
    expect(asked.topics).toMatchObject([{ errorCode: ErrorCode.LEADER_NOT_AVAILABLE, partitions: [] }]);
    const { topics } = await ask(connection, 9, named('orders', 'orders'));
    expect(topics.map(({ errorCode, partitions }) => [errorCode, partitions.length])).toEqual([[0, 3]]);
  });

  it('does not create a topic when the client or the configuration forbids it', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const { topics } = await ask(connection, 4, { ...named('orders'), allowAutoTopicCreation: false });
    expect(topics[0]!.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    await using strict = await TestBroker.start({ 'auto.create.topics.enable': false });
    const refused = await ask(await strict.connect(), 9, named('orders'));
    expect(refused.topics[0]!.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    expect(strict.broker.image.topics.byName.size).toBe(0);
  });

  it('says why a topic could not be created', async () => {
    await using server = await TestBroker.start({ 'default.replication.factor': 2 });
    const connection = await server.connect();
    await createTopic(connection, 'a.b');
    const { topics } = await ask(connection, 9, named('orders', 'a_b'));
    expect(topics.map(({ errorCode }) => errorCode)).toEqual([
      ErrorCode.INVALID_REPLICATION_FACTOR,
      ErrorCode.INVALID_TOPIC_EXCEPTION,
    ]);
  });

  it('creates one topic when many clients ask for it at once', async () => {
    await using server = await TestBroker.start();
    const connections = await Promise.all(Array.from({ length: 10 }, () => server.connect()));
    const askAll = () => Promise.all(connections.map((connection) => ask(connection, 12, named('orders'))));
    await askAll();
    const answers = await askAll();
    const ids = new Set(answers.map(({ topics }) => topics[0]!.topicId));
    expect(ids.size).toBe(1);
    expect(answers.every(({ topics }) => topics[0]!.errorCode === ErrorCode.NONE)).toBe(true);
  });

  it('refuses a name that cannot be a topic', async () => {
    await using server = await TestBroker.start();
    const { topics } = await ask(await server.connect(), 9, named('no topic', '__cluster_metadata'));
    expect(topics.map(({ errorCode }) => errorCode)).toEqual([
      ErrorCode.INVALID_TOPIC_EXCEPTION,
      ErrorCode.INVALID_TOPIC_EXCEPTION,
    ]);
  });

  it('finds topics by id from version 12 on', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const topicId = await createTopic(connection, 'orders');
    const byId = (id: string) => ({ topics: [{ name: null, topicId: id }] });
    expect((await ask(connection, 12, byId(topicId))).topics[0]).toMatchObject({
      errorCode: 0,
      name: 'orders',
    });
    const unknown = await ask(connection, 12, byId('AAAAAAAAAAAAAAAAAAAAZA'));
    expect(unknown.topics[0]).toMatchObject({ errorCode: ErrorCode.UNKNOWN_TOPIC_ID, name: null });
    const tooOld = await ask(connection, 10, { topics: [{ name: 'orders', topicId }] });
    expect(tooOld.topics[0]!.errorCode).toBe(ErrorCode.INVALID_REQUEST);
  });

  it('says what the client may do only when it asks', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const quiet = await ask(connection, 8, named('orders'));
    expect(quiet.topics[0]!.topicAuthorizedOperations).toBe(-2147483648);
    const asked = await ask(connection, 8, {
      ...named('orders'),
      includeTopicAuthorizedOperations: true,
      includeClusterAuthorizedOperations: true,
    });
    expect(asked.topics[0]!.topicAuthorizedOperations).toBe(3576);
    expect(asked.clusterAuthorizedOperations).toBe(8096);
  });

  it('says nothing of a topic that the client may not create, not even whether its name is legal', async () => {
    await using server = await startSecuredBroker();
    const admin = await connectAs(server, 'admin');
    const connection = await connectAs(server, 'alice');
    const names = ['absent', 'no spaces please'];
    const rights = names.map((name) => ({ type: 'TOPIC', name, operation: 'DESCRIBE' }) as const);
    await createAcls(
      admin,
      rights.map((right) => ({ ...right, principal: 'User:alice' })),
    );
    const wanted = { ...named(...names), includeTopicAuthorizedOperations: true };
    const creating = await ask(connection, 9, { ...wanted, allowAutoTopicCreation: true });
    const refused = {
      errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED,
      topicAuthorizedOperations: -2147483648,
    };
    expect(creating.topics).toMatchObject([refused, refused]);
    const looking = await ask(connection, 9, { ...wanted, allowAutoTopicCreation: false });
    expect(looking.topics).toMatchObject([
      { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, topicAuthorizedOperations: 256 },
      { errorCode: ErrorCode.INVALID_TOPIC_EXCEPTION, topicAuthorizedOperations: 256 },
    ]);
  });

  it('creates the topic of the consumer offsets with its own properties', async () => {
    await using server = await TestBroker.start({ 'offsets.topic.num.partitions': 4 });
    const connection = await server.connect();
    await ask(connection, 9, named('__consumer_offsets'));
    const { topics } = await ask(connection, 9, named('__consumer_offsets'));
    expect(topics[0]).toMatchObject({ errorCode: 0, isInternal: true, topicId: ZERO_UUID });
    expect(topics[0]!.partitions).toHaveLength(4);
    expect(server.broker.partitions.get('__consumer_offsets', 0)!.log.config).toMatchObject({
      'cleanup.policy': ['compact'],
      'segment.bytes': 104857600,
    });
  });
});
