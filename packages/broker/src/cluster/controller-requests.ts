import { ErrorCode, KafkaError, kafkaErrorName, type KafkaErrorName } from '@millrace/protocol';
import {
  AllocateProducerIdsRequest,
  AllocateProducerIdsResponse,
} from '@millrace/protocol/messages/allocate-producer-ids';
import {
  AlterPartitionRequest,
  AlterPartitionResponse,
  type AlterPartitionRequestTopicDataInput,
  type AlterPartitionResponsePartitionData,
} from '@millrace/protocol/messages/alter-partition';
import {
  AssignReplicasToDirsRequest,
  AssignReplicasToDirsResponse,
  type AssignReplicasToDirsRequestDirectoryDataInput,
} from '@millrace/protocol/messages/assign-replicas-to-dirs';
import {
  CreateTopicsRequest,
  CreateTopicsResponse,
  type CreateTopicsRequestCreatableTopicInput,
} from '@millrace/protocol/messages/create-topics';
import { peerApi } from '@millrace/replication';
import type { ProducerIdBlock } from '../controller/allocate-producer-ids.ts';
import type {
  AlterPartitionItem,
  AlterPartitionResult,
  AlterPartitionSender,
} from '../partitions/isr-changes.ts';
import type { AssignmentSender, DirectoryAssignment } from '../partitions/directory-assignments.ts';
import type { ControllerChannel } from './controller-channel.ts';

const allocateApi = peerApi(AllocateProducerIdsRequest, AllocateProducerIdsResponse);
const alterPartitionApi = peerApi(AlterPartitionRequest, AlterPartitionResponse);
const assignDirectoriesApi = peerApi(AssignReplicasToDirsRequest, AssignReplicasToDirsResponse);
const createTopicsApi = peerApi(CreateTopicsRequest, CreateTopicsResponse);

export interface ControllerRequestsOptions {
  readonly nodeId: number;
  readonly brokerEpoch: () => number;
  readonly timeoutMs: () => number;
  /** Of their own: the controller answers a connection in order, and some of these take longer than others. */
  readonly channels: {
    readonly producerIds: ControllerChannel;
    readonly alterPartition: ControllerChannel;
    readonly directories: ControllerChannel;
    readonly topics: ControllerChannel;
  };
}

/** What a topic that was asked for came to. */
export interface RequestedTopic {
  readonly name: string;
  readonly error: KafkaError | undefined;
}

/** What a broker asks of the active controller for itself. */
export class ControllerRequests implements AlterPartitionSender, AssignmentSender {
  readonly #options: ControllerRequestsOptions;

  constructor(options: ControllerRequestsOptions) {
    this.#options = options;
  }

  /** @throws KafkaError */
  async allocateProducerIds(): Promise<ProducerIdBlock> {
    const { nodeId, brokerEpoch, channels, timeoutMs } = this.#options;
    const answer = await channels.producerIds.send(
      allocateApi,
      { brokerId: nodeId, brokerEpoch: brokerEpoch() },
      { timeoutMs: timeoutMs() },
    );
    throwIfError(answer.errorCode, 'The controller gives no producer ids');
    return { firstId: answer.producerIdStart, count: answer.producerIdLen };
  }

  /** @throws KafkaError where there is no answer */
  async alterPartition(items: readonly AlterPartitionItem[]): Promise<readonly AlterPartitionResult[]> {
    const { nodeId, brokerEpoch, channels, timeoutMs } = this.#options;
    const answer = await channels.alterPartition.send(
      alterPartitionApi,
      { brokerId: nodeId, brokerEpoch: brokerEpoch(), topics: topicsOf(items) },
      { timeoutMs: timeoutMs() },
    );
    throwIfError(answer.errorCode, 'The controller changes no in-sync replicas for this broker');
    const answers = new Map(
      answer.topics.flatMap(({ topicId, partitions }) =>
        partitions.map((partition) => [`${topicId} ${partition.partitionIndex}`, partition] as const),
      ),
    );
    return items.map(({ topicId, index }) => resultOf(answers.get(`${topicId} ${index}`)));
  }

  /** @throws KafkaError where there is no answer */
  async assignReplicasToDirs(
    assignments: readonly DirectoryAssignment[],
  ): Promise<readonly KafkaErrorName[]> {
    const { nodeId, brokerEpoch, channels, timeoutMs } = this.#options;
    const answer = await channels.directories.send(
      assignDirectoriesApi,
      { brokerId: nodeId, brokerEpoch: brokerEpoch(), directories: directoriesOf(assignments) },
      { timeoutMs: timeoutMs() },
    );
    throwIfError(answer.errorCode, 'The controller notes no directories of this broker');
    const answers = new Map(
      answer.directories.flatMap(({ topics }) =>
        topics.flatMap(({ topicId, partitions }) =>
          partitions.map(
            ({ partitionIndex, errorCode }) => [`${topicId} ${partitionIndex}`, errorCode] as const,
          ),
        ),
      ),
    );
    return assignments.map(({ topicId, index }) =>
      kafkaErrorName(answers.get(`${topicId} ${index}`) ?? ErrorCode.UNKNOWN_SERVER_ERROR),
    );
  }

  /** As this broker, not as a client. @throws KafkaError where there is no answer */
  async createTopics(
    topics: readonly CreateTopicsRequestCreatableTopicInput[],
  ): Promise<readonly RequestedTopic[]> {
    const { channels, timeoutMs } = this.#options;
    const answer = await channels.topics.send(
      createTopicsApi,
      { topics, timeoutMs: timeoutMs(), validateOnly: false },
      { timeoutMs: timeoutMs() },
    );
    return requestedTopics(answer);
  }
}

/** How a CreateTopics went, topic by topic. */
export function requestedTopics({ topics }: CreateTopicsResponse): RequestedTopic[] {
  return topics.map(({ name, errorCode, errorMessage }) => ({
    name,
    error:
      errorCode === ErrorCode.NONE
        ? undefined
        : new KafkaError(kafkaErrorName(errorCode), errorMessage ?? kafkaErrorName(errorCode)),
  }));
}

function topicsOf(items: readonly AlterPartitionItem[]): AlterPartitionRequestTopicDataInput[] {
  const byTopic = Map.groupBy(items, ({ topicId }) => topicId);
  return Array.from(byTopic, ([topicId, partitions]) => ({
    topicId,
    partitions: partitions.map(({ index, change }) => ({
      partitionIndex: index,
      leaderEpoch: change.leaderEpoch,
      newIsrWithEpochs: change.inSyncReplicas,
      partitionEpoch: change.partitionEpoch,
    })),
  }));
}

function directoriesOf(
  assignments: readonly DirectoryAssignment[],
): AssignReplicasToDirsRequestDirectoryDataInput[] {
  return Array.from(
    Map.groupBy(assignments, ({ directoryId }) => directoryId),
    ([id, inDirectory]) => ({
      id,
      topics: Array.from(
        Map.groupBy(inDirectory, ({ topicId }) => topicId),
        ([topicId, partitions]) => ({
          topicId,
          partitions: partitions.map(({ index }) => ({ partitionIndex: index })),
        }),
      ),
    }),
  );
}

function resultOf(answer: AlterPartitionResponsePartitionData | undefined): AlterPartitionResult {
  if (answer === undefined) return { error: 'UNKNOWN_SERVER_ERROR' };
  if (answer.errorCode !== ErrorCode.NONE) return { error: kafkaErrorName(answer.errorCode) };
  const { leaderEpoch, partitionEpoch, isr } = answer;
  return { leaderEpoch, partitionEpoch, inSyncReplicas: isr };
}

function throwIfError(errorCode: number, what: string): void {
  if (errorCode !== ErrorCode.NONE) {
    const name = kafkaErrorName(errorCode);
    throw new KafkaError(name, `${what}: ${name}`);
  }
}
