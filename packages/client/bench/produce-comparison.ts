import { Admin, Producer } from '../src/index.ts';
import { collectGarbage } from './collect-garbage.ts';
import { compareLatencies } from './latency-comparison.ts';
import { unavailable } from './librdkafka.ts';
import { kafkaJs, librdkafka, millrace, platformatic, type MeasuredProducer } from './producers.ts';

export interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly ratio?: number;
  readonly target?: number;
}

export type Report = (row: BenchRow) => void;

/** Rounds alternate between the clients, so that a busy machine is busy for all of them; medians are compared. */
const ROUNDS = 3;
const SINGLES = 500_000;

interface Load {
  readonly label: string;
  readonly valueBytes: number;
  readonly count: number;
  /** Least ratio to reach against each peer. */
  readonly targets: Readonly<Record<string, number>>;
}

const loads: readonly Load[] = [
  {
    label: '100 B',
    valueBytes: 100,
    count: 1_000_000,
    targets: { kafkajs: 8, '@platformatic/kafka': 2, librdkafka: 2 },
  },
  {
    label: '1 KB',
    valueBytes: 1000,
    count: 200_000,
    targets: { kafkajs: 2, '@platformatic/kafka': 1, librdkafka: 1 },
  },
];

export async function compareProducers(bootstrapServers: string, report: Report): Promise<void> {
  await using admin = new Admin({ 'bootstrap.servers': bootstrapServers });
  const ours = millrace(bootstrapServers, { 'batch.size': 524_288 });
  const peers = [await kafkaJs(bootstrapServers), platformatic(bootstrapServers)];
  const native = await librdkafkaIfBuilt(bootstrapServers);
  try {
    for (const load of loads) await compareRates(admin, load, [ours, ...peers, ...native], report);
    await inTopic(admin, (topic) => compareLatencies(bootstrapServers, topic, report));
    await measureDefaults(admin, bootstrapServers, report);
    await measureSingles(admin, bootstrapServers, report);
  } finally {
    for (const producer of [ours, ...peers, ...native]) await producer.close();
  }
}

async function librdkafkaIfBuilt(bootstrapServers: string): Promise<MeasuredProducer[]> {
  const reason = unavailable();
  if (reason === undefined) return [await librdkafka(bootstrapServers)];
  process.stderr.write(`skipped: librdkafka; ${reason}\n`);
  return [];
}

async function compareRates(
  admin: Admin,
  load: Load,
  producers: readonly MeasuredProducer[],
  report: Report,
): Promise<void> {
  const value = Buffer.alloc(load.valueBytes, 'x');
  const measures = producers.map((): Measure[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, producer] of producers.entries()) {
      const found = await inTopic(admin, (topic) => measure(producer, topic, value, load.count));
      // What the first round spends on compiling is not what a record costs, of whoever sends it.
      if (round > 0) measures[index]!.push(found);
    }
  }
  const figures = measures.map((found) => ({
    rate: median(found.map(({ recordsPerSec }) => recordsPerSec)),
    cpu: median(found.map(({ cpuMicrosPerRecord }) => cpuMicrosPerRecord)),
  }));
  const own = figures[0]!;
  const label = `produce ${load.label}`;
  report({ metric: `${label}, millrace`, value: own.rate, unit: 'records/s' });
  report({ metric: `${label}, client CPU, millrace`, value: own.cpu, unit: 'us/record' });
  for (const [index, other] of figures.entries()) {
    const peer = producers[index]!.name;
    const target = load.targets[peer];
    if (target === undefined) continue;
    report({
      metric: `${label}, ${peer}`,
      value: other.rate,
      unit: 'records/s',
      peer,
      ratio: own.rate / other.rate,
      target,
    });
    const cpu = { metric: `${label}, client CPU, ${peer}`, value: other.cpu, unit: 'us/record' };
    report({ ...cpu, peer, ratio: other.cpu / own.cpu, target: 2 });
  }
}

interface Measure {
  readonly recordsPerSec: number;
  /** Of this process, all threads; hardly depends on what else the machine does. */
  readonly cpuMicrosPerRecord: number;
}

async function measure(
  producer: Pick<MeasuredProducer, 'sendOne' | 'sendAll'>,
  topic: string,
  value: Buffer,
  count: number,
): Promise<Measure> {
  collectGarbage();
  await producer.sendOne(topic, value);
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  await producer.sendAll(topic, value, count);
  const cpu = process.cpuUsage(startCpu);
  return {
    recordsPerSec: (count * 1000) / (performance.now() - startMs),
    cpuMicrosPerRecord: (cpu.user + cpu.system) / count,
  };
}

/** What a user gets who sets nothing. */
async function measureDefaults(admin: Admin, bootstrapServers: string, report: Report): Promise<void> {
  const producer = millrace(bootstrapServers);
  const value = Buffer.alloc(100, 'x');
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { recordsPerSec } = await inTopic(admin, (topic) => measure(producer, topic, value, 200_000));
    rates.push(recordsPerSec);
  }
  report({ metric: 'produce 100 B, arrays, all defaults', value: median(rates), unit: 'records/s' });
  await producer.close();
}

/** One record per call of `send`, none awaited by itself. */
async function measureSingles(admin: Admin, bootstrapServers: string, report: Report): Promise<void> {
  const producer = new Producer({ 'bootstrap.servers': bootstrapServers, 'batch.size': 524_288 });
  const asIs = { sendOne: async (topic: string) => void (await producer.send({ topic, value })) };
  const value = Buffer.alloc(100, 'x');
  const found: Measure[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const sendAll = (topic: string) => sendSingles(producer, topic, value, SINGLES);
    found.push(await inTopic(admin, (topic) => measure({ ...asIs, sendAll }, topic, value, SINGLES)));
  }
  const rate = median(found.map(({ recordsPerSec }) => recordsPerSec));
  const cpu = median(found.map(({ cpuMicrosPerRecord }) => cpuMicrosPerRecord));
  report({ metric: 'produce 100 B, one record per send', value: rate, unit: 'records/s' });
  report({ metric: 'produce 100 B, one record per send, client CPU', value: cpu, unit: 'us/record' });
  await producer.close();
}

async function sendSingles(producer: Producer, topic: string, value: Buffer, count: number): Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  for (let sent = 0; sent < count;) {
    for (let burst = 0; burst < 5000; burst++, sent++) last = producer.send({ topic, value });
    // Lets the sender run; a caller without any pause would only fill memory.
    if (producer.bufferedBytes > 8_000_000) await last;
    else await new Promise((resolve) => setImmediate(resolve));
  }
  await producer.flush();
}

let topics = 0;

async function inTopic<T>(admin: Admin, body: (topic: string) => Promise<T>): Promise<T> {
  const topic = `bench-${process.pid}-${topics++}`;
  await admin.createTopics([{ name: topic, partitions: 1 }]);
  try {
    return await body(topic);
  } finally {
    await admin.deleteTopics([topic]);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
