// Generated from definitions/apis/24-add-partitions-to-txn.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Adds partitions to a transaction; since version 4 brokers verify them in batches (KIP-890).

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of AddPartitionsToTxn (API key 24), versions 0 to 5.
 * Adds partitions to a transaction; since version 4 brokers verify them in batches (KIP-890).
 */
export interface AddPartitionsToTxnRequest {
  transactions: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[];
  v3AndBelowTransactionalId: string;
  v3AndBelowProducerId: number;
  v3AndBelowProducerEpoch: number;
  v3AndBelowTopics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AddPartitionsToTxnRequestInput {
  readonly transactions?: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTransactionInput[] | undefined;
  readonly v3AndBelowTransactionalId?: string | undefined;
  readonly v3AndBelowProducerId?: number | undefined;
  readonly v3AndBelowProducerEpoch?: number | undefined;
  readonly v3AndBelowTopics?: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTopicInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  transactionalId: string;
  producerId: number;
  producerEpoch: number;
  verifyOnly: boolean;
  topics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTransactionInput {
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly verifyOnly?: boolean | undefined;
  readonly topics: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTopic {
  name: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTopicInput {
  readonly name: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of AddPartitionsToTxn (API key 24), versions 0 to 5.
 * Adds partitions to a transaction; since version 4 brokers verify them in batches (KIP-890).
 */
export const AddPartitionsToTxnRequest: MessageCodec<AddPartitionsToTxnRequest, AddPartitionsToTxnRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AddPartitionsToTxnRequest',
  apiKey: 24,
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readAddPartitionsToTxnRequest,
  write: writeAddPartitionsToTxnRequest,
  create: (partial) => ({ ...createAddPartitionsToTxnRequest(), ...partial }),
});

function readAddPartitionsToTxnRequestAddPartitionsToTxnTopic(
  reader: WireReader,
  version: number,
): AddPartitionsToTxnRequestAddPartitionsToTxnTopic {
  const flexible = version >= 3;
  const name = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(
  writer: WireWriter,
  message: AddPartitionsToTxnRequestAddPartitionsToTxnTopicInput,
  version: number,
): void {
  const flexible = version >= 3;
  const name = message.name;
  writer.string(name, flexible, 'AddPartitionsToTxnTopic.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'AddPartitionsToTxnTopic.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'AddPartitionsToTxnTopic.partitions');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(
  reader: WireReader,
  version: number,
): AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  const transactionalId = reader.string(true);
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const verifyOnly = reader.boolean();
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<AddPartitionsToTxnRequestAddPartitionsToTxnTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readAddPartitionsToTxnRequestAddPartitionsToTxnTopic(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    transactionalId,
    producerId,
    producerEpoch,
    verifyOnly,
    topics,
    unknownTaggedFields,
  };
}

function writeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(
  writer: WireWriter,
  message: AddPartitionsToTxnRequestAddPartitionsToTxnTransactionInput,
  version: number,
): void {
  const transactionalId = message.transactionalId;
  writer.string(transactionalId, true, 'transactions.transactionalId');
  const producerId = message.producerId;
  writer.int64(producerId, 'transactions.producerId');
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch, 'transactions.producerEpoch');
  const verifyOnly = message.verifyOnly === undefined ? false : message.verifyOnly;
  writer.boolean(verifyOnly, 'transactions.verifyOnly');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'transactions.topics');
  for (let i = 0; i < topicsCount; i++) {
    writeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAddPartitionsToTxnRequest(reader: WireReader, version: number): AddPartitionsToTxnRequest {
  const flexible = version >= 3;
  let transactions: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[] = [];
  if (version >= 4) {
    const transactionsCount = reader.arrayLength(flexible, 14);
    transactions = new Array<AddPartitionsToTxnRequestAddPartitionsToTxnTransaction>(transactionsCount);
    for (let i = 0; i < transactionsCount; i++) {
      transactions[i] = readAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(reader, version);
    }
  }
  const v3AndBelowTransactionalId = version <= 3 ? reader.string(flexible) : '';
  const v3AndBelowProducerId = version <= 3 ? reader.int64() : 0;
  const v3AndBelowProducerEpoch = version <= 3 ? reader.int16() : 0;
  let v3AndBelowTopics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] = [];
  if (version <= 3) {
    const v3AndBelowTopicsCount = reader.arrayLength(flexible, 3);
    v3AndBelowTopics = new Array<AddPartitionsToTxnRequestAddPartitionsToTxnTopic>(v3AndBelowTopicsCount);
    for (let i = 0; i < v3AndBelowTopicsCount; i++) {
      v3AndBelowTopics[i] = readAddPartitionsToTxnRequestAddPartitionsToTxnTopic(reader, version);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    transactions,
    v3AndBelowTransactionalId,
    v3AndBelowProducerId,
    v3AndBelowProducerEpoch,
    v3AndBelowTopics,
    unknownTaggedFields,
  };
}

function writeAddPartitionsToTxnRequest(
  writer: WireWriter,
  message: AddPartitionsToTxnRequestInput,
  version: number,
): void {
  const flexible = version >= 3;
  const transactions = message.transactions === undefined ? [] : message.transactions;
  if (version >= 4) {
    const transactionsCount = writer.arrayLength(transactions, flexible, 'transactions');
    for (let i = 0; i < transactionsCount; i++) {
      writeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(writer, transactions[i]!, version);
    }
  } else if (transactions.length > 0) {
    throw writer.notInVersion('transactions');
  }
  const v3AndBelowTransactionalId =
    message.v3AndBelowTransactionalId === undefined ? '' : message.v3AndBelowTransactionalId;
  if (version <= 3) {
    writer.string(v3AndBelowTransactionalId, flexible, 'v3AndBelowTransactionalId');
  } else if (v3AndBelowTransactionalId !== '') {
    throw writer.notInVersion('v3AndBelowTransactionalId');
  }
  const v3AndBelowProducerId = message.v3AndBelowProducerId === undefined ? 0 : message.v3AndBelowProducerId;
  if (version <= 3) {
    writer.int64(v3AndBelowProducerId, 'v3AndBelowProducerId');
  } else if (v3AndBelowProducerId !== 0) {
    throw writer.notInVersion('v3AndBelowProducerId');
  }
  const v3AndBelowProducerEpoch =
    message.v3AndBelowProducerEpoch === undefined ? 0 : message.v3AndBelowProducerEpoch;
  if (version <= 3) {
    writer.int16(v3AndBelowProducerEpoch, 'v3AndBelowProducerEpoch');
  } else if (v3AndBelowProducerEpoch !== 0) {
    throw writer.notInVersion('v3AndBelowProducerEpoch');
  }
  const v3AndBelowTopics = message.v3AndBelowTopics === undefined ? [] : message.v3AndBelowTopics;
  if (version <= 3) {
    const v3AndBelowTopicsCount = writer.arrayLength(v3AndBelowTopics, flexible, 'v3AndBelowTopics');
    for (let i = 0; i < v3AndBelowTopicsCount; i++) {
      writeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(writer, v3AndBelowTopics[i]!, version);
    }
  } else if (v3AndBelowTopics.length > 0) {
    throw writer.notInVersion('v3AndBelowTopics');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createAddPartitionsToTxnRequest(): AddPartitionsToTxnRequest {
  return {
    transactions: [],
    v3AndBelowTransactionalId: '',
    v3AndBelowProducerId: 0,
    v3AndBelowProducerEpoch: 0,
    v3AndBelowTopics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of AddPartitionsToTxn (API key 24), versions 0 to 5.
 * Adds partitions to a transaction; since version 4 brokers verify them in batches (KIP-890).
 */
export interface AddPartitionsToTxnResponse {
  throttleTimeMs: number;
  errorCode: number;
  resultsByTransaction: AddPartitionsToTxnResponseAddPartitionsToTxnResult[];
  resultsByTopicV3AndBelow: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AddPartitionsToTxnResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode?: number | undefined;
  readonly resultsByTransaction?: readonly AddPartitionsToTxnResponseAddPartitionsToTxnResultInput[] | undefined;
  readonly resultsByTopicV3AndBelow?: readonly AddPartitionsToTxnResponseAddPartitionsToTxnTopicResultInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnResult {
  transactionalId: string;
  topicResults: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnResultInput {
  readonly transactionalId: string;
  readonly topicResults: readonly AddPartitionsToTxnResponseAddPartitionsToTxnTopicResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult {
  name: string;
  resultsByPartition: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnTopicResultInput {
  readonly name: string;
  readonly resultsByPartition: readonly AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult {
  partitionIndex: number;
  partitionErrorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResultInput {
  readonly partitionIndex: number;
  readonly partitionErrorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of AddPartitionsToTxn (API key 24), versions 0 to 5.
 * Adds partitions to a transaction; since version 4 brokers verify them in batches (KIP-890).
 */
export const AddPartitionsToTxnResponse: MessageCodec<AddPartitionsToTxnResponse, AddPartitionsToTxnResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AddPartitionsToTxnResponse',
  apiKey: 24,
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readAddPartitionsToTxnResponse,
  write: writeAddPartitionsToTxnResponse,
  create: (partial) => ({ ...createAddPartitionsToTxnResponse(), ...partial }),
});

function readAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(
  reader: WireReader,
  version: number,
): AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult {
  const flexible = version >= 3;
  const partitionIndex = reader.int32();
  const partitionErrorCode = reader.int16();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    partitionErrorCode,
    unknownTaggedFields,
  };
}

function writeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(
  writer: WireWriter,
  message: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResultInput,
  version: number,
): void {
  const flexible = version >= 3;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'AddPartitionsToTxnTopicResult.resultsByPartition.partitionIndex');
  const partitionErrorCode = message.partitionErrorCode;
  writer.int16(partitionErrorCode, 'AddPartitionsToTxnTopicResult.resultsByPartition.partitionErrorCode');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(
  reader: WireReader,
  version: number,
): AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult {
  const flexible = version >= 3;
  const name = reader.string(flexible);
  const resultsByPartitionCount = reader.arrayLength(flexible, 6);
  const resultsByPartition =
    new Array<AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult>(resultsByPartitionCount);
  for (let i = 0; i < resultsByPartitionCount; i++) {
    resultsByPartition[i] = readAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    resultsByPartition,
    unknownTaggedFields,
  };
}

function writeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(
  writer: WireWriter,
  message: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResultInput,
  version: number,
): void {
  const flexible = version >= 3;
  const name = message.name;
  writer.string(name, flexible, 'AddPartitionsToTxnTopicResult.name');
  const resultsByPartition = message.resultsByPartition;
  const resultsByPartitionCount =
    writer.arrayLength(resultsByPartition, flexible, 'AddPartitionsToTxnTopicResult.resultsByPartition');
  for (let i = 0; i < resultsByPartitionCount; i++) {
    writeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(writer, resultsByPartition[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readAddPartitionsToTxnResponseAddPartitionsToTxnResult(
  reader: WireReader,
  version: number,
): AddPartitionsToTxnResponseAddPartitionsToTxnResult {
  const transactionalId = reader.string(true);
  const topicResultsCount = reader.arrayLength(true, 3);
  const topicResults = new Array<AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult>(topicResultsCount);
  for (let i = 0; i < topicResultsCount; i++) {
    topicResults[i] = readAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    transactionalId,
    topicResults,
    unknownTaggedFields,
  };
}

function writeAddPartitionsToTxnResponseAddPartitionsToTxnResult(
  writer: WireWriter,
  message: AddPartitionsToTxnResponseAddPartitionsToTxnResultInput,
  version: number,
): void {
  const transactionalId = message.transactionalId;
  writer.string(transactionalId, true, 'resultsByTransaction.transactionalId');
  const topicResults = message.topicResults;
  const topicResultsCount = writer.arrayLength(topicResults, true, 'resultsByTransaction.topicResults');
  for (let i = 0; i < topicResultsCount; i++) {
    writeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(writer, topicResults[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAddPartitionsToTxnResponse(reader: WireReader, version: number): AddPartitionsToTxnResponse {
  const flexible = version >= 3;
  const throttleTimeMs = reader.int32();
  const errorCode = version >= 4 ? reader.int16() : 0;
  let resultsByTransaction: AddPartitionsToTxnResponseAddPartitionsToTxnResult[] = [];
  if (version >= 4) {
    const resultsByTransactionCount = reader.arrayLength(flexible, 3);
    resultsByTransaction =
      new Array<AddPartitionsToTxnResponseAddPartitionsToTxnResult>(resultsByTransactionCount);
    for (let i = 0; i < resultsByTransactionCount; i++) {
      resultsByTransaction[i] = readAddPartitionsToTxnResponseAddPartitionsToTxnResult(reader, version);
    }
  }
  let resultsByTopicV3AndBelow: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] = [];
  if (version <= 3) {
    const resultsByTopicV3AndBelowCount = reader.arrayLength(flexible, 3);
    resultsByTopicV3AndBelow =
      new Array<AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult>(resultsByTopicV3AndBelowCount);
    for (let i = 0; i < resultsByTopicV3AndBelowCount; i++) {
      resultsByTopicV3AndBelow[i] =
        readAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(reader, version);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    resultsByTransaction,
    resultsByTopicV3AndBelow,
    unknownTaggedFields,
  };
}

function writeAddPartitionsToTxnResponse(
  writer: WireWriter,
  message: AddPartitionsToTxnResponseInput,
  version: number,
): void {
  const flexible = version >= 3;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  if (version >= 4) {
    const errorCode = message.errorCode === undefined ? 0 : message.errorCode;
    writer.int16(errorCode, 'errorCode');
  }
  const resultsByTransaction = message.resultsByTransaction === undefined ? [] : message.resultsByTransaction;
  if (version >= 4) {
    const resultsByTransactionCount =
      writer.arrayLength(resultsByTransaction, flexible, 'resultsByTransaction');
    for (let i = 0; i < resultsByTransactionCount; i++) {
      writeAddPartitionsToTxnResponseAddPartitionsToTxnResult(writer, resultsByTransaction[i]!, version);
    }
  } else if (resultsByTransaction.length > 0) {
    throw writer.notInVersion('resultsByTransaction');
  }
  const resultsByTopicV3AndBelow =
    message.resultsByTopicV3AndBelow === undefined ? [] : message.resultsByTopicV3AndBelow;
  if (version <= 3) {
    const resultsByTopicV3AndBelowCount =
      writer.arrayLength(resultsByTopicV3AndBelow, flexible, 'resultsByTopicV3AndBelow');
    for (let i = 0; i < resultsByTopicV3AndBelowCount; i++) {
      writeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(writer, resultsByTopicV3AndBelow[i]!, version);
    }
  } else if (resultsByTopicV3AndBelow.length > 0) {
    throw writer.notInVersion('resultsByTopicV3AndBelow');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createAddPartitionsToTxnResponse(): AddPartitionsToTxnResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    resultsByTransaction: [],
    resultsByTopicV3AndBelow: [],
    unknownTaggedFields: undefined,
  };
}
