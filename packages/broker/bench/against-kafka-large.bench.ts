/**
 * Millrace and Apache Kafka under the same load on the same machine, in turns: Java's performance tools, and many small
 * connections. Neither flushes per request. The whole table takes about a quarter of an hour on two calm cores:
 *
 *     npm run bench -- against-kafka-large
 *
 * `MILLRACE_BENCH_ONLY=latency` before it measures the rows with that word alone. Whether it runs at all shows in two
 * minutes: `MILLRACE_BENCH_ROUNDS=1 MILLRACE_BENCH_SHARE=0.02`. Such figures mean nothing.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { unavailable } from '@millrace/apache-kafka-peer';
import { javaConsume, javaProduce, type ProduceLoad } from './against-kafka/java-perf.ts';
import { makeTopic, smallRequests } from './against-kafka/many-connections.ts';
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

const ROUNDS = Number(process.env['MILLRACE_BENCH_ROUNDS'] ?? 3);
/** Of the records of each load. */
const SHARE = Number(process.env['MILLRACE_BENCH_SHARE'] ?? 1);
/** More than a tail cache or the read-ahead of a disk holds. */
const STORED_BYTES = 800_000_000;
/** Of the rows to be measured, a word of each. */
const ONLY = process.env['MILLRACE_BENCH_ONLY'] ?? '';
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

function isWanted(metric: string): boolean {
  return metric.includes(ONLY);
}

/** Records of so many bytes that make up about `bytes`. */
function recordsOf(bytes: number, recordBytes: number): number {
  return Math.max(1000, Math.round((bytes * SHARE) / recordBytes));
}

function produceKinds(): [label: string, partitions: number, load: Omit<ProduceLoad, 'topic'>][] {
  const kinds: ReturnType<typeof produceKinds> = [];
  for (const recordBytes of [100, 1000]) {
    const records = recordsOf(recordBytes === 100 ? 100_000_000 : 200_000_000, recordBytes);
    const size = recordBytes === 100 ? '100 B' : '1 KB';
    for (const partitions of [1, 12]) {
      for (const acks of ['1', 'all']) {
        for (const codec of ['none', 'lz4']) {
          const properties = [`acks=${acks}`, `compression.type=${codec}`];
          const label = `${size}, ${partitions} partition${partitions === 1 ? '' : 's'}, acks=${acks}, ${codec}`;
          kinds.push([label, partitions, { records, recordBytes, properties }]);
        }
      }
    }
  }
  const large = { records: recordsOf(400_000_000, 1000), recordBytes: 1000 };
  kinds.push([
    '1 KB, large batches',
    1,
    { ...large, properties: ['batch.size=500000', 'linger.ms=5', 'max.request.size=1048576'] },
  ]);
  return kinds;
}

async function compareProduce(pair: Pair, report: Report): Promise<void> {
  for (const [label, partitions, load] of produceKinds()) {
    if (!isWanted(`produce ${label}`)) continue;
    const { ours, theirs } = await inTurns(pair, async (node) => {
      const topic = `produce-${++topics}`;
      await makeTopic(node.bootstrapServers, topic, partitions);
      const run = { ...load, warmUpRecords: load.records, topic };
      return (await javaProduce(node.bootstrapServers, run)).megabytesPerSecond;
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
  if (!isWanted('produce latency')) return;
  const { ours, theirs } = await inTurns(pair, async (node) => {
    const load = {
      records: recordsOf(200_000_000, 1000),
      warmUpRecords: recordsOf(100_000_000, 1000),
      recordBytes: 1000,
      throughput: 20_000,
      topic: `latency-${++topics}`,
    };
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
  const kinds = [
    ['1 KB from the tail', 1000, 100_000_000, false],
    ['1 KB, stored', 1000, STORED_BYTES, false],
    ['100 B, stored', 100, STORED_BYTES / 2, false],
    ['1 KB, cold', 1000, STORED_BYTES, true],
  ] as const;
  for (const [label, recordBytes, bytes, isCold] of kinds) {
    if (!isWanted(`consume ${label}`)) continue;
    if (isCold && !dropPageCache()) {
      process.stderr.write('Not measured: cold reads, as the page cache cannot be emptied here\n');
      continue;
    }
    const topic = `consume-${++topics}`;
    const records = recordsOf(bytes, recordBytes);
    for (const node of [pair.millrace, pair.kafka]) {
      const load = { topic, records, recordBytes, properties: ['batch.size=100000'] };
      await javaProduce(node.bootstrapServers, load);
    }
    const { ours, theirs } = await inTurns(pair, (node) => {
      if (isCold) dropPageCache();
      return javaConsume(node.bootstrapServers, topic, records);
    });
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

/** Everything that was written and is on the disk leaves memory. @returns whether that is possible here */
function dropPageCache(): boolean {
  try {
    spawnSync('sync');
    writeFileSync('/proc/sys/vm/drop_caches', '1');
    return true;
  } catch {
    return false;
  }
}

/** CPU seconds of a node for half a gigabyte in and half a gigabyte out. */
async function cpuPerGigabyte(node: NodeUnderLoad): Promise<number> {
  const topic = `cost-${++topics}`;
  const before = node.cpuSeconds();
  const records = recordsOf(500_000_000, 1000);
  await javaProduce(node.bootstrapServers, { topic, records, recordBytes: 1000 });
  await javaConsume(node.bootstrapServers, topic, records);
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

async function compareConnections(pair: Pair, report: Report): Promise<void> {
  if (!isWanted('200 connections')) return;
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
    await compareConnections(pair, report);
    if (isWanted('CPU and memory')) await compareCost(pair, report);
  },
};
