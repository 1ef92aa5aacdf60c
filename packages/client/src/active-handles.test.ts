import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startBroker } from './testing/start-broker.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

/** Uses everything, closes it, and tells what the process still holds; then nothing must keep it from ending. */
const program = `
import { Admin, Consumer, Producer, serdes, topic } from '@millrace/client';
const servers = { 'bootstrap.servers': '127.0.0.1:9092' };
const held = () => process.getActiveResourcesInfo().filter((name) => !/^(Pipe|TTY)Wrap$/.test(name));
const before = held().length;
const orders = topic({ name: 'orders', value: serdes.string() });
const admin = new Admin(servers);
await admin.createTopics([{ name: 'orders', partitions: 2 }]);
const producer = new Producer(servers);
await producer.to(orders).send([{ value: 'good' }, { value: 'bad' }]);
const properties = { ...servers, 'group.id': 'g', 'auto.offset.reset': 'earliest' };
const polling = new Consumer(properties);
polling.subscribe('orders');
const polled = polling.poll({ timeoutMs: 60_000 });
await polling.close();
await polled;
const ending = new AbortController();
const consumer = new Consumer(properties);
let seen = 0;
await consumer.subscribe(orders).run({
  signal: ending.signal,
  concurrency: 4,
  by: 'key',
  retry: { producer, delaysMs: [3_600_000], createTopics: { admin } },
  eachRecord: async ({ value }) => {
    if (++seen === 2) setTimeout(() => ending.abort(), 100);
    if (value === 'bad') throw new Error('tried again in an hour');
  },
});
const closing = new Consumer(properties);
closing.subscribe('orders');
const running = closing.run({ eachRecord: () => new Promise(() => {}), drainTimeoutMs: 1 });
await closing.close();
await running;
for (const client of [consumer, producer, admin]) await client.close();
// A socket that has been closed is gone with the turn of the event loop.
await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
console.log(JSON.stringify(held().slice(before)));
`;

test('closed clients leave nothing behind that keeps a process alive', { timeout: 60_000 }, async () => {
  await using broker = await startBroker({ 'group.initial.rebalance.delay.ms': '0' });
  const code = program.replaceAll('127.0.0.1:9092', broker.bootstrapServers);
  const args = ['--conditions=@millrace/source', '--input-type=module-typescript', '--eval', code];
  const { stdout } = await run(process.execPath, args, { cwd: folder, encoding: 'utf8', timeout: 50_000 });
  expect(JSON.parse(stdout)).toEqual([]);
});
