import { ErrorCode, KafkaError, kafkaErrorName } from '@millrace/protocol';
import { AlterPartitionRequest, AlterPartitionResponse } from '@millrace/protocol/messages/alter-partition';
import { peerApi } from '@millrace/replication';
import type { ControllerChannel } from '../cluster/controller-channel.ts';
import { LeaderRecoveryState } from '../metadata/cluster-image.ts';
import type { AlterPartitionItem, AlterPartitionResult, AlterPartitionSender } from './isr-changes.ts';

const ALTER_PARTITION = peerApi(AlterPartitionRequest, AlterPartitionResponse);

/** Limit of one request; what is not answered by then is sent again. */
const TIMEOUT_MS = 5000;

/** Sends AlterPartition to the active controller. */
export class ControllerIsrSender implements AlterPartitionSender {
  readonly #channel: ControllerChannel;
  readonly #nodeId: number;
  readonly #brokerEpoch: () => number;

  constructor(channel: ControllerChannel, nodeId: number, brokerEpoch: () => number) {
    this.#channel = channel;
    this.#nodeId = nodeId;
    this.#brokerEpoch = brokerEpoch;
  }

  async alterPartition(items: readonly AlterPartitionItem[]): Promise<readonly AlterPartitionResult[]> {
    const request = {
      brokerId: this.#nodeId,
      brokerEpoch: this.#brokerEpoch(),
      topics: topicsOf(items),
    };
    const answer = await this.#channel.send(ALTER_PARTITION, request, { timeoutMs: TIMEOUT_MS });
    if (answer.errorCode !== ErrorCode.NONE)
      throw new KafkaError(kafkaErrorName(answer.errorCode), 'The controller refused AlterPartition');
    const results = new Map<string, AlterPartitionResult>();
    for (const { topicId, partitions } of answer.topics) {
      for (const partition of partitions) {
        results.set(`${topicId}:${partition.partitionIndex}`, resultOf(partition));
      }
    }
    return items.map(
      ({ topicId, index }) => results.get(`${topicId}:${index}`) ?? { error: 'UNKNOWN_SERVER_ERROR' },
    );
  }
}

function resultOf(partition: {
  readonly errorCode: number;
  readonly leaderEpoch: number;
  readonly isr: readonly number[];
  readonly partitionEpoch: number;
}): AlterPartitionResult {
  const { errorCode, leaderEpoch, partitionEpoch, isr } = partition;
  if (errorCode !== ErrorCode.NONE) return { error: kafkaErrorName(errorCode) };
  return { leaderEpoch, partitionEpoch, inSyncReplicas: isr };
}

function topicsOf(items: readonly AlterPartitionItem[]) {
  const byTopic = Map.groupBy(items, ({ topicId }) => topicId);
  return [...byTopic].map(([topicId, partitions]) => ({
    topicId,
    partitions: partitions.map(({ index, change }) => ({
      partitionIndex: index,
      leaderEpoch: change.leaderEpoch,
      newIsrWithEpochs: [...change.inSyncReplicas],
      // Kafka does nothing to recover either; a leader that asks for anything is ready.
      leaderRecoveryState: LeaderRecoveryState.RECOVERED,
      partitionEpoch: change.partitionEpoch,
    })),
  }));
}
