import { KafkaError } from '@millrace/protocol';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import type { HostedReplica } from './hosted-replica.ts';
import type { LeaderPartition } from './leader-partition.ts';
import type { PartitionRegistry } from './partition-registry.ts';

/** What a partition is looked up in. */
export interface PartitionView {
  readonly image: ClusterImage;
  readonly partitions: PartitionRegistry;
}

/** The partition, or the error a client gets for it. @throws KafkaError */
export function requireLeader(view: PartitionView, topic: string, index: number): LeaderPartition {
  return view.partitions.get(topic, index) ?? refuse(view, topic, index);
}

/** The replica of this node, whoever leads, or the error a client gets. @throws KafkaError */
export function requireReplica(view: PartitionView, topic: string, index: number): HostedReplica {
  return view.partitions.replica(topic, index) ?? refuse(view, topic, index);
}

function refuse({ image, partitions }: PartitionView, topic: string, index: number): never {
  const partition = image.topics.byName.get(topic)?.partitions[index];
  if (partition === undefined) {
    throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `Partition ${topic}-${index} does not exist`);
  }
  if (!partitions.isOffline(topic, index)) {
    throw new KafkaError(
      'NOT_LEADER_OR_FOLLOWER',
      `This node does not lead ${topic}-${index}, node ${partition.leader} does`,
    );
  }
  throw new KafkaError('KAFKA_STORAGE_ERROR', `The log of ${topic}-${index} is offline`);
}
