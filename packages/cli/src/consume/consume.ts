import { Consumer, type ConsumerRecord, type TopicPartition } from '@millrace/client';
import type { CommandContext } from '../command-context.ts';
import type { ConsumeOptions } from '../commands/consume.ts';
import { clientProperties } from '../options/client-options.ts';
import { Progress } from '../output/progress.ts';
import { writeAll } from '../terminal.ts';
import { listPartitions } from '../topic/list-partitions.ts';
import { EndOfData } from './end-of-data.ts';
import { PrintedOffsets } from './printed-offsets.ts';
import { compileFormat, jsonLine, type RecordFormatter } from './record-formatter.ts';
import { groupStart, seekTo } from './seek-to.ts';
import { parseStartPosition, type StartPosition } from './start-position.ts';

const POLL_TIMEOUT_MS = 500;

/** Prints the records of topics until it is told to stop, `--max` is reached, or the data there was at the start ends. */
export async function consume(
  context: CommandContext,
  topics: readonly string[],
  options: ConsumeOptions,
): Promise<void> {
  const { terminal, host } = context;
  const from =
    options.from === undefined ? undefined : parseStartPosition('--from', options.from, host.clock.nowMs());
  const properties = await clientProperties(context, options);
  const partitions = await listPartitions(
    { properties, host, signal: terminal.signal },
    topics,
    options.partition,
  );
  const max = options.max ?? Infinity;
  await using consumer = new Consumer({ ...consumerDefaults(options, from), ...properties }, { host });
  const end = options.exitAtEnd === true ? await EndOfData.measure(consumer, partitions) : undefined;
  const printed = new PrintedOffsets(options.group === undefined ? undefined : consumer, host);
  if (options.group === undefined) await assign(consumer, partitions, from ?? { kind: 'end' });
  else consumer.subscribe(topics);

  using progress = new Progress(terminal, host, () => `${printed.records} records printed`);
  if (terminal.stdout.isTTY === true) progress[Symbol.dispose]();
  const format = formatterOf(options);
  while (!terminal.signal.aborted && printed.records < max && (await end?.isReached(consumer)) !== true) {
    const batch = await consumer.poll({ timeoutMs: POLL_TIMEOUT_MS });
    const wanted = batch.slice(0, max - printed.records);
    await writeAll(terminal.stdout, formatAll(wanted, format));
    await printed.add(wanted);
  }
  await printed.commit();
}

function consumerDefaults(options: ConsumeOptions, from: StartPosition | undefined): Record<string, string> {
  return {
    // Printed is processed: what was not printed must not be committed, so commits are made here.
    'enable.auto.commit': 'false',
    'auto.offset.reset': options.group === undefined ? 'earliest' : groupStart(from),
    ...(options.group === undefined ? {} : { 'group.id': options.group }),
    ...(options.max === undefined ? {} : { 'max.poll.records': String(Math.min(500, options.max)) }),
  };
}

async function assign(
  consumer: Consumer,
  partitions: readonly TopicPartition[],
  from: StartPosition,
): Promise<void> {
  consumer.assign(partitions);
  await seekTo(consumer, partitions, from);
}

function formatterOf(options: ConsumeOptions): RecordFormatter {
  if (options.output === 'json') return jsonLine;
  return compileFormat(options.format ?? '%v');
}

function formatAll(records: readonly ConsumerRecord[], format: RecordFormatter): Buffer {
  return Buffer.concat(records.map(format));
}
