import type { Cluster } from '../../cluster/cluster.ts';
import type { AssignedPartition } from '../subscription/assigned-partition.ts';
import type { SubscriptionState } from '../subscription/subscription-state.ts';

/**
 * Answers of one partition that may wait at the same time: one being handed out, one behind it, so that the network
 * works while the application does.
 */
const MAX_BUFFERED_ANSWERS = 2;

export interface FetchPlan {
  /** What to ask each broker for. */
  readonly byNode: ReadonlyMap<number, readonly AssignedPartition[]>;
  /** Ready to be fetched, but nobody knows who leads them. */
  readonly leaderless: readonly AssignedPartition[];
}

/**
 * Which broker is asked for which partitions now.
 *
 * A broker that leads a partition with a full buffer is not asked for its other partitions either:
 *
 * 1. Partition A is full, B of the same broker is idle; a request for B alone waits there for fetch.max.wait.ms.
 * 2. The application drains A within a few milliseconds.
 * 3. A cannot be fetched before the request for B returns: a busy partition would stall behind an idle one.
 */
export function planFetches(subscription: SubscriptionState, cluster: Cluster, nowMs: number): FetchPlan {
  const byNode = new Map<number, AssignedPartition[]>();
  const fullNodes = new Set<number>();
  const leaderless: AssignedPartition[] = [];
  for (const partition of subscription.assigned) {
    if (!partition.canFetch(nowMs)) continue;
    const nodeId = readReplica(partition, cluster, nowMs);
    if (nodeId === undefined) {
      leaderless.push(partition);
      continue;
    }
    if (partition.bufferedAnswers >= MAX_BUFFERED_ANSWERS) fullNodes.add(nodeId);
    const list = byNode.get(nodeId);
    if (list === undefined) byNode.set(nodeId, [partition]);
    else list.push(partition);
  }
  for (const nodeId of fullNodes) byNode.delete(nodeId);
  return { byNode, leaderless };
}

/** The follower the leader named (KIP-392) while that holds and it is alive, otherwise the leader. */
function readReplica(partition: AssignedPartition, cluster: Cluster, nowMs: number): number | undefined {
  const preferred = partition.preferredReadReplica;
  if (
    preferred >= 0 &&
    nowMs < partition.preferredUntilMs &&
    cluster.metadata.broker(preferred) !== undefined
  ) {
    return preferred;
  }
  partition.preferredReadReplica = -1;
  return cluster.leaderOf(partition.topic, partition.partition)?.nodeId;
}
