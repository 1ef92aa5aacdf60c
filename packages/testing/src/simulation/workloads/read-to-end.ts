import type { TopicPartition } from '@millrace/client';
import type { ClientWorld } from './client-world.ts';
import { RecordedConsumer } from './recorded-consumer.ts';

/**
 * Reads topics from the start to the end by clients of their own, of both isolation levels. The end is where the log
 * ended at the beginning, so that a transaction that is left open keeps `read_committed` readers waiting.
 *
 * @throws Error when that takes more than `timeoutMs`
 */
export async function readToEnd(
  world: ClientWorld,
  topics: Readonly<Record<string, number>>,
  timeoutMs: number,
): Promise<void> {
  const partitions = Object.entries(topics).flatMap(([topic, count]) =>
    Array.from({ length: count }, (_, partition) => ({ topic, partition })),
  );
  if (partitions.length === 0) return;
  for (const isolation of ['read_uncommitted', 'read_committed'] as const) {
    const host = world.simulation.host(`final ${isolation}`);
    const consumer = new RecordedConsumer(world, host, { 'isolation.level': isolation });
    const fromMs = world.simulation.nowMs;
    const ends = await endsOf(world, partitions);
    consumer.assign(partitions);
    while (!(await isRead(consumer, partitions, ends))) {
      await consumer.poll(200);
      if (world.simulation.nowMs > fromMs + timeoutMs) {
        throw new Error(
          `a ${isolation} reader has not come to the end in ${timeoutMs} ms: ${await state(consumer, partitions, ends)}`,
        );
      }
    }
    world.recorder.readToEnd(fromMs, { process: host.name, isolation, partitions });
    await consumer.consumer.close();
  }
}

async function endsOf(world: ClientWorld, partitions: readonly TopicPartition[]): Promise<number[]> {
  const host = world.simulation.host('final ends');
  const { consumer } = new RecordedConsumer(world, host);
  const ends = await consumer.endOffsets(partitions);
  await consumer.close();
  return ends;
}

async function isRead(
  { consumer }: RecordedConsumer,
  partitions: readonly TopicPartition[],
  ends: readonly number[],
): Promise<boolean> {
  for (const [index, partition] of partitions.entries()) {
    const end = ends[index]!;
    if (end > 0 && (await consumer.position(partition)) < end) return false;
  }
  return true;
}

async function state(
  { consumer }: RecordedConsumer,
  partitions: readonly TopicPartition[],
  ends: readonly number[],
): Promise<string> {
  const parts = [];
  for (const [index, partition] of partitions.entries()) {
    const position = await consumer.position(partition).catch(() => '?');
    parts.push(`${partition.topic}-${partition.partition} at ${position} of ${ends[index]}`);
  }
  return parts.join(', ');
}
