import { expect, it } from 'vitest';
import { Admin } from '../admin/admin.ts';
import { Producer } from '../producer/producer.ts';
import { startBroker } from '../testing/start-broker.ts';
import { ShareConsumer } from './share-consumer.ts';

it('a subscription made while the share group is still being left outlives the leaving', async () => {
  await using broker = await startBroker();
  const properties = { 'bootstrap.servers': broker.bootstrapServers };
  await using admin = new Admin(properties);
  await admin.createTopics([{ name: 'old' }, { name: 'new' }]);
  const operation = { name: 'share.auto.offset.reset', operation: 'set', value: 'earliest' } as const;
  await admin.incrementalAlterConfigs([{ type: 'group', name: 'g', operations: [operation] }]);
  await using producer = new Producer({ ...properties, 'linger.ms': 0 });
  await producer.send([
    { topic: 'old', value: 'old' },
    { topic: 'new', value: 'new' },
  ]);
  await using consumer = new ShareConsumer({ ...properties, 'group.id': 'g' });
  consumer.subscribe('old');
  while ((await consumer.poll({ timeoutMs: 100 })).length === 0);
  const leaving = consumer.unsubscribe();
  consumer.subscribe('new');
  await leaving;
  const values: string[] = [];
  for (let poll = 0; poll < 40 && values.length === 0; poll++) {
    for (const { value } of await consumer.poll({ timeoutMs: 100 })) values.push(String(value));
  }
  expect(values).toEqual(['new']);
});
