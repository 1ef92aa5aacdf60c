import { Producer } from '@millrace/client';
import { expect, test } from 'vitest';
import { startCluster } from './start-cluster.ts';

test('a node alone is killed and started again on its data and port', async () => {
  await using cluster = await startCluster(1);
  await cluster.createTopic('orders');
  const producer = new Producer({ 'bootstrap.servers': cluster.bootstrapServers, 'retry.backoff.ms': 20 });
  await producer.send({ topic: 'orders', value: 'before' });
  const [node] = cluster.nodes;
  await node!.kill();
  expect(node!.isRunning).toBe(false);
  const sending = producer.send({ topic: 'orders', value: 'after' });
  await node!.start();
  expect((await sending).offset).toBe(1);
  await producer.close();
});
