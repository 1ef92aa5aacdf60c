import { expect, test } from 'vitest';
import { Consumer } from './consumer/consumer.ts';
import { ClientClosedError } from './errors.ts';
import { Producer } from './producer/producer.ts';
import { ShareConsumer } from './share-consumer/share-consumer.ts';
import { startBroker } from './testing/start-broker.ts';

/** Nobody listens there. */
const nowhere = { 'bootstrap.servers': '127.0.0.1:1' };
const enough = new Error('waited long enough');

test('a signal ends the close of a producer: what is not acknowledged fails', async () => {
  const producer = new Producer(nowhere);
  const sent = expect(producer.send({ topic: 'orders', value: 'v' })).rejects.toThrow(ClientClosedError);
  const controller = new AbortController();
  const closed = expect(producer.close({ signal: controller.signal })).rejects.toBe(enough);
  controller.abort(enough);
  await Promise.all([sent, closed]);
});

test('the signal of a second close counts as well', async () => {
  const producer = new Producer(nowhere);
  const sent = expect(producer.send({ topic: 'orders', value: 'v' })).rejects.toThrow(ClientClosedError);
  const first = expect(producer.close()).rejects.toBe(enough);
  const second = expect(producer.close({ signal: AbortSignal.abort(enough) })).rejects.toBe(enough);
  await Promise.all([sent, first, second]);
});

test('a signal ends the close of a consumer whose callback does not end', async () => {
  await using broker = await startBroker({ 'group.initial.rebalance.delay.ms': '0' });
  const properties = { 'bootstrap.servers': broker.bootstrapServers, 'group.id': 'g' };
  await using producer = new Producer(properties);
  await producer.send({ topic: 'orders', value: 'v' });
  const consumer = new Consumer({ ...properties, 'auto.offset.reset': 'earliest' });
  const { promise: revoking, resolve: onRevoking } = Promise.withResolvers<void>();
  consumer.subscribe('orders', {
    onPartitionsRevoked: () => {
      onRevoking();
      return new Promise<void>(() => {});
    },
  });
  expect(await consumer.poll({ timeoutMs: 30_000 })).toHaveLength(1);
  const controller = new AbortController();
  const closed = expect(consumer.close({ signal: controller.signal })).rejects.toBe(enough);
  await revoking;
  controller.abort(enough);
  await closed;
});

test('a signal ends the wait of unsubscribe, and leaving goes on', async () => {
  await using broker = await startBroker({ 'group.initial.rebalance.delay.ms': '0' });
  const properties = { 'bootstrap.servers': broker.bootstrapServers, 'group.id': 'g' };
  await using producer = new Producer(properties);
  await producer.send({ topic: 'orders', value: 'v' });
  await using consumer = new Consumer({ ...properties, 'auto.offset.reset': 'earliest' });
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  consumer.subscribe('orders', { onPartitionsRevoked: () => mayEnd });
  expect(await consumer.poll({ timeoutMs: 30_000 })).toHaveLength(1);
  await expect(consumer.unsubscribe({ signal: AbortSignal.abort(enough) })).rejects.toBe(enough);
  expect(consumer.subscription()).toEqual(['orders']);
  end();
  await consumer.unsubscribe();
  expect(consumer.subscription()).toEqual([]);
});

test('a share consumer that is aborted closes at once', async () => {
  const consumer = new ShareConsumer({ ...nowhere, 'group.id': 'g' });
  consumer.subscribe('orders');
  const polled = consumer.poll();
  await expect(consumer.close({ signal: AbortSignal.abort(enough) })).rejects.toBe(enough);
  await polled.catch(() => {});
});
