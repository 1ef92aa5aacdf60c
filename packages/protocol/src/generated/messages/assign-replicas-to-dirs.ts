// Generated from definitions/apis/73-assign-replicas-to-dirs.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Tells the controller in which directories of a broker the replicas lie.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of AssignReplicasToDirs (API key 73), version 0.
 * Tells the controller in which directories of a broker the replicas lie.
 */
export interface AssignReplicasToDirsRequest {
  brokerId: number;
  brokerEpoch: number;
  directories: AssignReplicasToDirsRequestDirectoryData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsRequestInput {
  readonly brokerId: number;
  readonly brokerEpoch?: number | undefined;
  readonly directories: readonly AssignReplicasToDirsRequestDirectoryDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsRequestDirectoryData {
  id: string;
  topics: AssignReplicasToDirsRequestTopicData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsRequestDirectoryDataInput {
  readonly id: string;
  readonly topics: readonly AssignReplicasToDirsRequestTopicDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsRequestTopicData {
  topicId: string;
  partitions: AssignReplicasToDirsRequestPartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsRequestTopicDataInput {
  readonly topicId: string;
  readonly partitions: readonly AssignReplicasToDirsRequestPartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsRequestPartitionData {
  partitionIndex: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsRequestPartitionDataInput {
  readonly partitionIndex: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of AssignReplicasToDirs (API key 73), version 0.
 * Tells the controller in which directories of a broker the replicas lie.
 */
export const AssignReplicasToDirsRequest: MessageCodec<AssignReplicasToDirsRequest, AssignReplicasToDirsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AssignReplicasToDirsRequest',
  apiKey: 73,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAssignReplicasToDirsRequest,
  write: writeAssignReplicasToDirsRequest,
  create: (partial) => ({ ...createAssignReplicasToDirsRequest(), ...partial }),
});

function readAssignReplicasToDirsRequestPartitionData(
  reader: WireReader,
  _version: number,
): AssignReplicasToDirsRequestPartitionData {
  const partitionIndex = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    unknownTaggedFields,
  };
}

function writeAssignReplicasToDirsRequestPartitionData(
  writer: WireWriter,
  message: AssignReplicasToDirsRequestPartitionDataInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'directories.topics.partitions.partitionIndex');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAssignReplicasToDirsRequestTopicData(
  reader: WireReader,
  version: number,
): AssignReplicasToDirsRequestTopicData {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 5);
  const partitions = new Array<AssignReplicasToDirsRequestPartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readAssignReplicasToDirsRequestPartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeAssignReplicasToDirsRequestTopicData(
  writer: WireWriter,
  message: AssignReplicasToDirsRequestTopicDataInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'directories.topics.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'directories.topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeAssignReplicasToDirsRequestPartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAssignReplicasToDirsRequestDirectoryData(
  reader: WireReader,
  version: number,
): AssignReplicasToDirsRequestDirectoryData {
  const id = reader.uuid();
  const topicsCount = reader.arrayLength(true, 18);
  const topics = new Array<AssignReplicasToDirsRequestTopicData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readAssignReplicasToDirsRequestTopicData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    id,
    topics,
    unknownTaggedFields,
  };
}

function writeAssignReplicasToDirsRequestDirectoryData(
  writer: WireWriter,
  message: AssignReplicasToDirsRequestDirectoryDataInput,
  version: number,
): void {
  const id = message.id;
  writer.uuid(id, 'directories.id');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'directories.topics');
  for (let i = 0; i < topicsCount; i++) {
    writeAssignReplicasToDirsRequestTopicData(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAssignReplicasToDirsRequest(reader: WireReader, version: number): AssignReplicasToDirsRequest {
  const brokerId = reader.int32();
  const brokerEpoch = reader.int64();
  const directoriesCount = reader.arrayLength(true, 18);
  const directories = new Array<AssignReplicasToDirsRequestDirectoryData>(directoriesCount);
  for (let i = 0; i < directoriesCount; i++) {
    directories[i] = readAssignReplicasToDirsRequestDirectoryData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    brokerId,
    brokerEpoch,
    directories,
    unknownTaggedFields,
  };
}

function writeAssignReplicasToDirsRequest(
  writer: WireWriter,
  message: AssignReplicasToDirsRequestInput,
  version: number,
): void {
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  const brokerEpoch = message.brokerEpoch === undefined ? -1 : message.brokerEpoch;
  writer.int64(brokerEpoch, 'brokerEpoch');
  const directories = message.directories;
  const directoriesCount = writer.arrayLength(directories, true, 'directories');
  for (let i = 0; i < directoriesCount; i++) {
    writeAssignReplicasToDirsRequestDirectoryData(writer, directories[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAssignReplicasToDirsRequest(): AssignReplicasToDirsRequest {
  return {
    brokerId: 0,
    brokerEpoch: -1,
    directories: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of AssignReplicasToDirs (API key 73), version 0.
 * Tells the controller in which directories of a broker the replicas lie.
 */
export interface AssignReplicasToDirsResponse {
  throttleTimeMs: number;
  errorCode: number;
  directories: AssignReplicasToDirsResponseDirectoryData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly directories: readonly AssignReplicasToDirsResponseDirectoryDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsResponseDirectoryData {
  id: string;
  topics: AssignReplicasToDirsResponseTopicData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsResponseDirectoryDataInput {
  readonly id: string;
  readonly topics: readonly AssignReplicasToDirsResponseTopicDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsResponseTopicData {
  topicId: string;
  partitions: AssignReplicasToDirsResponsePartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsResponseTopicDataInput {
  readonly topicId: string;
  readonly partitions: readonly AssignReplicasToDirsResponsePartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AssignReplicasToDirsResponsePartitionDataInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of AssignReplicasToDirs (API key 73), version 0.
 * Tells the controller in which directories of a broker the replicas lie.
 */
export const AssignReplicasToDirsResponse: MessageCodec<AssignReplicasToDirsResponse, AssignReplicasToDirsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AssignReplicasToDirsResponse',
  apiKey: 73,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAssignReplicasToDirsResponse,
  write: writeAssignReplicasToDirsResponse,
  create: (partial) => ({ ...createAssignReplicasToDirsResponse(), ...partial }),
});

function readAssignReplicasToDirsResponsePartitionData(
  reader: WireReader,
  _version: number,
): AssignReplicasToDirsResponsePartitionData {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    errorCode,
    unknownTaggedFields,
  };
}

function writeAssignReplicasToDirsResponsePartitionData(
  writer: WireWriter,
  message: AssignReplicasToDirsResponsePartitionDataInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'directories.topics.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'directories.topics.partitions.errorCode');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAssignReplicasToDirsResponseTopicData(
  reader: WireReader,
  version: number,
): AssignReplicasToDirsResponseTopicData {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 7);
  const partitions = new Array<AssignReplicasToDirsResponsePartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readAssignReplicasToDirsResponsePartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeAssignReplicasToDirsResponseTopicData(
  writer: WireWriter,
  message: AssignReplicasToDirsResponseTopicDataInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'directories.topics.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'directories.topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeAssignReplicasToDirsResponsePartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAssignReplicasToDirsResponseDirectoryData(
  reader: WireReader,
  version: number,
): AssignReplicasToDirsResponseDirectoryData {
  const id = reader.uuid();
  const topicsCount = reader.arrayLength(true, 18);
  const topics = new Array<AssignReplicasToDirsResponseTopicData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readAssignReplicasToDirsResponseTopicData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    id,
    topics,
    unknownTaggedFields,
  };
}

function writeAssignReplicasToDirsResponseDirectoryData(
  writer: WireWriter,
  message: AssignReplicasToDirsResponseDirectoryDataInput,
  version: number,
): void {
  const id = message.id;
  writer.uuid(id, 'directories.id');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'directories.topics');
  for (let i = 0; i < topicsCount; i++) {
    writeAssignReplicasToDirsResponseTopicData(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAssignReplicasToDirsResponse(reader: WireReader, version: number): AssignReplicasToDirsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const directoriesCount = reader.arrayLength(true, 18);
  const directories = new Array<AssignReplicasToDirsResponseDirectoryData>(directoriesCount);
  for (let i = 0; i < directoriesCount; i++) {
    directories[i] = readAssignReplicasToDirsResponseDirectoryData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    directories,
    unknownTaggedFields,
  };
}

function writeAssignReplicasToDirsResponse(
  writer: WireWriter,
  message: AssignReplicasToDirsResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const directories = message.directories;
  const directoriesCount = writer.arrayLength(directories, true, 'directories');
  for (let i = 0; i < directoriesCount; i++) {
    writeAssignReplicasToDirsResponseDirectoryData(writer, directories[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAssignReplicasToDirsResponse(): AssignReplicasToDirsResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    directories: [],
    unknownTaggedFields: undefined,
  };
}
