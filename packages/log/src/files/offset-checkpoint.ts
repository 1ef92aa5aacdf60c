import { formatCheckpoint, parseCheckpoint, parseWholeNumber } from './checkpoint-text.ts';

/** The offset checkpoint files of a log directory. */
export const offsetCheckpointFiles = {
  recoveryPoint: 'recovery-point-offset-checkpoint',
  logStartOffset: 'log-start-offset-checkpoint',
  highWatermark: 'replication-offset-checkpoint',
  cleaner: 'cleaner-offset-checkpoint',
} as const;

/** Offsets by partition directory name, for example `orders-3`. */
export type OffsetsByPartition = Map<string, number>;

export function formatOffsetCheckpoint(
  entries: Iterable<{ readonly topic: string; readonly partition: number; readonly offset: number }>,
): string {
  return formatCheckpoint(
    Array.from(entries, (entry) => `${entry.topic} ${entry.partition} ${entry.offset}`),
  );
}

/** @throws CorruptFileError */
export function parseOffsetCheckpoint(text: string, path: string): OffsetsByPartition {
  const offsets: OffsetsByPartition = new Map();
  for (const [topic, partition, offset] of parseCheckpoint(text, path, 3)) {
    offsets.set(`${topic}-${parseWholeNumber(partition!, path)}`, parseWholeNumber(offset!, path));
  }
  return offsets;
}
