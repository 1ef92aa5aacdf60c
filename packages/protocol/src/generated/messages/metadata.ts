// Generated from definitions/apis/03-metadata.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Describes brokers, topics and partition leaders; may create topics on the way.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of Metadata (API key 3), versions 0 to 13.
 * Describes brokers, topics and partition leaders; may create topics on the way.
 */
export interface MetadataRequest {
  topics: MetadataRequestTopic[] | null;
  allowAutoTopicCreation: boolean;
  includeClusterAuthorizedOperations: boolean;
  includeTopicAuthorizedOperations: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface MetadataRequestInput {
  readonly topics: readonly MetadataRequestTopicInput[] | null;
  readonly allowAutoTopicCreation?: boolean | undefined;
  readonly includeClusterAuthorizedOperations?: boolean | undefined;
  readonly includeTopicAuthorizedOperations?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface MetadataRequestTopic {
  topicId: string;
  name: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface MetadataRequestTopicInput {
  readonly topicId?: string | undefined;
  readonly name: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of Metadata (API key 3), versions 0 to 13.
 * Describes brokers, topics and partition leaders; may create topics on the way.
 */
export const MetadataRequest: MessageCodec<MetadataRequest, MetadataRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'MetadataRequest',
  apiKey: 3,
  minVersion: 0,
  maxVersion: 13,
  flexibleFrom: 9,
  latestVersionUnstable: false,
  read: readMetadataRequest,
  write: writeMetadataRequest,
  create: (partial) => ({ ...createMetadataRequest(), ...partial }),
});

function readMetadataRequestTopic(reader: WireReader, version: number): MetadataRequestTopic {
  const flexible = version >= 9;
  const topicId = version >= 10 ? reader.uuid() : ZERO_UUID;
  const name = (version >= 10 ? reader.nullableString(flexible) : reader.string(flexible));
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topicId,
    name,
    unknownTaggedFields,
  };
}

function writeMetadataRequestTopic(
  writer: WireWriter,
  message: MetadataRequestTopicInput,
  version: number,
): void {
  const flexible = version >= 9;
  if (version >= 10) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'topics.topicId');
  }
  const name = message.name;
  if (name === null && !(version >= 10)) {
    throw writer.nullNotAllowed('topics.name');
  }
  writer.nullableString(name, flexible, 'topics.name');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readMetadataRequest(reader: WireReader, version: number): MetadataRequest {
  const flexible = version >= 9;
  const topicsCount =
    version >= 1 ? reader.nullableArrayLength(flexible, 2) : reader.arrayLength(flexible, 2);
  let topics: MetadataRequestTopic[] | null = null;
  if (topicsCount >= 0) {
    topics = new Array<MetadataRequestTopic>(topicsCount);
    for (let i = 0; i < topicsCount; i++) {
      topics[i] = readMetadataRequestTopic(reader, version);
    }
  }
  const allowAutoTopicCreation = version >= 4 ? reader.boolean() : true;
  const includeClusterAuthorizedOperations = version >= 8 && version <= 10 ? reader.boolean() : false;
  const includeTopicAuthorizedOperations = version >= 8 ? reader.boolean() : false;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topics,
    allowAutoTopicCreation,
    includeClusterAuthorizedOperations,
    includeTopicAuthorizedOperations,
    unknownTaggedFields,
  };
}

function writeMetadataRequest(writer: WireWriter, message: MetadataRequestInput, version: number): void {
  const flexible = version >= 9;
  const topics = message.topics;
  if (topics === null) {
    if (!(version >= 1)) throw writer.nullNotAllowed('topics');
    writer.nullArray(flexible);
  } else {
    const topicsCount = writer.arrayLength(topics, flexible, 'topics');
    for (let i = 0; i < topicsCount; i++) {
      writeMetadataRequestTopic(writer, topics[i]!, version);
    }
  }
  const allowAutoTopicCreation =
    message.allowAutoTopicCreation === undefined ? true : message.allowAutoTopicCreation;
  if (version >= 4) {
    writer.boolean(allowAutoTopicCreation, 'allowAutoTopicCreation');
  } else if (!allowAutoTopicCreation) {
    throw writer.notInVersion('allowAutoTopicCreation');
  }
  const includeClusterAuthorizedOperations =
    message.includeClusterAuthorizedOperations === undefined ? false : message.includeClusterAuthorizedOperations;
  if (version >= 8 && version <= 10) {
    writer.boolean(includeClusterAuthorizedOperations, 'includeClusterAuthorizedOperations');
  } else if (includeClusterAuthorizedOperations) {
    throw writer.notInVersion('includeClusterAuthorizedOperations');
  }
  const includeTopicAuthorizedOperations =
    message.includeTopicAuthorizedOperations === undefined ? false : message.includeTopicAuthorizedOperations;
  if (version >= 8) {
    writer.boolean(includeTopicAuthorizedOperations, 'includeTopicAuthorizedOperations');
  } else if (includeTopicAuthorizedOperations) {
    throw writer.notInVersion('includeTopicAuthorizedOperations');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createMetadataRequest(): MetadataRequest {
  return {
    topics: [],
    allowAutoTopicCreation: true,
    includeClusterAuthorizedOperations: false,
    includeTopicAuthorizedOperations: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of Metadata (API key 3), versions 0 to 13.
 * Describes brokers, topics and partition leaders; may create topics on the way.
 */
export interface MetadataResponse {
  throttleTimeMs: number;
  brokers: MetadataResponseBroker[];
  clusterId: string | null;
  controllerId: number;
  topics: MetadataResponseTopic[];
  clusterAuthorizedOperations: number;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface MetadataResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly brokers: readonly MetadataResponseBrokerInput[];
  readonly clusterId?: string | null | undefined;
  readonly controllerId?: number | undefined;
  readonly topics: readonly MetadataResponseTopicInput[];
  readonly clusterAuthorizedOperations?: number | undefined;
  readonly errorCode?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface MetadataResponseTopic {
  errorCode: number;
  name: string | null;
  topicId: string;
  isInternal: boolean;
  partitions: MetadataResponsePartition[];
  topicAuthorizedOperations: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface MetadataResponseTopicInput {
  readonly errorCode: number;
  readonly name: string | null;
  readonly topicId?: string | undefined;
  readonly isInternal?: boolean | undefined;
  readonly partitions: readonly MetadataResponsePartitionInput[];
  readonly topicAuthorizedOperations?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface MetadataResponsePartition {
  errorCode: number;
  partitionIndex: number;
  leaderId: number;
  leaderEpoch: number;
  replicaNodes: number[];
  isrNodes: number[];
  offlineReplicas: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface MetadataResponsePartitionInput {
  readonly errorCode: number;
  readonly partitionIndex: number;
  readonly leaderId: number;
  readonly leaderEpoch?: number | undefined;
  readonly replicaNodes: readonly number[];
  readonly isrNodes: readonly number[];
  readonly offlineReplicas?: readonly number[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface MetadataResponseBroker {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface MetadataResponseBrokerInput {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of Metadata (API key 3), versions 0 to 13.
 * Describes brokers, topics and partition leaders; may create topics on the way.
 */
export const MetadataResponse: MessageCodec<MetadataResponse, MetadataResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'MetadataResponse',
  apiKey: 3,
  minVersion: 0,
  maxVersion: 13,
  flexibleFrom: 9,
  latestVersionUnstable: false,
  read: readMetadataResponse,
  write: writeMetadataResponse,
  create: (partial) => ({ ...createMetadataResponse(), ...partial }),
});

function readMetadataResponseBroker(reader: WireReader, version: number): MetadataResponseBroker {
  const flexible = version >= 9;
  const nodeId = reader.int32();
  const host = reader.string(flexible);
  const port = reader.int32();
  const rack = version >= 1 ? reader.nullableString(flexible) : null;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    nodeId,
    host,
    port,
    rack,
    unknownTaggedFields,
  };
}

function writeMetadataResponseBroker(
  writer: WireWriter,
  message: MetadataResponseBrokerInput,
  version: number,
): void {
  const flexible = version >= 9;
  const nodeId = message.nodeId;
  writer.int32(nodeId, 'brokers.nodeId');
  const host = message.host;
  writer.string(host, flexible, 'brokers.host');
  const port = message.port;
  writer.int32(port, 'brokers.port');
  if (version >= 1) {
    const rack = message.rack === undefined ? null : message.rack;
    writer.nullableString(rack, flexible, 'brokers.rack');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readMetadataResponsePartition(reader: WireReader, version: number): MetadataResponsePartition {
  const flexible = version >= 9;
  const errorCode = reader.int16();
  const partitionIndex = reader.int32();
  const leaderId = reader.int32();
  const leaderEpoch = version >= 7 ? reader.int32() : -1;
  const replicaNodesCount = reader.arrayLength(flexible, 4);
  const replicaNodes = reader.int32Elements(replicaNodesCount);
  const isrNodesCount = reader.arrayLength(flexible, 4);
  const isrNodes = reader.int32Elements(isrNodesCount);
  let offlineReplicas: number[] = [];
  if (version >= 5) {
    const offlineReplicasCount = reader.arrayLength(flexible, 4);
    offlineReplicas = reader.int32Elements(offlineReplicasCount);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    partitionIndex,
    leaderId,
    leaderEpoch,
    replicaNodes,
    isrNodes,
    offlineReplicas,
    unknownTaggedFields,
  };
}

function writeMetadataResponsePartition(
  writer: WireWriter,
  message: MetadataResponsePartitionInput,
  version: number,
): void {
  const flexible = version >= 9;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const leaderId = message.leaderId;
  writer.int32(leaderId, 'topics.partitions.leaderId');
  if (version >= 7) {
    const leaderEpoch = message.leaderEpoch === undefined ? -1 : message.leaderEpoch;
    writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  }
  const replicaNodes = message.replicaNodes;
  const replicaNodesCount = writer.arrayLength(replicaNodes, flexible, 'topics.partitions.replicaNodes');
  for (let i = 0; i < replicaNodesCount; i++) {
    writer.int32(replicaNodes[i]!, 'topics.partitions.replicaNodes');
  }
  const isrNodes = message.isrNodes;
  const isrNodesCount = writer.arrayLength(isrNodes, flexible, 'topics.partitions.isrNodes');
  for (let i = 0; i < isrNodesCount; i++) {
    writer.int32(isrNodes[i]!, 'topics.partitions.isrNodes');
  }
  if (version >= 5) {
    const offlineReplicas = message.offlineReplicas === undefined ? [] : message.offlineReplicas;
    const offlineReplicasCount =
      writer.arrayLength(offlineReplicas, flexible, 'topics.partitions.offlineReplicas');
    for (let i = 0; i < offlineReplicasCount; i++) {
      writer.int32(offlineReplicas[i]!, 'topics.partitions.offlineReplicas');
    }
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readMetadataResponseTopic(reader: WireReader, version: number): MetadataResponseTopic {
  const flexible = version >= 9;
  const errorCode = reader.int16();
  const name = (version >= 12 ? reader.nullableString(flexible) : reader.string(flexible));
  const topicId = version >= 10 ? reader.uuid() : ZERO_UUID;
  const isInternal = version >= 1 ? reader.boolean() : false;
  const partitionsCount = reader.arrayLength(flexible, 18);
  const partitions = new Array<MetadataResponsePartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readMetadataResponsePartition(reader, version);
  }
  const topicAuthorizedOperations = version >= 8 ? reader.int32() : -2147483648;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    name,
    topicId,
    isInternal,
    partitions,
    topicAuthorizedOperations,
    unknownTaggedFields,
  };
}

function writeMetadataResponseTopic(
  writer: WireWriter,
  message: MetadataResponseTopicInput,
  version: number,
): void {
  const flexible = version >= 9;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.errorCode');
  const name = message.name;
  if (name === null && !(version >= 12)) {
    throw writer.nullNotAllowed('topics.name');
  }
  writer.nullableString(name, flexible, 'topics.name');
  if (version >= 10) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'topics.topicId');
  }
  if (version >= 1) {
    const isInternal = message.isInternal === undefined ? false : message.isInternal;
    writer.boolean(isInternal, 'topics.isInternal');
  }
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeMetadataResponsePartition(writer, partitions[i]!, version);
  }
  const topicAuthorizedOperations =
    message.topicAuthorizedOperations === undefined ? -2147483648 : message.topicAuthorizedOperations;
  if (version >= 8) {
    writer.int32(topicAuthorizedOperations, 'topics.topicAuthorizedOperations');
  } else if (topicAuthorizedOperations !== -2147483648) {
    throw writer.notInVersion('topics.topicAuthorizedOperations');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readMetadataResponse(reader: WireReader, version: number): MetadataResponse {
  const flexible = version >= 9;
  const throttleTimeMs = version >= 3 ? reader.int32() : 0;
  const brokersCount = reader.arrayLength(flexible, 10);
  const brokers = new Array<MetadataResponseBroker>(brokersCount);
  for (let i = 0; i < brokersCount; i++) {
    brokers[i] = readMetadataResponseBroker(reader, version);
  }
  const clusterId = version >= 2 ? reader.nullableString(flexible) : null;
  const controllerId = version >= 1 ? reader.int32() : -1;
  const topicsCount = reader.arrayLength(flexible, 8);
  const topics = new Array<MetadataResponseTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readMetadataResponseTopic(reader, version);
  }
  const clusterAuthorizedOperations = version >= 8 && version <= 10 ? reader.int32() : -2147483648;
  const errorCode = version >= 13 ? reader.int16() : 0;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    brokers,
    clusterId,
    controllerId,
    topics,
    clusterAuthorizedOperations,
    errorCode,
    unknownTaggedFields,
  };
}

function writeMetadataResponse(writer: WireWriter, message: MetadataResponseInput, version: number): void {
  const flexible = version >= 9;
  if (version >= 3) {
    const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
    writer.int32(throttleTimeMs, 'throttleTimeMs');
  }
  const brokers = message.brokers;
  const brokersCount = writer.arrayLength(brokers, flexible, 'brokers');
  for (let i = 0; i < brokersCount; i++) {
    writeMetadataResponseBroker(writer, brokers[i]!, version);
  }
  if (version >= 2) {
    const clusterId = message.clusterId === undefined ? null : message.clusterId;
    writer.nullableString(clusterId, flexible, 'clusterId');
  }
  if (version >= 1) {
    const controllerId = message.controllerId === undefined ? -1 : message.controllerId;
    writer.int32(controllerId, 'controllerId');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeMetadataResponseTopic(writer, topics[i]!, version);
  }
  const clusterAuthorizedOperations =
    message.clusterAuthorizedOperations === undefined ? -2147483648 : message.clusterAuthorizedOperations;
  if (version >= 8 && version <= 10) {
    writer.int32(clusterAuthorizedOperations, 'clusterAuthorizedOperations');
  } else if (clusterAuthorizedOperations !== -2147483648) {
    throw writer.notInVersion('clusterAuthorizedOperations');
  }
  if (version >= 13) {
    const errorCode = message.errorCode === undefined ? 0 : message.errorCode;
    writer.int16(errorCode, 'errorCode');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createMetadataResponse(): MetadataResponse {
  return {
    throttleTimeMs: 0,
    brokers: [],
    clusterId: null,
    controllerId: -1,
    topics: [],
    clusterAuthorizedOperations: -2147483648,
    errorCode: 0,
    unknownTaggedFields: undefined,
  };
}
