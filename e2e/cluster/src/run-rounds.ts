import { setTimeout as sleep } from 'node:timers/promises';
import { Admin, Consumer } from '@millrace/client';
import { entryOf, Ledger } from './ledger.ts';
import type { ClusterProcesses } from './processes.ts';
import { rounds } from './rounds.ts';
import { PARTITIONS, TOPIC, type StartTraffic, type Traffic } from './traffic.ts';

export interface RoundResult {
  readonly name: string;
  /** The longest time in which a partition took nothing. */
  readonly leaderlessMs: number;
}

export interface RoundsResult {
  readonly rounds: readonly RoundResult[];
  readonly acknowledged: number;
  /** Lost, duplicated, reordered, not consumed; and what else was wrong. */
  readonly problems: readonly string[];
}

const CONVERGE_MS = 90_000;
const CONSUME_MS = 60_000;

/** Traffic, then one disaster after the other, each after everything is well again; then everything is read. */
export async function runRounds(
  cluster: ClusterProcesses,
  starts: readonly StartTraffic[],
  count: number,
  onRound: (result: RoundResult) => void = () => {},
): Promise<RoundsResult> {
  const admin = new Admin({
    'bootstrap.servers': cluster.bootstrapServers,
    'request.timeout.ms': 3000,
    'default.api.timeout.ms': 60_000,
  });
  const ledger = new Ledger();
  await untilUp(admin, cluster.nodes.length);
  await admin.createTopics([{ name: TOPIC, partitions: PARTITIONS, replicationFactor: 3 }]);
  const traffic: Traffic[] = [];
  for (const start of starts) traffic.push(await start(cluster.bootstrapServers, ledger));
  await untilInSync(admin);
  const results: RoundResult[] = [];
  for (let index = 0; index < count; index++) {
    const { name, strike } = rounds[index % rounds.length]!;
    await sleep(500);
    ledger.takeLongestGapMs();
    await strike(cluster, admin);
    const struckMs = performance.now();
    // What metadata says of replicas may be from before; what is written is not.
    await until('written to', async () => ledger.hasBeatenSince(struckMs, PARTITIONS));
    await untilInSync(admin);
    const result = { name, leaderlessMs: ledger.takeLongestGapMs() };
    results.push(result);
    onRound(result);
  }
  await Promise.all(traffic.map((each) => each.stopProducing()));
  const read = await readAll(cluster.bootstrapServers);
  const problems = ledger.problems(read.map(entryOf));
  problems.push(...(await unconsumed(traffic, read)));
  await admin.close();
  return { rounds: results, acknowledged: ledger.acknowledgedCount, problems };
}

/** Everything in the topic, by partition and offset. */
async function readAll(bootstrapServers: string): Promise<string[]> {
  const consumer = new Consumer({ 'bootstrap.servers': bootstrapServers, 'auto.offset.reset': 'earliest' });
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: TOPIC, partition }));
  const ends = await consumer.endOffsets(partitions);
  consumer.assign(partitions);
  const values: string[][] = partitions.map(() => []);
  const isRead = async (): Promise<boolean> => {
    for (const [index, partition] of partitions.entries()) {
      if (ends[index]! > 0 && (await consumer.position(partition)) < ends[index]!) return false;
    }
    return true;
  };
  while (!(await isRead())) {
    for (const { partition, value } of await consumer.poll()) values[partition]!.push(String(value));
  }
  await consumer.close();
  return values.flat();
}

/** Every group is given everything in the end. */
async function unconsumed(traffic: readonly Traffic[], values: readonly string[]): Promise<string[]> {
  const deadlineMs = performance.now() + CONSUME_MS;
  const missing = ({ consumed }: Traffic): string[] => values.filter((value) => !consumed.has(value));
  while (performance.now() < deadlineMs && traffic.some((each) => missing(each).length > 0)) await sleep(200);
  const problems = traffic.flatMap((each) => {
    const left = missing(each);
    return left.length === 0 ? [] : [`${each.name} has not consumed ${left.length}, for example ${left[0]}`];
  });
  await Promise.all(traffic.map((each) => each.stopConsuming()));
  return problems;
}

async function untilUp(admin: Admin, count: number): Promise<void> {
  await until(`${count} nodes`, async () => (await admin.describeCluster()).brokers.length === count);
}

async function untilInSync(admin: Admin): Promise<void> {
  await until('all replicas in sync', async () => {
    const names = (await admin.listTopics({ includeInternal: true })).map(({ name }) => name);
    const described = await admin.describeTopics(names);
    return [...described.values()].every(({ partitions }) =>
      partitions.every(
        ({ leaderId, inSyncReplicas, replicas }) =>
          leaderId >= 0 && inSyncReplicas.length === replicas.length,
      ),
    );
  });
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + CONVERGE_MS;
  for (;;) {
    const outcome = await isSo().catch((error: unknown) => error);
    if (outcome === true) return;
    if (performance.now() > deadlineMs)
      throw new Error(`not ${what} in ${CONVERGE_MS} ms`, { cause: outcome });
    await sleep(100);
  }
}
