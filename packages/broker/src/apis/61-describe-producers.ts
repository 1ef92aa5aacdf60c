import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  DescribeProducersRequest,
  DescribeProducersResponse,
} from '@millrace/protocol/messages/describe-producers';
import { topicNameProblem } from '../metadata/topic-names.ts';
import { requireLeader } from '../partitions/require-leader.ts';
import { requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';
import { toKafkaError } from './to-kafka-error.ts';

export const describeProducers = defineHandler({
  key: ApiKey.DESCRIBE_PRODUCERS,
  minVersion: 0,
  maxVersion: 0,
  request: DescribeProducersRequest,
  response: DescribeProducersResponse,

  handle: ({ topics }, context) => ({
    throttleTimeMs: 0,
    topics: topics.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((index) => producersOf(name, index, context)),
    })),
  }),

  fail: ({ errorCode, message }, { topics }) => ({
    throttleTimeMs: 0,
    topics: topics.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) => ({
        partitionIndex,
        errorCode,
        errorMessage: message,
        activeProducers: [],
      })),
    })),
  }),
});

function producersOf(topic: string, partitionIndex: number, context: RequestContext) {
  try {
    const problem = topicNameProblem(topic);
    if (problem !== undefined) throw new KafkaError('INVALID_TOPIC_EXCEPTION', problem);
    requireAllowed(context, 'READ', 'TOPIC', topic);
    const { log } = requireLeader(context.broker, topic, partitionIndex);
    const activeProducers = Array.from(log.producers(), (producer) => ({
      producerId: producer.producerId,
      producerEpoch: producer.producerEpoch,
      lastSequence: producer.lastSequence,
      lastTimestamp: producer.lastTimestampMs,
      coordinatorEpoch: producer.coordinatorEpoch,
      currentTxnStartOffset: producer.currentTransactionFirstOffset,
    }));
    return { partitionIndex, errorCode: ErrorCode.NONE, errorMessage: null, activeProducers };
  } catch (error) {
    const { errorCode, message } = toKafkaError(error);
    return { partitionIndex, errorCode, errorMessage: message, activeProducers: [] };
  }
}
