// Generated from definitions/apis/46-list-partition-reassignments.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Lists the partition moves that are going on.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ListPartitionReassignments (API key 46), version 0.
 * Lists the partition moves that are going on.
 */
export interface ListPartitionReassignmentsRequest {
  timeoutMs: number;
  topics: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListPartitionReassignmentsRequestInput {
  readonly timeoutMs?: number | undefined;
  readonly topics?: readonly ListPartitionReassignmentsRequestListPartitionReassignmentsTopicsInput[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  name: string;
  partitionIndexes: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListPartitionReassignmentsRequestListPartitionReassignmentsTopicsInput {
  readonly name: string;
  readonly partitionIndexes: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ListPartitionReassignments (API key 46), version 0.
 * Lists the partition moves that are going on.
 */
export const ListPartitionReassignmentsRequest: MessageCodec<ListPartitionReassignmentsRequest, ListPartitionReassignmentsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ListPartitionReassignmentsRequest',
  apiKey: 46,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readListPartitionReassignmentsRequest,
  write: writeListPartitionReassignmentsRequest,
  create: (partial) => ({ ...createListPartitionReassignmentsRequest(), ...partial }),
});

function readListPartitionReassignmentsRequestListPartitionReassignmentsTopics(
  reader: WireReader,
  _version: number,
): ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  const name = reader.string(true);
  const partitionIndexesCount = reader.arrayLength(true, 4);
  const partitionIndexes = reader.int32Elements(partitionIndexesCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    partitionIndexes,
    unknownTaggedFields,
  };
}

function writeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(
  writer: WireWriter,
  message: ListPartitionReassignmentsRequestListPartitionReassignmentsTopicsInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'topics.name');
  const partitionIndexes = message.partitionIndexes;
  const partitionIndexesCount = writer.arrayLength(partitionIndexes, true, 'topics.partitionIndexes');
  for (let i = 0; i < partitionIndexesCount; i++) {
    writer.int32(partitionIndexes[i]!, 'topics.partitionIndexes');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readListPartitionReassignmentsRequest(
  reader: WireReader,
  version: number,
): ListPartitionReassignmentsRequest {
  const timeoutMs = reader.int32();
  const topicsCount = reader.nullableArrayLength(true, 3);
  let topics: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null = null;
  if (topicsCount >= 0) {
    topics = new Array<ListPartitionReassignmentsRequestListPartitionReassignmentsTopics>(topicsCount);
    for (let i = 0; i < topicsCount; i++) {
      topics[i] = readListPartitionReassignmentsRequestListPartitionReassignmentsTopics(reader, version);
    }
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    timeoutMs,
    topics,
    unknownTaggedFields,
  };
}

function writeListPartitionReassignmentsRequest(
  writer: WireWriter,
  message: ListPartitionReassignmentsRequestInput,
  version: number,
): void {
  const timeoutMs = message.timeoutMs === undefined ? 60000 : message.timeoutMs;
  writer.int32(timeoutMs, 'timeoutMs');
  const topics = message.topics === undefined ? null : message.topics;
  if (topics === null) {
    writer.nullArray(true);
  } else {
    const topicsCount = writer.arrayLength(topics, true, 'topics');
    for (let i = 0; i < topicsCount; i++) {
      writeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(writer, topics[i]!, version);
    }
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createListPartitionReassignmentsRequest(): ListPartitionReassignmentsRequest {
  return {
    timeoutMs: 60000,
    topics: null,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ListPartitionReassignments (API key 46), version 0.
 * Lists the partition moves that are going on.
 */
export interface ListPartitionReassignmentsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  topics: ListPartitionReassignmentsResponseOngoingTopicReassignment[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListPartitionReassignmentsResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly topics: readonly ListPartitionReassignmentsResponseOngoingTopicReassignmentInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ListPartitionReassignmentsResponseOngoingTopicReassignment {
  name: string;
  partitions: ListPartitionReassignmentsResponseOngoingPartitionReassignment[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListPartitionReassignmentsResponseOngoingTopicReassignmentInput {
  readonly name: string;
  readonly partitions: readonly ListPartitionReassignmentsResponseOngoingPartitionReassignmentInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  partitionIndex: number;
  replicas: number[];
  addingReplicas: number[];
  removingReplicas: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListPartitionReassignmentsResponseOngoingPartitionReassignmentInput {
  readonly partitionIndex: number;
  readonly replicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ListPartitionReassignments (API key 46), version 0.
 * Lists the partition moves that are going on.
 */
export const ListPartitionReassignmentsResponse: MessageCodec<ListPartitionReassignmentsResponse, ListPartitionReassignmentsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ListPartitionReassignmentsResponse',
  apiKey: 46,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readListPartitionReassignmentsResponse,
  write: writeListPartitionReassignmentsResponse,
  create: (partial) => ({ ...createListPartitionReassignmentsResponse(), ...partial }),
});

function readListPartitionReassignmentsResponseOngoingPartitionReassignment(
  reader: WireReader,
  _version: number,
): ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  const partitionIndex = reader.int32();
  const replicasCount = reader.arrayLength(true, 4);
  const replicas = reader.int32Elements(replicasCount);
  const addingReplicasCount = reader.arrayLength(true, 4);
  const addingReplicas = reader.int32Elements(addingReplicasCount);
  const removingReplicasCount = reader.arrayLength(true, 4);
  const removingReplicas = reader.int32Elements(removingReplicasCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    replicas,
    addingReplicas,
    removingReplicas,
    unknownTaggedFields,
  };
}

function writeListPartitionReassignmentsResponseOngoingPartitionReassignment(
  writer: WireWriter,
  message: ListPartitionReassignmentsResponseOngoingPartitionReassignmentInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const replicas = message.replicas;
  const replicasCount = writer.arrayLength(replicas, true, 'topics.partitions.replicas');
  for (let i = 0; i < replicasCount; i++) {
    writer.int32(replicas[i]!, 'topics.partitions.replicas');
  }
  const addingReplicas = message.addingReplicas;
  const addingReplicasCount = writer.arrayLength(addingReplicas, true, 'topics.partitions.addingReplicas');
  for (let i = 0; i < addingReplicasCount; i++) {
    writer.int32(addingReplicas[i]!, 'topics.partitions.addingReplicas');
  }
  const removingReplicas = message.removingReplicas;
  const removingReplicasCount =
    writer.arrayLength(removingReplicas, true, 'topics.partitions.removingReplicas');
  for (let i = 0; i < removingReplicasCount; i++) {
    writer.int32(removingReplicas[i]!, 'topics.partitions.removingReplicas');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readListPartitionReassignmentsResponseOngoingTopicReassignment(
  reader: WireReader,
  version: number,
): ListPartitionReassignmentsResponseOngoingTopicReassignment {
  const name = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 8);
  const partitions =
    new Array<ListPartitionReassignmentsResponseOngoingPartitionReassignment>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readListPartitionReassignmentsResponseOngoingPartitionReassignment(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeListPartitionReassignmentsResponseOngoingTopicReassignment(
  writer: WireWriter,
  message: ListPartitionReassignmentsResponseOngoingTopicReassignmentInput,
  version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeListPartitionReassignmentsResponseOngoingPartitionReassignment(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readListPartitionReassignmentsResponse(
  reader: WireReader,
  version: number,
): ListPartitionReassignmentsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<ListPartitionReassignmentsResponseOngoingTopicReassignment>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readListPartitionReassignmentsResponseOngoingTopicReassignment(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    topics,
    unknownTaggedFields,
  };
}

function writeListPartitionReassignmentsResponse(
  writer: WireWriter,
  message: ListPartitionReassignmentsResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeListPartitionReassignmentsResponseOngoingTopicReassignment(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createListPartitionReassignmentsResponse(): ListPartitionReassignmentsResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: '',
    topics: [],
    unknownTaggedFields: undefined,
  };
}
