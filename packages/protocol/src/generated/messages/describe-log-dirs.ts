// Generated from definitions/apis/35-describe-log-dirs.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Describes the log directories of a broker and what is in them.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DescribeLogDirs (API key 35), versions 1 to 5.
 * Describes the log directories of a broker and what is in them.
 */
export interface DescribeLogDirsRequest {
  topics: DescribeLogDirsRequestDescribableLogDirTopic[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeLogDirsRequestInput {
  readonly topics: readonly DescribeLogDirsRequestDescribableLogDirTopicInput[] | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeLogDirsRequestDescribableLogDirTopic {
  topic: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeLogDirsRequestDescribableLogDirTopicInput {
  readonly topic: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DescribeLogDirs (API key 35), versions 1 to 5.
 * Describes the log directories of a broker and what is in them.
 */
export const DescribeLogDirsRequest: MessageCodec<DescribeLogDirsRequest, DescribeLogDirsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeLogDirsRequest',
  apiKey: 35,
  minVersion: 1,
  maxVersion: 5,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readDescribeLogDirsRequest,
  write: writeDescribeLogDirsRequest,
  create: (partial) => ({ ...createDescribeLogDirsRequest(), ...partial }),
});

function readDescribeLogDirsRequestDescribableLogDirTopic(
  reader: WireReader,
  version: number,
): DescribeLogDirsRequestDescribableLogDirTopic {
  const flexible = version >= 2;
  const topic = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topic,
    partitions,
    unknownTaggedFields,
  };
}

function writeDescribeLogDirsRequestDescribableLogDirTopic(
  writer: WireWriter,
  message: DescribeLogDirsRequestDescribableLogDirTopicInput,
  version: number,
): void {
  const flexible = version >= 2;
  const topic = message.topic;
  writer.string(topic, flexible, 'topics.topic');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'topics.partitions');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeLogDirsRequest(reader: WireReader, version: number): DescribeLogDirsRequest {
  const flexible = version >= 2;
  const topicsCount = reader.nullableArrayLength(flexible, 3);
  let topics: DescribeLogDirsRequestDescribableLogDirTopic[] | null = null;
  if (topicsCount >= 0) {
    topics = new Array<DescribeLogDirsRequestDescribableLogDirTopic>(topicsCount);
    for (let i = 0; i < topicsCount; i++) {
      topics[i] = readDescribeLogDirsRequestDescribableLogDirTopic(reader, version);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topics,
    unknownTaggedFields,
  };
}

function writeDescribeLogDirsRequest(
  writer: WireWriter,
  message: DescribeLogDirsRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const topics = message.topics;
  if (topics === null) {
    writer.nullArray(flexible);
  } else {
    const topicsCount = writer.arrayLength(topics, flexible, 'topics');
    for (let i = 0; i < topicsCount; i++) {
      writeDescribeLogDirsRequestDescribableLogDirTopic(writer, topics[i]!, version);
    }
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDescribeLogDirsRequest(): DescribeLogDirsRequest {
  return {
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DescribeLogDirs (API key 35), versions 1 to 5.
 * Describes the log directories of a broker and what is in them.
 */
export interface DescribeLogDirsResponse {
  throttleTimeMs: number;
  errorCode: number;
  results: DescribeLogDirsResponseDescribeLogDirsResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeLogDirsResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode?: number | undefined;
  readonly results: readonly DescribeLogDirsResponseDescribeLogDirsResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeLogDirsResponseDescribeLogDirsResult {
  errorCode: number;
  logDir: string;
  topics: DescribeLogDirsResponseDescribeLogDirsTopic[];
  totalBytes: number;
  usableBytes: number;
  isCordoned: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeLogDirsResponseDescribeLogDirsResultInput {
  readonly errorCode: number;
  readonly logDir: string;
  readonly topics: readonly DescribeLogDirsResponseDescribeLogDirsTopicInput[];
  readonly totalBytes?: number | undefined;
  readonly usableBytes?: number | undefined;
  readonly isCordoned?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeLogDirsResponseDescribeLogDirsTopic {
  name: string;
  partitions: DescribeLogDirsResponseDescribeLogDirsPartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeLogDirsResponseDescribeLogDirsTopicInput {
  readonly name: string;
  readonly partitions: readonly DescribeLogDirsResponseDescribeLogDirsPartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeLogDirsResponseDescribeLogDirsPartition {
  partitionIndex: number;
  partitionSize: number;
  offsetLag: number;
  isFutureKey: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeLogDirsResponseDescribeLogDirsPartitionInput {
  readonly partitionIndex: number;
  readonly partitionSize: number;
  readonly offsetLag: number;
  readonly isFutureKey: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DescribeLogDirs (API key 35), versions 1 to 5.
 * Describes the log directories of a broker and what is in them.
 */
export const DescribeLogDirsResponse: MessageCodec<DescribeLogDirsResponse, DescribeLogDirsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeLogDirsResponse',
  apiKey: 35,
  minVersion: 1,
  maxVersion: 5,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readDescribeLogDirsResponse,
  write: writeDescribeLogDirsResponse,
  create: (partial) => ({ ...createDescribeLogDirsResponse(), ...partial }),
});

function readDescribeLogDirsResponseDescribeLogDirsPartition(
  reader: WireReader,
  version: number,
): DescribeLogDirsResponseDescribeLogDirsPartition {
  const flexible = version >= 2;
  const partitionIndex = reader.int32();
  const partitionSize = reader.int64();
  const offsetLag = reader.int64();
  const isFutureKey = reader.boolean();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    partitionSize,
    offsetLag,
    isFutureKey,
    unknownTaggedFields,
  };
}

function writeDescribeLogDirsResponseDescribeLogDirsPartition(
  writer: WireWriter,
  message: DescribeLogDirsResponseDescribeLogDirsPartitionInput,
  version: number,
): void {
  const flexible = version >= 2;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'results.topics.partitions.partitionIndex');
  const partitionSize = message.partitionSize;
  writer.int64(partitionSize, 'results.topics.partitions.partitionSize');
  const offsetLag = message.offsetLag;
  writer.int64(offsetLag, 'results.topics.partitions.offsetLag');
  const isFutureKey = message.isFutureKey;
  writer.boolean(isFutureKey, 'results.topics.partitions.isFutureKey');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeLogDirsResponseDescribeLogDirsTopic(
  reader: WireReader,
  version: number,
): DescribeLogDirsResponseDescribeLogDirsTopic {
  const flexible = version >= 2;
  const name = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 21);
  const partitions = new Array<DescribeLogDirsResponseDescribeLogDirsPartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readDescribeLogDirsResponseDescribeLogDirsPartition(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeDescribeLogDirsResponseDescribeLogDirsTopic(
  writer: WireWriter,
  message: DescribeLogDirsResponseDescribeLogDirsTopicInput,
  version: number,
): void {
  const flexible = version >= 2;
  const name = message.name;
  writer.string(name, flexible, 'results.topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'results.topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeDescribeLogDirsResponseDescribeLogDirsPartition(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeLogDirsResponseDescribeLogDirsResult(
  reader: WireReader,
  version: number,
): DescribeLogDirsResponseDescribeLogDirsResult {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const logDir = reader.string(flexible);
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<DescribeLogDirsResponseDescribeLogDirsTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readDescribeLogDirsResponseDescribeLogDirsTopic(reader, version);
  }
  const totalBytes = version >= 4 ? reader.int64() : -1;
  const usableBytes = version >= 4 ? reader.int64() : -1;
  const isCordoned = version >= 5 ? reader.boolean() : false;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    logDir,
    topics,
    totalBytes,
    usableBytes,
    isCordoned,
    unknownTaggedFields,
  };
}

function writeDescribeLogDirsResponseDescribeLogDirsResult(
  writer: WireWriter,
  message: DescribeLogDirsResponseDescribeLogDirsResultInput,
  version: number,
): void {
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'results.errorCode');
  const logDir = message.logDir;
  writer.string(logDir, flexible, 'results.logDir');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'results.topics');
  for (let i = 0; i < topicsCount; i++) {
    writeDescribeLogDirsResponseDescribeLogDirsTopic(writer, topics[i]!, version);
  }
  if (version >= 4) {
    const totalBytes = message.totalBytes === undefined ? -1 : message.totalBytes;
    writer.int64(totalBytes, 'results.totalBytes');
  }
  if (version >= 4) {
    const usableBytes = message.usableBytes === undefined ? -1 : message.usableBytes;
    writer.int64(usableBytes, 'results.usableBytes');
  }
  if (version >= 5) {
    const isCordoned = message.isCordoned === undefined ? false : message.isCordoned;
    writer.boolean(isCordoned, 'results.isCordoned');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeLogDirsResponse(reader: WireReader, version: number): DescribeLogDirsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const errorCode = version >= 3 ? reader.int16() : 0;
  const resultsCount = reader.arrayLength(flexible, 5);
  const results = new Array<DescribeLogDirsResponseDescribeLogDirsResult>(resultsCount);
  for (let i = 0; i < resultsCount; i++) {
    results[i] = readDescribeLogDirsResponseDescribeLogDirsResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    results,
    unknownTaggedFields,
  };
}

function writeDescribeLogDirsResponse(
  writer: WireWriter,
  message: DescribeLogDirsResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  if (version >= 3) {
    const errorCode = message.errorCode === undefined ? 0 : message.errorCode;
    writer.int16(errorCode, 'errorCode');
  }
  const results = message.results;
  const resultsCount = writer.arrayLength(results, flexible, 'results');
  for (let i = 0; i < resultsCount; i++) {
    writeDescribeLogDirsResponseDescribeLogDirsResult(writer, results[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDescribeLogDirsResponse(): DescribeLogDirsResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    results: [],
    unknownTaggedFields: undefined,
  };
}
