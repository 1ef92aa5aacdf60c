import { Simulation, type SimulatedHost } from '@millrace/host';
import { checkRecovered, type RecoveredFacts } from './check-recovered.ts';
import { CrashWorkload, newCrashModel, type CrashModel } from './crash-workload.ts';

export interface CrashRunOptions {
  readonly seed: number;
  /** The disk step in whose place the power goes; without it the run goes to its end and is killed there. */
  readonly step?: number;
  readonly operations: number;
  /** Told what the logs report and every event, for following a failing seed. */
  readonly onLine?: (line: string) => void;
}

export interface CrashRunResult {
  /** Disk steps of the first life. */
  readonly steps: number;
  readonly recovered: RecoveredFacts;
}

/**
 * One life of a log with a random workload, its end at a given disk step, and what is there afterwards. Recovery
 * itself is cut off once in a while, and its result must stay the same when it runs again.
 * @throws Error naming seed and step
 */
export async function crashRun(options: CrashRunOptions): Promise<CrashRunResult> {
  const { onLine } = options;
  const simulation = new Simulation({
    seed: options.seed,
    ...(onLine === undefined
      ? {}
      : { onEvent: (event) => onLine(`${event.step} ${event.timeMs} ${event.kind} ${event.label}`) }),
  });
  const model = newCrashModel();
  const isFlushed = simulation.random.float() < 0.5;
  const isCompacted = simulation.random.float() < 0.4;
  try {
    return await simulation.run(async () => {
      const host = simulation.host('node');
      await live(simulation, host, model, { ...options, isFlushed, isCompacted });
      const steps = host.ioSteps;
      const requiredEnd = host.isPowered ? model.writtenEnd : model.durableEnd;
      if (host.isRunning) host.kill();
      const recovered = await recover(simulation, host, model, { requiredEnd, isCompacted });
      return { steps, recovered };
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new Error(`seed ${options.seed}, step ${options.step ?? 'end'}: ${problem}`, { cause: error });
  }
}

async function live(
  simulation: Simulation,
  host: SimulatedHost,
  model: CrashModel,
  options: CrashRunOptions & { readonly isFlushed: boolean; readonly isCompacted: boolean },
): Promise<void> {
  if (options.step !== undefined) host.crashAtStep(options.step);
  const workload = new CrashWorkload(host, model, {
    random: simulation.random.fork('workload'),
    operations: options.operations,
    isFlushed: options.isFlushed,
    isCompacted: options.isCompacted,
  });
  const endFault = maybeFail(simulation, host);
  await Promise.race([workload.run(), host.ended]);
  endFault();
}

/** Once in a while the disk refuses something, which takes the log offline, and only then the power goes. */
function maybeFail(simulation: Simulation, host: SimulatedHost): () => void {
  const { random } = simulation;
  if (random.float() > 0.2) return () => undefined;
  const code = random.float() < 0.5 ? 'EIO' : 'ENOSPC';
  return host.disk.faults.add({
    code,
    operations: ['write', 'sync', 'truncate', 'rename', 'open'],
    path: (path) => path.startsWith('/data/orders-0/'),
    chance: 0.003,
    times: 1,
  });
}

async function recover(
  simulation: Simulation,
  host: SimulatedHost,
  model: CrashModel,
  expected: { readonly requiredEnd: number; readonly isCompacted: boolean },
): Promise<RecoveredFacts> {
  const { isCompacted } = expected;
  let next = simulation.restart(host);
  let requiredEnd = expected.requiredEnd;
  if (simulation.random.float() < 0.3) {
    next.crashAtStep(1 + (simulation.random.uint32() % 40));
    await Promise.race([checkRecovered(next, model, { requiredEnd, isCompacted }), next.ended]);
    if (next.isRunning) next.kill();
    else requiredEnd = Math.min(requiredEnd, model.durableEnd);
    next = simulation.restart(next);
  }
  const first = await checkRecovered(next, model, { requiredEnd, isCompacted });
  // After a failed fsync the kernel takes lost pages for clean, and no flush of a later life can know: a machine whose
  // disk failed has to be restarted before its data counts as durable again.
  if (model.hasDiskFailed) return first;
  next.crash();
  // A clean stop flushes, so what was there once must stay.
  requiredEnd = first.logEndOffset;
  const second = await checkRecovered(simulation.restart(next), model, { requiredEnd, isCompacted });
  if (second.logEndOffset !== first.logEndOffset) {
    throw new Error(
      `recovery gave the end ${first.logEndOffset}, and ${second.logEndOffset} the second time`,
    );
  }
  return second;
}
