import { Consumer, type Admin, type ConsumerRecord, type TopicPartition } from '@millrace/client';
import type { Host } from '@millrace/host';
import type { DelayBoard } from './delay-board.ts';
import type { Flight } from './flight.ts';
import type { RateMeter } from './rate-meter.ts';

export interface BoardReaderOptions {
  readonly bootstrapServers: string;
  readonly host: Host;
  readonly topic: string;
  readonly group: string;
  readonly board: DelayBoard;
  readonly meter: RateMeter;
  readonly signal: AbortSignal;
}

const POLL_TIMEOUT_MS = 250;

/**
 * Rebuilds the board from what the group had committed before this run: the board lives in memory, the flights in the
 * topic, so the topic is the board's changelog.
 * @returns how many flights were read again
 */
export async function restoreBoard(
  admin: Admin,
  partitions: readonly TopicPartition[],
  { bootstrapServers, host, group, board }: BoardReaderOptions,
): Promise<number> {
  const committed = await admin.listConsumerGroupOffsets(group, { partitions });
  const open = new Map(committed.filter(({ offset }) => offset > 0).map((entry) => [entry.partition, entry]));
  if (open.size === 0) return 0;
  await using consumer = new Consumer(
    { 'bootstrap.servers': bootstrapServers, 'max.poll.records': 10_000 },
    { host },
  );
  const assigned = [...open.values()].map(({ topic, partition }) => ({ topic, partition }));
  consumer.assign(assigned);
  consumer.seekToBeginning(assigned);
  let restored = 0;
  while (open.size > 0) {
    for (const record of await consumer.poll({ timeoutMs: POLL_TIMEOUT_MS })) {
      if (record.offset >= (open.get(record.partition)?.offset ?? 0)) continue;
      addTo(board, record);
      restored++;
    }
    for (const { topic, partition, offset } of open.values()) {
      if ((await consumer.position({ topic, partition })) >= offset) open.delete(partition);
    }
  }
  return restored;
}

/** Reads as a member of the group, adds every flight to the board and commits, until the signal aborts. */
export async function readBoard(options: BoardReaderOptions): Promise<void> {
  const properties = {
    'bootstrap.servers': options.bootstrapServers,
    'group.id': options.group,
    'auto.offset.reset': 'earliest',
    'auto.commit.interval.ms': 1000,
  };
  await using consumer = new Consumer(properties, { host: options.host });
  consumer.subscribe(options.topic);
  while (!options.signal.aborted) {
    const records = await consumer.poll({ timeoutMs: POLL_TIMEOUT_MS });
    for (const record of records) addTo(options.board, record);
    options.meter.add(records.length);
  }
}

function addTo(board: DelayBoard, record: ConsumerRecord): void {
  if (record.value === null) return;
  try {
    board.add(JSON.parse(record.value.toString()) as Flight);
  } catch {
    // Anybody may send to the topic of a node that stays up for them; what is no flight is no flight.
  }
}
