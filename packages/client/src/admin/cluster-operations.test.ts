import { describe, expect, it } from 'vitest';
import { Producer } from '../producer/producer.ts';
import { startBroker } from '../testing/start-broker.ts';
import { Admin } from './admin.ts';
import { ItemsFailedError } from './items-failed-error.ts';

async function start() {
  const broker = await startBroker();
  const admin = new Admin({ 'bootstrap.servers': broker.bootstrapServers }, { host: broker.host });
  const { brokers } = await admin.describeCluster();
  return {
    broker,
    admin,
    brokerId: brokers[0]!.id,
    async [Symbol.asyncDispose]() {
      await admin.close();
      await broker[Symbol.asyncDispose]();
    },
  };
}

describe('Admin of a cluster', () => {
  it('sets quotas of users and client ids, lists them by kind, and removes them', async () => {
    await using test = await start();
    const entity = { user: 'alice', 'client-id': null };
    await test.admin.alterClientQuotas([
      { entity, values: { producer_byte_rate: 1_000_000 } },
      { entity: { user: 'bob' }, values: { request_percentage: 50.5 } },
    ]);
    expect(await test.admin.describeClientQuotas()).toHaveLength(2);
    const ofAlice = { components: [{ type: 'user', match: { name: 'alice' } } as const] };
    expect(await test.admin.describeClientQuotas(ofAlice)).toEqual([
      { entity, values: new Map([['producer_byte_rate', 1_000_000]]) },
    ]);
    await test.admin.alterClientQuotas([{ entity, values: { producer_byte_rate: null } }]);
    const [left] = await test.admin.describeClientQuotas();
    expect(left).toEqual({ entity: { user: 'bob' }, values: new Map([['request_percentage', 50.5]]) });
  });

  it('names the entity whose quota was refused', async () => {
    await using test = await start();
    const error = await test.admin
      .alterClientQuotas([{ entity: { user: 'alice' }, values: { producer_byte_rate: -1 } }])
      .catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(ItemsFailedError);
    expect([...(error as ItemsFailedError<true>).errors.keys()]).toEqual(['user "alice"']);
  });

  it('describes feature levels, and refuses one that no broker has', async () => {
    await using test = await start();
    const { finalized, supported } = await test.admin.describeFeatures();
    const level = finalized.get('metadata.version')!;
    expect(level).toBeLessThanOrEqual(supported.get('metadata.version')!.max);
    const update = { feature: 'metadata.version', level: 32_000 };
    await expect(test.admin.updateFeatures([update], { validateOnly: true })).rejects.toMatchObject({
      code: 'INVALID_UPDATE_VERSION',
    });
  });

  it('lowers a feature that may be lowered, and raises it again', async () => {
    await using test = await start();
    const feature = 'transaction.version';
    const level = async () => (await test.admin.describeFeatures()).finalized.get(feature);
    await test.admin.updateFeatures([{ feature, level: 1, type: 'safe-downgrade' }]);
    expect(await level()).toBe(1);
    await expect(test.admin.updateFeatures([{ feature, level: 0 }])).rejects.toMatchObject({
      code: 'INVALID_UPDATE_VERSION',
    });
    await test.admin.updateFeatures([{ feature, level: 2 }]);
    expect(await level()).toBe(2);
  });

  it('describes the log directories with the replicas in them', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders', partitions: 2 }]);
    const directories = await test.admin.describeLogDirs([test.brokerId]);
    const [directory] = directories.get(String(test.brokerId))!;
    expect(directory!.error).toBeUndefined();
    expect(directory!.replicas.filter(({ topic }) => topic === 'orders')).toHaveLength(2);
    const move = { topic: 'orders', partition: 0, brokerId: test.brokerId, path: directory!.path };
    await test.admin.alterReplicaLogDirs([move]);
    await expect(test.admin.alterReplicaLogDirs([{ ...move, path: '/nowhere' }])).rejects.toMatchObject({
      code: 'LOG_DIR_NOT_FOUND',
    });
  });

  it('lists, describes and fences transactions, and tells the producers of a partition', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders', partitions: 1 }]);
    const connect = { 'bootstrap.servers': test.broker.bootstrapServers };
    await using producer = new Producer(
      { ...connect, 'transactional.id': 'shop' },
      { host: test.broker.host },
    );
    await producer.initTransactions();
    producer.beginTransaction();
    await producer.send({ topic: 'orders', partition: 0, value: 'one' });
    await producer.flush();

    const listed = await test.admin.listTransactions({ states: ['Ongoing'] });
    expect(listed.get(test.brokerId)).toMatchObject([{ transactionalId: 'shop', state: 'Ongoing' }]);
    const transaction = (await test.admin.describeTransactions(['shop'])).get('shop')!;
    expect(transaction.partitions).toEqual([{ topic: 'orders', partition: 0 }]);
    const producers = await test.admin.describeProducers([{ topic: 'orders', partition: 0 }]);
    expect(producers.get('orders-0')).toMatchObject([
      { producerId: transaction.producerId, currentTransactionStartOffset: 0, lastSequence: 0 },
    ]);

    await test.admin.fenceProducers(['shop']);
    await expect(producer.commitTransaction()).rejects.toMatchObject({
      code: 'ERR_CLIENT_TRANSACTION_FATAL',
    });
    expect((await test.admin.describeTransactions(['shop'])).get('shop')!.state).not.toBe('Ongoing');
  });

  it('aborts a transaction in one partition', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders', partitions: 1 }]);
    const place = { topic: 'orders', partition: 0 };
    await using producer = new Producer(
      { 'bootstrap.servers': test.broker.bootstrapServers, 'transactional.id': 'shop' },
      { host: test.broker.host },
    );
    await producer.initTransactions();
    producer.beginTransaction();
    await producer.send({ ...place, value: 'one' });
    await producer.flush();
    const [open] = (await test.admin.describeProducers([place])).get('orders-0')!;
    await test.admin.abortTransaction({ ...place, ...open!, coordinatorEpoch: 0 });
    const [aborted] = (await test.admin.describeProducers([place])).get('orders-0')!;
    expect(aborted!.currentTransactionStartOffset).toBe(-1);
  });

  it('describes the quorum, and refuses a voter where the voters are fixed', async () => {
    await using test = await start();
    const quorum = await test.admin.describeMetadataQuorum();
    expect(quorum).toMatchObject({ leaderId: test.brokerId, voters: [{ nodeId: test.brokerId }] });
    expect(quorum.highWatermark).toBeGreaterThan(0);
    const directoryId = 'abcdefghijklmnopqrstuw';
    const endpoints = [{ listener: 'CONTROLLER', host: '127.0.0.1', port: 1 }];
    await expect(test.admin.addRaftVoter({ nodeId: 9, directoryId, endpoints })).rejects.toThrow(
      /controller 9/,
    );
    await expect(test.admin.removeRaftVoter({ nodeId: 9, directoryId })).rejects.toThrow(/controller 9/);
    await expect(test.admin.unregisterBroker(99)).rejects.toMatchObject({ code: 'BROKER_ID_NOT_REGISTERED' });
  });

  it('says where the leader is the preferred one already, and what cannot be reassigned', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders', partitions: 1 }]);
    const place = { topic: 'orders', partition: 0 };
    expect(await test.admin.electLeaders('preferred', [place])).toEqual(new Map([['orders-0', false]]));
    await expect(
      test.admin.alterPartitionReassignments([{ ...place, replicas: [99] }]),
    ).rejects.toMatchObject({ code: 'INVALID_REPLICA_ASSIGNMENT' });
    await expect(
      test.admin.alterPartitionReassignments([{ ...place, replicas: null }]),
    ).rejects.toMatchObject({ code: 'NO_REASSIGNMENT_IN_PROGRESS' });
    expect(await test.admin.listPartitionReassignments()).toEqual([]);
  });

  it('lists what has configuration', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders' }]);
    expect(await test.admin.listConfigResources(['topic'])).toEqual([{ type: 'topic', name: 'orders' }]);
    expect(await test.admin.listConfigResources(['broker'])).toEqual([
      { type: 'broker', name: String(test.brokerId) },
    ]);
  });

  it('reports delegation tokens that the broker does not hand out', async () => {
    await using test = await start();
    const refused = { code: expect.stringContaining('DELEGATION_TOKEN') };
    await expect(test.admin.createDelegationToken()).rejects.toMatchObject(refused);
    await expect(test.admin.renewDelegationToken(Buffer.from('x'))).rejects.toMatchObject(refused);
    await expect(test.admin.expireDelegationToken(Buffer.from('x'))).rejects.toMatchObject(refused);
    await expect(test.admin.describeDelegationTokens()).rejects.toMatchObject(refused);
  });
});
