import { Consumer, type Admin, type TopicPartition } from '@millrace/client';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { offsetsOf } from '../consume/seek-to.ts';
import { parseStartPosition, type StartPosition } from '../consume/start-position.ts';
import { ExitCode } from '../exit-codes.ts';
import { clientProperties, type ClientOptions } from '../options/client-options.ts';
import { withAdmin } from '../options/with-admin.ts';
import { Printer } from '../output/printer.ts';
import { partitionsOf } from '../topic/list-partitions.ts';

export interface ResetOptions extends ClientOptions {
  readonly to: string;
  readonly topic?: readonly string[];
  readonly execute?: boolean;
}

interface PlannedReset extends TopicPartition {
  readonly from: number | null;
  readonly to: number;
}

export async function resetOffsets(
  context: CommandContext,
  group: string,
  options: ResetOptions,
): Promise<void> {
  const position = parseStartPosition('--to', options.to, context.host.clock.nowMs());
  const execute = options.execute === true;
  const plan = await withAdmin(context, options, async (admin, { signal }) => {
    await refuseActiveGroup(admin, group, signal);
    const resets = await planResets({ context, admin, group, signal }, options, position);
    if (execute) {
      const offsets = resets.map(({ topic, partition, to }) => ({ topic, partition, offset: to }));
      await admin.alterConsumerGroupOffsets(group, offsets, { signal });
    }
    return resets;
  });
  const printer = new Printer(context.terminal, options.output);
  printer.result({ group, executed: execute, partitions: plan }, ({ partitions }) => ({
    header: ['topic', 'partition', 'from', 'to'],
    rows: partitions.map(({ topic, partition, from, to }) => [topic, partition, from ?? '-', to]),
  }));
  printer.note(
    execute ? `Group ${group} was moved.` : 'Nothing was changed; say --execute to move the group.',
  );
}

/** @throws CliError REFUSED: members would go on with their own positions and commit them again */
async function refuseActiveGroup(admin: Admin, group: string, signal: AbortSignal): Promise<void> {
  const listing = (await admin.listGroups({ signal })).find(({ groupId }) => groupId === group);
  if (listing === undefined || listing.state === 'Empty' || listing.state === 'Dead') return;
  throw new CliError(`Group ${group} has members (state ${listing.state})`, {
    exitCode: ExitCode.REFUSED,
    hint: 'Stop its consumers first; they would commit their own positions over the new ones.',
  });
}

interface Work {
  readonly context: CommandContext;
  readonly admin: Admin;
  readonly group: string;
  readonly signal: AbortSignal;
}

async function planResets(
  work: Work,
  options: ResetOptions,
  position: StartPosition,
): Promise<PlannedReset[]> {
  const { context, admin, group, signal } = work;
  const committed = await admin.listConsumerGroupOffsets(group, { signal });
  const topics = options.topic ?? [...new Set(committed.map(({ topic }) => topic))];
  if (topics.length === 0) {
    throw new CliError(`Group ${group} has no committed offsets`, {
      exitCode: ExitCode.NOT_FOUND,
      hint: 'Name the topics to set offsets of with --topic.',
    });
  }
  const partitions = await partitionsOf(admin, topics, signal);
  await using consumer = new Consumer(await clientProperties(context, options), { host: context.host });
  const targets = await offsetsOf(consumer, partitions, position);
  const before = new Map(committed.map(({ topic, partition, offset }) => [`${topic}-${partition}`, offset]));
  return partitions.map(({ topic, partition }, index) => ({
    topic,
    partition,
    from: before.get(`${topic}-${partition}`) ?? null,
    to: targets[index]!,
  }));
}
