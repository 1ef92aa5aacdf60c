import { Admin, Consumer, Producer, stringSerializers } from '@platformatic/kafka';
import { expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';

it('@platformatic/kafka commits and aborts transactions', { timeout: 20_000 }, async () => {
  await using server = await TestBroker.start();
  const base = {
    clientId: 'interop',
    bootstrapBrokers: [server.bootstrapServers],
    retries: 10,
    retryDelay: 20,
  };
  const admin = new Admin(base);
  await admin.createTopics({ topics: ['orders'], partitions: 1, replicas: 1 });
  const producer = new Producer({
    ...base,
    serializers: stringSerializers,
    idempotent: true,
    transactionalId: 'payments',
  });
  for (const value of ['one', 'dropped', 'two']) {
    const transaction = await producer.beginTransaction();
    await transaction.send({ messages: [{ topic: 'orders', key: 'k', value }] });
    if (value === 'dropped') await transaction.abort();
    else await transaction.commit();
  }
  const consumer = new Consumer({ ...base, groupId: 'readers', isolationLevel: 1, maxWaitTime: 50 });
  const stream = await consumer.consume({ topics: ['orders'], mode: 'earliest' });
  const values: string[] = [];
  for await (const { value } of stream) {
    values.push(String(value));
    if (values.length === 2) break;
  }
  expect(values).toEqual(['one', 'two']);
  await consumer.close(true);
  await producer.close();
  await admin.close();
});
