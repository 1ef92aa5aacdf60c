/**
 * Millrace and Apache Kafka under the same load on the same machine, in turns: Java's performance tools, and many small
 * connections. Neither flushes per request. Takes some minutes: `npm run bench -- against-kafka-large`.
 */
import { unavailable } from '@millrace/apache-kafka-peer';
import { javaConsume, javaProduce, type ProduceLoad } from './against-kafka/java-perf.ts';
import { smallRequests } from './against-kafka/many-connections.ts';
import { startApacheKafka, startMillrace, type NodeUnderLoad } from './against-kafka/node-under-load.ts';

interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly ratio?: number;
  readonly target?: number;
}

type Report = (row: BenchRow) => void;

const ROUNDS = 3;
const PEER = 'Apache Kafka';

interface Pair {
  readonly millrace: NodeUnderLoad;
  readonly kafka: NodeUnderLoad;
}

let topics = 0;

/** Measures each node `ROUNDS` times, in turns, and takes the median. */
async function inTurns(
  { millrace, kafka }: Pair,
  measure: (node: NodeUnderLoad) => Promise<number>,
): Promise<{ ours: number; theirs: number }> {
  const figures: Record<NodeUnderLoad['name'], number[]> = { Millrace: [], 'Apache Kafka': [] };
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? [millrace, kafka] : [kafka, millrace];
    for (const node of order) figures[node.name].push(await measure(node));
  }
  return { ours: median(figures.Millrace), theirs: median(figures['Apache Kafka']) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

async function compareProduce(pair: Pair, report: Report): Promise<void> {
  const kinds: [label: string, load: Omit<ProduceLoad, 'topic'>][] = [
    ['100 B, acks=all', { records: 2_000_000, recordBytes: 100 }],
    ['100 B, acks=1', { records: 2_000_000, recordBytes: 100, properties: ['acks=1'] }],
    ['100 B, lz4', { records: 2_000_000, recordBytes: 100, properties: ['compression.type=lz4'] }],
    ['1 KB, acks=all', { records: 400_000, recordBytes: 1000 }],
    [
      '1 KB, large batches',
      { records: 400_000, recordBytes: 1000, properties: ['batch.size=500000', 'linger.ms=5'] },
    ],
  ];
  for (const [label, load] of kinds) {
    const { ours, theirs } = await inTurns(pair, async (node) => {
      const topic = `produce-${++topics}`;
      return (await javaProduce(node.bootstrapServers, { ...load, topic })).megabytesPerSecond;
    });
    report({
      metric: `produce ${label}`,
      value: ours,
      unit: 'MB/s',
      peer: PEER,
      ratio: ours / theirs,
      target: 1,
    });
  }
}

async function compareLatency(pair: Pair, report: Report): Promise<void> {
  const { ours, theirs } = await inTurns(pair, async (node) => {
    const load = { records: 200_000, recordBytes: 1000, throughput: 20_000, topic: `latency-${++topics}` };
    return (await javaProduce(node.bootstrapServers, load)).p99Ms;
  });
  report({
    metric: 'produce latency p99 at 20 MB/s',
    value: ours,
    unit: 'ms',
    peer: PEER,
    ratio: theirs / Math.max(ours, 0.5),
    target: 3,
  });
}

async function compareConsume(pair: Pair, report: Report): Promise<void> {
  for (const [label, records, recordBytes] of [
    ['1 KB', 800_000, 1000],
    ['100 B', 4_000_000, 100],
  ] as const) {
    const topic = `consume-${recordBytes}`;
    for (const node of [pair.millrace, pair.kafka])
      await javaProduce(node.bootstrapServers, {
        topic,
        records,
        recordBytes,
        properties: ['batch.size=100000'],
      });
    const { ours, theirs } = await inTurns(pair, (node) =>
      javaConsume(node.bootstrapServers, topic, records),
    );
    report({
      metric: `consume ${label}`,
      value: ours,
      unit: 'MB/s',
      peer: PEER,
      ratio: ours / theirs,
      target: 1,
    });
  }
}

/** CPU seconds of a node for half a gigabyte in and half a gigabyte out. */
async function cpuPerGigabyte(node: NodeUnderLoad): Promise<number> {
  const topic = `cost-${++topics}`;
  const before = node.cpuSeconds();
  await javaProduce(node.bootstrapServers, { topic, records: 500_000, recordBytes: 1000 });
  await javaConsume(node.bootstrapServers, topic, 500_000);
  return node.cpuSeconds() - before;
}

async function compareCost(pair: Pair, report: Report): Promise<void> {
  const { ours, theirs } = await inTurns(pair, cpuPerGigabyte);
  report({
    metric: 'CPU per GB in and out',
    value: ours,
    unit: 's',
    peer: PEER,
    ratio: theirs / ours,
    target: 1,
  });
  const [mine, others] = [pair.millrace.residentMegabytes(), pair.kafka.residentMegabytes()];
  report({
    metric: 'memory at the end',
    value: mine,
    unit: 'MB',
    peer: PEER,
    ratio: others / mine,
    target: 3,
  });
}

export const suite = {
  name: 'broker: against Apache Kafka',
  async run(report: Report): Promise<void> {
    const missing = unavailable();
    if (missing !== undefined) {
      process.stderr.write(`Nothing measured: ${missing}\n`);
      return;
    }
    await using millrace = await startMillrace();
    await using kafka = await startApacheKafka();
    const pair = { millrace, kafka };
    await compareProduce(pair, report);
    await compareLatency(pair, report);
    await compareConsume(pair, report);
    const { ours, theirs } = await inTurns(pair, (node) =>
      smallRequests(node.bootstrapServers, `small-${++topics}`),
    );
    report({
      metric: '200 connections, one small record each',
      value: ours,
      unit: 'requests/s',
      peer: PEER,
      ratio: ours / theirs,
      target: 1,
    });
    await compareCost(pair, report);
  },
};
