import { ErrorCode } from '@millrace/protocol';
import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withAuthorizer } from '../testing/acls.ts';
import { createTopic } from '../testing/requests.ts';
import { authenticate, handshake } from '../testing/secured-broker.ts';
import { ThreeNodes } from '../testing/three-nodes.ts';

describe('a broker that joins controllers', () => {
  let cluster: ThreeNodes;
  beforeAll(async () => {
    cluster = await ThreeNodes.start();
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  it('without a vote serves like the others, and goes in order', async () => {
    await using broker = await cluster.startBroker(7);
    expect(broker.image.brokers.get(7)).toMatchObject({ isFenced: false });
    expect(broker.controller.isActive).toBe(false);
    const connection = await cluster.connect(1);
    await cluster.node(1).cluster.metadata.loader.until(({ brokers }) => brokers.get(7)?.isFenced === false);
    await createTopic(connection, 'on-seven', { replicationFactor: 3 });
    await broker.close();
    const gone = ({ brokers }: typeof broker.image) => brokers.get(7)?.isFenced === true;
    await cluster.node(1).cluster.metadata.loader.until(gone);
  });

  it('is refused with the id of another cluster', async () => {
    const properties = { 'cluster.id': 'BBBBBBBBBBBBBBBBBBBBBA' };
    await expect(cluster.startBroker(8, properties)).rejects.toThrow(
      /^Node 8 belongs to cluster BBBBBBBBBBBBBBBBBBBBBA, but controller \d and \d to another one; correct/,
    );
    expect(cluster.active).toBeDefined();
  });

  it('is refused with the node id of one that runs', async () => {
    await using _first = await cluster.startBroker(9);
    const impatient = { 'initial.broker.registration.timeout.ms': 2000 };
    await expect(cluster.startBroker(9, impatient)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ClusterError: The active controller does not register node 9 of cluster AAAAAAAAAAAAAAAAAAAAAg: DUPLICATE_BROKER_REGISTRATION, another running broker has that "node.id"; choose one that is free]`,
    );
    expect(cluster.nodes.every(({ image }) => image.brokers.get(9)?.isFenced === false)).toBe(true);
  });

  it('is refused with another list of voters than the controllers have', async () => {
    const voters = String(cluster.propertiesOf(1)['controller.quorum.voters']).split(',').slice(0, 2);
    const disagreeing = cluster.startBroker(12, { 'controller.quorum.voters': voters.join(',') });
    await expect(disagreeing).rejects.toThrow(
      /^Node 12 has the voters 1, 2 in "controller.quorum.voters", but node \d, which leads the quorum, has 1, 2, 3;/,
    );
  });

  it('does not make up the id of a cluster that it is to be part of', async () => {
    await expect(cluster.startBroker(13, { 'cluster.id': '' })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DataDirectoryError: Data directory /data is empty, and a node of a cluster of several must be told which one it is: format it with "millrace storage format --cluster-id", or set "cluster.id"]`,
    );
  });

  it('says where it has looked for controllers', async () => {
    const properties = {
      'controller.quorum.voters': '1@127.0.0.1:1',
      'initial.broker.registration.timeout.ms': 300,
    };
    await expect(cluster.startBroker(10, properties)).rejects.toThrow(
      /^Node 10 has not reached an active controller within 300 ms at 127\.0\.0\.1:1;/,
    );
  });
});

it('controllers and brokers may be nodes of their own', async () => {
  await using cluster = await ThreeNodes.start({}, { brokers: false });
  expect(cluster.nodes.map(({ image }) => image.brokers.size)).toEqual([0, 0, 0]);
  await using broker = await cluster.startBroker(11);
  expect(broker.image.brokers.size).toBe(1);
});

it('nodes log in to each other, and what a client may do counts wherever it is done', async () => {
  const jaas =
    'PlainLoginModule required username="admin" password="admin" user_admin="admin" user_bob="bob";';
  await using cluster = await ThreeNodes.start({
    'listener.security.protocol.map': 'PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT',
    'inter.broker.listener.name': 'PLAINTEXT',
    'sasl.enabled.mechanisms': 'PLAIN',
    'sasl.mechanism.inter.broker.protocol': 'PLAIN',
    'sasl.mechanism.controller.protocol': 'PLAIN',
    'listener.name.plaintext.plain.sasl.jaas.config': jaas,
    'listener.name.controller.plain.sasl.jaas.config': jaas,
    ...withAuthorizer,
  });
  const other = cluster.nodes.find((node) => node !== cluster.active)!;
  const create = async (user: string) => {
    const connection = await cluster.connect(other.nodeId);
    await handshake(connection);
    await authenticate(connection, `\0${user}\0${user}`);
    const { topics } = await connection.send({
      request: CreateTopicsRequest,
      response: CreateTopicsResponse,
      version: 7,
      message: {
        topics: [{ name: 'orders', numPartitions: 1, replicationFactor: 3, assignments: [], configs: [] }],
        timeoutMs: 1000,
      },
    });
    return { connection, errorCode: topics[0]!.errorCode };
  };
  expect((await create('bob')).errorCode).toBe(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
  const { connection, errorCode } = await create('admin');
  expect(errorCode).toBe(ErrorCode.NONE);
  await other.cluster.metadata.loader.until(({ topics }) => topics.byName.has('orders'));
  expect(connection).toBeDefined();
});
