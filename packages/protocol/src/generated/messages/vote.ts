// Generated from definitions/apis/52-vote.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Asks for a vote in the metadata quorum; pre-votes since version 2 (KIP-996).

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of Vote (API key 52), versions 0 to 2.
 * Asks for a vote in the metadata quorum; pre-votes since version 2 (KIP-996).
 */
export interface VoteRequest {
  clusterId: string | null;
  voterId: number;
  topics: VoteRequestTopicData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface VoteRequestInput {
  readonly clusterId?: string | null | undefined;
  readonly voterId?: number | undefined;
  readonly topics: readonly VoteRequestTopicDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface VoteRequestTopicData {
  topicName: string;
  partitions: VoteRequestPartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface VoteRequestTopicDataInput {
  readonly topicName: string;
  readonly partitions: readonly VoteRequestPartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface VoteRequestPartitionData {
  partitionIndex: number;
  replicaEpoch: number;
  replicaId: number;
  replicaDirectoryId: string;
  voterDirectoryId: string;
  lastOffsetEpoch: number;
  lastOffset: number;
  preVote: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface VoteRequestPartitionDataInput {
  readonly partitionIndex: number;
  readonly replicaEpoch: number;
  readonly replicaId: number;
  readonly replicaDirectoryId?: string | undefined;
  readonly voterDirectoryId?: string | undefined;
  readonly lastOffsetEpoch: number;
  readonly lastOffset: number;
  readonly preVote?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of Vote (API key 52), versions 0 to 2.
 * Asks for a vote in the metadata quorum; pre-votes since version 2 (KIP-996).
 */
export const VoteRequest: MessageCodec<VoteRequest, VoteRequestInput> = /* @__PURE__ */ defineMessage({
  name: 'VoteRequest',
  apiKey: 52,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readVoteRequest,
  write: writeVoteRequest,
  create: (partial) => ({ ...createVoteRequest(), ...partial }),
});

function readVoteRequestPartitionData(reader: WireReader, version: number): VoteRequestPartitionData {
  const partitionIndex = reader.int32();
  const replicaEpoch = reader.int32();
  const replicaId = reader.int32();
  const replicaDirectoryId = version >= 1 ? reader.uuid() : ZERO_UUID;
  const voterDirectoryId = version >= 1 ? reader.uuid() : ZERO_UUID;
  const lastOffsetEpoch = reader.int32();
  const lastOffset = reader.int64();
  const preVote = version >= 2 ? reader.boolean() : false;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    replicaEpoch,
    replicaId,
    replicaDirectoryId,
    voterDirectoryId,
    lastOffsetEpoch,
    lastOffset,
    preVote,
    unknownTaggedFields,
  };
}

function writeVoteRequestPartitionData(
  writer: WireWriter,
  message: VoteRequestPartitionDataInput,
  version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const replicaEpoch = message.replicaEpoch;
  writer.int32(replicaEpoch, 'topics.partitions.replicaEpoch');
  const replicaId = message.replicaId;
  writer.int32(replicaId, 'topics.partitions.replicaId');
  if (version >= 1) {
    const replicaDirectoryId =
      message.replicaDirectoryId === undefined ? ZERO_UUID : message.replicaDirectoryId;
    writer.uuid(replicaDirectoryId, 'topics.partitions.replicaDirectoryId');
  }
  if (version >= 1) {
    const voterDirectoryId = message.voterDirectoryId === undefined ? ZERO_UUID : message.voterDirectoryId;
    writer.uuid(voterDirectoryId, 'topics.partitions.voterDirectoryId');
  }
  const lastOffsetEpoch = message.lastOffsetEpoch;
  writer.int32(lastOffsetEpoch, 'topics.partitions.lastOffsetEpoch');
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset, 'topics.partitions.lastOffset');
  const preVote = message.preVote === undefined ? false : message.preVote;
  if (version >= 2) {
    writer.boolean(preVote, 'topics.partitions.preVote');
  } else if (preVote) {
    throw writer.notInVersion('topics.partitions.preVote');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readVoteRequestTopicData(reader: WireReader, version: number): VoteRequestTopicData {
  const topicName = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 25);
  const partitions = new Array<VoteRequestPartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readVoteRequestPartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicName,
    partitions,
    unknownTaggedFields,
  };
}

function writeVoteRequestTopicData(
  writer: WireWriter,
  message: VoteRequestTopicDataInput,
  version: number,
): void {
  const topicName = message.topicName;
  writer.string(topicName, true, 'topics.topicName');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeVoteRequestPartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readVoteRequest(reader: WireReader, version: number): VoteRequest {
  const clusterId = reader.nullableString(true);
  const voterId = version >= 1 ? reader.int32() : -1;
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<VoteRequestTopicData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readVoteRequestTopicData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    clusterId,
    voterId,
    topics,
    unknownTaggedFields,
  };
}

function writeVoteRequest(writer: WireWriter, message: VoteRequestInput, version: number): void {
  const clusterId = message.clusterId === undefined ? null : message.clusterId;
  writer.nullableString(clusterId, true, 'clusterId');
  if (version >= 1) {
    const voterId = message.voterId === undefined ? -1 : message.voterId;
    writer.int32(voterId, 'voterId');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeVoteRequestTopicData(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createVoteRequest(): VoteRequest {
  return {
    clusterId: null,
    voterId: -1,
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of Vote (API key 52), versions 0 to 2.
 * Asks for a vote in the metadata quorum; pre-votes since version 2 (KIP-996).
 */
export interface VoteResponse {
  errorCode: number;
  topics: VoteResponseTopicData[];
  nodeEndpoints: VoteResponseNodeEndpoint[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface VoteResponseInput {
  readonly errorCode: number;
  readonly topics: readonly VoteResponseTopicDataInput[];
  readonly nodeEndpoints?: readonly VoteResponseNodeEndpointInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface VoteResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface VoteResponseNodeEndpointInput {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface VoteResponseTopicData {
  topicName: string;
  partitions: VoteResponsePartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface VoteResponseTopicDataInput {
  readonly topicName: string;
  readonly partitions: readonly VoteResponsePartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface VoteResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  leaderId: number;
  leaderEpoch: number;
  voteGranted: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface VoteResponsePartitionDataInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly voteGranted: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of Vote (API key 52), versions 0 to 2.
 * Asks for a vote in the metadata quorum; pre-votes since version 2 (KIP-996).
 */
export const VoteResponse: MessageCodec<VoteResponse, VoteResponseInput> = /* @__PURE__ */ defineMessage({
  name: 'VoteResponse',
  apiKey: 52,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readVoteResponse,
  write: writeVoteResponse,
  create: (partial) => ({ ...createVoteResponse(), ...partial }),
});

function readVoteResponsePartitionData(reader: WireReader, _version: number): VoteResponsePartitionData {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const voteGranted = reader.boolean();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    errorCode,
    leaderId,
    leaderEpoch,
    voteGranted,
    unknownTaggedFields,
  };
}

function writeVoteResponsePartitionData(
  writer: WireWriter,
  message: VoteResponsePartitionDataInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  const leaderId = message.leaderId;
  writer.int32(leaderId, 'topics.partitions.leaderId');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  const voteGranted = message.voteGranted;
  writer.boolean(voteGranted, 'topics.partitions.voteGranted');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readVoteResponseTopicData(reader: WireReader, version: number): VoteResponseTopicData {
  const topicName = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 16);
  const partitions = new Array<VoteResponsePartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readVoteResponsePartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicName,
    partitions,
    unknownTaggedFields,
  };
}

function writeVoteResponseTopicData(
  writer: WireWriter,
  message: VoteResponseTopicDataInput,
  version: number,
): void {
  const topicName = message.topicName;
  writer.string(topicName, true, 'topics.topicName');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeVoteResponsePartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readVoteResponseNodeEndpoint(reader: WireReader, _version: number): VoteResponseNodeEndpoint {
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

function writeVoteResponseNodeEndpoint(
  writer: WireWriter,
  message: VoteResponseNodeEndpointInput,
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

function readVoteResponse(reader: WireReader, version: number): VoteResponse {
  const errorCode = reader.int16();
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<VoteResponseTopicData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readVoteResponseTopicData(reader, version);
  }
  let nodeEndpoints: VoteResponseNodeEndpoint[] = [];
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        if (version >= 1) {
          const nodeEndpointsCount = reader.arrayLength(true, 8);
          nodeEndpoints = new Array<VoteResponseNodeEndpoint>(nodeEndpointsCount);
          for (let i = 0; i < nodeEndpointsCount; i++) {
            nodeEndpoints[i] = readVoteResponseNodeEndpoint(reader, version);
          }
        } else {
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
        }
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    errorCode,
    topics,
    nodeEndpoints,
    unknownTaggedFields,
  };
}

function writeVoteResponse(writer: WireWriter, message: VoteResponseInput, version: number): void {
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeVoteResponseTopicData(writer, topics[i]!, version);
  }
  const nodeEndpoints = message.nodeEndpoints === undefined ? [] : message.nodeEndpoints;
  if (!(version >= 1) && nodeEndpoints.length > 0) {
    throw writer.notInVersion('nodeEndpoints');
  }
  const unknown = message.unknownTaggedFields;
  const has0 = version >= 1 && nodeEndpoints.length > 0;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    const nodeEndpointsCount = writer.arrayLength(nodeEndpoints, true, 'nodeEndpoints');
    for (let i = 0; i < nodeEndpointsCount; i++) {
      writeVoteResponseNodeEndpoint(writer, nodeEndpoints[i]!, version);
    }
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createVoteResponse(): VoteResponse {
  return {
    errorCode: 0,
    topics: [],
    nodeEndpoints: [],
    unknownTaggedFields: undefined,
  };
}
