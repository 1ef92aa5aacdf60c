import type { ClusterImage } from '../metadata/cluster-image.ts';
import type { HostedReplica } from '../partitions/hosted-replica.ts';
import { LeaderPartition } from '../partitions/leader-partition.ts';

/** The class of Kafka whose rule is followed here, as `replica.selector.class` names it. */
export const RACK_AWARE_SELECTOR = 'org.apache.kafka.common.replica.RackAwareReplicaSelector';

/** Who asks, and what is known of the cluster. */
export interface ReaderPlace {
  readonly rackId: string;
  readonly listenerName: string;
  readonly image: ClusterImage;
  readonly nowMs: number;
}

/**
 * The follower that a consumer should read from, because it is in its rack and the leader is not (KIP-392): of those in
 * sync that have the offset the one with the most, of equal ones the one that was caught up last.
 * @returns `undefined`: stay with the leader
 */
export function preferredReadReplica(
  replica: HostedReplica,
  fetchOffset: number,
  { rackId, listenerName, image, nowMs }: ReaderPlace,
): number | undefined {
  if (!(replica instanceof LeaderPartition)) return undefined;
  const { state } = replica;
  const isInRack = (id: number): boolean => {
    const broker = image.brokers.get(id);
    return broker?.rack === rackId && !broker.isFenced && broker.endpoints.has(listenerName);
  };
  if (isInRack(state.nodeId)) return undefined;
  let best: { readonly id: number; readonly endOffset: number; readonly lagMs: number } | undefined;
  for (const follower of state.followers) {
    const { replicaId: id, logEndOffset: endOffset, logStartOffset } = follower;
    if (endOffset < fetchOffset || logStartOffset > fetchOffset || logStartOffset < 0) continue;
    if (!state.inSyncReplicas.includes(id) || !isInRack(id)) continue;
    const lagMs = nowMs - follower.lastCaughtUpMs;
    const isBetter =
      best === undefined ||
      endOffset > best.endOffset ||
      (endOffset === best.endOffset && lagMs < best.lagMs);
    if (isBetter) best = { id, endOffset, lagMs };
  }
  return best?.id;
}
