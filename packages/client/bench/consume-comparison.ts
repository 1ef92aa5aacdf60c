import { Admin } from '../src/index.ts';
import { collectGarbage } from './collect-garbage.ts';
import {
  kafkaJs,
  librdkafka,
  millrace,
  millraceIteration,
  platformatic,
  type MeasuredConsumer,
} from './consumers.ts';
import { unavailable } from './librdkafka.ts';
import type { Report } from './produce-comparison.ts';
import { millrace as millraceProducer } from './producers.ts';

/** Rounds alternate between the clients, so that a busy machine is busy for all of them; medians are compared. */
const ROUNDS = 3;

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
    count: 500_000,
    targets: { kafkajs: 3, '@platformatic/kafka': 3, librdkafka: 20 },
  },
  {
    label: '1 KB',
    valueBytes: 1000,
    count: 100_000,
    targets: { kafkajs: 1, '@platformatic/kafka': 1, librdkafka: 1 },
  },
];

export async function compareConsumers(bootstrapServers: string, report: Report): Promise<void> {
  const reason = unavailable();
  if (reason !== undefined) process.stderr.write(`skipped: librdkafka; ${reason}\n`);
  await using admin = new Admin({ 'bootstrap.servers': bootstrapServers });
  for (const load of loads) {
    const topic = `consume-${process.pid}-${load.valueBytes}`;
    await admin.createTopics([{ name: topic, partitions: 1 }]);
    await fill(bootstrapServers, topic, load);
    await compareRates(bootstrapServers, topic, load, report);
    await admin.deleteTopics([topic]);
  }
}

async function fill(bootstrapServers: string, topic: string, { valueBytes, count }: Load): Promise<void> {
  const producer = millraceProducer(bootstrapServers, { 'batch.size': 65_536 });
  await producer.sendAll(topic, Buffer.alloc(valueBytes, 'x'), count);
  await producer.close();
}

async function compareRates(
  bootstrapServers: string,
  topic: string,
  load: Load,
  report: Report,
): Promise<void> {
  const isNativeBuilt = unavailable() === undefined;
  const consumers: readonly MeasuredConsumer[] = [
    millrace(bootstrapServers),
    kafkaJs(bootstrapServers),
    platformatic(bootstrapServers),
    millraceIteration(bootstrapServers),
    ...(isNativeBuilt ? [librdkafka(bootstrapServers)] : []),
  ];
  const rates = consumers.map((): number[] => []);
  const cpu = consumers.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, consumer] of consumers.entries()) {
      const measured = await measure(consumer, topic, load);
      rates[index]!.push(measured.recordsPerSec);
      cpu[index]!.push(measured.cpuSecondsPerGb);
    }
  }
  const own = median(rates[0]!);
  const ownCpu = median(cpu[0]!);
  for (const [index, { name }] of consumers.entries()) {
    const metric = `consume ${load.label}, ${name}`;
    const rate = median(rates[index]!);
    const target = load.targets[name];
    const goal = target === undefined ? {} : { target };
    report({
      metric,
      value: rate,
      unit: 'records/s',
      ...(index === 0 ? {} : { peer: name, ratio: own / rate, ...goal }),
    });
    const cost = median(cpu[index]!);
    report({
      metric: `${metric}: CPU`,
      value: cost,
      unit: 's/GB',
      ...(index === 0 ? {} : { peer: name, ratio: cost / ownCpu }),
    });
  }
}

interface Measured {
  readonly recordsPerSec: number;
  readonly cpuSecondsPerGb: number;
}

/** From the first piece on, without it: joining a group and looking up offsets is not what is measured. */
async function measure(
  consumer: MeasuredConsumer,
  topic: string,
  { count, valueBytes }: Load,
): Promise<Measured> {
  collectGarbage();
  const watch = new StopWatch(count);
  await consumer.readAll(topic, count, (records) => watch.saw(records));
  const { measuredCount, elapsedMs, cpuMicros } = watch;
  const gigabytes = (measuredCount * valueBytes) / 1e9;
  return { recordsPerSec: (measuredCount * 1000) / elapsedMs, cpuSecondsPerGb: cpuMicros / 1e6 / gigabytes };
}

/** Runs from the first piece of records to the last. */
class StopWatch {
  measuredCount = 0;
  elapsedMs = 0;
  cpuMicros = 0;
  readonly #count: number;
  #seen = 0;
  #startMs = 0;
  #startCpu = process.cpuUsage();

  constructor(count: number) {
    this.#count = count;
  }

  saw(records: number): void {
    if (records === 0) return;
    if (this.#seen === 0) {
      this.#startMs = performance.now();
      this.#startCpu = process.cpuUsage();
      this.measuredCount = this.#count - records;
    }
    this.#seen += records;
    if (this.#seen !== this.#count) return;
    this.elapsedMs = performance.now() - this.#startMs;
    const { user, system } = process.cpuUsage(this.#startCpu);
    this.cpuMicros = user + system;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
