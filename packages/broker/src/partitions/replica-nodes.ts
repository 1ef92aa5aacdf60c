import type { ReplicaNodes } from '@millrace/replication';
import type { ClusterImage } from '../metadata/cluster-image.ts';

/** What leaders ask about other nodes, answered by the newest image. */
export function replicaNodesOf(image: () => ClusterImage): ReplicaNodes {
  return {
    isEligible(brokerId) {
      const broker = image().brokers.get(brokerId);
      return broker !== undefined && !broker.isFenced && !broker.inControlledShutdown;
    },
    isAlive(brokerId) {
      return image().brokers.get(brokerId)?.isFenced === false;
    },
    epochOf(brokerId) {
      return image().brokers.get(brokerId)?.epoch ?? -1;
    },
  };
}
