import { ApiKey } from '@millrace/protocol';
import type { MetadataResponseInput } from '@millrace/protocol/messages/metadata';

/** Version ranges a scripted broker offers unless a test says otherwise. */
export const usualVersions: ReadonlyMap<number, readonly [number, number]> = new Map([
  [ApiKey.API_VERSIONS, [0, 5]],
  [ApiKey.METADATA, [0, 13]],
  [ApiKey.FIND_COORDINATOR, [0, 6]],
  [ApiKey.PRODUCE, [3, 13]],
  [ApiKey.INIT_PRODUCER_ID, [0, 5]],
  [ApiKey.HEARTBEAT, [0, 4]],
  [ApiKey.CREATE_TOPICS, [2, 7]],
  [ApiKey.LIST_OFFSETS, [1, 11]],
] as const);

export interface TopicOfAnswer {
  readonly name: string;
  readonly topicId: string;
  readonly errorCode?: number;
  /** Leader per partition. */
  readonly leaders?: readonly number[];
  readonly leaderEpoch?: number;
}

/** A Metadata answer of brokers on 127.0.0.1. */
export function metadataAnswer(
  ports: readonly number[],
  topics: readonly TopicOfAnswer[],
): MetadataResponseInput {
  return {
    throttleTimeMs: 0,
    brokers: ports.map((port, nodeId) => ({ nodeId, host: '127.0.0.1', port, rack: null })),
    clusterId: 'cluster',
    controllerId: 0,
    errorCode: 0,
    topics: topics.map(({ name, topicId, errorCode = 0, leaders = [0], leaderEpoch = 0 }) => ({
      errorCode,
      name,
      topicId,
      isInternal: false,
      partitions: leaders.map((leaderId, partitionIndex) => ({
        errorCode: 0,
        partitionIndex,
        leaderId,
        leaderEpoch,
        replicaNodes: [leaderId],
        isrNodes: [leaderId],
        offlineReplicas: [],
      })),
    })),
  };
}
