import { ErrorCode } from '@millrace/protocol';
import type {
  AssignReplicasToDirsRequest,
  AssignReplicasToDirsResponseDirectoryData,
} from '@millrace/protocol/messages/assign-replicas-to-dirs';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { isOnlineDirectory } from '../metadata/replica-directories.ts';
import { lostReplica } from './broker-transitions.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { PartitionRules } from './partition-rules.ts';
import { requireBrokerEpoch } from './require-broker-epoch.ts';

/**
 * Notes in which directories of a broker its replicas are, so that the controller knows which of them are gone when a
 * disk fails (KIP-858). A replica in a directory that has failed already is treated like one of a broker that is gone.
 * @throws KafkaError STALE_BROKER_EPOCH
 */
export function assignReplicasToDirs(
  state: ControllerState,
  { brokerId, brokerEpoch, directories }: AssignReplicasToDirsRequest,
): ControllerResult<AssignReplicasToDirsResponseDirectoryData[]> {
  const broker = requireBrokerEpoch(state.image, brokerId, brokerEpoch);
  const rules = new PartitionRules(state);
  const records: MetadataRecord[] = [];
  const assign = (directory: string, topicId: string, index: number): number => {
    const topic = state.image.topics.byId.get(topicId);
    if (topic === undefined) return ErrorCode.UNKNOWN_TOPIC_ID;
    const partition = topic.partitions[index];
    if (partition === undefined) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    if (!partition.replicas.includes(brokerId)) return ErrorCode.NOT_LEADER_OR_FOLLOWER;
    const place = new Map([[brokerId, directory]]);
    const isOffline = !isOnlineDirectory(broker, directory);
    records.push(
      ...(isOffline
        ? lostReplica(state, brokerId, topic, partition, place)
        : rules.change(topic, partition, { directories: place }, 'ONLINE')),
    );
    return ErrorCode.NONE;
  };
  const response = directories.map(({ id, topics }) => ({
    id,
    topics: topics.map(({ topicId, partitions }) => ({
      topicId,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: assign(id, topicId, partitionIndex),
      })),
    })),
  }));
  return { records, response, mayBeSplit: true };
}
