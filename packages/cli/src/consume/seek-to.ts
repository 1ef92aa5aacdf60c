import type { Consumer, TopicPartition } from '@millrace/client';
import { CliError } from '../cli-error.ts';
import type { StartPosition } from './start-position.ts';

/** Moves an assigned consumer to a start position in each partition. */
export async function seekTo(
  consumer: Consumer,
  partitions: readonly TopicPartition[],
  position: StartPosition,
): Promise<void> {
  const offsets = await offsetsOf(consumer, partitions, position);
  partitions.forEach((partition, index) => consumer.seek({ ...partition, offset: offsets[index]! }));
}

/** The offset that a start position means in each partition, inside the log's bounds. */
export async function offsetsOf(
  consumer: Consumer,
  partitions: readonly TopicPartition[],
  position: StartPosition,
): Promise<number[]> {
  const [beginnings, ends] = await Promise.all([
    consumer.beginningOffsets(partitions),
    consumer.endOffsets(partitions),
  ]);
  const clamp = (offset: number, index: number) =>
    Math.min(Math.max(offset, beginnings[index]!), ends[index]!);
  switch (position.kind) {
    case 'beginning':
      return beginnings;
    case 'end':
      return ends;
    case 'offset':
      return partitions.map((_, index) => clamp(position.offset, index));
    case 'tail':
      return ends.map((end, index) => clamp(end - position.records, index));
    case 'timestamp': {
      const found = await consumer.offsetsForTimes(
        partitions.map((partition) => ({ ...partition, timestampMs: position.timestampMs })),
      );
      return found.map((entry, index) => entry?.offset ?? ends[index]!);
    }
  }
}

/** What a group does where it has no committed offset. @throws CliError for positions that only an assignment can take */
export function groupStart(from: StartPosition | undefined): 'earliest' | 'latest' {
  if (from === undefined || from.kind === 'end') return 'latest';
  if (from.kind === 'beginning') return 'earliest';
  throw CliError.usage(
    'A group starts where it stopped; --from may say beginning or end for partitions it has not read yet',
    'Move a group with "millrace group reset-offsets", or read without --group.',
  );
}
