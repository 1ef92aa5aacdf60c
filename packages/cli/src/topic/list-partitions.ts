import { Admin, type TopicPartition } from '@millrace/client';
import type { Host } from '@millrace/host';
import { commandCall } from '../options/with-admin.ts';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

interface Connection {
  readonly properties: Record<string, string> & { 'bootstrap.servers': string };
  readonly host: Host;
  readonly signal: AbortSignal;
}

/** The partitions of topics, or one partition of each. @throws CliError for a partition that is not there */
export async function listPartitions(
  { properties, host, signal }: Connection,
  topics: readonly string[],
  only?: number,
): Promise<TopicPartition[]> {
  await using admin = new Admin(properties, { host });
  return await partitionsOf(admin, topics, signal, only);
}

export async function partitionsOf(
  admin: Admin,
  topics: readonly string[],
  signal: AbortSignal,
  only?: number,
): Promise<TopicPartition[]> {
  const descriptions = await admin.describeTopics(topics, commandCall(signal));
  return topics.flatMap((topic) => {
    const count = descriptions.get(topic)?.partitions.length ?? 0;
    if (only === undefined) return Array.from({ length: count }, (_, partition) => ({ topic, partition }));
    if (only < count) return [{ topic, partition: only }];
    throw new CliError(`Topic ${topic} has partitions 0 to ${count - 1}, no ${only}`, {
      exitCode: ExitCode.NOT_FOUND,
    });
  });
}
