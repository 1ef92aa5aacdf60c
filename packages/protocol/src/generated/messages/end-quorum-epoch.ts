// Generated from definitions/apis/54-end-quorum-epoch.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Announces that a leader resigns.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of EndQuorumEpoch (API key 54), versions 0 to 1.
 * Announces that a leader resigns.
 */
export interface EndQuorumEpochRequest {
  clusterId: string | null;
  topics: EndQuorumEpochRequestTopicData[];
  leaderEndpoints: EndQuorumEpochRequestLeaderEndpoint[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochRequestInput {
  readonly clusterId?: string | null | undefined;
  readonly topics: readonly EndQuorumEpochRequestTopicDataInput[];
  readonly leaderEndpoints?: readonly EndQuorumEpochRequestLeaderEndpointInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochRequestLeaderEndpoint {
  name: string;
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochRequestLeaderEndpointInput {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochRequestTopicData {
  topicName: string;
  partitions: EndQuorumEpochRequestPartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochRequestTopicDataInput {
  readonly topicName: string;
  readonly partitions: readonly EndQuorumEpochRequestPartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochRequestPartitionData {
  partitionIndex: number;
  leaderId: number;
  leaderEpoch: number;
  preferredSuccessors: number[];
  preferredCandidates: EndQuorumEpochRequestReplicaInfo[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochRequestPartitionDataInput {
  readonly partitionIndex: number;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly preferredSuccessors?: readonly number[] | undefined;
  readonly preferredCandidates?: readonly EndQuorumEpochRequestReplicaInfoInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochRequestReplicaInfo {
  candidateId: number;
  candidateDirectoryId: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochRequestReplicaInfoInput {
  readonly candidateId: number;
  readonly candidateDirectoryId: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of EndQuorumEpoch (API key 54), versions 0 to 1.
 * Announces that a leader resigns.
 */
export const EndQuorumEpochRequest: MessageCodec<EndQuorumEpochRequest, EndQuorumEpochRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'EndQuorumEpochRequest',
  apiKey: 54,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readEndQuorumEpochRequest,
  write: writeEndQuorumEpochRequest,
  create: (partial) => ({ ...createEndQuorumEpochRequest(), ...partial }),
});

function readEndQuorumEpochRequestReplicaInfo(
  reader: WireReader,
  _version: number,
): EndQuorumEpochRequestReplicaInfo {
  const candidateId = reader.int32();
  const candidateDirectoryId = reader.uuid();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    candidateId,
    candidateDirectoryId,
    unknownTaggedFields,
  };
}

function writeEndQuorumEpochRequestReplicaInfo(
  writer: WireWriter,
  message: EndQuorumEpochRequestReplicaInfoInput,
  _version: number,
): void {
  const candidateId = message.candidateId;
  writer.int32(candidateId, 'topics.partitions.preferredCandidates.candidateId');
  const candidateDirectoryId = message.candidateDirectoryId;
  writer.uuid(candidateDirectoryId, 'topics.partitions.preferredCandidates.candidateDirectoryId');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readEndQuorumEpochRequestPartitionData(
  reader: WireReader,
  version: number,
): EndQuorumEpochRequestPartitionData {
  const flexible = version >= 1;
  const partitionIndex = reader.int32();
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  let preferredSuccessors: number[] = [];
  if (version <= 0) {
    const preferredSuccessorsCount = reader.arrayLength(flexible, 4);
    preferredSuccessors = reader.int32Elements(preferredSuccessorsCount);
  }
  let preferredCandidates: EndQuorumEpochRequestReplicaInfo[] = [];
  if (version >= 1) {
    const preferredCandidatesCount = reader.arrayLength(flexible, 21);
    preferredCandidates = new Array<EndQuorumEpochRequestReplicaInfo>(preferredCandidatesCount);
    for (let i = 0; i < preferredCandidatesCount; i++) {
      preferredCandidates[i] = readEndQuorumEpochRequestReplicaInfo(reader, version);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    leaderId,
    leaderEpoch,
    preferredSuccessors,
    preferredCandidates,
    unknownTaggedFields,
  };
}

function writeEndQuorumEpochRequestPartitionData(
  writer: WireWriter,
  message: EndQuorumEpochRequestPartitionDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const leaderId = message.leaderId;
  writer.int32(leaderId, 'topics.partitions.leaderId');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  if (version <= 0) {
    const preferredSuccessors = message.preferredSuccessors === undefined ? [] : message.preferredSuccessors;
    const preferredSuccessorsCount =
      writer.arrayLength(preferredSuccessors, flexible, 'topics.partitions.preferredSuccessors');
    for (let i = 0; i < preferredSuccessorsCount; i++) {
      writer.int32(preferredSuccessors[i]!, 'topics.partitions.preferredSuccessors');
    }
  }
  if (version >= 1) {
    const preferredCandidates = message.preferredCandidates === undefined ? [] : message.preferredCandidates;
    const preferredCandidatesCount =
      writer.arrayLength(preferredCandidates, flexible, 'topics.partitions.preferredCandidates');
    for (let i = 0; i < preferredCandidatesCount; i++) {
      writeEndQuorumEpochRequestReplicaInfo(writer, preferredCandidates[i]!, version);
    }
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readEndQuorumEpochRequestTopicData(
  reader: WireReader,
  version: number,
): EndQuorumEpochRequestTopicData {
  const flexible = version >= 1;
  const topicName = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 14);
  const partitions = new Array<EndQuorumEpochRequestPartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readEndQuorumEpochRequestPartitionData(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topicName,
    partitions,
    unknownTaggedFields,
  };
}

function writeEndQuorumEpochRequestTopicData(
  writer: WireWriter,
  message: EndQuorumEpochRequestTopicDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const topicName = message.topicName;
  writer.string(topicName, flexible, 'topics.topicName');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeEndQuorumEpochRequestPartitionData(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readEndQuorumEpochRequestLeaderEndpoint(
  reader: WireReader,
  _version: number,
): EndQuorumEpochRequestLeaderEndpoint {
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

function writeEndQuorumEpochRequestLeaderEndpoint(
  writer: WireWriter,
  message: EndQuorumEpochRequestLeaderEndpointInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'leaderEndpoints.name');
  const host = message.host;
  writer.string(host, true, 'leaderEndpoints.host');
  const port = message.port;
  writer.uint16(port, 'leaderEndpoints.port');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readEndQuorumEpochRequest(reader: WireReader, version: number): EndQuorumEpochRequest {
  const flexible = version >= 1;
  const clusterId = reader.nullableString(flexible);
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<EndQuorumEpochRequestTopicData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readEndQuorumEpochRequestTopicData(reader, version);
  }
  let leaderEndpoints: EndQuorumEpochRequestLeaderEndpoint[] = [];
  if (version >= 1) {
    const leaderEndpointsCount = reader.arrayLength(flexible, 5);
    leaderEndpoints = new Array<EndQuorumEpochRequestLeaderEndpoint>(leaderEndpointsCount);
    for (let i = 0; i < leaderEndpointsCount; i++) {
      leaderEndpoints[i] = readEndQuorumEpochRequestLeaderEndpoint(reader, version);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    clusterId,
    topics,
    leaderEndpoints,
    unknownTaggedFields,
  };
}

function writeEndQuorumEpochRequest(
  writer: WireWriter,
  message: EndQuorumEpochRequestInput,
  version: number,
): void {
  const flexible = version >= 1;
  const clusterId = message.clusterId === undefined ? null : message.clusterId;
  writer.nullableString(clusterId, flexible, 'clusterId');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeEndQuorumEpochRequestTopicData(writer, topics[i]!, version);
  }
  if (version >= 1) {
    const leaderEndpoints = message.leaderEndpoints === undefined ? [] : message.leaderEndpoints;
    const leaderEndpointsCount = writer.arrayLength(leaderEndpoints, flexible, 'leaderEndpoints');
    for (let i = 0; i < leaderEndpointsCount; i++) {
      writeEndQuorumEpochRequestLeaderEndpoint(writer, leaderEndpoints[i]!, version);
    }
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createEndQuorumEpochRequest(): EndQuorumEpochRequest {
  return {
    clusterId: null,
    topics: [],
    leaderEndpoints: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of EndQuorumEpoch (API key 54), versions 0 to 1.
 * Announces that a leader resigns.
 */
export interface EndQuorumEpochResponse {
  errorCode: number;
  topics: EndQuorumEpochResponseTopicData[];
  nodeEndpoints: EndQuorumEpochResponseNodeEndpoint[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochResponseInput {
  readonly errorCode: number;
  readonly topics: readonly EndQuorumEpochResponseTopicDataInput[];
  readonly nodeEndpoints?: readonly EndQuorumEpochResponseNodeEndpointInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochResponseNodeEndpointInput {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochResponseTopicData {
  topicName: string;
  partitions: EndQuorumEpochResponsePartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochResponseTopicDataInput {
  readonly topicName: string;
  readonly partitions: readonly EndQuorumEpochResponsePartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  leaderId: number;
  leaderEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EndQuorumEpochResponsePartitionDataInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of EndQuorumEpoch (API key 54), versions 0 to 1.
 * Announces that a leader resigns.
 */
export const EndQuorumEpochResponse: MessageCodec<EndQuorumEpochResponse, EndQuorumEpochResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'EndQuorumEpochResponse',
  apiKey: 54,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readEndQuorumEpochResponse,
  write: writeEndQuorumEpochResponse,
  create: (partial) => ({ ...createEndQuorumEpochResponse(), ...partial }),
});

function readEndQuorumEpochResponsePartitionData(
  reader: WireReader,
  version: number,
): EndQuorumEpochResponsePartitionData {
  const flexible = version >= 1;
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    errorCode,
    leaderId,
    leaderEpoch,
    unknownTaggedFields,
  };
}

function writeEndQuorumEpochResponsePartitionData(
  writer: WireWriter,
  message: EndQuorumEpochResponsePartitionDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  const leaderId = message.leaderId;
  writer.int32(leaderId, 'topics.partitions.leaderId');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readEndQuorumEpochResponseTopicData(
  reader: WireReader,
  version: number,
): EndQuorumEpochResponseTopicData {
  const flexible = version >= 1;
  const topicName = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 14);
  const partitions = new Array<EndQuorumEpochResponsePartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readEndQuorumEpochResponsePartitionData(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topicName,
    partitions,
    unknownTaggedFields,
  };
}

function writeEndQuorumEpochResponseTopicData(
  writer: WireWriter,
  message: EndQuorumEpochResponseTopicDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const topicName = message.topicName;
  writer.string(topicName, flexible, 'topics.topicName');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeEndQuorumEpochResponsePartitionData(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readEndQuorumEpochResponseNodeEndpoint(
  reader: WireReader,
  _version: number,
): EndQuorumEpochResponseNodeEndpoint {
  const nodeId = reader.int32();
  const host = reader.string(true);
  const port = reader.uint16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    nodeId,
    host,
    port,
    unknownTaggedFields,
  };
}

function writeEndQuorumEpochResponseNodeEndpoint(
  writer: WireWriter,
  message: EndQuorumEpochResponseNodeEndpointInput,
  _version: number,
): void {
  const nodeId = message.nodeId;
  writer.int32(nodeId, 'nodeEndpoints.nodeId');
  const host = message.host;
  writer.string(host, true, 'nodeEndpoints.host');
  const port = message.port;
  writer.uint16(port, 'nodeEndpoints.port');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readEndQuorumEpochResponse(reader: WireReader, version: number): EndQuorumEpochResponse {
  const flexible = version >= 1;
  const errorCode = reader.int16();
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<EndQuorumEpochResponseTopicData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readEndQuorumEpochResponseTopicData(reader, version);
  }
  let nodeEndpoints: EndQuorumEpochResponseNodeEndpoint[] = [];
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  if (flexible) {
    for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
      const tag = reader.nextTag(previous);
      const size = reader.tagSize();
      const end = reader.position + size;
      switch (tag) {
        case 0: {
          const nodeEndpointsCount = reader.arrayLength(true, 8);
          nodeEndpoints = new Array<EndQuorumEpochResponseNodeEndpoint>(nodeEndpointsCount);
          for (let i = 0; i < nodeEndpointsCount; i++) {
            nodeEndpoints[i] = readEndQuorumEpochResponseNodeEndpoint(reader, version);
          }
          break;
        }
        default:
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
      }
      reader.endTag(tag, end);
      previous = tag;
    }
  }
  return {
    errorCode,
    topics,
    nodeEndpoints,
    unknownTaggedFields,
  };
}

function writeEndQuorumEpochResponse(
  writer: WireWriter,
  message: EndQuorumEpochResponseInput,
  version: number,
): void {
  const flexible = version >= 1;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeEndQuorumEpochResponseTopicData(writer, topics[i]!, version);
  }
  const nodeEndpoints = message.nodeEndpoints === undefined ? [] : message.nodeEndpoints;
  if (!(version >= 1) && nodeEndpoints.length > 0) {
    throw writer.notInVersion('nodeEndpoints');
  }
  if (flexible) {
    const unknown = message.unknownTaggedFields;
    const has0 = nodeEndpoints.length > 0;
    let tagCount = unknown === undefined ? 0 : unknown.length;
    if (has0) tagCount++;
    writer.unsignedVarint(tagCount);
    let next = 0;
    if (has0) {
      next = writer.unknownTagsBelow(unknown, next, 0);
      const mark = writer.beginTag(0);
      const nodeEndpointsCount = writer.arrayLength(nodeEndpoints, true, 'nodeEndpoints');
      for (let i = 0; i < nodeEndpointsCount; i++) {
        writeEndQuorumEpochResponseNodeEndpoint(writer, nodeEndpoints[i]!, version);
      }
      writer.endTag(mark);
    }
    writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
  }
}

function createEndQuorumEpochResponse(): EndQuorumEpochResponse {
  return {
    errorCode: 0,
    topics: [],
    nodeEndpoints: [],
    unknownTaggedFields: undefined,
  };
}
