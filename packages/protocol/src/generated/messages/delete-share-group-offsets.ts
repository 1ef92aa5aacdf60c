// Generated from definitions/apis/92-delete-share-group-offsets.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Deletes the start offsets of a share group.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DeleteShareGroupOffsets (API key 92), version 0.
 * Deletes the start offsets of a share group.
 */
export interface DeleteShareGroupOffsetsRequest {
  groupId: string;
  topics: DeleteShareGroupOffsetsRequestTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupOffsetsRequestInput {
  readonly groupId: string;
  readonly topics: readonly DeleteShareGroupOffsetsRequestTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupOffsetsRequestTopic {
  topicName: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupOffsetsRequestTopicInput {
  readonly topicName: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DeleteShareGroupOffsets (API key 92), version 0.
 * Deletes the start offsets of a share group.
 */
export const DeleteShareGroupOffsetsRequest: MessageCodec<DeleteShareGroupOffsetsRequest, DeleteShareGroupOffsetsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DeleteShareGroupOffsetsRequest',
  apiKey: 92,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDeleteShareGroupOffsetsRequest,
  write: writeDeleteShareGroupOffsetsRequest,
  create: (partial) => ({ ...createDeleteShareGroupOffsetsRequest(), ...partial }),
});

function readDeleteShareGroupOffsetsRequestTopic(
  reader: WireReader,
  _version: number,
): DeleteShareGroupOffsetsRequestTopic {
  const topicName = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicName,
    unknownTaggedFields,
  };
}

function writeDeleteShareGroupOffsetsRequestTopic(
  writer: WireWriter,
  message: DeleteShareGroupOffsetsRequestTopicInput,
  _version: number,
): void {
  const topicName = message.topicName;
  writer.string(topicName, true, 'topics.topicName');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDeleteShareGroupOffsetsRequest(
  reader: WireReader,
  version: number,
): DeleteShareGroupOffsetsRequest {
  const groupId = reader.string(true);
  const topicsCount = reader.arrayLength(true, 2);
  const topics = new Array<DeleteShareGroupOffsetsRequestTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readDeleteShareGroupOffsetsRequestTopic(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    topics,
    unknownTaggedFields,
  };
}

function writeDeleteShareGroupOffsetsRequest(
  writer: WireWriter,
  message: DeleteShareGroupOffsetsRequestInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groupId');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeDeleteShareGroupOffsetsRequestTopic(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDeleteShareGroupOffsetsRequest(): DeleteShareGroupOffsetsRequest {
  return {
    groupId: '',
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DeleteShareGroupOffsets (API key 92), version 0.
 * Deletes the start offsets of a share group.
 */
export interface DeleteShareGroupOffsetsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  responses: DeleteShareGroupOffsetsResponseTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupOffsetsResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly responses: readonly DeleteShareGroupOffsetsResponseTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupOffsetsResponseTopic {
  topicName: string;
  topicId: string;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupOffsetsResponseTopicInput {
  readonly topicName: string;
  readonly topicId: string;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DeleteShareGroupOffsets (API key 92), version 0.
 * Deletes the start offsets of a share group.
 */
export const DeleteShareGroupOffsetsResponse: MessageCodec<DeleteShareGroupOffsetsResponse, DeleteShareGroupOffsetsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DeleteShareGroupOffsetsResponse',
  apiKey: 92,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDeleteShareGroupOffsetsResponse,
  write: writeDeleteShareGroupOffsetsResponse,
  create: (partial) => ({ ...createDeleteShareGroupOffsetsResponse(), ...partial }),
});

function readDeleteShareGroupOffsetsResponseTopic(
  reader: WireReader,
  _version: number,
): DeleteShareGroupOffsetsResponseTopic {
  const topicName = reader.string(true);
  const topicId = reader.uuid();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicName,
    topicId,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeDeleteShareGroupOffsetsResponseTopic(
  writer: WireWriter,
  message: DeleteShareGroupOffsetsResponseTopicInput,
  _version: number,
): void {
  const topicName = message.topicName;
  writer.string(topicName, true, 'responses.topicName');
  const topicId = message.topicId;
  writer.uuid(topicId, 'responses.topicId');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'responses.errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'responses.errorMessage');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDeleteShareGroupOffsetsResponse(
  reader: WireReader,
  version: number,
): DeleteShareGroupOffsetsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const responsesCount = reader.arrayLength(true, 21);
  const responses = new Array<DeleteShareGroupOffsetsResponseTopic>(responsesCount);
  for (let i = 0; i < responsesCount; i++) {
    responses[i] = readDeleteShareGroupOffsetsResponseTopic(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    responses,
    unknownTaggedFields,
  };
}

function writeDeleteShareGroupOffsetsResponse(
  writer: WireWriter,
  message: DeleteShareGroupOffsetsResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  const responses = message.responses;
  const responsesCount = writer.arrayLength(responses, true, 'responses');
  for (let i = 0; i < responsesCount; i++) {
    writeDeleteShareGroupOffsetsResponseTopic(writer, responses[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDeleteShareGroupOffsetsResponse(): DeleteShareGroupOffsetsResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: null,
    responses: [],
    unknownTaggedFields: undefined,
  };
}
