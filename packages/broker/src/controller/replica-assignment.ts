import type { KafkaError } from '@millrace/protocol';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import { hasUncordonedDirectory } from '../metadata/replica-directories.ts';
import type { ControllerState } from './controller-operation.ts';
import { isActive } from './partition-rules.ts';
import { StripedPlacement } from './striped-placement.ts';
import { refuse } from './topic-request-error.ts';

/** Replicas of each partition, by index. */
export type ReplicaAssignment = readonly (readonly number[])[];

/** Spreads replicas over racks and brokers. @throws KafkaError INVALID_REPLICATION_FACTOR */
export function assignReplicas(
  { image, liveness, random }: ControllerState,
  options: { readonly count: number; readonly replicationFactor: number },
): ReplicaAssignment {
  const { count, replicationFactor } = options;
  const usable = [...image.brokers.values()].filter(
    (broker) =>
      !broker.inControlledShutdown && !liveness.isShuttingDown(broker.id) && hasUncordonedDirectory(broker),
  );
  const problem = placementProblem(usable, replicationFactor);
  if (problem !== undefined) {
    throw refuse(
      'INVALID_REPLICATION_FACTOR',
      `Unable to replicate the partition ${replicationFactor} time(s): ${problem}`,
    );
  }
  const placement = new StripedPlacement(usable, random);
  return Array.from({ length: count }, () => placement.next(replicationFactor));
}

function placementProblem(
  usable: readonly { readonly isFenced: boolean }[],
  replicationFactor: number,
): string | undefined {
  if (usable.every(({ isFenced }) => isFenced))
    return 'All brokers are currently fenced, or have all their log directories cordoned.';
  if (replicationFactor <= usable.length) return undefined;
  return (
    `The target replication factor of ${replicationFactor} cannot be reached because only ${usable.length} ` +
    'broker(s) are registered.'
  );
}

/** Checks replicas that a client chose itself. @throws KafkaError INVALID_REPLICA_ASSIGNMENT */
export function checkReplicas(
  image: ClusterImage,
  replicas: readonly number[],
  replicationFactor = replicas.length,
): void {
  if (replicas.length === 0) throw invalid('an empty replica list.');
  const sorted = replicas.toSorted((a, b) => a - b);
  for (const [index, id] of sorted.entries()) {
    if (!image.brokers.has(id)) throw invalid(`broker ${id}, but no such broker is registered.`);
    if (index > 0 && id === sorted[index - 1]) throw invalid(`the broker ${id} more than once.`);
  }
  if (replicas.length !== replicationFactor) {
    throw invalid(
      `a partition with ${replicas.length} replica(s), but this is not consistent with previous partitions, ` +
        `which have ${replicationFactor} replica(s).`,
    );
  }
}

function invalid(problem: string): KafkaError {
  return refuse('INVALID_REPLICA_ASSIGNMENT', `The manual partition assignment includes ${problem}`);
}

/** Checks the replicas that a client chose for a new partition: one of them must be up. @throws KafkaError */
export function checkManualReplicas(
  image: ClusterImage,
  partitionIndex: number,
  replicas: readonly number[],
  replicationFactor: number,
): void {
  checkReplicas(image, replicas, replicationFactor);
  if (replicas.some((id) => isActive(image.brokers.get(id)))) return;
  throw refuse(
    'INVALID_REPLICA_ASSIGNMENT',
    `All brokers specified in the manual partition assignment for partition ${partitionIndex} are fenced or in ` +
      'controlled shutdown.',
  );
}
