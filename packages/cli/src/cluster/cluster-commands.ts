import { partitionKey, type Admin, type BrokerDescription, type ElectionType } from '@millrace/client';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import type { ClientOptions } from '../options/client-options.ts';
import { withAdmin, type CommandCall } from '../options/with-admin.ts';
import { Printer } from '../output/printer.ts';
import { formatTable } from '../output/table.ts';
import { placedPartitions } from './placed-partitions.ts';

export type DescribeOptions = ClientOptions;

interface BrokerSummary extends BrokerDescription {
  readonly leaders: number;
  readonly replicas: number;
  /** Replicas of it that are not in sync. */
  readonly behind: number;
  /** Of all its logs; `null` where the broker did not say. */
  readonly sizeBytes: number | null;
}

export async function describeCluster(context: CommandContext, options: DescribeOptions): Promise<void> {
  const described = await withAdmin(context, options, async (admin, call) => {
    const { clusterId, controllerId, brokers } = await admin.describeCluster(call);
    const partitions = await placedPartitions(admin, call);
    const sizes = await sizesOf(admin, brokers, call);
    const summaries = brokers
      .toSorted((a, b) => a.id - b.id)
      .map((broker): BrokerSummary => ({
        ...broker,
        leaders: partitions.filter(({ leader }) => leader === broker.id).length,
        replicas: partitions.filter(({ replicas }) => replicas.includes(broker.id)).length,
        behind: partitions.filter(
          ({ replicas, inSyncReplicas }) =>
            replicas.includes(broker.id) && !inSyncReplicas.includes(broker.id),
        ).length,
        sizeBytes: sizes.get(broker.id) ?? null,
      }));
    const leaderless = partitions.filter(({ leader }) => leader < 0);
    return { clusterId, controllerId, brokers: summaries, leaderless: leaderless.map(({ key }) => key) };
  });
  new Printer(context.terminal, options.output).result(described, ({ clusterId, brokers, leaderless }) => {
    const table = formatTable({
      header: ['broker', 'address', 'rack', 'leaders', 'replicas', 'behind', 'MiB'],
      rows: brokers.map(({ id, host, port, rack, leaders, replicas, behind, sizeBytes }) => [
        id,
        `${host}:${port}`,
        rack ?? '',
        leaders,
        replicas,
        behind,
        sizeBytes === null ? '?' : Math.round(sizeBytes / 1_048_576),
      ]),
    });
    const offline = leaderless.length === 0 ? '' : `\nwithout a leader: ${leaderless.join(', ')}`;
    return `cluster ${clusterId ?? 'without an id'}\n${table.trimEnd()}${offline}`;
  });
}

/** A broker that does not answer is shown without a size. */
async function sizesOf(
  admin: Admin,
  brokers: readonly BrokerDescription[],
  call: CommandCall,
): Promise<Map<number, number>> {
  const sizes = new Map<number, number>();
  await Promise.all(
    brokers.map(async ({ id }) => {
      try {
        const directories = (await admin.describeLogDirs([id], call)).get(String(id)) ?? [];
        const replicas = directories.flatMap((directory) => directory.replicas);
        sizes.set(
          id,
          replicas.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        );
      } catch {
        call.signal.throwIfAborted();
      }
    }),
  );
  return sizes;
}

export interface ElectOptions extends ClientOptions {
  readonly type: ElectionType;
  readonly topic?: readonly string[];
  readonly yes?: boolean;
}

export async function electLeaders(context: CommandContext, options: ElectOptions): Promise<void> {
  const { type, topic } = options;
  if (type === 'unclean') {
    const question = 'Elect leaders that may lack acknowledged records?';
    await confirm(context.terminal, question, options.yes === true);
  }
  const elected = await withAdmin(context, options, async (admin, call) => {
    const partitions = topic === undefined ? undefined : await placedPartitions(admin, call, topic);
    return admin.electLeaders(type, partitions, call);
  });
  const changed = [...elected].filter(([, isNew]) => isNew).map(([key]) => key);
  new Printer(context.terminal, options.output).result({ elected: changed }, () =>
    changed.length === 0 ? 'Every leader is the right one already' : `Elected: ${changed.join(', ')}`,
  );
}

export interface UnregisterOptions extends ClientOptions {
  readonly yes?: boolean;
}

export async function unregisterBroker(
  context: CommandContext,
  brokerId: number,
  options: UnregisterOptions,
): Promise<void> {
  const question = `Forget broker ${brokerId}? It must not be running.`;
  await confirm(context.terminal, question, options.yes === true);
  await withAdmin(context, options, (admin, call) => admin.unregisterBroker(brokerId, call));
  new Printer(context.terminal, options.output).result({ brokerId }, () => `Forgot broker ${brokerId}`);
}

export async function listMoves(context: CommandContext, options: ClientOptions): Promise<void> {
  const ongoing = await withAdmin(context, options, (admin, call) =>
    admin.listPartitionReassignments(undefined, call),
  );
  new Printer(context.terminal, options.output).result(ongoing, (all) => ({
    header: ['partition', 'replicas', 'adding', 'removing'],
    rows: all.map(({ topic, partition, replicas, addingReplicas, removingReplicas }) => [
      partitionKey(topic, partition),
      replicas.join(','),
      addingReplicas.join(','),
      removingReplicas.join(','),
    ]),
  }));
}
