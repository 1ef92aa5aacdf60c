import { memoryHost } from '@millrace/host';
import { expect, test } from 'vitest';
import { startBroker } from '../testing/start-broker.ts';
import { Producer } from './producer.ts';

test('sending ten times the records in one array takes about ten times as long (kafkajs#383)', async () => {
  const host = memoryHost();
  await using broker = await startBroker({}, host);
  const properties = {
    'bootstrap.servers': broker.bootstrapServers,
    'batch.size': 16_000_000,
    'linger.ms': 0,
  };
  await using producer = new Producer({ ...properties, 'max.request.size': 16_000_000 }, { host });
  const topic = 'orders';
  await producer.send({ topic, value: 'warm up' });
  const headers = [{ key: 'trace', value: 'x'.repeat(20) }];
  const shortestMs = async (count: number) => {
    let shortest = Infinity;
    for (let round = 0; round < 4; round++) {
      const records = Array.from({ length: count }, () => ({
        topic,
        partition: 0,
        value: '0123456789',
        headers,
      }));
      const beganMs = host.clock.monotonicMs();
      await producer.send(records);
      shortest = Math.min(shortest, host.clock.monotonicMs() - beganMs);
    }
    return shortest;
  };
  const few = await shortestMs(1000);
  const many = await shortestMs(10_000);
  // Quadratic cost would be a hundred times as long, and the fixed cost of a round trip only helps.
  expect(many / few).toBeLessThan(50);
});
