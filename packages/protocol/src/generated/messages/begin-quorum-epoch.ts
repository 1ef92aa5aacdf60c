// Generated from definitions/apis/53-begin-quorum-epoch.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Announces the leader of a new epoch to the quorum.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of BeginQuorumEpoch (API key 53), versions 0 to 1.
 * Announces the leader of a new epoch to the quorum.
 */
export interface BeginQuorumEpochRequest {
  clusterId: string | null;
  voterId: number;
  topics: BeginQuorumEpochRequestTopicData[];
  leaderEndpoints: BeginQuorumEpochRequestLeaderEndpoint[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochRequestInput {
  readonly clusterId?: string | null | undefined;
  readonly voterId?: number | undefined;
  readonly topics: readonly BeginQuorumEpochRequestTopicDataInput[];
  readonly leaderEndpoints?: readonly BeginQuorumEpochRequestLeaderEndpointInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochRequestLeaderEndpoint {
  name: string;
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochRequestLeaderEndpointInput {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochRequestTopicData {
  topicName: string;
  partitions: BeginQuorumEpochRequestPartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochRequestTopicDataInput {
  readonly topicName: string;
  readonly partitions: readonly BeginQuorumEpochRequestPartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochRequestPartitionData {
  partitionIndex: number;
  voterDirectoryId: string;
  leaderId: number;
  leaderEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochRequestPartitionDataInput {
  readonly partitionIndex: number;
  readonly voterDirectoryId?: string | undefined;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of BeginQuorumEpoch (API key 53), versions 0 to 1.
 * Announces the leader of a new epoch to the quorum.
 */
export const BeginQuorumEpochRequest: MessageCodec<BeginQuorumEpochRequest, BeginQuorumEpochRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'BeginQuorumEpochRequest',
  apiKey: 53,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readBeginQuorumEpochRequest,
  write: writeBeginQuorumEpochRequest,
  create: (partial) => ({ ...createBeginQuorumEpochRequest(), ...partial }),
});

function readBeginQuorumEpochRequestPartitionData(
  reader: WireReader,
  version: number,
): BeginQuorumEpochRequestPartitionData {
  const flexible = version >= 1;
  const partitionIndex = reader.int32();
  const voterDirectoryId = version >= 1 ? reader.uuid() : ZERO_UUID;
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    voterDirectoryId,
    leaderId,
    leaderEpoch,
    unknownTaggedFields,
  };
}

function writeBeginQuorumEpochRequestPartitionData(
  writer: WireWriter,
  message: BeginQuorumEpochRequestPartitionDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  if (version >= 1) {
    const voterDirectoryId = message.voterDirectoryId === undefined ? ZERO_UUID : message.voterDirectoryId;
    writer.uuid(voterDirectoryId, 'topics.partitions.voterDirectoryId');
  }
  const leaderId = message.leaderId;
  writer.int32(leaderId, 'topics.partitions.leaderId');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readBeginQuorumEpochRequestTopicData(
  reader: WireReader,
  version: number,
): BeginQuorumEpochRequestTopicData {
  const flexible = version >= 1;
  const topicName = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 12);
  const partitions = new Array<BeginQuorumEpochRequestPartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readBeginQuorumEpochRequestPartitionData(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topicName,
    partitions,
    unknownTaggedFields,
  };
}

function writeBeginQuorumEpochRequestTopicData(
  writer: WireWriter,
  message: BeginQuorumEpochRequestTopicDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const topicName = message.topicName;
  writer.string(topicName, flexible, 'topics.topicName');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeBeginQuorumEpochRequestPartitionData(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readBeginQuorumEpochRequestLeaderEndpoint(
  reader: WireReader,
  _version: number,
): BeginQuorumEpochRequestLeaderEndpoint {
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

function writeBeginQuorumEpochRequestLeaderEndpoint(
  writer: WireWriter,
  message: BeginQuorumEpochRequestLeaderEndpointInput,
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

function readBeginQuorumEpochRequest(reader: WireReader, version: number): BeginQuorumEpochRequest {
  const flexible = version >= 1;
  const clusterId = reader.nullableString(flexible);
  const voterId = version >= 1 ? reader.int32() : -1;
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<BeginQuorumEpochRequestTopicData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readBeginQuorumEpochRequestTopicData(reader, version);
  }
  let leaderEndpoints: BeginQuorumEpochRequestLeaderEndpoint[] = [];
  if (version >= 1) {
    const leaderEndpointsCount = reader.arrayLength(flexible, 5);
    leaderEndpoints = new Array<BeginQuorumEpochRequestLeaderEndpoint>(leaderEndpointsCount);
    for (let i = 0; i < leaderEndpointsCount; i++) {
      leaderEndpoints[i] = readBeginQuorumEpochRequestLeaderEndpoint(reader, version);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    clusterId,
    voterId,
    topics,
    leaderEndpoints,
    unknownTaggedFields,
  };
}

function writeBeginQuorumEpochRequest(
  writer: WireWriter,
  message: BeginQuorumEpochRequestInput,
  version: number,
): void {
  const flexible = version >= 1;
  const clusterId = message.clusterId === undefined ? null : message.clusterId;
  writer.nullableString(clusterId, flexible, 'clusterId');
  if (version >= 1) {
    const voterId = message.voterId === undefined ? -1 : message.voterId;
    writer.int32(voterId, 'voterId');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeBeginQuorumEpochRequestTopicData(writer, topics[i]!, version);
  }
  if (version >= 1) {
    const leaderEndpoints = message.leaderEndpoints === undefined ? [] : message.leaderEndpoints;
    const leaderEndpointsCount = writer.arrayLength(leaderEndpoints, flexible, 'leaderEndpoints');
    for (let i = 0; i < leaderEndpointsCount; i++) {
      writeBeginQuorumEpochRequestLeaderEndpoint(writer, leaderEndpoints[i]!, version);
    }
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createBeginQuorumEpochRequest(): BeginQuorumEpochRequest {
  return {
    clusterId: null,
    voterId: -1,
    topics: [],
    leaderEndpoints: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of BeginQuorumEpoch (API key 53), versions 0 to 1.
 * Announces the leader of a new epoch to the quorum.
 */
export interface BeginQuorumEpochResponse {
  errorCode: number;
  topics: BeginQuorumEpochResponseTopicData[];
  nodeEndpoints: BeginQuorumEpochResponseNodeEndpoint[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochResponseInput {
  readonly errorCode: number;
  readonly topics: readonly BeginQuorumEpochResponseTopicDataInput[];
  readonly nodeEndpoints?: readonly BeginQuorumEpochResponseNodeEndpointInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochResponseNodeEndpointInput {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochResponseTopicData {
  topicName: string;
  partitions: BeginQuorumEpochResponsePartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochResponseTopicDataInput {
  readonly topicName: string;
  readonly partitions: readonly BeginQuorumEpochResponsePartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  leaderId: number;
  leaderEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BeginQuorumEpochResponsePartitionDataInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of BeginQuorumEpoch (API key 53), versions 0 to 1.
 * Announces the leader of a new epoch to the quorum.
 */
export const BeginQuorumEpochResponse: MessageCodec<BeginQuorumEpochResponse, BeginQuorumEpochResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'BeginQuorumEpochResponse',
  apiKey: 53,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readBeginQuorumEpochResponse,
  write: writeBeginQuorumEpochResponse,
  create: (partial) => ({ ...createBeginQuorumEpochResponse(), ...partial }),
});

function readBeginQuorumEpochResponsePartitionData(
  reader: WireReader,
  version: number,
): BeginQuorumEpochResponsePartitionData {
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

function writeBeginQuorumEpochResponsePartitionData(
  writer: WireWriter,
  message: BeginQuorumEpochResponsePartitionDataInput,
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

function readBeginQuorumEpochResponseTopicData(
  reader: WireReader,
  version: number,
): BeginQuorumEpochResponseTopicData {
  const flexible = version >= 1;
  const topicName = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 14);
  const partitions = new Array<BeginQuorumEpochResponsePartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readBeginQuorumEpochResponsePartitionData(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topicName,
    partitions,
    unknownTaggedFields,
  };
}

function writeBeginQuorumEpochResponseTopicData(
  writer: WireWriter,
  message: BeginQuorumEpochResponseTopicDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const topicName = message.topicName;
  writer.string(topicName, flexible, 'topics.topicName');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeBeginQuorumEpochResponsePartitionData(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readBeginQuorumEpochResponseNodeEndpoint(
  reader: WireReader,
  _version: number,
): BeginQuorumEpochResponseNodeEndpoint {
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

function writeBeginQuorumEpochResponseNodeEndpoint(
  writer: WireWriter,
  message: BeginQuorumEpochResponseNodeEndpointInput,
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

function readBeginQuorumEpochResponse(reader: WireReader, version: number): BeginQuorumEpochResponse {
  const flexible = version >= 1;
  const errorCode = reader.int16();
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<BeginQuorumEpochResponseTopicData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readBeginQuorumEpochResponseTopicData(reader, version);
  }
  let nodeEndpoints: BeginQuorumEpochResponseNodeEndpoint[] = [];
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  if (flexible) {
    for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
      const tag = reader.nextTag(previous);
      const size = reader.tagSize();
      const end = reader.position + size;
      switch (tag) {
        case 0: {
          const nodeEndpointsCount = reader.arrayLength(true, 8);
          nodeEndpoints = new Array<BeginQuorumEpochResponseNodeEndpoint>(nodeEndpointsCount);
          for (let i = 0; i < nodeEndpointsCount; i++) {
            nodeEndpoints[i] = readBeginQuorumEpochResponseNodeEndpoint(reader, version);
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

function writeBeginQuorumEpochResponse(
  writer: WireWriter,
  message: BeginQuorumEpochResponseInput,
  version: number,
): void {
  const flexible = version >= 1;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeBeginQuorumEpochResponseTopicData(writer, topics[i]!, version);
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
        writeBeginQuorumEpochResponseNodeEndpoint(writer, nodeEndpoints[i]!, version);
      }
      writer.endTag(mark);
    }
    writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
  }
}

function createBeginQuorumEpochResponse(): BeginQuorumEpochResponse {
  return {
    errorCode: 0,
    topics: [],
    nodeEndpoints: [],
    unknownTaggedFields: undefined,
  };
}
