import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  DescribeQuorumRequest,
  DescribeQuorumResponse,
  type DescribeQuorumResponsePartitionDataInput,
} from '@millrace/protocol/messages/describe-quorum';
import { METADATA_TOPIC } from '../metadata/metadata-topic.ts';
import { requireAllowed } from './access.ts';
import { always, defineHandler, type RequestContext } from './handler.ts';

const FIRST_WITH_TIMESTAMPS = 1;
const FIRST_WITH_MESSAGES = 2;

/** A quorum of one: this node votes for itself and has everything that is committed. */
export const describeQuorum = defineHandler({
  key: ApiKey.DESCRIBE_QUORUM,
  minVersion: 0,
  maxVersion: 2,
  isForwarded: always,
  request: DescribeQuorumRequest,
  response: DescribeQuorumResponse,

  authorize: (_request, context) => requireAllowed(context, 'DESCRIBE', 'CLUSTER'),

  handle({ topics }, context) {
    return {
      errorCode: ErrorCode.NONE,
      topics: topics.map(({ topicName, partitions }) => ({
        topicName,
        partitions: partitions.map(({ partitionIndex }) =>
          topicName === METADATA_TOPIC && partitionIndex === 0
            ? describeMetadata(context)
            : unknownPartition(partitionIndex, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
        ),
      })),
      ...(context.version >= FIRST_WITH_MESSAGES ? { nodes: [] } : {}),
    };
  },

  fail: (error, _request, { version }) => ({
    errorCode: error.errorCode,
    ...(version >= FIRST_WITH_MESSAGES ? { errorMessage: error.message } : {}),
    topics: [],
  }),
});

function describeMetadata({ broker, version }: RequestContext): DescribeQuorumResponsePartitionDataInput {
  const { image, nodeId, host } = broker;
  const logEndOffset = image.offset + 1;
  const nowMs = host.clock.nowMs();
  const times = { lastFetchTimestamp: nowMs, lastCaughtUpTimestamp: nowMs };
  return {
    partitionIndex: 0,
    errorCode: ErrorCode.NONE,
    leaderId: nodeId,
    leaderEpoch: image.epoch,
    highWatermark: logEndOffset,
    currentVoters: [{ replicaId: nodeId, logEndOffset, ...(version >= FIRST_WITH_TIMESTAMPS ? times : {}) }],
    observers: [],
  };
}

function unknownPartition(
  partitionIndex: number,
  errorCode: number,
): DescribeQuorumResponsePartitionDataInput {
  return {
    partitionIndex,
    errorCode,
    leaderId: 0,
    leaderEpoch: 0,
    highWatermark: 0,
    currentVoters: [],
    observers: [],
  };
}
