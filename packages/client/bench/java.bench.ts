import { unavailable } from '@millrace/apache-kafka-peer';
import { Admin } from '../src/index.ts';
import { startBrokerProcess } from './broker-process.ts';
import { millrace as millraceConsumer } from './consumers.ts';
import { javaConsumer, javaProducer, type JavaMeasure, type JavaTool } from './java-tools.ts';
import { onApacheKafka } from './on-apache-kafka.ts';
import type { Report } from './produce-comparison.ts';
import { millrace as millraceProducer } from './producers.ts';

/** A Java process takes two seconds before it does anything: three rounds on two brokers are what fits five minutes. */
const ROUNDS = 3;

interface Load {
  readonly label: string;
  readonly valueBytes: number;
  readonly count: number;
}

const loads: readonly Load[] = [
  { label: '100 B', valueBytes: 100, count: 1_000_000 },
  { label: '1 KB', valueBytes: 1000, count: 150_000 },
];

/** The performance tools of Kafka's own Java client in turn with this client, on Millrace and on Apache Kafka. */
export const suite = {
  name: 'client: against Java',
  async run(report: Report): Promise<void> {
    const reason = unavailable();
    if (reason !== undefined) {
      process.stderr.write(`skipped: Java's performance tools; ${reason}\n`);
      report({ metric: 'not measured: Apache Kafka is not installed', value: 0, unit: '' });
      return;
    }
    await onMillrace(report);
    await onApacheKafka(report, compareWithJava);
  },
};

async function onMillrace(report: Report): Promise<void> {
  await using broker = await startBrokerProcess();
  await compareWithJava(broker.bootstrapServers, report);
}

async function compareWithJava(bootstrapServers: string, report: Report): Promise<void> {
  await using admin = new Admin({ 'bootstrap.servers': bootstrapServers });
  const idle = await withoutWork(admin, bootstrapServers);
  for (const load of loads) {
    try {
      reportLoad(report, load, await compareLoad(admin, bootstrapServers, load), idle);
    } catch (error) {
      // A tool that hangs is no reason to know nothing of the rest.
      process.stderr.write(`${String(error)}\n`);
      report({ metric: `not measured: ${load.label}, since a tool of Java failed`, value: 0, unit: '' });
    }
  }
}

interface Found {
  readonly produced: JavaMeasure[];
  readonly consumed: JavaMeasure[];
  readonly javaProduced: JavaMeasure[];
  readonly javaConsumed: JavaMeasure[];
}

async function compareLoad(admin: Admin, bootstrapServers: string, load: Load): Promise<Found> {
  const found: Found = { produced: [], consumed: [], javaProduced: [], javaConsumed: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const topic = `java-${process.pid}-${load.valueBytes}-${round}`;
    await admin.createTopics([{ name: topic, partitions: 1 }]);
    found.produced.push(await produce(bootstrapServers, topic, load));
    found.consumed.push(await consume(bootstrapServers, topic, load.count));
    found.javaConsumed.push(await javaConsumer(bootstrapServers, topic, load.count));
    found.javaProduced.push(await javaProducer(bootstrapServers, topic, load));
    await admin.deleteTopics([topic]);
  }
  return found;
}

function reportLoad(report: Report, load: Load, found: Found, idle: Record<JavaTool, JavaMeasure>): void {
  const own = { metric: `produce ${load.label}`, load, target: load.valueBytes === 100 ? 2 : 1 };
  compare(report, own, found.produced, without(idle.producer, found.javaProduced));
  const read = { metric: `consume ${load.label}`, load, target: 1 };
  compare(report, read, found.consumed, without(idle.consumer, found.javaConsumed));
}

/** What the tools cost when they do next to nothing: the start of a Java process. */
async function withoutWork(admin: Admin, bootstrapServers: string): Promise<Record<JavaTool, JavaMeasure>> {
  const topic = `java-${process.pid}-idle`;
  await admin.createTopics([{ name: topic, partitions: 1 }]);
  const producer = await javaProducer(bootstrapServers, topic, { valueBytes: 100, count: 1 });
  const consumer = await javaConsumer(bootstrapServers, topic, 1);
  await admin.deleteTopics([topic]);
  return { producer, consumer };
}

function without(idle: JavaMeasure, measures: readonly JavaMeasure[]): JavaMeasure[] {
  return measures.map(({ recordsPerSec, cpuSeconds }) => ({
    recordsPerSec,
    cpuSeconds: cpuSeconds - idle.cpuSeconds,
  }));
}

function compare(
  report: Report,
  { metric, load, target }: { readonly metric: string; readonly load: Load; readonly target: number },
  own: readonly JavaMeasure[],
  java: readonly JavaMeasure[],
): void {
  const peer = 'Java';
  const [rate, javaRate] = [own, java].map((found) => median(found.map((one) => one.recordsPerSec)));
  report({ metric: `${metric}, millrace`, value: rate!, unit: 'records/s' });
  const rates = { value: javaRate!, unit: 'records/s', peer, ratio: rate! / javaRate!, target };
  report({ metric: `${metric}, Java`, ...rates });
  const gigabytes = (load.count * load.valueBytes) / 1e9;
  const costs = [own, java].map((found) => median(found.map((one) => one.cpuSeconds)) / gigabytes);
  report({ metric: `${metric}, millrace: CPU`, value: costs[0]!, unit: 's/GB' });
  const ratio = costs[1]! / costs[0]!;
  report({ metric: `${metric}, Java: CPU, its start left out`, value: costs[1]!, unit: 's/GB', peer, ratio });
}

async function produce(
  bootstrapServers: string,
  topic: string,
  { valueBytes, count }: Load,
): Promise<JavaMeasure> {
  const producer = millraceProducer(bootstrapServers, { 'batch.size': 524_288 });
  await producer.sendOne(topic, Buffer.alloc(valueBytes));
  const watch = startWatch();
  await producer.sendAll(topic, Buffer.alloc(valueBytes, 'x'), count);
  const measure = watch(count);
  await producer.close();
  return measure;
}

async function consume(bootstrapServers: string, topic: string, count: number): Promise<JavaMeasure> {
  let watch: ReturnType<typeof startWatch> | undefined;
  let measure: JavaMeasure | undefined;
  let seen = 0;
  await millraceConsumer(bootstrapServers).readAll(topic, count, (records) => {
    if (records > 0) watch ??= startWatch();
    seen += records;
    if (seen >= count) measure ??= watch!(count);
  });
  return measure!;
}

function startWatch(): (count: number) => JavaMeasure {
  const startMs = performance.now();
  const before = process.cpuUsage();
  return (count) => {
    const { user, system } = process.cpuUsage(before);
    return {
      recordsPerSec: (count * 1000) / (performance.now() - startMs),
      cpuSeconds: (user + system) / 1e6,
    };
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
