// Generated from definitions/apis/55-describe-quorum.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Describes the metadata quorum.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DescribeQuorum (API key 55), versions 0 to 2.
 * Describes the metadata quorum.
 */
export interface DescribeQuorumRequest {
  topics: DescribeQuorumRequestTopicData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumRequestInput {
  readonly topics: readonly DescribeQuorumRequestTopicDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumRequestTopicData {
  topicName: string;
  partitions: DescribeQuorumRequestPartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumRequestTopicDataInput {
  readonly topicName: string;
  readonly partitions: readonly DescribeQuorumRequestPartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumRequestPartitionData {
  partitionIndex: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumRequestPartitionDataInput {
  readonly partitionIndex: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DescribeQuorum (API key 55), versions 0 to 2.
 * Describes the metadata quorum.
 */
export const DescribeQuorumRequest: MessageCodec<DescribeQuorumRequest, DescribeQuorumRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeQuorumRequest',
  apiKey: 55,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeQuorumRequest,
  write: writeDescribeQuorumRequest,
  create: (partial) => ({ ...createDescribeQuorumRequest(), ...partial }),
});

function readDescribeQuorumRequestPartitionData(
  reader: WireReader,
  _version: number,
): DescribeQuorumRequestPartitionData {
  const partitionIndex = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    unknownTaggedFields,
  };
}

function writeDescribeQuorumRequestPartitionData(
  writer: WireWriter,
  message: DescribeQuorumRequestPartitionDataInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeQuorumRequestTopicData(
  reader: WireReader,
  version: number,
): DescribeQuorumRequestTopicData {
  const topicName = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 5);
  const partitions = new Array<DescribeQuorumRequestPartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readDescribeQuorumRequestPartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicName,
    partitions,
    unknownTaggedFields,
  };
}

function writeDescribeQuorumRequestTopicData(
  writer: WireWriter,
  message: DescribeQuorumRequestTopicDataInput,
  version: number,
): void {
  const topicName = message.topicName;
  writer.string(topicName, true, 'topics.topicName');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeDescribeQuorumRequestPartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeQuorumRequest(reader: WireReader, version: number): DescribeQuorumRequest {
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<DescribeQuorumRequestTopicData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readDescribeQuorumRequestTopicData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topics,
    unknownTaggedFields,
  };
}

function writeDescribeQuorumRequest(
  writer: WireWriter,
  message: DescribeQuorumRequestInput,
  version: number,
): void {
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeDescribeQuorumRequestTopicData(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeQuorumRequest(): DescribeQuorumRequest {
  return {
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DescribeQuorum (API key 55), versions 0 to 2.
 * Describes the metadata quorum.
 */
export interface DescribeQuorumResponse {
  errorCode: number;
  errorMessage: string | null;
  topics: DescribeQuorumResponseTopicData[];
  nodes: DescribeQuorumResponseNode[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumResponseInput {
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly topics: readonly DescribeQuorumResponseTopicDataInput[];
  readonly nodes?: readonly DescribeQuorumResponseNodeInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumResponseNode {
  nodeId: number;
  listeners: DescribeQuorumResponseListener[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumResponseNodeInput {
  readonly nodeId: number;
  readonly listeners: readonly DescribeQuorumResponseListenerInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumResponseListener {
  name: string;
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumResponseListenerInput {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumResponseTopicData {
  topicName: string;
  partitions: DescribeQuorumResponsePartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumResponseTopicDataInput {
  readonly topicName: string;
  readonly partitions: readonly DescribeQuorumResponsePartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  leaderId: number;
  leaderEpoch: number;
  highWatermark: number;
  currentVoters: DescribeQuorumResponseReplicaState[];
  observers: DescribeQuorumResponseReplicaState[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumResponsePartitionDataInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly highWatermark: number;
  readonly currentVoters: readonly DescribeQuorumResponseReplicaStateInput[];
  readonly observers: readonly DescribeQuorumResponseReplicaStateInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumResponseReplicaState {
  replicaId: number;
  replicaDirectoryId: string;
  logEndOffset: number;
  lastFetchTimestamp: number;
  lastCaughtUpTimestamp: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeQuorumResponseReplicaStateInput {
  readonly replicaId: number;
  readonly replicaDirectoryId?: string | undefined;
  readonly logEndOffset: number;
  readonly lastFetchTimestamp?: number | undefined;
  readonly lastCaughtUpTimestamp?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DescribeQuorum (API key 55), versions 0 to 2.
 * Describes the metadata quorum.
 */
export const DescribeQuorumResponse: MessageCodec<DescribeQuorumResponse, DescribeQuorumResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeQuorumResponse',
  apiKey: 55,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeQuorumResponse,
  write: writeDescribeQuorumResponse,
  create: (partial) => ({ ...createDescribeQuorumResponse(), ...partial }),
});

function readDescribeQuorumResponseReplicaState(
  reader: WireReader,
  version: number,
): DescribeQuorumResponseReplicaState {
  const replicaId = reader.int32();
  const replicaDirectoryId = version >= 2 ? reader.uuid() : ZERO_UUID;
  const logEndOffset = reader.int64();
  const lastFetchTimestamp = version >= 1 ? reader.int64() : -1;
  const lastCaughtUpTimestamp = version >= 1 ? reader.int64() : -1;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    replicaId,
    replicaDirectoryId,
    logEndOffset,
    lastFetchTimestamp,
    lastCaughtUpTimestamp,
    unknownTaggedFields,
  };
}

function writeDescribeQuorumResponseReplicaState(
  writer: WireWriter,
  message: DescribeQuorumResponseReplicaStateInput,
  version: number,
): void {
  const replicaId = message.replicaId;
  writer.int32(replicaId, 'ReplicaState.replicaId');
  const replicaDirectoryId =
    message.replicaDirectoryId === undefined ? ZERO_UUID : message.replicaDirectoryId;
  if (version >= 2) {
    writer.uuid(replicaDirectoryId, 'ReplicaState.replicaDirectoryId');
  } else if (replicaDirectoryId !== ZERO_UUID) {
    throw writer.notInVersion('ReplicaState.replicaDirectoryId');
  }
  const logEndOffset = message.logEndOffset;
  writer.int64(logEndOffset, 'ReplicaState.logEndOffset');
  if (version >= 1) {
    const lastFetchTimestamp = message.lastFetchTimestamp === undefined ? -1 : message.lastFetchTimestamp;
    writer.int64(lastFetchTimestamp, 'ReplicaState.lastFetchTimestamp');
  }
  if (version >= 1) {
    const lastCaughtUpTimestamp =
      message.lastCaughtUpTimestamp === undefined ? -1 : message.lastCaughtUpTimestamp;
    writer.int64(lastCaughtUpTimestamp, 'ReplicaState.lastCaughtUpTimestamp');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeQuorumResponsePartitionData(
  reader: WireReader,
  version: number,
): DescribeQuorumResponsePartitionData {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = version >= 2 ? reader.nullableString(true) : '';
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const highWatermark = reader.int64();
  const currentVotersCount = reader.arrayLength(true, 13);
  const currentVoters = new Array<DescribeQuorumResponseReplicaState>(currentVotersCount);
  for (let i = 0; i < currentVotersCount; i++) {
    currentVoters[i] = readDescribeQuorumResponseReplicaState(reader, version);
  }
  const observersCount = reader.arrayLength(true, 13);
  const observers = new Array<DescribeQuorumResponseReplicaState>(observersCount);
  for (let i = 0; i < observersCount; i++) {
    observers[i] = readDescribeQuorumResponseReplicaState(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    errorCode,
    errorMessage,
    leaderId,
    leaderEpoch,
    highWatermark,
    currentVoters,
    observers,
    unknownTaggedFields,
  };
}

function writeDescribeQuorumResponsePartitionData(
  writer: WireWriter,
  message: DescribeQuorumResponsePartitionDataInput,
  version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  if (version >= 2) {
    const errorMessage = message.errorMessage === undefined ? '' : message.errorMessage;
    writer.nullableString(errorMessage, true, 'topics.partitions.errorMessage');
  }
  const leaderId = message.leaderId;
  writer.int32(leaderId, 'topics.partitions.leaderId');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  const highWatermark = message.highWatermark;
  writer.int64(highWatermark, 'topics.partitions.highWatermark');
  const currentVoters = message.currentVoters;
  const currentVotersCount = writer.arrayLength(currentVoters, true, 'topics.partitions.currentVoters');
  for (let i = 0; i < currentVotersCount; i++) {
    writeDescribeQuorumResponseReplicaState(writer, currentVoters[i]!, version);
  }
  const observers = message.observers;
  const observersCount = writer.arrayLength(observers, true, 'topics.partitions.observers');
  for (let i = 0; i < observersCount; i++) {
    writeDescribeQuorumResponseReplicaState(writer, observers[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeQuorumResponseTopicData(
  reader: WireReader,
  version: number,
): DescribeQuorumResponseTopicData {
  const topicName = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 25);
  const partitions = new Array<DescribeQuorumResponsePartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readDescribeQuorumResponsePartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicName,
    partitions,
    unknownTaggedFields,
  };
}

function writeDescribeQuorumResponseTopicData(
  writer: WireWriter,
  message: DescribeQuorumResponseTopicDataInput,
  version: number,
): void {
  const topicName = message.topicName;
  writer.string(topicName, true, 'topics.topicName');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeDescribeQuorumResponsePartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeQuorumResponseListener(
  reader: WireReader,
  _version: number,
): DescribeQuorumResponseListener {
  const name = reader.string(true);
  const host = reader.string(true);
  const port = reader.uint16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    host,
    port,
    unknownTaggedFields,
  };
}

function writeDescribeQuorumResponseListener(
  writer: WireWriter,
  message: DescribeQuorumResponseListenerInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'nodes.listeners.name');
  const host = message.host;
  writer.string(host, true, 'nodes.listeners.host');
  const port = message.port;
  writer.uint16(port, 'nodes.listeners.port');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeQuorumResponseNode(reader: WireReader, version: number): DescribeQuorumResponseNode {
  const nodeId = reader.int32();
  const listenersCount = reader.arrayLength(true, 5);
  const listeners = new Array<DescribeQuorumResponseListener>(listenersCount);
  for (let i = 0; i < listenersCount; i++) {
    listeners[i] = readDescribeQuorumResponseListener(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    nodeId,
    listeners,
    unknownTaggedFields,
  };
}

function writeDescribeQuorumResponseNode(
  writer: WireWriter,
  message: DescribeQuorumResponseNodeInput,
  version: number,
): void {
  const nodeId = message.nodeId;
  writer.int32(nodeId, 'nodes.nodeId');
  const listeners = message.listeners;
  const listenersCount = writer.arrayLength(listeners, true, 'nodes.listeners');
  for (let i = 0; i < listenersCount; i++) {
    writeDescribeQuorumResponseListener(writer, listeners[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeQuorumResponse(reader: WireReader, version: number): DescribeQuorumResponse {
  const errorCode = reader.int16();
  const errorMessage = version >= 2 ? reader.nullableString(true) : '';
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<DescribeQuorumResponseTopicData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readDescribeQuorumResponseTopicData(reader, version);
  }
  let nodes: DescribeQuorumResponseNode[] = [];
  if (version >= 2) {
    const nodesCount = reader.arrayLength(true, 6);
    nodes = new Array<DescribeQuorumResponseNode>(nodesCount);
    for (let i = 0; i < nodesCount; i++) {
      nodes[i] = readDescribeQuorumResponseNode(reader, version);
    }
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    errorCode,
    errorMessage,
    topics,
    nodes,
    unknownTaggedFields,
  };
}

function writeDescribeQuorumResponse(
  writer: WireWriter,
  message: DescribeQuorumResponseInput,
  version: number,
): void {
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  if (version >= 2) {
    const errorMessage = message.errorMessage === undefined ? '' : message.errorMessage;
    writer.nullableString(errorMessage, true, 'errorMessage');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeDescribeQuorumResponseTopicData(writer, topics[i]!, version);
  }
  const nodes = message.nodes === undefined ? [] : message.nodes;
  if (version >= 2) {
    const nodesCount = writer.arrayLength(nodes, true, 'nodes');
    for (let i = 0; i < nodesCount; i++) {
      writeDescribeQuorumResponseNode(writer, nodes[i]!, version);
    }
  } else if (nodes.length > 0) {
    throw writer.notInVersion('nodes');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeQuorumResponse(): DescribeQuorumResponse {
  return {
    errorCode: 0,
    errorMessage: '',
    topics: [],
    nodes: [],
    unknownTaggedFields: undefined,
  };
}
