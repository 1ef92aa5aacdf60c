import { Simulation, type Host } from '@millrace/host';
import { expect, test } from 'vitest';
import { Admin } from './admin/admin.ts';
import { Consumer } from './consumer/consumer.ts';
import { Producer } from './producer/producer.ts';

/** A machine where nobody listens. */
const servers = { 'bootstrap.servers': 'nobody:9092' };
const place = { topic: 'orders', partition: 0 };

const calls: Readonly<Record<string, (host: Host) => Promise<unknown>>> = {
  async 'producer.send'(host) {
    await using producer = new Producer({ ...servers, 'max.block.ms': 200 }, { host });
    return await producer.send({ topic: 'orders', value: 'x' });
  },
  async 'producer.initTransactions'(host) {
    const limits = { 'max.block.ms': 200, 'transactional.id': 'shop' };
    await using producer = new Producer({ ...servers, ...limits }, { host });
    return await producer.initTransactions();
  },
  async 'consumer.endOffsets'(host) {
    await using consumer = new Consumer(servers, { host });
    return await consumer.endOffsets([place], { timeoutMs: 200 });
  },
  async 'consumer.position'(host) {
    await using consumer = new Consumer(servers, { host });
    consumer.assign([place]);
    return await consumer.position(place, { timeoutMs: 200 });
  },
  async 'consumer.committed'(host) {
    await using consumer = new Consumer({ ...servers, 'group.id': 'billing' }, { host });
    return await consumer.committed([place], { timeoutMs: 200 });
  },
  async 'admin.describeTopics'(host) {
    await using admin = new Admin(servers, { host });
    return await admin.describeTopics(['orders'], { timeoutMs: 200 });
  },
  async 'admin.listOffsets'(host) {
    await using admin = new Admin(servers, { host });
    return await admin.listOffsets([{ ...place, at: 'latest' }], { timeoutMs: 200 });
  },
};

test.each(Object.keys(calls))(
  '%s tells that no broker could be reached when its time is up',
  async (call) => {
    const simulation = new Simulation({ seed: call });
    await simulation.run(async () => {
      const failure = await calls[call]!(simulation.host('client')).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({ code: 'ERR_CLIENT_TIMEOUT', retriable: true });
      expect(String(failure)).toContain('Cannot connect to broker nobody:9092');
    });
  },
);
