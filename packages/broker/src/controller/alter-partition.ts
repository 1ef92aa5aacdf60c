import { ErrorCode } from '@millrace/protocol';
import type {
  AlterPartitionRequest,
  AlterPartitionRequestPartitionData,
  AlterPartitionResponseTopicData,
  AlterPartitionResponsePartitionDataInput,
} from '@millrace/protocol/messages/alter-partition';
import { LeaderRecoveryState, type PartitionImage, type TopicImage } from '../metadata/cluster-image.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { changedPartition } from '../metadata/partition-image.ts';
import { isOnlineDirectory } from '../metadata/replica-directories.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { PartitionRules } from './partition-rules.ts';
import { requireBrokerEpoch } from './require-broker-epoch.ts';
import type { ErrorName } from './topic-request-error.ts';

/** What a leader wants to become true of its ISR. Brokers of before version 3 do not know each other's epochs. */
export type IsrProposal = Omit<AlterPartitionRequestPartitionData, 'newIsr'>;

/** Whoever does not know the epoch of a broker says this: it is not compared. */
const UNKNOWN_BROKER_EPOCH = -1;

/**
 * Leaders change their ISRs: as compare and swap on the partition epoch.
 * @throws KafkaError STALE_BROKER_EPOCH
 */
export function alterPartition(
  state: ControllerState,
  request: AlterPartitionRequest,
): ControllerResult<AlterPartitionResponseTopicData[]> {
  const { image } = state;
  requireBrokerEpoch(image, request.brokerId, request.brokerEpoch);
  const rules = new PartitionRules(state);
  const records: MetadataRecord[] = [];
  const response = request.topics.map(({ topicId, partitions }) => {
    const topic = image.topics.byId.get(topicId);
    return {
      topicId,
      partitions: partitions.map((proposal) => {
        const decided = decide(state, rules, request.brokerId, topic, proposal);
        records.push(...decided.records);
        return decided.response;
      }),
    };
  });
  return { records, response: response as AlterPartitionResponseTopicData[], mayBeSplit: true };
}

function decide(
  state: ControllerState,
  rules: PartitionRules,
  brokerId: number,
  topic: TopicImage | undefined,
  proposal: IsrProposal,
): ControllerResult<AlterPartitionResponsePartitionDataInput> {
  const partition = topic?.partitions[proposal.partitionIndex];
  const problem = topic === undefined ? 'UNKNOWN_TOPIC_ID' : refusal(state, brokerId, partition, proposal);
  if (topic === undefined || partition === undefined || problem !== undefined) {
    return {
      records: [],
      response: refused(proposal.partitionIndex, problem ?? 'UNKNOWN_TOPIC_OR_PARTITION'),
    };
  }
  const target = {
    inSyncReplicas: proposal.newIsrWithEpochs.map((member) => member.brokerId),
    leaderRecoveryState: proposal.leaderRecoveryState,
  };
  const records = rules.change(topic, partition, target);
  const changed = records.reduce(
    (before, { data }) => changedPartition(before, data as Parameters<typeof changedPartition>[1]),
    partition,
  );
  // The change completed a reassignment that took the leader away.
  if (changed.leader !== brokerId)
    return { records, response: refused(partition.index, 'NEW_LEADER_ELECTED') };
  return {
    records,
    response: {
      partitionIndex: partition.index,
      errorCode: ErrorCode.NONE,
      leaderId: changed.leader,
      leaderEpoch: changed.leaderEpoch,
      isr: [...changed.inSyncReplicas],
      leaderRecoveryState: changed.leaderRecoveryState,
      partitionEpoch: changed.partitionEpoch,
    },
  };
}

/** Why the change cannot be made, by the first reason that there is. */
function refusal(
  { image }: ControllerState,
  brokerId: number,
  partition: PartitionImage | undefined,
  proposal: IsrProposal,
): ErrorName | undefined {
  if (partition === undefined) return 'UNKNOWN_TOPIC_OR_PARTITION';
  // The leader knows more than this controller, which is likely not the active one any more.
  if (proposal.leaderEpoch > partition.leaderEpoch) return 'NOT_CONTROLLER';
  if (proposal.partitionEpoch > partition.partitionEpoch) return 'NOT_CONTROLLER';
  if (proposal.leaderEpoch < partition.leaderEpoch) return 'FENCED_LEADER_EPOCH';
  if (brokerId !== partition.leader) return 'INVALID_REQUEST';
  if (proposal.partitionEpoch < partition.partitionEpoch) return 'INVALID_UPDATE_VERSION';
  if (!isPossible(partition, proposal)) return 'INVALID_REQUEST';
  const isEligible = proposal.newIsrWithEpochs.every((member) => {
    const broker = image.brokers.get(member.brokerId);
    if (broker === undefined || broker.isFenced || broker.inControlledShutdown) return false;
    const directory = partition.directories[partition.replicas.indexOf(broker.id)];
    // 1. The broker fetches. 2. Its disk fails, and it leaves the ISR. 3. The leader has the fetch of 1 for caught up.
    if (!isOnlineDirectory(broker, directory)) return false;
    return member.brokerEpoch === UNKNOWN_BROKER_EPOCH || member.brokerEpoch === broker.epoch;
  });
  return isEligible ? undefined : 'INELIGIBLE_REPLICA';
}

function isPossible(
  { replicas, leader, leaderRecoveryState }: PartitionImage,
  { newIsrWithEpochs, leaderRecoveryState: wantedState }: IsrProposal,
): boolean {
  const isr = newIsrWithEpochs.map(({ brokerId }) => brokerId);
  if (new Set(isr).size !== isr.length || !isr.every((id) => replicas.includes(id))) return false;
  if (!isr.includes(leader)) return false;
  if (wantedState !== LeaderRecoveryState.RECOVERING) return wantedState === LeaderRecoveryState.RECOVERED;
  return isr.length === 1 && leaderRecoveryState === LeaderRecoveryState.RECOVERING;
}

function refused(partitionIndex: number, error: ErrorName): AlterPartitionResponsePartitionDataInput {
  return {
    partitionIndex,
    errorCode: ErrorCode[error],
    leaderId: 0,
    leaderEpoch: 0,
    isr: [],
    partitionEpoch: 0,
  };
}
