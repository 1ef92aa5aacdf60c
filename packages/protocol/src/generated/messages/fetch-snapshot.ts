// Generated from definitions/apis/59-fetch-snapshot.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Reads a snapshot of the metadata log.

import type { Buffer } from 'node:buffer';

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of FetchSnapshot (API key 59), versions 0 to 1.
 * Reads a snapshot of the metadata log.
 */
export interface FetchSnapshotRequest {
  clusterId: string | null;
  replicaId: number;
  maxBytes: number;
  topics: FetchSnapshotRequestTopicSnapshot[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotRequestInput {
  readonly clusterId?: string | null | undefined;
  readonly replicaId?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly topics: readonly FetchSnapshotRequestTopicSnapshotInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotRequestTopicSnapshot {
  name: string;
  partitions: FetchSnapshotRequestPartitionSnapshot[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotRequestTopicSnapshotInput {
  readonly name: string;
  readonly partitions: readonly FetchSnapshotRequestPartitionSnapshotInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotRequestPartitionSnapshot {
  partition: number;
  currentLeaderEpoch: number;
  snapshotId: FetchSnapshotRequestSnapshotId;
  position: number;
  replicaDirectoryId: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotRequestPartitionSnapshotInput {
  readonly partition: number;
  readonly currentLeaderEpoch: number;
  readonly snapshotId: FetchSnapshotRequestSnapshotIdInput;
  readonly position: number;
  readonly replicaDirectoryId?: string | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotRequestSnapshotId {
  endOffset: number;
  epoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotRequestSnapshotIdInput {
  readonly endOffset: number;
  readonly epoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of FetchSnapshot (API key 59), versions 0 to 1.
 * Reads a snapshot of the metadata log.
 */
export const FetchSnapshotRequest: MessageCodec<FetchSnapshotRequest, FetchSnapshotRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'FetchSnapshotRequest',
  apiKey: 59,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readFetchSnapshotRequest,
  write: writeFetchSnapshotRequest,
  create: (partial) => ({ ...createFetchSnapshotRequest(), ...partial }),
});

function readFetchSnapshotRequestSnapshotId(
  reader: WireReader,
  _version: number,
): FetchSnapshotRequestSnapshotId {
  const endOffset = reader.int64();
  const epoch = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    endOffset,
    epoch,
    unknownTaggedFields,
  };
}

function writeFetchSnapshotRequestSnapshotId(
  writer: WireWriter,
  message: FetchSnapshotRequestSnapshotIdInput,
  _version: number,
): void {
  const endOffset = message.endOffset;
  writer.int64(endOffset, 'topics.partitions.snapshotId.endOffset');
  const epoch = message.epoch;
  writer.int32(epoch, 'topics.partitions.snapshotId.epoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readFetchSnapshotRequestPartitionSnapshot(
  reader: WireReader,
  version: number,
): FetchSnapshotRequestPartitionSnapshot {
  const partition = reader.int32();
  const currentLeaderEpoch = reader.int32();
  const snapshotId = readFetchSnapshotRequestSnapshotId(reader, version);
  const position = reader.int64();
  let replicaDirectoryId: string = ZERO_UUID;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        if (version >= 1) {
          replicaDirectoryId = reader.uuid();
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
    partition,
    currentLeaderEpoch,
    snapshotId,
    position,
    replicaDirectoryId,
    unknownTaggedFields,
  };
}

function writeFetchSnapshotRequestPartitionSnapshot(
  writer: WireWriter,
  message: FetchSnapshotRequestPartitionSnapshotInput,
  version: number,
): void {
  const partition = message.partition;
  writer.int32(partition, 'topics.partitions.partition');
  const currentLeaderEpoch = message.currentLeaderEpoch;
  writer.int32(currentLeaderEpoch, 'topics.partitions.currentLeaderEpoch');
  const snapshotId = message.snapshotId;
  writeFetchSnapshotRequestSnapshotId(writer, snapshotId, version);
  const position = message.position;
  writer.int64(position, 'topics.partitions.position');
  const replicaDirectoryId =
    message.replicaDirectoryId === undefined ? ZERO_UUID : message.replicaDirectoryId;
  const unknown = message.unknownTaggedFields;
  const has0 = version >= 1 && replicaDirectoryId !== ZERO_UUID;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.uuid(replicaDirectoryId, 'topics.partitions.replicaDirectoryId');
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function readFetchSnapshotRequestTopicSnapshot(
  reader: WireReader,
  version: number,
): FetchSnapshotRequestTopicSnapshot {
  const name = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 30);
  const partitions = new Array<FetchSnapshotRequestPartitionSnapshot>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readFetchSnapshotRequestPartitionSnapshot(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeFetchSnapshotRequestTopicSnapshot(
  writer: WireWriter,
  message: FetchSnapshotRequestTopicSnapshotInput,
  version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeFetchSnapshotRequestPartitionSnapshot(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readFetchSnapshotRequest(reader: WireReader, version: number): FetchSnapshotRequest {
  let clusterId: string | null = null;
  const replicaId = reader.int32();
  const maxBytes = reader.int32();
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<FetchSnapshotRequestTopicSnapshot>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readFetchSnapshotRequestTopicSnapshot(reader, version);
  }
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        clusterId = reader.nullableString(true);
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    clusterId,
    replicaId,
    maxBytes,
    topics,
    unknownTaggedFields,
  };
}

function writeFetchSnapshotRequest(
  writer: WireWriter,
  message: FetchSnapshotRequestInput,
  version: number,
): void {
  const clusterId = message.clusterId === undefined ? null : message.clusterId;
  const replicaId = message.replicaId === undefined ? -1 : message.replicaId;
  writer.int32(replicaId, 'replicaId');
  const maxBytes = message.maxBytes === undefined ? 2147483647 : message.maxBytes;
  writer.int32(maxBytes, 'maxBytes');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeFetchSnapshotRequestTopicSnapshot(writer, topics[i]!, version);
  }
  const unknown = message.unknownTaggedFields;
  const has0 = clusterId !== null;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.nullableString(clusterId, true, 'clusterId');
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createFetchSnapshotRequest(): FetchSnapshotRequest {
  return {
    clusterId: null,
    replicaId: -1,
    maxBytes: 2147483647,
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of FetchSnapshot (API key 59), versions 0 to 1.
 * Reads a snapshot of the metadata log.
 */
export interface FetchSnapshotResponse {
  throttleTimeMs: number;
  errorCode: number;
  topics: FetchSnapshotResponseTopicSnapshot[];
  nodeEndpoints: FetchSnapshotResponseNodeEndpoint[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly errorCode: number;
  readonly topics: readonly FetchSnapshotResponseTopicSnapshotInput[];
  readonly nodeEndpoints?: readonly FetchSnapshotResponseNodeEndpointInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotResponseNodeEndpointInput {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotResponseTopicSnapshot {
  name: string;
  partitions: FetchSnapshotResponsePartitionSnapshot[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotResponseTopicSnapshotInput {
  readonly name: string;
  readonly partitions: readonly FetchSnapshotResponsePartitionSnapshotInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotResponsePartitionSnapshot {
  index: number;
  errorCode: number;
  snapshotId: FetchSnapshotResponseSnapshotId;
  currentLeader: FetchSnapshotResponseLeaderIdAndEpoch;
  size: number;
  position: number;
  unalignedRecords: Buffer;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotResponsePartitionSnapshotInput {
  readonly index: number;
  readonly errorCode: number;
  readonly snapshotId: FetchSnapshotResponseSnapshotIdInput;
  readonly currentLeader?: FetchSnapshotResponseLeaderIdAndEpochInput | undefined;
  readonly size: number;
  readonly position: number;
  readonly unalignedRecords: Uint8Array | readonly Uint8Array[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotResponseLeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotResponseLeaderIdAndEpochInput {
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotResponseSnapshotId {
  endOffset: number;
  epoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchSnapshotResponseSnapshotIdInput {
  readonly endOffset: number;
  readonly epoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of FetchSnapshot (API key 59), versions 0 to 1.
 * Reads a snapshot of the metadata log.
 */
export const FetchSnapshotResponse: MessageCodec<FetchSnapshotResponse, FetchSnapshotResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'FetchSnapshotResponse',
  apiKey: 59,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readFetchSnapshotResponse,
  write: writeFetchSnapshotResponse,
  create: (partial) => ({ ...createFetchSnapshotResponse(), ...partial }),
});

function readFetchSnapshotResponseSnapshotId(
  reader: WireReader,
  _version: number,
): FetchSnapshotResponseSnapshotId {
  const endOffset = reader.int64();
  const epoch = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    endOffset,
    epoch,
    unknownTaggedFields,
  };
}

function writeFetchSnapshotResponseSnapshotId(
  writer: WireWriter,
  message: FetchSnapshotResponseSnapshotIdInput,
  _version: number,
): void {
  const endOffset = message.endOffset;
  writer.int64(endOffset, 'topics.partitions.snapshotId.endOffset');
  const epoch = message.epoch;
  writer.int32(epoch, 'topics.partitions.snapshotId.epoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readFetchSnapshotResponseLeaderIdAndEpoch(
  reader: WireReader,
  _version: number,
): FetchSnapshotResponseLeaderIdAndEpoch {
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    leaderId,
    leaderEpoch,
    unknownTaggedFields,
  };
}

function writeFetchSnapshotResponseLeaderIdAndEpoch(
  writer: WireWriter,
  message: FetchSnapshotResponseLeaderIdAndEpochInput,
  _version: number,
): void {
  const leaderId = message.leaderId;
  writer.int32(leaderId, 'topics.partitions.currentLeader.leaderId');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.currentLeader.leaderEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createFetchSnapshotResponseLeaderIdAndEpoch(): FetchSnapshotResponseLeaderIdAndEpoch {
  return {
    leaderId: 0,
    leaderEpoch: 0,
    unknownTaggedFields: undefined,
  };
}

function hasValueFetchSnapshotResponseLeaderIdAndEpoch(message: FetchSnapshotResponseLeaderIdAndEpochInput): boolean {
  return (
    message.leaderId !== 0 ||
    message.leaderEpoch !== 0 ||
    (message.unknownTaggedFields !== undefined && message.unknownTaggedFields.length > 0)
  );
}

function readFetchSnapshotResponsePartitionSnapshot(
  reader: WireReader,
  version: number,
): FetchSnapshotResponsePartitionSnapshot {
  const index = reader.int32();
  const errorCode = reader.int16();
  const snapshotId = readFetchSnapshotResponseSnapshotId(reader, version);
  let currentLeader: FetchSnapshotResponseLeaderIdAndEpoch = createFetchSnapshotResponseLeaderIdAndEpoch();
  const size = reader.int64();
  const position = reader.int64();
  const unalignedRecords = reader.bytes(true);
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        currentLeader = readFetchSnapshotResponseLeaderIdAndEpoch(reader, version);
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    index,
    errorCode,
    snapshotId,
    currentLeader,
    size,
    position,
    unalignedRecords,
    unknownTaggedFields,
  };
}

function writeFetchSnapshotResponsePartitionSnapshot(
  writer: WireWriter,
  message: FetchSnapshotResponsePartitionSnapshotInput,
  version: number,
): void {
  const index = message.index;
  writer.int32(index, 'topics.partitions.index');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  const snapshotId = message.snapshotId;
  writeFetchSnapshotResponseSnapshotId(writer, snapshotId, version);
  const currentLeader =
    message.currentLeader === undefined ? createFetchSnapshotResponseLeaderIdAndEpoch() : message.currentLeader;
  const size = message.size;
  writer.int64(size, 'topics.partitions.size');
  const position = message.position;
  writer.int64(position, 'topics.partitions.position');
  const unalignedRecords = message.unalignedRecords;
  writer.records(unalignedRecords, true, 'topics.partitions.unalignedRecords');
  const unknown = message.unknownTaggedFields;
  const has0 = hasValueFetchSnapshotResponseLeaderIdAndEpoch(currentLeader);
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writeFetchSnapshotResponseLeaderIdAndEpoch(writer, currentLeader, version);
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function readFetchSnapshotResponseTopicSnapshot(
  reader: WireReader,
  version: number,
): FetchSnapshotResponseTopicSnapshot {
  const name = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 37);
  const partitions = new Array<FetchSnapshotResponsePartitionSnapshot>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readFetchSnapshotResponsePartitionSnapshot(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeFetchSnapshotResponseTopicSnapshot(
  writer: WireWriter,
  message: FetchSnapshotResponseTopicSnapshotInput,
  version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeFetchSnapshotResponsePartitionSnapshot(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readFetchSnapshotResponseNodeEndpoint(
  reader: WireReader,
  _version: number,
): FetchSnapshotResponseNodeEndpoint {
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

function writeFetchSnapshotResponseNodeEndpoint(
  writer: WireWriter,
  message: FetchSnapshotResponseNodeEndpointInput,
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

function readFetchSnapshotResponse(reader: WireReader, version: number): FetchSnapshotResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<FetchSnapshotResponseTopicSnapshot>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readFetchSnapshotResponseTopicSnapshot(reader, version);
  }
  let nodeEndpoints: FetchSnapshotResponseNodeEndpoint[] = [];
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        if (version >= 1) {
          const nodeEndpointsCount = reader.arrayLength(true, 8);
          nodeEndpoints = new Array<FetchSnapshotResponseNodeEndpoint>(nodeEndpointsCount);
          for (let i = 0; i < nodeEndpointsCount; i++) {
            nodeEndpoints[i] = readFetchSnapshotResponseNodeEndpoint(reader, version);
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
    throttleTimeMs,
    errorCode,
    topics,
    nodeEndpoints,
    unknownTaggedFields,
  };
}

function writeFetchSnapshotResponse(
  writer: WireWriter,
  message: FetchSnapshotResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeFetchSnapshotResponseTopicSnapshot(writer, topics[i]!, version);
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
      writeFetchSnapshotResponseNodeEndpoint(writer, nodeEndpoints[i]!, version);
    }
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createFetchSnapshotResponse(): FetchSnapshotResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    topics: [],
    nodeEndpoints: [],
    unknownTaggedFields: undefined,
  };
}
