import type { Consumer, ConsumerRecord, TopicPartition } from '@millrace/client';

/** Everything that was in these partitions when the call began, by partition and offset. */
export async function drainPartitions(
  consumer: Consumer,
  partitions: readonly TopicPartition[],
): Promise<ConsumerRecord[]> {
  const ends = await consumer.endOffsets(partitions);
  const open = partitions.map((partition, index) => ({ partition, end: ends[index] ?? 0 }));
  consumer.assign(partitions);
  consumer.seekToBeginning();
  const records: ConsumerRecord[] = [];
  // By position, not by count: control batches and compacted records take offsets, too.
  while (await isAnyOpen(consumer, open)) records.push(...(await consumer.poll()));
  const known = new Map(partitions.map(({ partition }, index) => [partition, ends[index] ?? 0]));
  return records
    .filter(({ partition, offset }) => offset < (known.get(partition) ?? 0))
    .toSorted((left, right) => left.partition - right.partition || left.offset - right.offset);
}

async function isAnyOpen(
  consumer: Consumer,
  open: readonly { readonly partition: TopicPartition; readonly end: number }[],
): Promise<boolean> {
  for (const { partition, end } of open)
    if (end > 0 && (await consumer.position(partition)) < end) return true;
  return false;
}
