import { LeaderRecoveryState, type ClusterImage } from '../metadata/cluster-image.ts';
import type { ImageDelta } from '../metadata/image-builder.ts';

/** What has happened in the cluster since this node has followed its metadata; the same on every controller. */
export class ControllerCounts {
  /** Leaders that lacked records. */
  uncleanElections = 0;
  /** Leaders that were not in sync, but known to be complete (KIP-966). */
  electionsFromElr = 0;
  /** Brokers that the controller of this node has fenced because they were silent. */
  timedOutHeartbeats = 0;
  /** Times that the metadata log got another leader. */
  newActiveControllers = 0;

  /** The state has changed; what was loaded at once, or deleted, is no election. */
  onImage(before: ClusterImage, after: ClusterImage, { changedTopics }: ImageDelta): void {
    for (const id of changedTopics) {
      const old = before.topics.byId.get(id)?.partitions;
      if (old === undefined) continue;
      for (const partition of after.topics.byId.get(id)?.partitions ?? []) {
        const { leader, leaderEpoch, leaderRecoveryState } = partition;
        const previous = old[partition.index];
        if (previous === undefined || previous === partition || previous.leaderEpoch === leaderEpoch)
          continue;
        if (leader === previous.leader || leader < 0) continue;
        if (leaderRecoveryState === LeaderRecoveryState.RECOVERING) this.uncleanElections++;
        else if (previous.eligibleLeaderReplicas.includes(leader)) this.electionsFromElr++;
      }
    }
  }
}
