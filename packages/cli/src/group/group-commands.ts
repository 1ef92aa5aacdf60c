import type { Admin, GroupDescription, TopicPartition } from '@millrace/client';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import type { ClientOptions } from '../options/client-options.ts';
import { withAdmin } from '../options/with-admin.ts';
import { Printer } from '../output/printer.ts';
import { formatTable } from '../output/table.ts';

export interface ListOptions extends ClientOptions {
  readonly state?: readonly string[];
}

export async function listGroups(context: CommandContext, options: ListOptions): Promise<void> {
  const states = options.state === undefined ? {} : { states: options.state };
  const groups = await withAdmin(context, options, (admin, call) => admin.listGroups({ ...states, ...call }));
  new Printer(context.terminal, options.output).result(groups, (listings) => ({
    header: ['group', 'state', 'type', 'protocol'],
    rows: listings.map((group) => [group.groupId, group.state, group.type, group.protocolType]),
  }));
}

export type DescribeOptions = ClientOptions;

interface PartitionOfGroup extends TopicPartition {
  /** `null`: assigned, nothing committed yet. */
  readonly committedOffset: number | null;
  readonly endOffset: number;
  readonly lag: number | null;
  readonly memberId: string | null;
  readonly clientId: string | null;
}

export async function describeGroup(
  context: CommandContext,
  group: string,
  options: DescribeOptions,
): Promise<void> {
  const result = await withAdmin(context, options, async (admin, { signal }) => {
    const description = (await admin.describeGroups([group], { signal })).get(group)!;
    return { ...description, partitions: await partitionsOfGroup(admin, description, signal) };
  });
  new Printer(context.terminal, options.output).result(result, (value) => groupView(value, value.partitions));
}

async function partitionsOfGroup(
  admin: Admin,
  { groupId, members }: GroupDescription,
  signal: AbortSignal,
): Promise<PartitionOfGroup[]> {
  const committed = new Map(
    (await admin.listConsumerGroupOffsets(groupId, { signal })).map((entry) => [nameOf(entry), entry]),
  );
  const owners = new Map(
    members.flatMap((member) => member.assignment.map((entry) => [nameOf(entry), { entry, member }])),
  );
  const all = new Map<string, TopicPartition>([
    ...[...committed].map(([name, { topic, partition }]) => [name, { topic, partition }] as const),
    ...[...owners].map(([name, { entry }]) => [name, entry] as const),
  ]);
  const partitions = [...all.values()].toSorted(
    (a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition,
  );
  const ends = await admin.listOffsets(
    partitions.map((partition) => ({ ...partition, at: 'latest' })),
    { signal },
  );
  return partitions.map(({ topic, partition }) => {
    const name = nameOf({ topic, partition });
    const committedOffset = committed.get(name)?.offset ?? null;
    const endOffset = ends.get(name)?.offset ?? -1;
    const owner = owners.get(name)?.member;
    return {
      topic,
      partition,
      committedOffset,
      endOffset,
      lag: committedOffset === null ? null : Math.max(0, endOffset - committedOffset),
      memberId: owner?.memberId ?? null,
      clientId: owner?.clientId ?? null,
    };
  });
}

function groupView(group: GroupDescription, partitions: readonly PartitionOfGroup[]): string {
  const totalLag = partitions.reduce((sum, { lag }) => sum + (lag ?? 0), 0);
  const assignor = group.protocol === '' ? '' : `, assignor ${group.protocol}`;
  const title = `${group.groupId}  ${group.state}, ${group.members.length} members${assignor}, total lag ${totalLag}`;
  const table = formatTable({
    header: ['topic', 'partition', 'committed', 'end', 'lag', 'client', 'member'],
    rows: partitions.map((row) => [
      row.topic,
      row.partition,
      row.committedOffset ?? '-',
      row.endOffset,
      row.lag ?? '-',
      row.clientId ?? '-',
      row.memberId ?? '-',
    ]),
  });
  return `${title}\n${table.trimEnd()}`;
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}

export interface DeleteOptions extends ClientOptions {
  readonly yes?: boolean;
}

export async function deleteGroups(
  context: CommandContext,
  groups: readonly string[],
  options: DeleteOptions,
): Promise<void> {
  await confirm(
    context.terminal,
    `Delete ${groups.join(', ')} with all committed offsets?`,
    options.yes === true,
  );
  await withAdmin(context, options, (admin, call) => admin.deleteGroups(groups, call));
  new Printer(context.terminal, options.output).result(
    { deleted: groups },
    () => `Deleted ${groups.join(', ')}`,
  );
}
