import { partitionKey, type Admin } from '@millrace/client';
import type { Host } from '@millrace/host';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { ClientOptions } from '../options/client-options.ts';
import { withAdmin, type CommandCall } from '../options/with-admin.ts';
import { Printer } from '../output/printer.ts';
import { Progress } from '../output/progress.ts';
import { placedPartitions } from './placed-partitions.ts';
import { planMoves, type PartitionMove } from './plan-moves.ts';

/** How often brokers are asked how far they are. */
const POLL_MS = 500;

export interface MoveOptions extends ClientOptions {
  readonly to?: readonly number[];
  readonly topic?: readonly string[];
  readonly replicationFactor?: number;
  readonly execute?: boolean;
  readonly wait: boolean;
}

/** Plans moves, and with `--execute` carries them out and waits for the last of them. */
export async function movePartitions(context: CommandContext, options: MoveOptions): Promise<void> {
  const printer = new Printer(context.terminal, options.output);
  const moves = await withAdmin(context, options, async (admin, call) => {
    const planned = await plan(admin, options, call);
    if (options.execute !== true || planned.length === 0) return planned;
    await admin.alterPartitionReassignments(planned, call);
    if (options.wait) await untilDone(context, admin, planned, call);
    return planned;
  });
  printer.result(moves, (all) =>
    all.length === 0
      ? 'Every partition is where it belongs'
      : {
          header: ['partition', 'from', 'to'],
          rows: all.map(({ topic, partition, from, replicas }) => [
            partitionKey(topic, partition),
            from.join(','),
            replicas.join(','),
          ]),
        },
  );
  if (moves.length === 0) return;
  if (options.execute !== true) printer.note('Nothing was changed; say --execute to move them.');
  else if (!options.wait) printer.note('Begun; "millrace cluster moves" shows what is left.');
}

async function plan(admin: Admin, options: MoveOptions, call: CommandCall): Promise<PartitionMove[]> {
  const { to, topic, replicationFactor } = options;
  const { brokers } = await admin.describeCluster(call);
  const unknown = to?.find((id) => !brokers.some((broker) => broker.id === id));
  if (unknown !== undefined) {
    const known = brokers.map(({ id }) => id).join(', ');
    throw CliError.usage(`--to names broker ${unknown}, which is not up; there are ${known}`);
  }
  const targets = to === undefined ? brokers : brokers.filter(({ id }) => to.includes(id));
  const partitions = await placedPartitions(admin, call, topic);
  const most = replicationFactor ?? Math.max(0, ...partitions.map(({ replicas }) => replicas.length));
  if (most > targets.length) {
    throw CliError.usage(`${most} replicas need ${most} brokers, but there are ${targets.length} to move to`);
  }
  return planMoves(partitions, targets, replicationFactor);
}

/** Ctrl-C ends the wait, not the moves. */
async function untilDone(
  { host, terminal }: CommandContext,
  admin: Admin,
  moves: readonly PartitionMove[],
  call: CommandCall,
): Promise<void> {
  let left = moves.length;
  using _progress = new Progress(terminal, host, () => `Moved ${moves.length - left} of ${moves.length}`);
  for (;;) {
    left = (await admin.listPartitionReassignments(moves, call)).length;
    if (left === 0) return;
    await pause(host, call.signal);
  }
}

function pause(host: Host, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      timer.cancel();
      reject(signal.reason as Error);
    };
    const timer = host.timers.schedule(POLL_MS, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

export interface CancelOptions extends ClientOptions {
  readonly topic?: readonly string[];
}

/** Calls off what is going on: partitions stay where they were. */
export async function cancelMoves(context: CommandContext, options: CancelOptions): Promise<void> {
  const { topic } = options;
  const cancelled = await withAdmin(context, options, async (admin, call) => {
    const ongoing = await admin.listPartitionReassignments(undefined, call);
    const chosen = ongoing.filter((each) => topic === undefined || topic.includes(each.topic));
    await admin.alterPartitionReassignments(
      chosen.map(({ topic: name, partition }) => ({ topic: name, partition, replicas: null })),
      call,
    );
    return chosen.map((each) => partitionKey(each.topic, each.partition));
  });
  new Printer(context.terminal, options.output).result({ cancelled }, () =>
    cancelled.length === 0 ? 'Nothing is being moved' : `Called off: ${cancelled.join(', ')}`,
  );
}
