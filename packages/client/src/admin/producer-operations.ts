import { ErrorCode, KafkaError } from '@millrace/protocol';
import {
  DescribeProducersRequest,
  DescribeProducersResponse,
} from '@millrace/protocol/messages/describe-producers';
import {
  WriteTxnMarkersRequest,
  WriteTxnMarkersResponse,
} from '@millrace/protocol/messages/write-txn-markers';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { structsByTopic } from '../consumer/offsets/by-leader.ts';
import { partitionKey, type TopicPartition } from '../consumer/topic-partition.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { partitionOutcomes, runPartitions } from './partition-operations.ts';

const DESCRIBE = defineApi(DescribeProducersRequest, DescribeProducersResponse);
const WRITE_MARKERS = defineApi(WriteTxnMarkersRequest, WriteTxnMarkersResponse);

/** An idempotent or transactional producer that has written to a partition and is not forgotten yet. */
export interface ProducerState {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly lastSequence: number;
  readonly lastTimestampMs: number;
  /** -1 where no transaction has ended here. */
  readonly coordinatorEpoch: number;
  /** First offset of its open transaction; -1 without one. */
  readonly currentTransactionStartOffset: number;
}

/** A transaction that hangs in one partition: its coordinator knows nothing of it. */
export interface HangingTransaction extends TopicPartition {
  readonly producerId: number;
  readonly producerEpoch: number;
  /** As `describeProducers` tells it. */
  readonly coordinatorEpoch: number;
}

/** @returns by `topic-partition` */
export function describeProducers(
  context: AdminContext,
  partitions: readonly TopicPartition[],
  options: AdminCallOptions,
): Promise<Map<string, ProducerState[]>> {
  return runPartitions(context, 'describeProducers', partitions, options, async ({ to, items }) => {
    const topics = structsByTopic(items, ({ partition }) => partition).map((each) => ({
      name: each.topic,
      partitionIndexes: each.partitions,
    }));
    const { response } = await context.cluster.send({ to, api: DESCRIBE, message: { topics } });
    const answers = response.topics.flatMap((topic) =>
      topic.partitions.map((answer) => ({ ...answer, topic: topic.name, partition: answer.partitionIndex })),
    );
    return partitionOutcomes(answers, 'Describing the producers', ({ activeProducers }) =>
      activeProducers.map((producer) => ({
        producerId: producer.producerId,
        producerEpoch: producer.producerEpoch,
        lastSequence: producer.lastSequence,
        lastTimestampMs: producer.lastTimestamp,
        coordinatorEpoch: producer.coordinatorEpoch,
        currentTransactionStartOffset: producer.currentTxnStartOffset,
      })),
    );
  });
}

/** Writes the marker that is missing, as an abort, to the leader of the partition. */
export async function abortTransaction(
  context: AdminContext,
  transaction: HangingTransaction,
  options: AdminCallOptions,
): Promise<void> {
  const { topic, partition, producerId, producerEpoch, coordinatorEpoch } = transaction;
  const key = partitionKey(topic, partition);
  await runPartitions(context, 'abortTransaction', [transaction], options, async ({ to }) => {
    const marker = {
      producerId,
      producerEpoch,
      coordinatorEpoch,
      transactionResult: false,
      topics: [{ name: topic, partitionIndexes: [partition] }],
    };
    const { response } = await context.cluster.send({
      to,
      api: WRITE_MARKERS,
      message: { markers: [marker] },
    });
    const answer = response.markers[0]?.topics[0]?.partitions[0];
    if (answer === undefined) {
      throw new KafkaError('UNKNOWN_SERVER_ERROR', `The broker did not answer for the marker in ${key}`);
    }
    const { errorCode } = answer;
    const outcome = errorCode === ErrorCode.NONE ? true : kafkaFailure(errorCode, `Aborting in ${key}`);
    return new Map<string, true | Error>([[key, outcome]]);
  });
}
