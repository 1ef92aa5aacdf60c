import { PartitionRecord } from '@millrace/protocol/messages/metadata-records';
import { NO_LEADER, type ClusterImage } from '../metadata/cluster-image.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { defaultDirectory } from '../metadata/replica-directories.ts';
import { isActive } from './partition-rules.ts';
import type { ReplicaAssignment } from './replica-assignment.ts';

/** Records of new partitions: all replicas that are up are in sync, the first of them leads. */
export function partitionRecords(
  image: ClusterImage,
  topicId: string,
  firstIndex: number,
  assignment: ReplicaAssignment,
): MetadataRecord[] {
  return assignment.map((replicas, position) => {
    const inSyncReplicas = replicas.filter((id) => isActive(image.brokers.get(id)));
    return {
      type: 'Partition',
      data: PartitionRecord.create({
        partitionId: firstIndex + position,
        topicId,
        replicas: [...replicas],
        isr: inSyncReplicas,
        leader: inSyncReplicas[0] ?? NO_LEADER,
        leaderEpoch: 0,
        partitionEpoch: 0,
        directories: replicas.map((id) => defaultDirectory(image, id)),
      }),
    };
  });
}
