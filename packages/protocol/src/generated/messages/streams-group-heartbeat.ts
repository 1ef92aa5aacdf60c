// Generated from definitions/apis/88-streams-group-heartbeat.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Joins, keeps alive and leaves a streams group (KIP-1071).

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of StreamsGroupHeartbeat (API key 88), versions 0 to 1.
 * Joins, keeps alive and leaves a streams group (KIP-1071).
 */
export interface StreamsGroupHeartbeatRequest {
  groupId: string;
  memberId: string;
  memberEpoch: number;
  endpointInformationEpoch: number;
  instanceId: string | null;
  rackId: string | null;
  rebalanceTimeoutMs: number;
  topology: StreamsGroupHeartbeatRequestTopology | null;
  activeTasks: StreamsGroupHeartbeatRequestTaskIds[] | null;
  standbyTasks: StreamsGroupHeartbeatRequestTaskIds[] | null;
  warmupTasks: StreamsGroupHeartbeatRequestTaskIds[] | null;
  processId: string | null;
  userEndpoint: StreamsGroupHeartbeatRequestEndpoint | null;
  clientTags: StreamsGroupHeartbeatRequestKeyValue[] | null;
  taskOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null;
  taskEndOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null;
  shutdownApplication: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestInput {
  readonly groupId: string;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly endpointInformationEpoch: number;
  readonly instanceId?: string | null | undefined;
  readonly rackId?: string | null | undefined;
  readonly rebalanceTimeoutMs?: number | undefined;
  readonly topology?: StreamsGroupHeartbeatRequestTopologyInput | null | undefined;
  readonly activeTasks?: readonly StreamsGroupHeartbeatRequestTaskIdsInput[] | null | undefined;
  readonly standbyTasks?: readonly StreamsGroupHeartbeatRequestTaskIdsInput[] | null | undefined;
  readonly warmupTasks?: readonly StreamsGroupHeartbeatRequestTaskIdsInput[] | null | undefined;
  readonly processId?: string | null | undefined;
  readonly userEndpoint?: StreamsGroupHeartbeatRequestEndpointInput | null | undefined;
  readonly clientTags?: readonly StreamsGroupHeartbeatRequestKeyValueInput[] | null | undefined;
  readonly taskOffsets?: readonly StreamsGroupHeartbeatRequestTaskOffsetInput[] | null | undefined;
  readonly taskEndOffsets?: readonly StreamsGroupHeartbeatRequestTaskOffsetInput[] | null | undefined;
  readonly shutdownApplication?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestTaskOffset {
  subtopologyId: string;
  partition: number;
  offset: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestTaskOffsetInput {
  readonly subtopologyId: string;
  readonly partition: number;
  readonly offset: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestEndpoint {
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestEndpointInput {
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestTaskIds {
  subtopologyId: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestTaskIdsInput {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestTopology {
  epoch: number;
  subtopologies: StreamsGroupHeartbeatRequestSubtopology[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestTopologyInput {
  readonly epoch: number;
  readonly subtopologies: readonly StreamsGroupHeartbeatRequestSubtopologyInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestSubtopology {
  subtopologyId: string;
  sourceTopics: string[];
  sourceTopicRegex: string[];
  stateChangelogTopics: StreamsGroupHeartbeatRequestTopicInfo[];
  repartitionSinkTopics: string[];
  repartitionSourceTopics: StreamsGroupHeartbeatRequestTopicInfo[];
  copartitionGroups: StreamsGroupHeartbeatRequestCopartitionGroup[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestSubtopologyInput {
  readonly subtopologyId: string;
  readonly sourceTopics: readonly string[];
  readonly sourceTopicRegex: readonly string[];
  readonly stateChangelogTopics: readonly StreamsGroupHeartbeatRequestTopicInfoInput[];
  readonly repartitionSinkTopics: readonly string[];
  readonly repartitionSourceTopics: readonly StreamsGroupHeartbeatRequestTopicInfoInput[];
  readonly copartitionGroups: readonly StreamsGroupHeartbeatRequestCopartitionGroupInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestCopartitionGroup {
  sourceTopics: number[];
  sourceTopicRegex: number[];
  repartitionSourceTopics: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestCopartitionGroupInput {
  readonly sourceTopics: readonly number[];
  readonly sourceTopicRegex: readonly number[];
  readonly repartitionSourceTopics: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestTopicInfo {
  name: string;
  partitions: number;
  replicationFactor: number;
  topicConfigs: StreamsGroupHeartbeatRequestKeyValue[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestTopicInfoInput {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly topicConfigs: readonly StreamsGroupHeartbeatRequestKeyValueInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestKeyValue {
  key: string;
  value: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatRequestKeyValueInput {
  readonly key: string;
  readonly value: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of StreamsGroupHeartbeat (API key 88), versions 0 to 1.
 * Joins, keeps alive and leaves a streams group (KIP-1071).
 */
export const StreamsGroupHeartbeatRequest: MessageCodec<StreamsGroupHeartbeatRequest, StreamsGroupHeartbeatRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupHeartbeatRequest',
  apiKey: 88,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readStreamsGroupHeartbeatRequest,
  write: writeStreamsGroupHeartbeatRequest,
  create: (partial) => ({ ...createStreamsGroupHeartbeatRequest(), ...partial }),
});

function readStreamsGroupHeartbeatRequestKeyValue(
  reader: WireReader,
  _version: number,
): StreamsGroupHeartbeatRequestKeyValue {
  const key = reader.string(true);
  const value = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    key,
    value,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatRequestKeyValue(
  writer: WireWriter,
  message: StreamsGroupHeartbeatRequestKeyValueInput,
  _version: number,
): void {
  const key = message.key;
  writer.string(key, true, 'KeyValue.key');
  const value = message.value;
  writer.string(value, true, 'KeyValue.value');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupHeartbeatRequestTopicInfo(
  reader: WireReader,
  version: number,
): StreamsGroupHeartbeatRequestTopicInfo {
  const name = reader.string(true);
  const partitions = reader.int32();
  const replicationFactor = reader.int16();
  const topicConfigsCount = reader.arrayLength(true, 3);
  const topicConfigs = new Array<StreamsGroupHeartbeatRequestKeyValue>(topicConfigsCount);
  for (let i = 0; i < topicConfigsCount; i++) {
    topicConfigs[i] = readStreamsGroupHeartbeatRequestKeyValue(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    partitions,
    replicationFactor,
    topicConfigs,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatRequestTopicInfo(
  writer: WireWriter,
  message: StreamsGroupHeartbeatRequestTopicInfoInput,
  version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'TopicInfo.name');
  const partitions = message.partitions;
  writer.int32(partitions, 'TopicInfo.partitions');
  const replicationFactor = message.replicationFactor;
  writer.int16(replicationFactor, 'TopicInfo.replicationFactor');
  const topicConfigs = message.topicConfigs;
  const topicConfigsCount = writer.arrayLength(topicConfigs, true, 'TopicInfo.topicConfigs');
  for (let i = 0; i < topicConfigsCount; i++) {
    writeStreamsGroupHeartbeatRequestKeyValue(writer, topicConfigs[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupHeartbeatRequestCopartitionGroup(
  reader: WireReader,
  _version: number,
): StreamsGroupHeartbeatRequestCopartitionGroup {
  const sourceTopicsCount = reader.arrayLength(true, 2);
  const sourceTopics = new Array<number>(sourceTopicsCount);
  for (let i = 0; i < sourceTopicsCount; i++) {
    sourceTopics[i] = reader.int16();
  }
  const sourceTopicRegexCount = reader.arrayLength(true, 2);
  const sourceTopicRegex = new Array<number>(sourceTopicRegexCount);
  for (let i = 0; i < sourceTopicRegexCount; i++) {
    sourceTopicRegex[i] = reader.int16();
  }
  const repartitionSourceTopicsCount = reader.arrayLength(true, 2);
  const repartitionSourceTopics = new Array<number>(repartitionSourceTopicsCount);
  for (let i = 0; i < repartitionSourceTopicsCount; i++) {
    repartitionSourceTopics[i] = reader.int16();
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    sourceTopics,
    sourceTopicRegex,
    repartitionSourceTopics,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatRequestCopartitionGroup(
  writer: WireWriter,
  message: StreamsGroupHeartbeatRequestCopartitionGroupInput,
  _version: number,
): void {
  const sourceTopics = message.sourceTopics;
  const sourceTopicsCount =
    writer.arrayLength(sourceTopics, true, 'topology.subtopologies.copartitionGroups.sourceTopics');
  for (let i = 0; i < sourceTopicsCount; i++) {
    writer.int16(sourceTopics[i]!, 'topology.subtopologies.copartitionGroups.sourceTopics');
  }
  const sourceTopicRegex = message.sourceTopicRegex;
  const sourceTopicRegexCount =
    writer.arrayLength(sourceTopicRegex, true, 'topology.subtopologies.copartitionGroups.sourceTopicRegex');
  for (let i = 0; i < sourceTopicRegexCount; i++) {
    writer.int16(sourceTopicRegex[i]!, 'topology.subtopologies.copartitionGroups.sourceTopicRegex');
  }
  const repartitionSourceTopics = message.repartitionSourceTopics;
  const repartitionSourceTopicsCount =
    writer.arrayLength(repartitionSourceTopics, true, 'topology.subtopologies.copartitionGroups.repartitionSourceTopics');
  for (let i = 0; i < repartitionSourceTopicsCount; i++) {
    writer.int16(repartitionSourceTopics[i]!, 'topology.subtopologies.copartitionGroups.repartitionSourceTopics');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupHeartbeatRequestSubtopology(
  reader: WireReader,
  version: number,
): StreamsGroupHeartbeatRequestSubtopology {
  const subtopologyId = reader.string(true);
  const sourceTopicsCount = reader.arrayLength(true, 1);
  const sourceTopics = new Array<string>(sourceTopicsCount);
  for (let i = 0; i < sourceTopicsCount; i++) {
    sourceTopics[i] = reader.string(true);
  }
  const sourceTopicRegexCount = reader.arrayLength(true, 1);
  const sourceTopicRegex = new Array<string>(sourceTopicRegexCount);
  for (let i = 0; i < sourceTopicRegexCount; i++) {
    sourceTopicRegex[i] = reader.string(true);
  }
  const stateChangelogTopicsCount = reader.arrayLength(true, 9);
  const stateChangelogTopics = new Array<StreamsGroupHeartbeatRequestTopicInfo>(stateChangelogTopicsCount);
  for (let i = 0; i < stateChangelogTopicsCount; i++) {
    stateChangelogTopics[i] = readStreamsGroupHeartbeatRequestTopicInfo(reader, version);
  }
  const repartitionSinkTopicsCount = reader.arrayLength(true, 1);
  const repartitionSinkTopics = new Array<string>(repartitionSinkTopicsCount);
  for (let i = 0; i < repartitionSinkTopicsCount; i++) {
    repartitionSinkTopics[i] = reader.string(true);
  }
  const repartitionSourceTopicsCount = reader.arrayLength(true, 9);
  const repartitionSourceTopics =
    new Array<StreamsGroupHeartbeatRequestTopicInfo>(repartitionSourceTopicsCount);
  for (let i = 0; i < repartitionSourceTopicsCount; i++) {
    repartitionSourceTopics[i] = readStreamsGroupHeartbeatRequestTopicInfo(reader, version);
  }
  const copartitionGroupsCount = reader.arrayLength(true, 4);
  const copartitionGroups = new Array<StreamsGroupHeartbeatRequestCopartitionGroup>(copartitionGroupsCount);
  for (let i = 0; i < copartitionGroupsCount; i++) {
    copartitionGroups[i] = readStreamsGroupHeartbeatRequestCopartitionGroup(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    subtopologyId,
    sourceTopics,
    sourceTopicRegex,
    stateChangelogTopics,
    repartitionSinkTopics,
    repartitionSourceTopics,
    copartitionGroups,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatRequestSubtopology(
  writer: WireWriter,
  message: StreamsGroupHeartbeatRequestSubtopologyInput,
  version: number,
): void {
  const subtopologyId = message.subtopologyId;
  writer.string(subtopologyId, true, 'topology.subtopologies.subtopologyId');
  const sourceTopics = message.sourceTopics;
  const sourceTopicsCount = writer.arrayLength(sourceTopics, true, 'topology.subtopologies.sourceTopics');
  for (let i = 0; i < sourceTopicsCount; i++) {
    writer.string(sourceTopics[i]!, true, 'topology.subtopologies.sourceTopics');
  }
  const sourceTopicRegex = message.sourceTopicRegex;
  const sourceTopicRegexCount =
    writer.arrayLength(sourceTopicRegex, true, 'topology.subtopologies.sourceTopicRegex');
  for (let i = 0; i < sourceTopicRegexCount; i++) {
    writer.string(sourceTopicRegex[i]!, true, 'topology.subtopologies.sourceTopicRegex');
  }
  const stateChangelogTopics = message.stateChangelogTopics;
  const stateChangelogTopicsCount =
    writer.arrayLength(stateChangelogTopics, true, 'topology.subtopologies.stateChangelogTopics');
  for (let i = 0; i < stateChangelogTopicsCount; i++) {
    writeStreamsGroupHeartbeatRequestTopicInfo(writer, stateChangelogTopics[i]!, version);
  }
  const repartitionSinkTopics = message.repartitionSinkTopics;
  const repartitionSinkTopicsCount =
    writer.arrayLength(repartitionSinkTopics, true, 'topology.subtopologies.repartitionSinkTopics');
  for (let i = 0; i < repartitionSinkTopicsCount; i++) {
    writer.string(repartitionSinkTopics[i]!, true, 'topology.subtopologies.repartitionSinkTopics');
  }
  const repartitionSourceTopics = message.repartitionSourceTopics;
  const repartitionSourceTopicsCount =
    writer.arrayLength(repartitionSourceTopics, true, 'topology.subtopologies.repartitionSourceTopics');
  for (let i = 0; i < repartitionSourceTopicsCount; i++) {
    writeStreamsGroupHeartbeatRequestTopicInfo(writer, repartitionSourceTopics[i]!, version);
  }
  const copartitionGroups = message.copartitionGroups;
  const copartitionGroupsCount =
    writer.arrayLength(copartitionGroups, true, 'topology.subtopologies.copartitionGroups');
  for (let i = 0; i < copartitionGroupsCount; i++) {
    writeStreamsGroupHeartbeatRequestCopartitionGroup(writer, copartitionGroups[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupHeartbeatRequestTopology(
  reader: WireReader,
  version: number,
): StreamsGroupHeartbeatRequestTopology {
  const epoch = reader.int32();
  const subtopologiesCount = reader.arrayLength(true, 8);
  const subtopologies = new Array<StreamsGroupHeartbeatRequestSubtopology>(subtopologiesCount);
  for (let i = 0; i < subtopologiesCount; i++) {
    subtopologies[i] = readStreamsGroupHeartbeatRequestSubtopology(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    epoch,
    subtopologies,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatRequestTopology(
  writer: WireWriter,
  message: StreamsGroupHeartbeatRequestTopologyInput,
  version: number,
): void {
  const epoch = message.epoch;
  writer.int32(epoch, 'topology.epoch');
  const subtopologies = message.subtopologies;
  const subtopologiesCount = writer.arrayLength(subtopologies, true, 'topology.subtopologies');
  for (let i = 0; i < subtopologiesCount; i++) {
    writeStreamsGroupHeartbeatRequestSubtopology(writer, subtopologies[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupHeartbeatRequestTaskIds(
  reader: WireReader,
  _version: number,
): StreamsGroupHeartbeatRequestTaskIds {
  const subtopologyId = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    subtopologyId,
    partitions,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatRequestTaskIds(
  writer: WireWriter,
  message: StreamsGroupHeartbeatRequestTaskIdsInput,
  _version: number,
): void {
  const subtopologyId = message.subtopologyId;
  writer.string(subtopologyId, true, 'TaskIds.subtopologyId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'TaskIds.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'TaskIds.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupHeartbeatRequestEndpoint(
  reader: WireReader,
  _version: number,
): StreamsGroupHeartbeatRequestEndpoint {
  const host = reader.string(true);
  const port = reader.uint16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    host,
    port,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatRequestEndpoint(
  writer: WireWriter,
  message: StreamsGroupHeartbeatRequestEndpointInput,
  _version: number,
): void {
  const host = message.host;
  writer.string(host, true, 'userEndpoint.host');
  const port = message.port;
  writer.uint16(port, 'userEndpoint.port');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupHeartbeatRequestTaskOffset(
  reader: WireReader,
  _version: number,
): StreamsGroupHeartbeatRequestTaskOffset {
  const subtopologyId = reader.string(true);
  const partition = reader.int32();
  const offset = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    subtopologyId,
    partition,
    offset,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatRequestTaskOffset(
  writer: WireWriter,
  message: StreamsGroupHeartbeatRequestTaskOffsetInput,
  _version: number,
): void {
  const subtopologyId = message.subtopologyId;
  writer.string(subtopologyId, true, 'TaskOffset.subtopologyId');
  const partition = message.partition;
  writer.int32(partition, 'TaskOffset.partition');
  const offset = message.offset;
  writer.int64(offset, 'TaskOffset.offset');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupHeartbeatRequest(reader: WireReader, version: number): StreamsGroupHeartbeatRequest {
  const groupId = reader.string(true);
  const memberId = reader.string(true);
  const memberEpoch = reader.int32();
  const endpointInformationEpoch = reader.int32();
  const instanceId = reader.nullableString(true);
  const rackId = reader.nullableString(true);
  const rebalanceTimeoutMs = reader.int32();
  const topology = (reader.int8() < 0 ? null : readStreamsGroupHeartbeatRequestTopology(reader, version));
  const activeTasksCount = reader.nullableArrayLength(true, 3);
  let activeTasks: StreamsGroupHeartbeatRequestTaskIds[] | null = null;
  if (activeTasksCount >= 0) {
    activeTasks = new Array<StreamsGroupHeartbeatRequestTaskIds>(activeTasksCount);
    for (let i = 0; i < activeTasksCount; i++) {
      activeTasks[i] = readStreamsGroupHeartbeatRequestTaskIds(reader, version);
    }
  }
  const standbyTasksCount = reader.nullableArrayLength(true, 3);
  let standbyTasks: StreamsGroupHeartbeatRequestTaskIds[] | null = null;
  if (standbyTasksCount >= 0) {
    standbyTasks = new Array<StreamsGroupHeartbeatRequestTaskIds>(standbyTasksCount);
    for (let i = 0; i < standbyTasksCount; i++) {
      standbyTasks[i] = readStreamsGroupHeartbeatRequestTaskIds(reader, version);
    }
  }
  const warmupTasksCount = reader.nullableArrayLength(true, 3);
  let warmupTasks: StreamsGroupHeartbeatRequestTaskIds[] | null = null;
  if (warmupTasksCount >= 0) {
    warmupTasks = new Array<StreamsGroupHeartbeatRequestTaskIds>(warmupTasksCount);
    for (let i = 0; i < warmupTasksCount; i++) {
      warmupTasks[i] = readStreamsGroupHeartbeatRequestTaskIds(reader, version);
    }
  }
  const processId = reader.nullableString(true);
  const userEndpoint = (reader.int8() < 0 ? null : readStreamsGroupHeartbeatRequestEndpoint(reader, version));
  const clientTagsCount = reader.nullableArrayLength(true, 3);
  let clientTags: StreamsGroupHeartbeatRequestKeyValue[] | null = null;
  if (clientTagsCount >= 0) {
    clientTags = new Array<StreamsGroupHeartbeatRequestKeyValue>(clientTagsCount);
    for (let i = 0; i < clientTagsCount; i++) {
      clientTags[i] = readStreamsGroupHeartbeatRequestKeyValue(reader, version);
    }
  }
  const taskOffsetsCount = reader.nullableArrayLength(true, 14);
  let taskOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null = null;
  if (taskOffsetsCount >= 0) {
    taskOffsets = new Array<StreamsGroupHeartbeatRequestTaskOffset>(taskOffsetsCount);
    for (let i = 0; i < taskOffsetsCount; i++) {
      taskOffsets[i] = readStreamsGroupHeartbeatRequestTaskOffset(reader, version);
    }
  }
  const taskEndOffsetsCount = reader.nullableArrayLength(true, 14);
  let taskEndOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null = null;
  if (taskEndOffsetsCount >= 0) {
    taskEndOffsets = new Array<StreamsGroupHeartbeatRequestTaskOffset>(taskEndOffsetsCount);
    for (let i = 0; i < taskEndOffsetsCount; i++) {
      taskEndOffsets[i] = readStreamsGroupHeartbeatRequestTaskOffset(reader, version);
    }
  }
  const shutdownApplication = reader.boolean();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    memberId,
    memberEpoch,
    endpointInformationEpoch,
    instanceId,
    rackId,
    rebalanceTimeoutMs,
    topology,
    activeTasks,
    standbyTasks,
    warmupTasks,
    processId,
    userEndpoint,
    clientTags,
    taskOffsets,
    taskEndOffsets,
    shutdownApplication,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatRequest(
  writer: WireWriter,
  message: StreamsGroupHeartbeatRequestInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groupId');
  const memberId = message.memberId;
  writer.string(memberId, true, 'memberId');
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch, 'memberEpoch');
  const endpointInformationEpoch = message.endpointInformationEpoch;
  writer.int32(endpointInformationEpoch, 'endpointInformationEpoch');
  const instanceId = message.instanceId === undefined ? null : message.instanceId;
  writer.nullableString(instanceId, true, 'instanceId');
  const rackId = message.rackId === undefined ? null : message.rackId;
  writer.nullableString(rackId, true, 'rackId');
  const rebalanceTimeoutMs = message.rebalanceTimeoutMs === undefined ? -1 : message.rebalanceTimeoutMs;
  writer.int32(rebalanceTimeoutMs, 'rebalanceTimeoutMs');
  const topology = message.topology === undefined ? null : message.topology;
  if (topology === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    writeStreamsGroupHeartbeatRequestTopology(writer, topology, version);
  }
  const activeTasks = message.activeTasks === undefined ? null : message.activeTasks;
  if (activeTasks === null) {
    writer.nullArray(true);
  } else {
    const activeTasksCount = writer.arrayLength(activeTasks, true, 'activeTasks');
    for (let i = 0; i < activeTasksCount; i++) {
      writeStreamsGroupHeartbeatRequestTaskIds(writer, activeTasks[i]!, version);
    }
  }
  const standbyTasks = message.standbyTasks === undefined ? null : message.standbyTasks;
  if (standbyTasks === null) {
    writer.nullArray(true);
  } else {
    const standbyTasksCount = writer.arrayLength(standbyTasks, true, 'standbyTasks');
    for (let i = 0; i < standbyTasksCount; i++) {
      writeStreamsGroupHeartbeatRequestTaskIds(writer, standbyTasks[i]!, version);
    }
  }
  const warmupTasks = message.warmupTasks === undefined ? null : message.warmupTasks;
  if (warmupTasks === null) {
    writer.nullArray(true);
  } else {
    const warmupTasksCount = writer.arrayLength(warmupTasks, true, 'warmupTasks');
    for (let i = 0; i < warmupTasksCount; i++) {
      writeStreamsGroupHeartbeatRequestTaskIds(writer, warmupTasks[i]!, version);
    }
  }
  const processId = message.processId === undefined ? null : message.processId;
  writer.nullableString(processId, true, 'processId');
  const userEndpoint = message.userEndpoint === undefined ? null : message.userEndpoint;
  if (userEndpoint === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    writeStreamsGroupHeartbeatRequestEndpoint(writer, userEndpoint, version);
  }
  const clientTags = message.clientTags === undefined ? null : message.clientTags;
  if (clientTags === null) {
    writer.nullArray(true);
  } else {
    const clientTagsCount = writer.arrayLength(clientTags, true, 'clientTags');
    for (let i = 0; i < clientTagsCount; i++) {
      writeStreamsGroupHeartbeatRequestKeyValue(writer, clientTags[i]!, version);
    }
  }
  const taskOffsets = message.taskOffsets === undefined ? null : message.taskOffsets;
  if (taskOffsets === null) {
    writer.nullArray(true);
  } else {
    const taskOffsetsCount = writer.arrayLength(taskOffsets, true, 'taskOffsets');
    for (let i = 0; i < taskOffsetsCount; i++) {
      writeStreamsGroupHeartbeatRequestTaskOffset(writer, taskOffsets[i]!, version);
    }
  }
  const taskEndOffsets = message.taskEndOffsets === undefined ? null : message.taskEndOffsets;
  if (taskEndOffsets === null) {
    writer.nullArray(true);
  } else {
    const taskEndOffsetsCount = writer.arrayLength(taskEndOffsets, true, 'taskEndOffsets');
    for (let i = 0; i < taskEndOffsetsCount; i++) {
      writeStreamsGroupHeartbeatRequestTaskOffset(writer, taskEndOffsets[i]!, version);
    }
  }
  const shutdownApplication = message.shutdownApplication === undefined ? false : message.shutdownApplication;
  writer.boolean(shutdownApplication, 'shutdownApplication');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createStreamsGroupHeartbeatRequest(): StreamsGroupHeartbeatRequest {
  return {
    groupId: '',
    memberId: '',
    memberEpoch: 0,
    endpointInformationEpoch: 0,
    instanceId: null,
    rackId: null,
    rebalanceTimeoutMs: -1,
    topology: null,
    activeTasks: null,
    standbyTasks: null,
    warmupTasks: null,
    processId: null,
    userEndpoint: null,
    clientTags: null,
    taskOffsets: null,
    taskEndOffsets: null,
    shutdownApplication: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of StreamsGroupHeartbeat (API key 88), versions 0 to 1.
 * Joins, keeps alive and leaves a streams group (KIP-1071).
 */
export interface StreamsGroupHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  memberId: string;
  memberEpoch: number;
  heartbeatIntervalMs: number;
  acceptableRecoveryLagLegacy: number;
  taskOffsetIntervalMs: number;
  acceptableRecoveryLag: number;
  status: StreamsGroupHeartbeatResponseStatus[] | null;
  activeTasks: StreamsGroupHeartbeatResponseTaskIds[] | null;
  standbyTasks: StreamsGroupHeartbeatResponseTaskIds[] | null;
  warmupTasks: StreamsGroupHeartbeatResponseTaskIds[] | null;
  topologyDescriptionRequired: boolean;
  endpointInformationEpoch: number;
  partitionsByUserEndpoint: StreamsGroupHeartbeatResponseEndpointToPartitions[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly heartbeatIntervalMs: number;
  readonly acceptableRecoveryLagLegacy?: number | undefined;
  readonly taskOffsetIntervalMs: number;
  readonly acceptableRecoveryLag?: number | undefined;
  readonly status: readonly StreamsGroupHeartbeatResponseStatusInput[] | null;
  readonly activeTasks?: readonly StreamsGroupHeartbeatResponseTaskIdsInput[] | null | undefined;
  readonly standbyTasks?: readonly StreamsGroupHeartbeatResponseTaskIdsInput[] | null | undefined;
  readonly warmupTasks?: readonly StreamsGroupHeartbeatResponseTaskIdsInput[] | null | undefined;
  readonly topologyDescriptionRequired?: boolean | undefined;
  readonly endpointInformationEpoch: number;
  readonly partitionsByUserEndpoint?: readonly StreamsGroupHeartbeatResponseEndpointToPartitionsInput[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatResponseEndpointToPartitions {
  userEndpoint: StreamsGroupHeartbeatResponseEndpoint;
  activePartitions: StreamsGroupHeartbeatResponseTopicPartition[];
  standbyPartitions: StreamsGroupHeartbeatResponseTopicPartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatResponseEndpointToPartitionsInput {
  readonly userEndpoint: StreamsGroupHeartbeatResponseEndpointInput;
  readonly activePartitions: readonly StreamsGroupHeartbeatResponseTopicPartitionInput[];
  readonly standbyPartitions: readonly StreamsGroupHeartbeatResponseTopicPartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatResponseTopicPartition {
  topic: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatResponseTopicPartitionInput {
  readonly topic: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatResponseEndpoint {
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatResponseEndpointInput {
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatResponseTaskIds {
  subtopologyId: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatResponseTaskIdsInput {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatResponseStatus {
  statusCode: number;
  statusDetail: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupHeartbeatResponseStatusInput {
  readonly statusCode: number;
  readonly statusDetail: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of StreamsGroupHeartbeat (API key 88), versions 0 to 1.
 * Joins, keeps alive and leaves a streams group (KIP-1071).
 */
export const StreamsGroupHeartbeatResponse: MessageCodec<StreamsGroupHeartbeatResponse, StreamsGroupHeartbeatResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupHeartbeatResponse',
  apiKey: 88,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readStreamsGroupHeartbeatResponse,
  write: writeStreamsGroupHeartbeatResponse,
  create: (partial) => ({ ...createStreamsGroupHeartbeatResponse(), ...partial }),
});

function readStreamsGroupHeartbeatResponseStatus(
  reader: WireReader,
  _version: number,
): StreamsGroupHeartbeatResponseStatus {
  const statusCode = reader.int8();
  const statusDetail = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    statusCode,
    statusDetail,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatResponseStatus(
  writer: WireWriter,
  message: StreamsGroupHeartbeatResponseStatusInput,
  _version: number,
): void {
  const statusCode = message.statusCode;
  writer.int8(statusCode, 'status.statusCode');
  const statusDetail = message.statusDetail;
  writer.string(statusDetail, true, 'status.statusDetail');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupHeartbeatResponseTaskIds(
  reader: WireReader,
  _version: number,
): StreamsGroupHeartbeatResponseTaskIds {
  const subtopologyId = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    subtopologyId,
    partitions,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatResponseTaskIds(
  writer: WireWriter,
  message: StreamsGroupHeartbeatResponseTaskIdsInput,
  _version: number,
): void {
  const subtopologyId = message.subtopologyId;
  writer.string(subtopologyId, true, 'TaskIds.subtopologyId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'TaskIds.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'TaskIds.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupHeartbeatResponseEndpoint(
  reader: WireReader,
  _version: number,
): StreamsGroupHeartbeatResponseEndpoint {
  const host = reader.string(true);
  const port = reader.uint16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    host,
    port,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatResponseEndpoint(
  writer: WireWriter,
  message: StreamsGroupHeartbeatResponseEndpointInput,
  _version: number,
): void {
  const host = message.host;
  writer.string(host, true, 'partitionsByUserEndpoint.userEndpoint.host');
  const port = message.port;
  writer.uint16(port, 'partitionsByUserEndpoint.userEndpoint.port');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupHeartbeatResponseTopicPartition(
  reader: WireReader,
  _version: number,
): StreamsGroupHeartbeatResponseTopicPartition {
  const topic = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topic,
    partitions,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatResponseTopicPartition(
  writer: WireWriter,
  message: StreamsGroupHeartbeatResponseTopicPartitionInput,
  _version: number,
): void {
  const topic = message.topic;
  writer.string(topic, true, 'TopicPartition.topic');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'TopicPartition.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'TopicPartition.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupHeartbeatResponseEndpointToPartitions(
  reader: WireReader,
  version: number,
): StreamsGroupHeartbeatResponseEndpointToPartitions {
  const userEndpoint = readStreamsGroupHeartbeatResponseEndpoint(reader, version);
  const activePartitionsCount = reader.arrayLength(true, 3);
  const activePartitions = new Array<StreamsGroupHeartbeatResponseTopicPartition>(activePartitionsCount);
  for (let i = 0; i < activePartitionsCount; i++) {
    activePartitions[i] = readStreamsGroupHeartbeatResponseTopicPartition(reader, version);
  }
  const standbyPartitionsCount = reader.arrayLength(true, 3);
  const standbyPartitions = new Array<StreamsGroupHeartbeatResponseTopicPartition>(standbyPartitionsCount);
  for (let i = 0; i < standbyPartitionsCount; i++) {
    standbyPartitions[i] = readStreamsGroupHeartbeatResponseTopicPartition(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    userEndpoint,
    activePartitions,
    standbyPartitions,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatResponseEndpointToPartitions(
  writer: WireWriter,
  message: StreamsGroupHeartbeatResponseEndpointToPartitionsInput,
  version: number,
): void {
  const userEndpoint = message.userEndpoint;
  writeStreamsGroupHeartbeatResponseEndpoint(writer, userEndpoint, version);
  const activePartitions = message.activePartitions;
  const activePartitionsCount =
    writer.arrayLength(activePartitions, true, 'partitionsByUserEndpoint.activePartitions');
  for (let i = 0; i < activePartitionsCount; i++) {
    writeStreamsGroupHeartbeatResponseTopicPartition(writer, activePartitions[i]!, version);
  }
  const standbyPartitions = message.standbyPartitions;
  const standbyPartitionsCount =
    writer.arrayLength(standbyPartitions, true, 'partitionsByUserEndpoint.standbyPartitions');
  for (let i = 0; i < standbyPartitionsCount; i++) {
    writeStreamsGroupHeartbeatResponseTopicPartition(writer, standbyPartitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupHeartbeatResponse(
  reader: WireReader,
  version: number,
): StreamsGroupHeartbeatResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const memberId = reader.string(true);
  const memberEpoch = reader.int32();
  const heartbeatIntervalMs = reader.int32();
  const acceptableRecoveryLagLegacy = version <= 0 ? reader.int32() : 0;
  const taskOffsetIntervalMs = reader.int32();
  const acceptableRecoveryLag = version >= 1 ? reader.int64() : -1;
  const statusCount = reader.nullableArrayLength(true, 3);
  let status: StreamsGroupHeartbeatResponseStatus[] | null = null;
  if (statusCount >= 0) {
    status = new Array<StreamsGroupHeartbeatResponseStatus>(statusCount);
    for (let i = 0; i < statusCount; i++) {
      status[i] = readStreamsGroupHeartbeatResponseStatus(reader, version);
    }
  }
  const activeTasksCount = reader.nullableArrayLength(true, 3);
  let activeTasks: StreamsGroupHeartbeatResponseTaskIds[] | null = null;
  if (activeTasksCount >= 0) {
    activeTasks = new Array<StreamsGroupHeartbeatResponseTaskIds>(activeTasksCount);
    for (let i = 0; i < activeTasksCount; i++) {
      activeTasks[i] = readStreamsGroupHeartbeatResponseTaskIds(reader, version);
    }
  }
  const standbyTasksCount = reader.nullableArrayLength(true, 3);
  let standbyTasks: StreamsGroupHeartbeatResponseTaskIds[] | null = null;
  if (standbyTasksCount >= 0) {
    standbyTasks = new Array<StreamsGroupHeartbeatResponseTaskIds>(standbyTasksCount);
    for (let i = 0; i < standbyTasksCount; i++) {
      standbyTasks[i] = readStreamsGroupHeartbeatResponseTaskIds(reader, version);
    }
  }
  const warmupTasksCount = reader.nullableArrayLength(true, 3);
  let warmupTasks: StreamsGroupHeartbeatResponseTaskIds[] | null = null;
  if (warmupTasksCount >= 0) {
    warmupTasks = new Array<StreamsGroupHeartbeatResponseTaskIds>(warmupTasksCount);
    for (let i = 0; i < warmupTasksCount; i++) {
      warmupTasks[i] = readStreamsGroupHeartbeatResponseTaskIds(reader, version);
    }
  }
  const topologyDescriptionRequired = version >= 1 ? reader.boolean() : false;
  const endpointInformationEpoch = reader.int32();
  const partitionsByUserEndpointCount = reader.nullableArrayLength(true, 7);
  let partitionsByUserEndpoint: StreamsGroupHeartbeatResponseEndpointToPartitions[] | null = null;
  if (partitionsByUserEndpointCount >= 0) {
    partitionsByUserEndpoint =
      new Array<StreamsGroupHeartbeatResponseEndpointToPartitions>(partitionsByUserEndpointCount);
    for (let i = 0; i < partitionsByUserEndpointCount; i++) {
      partitionsByUserEndpoint[i] = readStreamsGroupHeartbeatResponseEndpointToPartitions(reader, version);
    }
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    memberId,
    memberEpoch,
    heartbeatIntervalMs,
    acceptableRecoveryLagLegacy,
    taskOffsetIntervalMs,
    acceptableRecoveryLag,
    status,
    activeTasks,
    standbyTasks,
    warmupTasks,
    topologyDescriptionRequired,
    endpointInformationEpoch,
    partitionsByUserEndpoint,
    unknownTaggedFields,
  };
}

function writeStreamsGroupHeartbeatResponse(
  writer: WireWriter,
  message: StreamsGroupHeartbeatResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  const memberId = message.memberId;
  writer.string(memberId, true, 'memberId');
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch, 'memberEpoch');
  const heartbeatIntervalMs = message.heartbeatIntervalMs;
  writer.int32(heartbeatIntervalMs, 'heartbeatIntervalMs');
  const acceptableRecoveryLagLegacy =
    message.acceptableRecoveryLagLegacy === undefined ? 0 : message.acceptableRecoveryLagLegacy;
  if (version <= 0) {
    writer.int32(acceptableRecoveryLagLegacy, 'acceptableRecoveryLagLegacy');
  } else if (acceptableRecoveryLagLegacy !== 0) {
    throw writer.notInVersion('acceptableRecoveryLagLegacy');
  }
  const taskOffsetIntervalMs = message.taskOffsetIntervalMs;
  writer.int32(taskOffsetIntervalMs, 'taskOffsetIntervalMs');
  if (version >= 1) {
    const acceptableRecoveryLag =
      message.acceptableRecoveryLag === undefined ? -1 : message.acceptableRecoveryLag;
    writer.int64(acceptableRecoveryLag, 'acceptableRecoveryLag');
  }
  const status = message.status;
  if (status === null) {
    writer.nullArray(true);
  } else {
    const statusCount = writer.arrayLength(status, true, 'status');
    for (let i = 0; i < statusCount; i++) {
      writeStreamsGroupHeartbeatResponseStatus(writer, status[i]!, version);
    }
  }
  const activeTasks = message.activeTasks === undefined ? null : message.activeTasks;
  if (activeTasks === null) {
    writer.nullArray(true);
  } else {
    const activeTasksCount = writer.arrayLength(activeTasks, true, 'activeTasks');
    for (let i = 0; i < activeTasksCount; i++) {
      writeStreamsGroupHeartbeatResponseTaskIds(writer, activeTasks[i]!, version);
    }
  }
  const standbyTasks = message.standbyTasks === undefined ? null : message.standbyTasks;
  if (standbyTasks === null) {
    writer.nullArray(true);
  } else {
    const standbyTasksCount = writer.arrayLength(standbyTasks, true, 'standbyTasks');
    for (let i = 0; i < standbyTasksCount; i++) {
      writeStreamsGroupHeartbeatResponseTaskIds(writer, standbyTasks[i]!, version);
    }
  }
  const warmupTasks = message.warmupTasks === undefined ? null : message.warmupTasks;
  if (warmupTasks === null) {
    writer.nullArray(true);
  } else {
    const warmupTasksCount = writer.arrayLength(warmupTasks, true, 'warmupTasks');
    for (let i = 0; i < warmupTasksCount; i++) {
      writeStreamsGroupHeartbeatResponseTaskIds(writer, warmupTasks[i]!, version);
    }
  }
  const topologyDescriptionRequired =
    message.topologyDescriptionRequired === undefined ? false : message.topologyDescriptionRequired;
  if (version >= 1) {
    writer.boolean(topologyDescriptionRequired, 'topologyDescriptionRequired');
  } else if (topologyDescriptionRequired) {
    throw writer.notInVersion('topologyDescriptionRequired');
  }
  const endpointInformationEpoch = message.endpointInformationEpoch;
  writer.int32(endpointInformationEpoch, 'endpointInformationEpoch');
  const partitionsByUserEndpoint =
    message.partitionsByUserEndpoint === undefined ? null : message.partitionsByUserEndpoint;
  if (partitionsByUserEndpoint === null) {
    writer.nullArray(true);
  } else {
    const partitionsByUserEndpointCount =
      writer.arrayLength(partitionsByUserEndpoint, true, 'partitionsByUserEndpoint');
    for (let i = 0; i < partitionsByUserEndpointCount; i++) {
      writeStreamsGroupHeartbeatResponseEndpointToPartitions(writer, partitionsByUserEndpoint[i]!, version);
    }
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createStreamsGroupHeartbeatResponse(): StreamsGroupHeartbeatResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: null,
    memberId: '',
    memberEpoch: 0,
    heartbeatIntervalMs: 0,
    acceptableRecoveryLagLegacy: 0,
    taskOffsetIntervalMs: 0,
    acceptableRecoveryLag: -1,
    status: [],
    activeTasks: null,
    standbyTasks: null,
    warmupTasks: null,
    topologyDescriptionRequired: false,
    endpointInformationEpoch: 0,
    partitionsByUserEndpoint: null,
    unknownTaggedFields: undefined,
  };
}
