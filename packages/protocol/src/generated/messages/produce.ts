// Generated from definitions/apis/00-produce.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Appends record batches to partitions. Topics go by id since version 13.

import type { Buffer } from 'node:buffer';

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of Produce (API key 0), versions 3 to 13.
 * Appends record batches to partitions. Topics go by id since version 13.
 */
export interface ProduceRequest {
  transactionalId: string | null;
  acks: number;
  timeoutMs: number;
  topicData: ProduceRequestTopicProduceData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ProduceRequestInput {
  readonly transactionalId?: string | null | undefined;
  readonly acks: number;
  readonly timeoutMs: number;
  readonly topicData: readonly ProduceRequestTopicProduceDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ProduceRequestTopicProduceData {
  name: string;
  topicId: string;
  partitionData: ProduceRequestPartitionProduceData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ProduceRequestTopicProduceDataInput {
  readonly name?: string | undefined;
  readonly topicId?: string | undefined;
  readonly partitionData: readonly ProduceRequestPartitionProduceDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ProduceRequestPartitionProduceData {
  index: number;
  records: Buffer | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ProduceRequestPartitionProduceDataInput {
  readonly index: number;
  readonly records: Uint8Array | readonly Uint8Array[] | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of Produce (API key 0), versions 3 to 13.
 * Appends record batches to partitions. Topics go by id since version 13.
 */
export const ProduceRequest: MessageCodec<ProduceRequest, ProduceRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ProduceRequest',
  apiKey: 0,
  minVersion: 3,
  maxVersion: 13,
  flexibleFrom: 9,
  latestVersionUnstable: false,
  read: readProduceRequest,
  write: writeProduceRequest,
  create: (partial) => ({ ...createProduceRequest(), ...partial }),
});

function readProduceRequestPartitionProduceData(
  reader: WireReader,
  version: number,
): ProduceRequestPartitionProduceData {
  const flexible = version >= 9;
  const index = reader.int32();
  const records = reader.nullableBytes(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    index,
    records,
    unknownTaggedFields,
  };
}

function writeProduceRequestPartitionProduceData(
  writer: WireWriter,
  message: ProduceRequestPartitionProduceDataInput,
  version: number,
): void {
  const flexible = version >= 9;
  const index = message.index;
  writer.int32(index, 'topicData.partitionData.index');
  const records = message.records;
  writer.nullableRecords(records, flexible, 'topicData.partitionData.records');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readProduceRequestTopicProduceData(
  reader: WireReader,
  version: number,
): ProduceRequestTopicProduceData {
  const flexible = version >= 9;
  const name = version <= 12 ? reader.string(flexible) : '';
  const topicId = version >= 13 ? reader.uuid() : ZERO_UUID;
  const partitionDataCount = reader.arrayLength(flexible, 6);
  const partitionData = new Array<ProduceRequestPartitionProduceData>(partitionDataCount);
  for (let i = 0; i < partitionDataCount; i++) {
    partitionData[i] = readProduceRequestPartitionProduceData(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    topicId,
    partitionData,
    unknownTaggedFields,
  };
}

function writeProduceRequestTopicProduceData(
  writer: WireWriter,
  message: ProduceRequestTopicProduceDataInput,
  version: number,
): void {
  const flexible = version >= 9;
  if (version <= 12) {
    const name = message.name === undefined ? '' : message.name;
    writer.string(name, flexible, 'topicData.name');
  }
  if (version >= 13) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'topicData.topicId');
  }
  const partitionData = message.partitionData;
  const partitionDataCount = writer.arrayLength(partitionData, flexible, 'topicData.partitionData');
  for (let i = 0; i < partitionDataCount; i++) {
    writeProduceRequestPartitionProduceData(writer, partitionData[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readProduceRequest(reader: WireReader, version: number): ProduceRequest {
  const flexible = version >= 9;
  const transactionalId = reader.nullableString(flexible);
  const acks = reader.int16();
  const timeoutMs = reader.int32();
  const topicDataCount = reader.arrayLength(flexible, 3);
  const topicData = new Array<ProduceRequestTopicProduceData>(topicDataCount);
  for (let i = 0; i < topicDataCount; i++) {
    topicData[i] = readProduceRequestTopicProduceData(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    transactionalId,
    acks,
    timeoutMs,
    topicData,
    unknownTaggedFields,
  };
}

function writeProduceRequest(writer: WireWriter, message: ProduceRequestInput, version: number): void {
  const flexible = version >= 9;
  const transactionalId = message.transactionalId === undefined ? null : message.transactionalId;
  writer.nullableString(transactionalId, flexible, 'transactionalId');
  const acks = message.acks;
  writer.int16(acks, 'acks');
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs, 'timeoutMs');
  const topicData = message.topicData;
  const topicDataCount = writer.arrayLength(topicData, flexible, 'topicData');
  for (let i = 0; i < topicDataCount; i++) {
    writeProduceRequestTopicProduceData(writer, topicData[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createProduceRequest(): ProduceRequest {
  return {
    transactionalId: null,
    acks: 0,
    timeoutMs: 0,
    topicData: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of Produce (API key 0), versions 3 to 13.
 * Appends record batches to partitions. Topics go by id since version 13.
 */
export interface ProduceResponse {
  responses: ProduceResponseTopicProduceResponse[];
  throttleTimeMs: number;
  nodeEndpoints: ProduceResponseNodeEndpoint[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ProduceResponseInput {
  readonly responses: readonly ProduceResponseTopicProduceResponseInput[];
  readonly throttleTimeMs?: number | undefined;
  readonly nodeEndpoints?: readonly ProduceResponseNodeEndpointInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ProduceResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ProduceResponseNodeEndpointInput {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ProduceResponseTopicProduceResponse {
  name: string;
  topicId: string;
  partitionResponses: ProduceResponsePartitionProduceResponse[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ProduceResponseTopicProduceResponseInput {
  readonly name?: string | undefined;
  readonly topicId?: string | undefined;
  readonly partitionResponses: readonly ProduceResponsePartitionProduceResponseInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ProduceResponsePartitionProduceResponse {
  index: number;
  errorCode: number;
  baseOffset: number;
  logAppendTimeMs: number;
  logStartOffset: number;
  recordErrors: ProduceResponseBatchIndexAndErrorMessage[];
  errorMessage: string | null;
  currentLeader: ProduceResponseLeaderIdAndEpoch;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ProduceResponsePartitionProduceResponseInput {
  readonly index: number;
  readonly errorCode: number;
  readonly baseOffset: number;
  readonly logAppendTimeMs?: number | undefined;
  readonly logStartOffset?: number | undefined;
  readonly recordErrors?: readonly ProduceResponseBatchIndexAndErrorMessageInput[] | undefined;
  readonly errorMessage?: string | null | undefined;
  readonly currentLeader?: ProduceResponseLeaderIdAndEpochInput | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ProduceResponseLeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ProduceResponseLeaderIdAndEpochInput {
  readonly leaderId?: number | undefined;
  readonly leaderEpoch?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ProduceResponseBatchIndexAndErrorMessage {
  batchIndex: number;
  batchIndexErrorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ProduceResponseBatchIndexAndErrorMessageInput {
  readonly batchIndex: number;
  readonly batchIndexErrorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of Produce (API key 0), versions 3 to 13.
 * Appends record batches to partitions. Topics go by id since version 13.
 */
export const ProduceResponse: MessageCodec<ProduceResponse, ProduceResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ProduceResponse',
  apiKey: 0,
  minVersion: 3,
  maxVersion: 13,
  flexibleFrom: 9,
  latestVersionUnstable: false,
  read: readProduceResponse,
  write: writeProduceResponse,
  create: (partial) => ({ ...createProduceResponse(), ...partial }),
});

function readProduceResponseBatchIndexAndErrorMessage(
  reader: WireReader,
  version: number,
): ProduceResponseBatchIndexAndErrorMessage {
  const flexible = version >= 9;
  const batchIndex = reader.int32();
  const batchIndexErrorMessage = reader.nullableString(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    batchIndex,
    batchIndexErrorMessage,
    unknownTaggedFields,
  };
}

function writeProduceResponseBatchIndexAndErrorMessage(
  writer: WireWriter,
  message: ProduceResponseBatchIndexAndErrorMessageInput,
  version: number,
): void {
  const flexible = version >= 9;
  const batchIndex = message.batchIndex;
  writer.int32(batchIndex, 'responses.partitionResponses.recordErrors.batchIndex');
  const batchIndexErrorMessage =
    message.batchIndexErrorMessage === undefined ? null : message.batchIndexErrorMessage;
  writer.nullableString(batchIndexErrorMessage, flexible, 'responses.partitionResponses.recordErrors.batchIndexErrorMessage');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readProduceResponseLeaderIdAndEpoch(
  reader: WireReader,
  _version: number,
): ProduceResponseLeaderIdAndEpoch {
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    leaderId,
    leaderEpoch,
    unknownTaggedFields,
  };
}

function writeProduceResponseLeaderIdAndEpoch(
  writer: WireWriter,
  message: ProduceResponseLeaderIdAndEpochInput,
  _version: number,
): void {
  const leaderId = message.leaderId === undefined ? -1 : message.leaderId;
  writer.int32(leaderId, 'responses.partitionResponses.currentLeader.leaderId');
  const leaderEpoch = message.leaderEpoch === undefined ? -1 : message.leaderEpoch;
  writer.int32(leaderEpoch, 'responses.partitionResponses.currentLeader.leaderEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createProduceResponseLeaderIdAndEpoch(): ProduceResponseLeaderIdAndEpoch {
  return {
    leaderId: -1,
    leaderEpoch: -1,
    unknownTaggedFields: undefined,
  };
}

function hasValueProduceResponseLeaderIdAndEpoch(message: ProduceResponseLeaderIdAndEpochInput): boolean {
  return (
    (message.leaderId !== undefined && message.leaderId !== -1) ||
    (message.leaderEpoch !== undefined && message.leaderEpoch !== -1) ||
    (message.unknownTaggedFields !== undefined && message.unknownTaggedFields.length > 0)
  );
}

function readProduceResponsePartitionProduceResponse(
  reader: WireReader,
  version: number,
): ProduceResponsePartitionProduceResponse {
  const flexible = version >= 9;
  const index = reader.int32();
  const errorCode = reader.int16();
  const baseOffset = reader.int64();
  const logAppendTimeMs = reader.int64();
  const logStartOffset = version >= 5 ? reader.int64() : -1;
  let recordErrors: ProduceResponseBatchIndexAndErrorMessage[] = [];
  if (version >= 8) {
    const recordErrorsCount = reader.arrayLength(flexible, 6);
    recordErrors = new Array<ProduceResponseBatchIndexAndErrorMessage>(recordErrorsCount);
    for (let i = 0; i < recordErrorsCount; i++) {
      recordErrors[i] = readProduceResponseBatchIndexAndErrorMessage(reader, version);
    }
  }
  const errorMessage = version >= 8 ? reader.nullableString(flexible) : null;
  let currentLeader: ProduceResponseLeaderIdAndEpoch = createProduceResponseLeaderIdAndEpoch();
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  if (flexible) {
    for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
      const tag = reader.nextTag(previous);
      const size = reader.tagSize();
      const end = reader.position + size;
      switch (tag) {
        case 0: {
          if (version >= 10) {
            currentLeader = readProduceResponseLeaderIdAndEpoch(reader, version);
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
    index,
    errorCode,
    baseOffset,
    logAppendTimeMs,
    logStartOffset,
    recordErrors,
    errorMessage,
    currentLeader,
    unknownTaggedFields,
  };
}

function writeProduceResponsePartitionProduceResponse(
  writer: WireWriter,
  message: ProduceResponsePartitionProduceResponseInput,
  version: number,
): void {
  const flexible = version >= 9;
  const index = message.index;
  writer.int32(index, 'responses.partitionResponses.index');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'responses.partitionResponses.errorCode');
  const baseOffset = message.baseOffset;
  writer.int64(baseOffset, 'responses.partitionResponses.baseOffset');
  const logAppendTimeMs = message.logAppendTimeMs === undefined ? -1 : message.logAppendTimeMs;
  writer.int64(logAppendTimeMs, 'responses.partitionResponses.logAppendTimeMs');
  if (version >= 5) {
    const logStartOffset = message.logStartOffset === undefined ? -1 : message.logStartOffset;
    writer.int64(logStartOffset, 'responses.partitionResponses.logStartOffset');
  }
  if (version >= 8) {
    const recordErrors = message.recordErrors === undefined ? [] : message.recordErrors;
    const recordErrorsCount =
      writer.arrayLength(recordErrors, flexible, 'responses.partitionResponses.recordErrors');
    for (let i = 0; i < recordErrorsCount; i++) {
      writeProduceResponseBatchIndexAndErrorMessage(writer, recordErrors[i]!, version);
    }
  }
  if (version >= 8) {
    const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
    writer.nullableString(errorMessage, flexible, 'responses.partitionResponses.errorMessage');
  }
  const currentLeader =
    message.currentLeader === undefined ? createProduceResponseLeaderIdAndEpoch() : message.currentLeader;
  if (!(version >= 10) && hasValueProduceResponseLeaderIdAndEpoch(currentLeader)) {
    throw writer.notInVersion('responses.partitionResponses.currentLeader');
  }
  if (flexible) {
    const unknown = message.unknownTaggedFields;
    const has0 = version >= 10 && hasValueProduceResponseLeaderIdAndEpoch(currentLeader);
    let tagCount = unknown === undefined ? 0 : unknown.length;
    if (has0) tagCount++;
    writer.unsignedVarint(tagCount);
    let next = 0;
    if (has0) {
      next = writer.unknownTagsBelow(unknown, next, 0);
      const mark = writer.beginTag(0);
      writeProduceResponseLeaderIdAndEpoch(writer, currentLeader, version);
      writer.endTag(mark);
    }
    writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
  }
}

function readProduceResponseTopicProduceResponse(
  reader: WireReader,
  version: number,
): ProduceResponseTopicProduceResponse {
  const flexible = version >= 9;
  const name = version <= 12 ? reader.string(flexible) : '';
  const topicId = version >= 13 ? reader.uuid() : ZERO_UUID;
  const partitionResponsesCount = reader.arrayLength(flexible, 22);
  const partitionResponses = new Array<ProduceResponsePartitionProduceResponse>(partitionResponsesCount);
  for (let i = 0; i < partitionResponsesCount; i++) {
    partitionResponses[i] = readProduceResponsePartitionProduceResponse(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    topicId,
    partitionResponses,
    unknownTaggedFields,
  };
}

function writeProduceResponseTopicProduceResponse(
  writer: WireWriter,
  message: ProduceResponseTopicProduceResponseInput,
  version: number,
): void {
  const flexible = version >= 9;
  if (version <= 12) {
    const name = message.name === undefined ? '' : message.name;
    writer.string(name, flexible, 'responses.name');
  }
  if (version >= 13) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'responses.topicId');
  }
  const partitionResponses = message.partitionResponses;
  const partitionResponsesCount =
    writer.arrayLength(partitionResponses, flexible, 'responses.partitionResponses');
  for (let i = 0; i < partitionResponsesCount; i++) {
    writeProduceResponsePartitionProduceResponse(writer, partitionResponses[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readProduceResponseNodeEndpoint(reader: WireReader, _version: number): ProduceResponseNodeEndpoint {
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

function writeProduceResponseNodeEndpoint(
  writer: WireWriter,
  message: ProduceResponseNodeEndpointInput,
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

function readProduceResponse(reader: WireReader, version: number): ProduceResponse {
  const flexible = version >= 9;
  const responsesCount = reader.arrayLength(flexible, 3);
  const responses = new Array<ProduceResponseTopicProduceResponse>(responsesCount);
  for (let i = 0; i < responsesCount; i++) {
    responses[i] = readProduceResponseTopicProduceResponse(reader, version);
  }
  const throttleTimeMs = reader.int32();
  let nodeEndpoints: ProduceResponseNodeEndpoint[] = [];
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  if (flexible) {
    for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
      const tag = reader.nextTag(previous);
      const size = reader.tagSize();
      const end = reader.position + size;
      switch (tag) {
        case 0: {
          if (version >= 10) {
            const nodeEndpointsCount = reader.arrayLength(true, 11);
            nodeEndpoints = new Array<ProduceResponseNodeEndpoint>(nodeEndpointsCount);
            for (let i = 0; i < nodeEndpointsCount; i++) {
              nodeEndpoints[i] = readProduceResponseNodeEndpoint(reader, version);
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
    responses,
    throttleTimeMs,
    nodeEndpoints,
    unknownTaggedFields,
  };
}

function writeProduceResponse(writer: WireWriter, message: ProduceResponseInput, version: number): void {
  const flexible = version >= 9;
  const responses = message.responses;
  const responsesCount = writer.arrayLength(responses, flexible, 'responses');
  for (let i = 0; i < responsesCount; i++) {
    writeProduceResponseTopicProduceResponse(writer, responses[i]!, version);
  }
  const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const nodeEndpoints = message.nodeEndpoints === undefined ? [] : message.nodeEndpoints;
  if (!(version >= 10) && nodeEndpoints.length > 0) {
    throw writer.notInVersion('nodeEndpoints');
  }
  if (flexible) {
    const unknown = message.unknownTaggedFields;
    const has0 = version >= 10 && nodeEndpoints.length > 0;
    let tagCount = unknown === undefined ? 0 : unknown.length;
    if (has0) tagCount++;
    writer.unsignedVarint(tagCount);
    let next = 0;
    if (has0) {
      next = writer.unknownTagsBelow(unknown, next, 0);
      const mark = writer.beginTag(0);
      const nodeEndpointsCount = writer.arrayLength(nodeEndpoints, true, 'nodeEndpoints');
      for (let i = 0; i < nodeEndpointsCount; i++) {
        writeProduceResponseNodeEndpoint(writer, nodeEndpoints[i]!, version);
      }
      writer.endTag(mark);
    }
    writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
  }
}

function createProduceResponse(): ProduceResponse {
  return {
    responses: [],
    throttleTimeMs: 0,
    nodeEndpoints: [],
    unknownTaggedFields: undefined,
  };
}
