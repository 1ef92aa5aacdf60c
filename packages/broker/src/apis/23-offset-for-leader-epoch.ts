import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  OffsetForLeaderEpochRequest,
  OffsetForLeaderEpochResponse,
  type OffsetForLeaderEpochRequestOffsetForLeaderPartition,
} from '@millrace/protocol/messages/offset-for-leader-epoch';
import { requireLeader } from '../partitions/require-leader.ts';
import { isAllowed, requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';
import { toKafkaError } from './to-kafka-error.ts';

const UNDEFINED = -1;

export const offsetForLeaderEpoch = defineHandler({
  key: ApiKey.OFFSET_FOR_LEADER_EPOCH,
  minVersion: 2,
  maxVersion: 4,
  request: OffsetForLeaderEpochRequest,
  response: OffsetForLeaderEpochResponse,

  handle: (request, context) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map((partition) => endOfEpoch(topic, partition, context)),
    })),
  }),

  fail: (error, request) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition }) => ({
        errorCode: error.errorCode,
        partition,
        leaderEpoch: UNDEFINED,
        endOffset: UNDEFINED,
      })),
    })),
  }),
});

function endOfEpoch(
  topic: string,
  { partition, currentLeaderEpoch, leaderEpoch }: OffsetForLeaderEpochRequestOffsetForLeaderPartition,
  context: RequestContext,
) {
  const { broker } = context;
  try {
    if (!isAllowed(context, 'CLUSTER_ACTION', 'CLUSTER')) requireAllowed(context, 'DESCRIBE', 'TOPIC', topic);
    const leader = requireLeader(broker, topic, partition);
    leader.checkLeaderEpoch(currentLeaderEpoch);
    const end = leader.endOffsetForEpoch(leaderEpoch);
    return { errorCode: ErrorCode.NONE, partition, leaderEpoch: end.leaderEpoch, endOffset: end.endOffset };
  } catch (error) {
    return {
      errorCode: toKafkaError(error).errorCode,
      partition,
      leaderEpoch: UNDEFINED,
      endOffset: UNDEFINED,
    };
  }
}
