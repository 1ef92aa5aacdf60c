// Generated from definitions/apis/09-offset-fetch.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Reads the positions of consumer groups; many groups in one request since version 8.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of OffsetFetch (API key 9), versions 1 to 10.
 * Reads the positions of consumer groups; many groups in one request since version 8.
 */
export interface OffsetFetchRequest {
  groupId: string;
  topics: OffsetFetchRequestTopic[] | null;
  groups: OffsetFetchRequestGroup[];
  requireStable: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetFetchRequestInput {
  readonly groupId?: string | undefined;
  readonly topics?: readonly OffsetFetchRequestTopicInput[] | null | undefined;
  readonly groups?: readonly OffsetFetchRequestGroupInput[] | undefined;
  readonly requireStable?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetFetchRequestGroup {
  groupId: string;
  memberId: string | null;
  memberEpoch: number;
  topics: OffsetFetchRequestTopics[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetFetchRequestGroupInput {
  readonly groupId: string;
  readonly memberId?: string | null | undefined;
  readonly memberEpoch?: number | undefined;
  readonly topics: readonly OffsetFetchRequestTopicsInput[] | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetFetchRequestTopics {
  name: string;
  topicId: string;
  partitionIndexes: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetFetchRequestTopicsInput {
  readonly name?: string | undefined;
  readonly topicId?: string | undefined;
  readonly partitionIndexes: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetFetchRequestTopic {
  name: string;
  partitionIndexes: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetFetchRequestTopicInput {
  readonly name: string;
  readonly partitionIndexes: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of OffsetFetch (API key 9), versions 1 to 10.
 * Reads the positions of consumer groups; many groups in one request since version 8.
 */
export const OffsetFetchRequest: MessageCodec<OffsetFetchRequest, OffsetFetchRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'OffsetFetchRequest',
  apiKey: 9,
  minVersion: 1,
  maxVersion: 10,
  flexibleFrom: 6,
  latestVersionUnstable: false,
  read: readOffsetFetchRequest,
  write: writeOffsetFetchRequest,
  create: (partial) => ({ ...createOffsetFetchRequest(), ...partial }),
});

function readOffsetFetchRequestTopic(reader: WireReader, version: number): OffsetFetchRequestTopic {
  const flexible = version >= 6;
  const name = reader.string(flexible);
  const partitionIndexesCount = reader.arrayLength(flexible, 4);
  const partitionIndexes = reader.int32Elements(partitionIndexesCount);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    partitionIndexes,
    unknownTaggedFields,
  };
}

function writeOffsetFetchRequestTopic(
  writer: WireWriter,
  message: OffsetFetchRequestTopicInput,
  version: number,
): void {
  const flexible = version >= 6;
  const name = message.name;
  writer.string(name, flexible, 'topics.name');
  const partitionIndexes = message.partitionIndexes;
  const partitionIndexesCount = writer.arrayLength(partitionIndexes, flexible, 'topics.partitionIndexes');
  for (let i = 0; i < partitionIndexesCount; i++) {
    writer.int32(partitionIndexes[i]!, 'topics.partitionIndexes');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readOffsetFetchRequestTopics(reader: WireReader, version: number): OffsetFetchRequestTopics {
  const name = version <= 9 ? reader.string(true) : '';
  const topicId = version >= 10 ? reader.uuid() : ZERO_UUID;
  const partitionIndexesCount = reader.arrayLength(true, 4);
  const partitionIndexes = reader.int32Elements(partitionIndexesCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    topicId,
    partitionIndexes,
    unknownTaggedFields,
  };
}

function writeOffsetFetchRequestTopics(
  writer: WireWriter,
  message: OffsetFetchRequestTopicsInput,
  version: number,
): void {
  if (version <= 9) {
    const name = message.name === undefined ? '' : message.name;
    writer.string(name, true, 'groups.topics.name');
  }
  if (version >= 10) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'groups.topics.topicId');
  }
  const partitionIndexes = message.partitionIndexes;
  const partitionIndexesCount = writer.arrayLength(partitionIndexes, true, 'groups.topics.partitionIndexes');
  for (let i = 0; i < partitionIndexesCount; i++) {
    writer.int32(partitionIndexes[i]!, 'groups.topics.partitionIndexes');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readOffsetFetchRequestGroup(reader: WireReader, version: number): OffsetFetchRequestGroup {
  const groupId = reader.string(true);
  const memberId = version >= 9 ? reader.nullableString(true) : null;
  const memberEpoch = version >= 9 ? reader.int32() : -1;
  const topicsCount = reader.nullableArrayLength(true, 3);
  let topics: OffsetFetchRequestTopics[] | null = null;
  if (topicsCount >= 0) {
    topics = new Array<OffsetFetchRequestTopics>(topicsCount);
    for (let i = 0; i < topicsCount; i++) {
      topics[i] = readOffsetFetchRequestTopics(reader, version);
    }
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    memberId,
    memberEpoch,
    topics,
    unknownTaggedFields,
  };
}

function writeOffsetFetchRequestGroup(
  writer: WireWriter,
  message: OffsetFetchRequestGroupInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groups.groupId');
  if (version >= 9) {
    const memberId = message.memberId === undefined ? null : message.memberId;
    writer.nullableString(memberId, true, 'groups.memberId');
  }
  if (version >= 9) {
    const memberEpoch = message.memberEpoch === undefined ? -1 : message.memberEpoch;
    writer.int32(memberEpoch, 'groups.memberEpoch');
  }
  const topics = message.topics;
  if (topics === null) {
    writer.nullArray(true);
  } else {
    const topicsCount = writer.arrayLength(topics, true, 'groups.topics');
    for (let i = 0; i < topicsCount; i++) {
      writeOffsetFetchRequestTopics(writer, topics[i]!, version);
    }
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readOffsetFetchRequest(reader: WireReader, version: number): OffsetFetchRequest {
  const flexible = version >= 6;
  const groupId = version <= 7 ? reader.string(flexible) : '';
  let topics: OffsetFetchRequestTopic[] | null = [];
  if (version <= 7) {
    const topicsCount =
      version >= 2 ? reader.nullableArrayLength(flexible, 3) : reader.arrayLength(flexible, 3);
    if (topicsCount < 0) topics = null;
    if (topicsCount >= 0) {
      topics = new Array<OffsetFetchRequestTopic>(topicsCount);
      for (let i = 0; i < topicsCount; i++) {
        topics[i] = readOffsetFetchRequestTopic(reader, version);
      }
    }
  }
  let groups: OffsetFetchRequestGroup[] = [];
  if (version >= 8) {
    const groupsCount = reader.arrayLength(flexible, 3);
    groups = new Array<OffsetFetchRequestGroup>(groupsCount);
    for (let i = 0; i < groupsCount; i++) {
      groups[i] = readOffsetFetchRequestGroup(reader, version);
    }
  }
  const requireStable = version >= 7 ? reader.boolean() : false;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    groupId,
    topics,
    groups,
    requireStable,
    unknownTaggedFields,
  };
}

function writeOffsetFetchRequest(
  writer: WireWriter,
  message: OffsetFetchRequestInput,
  version: number,
): void {
  const flexible = version >= 6;
  const groupId = message.groupId === undefined ? '' : message.groupId;
  if (version <= 7) {
    writer.string(groupId, flexible, 'groupId');
  } else if (groupId !== '') {
    throw writer.notInVersion('groupId');
  }
  const topics = message.topics === undefined ? [] : message.topics;
  if (version <= 7) {
    if (topics === null) {
      if (!(version >= 2)) throw writer.nullNotAllowed('topics');
      writer.nullArray(flexible);
    } else {
      const topicsCount = writer.arrayLength(topics, flexible, 'topics');
      for (let i = 0; i < topicsCount; i++) {
        writeOffsetFetchRequestTopic(writer, topics[i]!, version);
      }
    }
  } else if (topics === null || topics.length > 0) {
    throw writer.notInVersion('topics');
  }
  const groups = message.groups === undefined ? [] : message.groups;
  if (version >= 8) {
    const groupsCount = writer.arrayLength(groups, flexible, 'groups');
    for (let i = 0; i < groupsCount; i++) {
      writeOffsetFetchRequestGroup(writer, groups[i]!, version);
    }
  } else if (groups.length > 0) {
    throw writer.notInVersion('groups');
  }
  const requireStable = message.requireStable === undefined ? false : message.requireStable;
  if (version >= 7) {
    writer.boolean(requireStable, 'requireStable');
  } else if (requireStable) {
    throw writer.notInVersion('requireStable');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createOffsetFetchRequest(): OffsetFetchRequest {
  return {
    groupId: '',
    topics: [],
    groups: [],
    requireStable: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of OffsetFetch (API key 9), versions 1 to 10.
 * Reads the positions of consumer groups; many groups in one request since version 8.
 */
export interface OffsetFetchResponse {
  throttleTimeMs: number;
  topics: OffsetFetchResponseTopic[];
  errorCode: number;
  groups: OffsetFetchResponseGroup[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetFetchResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly topics?: readonly OffsetFetchResponseTopicInput[] | undefined;
  readonly errorCode?: number | undefined;
  readonly groups?: readonly OffsetFetchResponseGroupInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetFetchResponseGroup {
  groupId: string;
  topics: OffsetFetchResponseTopics[];
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetFetchResponseGroupInput {
  readonly groupId: string;
  readonly topics: readonly OffsetFetchResponseTopicsInput[];
  readonly errorCode?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetFetchResponseTopics {
  name: string;
  topicId: string;
  partitions: OffsetFetchResponsePartitions[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetFetchResponseTopicsInput {
  readonly name?: string | undefined;
  readonly topicId?: string | undefined;
  readonly partitions: readonly OffsetFetchResponsePartitionsInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetFetchResponsePartitions {
  partitionIndex: number;
  committedOffset: number;
  committedLeaderEpoch: number;
  metadata: string | null;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetFetchResponsePartitionsInput {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch?: number | undefined;
  readonly metadata: string | null;
  readonly errorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetFetchResponseTopic {
  name: string;
  partitions: OffsetFetchResponsePartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetFetchResponseTopicInput {
  readonly name: string;
  readonly partitions: readonly OffsetFetchResponsePartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetFetchResponsePartition {
  partitionIndex: number;
  committedOffset: number;
  committedLeaderEpoch: number;
  metadata: string | null;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetFetchResponsePartitionInput {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch?: number | undefined;
  readonly metadata: string | null;
  readonly errorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of OffsetFetch (API key 9), versions 1 to 10.
 * Reads the positions of consumer groups; many groups in one request since version 8.
 */
export const OffsetFetchResponse: MessageCodec<OffsetFetchResponse, OffsetFetchResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'OffsetFetchResponse',
  apiKey: 9,
  minVersion: 1,
  maxVersion: 10,
  flexibleFrom: 6,
  latestVersionUnstable: false,
  read: readOffsetFetchResponse,
  write: writeOffsetFetchResponse,
  create: (partial) => ({ ...createOffsetFetchResponse(), ...partial }),
});

function readOffsetFetchResponsePartition(reader: WireReader, version: number): OffsetFetchResponsePartition {
  const flexible = version >= 6;
  const partitionIndex = reader.int32();
  const committedOffset = reader.int64();
  const committedLeaderEpoch = version >= 5 ? reader.int32() : -1;
  const metadata = reader.nullableString(flexible);
  const errorCode = reader.int16();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    metadata,
    errorCode,
    unknownTaggedFields,
  };
}

function writeOffsetFetchResponsePartition(
  writer: WireWriter,
  message: OffsetFetchResponsePartitionInput,
  version: number,
): void {
  const flexible = version >= 6;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const committedOffset = message.committedOffset;
  writer.int64(committedOffset, 'topics.partitions.committedOffset');
  if (version >= 5) {
    const committedLeaderEpoch =
      message.committedLeaderEpoch === undefined ? -1 : message.committedLeaderEpoch;
    writer.int32(committedLeaderEpoch, 'topics.partitions.committedLeaderEpoch');
  }
  const metadata = message.metadata;
  writer.nullableString(metadata, flexible, 'topics.partitions.metadata');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readOffsetFetchResponseTopic(reader: WireReader, version: number): OffsetFetchResponseTopic {
  const flexible = version >= 6;
  const name = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 16);
  const partitions = new Array<OffsetFetchResponsePartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readOffsetFetchResponsePartition(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeOffsetFetchResponseTopic(
  writer: WireWriter,
  message: OffsetFetchResponseTopicInput,
  version: number,
): void {
  const flexible = version >= 6;
  const name = message.name;
  writer.string(name, flexible, 'topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeOffsetFetchResponsePartition(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readOffsetFetchResponsePartitions(
  reader: WireReader,
  _version: number,
): OffsetFetchResponsePartitions {
  const partitionIndex = reader.int32();
  const committedOffset = reader.int64();
  const committedLeaderEpoch = reader.int32();
  const metadata = reader.nullableString(true);
  const errorCode = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    metadata,
    errorCode,
    unknownTaggedFields,
  };
}

function writeOffsetFetchResponsePartitions(
  writer: WireWriter,
  message: OffsetFetchResponsePartitionsInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'groups.topics.partitions.partitionIndex');
  const committedOffset = message.committedOffset;
  writer.int64(committedOffset, 'groups.topics.partitions.committedOffset');
  const committedLeaderEpoch = message.committedLeaderEpoch === undefined ? -1 : message.committedLeaderEpoch;
  writer.int32(committedLeaderEpoch, 'groups.topics.partitions.committedLeaderEpoch');
  const metadata = message.metadata;
  writer.nullableString(metadata, true, 'groups.topics.partitions.metadata');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'groups.topics.partitions.errorCode');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readOffsetFetchResponseTopics(reader: WireReader, version: number): OffsetFetchResponseTopics {
  const name = version <= 9 ? reader.string(true) : '';
  const topicId = version >= 10 ? reader.uuid() : ZERO_UUID;
  const partitionsCount = reader.arrayLength(true, 20);
  const partitions = new Array<OffsetFetchResponsePartitions>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readOffsetFetchResponsePartitions(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeOffsetFetchResponseTopics(
  writer: WireWriter,
  message: OffsetFetchResponseTopicsInput,
  version: number,
): void {
  if (version <= 9) {
    const name = message.name === undefined ? '' : message.name;
    writer.string(name, true, 'groups.topics.name');
  }
  if (version >= 10) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'groups.topics.topicId');
  }
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'groups.topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeOffsetFetchResponsePartitions(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readOffsetFetchResponseGroup(reader: WireReader, version: number): OffsetFetchResponseGroup {
  const groupId = reader.string(true);
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<OffsetFetchResponseTopics>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readOffsetFetchResponseTopics(reader, version);
  }
  const errorCode = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    topics,
    errorCode,
    unknownTaggedFields,
  };
}

function writeOffsetFetchResponseGroup(
  writer: WireWriter,
  message: OffsetFetchResponseGroupInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groups.groupId');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'groups.topics');
  for (let i = 0; i < topicsCount; i++) {
    writeOffsetFetchResponseTopics(writer, topics[i]!, version);
  }
  const errorCode = message.errorCode === undefined ? 0 : message.errorCode;
  writer.int16(errorCode, 'groups.errorCode');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readOffsetFetchResponse(reader: WireReader, version: number): OffsetFetchResponse {
  const flexible = version >= 6;
  const throttleTimeMs = version >= 3 ? reader.int32() : 0;
  let topics: OffsetFetchResponseTopic[] = [];
  if (version <= 7) {
    const topicsCount = reader.arrayLength(flexible, 3);
    topics = new Array<OffsetFetchResponseTopic>(topicsCount);
    for (let i = 0; i < topicsCount; i++) {
      topics[i] = readOffsetFetchResponseTopic(reader, version);
    }
  }
  const errorCode = version >= 2 && version <= 7 ? reader.int16() : 0;
  let groups: OffsetFetchResponseGroup[] = [];
  if (version >= 8) {
    const groupsCount = reader.arrayLength(flexible, 5);
    groups = new Array<OffsetFetchResponseGroup>(groupsCount);
    for (let i = 0; i < groupsCount; i++) {
      groups[i] = readOffsetFetchResponseGroup(reader, version);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    topics,
    errorCode,
    groups,
    unknownTaggedFields,
  };
}

function writeOffsetFetchResponse(
  writer: WireWriter,
  message: OffsetFetchResponseInput,
  version: number,
): void {
  const flexible = version >= 6;
  if (version >= 3) {
    const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
    writer.int32(throttleTimeMs, 'throttleTimeMs');
  }
  const topics = message.topics === undefined ? [] : message.topics;
  if (version <= 7) {
    const topicsCount = writer.arrayLength(topics, flexible, 'topics');
    for (let i = 0; i < topicsCount; i++) {
      writeOffsetFetchResponseTopic(writer, topics[i]!, version);
    }
  } else if (topics.length > 0) {
    throw writer.notInVersion('topics');
  }
  if (version >= 2 && version <= 7) {
    const errorCode = message.errorCode === undefined ? 0 : message.errorCode;
    writer.int16(errorCode, 'errorCode');
  }
  const groups = message.groups === undefined ? [] : message.groups;
  if (version >= 8) {
    const groupsCount = writer.arrayLength(groups, flexible, 'groups');
    for (let i = 0; i < groupsCount; i++) {
      writeOffsetFetchResponseGroup(writer, groups[i]!, version);
    }
  } else if (groups.length > 0) {
    throw writer.notInVersion('groups');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createOffsetFetchResponse(): OffsetFetchResponse {
  return {
    throttleTimeMs: 0,
    topics: [],
    errorCode: 0,
    groups: [],
    unknownTaggedFields: undefined,
  };
}
