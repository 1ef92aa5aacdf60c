import { Admin, Consumer, Producer, serdes, topic } from '@millrace/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { avro } from '../avro/avro.ts';
import { SchemaRegistryClient } from '../client/schema-registry-client.ts';
import { startTestBroker, TestRegistry } from '../server/testing/test-registry.ts';

let broker: Awaited<ReturnType<typeof startTestBroker>>;
let server: TestRegistry;
beforeAll(async () => {
  broker = await startTestBroker();
  server = await TestRegistry.start({ 'kafkastore.bootstrap.servers': broker.bootstrapServers });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await broker[Symbol.asyncDispose]();
});

const schema = {
  type: 'record',
  name: 'Order',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'note', type: 'string' },
  ],
} as const;

/** Orders, written and read through a registry that cannot be reached for the next `link.failures` requests. */
function typedOrders(name: string) {
  const link = { failures: 0 };
  const registry = new SchemaRegistryClient(
    { 'schema.registry.url': server.url, 'max.retries': 0 },
    {
      fetch: (...request) =>
        link.failures-- > 0 ? Promise.reject(new TypeError('fetch failed')) : fetch(...request),
    },
  );
  return { link, orders: topic({ name, key: serdes.string(), value: avro(schema, { registry }) }) };
}

/** Handles records until `count` are handled or dead. */
async function runUntilHandled(
  name: string,
  { orders }: ReturnType<typeof typedOrders>,
  count: number,
): Promise<{ readonly handled: readonly string[]; readonly dead: readonly Record<string, string>[] }> {
  const servers = { 'bootstrap.servers': broker.bootstrapServers };
  await using admin = new Admin(servers);
  await using producer = new Producer(servers);
  await using consumer = new Consumer({ ...servers, 'group.id': name, 'auto.offset.reset': 'earliest' });
  const handled: string[] = [];
  const ending = new AbortController();
  await consumer.subscribe(orders).run({
    signal: ending.signal,
    retry: { producer, delaysMs: [1], createTopics: { admin } },
    eachRecord: ({ key, value }, { attempt }) => {
      handled.push(`${key} ${value.id} at attempt ${attempt}`);
      if (handled.length === count) ending.abort();
    },
  });
  await using reader = new Consumer({ ...servers, 'auto.offset.reset': 'earliest' });
  const letters = { topic: `${name}-dlq`, partition: 0 };
  reader.assign([letters]);
  const [end = 0] = await reader.endOffsets([letters]);
  const dead: Record<string, string>[] = [];
  while (dead.length < end) {
    for (const { key, headers } of await reader.poll({ timeoutMs: 1000 })) {
      const texts = headers.map((header) => [header.key, String(header.value)]);
      dead.push({ key: String(key), ...Object.fromEntries(texts) });
    }
  }
  return { handled, dead };
}

test('payloads that cannot be read are dead letters with the reason, and the others go on', async () => {
  const typed = typedOrders('damaged');
  await using producer = new Producer({ 'bootstrap.servers': broker.bootstrapServers });
  const { orders } = typed;
  await producer.to(orders).send({ key: 'first', value: { id: 1, note: 'x' } });
  const context = { topic: 'damaged', part: 'value', headers: [] } as const;
  const good = await orders.valueSerde.serialize({ id: 2, note: 'cut off' }, { ...context, headers: [] });
  await producer.send([
    { topic: 'damaged', key: 'short', value: good!.subarray(0, 9) },
    { topic: 'damaged', key: 'text', value: 'no serializer wrote this' },
    { topic: 'damaged', key: 'stranger', value: Buffer.from('000001869f02', 'hex') },
  ]);
  await producer.to(orders).send({ key: 'last', value: { id: 3, note: 'y' } });
  const { handled, dead } = await runUntilHandled('damaged', typed, 2);
  expect(handled).toEqual(['first 1 at attempt 1', 'last 3 at attempt 1']);
  expect(dead.map(({ key }) => key)).toEqual(['short', 'text', 'stranger']);
  const reasons = dead.map((letter) => letter['__millrace.errors.message']);
  expect(reasons[0]).toContain('damaged-0 at offset 1');
  expect(reasons[2]).toContain('Schema 99999 not found');
});

test('a producer is told that no registry answers, and records wait in a retry topic', async () => {
  const { link, orders } = typedOrders('outage');
  await using producer = new Producer({ 'bootstrap.servers': broker.bootstrapServers });
  const order = { key: 'a', value: { id: 1, note: 'x' } };
  link.failures = 1;
  await expect(producer.to(orders).send(order)).rejects.toThrow('No schema registry of');
  await producer.to(orders).send(order);
  const reading = typedOrders('outage');
  reading.link.failures = 1;
  const { handled, dead } = await runUntilHandled('outage', reading, 1);
  expect(handled).toEqual(['a 1 at attempt 2']);
  expect(dead).toEqual([]);
});
