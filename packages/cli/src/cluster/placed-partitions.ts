import { partitionKey, type Admin, type AdminCallOptions } from '@millrace/client';
import type { PlacedPartition } from './plan-moves.ts';

export interface DescribedPlace extends PlacedPartition {
  /** `topic-partition`. */
  readonly key: string;
  readonly leader: number;
  readonly inSyncReplicas: readonly number[];
}

/** The partitions of these topics, or of all there are, with where they are. */
export async function placedPartitions(
  admin: Admin,
  call: AdminCallOptions,
  topics?: readonly string[],
): Promise<DescribedPlace[]> {
  const names =
    topics ?? (await admin.listTopics({ ...call, includeInternal: true })).map(({ name }) => name);
  const described = await admin.describeTopics(names, call);
  return [...described].flatMap(([topic, { partitions }]) =>
    partitions.map(({ partition, leaderId, replicas, inSyncReplicas }) => ({
      topic,
      partition,
      key: partitionKey(topic, partition),
      leader: leaderId,
      replicas,
      inSyncReplicas,
    })),
  );
}
