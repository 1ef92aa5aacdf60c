import type { ClusterImage } from '../metadata/cluster-image.ts';
import { refuse } from './topic-request-error.ts';

/** Replicas of each partition, by index. */
export type ReplicaAssignment = readonly (readonly number[])[];

/** Spreads replicas over the brokers that are up, starting with partition `firstIndex`. @throws KafkaError */
export function assignReplicas(
  image: ClusterImage,
  options: { readonly firstIndex: number; readonly count: number; readonly replicationFactor: number },
): ReplicaAssignment {
  const brokers = usableBrokers(image);
  const { firstIndex, count, replicationFactor } = options;
  if (replicationFactor > brokers.length) {
    throw refuse(
      'INVALID_REPLICATION_FACTOR',
      `Unable to replicate the partition ${replicationFactor} time(s): The target replication factor of ` +
        `${replicationFactor} cannot be reached because only ${brokers.length} broker(s) are registered.`,
    );
  }
  return Array.from({ length: count }, (_, offset) =>
    Array.from(
      { length: replicationFactor },
      (_unused, replica) => brokers[(firstIndex + offset + replica) % brokers.length]!,
    ),
  );
}

/** Checks replicas that a client chose itself. @throws KafkaError */
export function checkReplicas(
  image: ClusterImage,
  replicas: readonly number[],
  replicationFactor: number,
): void {
  if (replicas.length === 0) {
    throw refuse(
      'INVALID_REPLICA_ASSIGNMENT',
      'The manual partition assignment includes an empty replica list.',
    );
  }
  if (new Set(replicas).size !== replicas.length) {
    throw refuse(
      'INVALID_REPLICA_ASSIGNMENT',
      `The manual partition assignment includes the broker ${replicas.join(', ')} more than once.`,
    );
  }
  const unknown = replicas.find((id) => !image.brokers.has(id));
  if (unknown !== undefined) {
    throw refuse(
      'INVALID_REPLICA_ASSIGNMENT',
      `The manual partition assignment includes broker ${unknown}, but no such broker is registered.`,
    );
  }
  if (replicas.length !== replicationFactor) {
    throw refuse(
      'INVALID_REPLICA_ASSIGNMENT',
      `The manual partition assignment includes a partition with ${replicas.length} replica(s), but this is not ` +
        `consistent with previous partitions, which have ${replicationFactor} replica(s).`,
    );
  }
}

function usableBrokers(image: ClusterImage): readonly number[] {
  return [...image.brokers.values()].filter(({ isFenced }) => !isFenced).map(({ id }) => id);
}
