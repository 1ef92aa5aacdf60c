import { expect, it } from 'vitest';
import { Admin } from '../admin/admin.ts';
import { TimeoutError } from '../errors.ts';
import { Producer } from '../producer/producer.ts';
import { startBroker } from '../testing/start-broker.ts';
import { Consumer } from './consumer.ts';

it.each(['classic', 'consumer'] as const)(
  'a subscription made while the group is still being left outlives the leaving (%s)',
  async (protocol) => {
    await using broker = await startBroker({ 'group.initial.rebalance.delay.ms': '0' });
    const properties = { 'bootstrap.servers': broker.bootstrapServers };
    await using admin = new Admin(properties);
    await admin.createTopics([
      { name: 'old', partitions: 1 },
      { name: 'new', partitions: 1 },
    ]);
    await using producer = new Producer({ ...properties, 'linger.ms': 0 });
    await producer.send([
      { topic: 'old', value: 'old' },
      { topic: 'new', value: 'new' },
    ]);
    const group = { 'group.id': 'g', 'group.protocol': protocol, 'auto.offset.reset': 'earliest' } as const;
    await using consumer = new Consumer({ ...properties, ...group });
    const revoked = Promise.withResolvers<void>();
    consumer.subscribe(['old'], { onPartitionsRevoked: () => revoked.promise });
    while ((await consumer.poll({ timeoutMs: 100 })).length === 0);
    await expect(consumer.unsubscribe({ timeoutMs: 10 })).rejects.toThrow(TimeoutError);
    consumer.subscribe(['new']);
    revoked.resolve();
    const values: string[] = [];
    for (let poll = 0; poll < 40 && values.length === 0; poll++) {
      for (const { value } of await consumer.poll({ timeoutMs: 100 })) values.push(String(value));
    }
    expect(values).toEqual(['new']);
  },
);

it('partitions assigned while others are still being given back stay assigned', async () => {
  await using broker = await startBroker();
  await using consumer = new Consumer({ 'bootstrap.servers': broker.bootstrapServers });
  consumer.assign([{ topic: 'old', partition: 0 }]);
  const leaving = consumer.unsubscribe();
  consumer.assign([{ topic: 'new', partition: 0 }]);
  await leaving;
  expect(consumer.assignment()).toEqual([{ topic: 'new', partition: 0 }]);
});
