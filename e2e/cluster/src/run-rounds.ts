import { setTimeout as sleep } from 'node:timers/promises';
import { Admin } from '@millrace/client';
import { entryOf, Ledger, type Problem } from './ledger.ts';
import type { ClusterProcesses } from './processes.ts';
import { readAll } from './read-all.ts';
import { mendAll, roundsFor, type Round } from './rounds.ts';
import { PARTITIONS, TOPIC, type StartTraffic, type Traffic } from './traffic.ts';

export interface RoundResult {
  readonly name: string;
  /** The longest time in which a partition took nothing. */
  readonly leaderlessMs: number;
  /** Until all replicas were in sync again. */
  readonly tookMs: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly reordered: number;
}

export interface RoundsResult {
  readonly rounds: readonly RoundResult[];
  readonly acknowledged: number;
  readonly read: number;
  /** How often a node has ended by itself. */
  readonly unwantedEnds: number;
  /** Lost, duplicated, reordered, not consumed; and what else was wrong. */
  readonly problems: readonly string[];
}

export interface RoundsOptions {
  readonly count: number;
  /** Starts no further round after so long. Default: never. */
  readonly limitMs?: number;
  readonly onRound?: (round: Pick<RoundResult, 'name' | 'leaderlessMs' | 'tookMs'>) => void;
}

type TimedRound = Pick<RoundResult, 'name' | 'leaderlessMs' | 'tookMs'>;

const CONSUME_MS = 120_000;
const BETWEEN_MS = 300;

/** Traffic, then one disaster after the other, each after everything is well again; then everything is read. */
export async function runRounds(
  cluster: ClusterProcesses,
  starts: readonly StartTraffic[],
  options: RoundsOptions,
): Promise<RoundsResult> {
  const admin = new Admin({
    'bootstrap.servers': cluster.bootstrapServers,
    'request.timeout.ms': 3000,
    'default.api.timeout.ms': 60_000,
  });
  const ledger = new Ledger();
  await untilUp(admin, cluster);
  await admin.createTopics([{ name: TOPIC, partitions: PARTITIONS, replicationFactor: 3 }]);
  const traffic: Traffic[] = [];
  for (const start of starts) traffic.push(await start(cluster.bootstrapServers, ledger));
  await untilInSync(admin, cluster);
  const problems: string[] = [];
  const timed: TimedRound[] = [];
  try {
    await strikeInTurns({ cluster, admin, ledger, traffic }, options, timed);
  } catch (error) {
    problems.push(`round ${timed.length + 1} did not end well: ${describe(error)}`);
    await mendAll(cluster);
  }
  await Promise.all(traffic.map((each) => each.stopProducing()));
  const read = await readAll(cluster.bootstrapServers);
  const found = ledger.problems(read.map(entryOf));
  problems.push(...found.map(({ text, round }) => `${text}, sent in round ${round}`));
  problems.push(...(await unconsumed(traffic, read)), ...failures(traffic));
  await admin.close();
  return {
    rounds: timed.map((round, index) => ({ ...round, ...countsOf(found, index + 1) })),
    acknowledged: ledger.acknowledgedCount,
    read: read.length,
    unwantedEnds: cluster.nodes.reduce((sum, node) => sum + node.unwantedEnds, 0),
    problems,
  };
}

interface Scene {
  readonly cluster: ClusterProcesses;
  readonly admin: Admin;
  readonly ledger: Ledger;
  readonly traffic: readonly Traffic[];
}

async function strikeInTurns(
  scene: Scene,
  { count, limitMs = Infinity, onRound }: RoundsOptions,
  results: TimedRound[],
): Promise<void> {
  const rounds = roundsFor(scene.cluster);
  const beganMs = performance.now();
  while (results.length < count && performance.now() - beganMs < limitMs) {
    await sleep(BETWEEN_MS);
    const result = await strike(scene, rounds[results.length % rounds.length]!, results.length + 1);
    results.push(result);
    onRound?.(result);
    // Who is gone says nothing about the rounds to come.
    const [failure] = failures(scene.traffic);
    if (failure !== undefined) throw new Error(failure);
  }
}

async function strike({ cluster, admin, ledger }: Scene, round: Round, number: number): Promise<TimedRound> {
  const untilWritten = async (): Promise<void> => {
    const struckMs = performance.now();
    await until('written to', cluster, async () => ledger.hasBeatenSince(struckMs, PARTITIONS), 10);
  };
  const beganMs = performance.now();
  ledger.beginRound(number);
  await round.run({ cluster, admin, untilWritten });
  // What metadata says of replicas may be from before; what is written is not.
  await untilWritten();
  await untilInSync(admin, cluster);
  // Who came back may have been taken for dead once more, on a busy machine: that belongs to this round, too.
  await untilWritten();
  return { name: round.name, leaderlessMs: ledger.longestGapMs, tookMs: performance.now() - beganMs };
}

function countsOf(problems: readonly Problem[], number: number) {
  const count = (kind: Problem['kind']): number =>
    problems.filter((problem) => problem.kind === kind && problem.round === number).length;
  return { lost: count('lost'), duplicated: count('duplicated'), reordered: count('reordered') };
}

function failures(traffic: readonly Traffic[]): string[] {
  return traffic.flatMap(({ name, failure }) => (failure === undefined ? [] : [`${name}: ${failure}`]));
}

/** Every group is given everything in the end. */
async function unconsumed(traffic: readonly Traffic[], values: readonly string[]): Promise<string[]> {
  const deadlineMs = performance.now() + CONSUME_MS;
  const missing = ({ consumed }: Traffic): string[] => values.filter((value) => !consumed.has(value));
  const isWaiting = (): boolean =>
    traffic.some((each) => each.failure === undefined && missing(each).length > 0);
  while (performance.now() < deadlineMs && isWaiting()) await sleep(200);
  const problems = traffic.flatMap((each) => {
    const left = missing(each);
    return left.length === 0 ? [] : [`${each.name} has not consumed ${left.length}, for example ${left[0]}`];
  });
  await Promise.all(traffic.map((each) => each.stopConsuming()));
  return problems;
}

async function untilUp(admin: Admin, cluster: ClusterProcesses): Promise<void> {
  const { length } = cluster.nodes;
  await until(
    `${length} nodes`,
    cluster,
    async () => (await admin.describeCluster()).brokers.length === length,
  );
}

async function untilInSync(admin: Admin, cluster: ClusterProcesses): Promise<void> {
  await until('all replicas in sync', cluster, async () => {
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

async function until(
  what: string,
  { patienceMs }: ClusterProcesses,
  isSo: () => Promise<boolean>,
  everyMs = 100,
): Promise<void> {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    const outcome = await isSo().catch((error: unknown) => error);
    if (outcome === true) return;
    if (performance.now() > deadlineMs) {
      throw new Error(`not ${what} in ${patienceMs} ms`, { cause: outcome });
    }
    await sleep(everyMs);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
