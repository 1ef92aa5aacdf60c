import { Admin } from '../src/index.ts';
import { millrace } from './producers.ts';

export interface TopicContent {
  readonly valueBytes: number;
  readonly count: number;
}

let topics = 0;

/** The topic has one partition, and is gone afterwards. */
export async function inFilledTopic(
  bootstrapServers: string,
  { valueBytes, count }: TopicContent,
  body: (topic: string) => Promise<void>,
): Promise<void> {
  await using admin = new Admin({ 'bootstrap.servers': bootstrapServers });
  const topic = `consume-${process.pid}-${topics++}`;
  await admin.createTopics([{ name: topic, partitions: 1 }]);
  const producer = millrace(bootstrapServers, { 'batch.size': 65_536 });
  await producer.sendAll(topic, Buffer.alloc(valueBytes, 'x'), count);
  await producer.close();
  await body(topic);
  await admin.deleteTopics([topic]);
}
