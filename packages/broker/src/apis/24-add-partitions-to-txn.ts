import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  AddPartitionsToTxnRequest,
  AddPartitionsToTxnResponse,
  type AddPartitionsToTxnRequestAddPartitionsToTxnTopic,
  type AddPartitionsToTxnRequestAddPartitionsToTxnTransaction,
} from '@millrace/protocol/messages/add-partitions-to-txn';
import { isInternalTopic } from '../metadata/topic-names.ts';
import { EPOCH_BUMP_VERSION } from '../transaction/transaction-metadata.ts';
import { isAllowed, requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';

type Topics = readonly AddPartitionsToTxnRequestAddPartitionsToTxnTopic[];

/** From here on brokers ask, for many transactions at once; clients stay below. */
const FIRST_OF_BROKERS = 4;
const FIRST_WITH_EPOCH_BUMP = 5;
const FIRST_WITH_PRODUCER_FENCED = 2;

export const addPartitionsToTxn = defineHandler({
  key: ApiKey.ADD_PARTITIONS_TO_TXN,
  minVersion: 0,
  maxVersion: 5,
  request: AddPartitionsToTxnRequest,
  response: AddPartitionsToTxnResponse,

  authorize({ v3AndBelowTransactionalId }, context) {
    if (context.version >= FIRST_OF_BROKERS) requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER');
    else requireAllowed(context, 'WRITE', 'TRANSACTIONAL_ID', v3AndBelowTransactionalId);
  },

  async handle(request, context) {
    if (context.version >= FIRST_OF_BROKERS) {
      const results = request.transactions.map(async (transaction) => ({
        transactionalId: transaction.transactionalId,
        topicResults: await addOrVerify(transaction, context),
      }));
      return {
        throttleTimeMs: 0,
        errorCode: ErrorCode.NONE,
        resultsByTransaction: await Promise.all(results),
      };
    }
    const resultsByTopicV3AndBelow = await addOrVerify(transactionOf(request), context);
    return { throttleTimeMs: 0, resultsByTopicV3AndBelow };
  },

  fail(error, request, { version }) {
    const { errorCode } = error;
    if (version >= FIRST_OF_BROKERS) return { throttleTimeMs: 0, errorCode, resultsByTransaction: [] };
    const results = resultsOf(request.v3AndBelowTopics, () => errorCode);
    return { throttleTimeMs: 0, resultsByTopicV3AndBelow: results };
  },
});

function transactionOf(
  request: AddPartitionsToTxnRequest,
): AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  return {
    transactionalId: request.v3AndBelowTransactionalId,
    producerId: request.v3AndBelowProducerId,
    producerEpoch: request.v3AndBelowProducerEpoch,
    verifyOnly: false,
    topics: request.v3AndBelowTopics,
  };
}

async function addOrVerify(
  transaction: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction,
  context: RequestContext,
) {
  const { broker, version } = context;
  const { transactionalId, producerId, producerEpoch, topics, verifyOnly } = transaction;
  if (transactionalId === '') return resultsOf(topics, () => ErrorCode.INVALID_REQUEST);
  const producer = { transactionalId, producerId, producerEpoch, partitions: partitionsOf(topics) };
  if (verifyOnly) {
    const { errorCode, missing } = await broker.transactions.call({ api: 'verify', ...producer });
    return resultsOf(topics, (topic, partition) =>
      missing.get(topic)?.has(partition) === true ? ErrorCode.TRANSACTION_ABORTABLE : errorCode,
    );
  }
  const { byName } = broker.image.topics;
  const isOfBroker = version >= FIRST_OF_BROKERS;
  const problemOf = (topic: string, partition: number): number => {
    // A marker in the log of a coordinator is nothing that clients may ask for; AddOffsetsToTxn is for offsets.
    if (!isOfBroker && (isInternalTopic(topic) || !isAllowed(context, 'WRITE', 'TOPIC', topic))) {
      return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
    }
    const exists = byName.get(topic)?.partitions[partition] !== undefined;
    return exists ? ErrorCode.NONE : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  };
  const areAllFine = topics.every(({ name, partitions }) =>
    partitions.every((index) => problemOf(name, index) === ErrorCode.NONE),
  );
  // All or nothing: what could have been added is not, either.
  if (!areAllFine) {
    return resultsOf(
      topics,
      (topic, partition) => problemOf(topic, partition) || ErrorCode.OPERATION_NOT_ATTEMPTED,
    );
  }
  const clientVersion = version >= FIRST_WITH_EPOCH_BUMP ? EPOCH_BUMP_VERSION : 0;
  const { errorCode } = await broker.transactions.call({ api: 'add', ...producer, clientVersion });
  return resultsOf(topics, () => inVersion(errorCode, version));
}

function inVersion(errorCode: number, version: number): number {
  const isUnknown = errorCode === ErrorCode.PRODUCER_FENCED && version < FIRST_WITH_PRODUCER_FENCED;
  return isUnknown ? ErrorCode.INVALID_PRODUCER_EPOCH : errorCode;
}

function partitionsOf(topics: Topics): ReadonlyMap<string, ReadonlySet<number>> {
  return new Map(topics.map(({ name, partitions }) => [name, new Set(partitions)]));
}

function resultsOf(topics: Topics, errorCodeOf: (topic: string, partition: number) => number) {
  return topics.map(({ name, partitions }) => ({
    name,
    resultsByPartition: partitions.map((partitionIndex) => ({
      partitionIndex,
      partitionErrorCode: errorCodeOf(name, partitionIndex),
    })),
  }));
}
