import { KafkaError } from '@millrace/protocol';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import type { LeaderPartition } from './leader-partition.ts';
import type { PartitionRegistry } from './partition-registry.ts';

/** What a partition is looked up in. */
export interface PartitionView {
  readonly image: ClusterImage;
  readonly partitions: PartitionRegistry;
}

/** The partition, or the error a client gets for it. @throws KafkaError */
export function requireLeader(
  { image, partitions }: PartitionView,
  topic: string,
  index: number,
): LeaderPartition {
  const partition = partitions.get(topic, index);
  if (partition !== undefined) return partition;
  if (image.topics.byName.get(topic)?.partitions[index] === undefined) {
    throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `Partition ${topic}-${index} does not exist`);
  }
  throw new KafkaError('KAFKA_STORAGE_ERROR', `The log of ${topic}-${index} is offline`);
}
