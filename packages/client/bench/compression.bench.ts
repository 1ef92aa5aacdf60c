import { monitorEventLoopDelay } from 'node:perf_hooks';
import { nodeHost } from '@millrace/host';
import { Admin, Producer } from '../src/index.ts';
import { startBrokerProcess } from './broker-process.ts';
import type { Report } from './produce-comparison.ts';

const ROUNDS = 3;
const RECORDS = 60_000;
const codecs = ['gzip', 'snappy', 'lz4', 'zstd'] as const;
const places = [
  ['on the event loop', false],
  ['on other threads', true],
] as const;

interface Measure {
  /** Of the thread that the application runs on. */
  readonly loopCpuMs: number;
  /** The longest time that nobody else had a turn. */
  readonly longestPauseMs: number;
}

/** What compression costs the event loop of the application, where the host has other threads and where not. */
export const suite = {
  name: 'client: compression',
  async run(report: Report): Promise<void> {
    await using broker = await startBrokerProcess();
    await using admin = new Admin({ 'bootstrap.servers': broker.bootstrapServers });
    await admin.createTopics([{ name: 'orders', partitions: 2 }]);
    const values = Array.from({ length: 500 }, (_, index) => orderOf(index));
    for (const codec of codecs) {
      const found: Measure[][] = [[], []];
      for (let round = 0; round < ROUNDS; round++)
        for (const [index, [, mayUseThreads]] of places.entries())
          found[index]!.push(await measure(broker.bootstrapServers, codec, mayUseThreads, values));
      const [onLoop, onThreads] = found.map((measures) => ({
        cpu: least(measures.map(({ loopCpuMs }) => loopCpuMs)),
        pause: least(measures.map(({ longestPauseMs }) => longestPauseMs)),
      }));
      const label = `${codec}, 60,000 x 1 KB`;
      report({ metric: `${label}, CPU of the event loop, ${places[0][0]}`, value: onLoop!.cpu, unit: 'ms' });
      const row = { metric: `${label}, CPU of the event loop, ${places[1][0]}`, value: onThreads!.cpu };
      report({ ...row, unit: 'ms', peer: places[0][0], ratio: onLoop!.cpu / onThreads!.cpu, target: 1 });
      const pause = { metric: `${label}, longest pause, ${places[1][0]}`, value: onThreads!.pause };
      report({ ...pause, unit: 'ms', peer: places[0][0], ratio: onLoop!.pause / onThreads!.pause });
    }
  },
};

async function measure(
  bootstrapServers: string,
  codec: (typeof codecs)[number],
  mayUseThreads: boolean,
  values: readonly string[],
): Promise<Measure> {
  const properties = {
    'bootstrap.servers': bootstrapServers,
    'compression.type': codec,
    'batch.size': 131_072,
  };
  await using producer = new Producer(properties, { host: { ...nodeHost(), mayUseThreads } });
  await producer.send({ topic: 'orders', value: 'connect' });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = loopCpuMicros();
  for (let sent = 0; sent < RECORDS; sent += values.length) {
    const outcome = producer.send(values.map((value) => ({ topic: 'orders', value })));
    if (producer.bufferedBytes > 8_000_000) await outcome;
    else await new Promise((resolve) => setImmediate(resolve));
  }
  await producer.flush();
  const loopCpuMs = (loopCpuMicros() - before) / 1000;
  delay.disable();
  return { loopCpuMs, longestPauseMs: delay.max / 1e6 };
}

function loopCpuMicros(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

function least(values: readonly number[]): number {
  return Math.min(...values);
}

/** About a kilobyte of JSON, which compresses as such things do. */
function orderOf(number: number): string {
  const lines = Array.from({ length: 12 }, (_, index) => ({
    sku: `${(number * 7919 + index * 104_729) % 1_000_000}`,
    count: (number * 31 + index) % 17,
    price: ((number * 6151 + index * 389) % 100_000) / 100,
    note: index % 5 === 0 ? 'gift wrap' : '',
  }));
  return JSON.stringify({ id: number * 2_654_435_761, at: 1_700_000_000_000 + number * 977, lines });
}
