import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { unavailable } from '@millrace/apache-kafka-peer';
import { Admin, Producer } from '@millrace/client';
import {
  startKafkaCluster,
  startMillraceCluster,
  type ClusterOptions,
  type ClusterProcesses,
} from '@millrace/e2e-cluster';

interface BenchSuite {
  readonly name: string;
  run(report: (row: BenchRow) => void): Promise<void>;
}

interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly ratio?: number;
  readonly target?: number;
}

const RECORD_BYTES = 1024;
const WARM_UP_MB = 10;
const MEGABYTES = 100;
const TOPICS = 1000;
const PARTITIONS_PER_TOPIC = 10;
/** With those of the creation so many that each of three nodes leads 5,000. */
const MORE_TOPICS = 500;
const TOPICS_PER_REQUEST = 100;
const IDLE_MS = 6000;
const UP_MS = 120_000;
/** As users have them: the end of a process is noticed at once, and a busy machine is not taken for a dead one. */
const TIMEOUTS = { timeouts: 'usual' } as const;
/** Ticks of `/proc/PID/stat` in a second. */
const CLOCK_TICKS = 100;

/** Three nodes, each a process: what a cluster of them takes, and what it takes a cluster to do. */
export const suite: BenchSuite = {
  name: 'Cluster: three nodes, factor 3, acks=all',
  async run(report) {
    const peerRate = unavailable() === undefined ? await peerThroughput() : undefined;
    const rate = await throughputOf(startMillraceCluster);
    report({
      metric: 'acks=all, 1 KB records, one producer',
      value: rate,
      unit: 'MB/s',
      ...(peerRate === undefined
        ? {}
        : { peer: `Apache Kafka ${peerRate.toFixed(1)} MB/s`, ratio: rate / peerRate, target: 1 }),
    });
    await controllerRows(report);
  },
};

/** A machine that is busy with other things may not get three of them up in time: then there is nothing to compare with. */
async function peerThroughput(): Promise<number | undefined> {
  try {
    return await throughputOf(startKafkaCluster);
  } catch (error) {
    process.stderr.write(`Apache Kafka is left out: ${String(error)}\n`);
    return undefined;
  }
}

async function throughputOf(start: (options: ClusterOptions) => Promise<ClusterProcesses>): Promise<number> {
  await using cluster = await start(TIMEOUTS);
  await using admin = await adminOf(cluster);
  await admin.createTopics([{ name: 'orders', partitions: 6, replicationFactor: 3 }]);
  const producer = new Producer({
    'bootstrap.servers': cluster.bootstrapServers,
    'linger.ms': 5,
    'batch.size': 131_072,
    'delivery.timeout.ms': 300_000,
  });
  await produce(producer, WARM_UP_MB);
  const startMs = performance.now();
  await produce(producer, MEGABYTES);
  const seconds = (performance.now() - startMs) / 1000;
  await producer.close();
  return MEGABYTES / seconds;
}

async function produce(producer: Producer, megabytes: number): Promise<void> {
  const record = { topic: 'orders', value: Buffer.alloc(RECORD_BYTES, 'x') };
  const records = Array.from({ length: 1024 }, () => record);
  const sends: Promise<unknown>[] = [];
  for (let sent = 0; sent < megabytes; sent++) {
    sends.push(producer.send(records));
    if (sends.length >= 8) await sends.shift();
  }
  await Promise.all(sends);
}

async function controllerRows(report: (row: BenchRow) => void): Promise<void> {
  await using cluster = await startMillraceCluster(TIMEOUTS);
  await using admin = await adminOf(cluster);
  const startMs = performance.now();
  await createTopics(admin, 0, TOPICS);
  report({
    metric: `create ${TOPICS} topics of ${PARTITIONS_PER_TOPIC} partitions, ${TOPICS_PER_REQUEST} a request`,
    value: (performance.now() - startMs) / 1000,
    unit: 's',
    target: 10,
  });
  await createTopics(admin, TOPICS, MORE_TOPICS);
  await untilSpread(admin);
  await idleRow(cluster, report);
  await failOverRow(cluster, admin, report);
}

async function createTopics(admin: Admin, from: number, count: number): Promise<void> {
  for (let first = from; first < from + count; first += TOPICS_PER_REQUEST) {
    const topics = Array.from({ length: TOPICS_PER_REQUEST }, (_, index) => ({
      name: `topic-${first + index}`,
      partitions: PARTITIONS_PER_TOPIC,
      replicationFactor: 3,
    }));
    await admin.createTopics(topics);
  }
}

/** What followers and leaders of partitions that nobody uses cost. */
async function idleRow(cluster: ClusterProcesses, report: (row: BenchRow) => void): Promise<void> {
  const [node] = cluster.nodes;
  const before = cpuMs(node!.pid);
  await sleep(IDLE_MS);
  const partitions = (TOPICS + MORE_TOPICS) * PARTITIONS_PER_TOPIC;
  report({
    metric: `CPU of a node with ${partitions} idle replicas, for each of them`,
    value: ((cpuMs(node!.pid) - before) * 1000) / (IDLE_MS / 1000) / partitions,
    unit: 'µs/s',
  });
}

async function failOverRow(
  cluster: ClusterProcesses,
  admin: Admin,
  report: (row: BenchRow) => void,
): Promise<void> {
  const { leaderId } = await admin.describeMetadataQuorum();
  const victim = cluster.nodes.find(({ id }) => id !== leaderId)!;
  const led = (await leadersOf(admin)).filter((leader) => leader === victim.id).length;
  const startMs = performance.now();
  await victim.signal('SIGKILL');
  await until(async () => (await leadersOf(admin)).every((leader) => leader >= 0 && leader !== victim.id));
  report({
    metric: `fail-over of a node that led ${led} partitions, from its kill until all have a leader`,
    value: (performance.now() - startMs) / 1000,
    unit: 's',
    target: 2,
  });
}

async function leadersOf(admin: Admin): Promise<number[]> {
  const names = (await admin.listTopics()).map(({ name }) => name);
  const described = await admin.describeTopics(names);
  return [...described.values()].flatMap(({ partitions }) => partitions.map(({ leaderId }) => leaderId));
}

async function untilSpread(admin: Admin): Promise<void> {
  await until(async () => (await leadersOf(admin)).every((leader) => leader >= 0));
}

async function adminOf(cluster: ClusterProcesses): Promise<Admin & AsyncDisposable> {
  const admin = new Admin({
    'bootstrap.servers': cluster.bootstrapServers,
    'request.timeout.ms': 60_000,
    'default.api.timeout.ms': 120_000,
  });
  await until(async () => (await admin.describeCluster()).brokers.length === cluster.nodes.length);
  return Object.assign(admin, { [Symbol.asyncDispose]: () => admin.close() });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + UP_MS;
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > deadlineMs) throw new Error(`It has not come to that in ${UP_MS} ms`);
    await sleep(20);
  }
}

/** User and system time of a process so far. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / CLOCK_TICKS;
}
