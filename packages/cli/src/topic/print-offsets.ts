import type { Admin, TopicPartition } from '@millrace/client';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { OffsetsOptions } from '../commands/offsets.ts';
import { parseStartPosition } from '../consume/start-position.ts';
import { withAdmin } from '../options/with-admin.ts';
import { Printer } from '../output/printer.ts';
import { partitionsOf } from './list-partitions.ts';

interface Bounds extends TopicPartition {
  readonly start: number;
  readonly end: number;
  /** First offset at or after the time asked for; -1 where no record is that young. */
  readonly at?: number;
}

export async function printOffsets(
  context: CommandContext,
  topics: readonly string[],
  options: OffsetsOptions,
): Promise<void> {
  const timestampMs = timestampOf(context, options);
  const rows = await withAdmin(context, options, async (admin, { signal }) => {
    const partitions = await partitionsOf(admin, topics, signal, options.partition);
    return await boundsOf(admin, partitions, timestampMs, signal);
  });
  new Printer(context.terminal, options.output).result(rows, (bounds) => ({
    header: [
      'topic',
      'partition',
      'start',
      'end',
      'records',
      ...(timestampMs === undefined ? [] : ['at time']),
    ],
    rows: bounds.map(({ topic, partition, start, end, at }) => [
      topic,
      partition,
      start,
      end,
      end - start,
      ...(at === undefined ? [] : [at]),
    ]),
  }));
}

function timestampOf({ host }: CommandContext, options: OffsetsOptions): number | undefined {
  if (options.at === undefined) return undefined;
  const position = parseStartPosition('--at', options.at, host.clock.nowMs());
  if (position.kind !== 'timestamp')
    throw CliError.usage(`--at is "${options.at}", but must be a time or an age`);
  return position.timestampMs;
}

async function boundsOf(
  admin: Admin,
  partitions: readonly TopicPartition[],
  timestampMs: number | undefined,
  signal: AbortSignal,
): Promise<Bounds[]> {
  const list = (at: 'earliest' | 'latest' | { timestampMs: number }) =>
    admin.listOffsets(
      partitions.map((partition) => ({ ...partition, at })),
      { signal },
    );
  const [starts, ends, times] = await Promise.all([
    list('earliest'),
    list('latest'),
    timestampMs === undefined ? undefined : list({ timestampMs }),
  ]);
  return partitions.map(({ topic, partition }) => {
    const name = `${topic}-${partition}`;
    return {
      topic,
      partition,
      start: starts.get(name)?.offset ?? -1,
      end: ends.get(name)?.offset ?? -1,
      ...(times === undefined ? {} : { at: times.get(name)?.offset ?? -1 }),
    };
  });
}
