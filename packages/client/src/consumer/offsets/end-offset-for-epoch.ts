import { ErrorCode } from '@millrace/protocol';
import {
  OffsetForLeaderEpochRequest,
  OffsetForLeaderEpochResponse,
} from '@millrace/protocol/messages/offset-for-leader-epoch';
import { defineApi } from '../../cluster/api.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { AssignedPartition } from '../subscription/assigned-partition.ts';
import { partitionKey } from '../topic-partition.ts';
import { structsByTopic } from './by-leader.ts';

const OFFSET_FOR_LEADER_EPOCH = defineApi(OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse);

/** Consumers say that they are no replica. */
const CONSUMER_REPLICA_ID = -1;

/** Where the leader's log of an epoch ends. Both are -1 if the leader knows nothing of the epoch. */
export interface EpochEnd {
  readonly errorCode: number;
  readonly leaderEpoch: number;
  readonly endOffset: number;
}

/** One question to one leader about the epochs of our positions (KIP-320). Answers by `partitionKey`. */
export async function endOffsetsForEpochs(
  cluster: Cluster,
  nodeId: number,
  partitions: readonly AssignedPartition[],
): Promise<Map<string, EpochEnd>> {
  const { response } = await cluster.send({
    to: { nodeId },
    api: OFFSET_FOR_LEADER_EPOCH,
    message: {
      replicaId: CONSUMER_REPLICA_ID,
      topics: structsByTopic(partitions, ({ topic, partition, fetched }) => ({
        partition,
        currentLeaderEpoch: cluster.leaderOf(topic, partition)?.epoch ?? -1,
        leaderEpoch: fetched.leaderEpoch,
      })),
    },
  });
  const ends = new Map<string, EpochEnd>();
  for (const { topic, partitions: answers } of response.topics) {
    for (const { partition, errorCode, leaderEpoch, endOffset } of answers) {
      ends.set(partitionKey(topic, partition), { errorCode, leaderEpoch, endOffset });
    }
  }
  return ends;
}

/** Errors that a retry against fresh metadata may cure; all others too are only retried, never answered by a reset. */
export function needsFreshMetadata(errorCode: number): boolean {
  return errorCode !== ErrorCode.UNKNOWN_LEADER_EPOCH && errorCode !== ErrorCode.UNKNOWN_SERVER_ERROR;
}
