import type { Cluster } from '../../cluster/cluster.ts';
import type { TopicPartition } from '../topic-partition.ts';

export interface GroupedByLeader<T> {
  readonly byNode: ReadonlyMap<number, readonly T[]>;
  /** Nobody knows who leads these at the moment. */
  readonly leaderless: readonly T[];
}

/** Sorts questions about partitions by the broker that can answer them. */
export function groupByLeader<T extends TopicPartition>(
  cluster: Cluster,
  items: Iterable<T>,
): GroupedByLeader<T> {
  const byNode = new Map<number, T[]>();
  const leaderless: T[] = [];
  for (const item of items) {
    const leader = cluster.leaderOf(item.topic, item.partition);
    if (leader === undefined) {
      leaderless.push(item);
      continue;
    }
    const list = byNode.get(leader.nodeId);
    if (list === undefined) byNode.set(leader.nodeId, [item]);
    else list.push(item);
  }
  return { byNode, leaderless };
}

/** The `topics: [{ name, partitions: [...] }]` shape of partition requests. */
export function structsByTopic<T extends TopicPartition, S>(
  items: Iterable<T>,
  struct: (item: T) => S,
): { topic: string; partitions: S[] }[] {
  const topics = new Map<string, S[]>();
  for (const item of items) {
    const list = topics.get(item.topic);
    if (list === undefined) topics.set(item.topic, [struct(item)]);
    else list.push(struct(item));
  }
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }));
}
