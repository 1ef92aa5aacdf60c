import { channel, tracingChannel } from 'node:diagnostics_channel';
import { expect, test } from 'vitest';
import { Consumer } from '../consumer/consumer.ts';
import { Producer } from '../producer/producer.ts';
import { startBroker } from '../testing/start-broker.ts';
import type { Metric } from './metrics-registry.ts';

/** The value of a metric, by its tags if there are several. */
function valueOf(metrics: readonly Metric[], group: string, name: string, tags: object = {}): number {
  const found = metrics.filter(
    (metric) =>
      metric.group === group &&
      metric.name === name &&
      Object.entries(tags).every(([tag, value]) => metric.tags[tag] === value),
  );
  expect(found.map((metric) => metric.tags)).toHaveLength(1);
  return found[0]!.value;
}

test('producer and consumer tell what they did by the names of Kafka', async () => {
  await using broker = await startBroker({ 'group.initial.rebalance.delay.ms': '0' });
  const servers = { 'bootstrap.servers': broker.bootstrapServers };
  await using producer = new Producer({ ...servers, 'client.id': 'p', 'compression.type': 'gzip' });
  await producer.send(
    Array.from({ length: 100 }, (_, index) => ({ topic: 'orders', value: `value ${index}` })),
  );
  const produced = producer.metrics();
  const ofProducer = (name: string) => valueOf(produced, 'producer-metrics', name);
  expect(ofProducer('record-send-total')).toBe(100);
  expect(ofProducer('record-send-rate')).toBeCloseTo(100 / 30);
  expect(ofProducer('record-error-total')).toBe(0);
  expect(ofProducer('compression-rate-avg')).toBeLessThan(1);
  expect(ofProducer('batch-size-max')).toBeGreaterThan(100);
  // "value 99" with lengths, attributes and deltas.
  expect(ofProducer('record-size-max')).toBe(16);
  expect(ofProducer('waiting-threads')).toBe(0);
  expect(ofProducer('buffer-exhausted-total')).toBe(0);
  expect(ofProducer('metadata-wait-time-ns-total')).toBeGreaterThan(0);
  expect(ofProducer('metadata-age')).toBeLessThan(60);
  expect(valueOf(produced, 'producer-topic-metrics', 'compression-rate', { topic: 'orders' })).toBeLessThan(
    1,
  );
  expect(ofProducer('request-latency-avg')).toBeGreaterThan(0);
  expect(ofProducer('requests-in-flight')).toBe(0);
  expect(ofProducer('connection-count')).toBeGreaterThanOrEqual(1);
  expect(ofProducer('buffer-available-bytes')).toBe(ofProducer('buffer-total-bytes'));
  expect(valueOf(produced, 'producer-topic-metrics', 'record-send-total', { topic: 'orders' })).toBe(100);
  const node = { 'node-id': 'node-1', 'client-id': 'p' };
  expect(valueOf(produced, 'producer-node-metrics', 'request-total', node)).toBeGreaterThan(0);

  await using consumer = new Consumer({
    ...servers,
    'client.id': 'c',
    'group.id': 'billing',
    'auto.offset.reset': 'earliest',
    'max.poll.records': 60,
  });
  consumer.subscribe('orders');
  expect(await consumer.poll({ timeoutMs: 10_000 })).toHaveLength(60);
  await consumer.commit();
  const consumed = consumer.metrics();
  const fetches = 'consumer-fetch-manager-metrics';
  expect(valueOf(consumed, fetches, 'records-lag', { topic: 'orders', partition: '0' })).toBe(40);
  expect(valueOf(consumed, fetches, 'records-lag-max')).toBe(40);
  expect(valueOf(consumed, fetches, 'fetch-total')).toBeGreaterThan(0);
  expect(valueOf(consumed, fetches, 'records-consumed-total', { topic: 'orders' })).toBe(60);
  const coordinator = 'consumer-coordinator-metrics';
  expect(valueOf(consumed, coordinator, 'commit-total')).toBe(1);
  expect(valueOf(consumed, coordinator, 'commit-latency-avg')).toBeGreaterThan(0);
  expect(valueOf(consumed, coordinator, 'join-total')).toBeGreaterThan(0);
  expect(valueOf(consumed, coordinator, 'assigned-partitions')).toBe(1);
  expect(valueOf(consumed, coordinator, 'rebalance-total')).toBe(1);
  expect(valueOf(consumed, coordinator, 'rebalance-latency-total')).toBeGreaterThan(0);
  expect(valueOf(consumed, coordinator, 'failed-rebalance-total')).toBe(0);
  expect(valueOf(consumed, coordinator, 'partition-assigned-latency-max')).toBeGreaterThanOrEqual(0);
  expect(valueOf(consumed, coordinator, 'last-rebalance-seconds-ago')).toBeLessThan(60);
  expect(valueOf(consumed, 'consumer-metrics', 'commit-sync-time-ns-total')).toBeGreaterThan(0);
  expect(valueOf(consumed, 'consumer-metrics', 'poll-idle-ratio-avg')).toBe(1);
  expect(valueOf(consumed, 'consumer-metrics', 'last-poll-seconds-ago')).toBeLessThan(60);
});

test('calls of transactions are measured', async () => {
  await using broker = await startBroker();
  const servers = { 'bootstrap.servers': broker.bootstrapServers };
  await using producer = new Producer({ ...servers, 'transactional.id': 'copies' });
  await producer.initTransactions();
  await producer.transaction((tx) => tx.send({ topic: 'orders', value: 'v' }));
  const ofProducer = (name: string) => valueOf(producer.metrics(), 'producer-metrics', name);
  for (const name of ['txn-init', 'txn-begin', 'txn-commit', 'flush'])
    expect(ofProducer(`${name}-time-ns-total`), name).toBeGreaterThan(0);
  expect(ofProducer('txn-abort-time-ns-total')).toBe(0);
});

test('records that fail are counted as errors', async () => {
  await using broker = await startBroker({ 'message.max.bytes': '2000' });
  await using producer = new Producer({ 'bootstrap.servers': broker.bootstrapServers });
  await expect(producer.send({ topic: 'small', value: 'x'.repeat(5000) })).rejects.toThrow();
  expect(valueOf(producer.metrics(), 'producer-metrics', 'record-error-total')).toBe(1);
});

test('diagnostics channels tell of sends, batches, fetches, commits, handlers, requests and connections', async () => {
  await using broker = await startBroker({ 'group.initial.rebalance.delay.ms': '0' });
  const servers = { 'bootstrap.servers': broker.bootstrapServers, 'client.id': 'channels' };
  const seen: string[] = [];
  const listen = (name: string, tell: (message: never) => string) => {
    const listener = (message: unknown): void => {
      if ((message as { clientId: string }).clientId === 'channels') seen.push(tell(message as never));
    };
    channel(name).subscribe(listener);
    return () => channel(name).unsubscribe(listener);
  };
  const stop = [
    listen('millrace:client:connection:opened', () => 'opened'),
    listen('millrace:client:connection:closed', () => 'closed'),
    listen('millrace:client:request:answered', ({ api }: { api: string }) => `answered ${api}`),
    listen(
      'millrace:client:batch:settled',
      (batch: { topic: string; recordCount: number; baseOffset: number }) =>
        `batch ${batch.topic} ${batch.recordCount} ${batch.baseOffset}`,
    ),
    listen('millrace:client:fetch', (fetch: { recordCount: number }) => `fetched ${fetch.recordCount}`),
    listen(
      tracingChannel('millrace:client:send').asyncEnd.name as string,
      ({ result }: { result: { offset: number } }) => `sent to ${result.offset}`,
    ),
    listen(
      tracingChannel('millrace:client:commit').asyncEnd.name as string,
      ({ offsets }: { offsets: readonly { offset: number }[] }) => `committed ${offsets[0]?.offset}`,
    ),
    listen(
      tracingChannel('millrace:client:process').asyncEnd.name as string,
      ({ records }: { records: readonly { offset: number }[] }) => `processed ${records[0]?.offset}`,
    ),
  ];
  await using producer = new Producer(servers);
  await producer.send({ topic: 'told', value: 'x' });
  const consumer = new Consumer({ ...servers, 'group.id': 'told', 'auto.offset.reset': 'earliest' });
  consumer.subscribe('told');
  const ended = new AbortController();
  await consumer.run({ eachRecord: () => ended.abort(), signal: ended.signal });
  await consumer.close();
  for (const unsubscribe of stop) unsubscribe();
  expect(seen).toEqual(
    expect.arrayContaining([
      'opened',
      'answered Produce',
      'batch told 1 0',
      'sent to 0',
      'fetched 1',
      'processed 0',
      'committed 1',
      'closed',
    ]),
  );
  expect(seen.filter((line) => line === 'processed 0')).toHaveLength(1);
});
