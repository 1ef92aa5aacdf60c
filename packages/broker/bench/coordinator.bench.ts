/**
 * The group coordinator of one partition: commits and heartbeats per second through runtime, state machine and record
 * encoding, over a log that is durable at once. What is left out is the socket before it and the disk behind it.
 *
 * Alone: `node --conditions=@millrace/source packages/broker/bench/coordinator.bench.ts`.
 */
import { nodeHost, silentLogger } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import type { GroupCall, GroupReply } from '../src/group/group-calls.ts';
import type { GroupEvent } from '../src/group/group-shard.ts';
import { GroupStateMachine } from '../src/group/group-state-machine.ts';
import { CoordinatorRuntime } from '../src/coordinator/coordinator-runtime.ts';
import { commitCall, heartbeatCall, joinCall } from '../src/group/testing/group-test-calls.ts';
import { testGroupProperties } from '../src/group/testing/test-group-properties.ts';

type Runtime = CoordinatorRuntime<GroupCall, GroupReply, GroupEvent>;

interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
}

const COMMITS = 100_000;
const CONNECTIONS = 100;
const HEARTBEATS = 500_000;

const host = nodeHost();

async function newRuntime(): Promise<Runtime> {
  const properties = { ...testGroupProperties, 'group.initial.rebalance.delay.ms': 0 };
  const machine = new GroupStateMachine(() => properties);
  const log = { append: () => Promise.resolve(), replay: () => Promise.resolve() };
  const runtime = new CoordinatorRuntime({ host, logger: silentLogger, name: 'bench', log, machine });
  await runtime.load();
  return runtime;
}

/** As many clients as `CONNECTIONS`, each waiting for its commit before it sends the next. */
async function commit(runtime: Runtime): Promise<void> {
  for (let sent = 0; sent < COMMITS; sent += CONNECTIONS) {
    const open: Promise<GroupReply>[] = [];
    for (let partition = 0; partition < CONNECTIONS; partition++) {
      open.push(Promise.resolve(runtime.call(commitCall({ partition, offset: sent }))));
    }
    await Promise.all(open);
  }
}

async function beat(runtime: Runtime): Promise<void> {
  const reply = await runtime.call(joinCall({ groupId: 'members', version: 3 }));
  const { memberId, generationId } = reply as { memberId: string; generationId: number };
  const call = heartbeatCall({ groupId: 'members', memberId, generation: generationId });
  for (let count = 0; count < HEARTBEATS; count++) await runtime.call(call);
}

async function ratePerSec(count: number, work: () => Promise<void>): Promise<number> {
  const startMs = host.clock.monotonicMs();
  await work();
  return Math.round((count / (host.clock.monotonicMs() - startMs)) * 1000);
}

export const suite = {
  name: 'group coordinator',
  async run(report: (row: BenchRow) => void): Promise<void> {
    // The coordinator's own timers do not keep a process alive.
    const alive = host.timers.schedule(600_000, () => {});
    const runtime = await newRuntime();
    await commit(runtime);
    const commits = await ratePerSec(COMMITS, () => commit(runtime));
    report({ metric: `offset commits, ${CONNECTIONS} clients`, value: commits, unit: '1/s' });
    report({ metric: 'heartbeats', value: await ratePerSec(HEARTBEATS, () => beat(runtime)), unit: '1/s' });
    runtime.unload(ErrorCode.NOT_COORDINATOR);
    alive.cancel();
  },
};

if (import.meta.main) {
  await suite.run(({ metric, value, unit }) => process.stdout.write(`${metric}: ${value} ${unit}\n`));
}
