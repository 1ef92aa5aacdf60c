import { Consumer } from '@millrace/client';
import { PARTITIONS, TOPIC } from './traffic.ts';

/** Everything in the topic, by partition and offset. */
export async function readAll(bootstrapServers: string): Promise<string[]> {
  const consumer = new Consumer({ 'bootstrap.servers': bootstrapServers, 'auto.offset.reset': 'earliest' });
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: TOPIC, partition }));
  const ends = await consumer.endOffsets(partitions);
  consumer.assign(partitions);
  const values: string[][] = partitions.map(() => []);
  const isRead = async (): Promise<boolean> => {
    for (const [index, partition] of partitions.entries()) {
      if (ends[index]! > 0 && (await consumer.position(partition)) < ends[index]!) return false;
    }
    return true;
  };
  while (!(await isRead())) {
    for (const { partition, value } of await consumer.poll()) values[partition]!.push(String(value));
  }
  await consumer.close();
  return values.flat();
}
