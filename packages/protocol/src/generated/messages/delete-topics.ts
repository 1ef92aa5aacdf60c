// Generated from definitions/apis/20-delete-topics.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Deletes topics by name, or by id since version 6.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DeleteTopics (API key 20), versions 1 to 6.
 * Deletes topics by name, or by id since version 6.
 */
export interface DeleteTopicsRequest {
  topics: DeleteTopicsRequestDeleteTopicState[];
  topicNames: string[];
  timeoutMs: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteTopicsRequestInput {
  readonly topics?: readonly DeleteTopicsRequestDeleteTopicStateInput[] | undefined;
  readonly topicNames?: readonly string[] | undefined;
  readonly timeoutMs: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteTopicsRequestDeleteTopicState {
  name: string | null;
  topicId: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteTopicsRequestDeleteTopicStateInput {
  readonly name?: string | null | undefined;
  readonly topicId: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DeleteTopics (API key 20), versions 1 to 6.
 * Deletes topics by name, or by id since version 6.
 */
export const DeleteTopicsRequest: MessageCodec<DeleteTopicsRequest, DeleteTopicsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DeleteTopicsRequest',
  apiKey: 20,
  minVersion: 1,
  maxVersion: 6,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readDeleteTopicsRequest,
  write: writeDeleteTopicsRequest,
  create: (partial) => ({ ...createDeleteTopicsRequest(), ...partial }),
});

function readDeleteTopicsRequestDeleteTopicState(
  reader: WireReader,
  _version: number,
): DeleteTopicsRequestDeleteTopicState {
  const name = reader.nullableString(true);
  const topicId = reader.uuid();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    topicId,
    unknownTaggedFields,
  };
}

function writeDeleteTopicsRequestDeleteTopicState(
  writer: WireWriter,
  message: DeleteTopicsRequestDeleteTopicStateInput,
  _version: number,
): void {
  const name = message.name === undefined ? null : message.name;
  writer.nullableString(name, true, 'topics.name');
  const topicId = message.topicId;
  writer.uuid(topicId, 'topics.topicId');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDeleteTopicsRequest(reader: WireReader, version: number): DeleteTopicsRequest {
  const flexible = version >= 4;
  let topics: DeleteTopicsRequestDeleteTopicState[] = [];
  if (version >= 6) {
    const topicsCount = reader.arrayLength(flexible, 18);
    topics = new Array<DeleteTopicsRequestDeleteTopicState>(topicsCount);
    for (let i = 0; i < topicsCount; i++) {
      topics[i] = readDeleteTopicsRequestDeleteTopicState(reader, version);
    }
  }
  let topicNames: string[] = [];
  if (version <= 5) {
    const topicNamesCount = reader.arrayLength(flexible, 1);
    topicNames = new Array<string>(topicNamesCount);
    for (let i = 0; i < topicNamesCount; i++) {
      topicNames[i] = reader.string(flexible);
    }
  }
  const timeoutMs = reader.int32();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topics,
    topicNames,
    timeoutMs,
    unknownTaggedFields,
  };
}

function writeDeleteTopicsRequest(
  writer: WireWriter,
  message: DeleteTopicsRequestInput,
  version: number,
): void {
  const flexible = version >= 4;
  const topics = message.topics === undefined ? [] : message.topics;
  if (version >= 6) {
    const topicsCount = writer.arrayLength(topics, flexible, 'topics');
    for (let i = 0; i < topicsCount; i++) {
      writeDeleteTopicsRequestDeleteTopicState(writer, topics[i]!, version);
    }
  } else if (topics.length > 0) {
    throw writer.notInVersion('topics');
  }
  if (version <= 5) {
    const topicNames = message.topicNames === undefined ? [] : message.topicNames;
    const topicNamesCount = writer.arrayLength(topicNames, flexible, 'topicNames');
    for (let i = 0; i < topicNamesCount; i++) {
      writer.string(topicNames[i]!, flexible, 'topicNames');
    }
  }
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs, 'timeoutMs');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDeleteTopicsRequest(): DeleteTopicsRequest {
  return {
    topics: [],
    topicNames: [],
    timeoutMs: 0,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DeleteTopics (API key 20), versions 1 to 6.
 * Deletes topics by name, or by id since version 6.
 */
export interface DeleteTopicsResponse {
  throttleTimeMs: number;
  responses: DeleteTopicsResponseDeletableTopicResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteTopicsResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly responses: readonly DeleteTopicsResponseDeletableTopicResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteTopicsResponseDeletableTopicResult {
  name: string | null;
  topicId: string;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteTopicsResponseDeletableTopicResultInput {
  readonly name: string | null;
  readonly topicId?: string | undefined;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DeleteTopics (API key 20), versions 1 to 6.
 * Deletes topics by name, or by id since version 6.
 */
export const DeleteTopicsResponse: MessageCodec<DeleteTopicsResponse, DeleteTopicsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DeleteTopicsResponse',
  apiKey: 20,
  minVersion: 1,
  maxVersion: 6,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readDeleteTopicsResponse,
  write: writeDeleteTopicsResponse,
  create: (partial) => ({ ...createDeleteTopicsResponse(), ...partial }),
});

function readDeleteTopicsResponseDeletableTopicResult(
  reader: WireReader,
  version: number,
): DeleteTopicsResponseDeletableTopicResult {
  const flexible = version >= 4;
  const name = (version >= 6 ? reader.nullableString(flexible) : reader.string(flexible));
  const topicId = version >= 6 ? reader.uuid() : ZERO_UUID;
  const errorCode = reader.int16();
  const errorMessage = version >= 5 ? reader.nullableString(flexible) : null;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    topicId,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeDeleteTopicsResponseDeletableTopicResult(
  writer: WireWriter,
  message: DeleteTopicsResponseDeletableTopicResultInput,
  version: number,
): void {
  const flexible = version >= 4;
  const name = message.name;
  if (name === null && !(version >= 6)) {
    throw writer.nullNotAllowed('responses.name');
  }
  writer.nullableString(name, flexible, 'responses.name');
  if (version >= 6) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'responses.topicId');
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'responses.errorCode');
  if (version >= 5) {
    const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
    writer.nullableString(errorMessage, flexible, 'responses.errorMessage');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDeleteTopicsResponse(reader: WireReader, version: number): DeleteTopicsResponse {
  const flexible = version >= 4;
  const throttleTimeMs = reader.int32();
  const responsesCount = reader.arrayLength(flexible, 4);
  const responses = new Array<DeleteTopicsResponseDeletableTopicResult>(responsesCount);
  for (let i = 0; i < responsesCount; i++) {
    responses[i] = readDeleteTopicsResponseDeletableTopicResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    responses,
    unknownTaggedFields,
  };
}

function writeDeleteTopicsResponse(
  writer: WireWriter,
  message: DeleteTopicsResponseInput,
  version: number,
): void {
  const flexible = version >= 4;
  const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const responses = message.responses;
  const responsesCount = writer.arrayLength(responses, flexible, 'responses');
  for (let i = 0; i < responsesCount; i++) {
    writeDeleteTopicsResponseDeletableTopicResult(writer, responses[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDeleteTopicsResponse(): DeleteTopicsResponse {
  return {
    throttleTimeMs: 0,
    responses: [],
    unknownTaggedFields: undefined,
  };
}
