import type { Admin, ConfigOperation } from '@millrace/client';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import type { ClientOptions } from '../options/client-options.ts';
import { withAdmin } from '../options/with-admin.ts';
import { Printer } from '../output/printer.ts';
import { describeOne, topicTables } from './describe-topic.ts';

export interface CreateOptions extends ClientOptions {
  readonly partitions?: number;
  readonly replicationFactor?: number;
  readonly topicConfig?: Readonly<Record<string, string>>;
  readonly ifNotExists?: boolean;
}

export async function createTopic(
  context: CommandContext,
  name: string,
  options: CreateOptions,
): Promise<void> {
  const created = await withAdmin(context, options, async (admin, call) => {
    if (options.ifNotExists === true && (await exists(admin, name, call.signal))) return undefined;
    const topic = {
      name,
      ...(options.partitions === undefined ? {} : { partitions: options.partitions }),
      ...(options.replicationFactor === undefined ? {} : { replicationFactor: options.replicationFactor }),
      configs: options.topicConfig ?? {},
    };
    return (await admin.createTopics([topic], call)).get(name);
  });
  new Printer(context.terminal, options.output).result(
    { name, created: created !== undefined, ...created },
    () =>
      created === undefined
        ? `Topic ${name} exists already`
        : `Created topic ${name} with ${created.partitions} partitions (id ${created.topicId})`,
  );
}

async function exists(admin: Admin, name: string, signal: AbortSignal): Promise<boolean> {
  const topics = await admin.listTopics({ includeInternal: true, signal });
  return topics.some((topic) => topic.name === name);
}

export interface ListOptions extends ClientOptions {
  readonly internal?: boolean;
}

export async function listTopics(context: CommandContext, options: ListOptions): Promise<void> {
  const rows = await withAdmin(context, options, async (admin, call) => {
    const topics = await admin.listTopics({ includeInternal: options.internal === true, ...call });
    const described = await admin.describeTopics(
      topics.map((topic) => topic.name),
      call,
    );
    return topics.map(({ name, topicId, isInternal }) => {
      const partitions = described.get(name)?.partitions ?? [];
      const replicationFactor = partitions[0]?.replicas.length ?? 0;
      return { name, partitions: partitions.length, replicationFactor, topicId, isInternal };
    });
  });
  new Printer(context.terminal, options.output).result(rows, (topics) => ({
    header: ['name', 'partitions', 'replicas', 'id'],
    rows: topics.map((topic) => [topic.name, topic.partitions, topic.replicationFactor, topic.topicId]),
  }));
}

export type DescribeOptions = ClientOptions;

export async function describeTopics(
  context: CommandContext,
  names: readonly string[],
  options: DescribeOptions,
): Promise<void> {
  const descriptions = await withAdmin(context, options, (admin, call) =>
    Promise.all(names.map((name) => describeOne(admin, name, call.signal))),
  );
  new Printer(context.terminal, options.output).result(descriptions, topicTables);
}

export interface AlterOptions extends ClientOptions {
  readonly partitions?: number;
  readonly topicConfig?: Readonly<Record<string, string>>;
  readonly deleteConfig?: readonly string[];
  readonly dryRun?: boolean;
}

export async function alterTopic(
  context: CommandContext,
  name: string,
  options: AlterOptions,
): Promise<void> {
  const operations: ConfigOperation[] = [
    ...Object.entries(options.topicConfig ?? {}).map(([key, value]) => ({
      name: key,
      operation: 'set' as const,
      value,
    })),
    ...(options.deleteConfig ?? []).map((key) => ({ name: key, operation: 'delete' as const })),
  ];
  if (operations.length === 0 && options.partitions === undefined) {
    throw CliError.usage(
      'Nothing to change',
      'Name a change: --partitions, --topic-config or --delete-config.',
    );
  }
  const validateOnly = options.dryRun === true;
  await withAdmin(context, options, async (admin, call) => {
    if (operations.length > 0) {
      await admin.incrementalAlterConfigs([{ type: 'topic', name, operations }], { validateOnly, ...call });
    }
    if (options.partitions !== undefined) {
      await admin.createPartitions([{ topic: name, totalCount: options.partitions }], {
        validateOnly,
        ...call,
      });
    }
  });
  const result = { name, changed: !validateOnly };
  new Printer(context.terminal, options.output).result(result, () =>
    validateOnly ? `Topic ${name} can be changed so; nothing was changed` : `Changed topic ${name}`,
  );
}

export interface DeleteOptions extends ClientOptions {
  readonly yes?: boolean;
}

export async function deleteTopics(
  context: CommandContext,
  names: readonly string[],
  options: DeleteOptions,
): Promise<void> {
  await confirm(context.terminal, `Delete ${names.join(', ')} with all records?`, options.yes === true);
  await withAdmin(context, options, (admin, call) => admin.deleteTopics(names, call));
  new Printer(context.terminal, options.output).result(
    { deleted: names },
    () => `Deleted ${names.join(', ')}`,
  );
}
