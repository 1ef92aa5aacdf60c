import type { Logger, SimulationEvent } from '@millrace/host';
import { ClusterWorld } from './cluster/cluster-world.ts';
import { faultSets, type FaultSet, type FaultSetName } from './faults/fault-sets.ts';
import { pick, type Fault } from './faults/fault.ts';
import { reassignmentsEnd } from './faults/reassignments-end.ts';
import { checkHistory } from './history/check-history.ts';
import { describeViolation } from './history/violation.ts';
import { clusterProblems } from './invariants/cluster-invariants.ts';
import { readToEnd } from './workloads/read-to-end.ts';
import type { Workload } from './workloads/workload.ts';

export interface SimulateOptions {
  readonly seed: number;
  readonly workload: Workload;
  readonly faults: FaultSetName;
  readonly brokers?: number;
  readonly controllers?: number;
  /** Of all nodes, over what the faults demand. */
  readonly properties?: Readonly<Record<string, string | number>>;
  /** How much virtual time the faults get. Default 4.5 s. */
  readonly faultMs?: number;
  readonly onEvent?: (event: SimulationEvent) => void;
  readonly loggerOf?: (node: string) => Logger;
  /** Told what is done to the cluster, and when. */
  readonly onFault?: (timeMs: number, what: string) => void;
}

export interface SimulationReport {
  readonly trace: string;
  readonly virtualMs: number;
  readonly steps: number;
  /** How often each fault has struck. */
  readonly faults: ReadonlyMap<string, number>;
  /** What clients asked for and saw. */
  readonly operations: number;
  /** Broken promises, empty if all is well. */
  readonly problems: readonly string[];
}

/** How long a cluster and its clients get to come to rest when nothing goes wrong any more. */
const CONVERGE_MS = 120_000;

/** One run: a cluster, a workload, faults; then peace, and judgement. The same for the same options. */
export async function simulate(options: SimulateOptions): Promise<SimulationReport> {
  const set: FaultSet = faultSets[options.faults];
  const properties = { ...variantOf(options.seed), ...set.properties, ...options.properties };
  const hasDynamicVoters =
    set.hasDynamicVoters === true && (options.brokers ?? 3) + (options.controllers ?? 0) > 1;
  const world = new ClusterWorld({ ...options, properties, hasDynamicVoters });
  const struck = new Map<string, number>();
  const problems: string[] = [];
  const note = (what: string): void => options.onFault?.(world.simulation.nowMs, what);
  try {
    await world.simulation.run(async () => {
      await world.start();
      if (Object.keys(options.workload.topics).length > 0) await world.createTopics(options.workload.topics);
      note('topics created');
      await workThrough(world, options, (fault) => {
        struck.set(fault.name, (struck.get(fault.name) ?? 0) + 1);
        note(fault.name);
      });
      if (struck.has('reassignment')) await reassignmentsEnd(world, CONVERGE_MS);
      note('reading to the end');
      await readToEnd(world, options.workload.topics, CONVERGE_MS);
      problems.push(...((await options.workload.verify?.(world)) ?? []));
      checkDisks(world);
      await world.close();
    });
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const { history } = world.recorder;
  const checks = { ...options.workload.checks, hasLateRequests: struck.has('late requests') };
  problems.push(...checkHistory(history, checks).map(describeViolation));
  const { trace, nowMs, steps } = world.simulation;
  return { trace, virtualMs: nowMs, steps, faults: struck, operations: history.events.length, problems };
}

/** Every other seed has followers that take long to catch up, some of them by a batch at a time. */
function variantOf(seed: number): Readonly<Record<string, number>> {
  if (seed % 2 === 0) return {};
  if (seed % 4 === 1) return { 'replica.fetch.max.bytes': 1024, 'replica.fetch.response.max.bytes': 2048 };
  return { 'replica.fetch.max.bytes': 1, 'replica.fetch.response.max.bytes': 1 };
}

/** The workload, with faults, for a while; it ends when all is healed. */
async function workThrough(
  world: ClusterWorld,
  options: SimulateOptions,
  onFault: (fault: Fault) => void,
): Promise<void> {
  const { faultMs = 4500, workload } = options;
  const phase = { isOver: false };
  const working = workload.run(world, () => phase.isOver);
  const { faults } = faultSets[options.faults];
  const random = world.simulation.random.fork('faults');
  const slots = faults.length === 0 ? 0 : 1 + (random.uint32() % 2);
  const endMs = world.simulation.nowMs + faultMs;
  const strikes = Array.from({ length: slots }, async () => {
    await world.simulation.sleep(random.float() * 500);
    while (world.simulation.nowMs < endMs) {
      const fault = pick<Fault>(random, faults);
      onFault(fault);
      await Promise.race([fault.strike(world, random), world.simulation.sleep(20_000)]);
      checkDisks(world);
      await world.simulation.sleep(random.float() * 800);
    }
  });
  await Promise.all([...strikes, world.simulation.sleep(faultMs)]);
  options.onFault?.(world.simulation.nowMs, 'healed');
  await world.heal();
  await serves(world);
  await world.simulation.sleep(500);
  phase.isOver = true;
  const inTime = world.simulation.sleep(CONVERGE_MS * 2).then(() => {
    throw new Error(`clients of ${workload.name} have not come to their end`);
  });
  await Promise.race([working, inTime]);
}

/** Whatever has happened: when all is healed, clients get done what they ask for. */
async function serves({ simulation, recorder }: ClusterWorld): Promise<void> {
  const healedMs = simulation.nowMs;
  while (recorder.lastDoneFromMs < healedMs) {
    await simulation.sleep(100);
    if (simulation.nowMs > healedMs + CONVERGE_MS) {
      throw new Error(`nothing that was asked for in ${CONVERGE_MS} ms after the healing was done`);
    }
  }
}

/** @throws Error what is wrong at this moment, which is closer to the cause than any later one */
function checkDisks(world: ClusterWorld): void {
  const problems = [...world.failures, ...clusterProblems(world)];
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
