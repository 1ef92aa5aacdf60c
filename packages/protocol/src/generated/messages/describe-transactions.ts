// Generated from definitions/apis/65-describe-transactions.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Describes transactions by transactional id.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DescribeTransactions (API key 65), version 0.
 * Describes transactions by transactional id.
 */
export interface DescribeTransactionsRequest {
  transactionalIds: string[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeTransactionsRequestInput {
  readonly transactionalIds: readonly string[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DescribeTransactions (API key 65), version 0.
 * Describes transactions by transactional id.
 */
export const DescribeTransactionsRequest: MessageCodec<DescribeTransactionsRequest, DescribeTransactionsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeTransactionsRequest',
  apiKey: 65,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeTransactionsRequest,
  write: writeDescribeTransactionsRequest,
  create: (partial) => ({ ...createDescribeTransactionsRequest(), ...partial }),
});

function readDescribeTransactionsRequest(reader: WireReader, _version: number): DescribeTransactionsRequest {
  const transactionalIdsCount = reader.arrayLength(true, 1);
  const transactionalIds = new Array<string>(transactionalIdsCount);
  for (let i = 0; i < transactionalIdsCount; i++) {
    transactionalIds[i] = reader.string(true);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    transactionalIds,
    unknownTaggedFields,
  };
}

function writeDescribeTransactionsRequest(
  writer: WireWriter,
  message: DescribeTransactionsRequestInput,
  _version: number,
): void {
  const transactionalIds = message.transactionalIds;
  const transactionalIdsCount = writer.arrayLength(transactionalIds, true, 'transactionalIds');
  for (let i = 0; i < transactionalIdsCount; i++) {
    writer.string(transactionalIds[i]!, true, 'transactionalIds');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeTransactionsRequest(): DescribeTransactionsRequest {
  return {
    transactionalIds: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DescribeTransactions (API key 65), version 0.
 * Describes transactions by transactional id.
 */
export interface DescribeTransactionsResponse {
  throttleTimeMs: number;
  transactionStates: DescribeTransactionsResponseTransactionState[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeTransactionsResponseInput {
  readonly throttleTimeMs: number;
  readonly transactionStates: readonly DescribeTransactionsResponseTransactionStateInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeTransactionsResponseTransactionState {
  errorCode: number;
  transactionalId: string;
  transactionState: string;
  transactionTimeoutMs: number;
  transactionStartTimeMs: number;
  producerId: number;
  producerEpoch: number;
  topics: DescribeTransactionsResponseTopicData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeTransactionsResponseTransactionStateInput {
  readonly errorCode: number;
  readonly transactionalId: string;
  readonly transactionState: string;
  readonly transactionTimeoutMs: number;
  readonly transactionStartTimeMs: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly topics: readonly DescribeTransactionsResponseTopicDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeTransactionsResponseTopicData {
  topic: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeTransactionsResponseTopicDataInput {
  readonly topic: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DescribeTransactions (API key 65), version 0.
 * Describes transactions by transactional id.
 */
export const DescribeTransactionsResponse: MessageCodec<DescribeTransactionsResponse, DescribeTransactionsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeTransactionsResponse',
  apiKey: 65,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeTransactionsResponse,
  write: writeDescribeTransactionsResponse,
  create: (partial) => ({ ...createDescribeTransactionsResponse(), ...partial }),
});

function readDescribeTransactionsResponseTopicData(
  reader: WireReader,
  _version: number,
): DescribeTransactionsResponseTopicData {
  const topic = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topic,
    partitions,
    unknownTaggedFields,
  };
}

function writeDescribeTransactionsResponseTopicData(
  writer: WireWriter,
  message: DescribeTransactionsResponseTopicDataInput,
  _version: number,
): void {
  const topic = message.topic;
  writer.string(topic, true, 'transactionStates.topics.topic');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'transactionStates.topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'transactionStates.topics.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeTransactionsResponseTransactionState(
  reader: WireReader,
  version: number,
): DescribeTransactionsResponseTransactionState {
  const errorCode = reader.int16();
  const transactionalId = reader.string(true);
  const transactionState = reader.string(true);
  const transactionTimeoutMs = reader.int32();
  const transactionStartTimeMs = reader.int64();
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<DescribeTransactionsResponseTopicData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readDescribeTransactionsResponseTopicData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    errorCode,
    transactionalId,
    transactionState,
    transactionTimeoutMs,
    transactionStartTimeMs,
    producerId,
    producerEpoch,
    topics,
    unknownTaggedFields,
  };
}

function writeDescribeTransactionsResponseTransactionState(
  writer: WireWriter,
  message: DescribeTransactionsResponseTransactionStateInput,
  version: number,
): void {
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'transactionStates.errorCode');
  const transactionalId = message.transactionalId;
  writer.string(transactionalId, true, 'transactionStates.transactionalId');
  const transactionState = message.transactionState;
  writer.string(transactionState, true, 'transactionStates.transactionState');
  const transactionTimeoutMs = message.transactionTimeoutMs;
  writer.int32(transactionTimeoutMs, 'transactionStates.transactionTimeoutMs');
  const transactionStartTimeMs = message.transactionStartTimeMs;
  writer.int64(transactionStartTimeMs, 'transactionStates.transactionStartTimeMs');
  const producerId = message.producerId;
  writer.int64(producerId, 'transactionStates.producerId');
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch, 'transactionStates.producerEpoch');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'transactionStates.topics');
  for (let i = 0; i < topicsCount; i++) {
    writeDescribeTransactionsResponseTopicData(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeTransactionsResponse(reader: WireReader, version: number): DescribeTransactionsResponse {
  const throttleTimeMs = reader.int32();
  const transactionStatesCount = reader.arrayLength(true, 28);
  const transactionStates = new Array<DescribeTransactionsResponseTransactionState>(transactionStatesCount);
  for (let i = 0; i < transactionStatesCount; i++) {
    transactionStates[i] = readDescribeTransactionsResponseTransactionState(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    transactionStates,
    unknownTaggedFields,
  };
}

function writeDescribeTransactionsResponse(
  writer: WireWriter,
  message: DescribeTransactionsResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const transactionStates = message.transactionStates;
  const transactionStatesCount = writer.arrayLength(transactionStates, true, 'transactionStates');
  for (let i = 0; i < transactionStatesCount; i++) {
    writeDescribeTransactionsResponseTransactionState(writer, transactionStates[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeTransactionsResponse(): DescribeTransactionsResponse {
  return {
    throttleTimeMs: 0,
    transactionStates: [],
    unknownTaggedFields: undefined,
  };
}
