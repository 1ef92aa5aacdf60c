// Generated from definitions/apis/01-fetch.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Reads record batches, with incremental sessions (KIP-227). Topics go by id since version 13.

import type { Buffer } from 'node:buffer';

import { LONG_MAX } from '../../wire/limits.ts';
import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of Fetch (API key 1), versions 4 to 18.
 * Reads record batches, with incremental sessions (KIP-227). Topics go by id since version 13.
 */
export interface FetchRequest {
  clusterId: string | null;
  replicaId: number;
  replicaState: FetchRequestReplicaState;
  maxWaitMs: number;
  minBytes: number;
  maxBytes: number;
  isolationLevel: number;
  sessionId: number;
  sessionEpoch: number;
  topics: FetchRequestFetchTopic[];
  forgottenTopicsData: FetchRequestForgottenTopic[];
  rackId: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchRequestInput {
  readonly clusterId?: string | null | undefined;
  readonly replicaId?: number | undefined;
  readonly replicaState?: FetchRequestReplicaStateInput | undefined;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes?: number | undefined;
  readonly isolationLevel?: number | undefined;
  readonly sessionId?: number | undefined;
  readonly sessionEpoch?: number | undefined;
  readonly topics: readonly FetchRequestFetchTopicInput[];
  readonly forgottenTopicsData?: readonly FetchRequestForgottenTopicInput[] | undefined;
  readonly rackId?: string | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchRequestForgottenTopic {
  topic: string;
  topicId: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchRequestForgottenTopicInput {
  readonly topic?: string | undefined;
  readonly topicId?: string | undefined;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchRequestFetchTopic {
  topic: string;
  topicId: string;
  partitions: FetchRequestFetchPartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchRequestFetchTopicInput {
  readonly topic?: string | undefined;
  readonly topicId?: string | undefined;
  readonly partitions: readonly FetchRequestFetchPartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchRequestFetchPartition {
  partition: number;
  currentLeaderEpoch: number;
  fetchOffset: number;
  lastFetchedEpoch: number;
  logStartOffset: number;
  partitionMaxBytes: number;
  replicaDirectoryId: string;
  highWatermark: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchRequestFetchPartitionInput {
  readonly partition: number;
  readonly currentLeaderEpoch?: number | undefined;
  readonly fetchOffset: number;
  readonly lastFetchedEpoch?: number | undefined;
  readonly logStartOffset?: number | undefined;
  readonly partitionMaxBytes: number;
  readonly replicaDirectoryId?: string | undefined;
  readonly highWatermark?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchRequestReplicaState {
  replicaId: number;
  replicaEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchRequestReplicaStateInput {
  readonly replicaId?: number | undefined;
  readonly replicaEpoch?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of Fetch (API key 1), versions 4 to 18.
 * Reads record batches, with incremental sessions (KIP-227). Topics go by id since version 13.
 */
export const FetchRequest: MessageCodec<FetchRequest, FetchRequestInput> = /* @__PURE__ */ defineMessage({
  name: 'FetchRequest',
  apiKey: 1,
  minVersion: 4,
  maxVersion: 18,
  flexibleFrom: 12,
  latestVersionUnstable: false,
  read: readFetchRequest,
  write: writeFetchRequest,
  create: (partial) => ({ ...createFetchRequest(), ...partial }),
});

function readFetchRequestReplicaState(reader: WireReader, _version: number): FetchRequestReplicaState {
  const replicaId = reader.int32();
  const replicaEpoch = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    replicaId,
    replicaEpoch,
    unknownTaggedFields,
  };
}

function writeFetchRequestReplicaState(
  writer: WireWriter,
  message: FetchRequestReplicaStateInput,
  _version: number,
): void {
  const replicaId = message.replicaId === undefined ? -1 : message.replicaId;
  writer.int32(replicaId, 'replicaState.replicaId');
  const replicaEpoch = message.replicaEpoch === undefined ? -1 : message.replicaEpoch;
  writer.int64(replicaEpoch, 'replicaState.replicaEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createFetchRequestReplicaState(): FetchRequestReplicaState {
  return {
    replicaId: -1,
    replicaEpoch: -1,
    unknownTaggedFields: undefined,
  };
}

function hasValueFetchRequestReplicaState(message: FetchRequestReplicaStateInput): boolean {
  return (
    (message.replicaId !== undefined && message.replicaId !== -1) ||
    (message.replicaEpoch !== undefined && message.replicaEpoch !== -1) ||
    (message.unknownTaggedFields !== undefined && message.unknownTaggedFields.length > 0)
  );
}

function readFetchRequestFetchPartition(reader: WireReader, version: number): FetchRequestFetchPartition {
  const flexible = version >= 12;
  const partition = reader.int32();
  const currentLeaderEpoch = version >= 9 ? reader.int32() : -1;
  const fetchOffset = reader.int64();
  const lastFetchedEpoch = version >= 12 ? reader.int32() : -1;
  const logStartOffset = version >= 5 ? reader.int64() : -1;
  const partitionMaxBytes = reader.int32();
  let replicaDirectoryId: string = ZERO_UUID;
  let highWatermark: number = LONG_MAX;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  if (flexible) {
    for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
      const tag = reader.nextTag(previous);
      const size = reader.tagSize();
      const end = reader.position + size;
      switch (tag) {
        case 0: {
          if (version >= 17) {
            replicaDirectoryId = reader.uuid();
          } else {
            (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
          }
          break;
        }
        case 1: {
          if (version >= 18) {
            highWatermark = reader.int64();
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
  }
  return {
    partition,
    currentLeaderEpoch,
    fetchOffset,
    lastFetchedEpoch,
    logStartOffset,
    partitionMaxBytes,
    replicaDirectoryId,
    highWatermark,
    unknownTaggedFields,
  };
}

function writeFetchRequestFetchPartition(
  writer: WireWriter,
  message: FetchRequestFetchPartitionInput,
  version: number,
): void {
  const flexible = version >= 12;
  const partition = message.partition;
  writer.int32(partition, 'topics.partitions.partition');
  if (version >= 9) {
    const currentLeaderEpoch = message.currentLeaderEpoch === undefined ? -1 : message.currentLeaderEpoch;
    writer.int32(currentLeaderEpoch, 'topics.partitions.currentLeaderEpoch');
  }
  const fetchOffset = message.fetchOffset;
  writer.int64(fetchOffset, 'topics.partitions.fetchOffset');
  const lastFetchedEpoch = message.lastFetchedEpoch === undefined ? -1 : message.lastFetchedEpoch;
  if (version >= 12) {
    writer.int32(lastFetchedEpoch, 'topics.partitions.lastFetchedEpoch');
  } else if (lastFetchedEpoch !== -1) {
    throw writer.notInVersion('topics.partitions.lastFetchedEpoch');
  }
  if (version >= 5) {
    const logStartOffset = message.logStartOffset === undefined ? -1 : message.logStartOffset;
    writer.int64(logStartOffset, 'topics.partitions.logStartOffset');
  }
  const partitionMaxBytes = message.partitionMaxBytes;
  writer.int32(partitionMaxBytes, 'topics.partitions.partitionMaxBytes');
  const replicaDirectoryId =
    message.replicaDirectoryId === undefined ? ZERO_UUID : message.replicaDirectoryId;
  const highWatermark = message.highWatermark === undefined ? LONG_MAX : message.highWatermark;
  if (flexible) {
    const unknown = message.unknownTaggedFields;
    const has0 = version >= 17 && replicaDirectoryId !== ZERO_UUID;
    const has1 = version >= 18 && highWatermark !== LONG_MAX;
    let tagCount = unknown === undefined ? 0 : unknown.length;
    if (has0) tagCount++;
    if (has1) tagCount++;
    writer.unsignedVarint(tagCount);
    let next = 0;
    if (has0) {
      next = writer.unknownTagsBelow(unknown, next, 0);
      const mark = writer.beginTag(0);
      writer.uuid(replicaDirectoryId, 'topics.partitions.replicaDirectoryId');
      writer.endTag(mark);
    }
    if (has1) {
      next = writer.unknownTagsBelow(unknown, next, 1);
      const mark = writer.beginTag(1);
      writer.int64(highWatermark, 'topics.partitions.highWatermark');
      writer.endTag(mark);
    }
    writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
  }
}

function readFetchRequestFetchTopic(reader: WireReader, version: number): FetchRequestFetchTopic {
  const flexible = version >= 12;
  const topic = version <= 12 ? reader.string(flexible) : '';
  const topicId = version >= 13 ? reader.uuid() : ZERO_UUID;
  const partitionsCount = reader.arrayLength(flexible, 16);
  const partitions = new Array<FetchRequestFetchPartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readFetchRequestFetchPartition(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topic,
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeFetchRequestFetchTopic(
  writer: WireWriter,
  message: FetchRequestFetchTopicInput,
  version: number,
): void {
  const flexible = version >= 12;
  if (version <= 12) {
    const topic = message.topic === undefined ? '' : message.topic;
    writer.string(topic, flexible, 'topics.topic');
  }
  if (version >= 13) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'topics.topicId');
  }
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeFetchRequestFetchPartition(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readFetchRequestForgottenTopic(reader: WireReader, version: number): FetchRequestForgottenTopic {
  const flexible = version >= 12;
  const topic = version <= 12 ? reader.string(flexible) : '';
  const topicId = version >= 13 ? reader.uuid() : ZERO_UUID;
  const partitionsCount = reader.arrayLength(flexible, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topic,
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeFetchRequestForgottenTopic(
  writer: WireWriter,
  message: FetchRequestForgottenTopicInput,
  version: number,
): void {
  const flexible = version >= 12;
  if (version <= 12) {
    const topic = message.topic === undefined ? '' : message.topic;
    writer.string(topic, flexible, 'forgottenTopicsData.topic');
  }
  if (version >= 13) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'forgottenTopicsData.topicId');
  }
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'forgottenTopicsData.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'forgottenTopicsData.partitions');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readFetchRequest(reader: WireReader, version: number): FetchRequest {
  const flexible = version >= 12;
  let clusterId: string | null = null;
  const replicaId = version <= 14 ? reader.int32() : -1;
  let replicaState: FetchRequestReplicaState = createFetchRequestReplicaState();
  const maxWaitMs = reader.int32();
  const minBytes = reader.int32();
  const maxBytes = reader.int32();
  const isolationLevel = reader.int8();
  const sessionId = version >= 7 ? reader.int32() : 0;
  const sessionEpoch = version >= 7 ? reader.int32() : -1;
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<FetchRequestFetchTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readFetchRequestFetchTopic(reader, version);
  }
  let forgottenTopicsData: FetchRequestForgottenTopic[] = [];
  if (version >= 7) {
    const forgottenTopicsDataCount = reader.arrayLength(flexible, 3);
    forgottenTopicsData = new Array<FetchRequestForgottenTopic>(forgottenTopicsDataCount);
    for (let i = 0; i < forgottenTopicsDataCount; i++) {
      forgottenTopicsData[i] = readFetchRequestForgottenTopic(reader, version);
    }
  }
  const rackId = version >= 11 ? reader.string(flexible) : '';
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  if (flexible) {
    for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
      const tag = reader.nextTag(previous);
      const size = reader.tagSize();
      const end = reader.position + size;
      switch (tag) {
        case 0: {
          clusterId = reader.nullableString(true);
          break;
        }
        case 1: {
          if (version >= 15) {
            replicaState = readFetchRequestReplicaState(reader, version);
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
  }
  return {
    clusterId,
    replicaId,
    replicaState,
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel,
    sessionId,
    sessionEpoch,
    topics,
    forgottenTopicsData,
    rackId,
    unknownTaggedFields,
  };
}

function writeFetchRequest(writer: WireWriter, message: FetchRequestInput, version: number): void {
  const flexible = version >= 12;
  const clusterId = message.clusterId === undefined ? null : message.clusterId;
  const replicaId = message.replicaId === undefined ? -1 : message.replicaId;
  if (version <= 14) {
    writer.int32(replicaId, 'replicaId');
  } else if (replicaId !== -1) {
    throw writer.notInVersion('replicaId');
  }
  const replicaState =
    message.replicaState === undefined ? createFetchRequestReplicaState() : message.replicaState;
  if (!(version >= 15) && hasValueFetchRequestReplicaState(replicaState)) {
    throw writer.notInVersion('replicaState');
  }
  const maxWaitMs = message.maxWaitMs;
  writer.int32(maxWaitMs, 'maxWaitMs');
  const minBytes = message.minBytes;
  writer.int32(minBytes, 'minBytes');
  const maxBytes = message.maxBytes === undefined ? 2147483647 : message.maxBytes;
  writer.int32(maxBytes, 'maxBytes');
  const isolationLevel = message.isolationLevel === undefined ? 0 : message.isolationLevel;
  writer.int8(isolationLevel, 'isolationLevel');
  if (version >= 7) {
    const sessionId = message.sessionId === undefined ? 0 : message.sessionId;
    writer.int32(sessionId, 'sessionId');
  }
  if (version >= 7) {
    const sessionEpoch = message.sessionEpoch === undefined ? -1 : message.sessionEpoch;
    writer.int32(sessionEpoch, 'sessionEpoch');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeFetchRequestFetchTopic(writer, topics[i]!, version);
  }
  const forgottenTopicsData = message.forgottenTopicsData === undefined ? [] : message.forgottenTopicsData;
  if (version >= 7) {
    const forgottenTopicsDataCount = writer.arrayLength(forgottenTopicsData, flexible, 'forgottenTopicsData');
    for (let i = 0; i < forgottenTopicsDataCount; i++) {
      writeFetchRequestForgottenTopic(writer, forgottenTopicsData[i]!, version);
    }
  } else if (forgottenTopicsData.length > 0) {
    throw writer.notInVersion('forgottenTopicsData');
  }
  if (version >= 11) {
    const rackId = message.rackId === undefined ? '' : message.rackId;
    writer.string(rackId, flexible, 'rackId');
  }
  if (flexible) {
    const unknown = message.unknownTaggedFields;
    const has0 = clusterId !== null;
    const has1 = version >= 15 && hasValueFetchRequestReplicaState(replicaState);
    let tagCount = unknown === undefined ? 0 : unknown.length;
    if (has0) tagCount++;
    if (has1) tagCount++;
    writer.unsignedVarint(tagCount);
    let next = 0;
    if (has0) {
      next = writer.unknownTagsBelow(unknown, next, 0);
      const mark = writer.beginTag(0);
      writer.nullableString(clusterId, true, 'clusterId');
      writer.endTag(mark);
    }
    if (has1) {
      next = writer.unknownTagsBelow(unknown, next, 1);
      const mark = writer.beginTag(1);
      writeFetchRequestReplicaState(writer, replicaState, version);
      writer.endTag(mark);
    }
    writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
  }
}

function createFetchRequest(): FetchRequest {
  return {
    clusterId: null,
    replicaId: -1,
    replicaState: createFetchRequestReplicaState(),
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: 2147483647,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [],
    forgottenTopicsData: [],
    rackId: '',
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of Fetch (API key 1), versions 4 to 18.
 * Reads record batches, with incremental sessions (KIP-227). Topics go by id since version 13.
 */
export interface FetchResponse {
  throttleTimeMs: number;
  errorCode: number;
  sessionId: number;
  responses: FetchResponseFetchableTopicResponse[];
  nodeEndpoints: FetchResponseNodeEndpoint[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly errorCode?: number | undefined;
  readonly sessionId?: number | undefined;
  readonly responses: readonly FetchResponseFetchableTopicResponseInput[];
  readonly nodeEndpoints?: readonly FetchResponseNodeEndpointInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchResponseNodeEndpointInput {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchResponseFetchableTopicResponse {
  topic: string;
  topicId: string;
  partitions: FetchResponsePartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchResponseFetchableTopicResponseInput {
  readonly topic?: string | undefined;
  readonly topicId?: string | undefined;
  readonly partitions: readonly FetchResponsePartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  highWatermark: number;
  lastStableOffset: number;
  logStartOffset: number;
  divergingEpoch: FetchResponseEpochEndOffset;
  currentLeader: FetchResponseLeaderIdAndEpoch;
  snapshotId: FetchResponseSnapshotId;
  abortedTransactions: FetchResponseAbortedTransaction[] | null;
  preferredReadReplica: number;
  records: Buffer | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchResponsePartitionDataInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly highWatermark: number;
  readonly lastStableOffset?: number | undefined;
  readonly logStartOffset?: number | undefined;
  readonly divergingEpoch?: FetchResponseEpochEndOffsetInput | undefined;
  readonly currentLeader?: FetchResponseLeaderIdAndEpochInput | undefined;
  readonly snapshotId?: FetchResponseSnapshotIdInput | undefined;
  readonly abortedTransactions?: readonly FetchResponseAbortedTransactionInput[] | null | undefined;
  readonly preferredReadReplica?: number | undefined;
  readonly records: Uint8Array | readonly Uint8Array[] | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchResponseAbortedTransaction {
  producerId: number;
  firstOffset: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchResponseAbortedTransactionInput {
  readonly producerId: number;
  readonly firstOffset: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchResponseSnapshotId {
  endOffset: number;
  epoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchResponseSnapshotIdInput {
  readonly endOffset?: number | undefined;
  readonly epoch?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchResponseLeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchResponseLeaderIdAndEpochInput {
  readonly leaderId?: number | undefined;
  readonly leaderEpoch?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FetchResponseEpochEndOffset {
  epoch: number;
  endOffset: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FetchResponseEpochEndOffsetInput {
  readonly epoch?: number | undefined;
  readonly endOffset?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of Fetch (API key 1), versions 4 to 18.
 * Reads record batches, with incremental sessions (KIP-227). Topics go by id since version 13.
 */
export const FetchResponse: MessageCodec<FetchResponse, FetchResponseInput> = /* @__PURE__ */ defineMessage({
  name: 'FetchResponse',
  apiKey: 1,
  minVersion: 4,
  maxVersion: 18,
  flexibleFrom: 12,
  latestVersionUnstable: false,
  read: readFetchResponse,
  write: writeFetchResponse,
  create: (partial) => ({ ...createFetchResponse(), ...partial }),
});

function readFetchResponseEpochEndOffset(reader: WireReader, _version: number): FetchResponseEpochEndOffset {
  const epoch = reader.int32();
  const endOffset = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    epoch,
    endOffset,
    unknownTaggedFields,
  };
}

function writeFetchResponseEpochEndOffset(
  writer: WireWriter,
  message: FetchResponseEpochEndOffsetInput,
  _version: number,
): void {
  const epoch = message.epoch === undefined ? -1 : message.epoch;
  writer.int32(epoch, 'responses.partitions.divergingEpoch.epoch');
  const endOffset = message.endOffset === undefined ? -1 : message.endOffset;
  writer.int64(endOffset, 'responses.partitions.divergingEpoch.endOffset');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createFetchResponseEpochEndOffset(): FetchResponseEpochEndOffset {
  return {
    epoch: -1,
    endOffset: -1,
    unknownTaggedFields: undefined,
  };
}

function hasValueFetchResponseEpochEndOffset(message: FetchResponseEpochEndOffsetInput): boolean {
  return (
    (message.epoch !== undefined && message.epoch !== -1) ||
    (message.endOffset !== undefined && message.endOffset !== -1) ||
    (message.unknownTaggedFields !== undefined && message.unknownTaggedFields.length > 0)
  );
}

function readFetchResponseLeaderIdAndEpoch(
  reader: WireReader,
  _version: number,
): FetchResponseLeaderIdAndEpoch {
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    leaderId,
    leaderEpoch,
    unknownTaggedFields,
  };
}

function writeFetchResponseLeaderIdAndEpoch(
  writer: WireWriter,
  message: FetchResponseLeaderIdAndEpochInput,
  _version: number,
): void {
  const leaderId = message.leaderId === undefined ? -1 : message.leaderId;
  writer.int32(leaderId, 'responses.partitions.currentLeader.leaderId');
  const leaderEpoch = message.leaderEpoch === undefined ? -1 : message.leaderEpoch;
  writer.int32(leaderEpoch, 'responses.partitions.currentLeader.leaderEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createFetchResponseLeaderIdAndEpoch(): FetchResponseLeaderIdAndEpoch {
  return {
    leaderId: -1,
    leaderEpoch: -1,
    unknownTaggedFields: undefined,
  };
}

function hasValueFetchResponseLeaderIdAndEpoch(message: FetchResponseLeaderIdAndEpochInput): boolean {
  return (
    (message.leaderId !== undefined && message.leaderId !== -1) ||
    (message.leaderEpoch !== undefined && message.leaderEpoch !== -1) ||
    (message.unknownTaggedFields !== undefined && message.unknownTaggedFields.length > 0)
  );
}

function readFetchResponseSnapshotId(reader: WireReader, _version: number): FetchResponseSnapshotId {
  const endOffset = reader.int64();
  const epoch = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    endOffset,
    epoch,
    unknownTaggedFields,
  };
}

function writeFetchResponseSnapshotId(
  writer: WireWriter,
  message: FetchResponseSnapshotIdInput,
  _version: number,
): void {
  const endOffset = message.endOffset === undefined ? -1 : message.endOffset;
  writer.int64(endOffset, 'responses.partitions.snapshotId.endOffset');
  const epoch = message.epoch === undefined ? -1 : message.epoch;
  writer.int32(epoch, 'responses.partitions.snapshotId.epoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createFetchResponseSnapshotId(): FetchResponseSnapshotId {
  return {
    endOffset: -1,
    epoch: -1,
    unknownTaggedFields: undefined,
  };
}

function hasValueFetchResponseSnapshotId(message: FetchResponseSnapshotIdInput): boolean {
  return (
    (message.endOffset !== undefined && message.endOffset !== -1) ||
    (message.epoch !== undefined && message.epoch !== -1) ||
    (message.unknownTaggedFields !== undefined && message.unknownTaggedFields.length > 0)
  );
}

function readFetchResponseAbortedTransaction(
  reader: WireReader,
  version: number,
): FetchResponseAbortedTransaction {
  const flexible = version >= 12;
  const producerId = reader.int64();
  const firstOffset = reader.int64();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    producerId,
    firstOffset,
    unknownTaggedFields,
  };
}

function writeFetchResponseAbortedTransaction(
  writer: WireWriter,
  message: FetchResponseAbortedTransactionInput,
  version: number,
): void {
  const flexible = version >= 12;
  const producerId = message.producerId;
  writer.int64(producerId, 'responses.partitions.abortedTransactions.producerId');
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset, 'responses.partitions.abortedTransactions.firstOffset');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readFetchResponsePartitionData(reader: WireReader, version: number): FetchResponsePartitionData {
  const flexible = version >= 12;
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const highWatermark = reader.int64();
  const lastStableOffset = reader.int64();
  const logStartOffset = version >= 5 ? reader.int64() : -1;
  let divergingEpoch: FetchResponseEpochEndOffset = createFetchResponseEpochEndOffset();
  let currentLeader: FetchResponseLeaderIdAndEpoch = createFetchResponseLeaderIdAndEpoch();
  let snapshotId: FetchResponseSnapshotId = createFetchResponseSnapshotId();
  const abortedTransactionsCount = reader.nullableArrayLength(flexible, 16);
  let abortedTransactions: FetchResponseAbortedTransaction[] | null = null;
  if (abortedTransactionsCount >= 0) {
    abortedTransactions = new Array<FetchResponseAbortedTransaction>(abortedTransactionsCount);
    for (let i = 0; i < abortedTransactionsCount; i++) {
      abortedTransactions[i] = readFetchResponseAbortedTransaction(reader, version);
    }
  }
  const preferredReadReplica = version >= 11 ? reader.int32() : -1;
  const records = reader.nullableBytes(flexible);
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  if (flexible) {
    for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
      const tag = reader.nextTag(previous);
      const size = reader.tagSize();
      const end = reader.position + size;
      switch (tag) {
        case 0: {
          divergingEpoch = readFetchResponseEpochEndOffset(reader, version);
          break;
        }
        case 1: {
          currentLeader = readFetchResponseLeaderIdAndEpoch(reader, version);
          break;
        }
        case 2: {
          snapshotId = readFetchResponseSnapshotId(reader, version);
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
    partitionIndex,
    errorCode,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    divergingEpoch,
    currentLeader,
    snapshotId,
    abortedTransactions,
    preferredReadReplica,
    records,
    unknownTaggedFields,
  };
}

function writeFetchResponsePartitionData(
  writer: WireWriter,
  message: FetchResponsePartitionDataInput,
  version: number,
): void {
  const flexible = version >= 12;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'responses.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'responses.partitions.errorCode');
  const highWatermark = message.highWatermark;
  writer.int64(highWatermark, 'responses.partitions.highWatermark');
  const lastStableOffset = message.lastStableOffset === undefined ? -1 : message.lastStableOffset;
  writer.int64(lastStableOffset, 'responses.partitions.lastStableOffset');
  if (version >= 5) {
    const logStartOffset = message.logStartOffset === undefined ? -1 : message.logStartOffset;
    writer.int64(logStartOffset, 'responses.partitions.logStartOffset');
  }
  const divergingEpoch =
    message.divergingEpoch === undefined ? createFetchResponseEpochEndOffset() : message.divergingEpoch;
  if (!(version >= 12) && hasValueFetchResponseEpochEndOffset(divergingEpoch)) {
    throw writer.notInVersion('responses.partitions.divergingEpoch');
  }
  const currentLeader =
    message.currentLeader === undefined ? createFetchResponseLeaderIdAndEpoch() : message.currentLeader;
  if (!(version >= 12) && hasValueFetchResponseLeaderIdAndEpoch(currentLeader)) {
    throw writer.notInVersion('responses.partitions.currentLeader');
  }
  const snapshotId = message.snapshotId === undefined ? createFetchResponseSnapshotId() : message.snapshotId;
  if (!(version >= 12) && hasValueFetchResponseSnapshotId(snapshotId)) {
    throw writer.notInVersion('responses.partitions.snapshotId');
  }
  const abortedTransactions = message.abortedTransactions === undefined ? [] : message.abortedTransactions;
  if (abortedTransactions === null) {
    writer.nullArray(flexible);
  } else {
    const abortedTransactionsCount =
      writer.arrayLength(abortedTransactions, flexible, 'responses.partitions.abortedTransactions');
    for (let i = 0; i < abortedTransactionsCount; i++) {
      writeFetchResponseAbortedTransaction(writer, abortedTransactions[i]!, version);
    }
  }
  const preferredReadReplica = message.preferredReadReplica === undefined ? -1 : message.preferredReadReplica;
  if (version >= 11) {
    writer.int32(preferredReadReplica, 'responses.partitions.preferredReadReplica');
  } else if (preferredReadReplica !== -1) {
    throw writer.notInVersion('responses.partitions.preferredReadReplica');
  }
  const records = message.records;
  writer.nullableRecords(records, flexible, 'responses.partitions.records');
  if (flexible) {
    const unknown = message.unknownTaggedFields;
    const has0 = hasValueFetchResponseEpochEndOffset(divergingEpoch);
    const has1 = hasValueFetchResponseLeaderIdAndEpoch(currentLeader);
    const has2 = hasValueFetchResponseSnapshotId(snapshotId);
    let tagCount = unknown === undefined ? 0 : unknown.length;
    if (has0) tagCount++;
    if (has1) tagCount++;
    if (has2) tagCount++;
    writer.unsignedVarint(tagCount);
    let next = 0;
    if (has0) {
      next = writer.unknownTagsBelow(unknown, next, 0);
      const mark = writer.beginTag(0);
      writeFetchResponseEpochEndOffset(writer, divergingEpoch, version);
      writer.endTag(mark);
    }
    if (has1) {
      next = writer.unknownTagsBelow(unknown, next, 1);
      const mark = writer.beginTag(1);
      writeFetchResponseLeaderIdAndEpoch(writer, currentLeader, version);
      writer.endTag(mark);
    }
    if (has2) {
      next = writer.unknownTagsBelow(unknown, next, 2);
      const mark = writer.beginTag(2);
      writeFetchResponseSnapshotId(writer, snapshotId, version);
      writer.endTag(mark);
    }
    writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
  }
}

function readFetchResponseFetchableTopicResponse(
  reader: WireReader,
  version: number,
): FetchResponseFetchableTopicResponse {
  const flexible = version >= 12;
  const topic = version <= 12 ? reader.string(flexible) : '';
  const topicId = version >= 13 ? reader.uuid() : ZERO_UUID;
  const partitionsCount = reader.arrayLength(flexible, 30);
  const partitions = new Array<FetchResponsePartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readFetchResponsePartitionData(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topic,
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeFetchResponseFetchableTopicResponse(
  writer: WireWriter,
  message: FetchResponseFetchableTopicResponseInput,
  version: number,
): void {
  const flexible = version >= 12;
  if (version <= 12) {
    const topic = message.topic === undefined ? '' : message.topic;
    writer.string(topic, flexible, 'responses.topic');
  }
  if (version >= 13) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'responses.topicId');
  }
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'responses.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeFetchResponsePartitionData(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readFetchResponseNodeEndpoint(reader: WireReader, _version: number): FetchResponseNodeEndpoint {
  const nodeId = reader.int32();
  const host = reader.string(true);
  const port = reader.int32();
  const rack = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    nodeId,
    host,
    port,
    rack,
    unknownTaggedFields,
  };
}

function writeFetchResponseNodeEndpoint(
  writer: WireWriter,
  message: FetchResponseNodeEndpointInput,
  _version: number,
): void {
  const nodeId = message.nodeId;
  writer.int32(nodeId, 'nodeEndpoints.nodeId');
  const host = message.host;
  writer.string(host, true, 'nodeEndpoints.host');
  const port = message.port;
  writer.int32(port, 'nodeEndpoints.port');
  const rack = message.rack === undefined ? null : message.rack;
  writer.nullableString(rack, true, 'nodeEndpoints.rack');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readFetchResponse(reader: WireReader, version: number): FetchResponse {
  const flexible = version >= 12;
  const throttleTimeMs = reader.int32();
  const errorCode = version >= 7 ? reader.int16() : 0;
  const sessionId = version >= 7 ? reader.int32() : 0;
  const responsesCount = reader.arrayLength(flexible, 3);
  const responses = new Array<FetchResponseFetchableTopicResponse>(responsesCount);
  for (let i = 0; i < responsesCount; i++) {
    responses[i] = readFetchResponseFetchableTopicResponse(reader, version);
  }
  let nodeEndpoints: FetchResponseNodeEndpoint[] = [];
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  if (flexible) {
    for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
      const tag = reader.nextTag(previous);
      const size = reader.tagSize();
      const end = reader.position + size;
      switch (tag) {
        case 0: {
          if (version >= 16) {
            const nodeEndpointsCount = reader.arrayLength(true, 11);
            nodeEndpoints = new Array<FetchResponseNodeEndpoint>(nodeEndpointsCount);
            for (let i = 0; i < nodeEndpointsCount; i++) {
              nodeEndpoints[i] = readFetchResponseNodeEndpoint(reader, version);
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
  }
  return {
    throttleTimeMs,
    errorCode,
    sessionId,
    responses,
    nodeEndpoints,
    unknownTaggedFields,
  };
}

function writeFetchResponse(writer: WireWriter, message: FetchResponseInput, version: number): void {
  const flexible = version >= 12;
  const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  if (version >= 7) {
    const errorCode = message.errorCode === undefined ? 0 : message.errorCode;
    writer.int16(errorCode, 'errorCode');
  }
  const sessionId = message.sessionId === undefined ? 0 : message.sessionId;
  if (version >= 7) {
    writer.int32(sessionId, 'sessionId');
  } else if (sessionId !== 0) {
    throw writer.notInVersion('sessionId');
  }
  const responses = message.responses;
  const responsesCount = writer.arrayLength(responses, flexible, 'responses');
  for (let i = 0; i < responsesCount; i++) {
    writeFetchResponseFetchableTopicResponse(writer, responses[i]!, version);
  }
  const nodeEndpoints = message.nodeEndpoints === undefined ? [] : message.nodeEndpoints;
  if (!(version >= 16) && nodeEndpoints.length > 0) {
    throw writer.notInVersion('nodeEndpoints');
  }
  if (flexible) {
    const unknown = message.unknownTaggedFields;
    const has0 = version >= 16 && nodeEndpoints.length > 0;
    let tagCount = unknown === undefined ? 0 : unknown.length;
    if (has0) tagCount++;
    writer.unsignedVarint(tagCount);
    let next = 0;
    if (has0) {
      next = writer.unknownTagsBelow(unknown, next, 0);
      const mark = writer.beginTag(0);
      const nodeEndpointsCount = writer.arrayLength(nodeEndpoints, true, 'nodeEndpoints');
      for (let i = 0; i < nodeEndpointsCount; i++) {
        writeFetchResponseNodeEndpoint(writer, nodeEndpoints[i]!, version);
      }
      writer.endTag(mark);
    }
    writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
  }
}

function createFetchResponse(): FetchResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    sessionId: 0,
    responses: [],
    nodeEndpoints: [],
    unknownTaggedFields: undefined,
  };
}
