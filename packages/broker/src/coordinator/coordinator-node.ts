import type { TopicsImage } from '../metadata/cluster-image.ts';
import { coordinatorPartition } from './coordinator-partition.ts';

/** "Nobody": the internal topic does not exist, or its partition has no leader. */
export const NO_NODE = -1;

/** The node that coordinates `key`: the leader of its partition of the internal topic. */
export function coordinatorNode({ byName }: TopicsImage, internalTopic: string, key: string): number {
  const topic = byName.get(internalTopic);
  if (topic === undefined) return NO_NODE;
  return topic.partitions[coordinatorPartition(key, topic.partitions.length)]!.leader;
}
