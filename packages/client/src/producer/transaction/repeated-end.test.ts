import { Simulation } from '@millrace/host';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import { expect, it } from 'vitest';
import { Admin } from '../../admin/admin.ts';
import { TimeoutError } from '../../errors.ts';
import { FaultyProxy } from '../../testing/faulty-proxy.ts';
import { readTopic } from '../../testing/read-topic.ts';
import { startBroker } from '../../testing/start-broker.ts';
import { Producer } from '../producer.ts';

const SERVERS = { 'bootstrap.servers': 'proxy:9092' };

/**
 * 1. a transaction of the first generation is aborted after a batch was refused, so the producer wants a new epoch
 * 2. the coordinator gives it out, and the producer hears nothing of that until its time is up
 * 3. the abort is repeated: in the epoch of 1, which the coordinator takes for that of a fenced producer by now
 */
it('an abort that ran out of time while it asked for a new epoch can be repeated', async () => {
  const simulation = new Simulation({ seed: 1 });
  await simulation.run(async () => {
    const addresses = {
      listeners: 'PLAINTEXT://0.0.0.0:9092',
      'advertised.listeners': 'PLAINTEXT://proxy:9092',
    };
    const { broker } = await startBroker(addresses, simulation.host('broker'));
    const at = { host: '0.0.0.0', port: 9092 };
    const proxy = await FaultyProxy.start(simulation.host('proxy'), at, { host: 'broker', port: 9092 });
    proxy.hidesFeatures = true;
    const host = simulation.host('client');
    await using admin = new Admin(SERVERS, { host });
    await admin.createTopics([{ name: 'orders', partitions: 1 }]);
    const properties = { ...SERVERS, 'transactional.id': 'payments', 'max.block.ms': 2000, 'linger.ms': 0 };
    await using producer = new Producer(properties, { host });
    await producer.initTransactions();
    producer.beginTransaction();
    await producer.send({ topic: 'orders', value: 'written' });
    proxy.plan = () => ({ kind: 'refused', errorCode: ErrorCode.MESSAGE_TOO_LARGE });
    await expect(producer.send({ topic: 'orders', value: 'refused' })).rejects.toThrow('MESSAGE_TOO_LARGE');
    proxy.plan = () => ({ kind: 'none' });
    proxy.interrupt = (apiKey) => (apiKey === ApiKey.INIT_PRODUCER_ID ? 'lost-answer' : undefined);
    await expect(producer.abortTransaction()).rejects.toThrow(TimeoutError);
    proxy.interrupt = () => undefined;
    await producer.abortTransaction();
    await producer.transaction(async (tx) => tx.send({ topic: 'orders', value: 'committed' }));
    const records = await readTopic(host, 'proxy:9092', 'orders');
    expect(records.map(({ value }) => String(value))).toContain('committed');
    await proxy.close();
    await broker.close();
  });
});
