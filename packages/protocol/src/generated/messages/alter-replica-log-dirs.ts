// Generated from definitions/apis/34-alter-replica-log-dirs.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Moves replicas between the log directories of a broker.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of AlterReplicaLogDirs (API key 34), versions 1 to 2.
 * Moves replicas between the log directories of a broker.
 */
export interface AlterReplicaLogDirsRequest {
  dirs: AlterReplicaLogDirsRequestAlterReplicaLogDir[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterReplicaLogDirsRequestInput {
  readonly dirs: readonly AlterReplicaLogDirsRequestAlterReplicaLogDirInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDir {
  path: string;
  topics: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirInput {
  readonly path: string;
  readonly topics: readonly AlterReplicaLogDirsRequestAlterReplicaLogDirTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  name: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirTopicInput {
  readonly name: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of AlterReplicaLogDirs (API key 34), versions 1 to 2.
 * Moves replicas between the log directories of a broker.
 */
export const AlterReplicaLogDirsRequest: MessageCodec<AlterReplicaLogDirsRequest, AlterReplicaLogDirsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterReplicaLogDirsRequest',
  apiKey: 34,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readAlterReplicaLogDirsRequest,
  write: writeAlterReplicaLogDirsRequest,
  create: (partial) => ({ ...createAlterReplicaLogDirsRequest(), ...partial }),
});

function readAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(
  reader: WireReader,
  version: number,
): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  const flexible = version >= 2;
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

function writeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(
  writer: WireWriter,
  message: AlterReplicaLogDirsRequestAlterReplicaLogDirTopicInput,
  version: number,
): void {
  const flexible = version >= 2;
  const name = message.name;
  writer.string(name, flexible, 'dirs.topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'dirs.topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'dirs.topics.partitions');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readAlterReplicaLogDirsRequestAlterReplicaLogDir(
  reader: WireReader,
  version: number,
): AlterReplicaLogDirsRequestAlterReplicaLogDir {
  const flexible = version >= 2;
  const path = reader.string(flexible);
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<AlterReplicaLogDirsRequestAlterReplicaLogDirTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    path,
    topics,
    unknownTaggedFields,
  };
}

function writeAlterReplicaLogDirsRequestAlterReplicaLogDir(
  writer: WireWriter,
  message: AlterReplicaLogDirsRequestAlterReplicaLogDirInput,
  version: number,
): void {
  const flexible = version >= 2;
  const path = message.path;
  writer.string(path, flexible, 'dirs.path');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'dirs.topics');
  for (let i = 0; i < topicsCount; i++) {
    writeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(writer, topics[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readAlterReplicaLogDirsRequest(reader: WireReader, version: number): AlterReplicaLogDirsRequest {
  const flexible = version >= 2;
  const dirsCount = reader.arrayLength(flexible, 3);
  const dirs = new Array<AlterReplicaLogDirsRequestAlterReplicaLogDir>(dirsCount);
  for (let i = 0; i < dirsCount; i++) {
    dirs[i] = readAlterReplicaLogDirsRequestAlterReplicaLogDir(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    dirs,
    unknownTaggedFields,
  };
}

function writeAlterReplicaLogDirsRequest(
  writer: WireWriter,
  message: AlterReplicaLogDirsRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const dirs = message.dirs;
  const dirsCount = writer.arrayLength(dirs, flexible, 'dirs');
  for (let i = 0; i < dirsCount; i++) {
    writeAlterReplicaLogDirsRequestAlterReplicaLogDir(writer, dirs[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createAlterReplicaLogDirsRequest(): AlterReplicaLogDirsRequest {
  return {
    dirs: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of AlterReplicaLogDirs (API key 34), versions 1 to 2.
 * Moves replicas between the log directories of a broker.
 */
export interface AlterReplicaLogDirsResponse {
  throttleTimeMs: number;
  results: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterReplicaLogDirsResponseInput {
  readonly throttleTimeMs: number;
  readonly results: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  topicName: string;
  partitions: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultInput {
  readonly topicName: string;
  readonly partitions: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  partitionIndex: number;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of AlterReplicaLogDirs (API key 34), versions 1 to 2.
 * Moves replicas between the log directories of a broker.
 */
export const AlterReplicaLogDirsResponse: MessageCodec<AlterReplicaLogDirsResponse, AlterReplicaLogDirsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterReplicaLogDirsResponse',
  apiKey: 34,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readAlterReplicaLogDirsResponse,
  write: writeAlterReplicaLogDirsResponse,
  create: (partial) => ({ ...createAlterReplicaLogDirsResponse(), ...partial }),
});

function readAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(
  reader: WireReader,
  version: number,
): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  const flexible = version >= 2;
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    errorCode,
    unknownTaggedFields,
  };
}

function writeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(
  writer: WireWriter,
  message: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultInput,
  version: number,
): void {
  const flexible = version >= 2;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'results.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'results.partitions.errorCode');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(
  reader: WireReader,
  version: number,
): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  const flexible = version >= 2;
  const topicName = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 6);
  const partitions = new Array<AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topicName,
    partitions,
    unknownTaggedFields,
  };
}

function writeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(
  writer: WireWriter,
  message: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultInput,
  version: number,
): void {
  const flexible = version >= 2;
  const topicName = message.topicName;
  writer.string(topicName, flexible, 'results.topicName');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'results.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readAlterReplicaLogDirsResponse(reader: WireReader, version: number): AlterReplicaLogDirsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const resultsCount = reader.arrayLength(flexible, 3);
  const results = new Array<AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult>(resultsCount);
  for (let i = 0; i < resultsCount; i++) {
    results[i] = readAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    results,
    unknownTaggedFields,
  };
}

function writeAlterReplicaLogDirsResponse(
  writer: WireWriter,
  message: AlterReplicaLogDirsResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const results = message.results;
  const resultsCount = writer.arrayLength(results, flexible, 'results');
  for (let i = 0; i < resultsCount; i++) {
    writeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(writer, results[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createAlterReplicaLogDirsResponse(): AlterReplicaLogDirsResponse {
  return {
    throttleTimeMs: 0,
    results: [],
    unknownTaggedFields: undefined,
  };
}
