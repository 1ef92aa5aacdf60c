import {
  Consumer,
  Producer,
  readOrigin,
  withoutFailureHeaders,
  type ConsumerRecord,
  type ProducerRecord,
  type TopicPartition,
} from '@millrace/client';
import type { CommandContext } from '../command-context.ts';
import type { ReplayOptions } from '../commands/dlq.ts';
import { EndOfData } from '../consume/end-of-data.ts';
import { clientProperties } from '../options/client-options.ts';
import { Printer } from '../output/printer.ts';
import { Progress } from '../output/progress.ts';
import { SendPipeline } from '../produce/send-pipeline.ts';
import { listPartitions } from '../topic/list-partitions.ts';
import { deadLetterFilter } from './dead-letter-filter.ts';

const POLL_TIMEOUT_MS = 500;

/** What was done, and what would be. */
interface ReplaySummary {
  readonly topic: string;
  readonly dryRun: boolean;
  replayed: number;
  /** Passed over by a filter. */
  skipped: number;
  /** Records that do not say where they came from. */
  unknown: number;
  readonly byTopic: Record<string, number>;
}

/** Sends what a dead letter topic holds now back to where it came from. */
export async function replayDeadLetters(
  context: CommandContext,
  topic: string,
  options: ReplayOptions,
): Promise<void> {
  const { terminal, host } = context;
  const properties = await clientProperties(context, options);
  const partitions = await listPartitions({ properties, host, signal: terminal.signal }, [topic], undefined);
  const filter = deadLetterFilter(options);
  await using consumer = new Consumer(
    {
      'group.id': options.group ?? `${topic}-replay`,
      ...properties,
      'enable.auto.commit': 'false',
      'auto.offset.reset': 'earliest',
      'isolation.level': 'read_committed',
      'max.poll.records': String(Math.min(500, options.max ?? 500)),
    },
    { host },
  );
  await using producer = new Producer(properties, { host });
  const summary: ReplaySummary = {
    topic,
    dryRun: options.dryRun === true,
    replayed: 0,
    skipped: 0,
    unknown: 0,
    byTopic: {},
  };
  // What a filter passes over must be found by the next replay, and a dry run is to change nothing.
  const remembers = filter === undefined && !summary.dryRun;
  const startsAnew = options.fromBeginning === true || filter !== undefined;
  const replay = new Replay(producer, summary, { filter, to: options.to });
  {
    using _progress = new Progress(terminal, host, () => `${summary.replayed} dead letters replayed`);
    await assign(consumer, partitions, startsAnew);
    const end = await EndOfData.measure(consumer, partitions);
    while (!terminal.signal.aborted && !(await end.isReached(consumer))) {
      const records = await consumer.poll({ timeoutMs: POLL_TIMEOUT_MS });
      const read = await replay.send(records, (options.max ?? Infinity) - summary.replayed);
      if (remembers) await consumer.commit(nextOffsets(records.slice(0, read)));
      if (summary.replayed >= (options.max ?? Infinity)) break;
    }
  }
  new Printer(terminal, options.output).result(summary, describe);
}

/** Sends records, and counts them. */
class Replay {
  readonly #producer: Producer;
  readonly #summary: ReplaySummary;
  readonly #filter: ((record: ConsumerRecord) => boolean) | undefined;
  readonly #to: string | undefined;

  constructor(
    producer: Producer,
    summary: ReplaySummary,
    options: {
      readonly filter: ((record: ConsumerRecord) => boolean) | undefined;
      readonly to: string | undefined;
    },
  ) {
    this.#producer = producer;
    this.#summary = summary;
    this.#filter = options.filter;
    this.#to = options.to;
  }

  /** Up to `max` of them; what is sent is written when it resolves. @returns how many were looked at */
  async send(records: readonly ConsumerRecord[], max: number): Promise<number> {
    const sends = new SendPipeline();
    const end = this.#summary.replayed + max;
    let read = 0;
    for (const record of records) {
      if (this.#summary.replayed >= end) break;
      read++;
      const restored = this.#restore(record);
      if (restored === undefined) continue;
      this.#summary.replayed++;
      this.#summary.byTopic[restored.topic] = (this.#summary.byTopic[restored.topic] ?? 0) + 1;
      if (!this.#summary.dryRun) await sends.add(this.#producer.send(restored));
    }
    await sends.drain();
    return read;
  }

  /** As it was before it failed; undefined if it is not to be sent. */
  #restore(record: ConsumerRecord): ProducerRecord | undefined {
    if (this.#filter?.(record) === false) {
      this.#summary.skipped++;
      return undefined;
    }
    const origin = readOrigin(record.headers);
    const topic = this.#to ?? origin?.topic;
    if (topic === undefined) {
      this.#summary.unknown++;
      return undefined;
    }
    const { key, value, headers } = record;
    const timestampMs = origin?.timestampMs ?? record.timestampMs;
    return { topic, key, value, headers: withoutFailureHeaders(headers), timestampMs };
  }
}

async function assign(
  consumer: Consumer,
  partitions: readonly TopicPartition[],
  startsAnew: boolean,
): Promise<void> {
  consumer.assign(partitions);
  if (startsAnew) consumer.seekToBeginning(partitions);
  for (const partition of partitions) await consumer.position(partition);
}

function nextOffsets(records: readonly ConsumerRecord[]) {
  const next = new Map(records.map((record) => [record.partition, record]));
  return [...next.values()].map(({ topic, partition, offset }) => ({ topic, partition, offset: offset + 1 }));
}

function describe({ topic, dryRun, replayed, skipped, unknown, byTopic }: ReplaySummary): string {
  const targets = Object.entries(byTopic).map(([name, count]) => `${count} to ${name}`);
  const what = targets.length === 0 ? 'nothing' : targets.join(', ');
  const lines = [
    `${dryRun ? 'Would send' : 'Sent'} ${what} of ${replayed + skipped + unknown} records in ${topic}`,
  ];
  if (skipped > 0) lines.push(`${skipped} did not match`);
  if (unknown > 0) lines.push(`${unknown} do not say where they came from; name a topic by --to`);
  return lines.join('\n');
}
