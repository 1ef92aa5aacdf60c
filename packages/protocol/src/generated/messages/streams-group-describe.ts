// Generated from definitions/apis/89-streams-group-describe.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Describes streams groups.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of StreamsGroupDescribe (API key 89), versions 0 to 1.
 * Describes streams groups.
 */
export interface StreamsGroupDescribeRequest {
  groupIds: string[];
  includeAuthorizedOperations: boolean;
  includeTopologyDescription: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeRequestInput {
  readonly groupIds: readonly string[];
  readonly includeAuthorizedOperations: boolean;
  readonly includeTopologyDescription?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of StreamsGroupDescribe (API key 89), versions 0 to 1.
 * Describes streams groups.
 */
export const StreamsGroupDescribeRequest: MessageCodec<StreamsGroupDescribeRequest, StreamsGroupDescribeRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupDescribeRequest',
  apiKey: 89,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readStreamsGroupDescribeRequest,
  write: writeStreamsGroupDescribeRequest,
  create: (partial) => ({ ...createStreamsGroupDescribeRequest(), ...partial }),
});

function readStreamsGroupDescribeRequest(reader: WireReader, version: number): StreamsGroupDescribeRequest {
  const groupIdsCount = reader.arrayLength(true, 1);
  const groupIds = new Array<string>(groupIdsCount);
  for (let i = 0; i < groupIdsCount; i++) {
    groupIds[i] = reader.string(true);
  }
  const includeAuthorizedOperations = reader.boolean();
  const includeTopologyDescription = version >= 1 ? reader.boolean() : false;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupIds,
    includeAuthorizedOperations,
    includeTopologyDescription,
    unknownTaggedFields,
  };
}

function writeStreamsGroupDescribeRequest(
  writer: WireWriter,
  message: StreamsGroupDescribeRequestInput,
  version: number,
): void {
  const groupIds = message.groupIds;
  const groupIdsCount = writer.arrayLength(groupIds, true, 'groupIds');
  for (let i = 0; i < groupIdsCount; i++) {
    writer.string(groupIds[i]!, true, 'groupIds');
  }
  const includeAuthorizedOperations = message.includeAuthorizedOperations;
  writer.boolean(includeAuthorizedOperations, 'includeAuthorizedOperations');
  const includeTopologyDescription =
    message.includeTopologyDescription === undefined ? false : message.includeTopologyDescription;
  if (version >= 1) {
    writer.boolean(includeTopologyDescription, 'includeTopologyDescription');
  } else if (includeTopologyDescription) {
    throw writer.notInVersion('includeTopologyDescription');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createStreamsGroupDescribeRequest(): StreamsGroupDescribeRequest {
  return {
    groupIds: [],
    includeAuthorizedOperations: false,
    includeTopologyDescription: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of StreamsGroupDescribe (API key 89), versions 0 to 1.
 * Describes streams groups.
 */
export interface StreamsGroupDescribeResponse {
  throttleTimeMs: number;
  groups: StreamsGroupDescribeResponseDescribedGroup[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseInput {
  readonly throttleTimeMs: number;
  readonly groups: readonly StreamsGroupDescribeResponseDescribedGroupInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseDescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  groupEpoch: number;
  assignmentEpoch: number;
  topology: StreamsGroupDescribeResponseTopology | null;
  members: StreamsGroupDescribeResponseMember[];
  authorizedOperations: number;
  topologyDescription: StreamsGroupDescribeResponseTopologyDescription | null;
  topologyDescriptionStatus: number;
  assignorName: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseDescribedGroupInput {
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly groupId: string;
  readonly groupState: string;
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
  readonly topology?: StreamsGroupDescribeResponseTopologyInput | null | undefined;
  readonly members: readonly StreamsGroupDescribeResponseMemberInput[];
  readonly authorizedOperations?: number | undefined;
  readonly topologyDescription?: StreamsGroupDescribeResponseTopologyDescriptionInput | null | undefined;
  readonly topologyDescriptionStatus?: number | undefined;
  readonly assignorName?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTopologyDescription {
  subtopologies: StreamsGroupDescribeResponseTopologyDescriptionSubtopology[];
  globalStores: StreamsGroupDescribeResponseTopologyDescriptionGlobalStore[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTopologyDescriptionInput {
  readonly subtopologies: readonly StreamsGroupDescribeResponseTopologyDescriptionSubtopologyInput[];
  readonly globalStores: readonly StreamsGroupDescribeResponseTopologyDescriptionGlobalStoreInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTopologyDescriptionGlobalStore {
  source: StreamsGroupDescribeResponseTopologyDescriptionNode;
  processor: StreamsGroupDescribeResponseTopologyDescriptionNode;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTopologyDescriptionGlobalStoreInput {
  readonly source: StreamsGroupDescribeResponseTopologyDescriptionNodeInput;
  readonly processor: StreamsGroupDescribeResponseTopologyDescriptionNodeInput;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTopologyDescriptionSubtopology {
  subtopologyId: string;
  nodes: StreamsGroupDescribeResponseTopologyDescriptionNode[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTopologyDescriptionSubtopologyInput {
  readonly subtopologyId: string;
  readonly nodes: readonly StreamsGroupDescribeResponseTopologyDescriptionNodeInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTopologyDescriptionNode {
  name: string;
  nodeType: number;
  sourceTopics: string[];
  sinkTopic: string | null;
  stores: string[];
  successors: string[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTopologyDescriptionNodeInput {
  readonly name: string;
  readonly nodeType: number;
  readonly sourceTopics: readonly string[];
  readonly sinkTopic?: string | null | undefined;
  readonly stores: readonly string[];
  readonly successors: readonly string[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseMember {
  memberId: string;
  memberEpoch: number;
  instanceId: string | null;
  rackId: string | null;
  clientId: string;
  clientHost: string;
  topologyEpoch: number;
  processId: string;
  userEndpoint: StreamsGroupDescribeResponseEndpoint | null;
  clientTags: StreamsGroupDescribeResponseKeyValue[];
  taskOffsets: StreamsGroupDescribeResponseTaskOffset[];
  taskEndOffsets: StreamsGroupDescribeResponseTaskOffset[];
  assignment: StreamsGroupDescribeResponseAssignment;
  targetAssignment: StreamsGroupDescribeResponseAssignment;
  isClassic: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseMemberInput {
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly instanceId?: string | null | undefined;
  readonly rackId?: string | null | undefined;
  readonly clientId: string;
  readonly clientHost: string;
  readonly topologyEpoch: number;
  readonly processId: string;
  readonly userEndpoint?: StreamsGroupDescribeResponseEndpointInput | null | undefined;
  readonly clientTags: readonly StreamsGroupDescribeResponseKeyValueInput[];
  readonly taskOffsets: readonly StreamsGroupDescribeResponseTaskOffsetInput[];
  readonly taskEndOffsets: readonly StreamsGroupDescribeResponseTaskOffsetInput[];
  readonly assignment: StreamsGroupDescribeResponseAssignmentInput;
  readonly targetAssignment: StreamsGroupDescribeResponseAssignmentInput;
  readonly isClassic: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseAssignment {
  activeTasks: StreamsGroupDescribeResponseTaskIds[];
  standbyTasks: StreamsGroupDescribeResponseTaskIds[];
  warmupTasks: StreamsGroupDescribeResponseTaskIds[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseAssignmentInput {
  readonly activeTasks: readonly StreamsGroupDescribeResponseTaskIdsInput[];
  readonly standbyTasks: readonly StreamsGroupDescribeResponseTaskIdsInput[];
  readonly warmupTasks: readonly StreamsGroupDescribeResponseTaskIdsInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTaskIds {
  subtopologyId: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTaskIdsInput {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTaskOffset {
  subtopologyId: string;
  partition: number;
  offset: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTaskOffsetInput {
  readonly subtopologyId: string;
  readonly partition: number;
  readonly offset: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseEndpoint {
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseEndpointInput {
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTopology {
  epoch: number;
  subtopologies: StreamsGroupDescribeResponseSubtopology[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTopologyInput {
  readonly epoch: number;
  readonly subtopologies?: readonly StreamsGroupDescribeResponseSubtopologyInput[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseSubtopology {
  subtopologyId: string;
  sourceTopics: string[];
  repartitionSinkTopics: string[];
  stateChangelogTopics: StreamsGroupDescribeResponseTopicInfo[];
  repartitionSourceTopics: StreamsGroupDescribeResponseTopicInfo[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseSubtopologyInput {
  readonly subtopologyId: string;
  readonly sourceTopics: readonly string[];
  readonly repartitionSinkTopics: readonly string[];
  readonly stateChangelogTopics: readonly StreamsGroupDescribeResponseTopicInfoInput[];
  readonly repartitionSourceTopics: readonly StreamsGroupDescribeResponseTopicInfoInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTopicInfo {
  name: string;
  partitions: number;
  replicationFactor: number;
  topicConfigs: StreamsGroupDescribeResponseKeyValue[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseTopicInfoInput {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly topicConfigs: readonly StreamsGroupDescribeResponseKeyValueInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseKeyValue {
  key: string;
  value: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupDescribeResponseKeyValueInput {
  readonly key: string;
  readonly value: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of StreamsGroupDescribe (API key 89), versions 0 to 1.
 * Describes streams groups.
 */
export const StreamsGroupDescribeResponse: MessageCodec<StreamsGroupDescribeResponse, StreamsGroupDescribeResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupDescribeResponse',
  apiKey: 89,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readStreamsGroupDescribeResponse,
  write: writeStreamsGroupDescribeResponse,
  create: (partial) => ({ ...createStreamsGroupDescribeResponse(), ...partial }),
});

function readStreamsGroupDescribeResponseKeyValue(
  reader: WireReader,
  _version: number,
): StreamsGroupDescribeResponseKeyValue {
  const key = reader.string(true);
  const value = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    key,
    value,
    unknownTaggedFields,
  };
}

function writeStreamsGroupDescribeResponseKeyValue(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseKeyValueInput,
  _version: number,
): void {
  const key = message.key;
  writer.string(key, true, 'KeyValue.key');
  const value = message.value;
  writer.string(value, true, 'KeyValue.value');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupDescribeResponseTopicInfo(
  reader: WireReader,
  version: number,
): StreamsGroupDescribeResponseTopicInfo {
  const name = reader.string(true);
  const partitions = reader.int32();
  const replicationFactor = reader.int16();
  const topicConfigsCount = reader.arrayLength(true, 3);
  const topicConfigs = new Array<StreamsGroupDescribeResponseKeyValue>(topicConfigsCount);
  for (let i = 0; i < topicConfigsCount; i++) {
    topicConfigs[i] = readStreamsGroupDescribeResponseKeyValue(reader, version);
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

function writeStreamsGroupDescribeResponseTopicInfo(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseTopicInfoInput,
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
    writeStreamsGroupDescribeResponseKeyValue(writer, topicConfigs[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupDescribeResponseSubtopology(
  reader: WireReader,
  version: number,
): StreamsGroupDescribeResponseSubtopology {
  const subtopologyId = reader.string(true);
  const sourceTopicsCount = reader.arrayLength(true, 1);
  const sourceTopics = new Array<string>(sourceTopicsCount);
  for (let i = 0; i < sourceTopicsCount; i++) {
    sourceTopics[i] = reader.string(true);
  }
  const repartitionSinkTopicsCount = reader.arrayLength(true, 1);
  const repartitionSinkTopics = new Array<string>(repartitionSinkTopicsCount);
  for (let i = 0; i < repartitionSinkTopicsCount; i++) {
    repartitionSinkTopics[i] = reader.string(true);
  }
  const stateChangelogTopicsCount = reader.arrayLength(true, 9);
  const stateChangelogTopics = new Array<StreamsGroupDescribeResponseTopicInfo>(stateChangelogTopicsCount);
  for (let i = 0; i < stateChangelogTopicsCount; i++) {
    stateChangelogTopics[i] = readStreamsGroupDescribeResponseTopicInfo(reader, version);
  }
  const repartitionSourceTopicsCount = reader.arrayLength(true, 9);
  const repartitionSourceTopics =
    new Array<StreamsGroupDescribeResponseTopicInfo>(repartitionSourceTopicsCount);
  for (let i = 0; i < repartitionSourceTopicsCount; i++) {
    repartitionSourceTopics[i] = readStreamsGroupDescribeResponseTopicInfo(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    subtopologyId,
    sourceTopics,
    repartitionSinkTopics,
    stateChangelogTopics,
    repartitionSourceTopics,
    unknownTaggedFields,
  };
}

function writeStreamsGroupDescribeResponseSubtopology(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseSubtopologyInput,
  version: number,
): void {
  const subtopologyId = message.subtopologyId;
  writer.string(subtopologyId, true, 'groups.topology.subtopologies.subtopologyId');
  const sourceTopics = message.sourceTopics;
  const sourceTopicsCount =
    writer.arrayLength(sourceTopics, true, 'groups.topology.subtopologies.sourceTopics');
  for (let i = 0; i < sourceTopicsCount; i++) {
    writer.string(sourceTopics[i]!, true, 'groups.topology.subtopologies.sourceTopics');
  }
  const repartitionSinkTopics = message.repartitionSinkTopics;
  const repartitionSinkTopicsCount =
    writer.arrayLength(repartitionSinkTopics, true, 'groups.topology.subtopologies.repartitionSinkTopics');
  for (let i = 0; i < repartitionSinkTopicsCount; i++) {
    writer.string(repartitionSinkTopics[i]!, true, 'groups.topology.subtopologies.repartitionSinkTopics');
  }
  const stateChangelogTopics = message.stateChangelogTopics;
  const stateChangelogTopicsCount =
    writer.arrayLength(stateChangelogTopics, true, 'groups.topology.subtopologies.stateChangelogTopics');
  for (let i = 0; i < stateChangelogTopicsCount; i++) {
    writeStreamsGroupDescribeResponseTopicInfo(writer, stateChangelogTopics[i]!, version);
  }
  const repartitionSourceTopics = message.repartitionSourceTopics;
  const repartitionSourceTopicsCount =
    writer.arrayLength(repartitionSourceTopics, true, 'groups.topology.subtopologies.repartitionSourceTopics');
  for (let i = 0; i < repartitionSourceTopicsCount; i++) {
    writeStreamsGroupDescribeResponseTopicInfo(writer, repartitionSourceTopics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupDescribeResponseTopology(
  reader: WireReader,
  version: number,
): StreamsGroupDescribeResponseTopology {
  const epoch = reader.int32();
  const subtopologiesCount = reader.nullableArrayLength(true, 6);
  let subtopologies: StreamsGroupDescribeResponseSubtopology[] | null = null;
  if (subtopologiesCount >= 0) {
    subtopologies = new Array<StreamsGroupDescribeResponseSubtopology>(subtopologiesCount);
    for (let i = 0; i < subtopologiesCount; i++) {
      subtopologies[i] = readStreamsGroupDescribeResponseSubtopology(reader, version);
    }
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    epoch,
    subtopologies,
    unknownTaggedFields,
  };
}

function writeStreamsGroupDescribeResponseTopology(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseTopologyInput,
  version: number,
): void {
  const epoch = message.epoch;
  writer.int32(epoch, 'groups.topology.epoch');
  const subtopologies = message.subtopologies === undefined ? null : message.subtopologies;
  if (subtopologies === null) {
    writer.nullArray(true);
  } else {
    const subtopologiesCount = writer.arrayLength(subtopologies, true, 'groups.topology.subtopologies');
    for (let i = 0; i < subtopologiesCount; i++) {
      writeStreamsGroupDescribeResponseSubtopology(writer, subtopologies[i]!, version);
    }
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupDescribeResponseEndpoint(
  reader: WireReader,
  _version: number,
): StreamsGroupDescribeResponseEndpoint {
  const host = reader.string(true);
  const port = reader.uint16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    host,
    port,
    unknownTaggedFields,
  };
}

function writeStreamsGroupDescribeResponseEndpoint(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseEndpointInput,
  _version: number,
): void {
  const host = message.host;
  writer.string(host, true, 'groups.members.userEndpoint.host');
  const port = message.port;
  writer.uint16(port, 'groups.members.userEndpoint.port');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupDescribeResponseTaskOffset(
  reader: WireReader,
  _version: number,
): StreamsGroupDescribeResponseTaskOffset {
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

function writeStreamsGroupDescribeResponseTaskOffset(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseTaskOffsetInput,
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

function readStreamsGroupDescribeResponseTaskIds(
  reader: WireReader,
  _version: number,
): StreamsGroupDescribeResponseTaskIds {
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

function writeStreamsGroupDescribeResponseTaskIds(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseTaskIdsInput,
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

function readStreamsGroupDescribeResponseAssignment(
  reader: WireReader,
  version: number,
): StreamsGroupDescribeResponseAssignment {
  const activeTasksCount = reader.arrayLength(true, 3);
  const activeTasks = new Array<StreamsGroupDescribeResponseTaskIds>(activeTasksCount);
  for (let i = 0; i < activeTasksCount; i++) {
    activeTasks[i] = readStreamsGroupDescribeResponseTaskIds(reader, version);
  }
  const standbyTasksCount = reader.arrayLength(true, 3);
  const standbyTasks = new Array<StreamsGroupDescribeResponseTaskIds>(standbyTasksCount);
  for (let i = 0; i < standbyTasksCount; i++) {
    standbyTasks[i] = readStreamsGroupDescribeResponseTaskIds(reader, version);
  }
  const warmupTasksCount = reader.arrayLength(true, 3);
  const warmupTasks = new Array<StreamsGroupDescribeResponseTaskIds>(warmupTasksCount);
  for (let i = 0; i < warmupTasksCount; i++) {
    warmupTasks[i] = readStreamsGroupDescribeResponseTaskIds(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    activeTasks,
    standbyTasks,
    warmupTasks,
    unknownTaggedFields,
  };
}

function writeStreamsGroupDescribeResponseAssignment(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseAssignmentInput,
  version: number,
): void {
  const activeTasks = message.activeTasks;
  const activeTasksCount = writer.arrayLength(activeTasks, true, 'Assignment.activeTasks');
  for (let i = 0; i < activeTasksCount; i++) {
    writeStreamsGroupDescribeResponseTaskIds(writer, activeTasks[i]!, version);
  }
  const standbyTasks = message.standbyTasks;
  const standbyTasksCount = writer.arrayLength(standbyTasks, true, 'Assignment.standbyTasks');
  for (let i = 0; i < standbyTasksCount; i++) {
    writeStreamsGroupDescribeResponseTaskIds(writer, standbyTasks[i]!, version);
  }
  const warmupTasks = message.warmupTasks;
  const warmupTasksCount = writer.arrayLength(warmupTasks, true, 'Assignment.warmupTasks');
  for (let i = 0; i < warmupTasksCount; i++) {
    writeStreamsGroupDescribeResponseTaskIds(writer, warmupTasks[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupDescribeResponseMember(
  reader: WireReader,
  version: number,
): StreamsGroupDescribeResponseMember {
  const memberId = reader.string(true);
  const memberEpoch = reader.int32();
  const instanceId = reader.nullableString(true);
  const rackId = reader.nullableString(true);
  const clientId = reader.string(true);
  const clientHost = reader.string(true);
  const topologyEpoch = reader.int32();
  const processId = reader.string(true);
  const userEndpoint = (reader.int8() < 0 ? null : readStreamsGroupDescribeResponseEndpoint(reader, version));
  const clientTagsCount = reader.arrayLength(true, 3);
  const clientTags = new Array<StreamsGroupDescribeResponseKeyValue>(clientTagsCount);
  for (let i = 0; i < clientTagsCount; i++) {
    clientTags[i] = readStreamsGroupDescribeResponseKeyValue(reader, version);
  }
  const taskOffsetsCount = reader.arrayLength(true, 14);
  const taskOffsets = new Array<StreamsGroupDescribeResponseTaskOffset>(taskOffsetsCount);
  for (let i = 0; i < taskOffsetsCount; i++) {
    taskOffsets[i] = readStreamsGroupDescribeResponseTaskOffset(reader, version);
  }
  const taskEndOffsetsCount = reader.arrayLength(true, 14);
  const taskEndOffsets = new Array<StreamsGroupDescribeResponseTaskOffset>(taskEndOffsetsCount);
  for (let i = 0; i < taskEndOffsetsCount; i++) {
    taskEndOffsets[i] = readStreamsGroupDescribeResponseTaskOffset(reader, version);
  }
  const assignment = readStreamsGroupDescribeResponseAssignment(reader, version);
  const targetAssignment = readStreamsGroupDescribeResponseAssignment(reader, version);
  const isClassic = reader.boolean();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    memberId,
    memberEpoch,
    instanceId,
    rackId,
    clientId,
    clientHost,
    topologyEpoch,
    processId,
    userEndpoint,
    clientTags,
    taskOffsets,
    taskEndOffsets,
    assignment,
    targetAssignment,
    isClassic,
    unknownTaggedFields,
  };
}

function writeStreamsGroupDescribeResponseMember(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseMemberInput,
  version: number,
): void {
  const memberId = message.memberId;
  writer.string(memberId, true, 'groups.members.memberId');
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch, 'groups.members.memberEpoch');
  const instanceId = message.instanceId === undefined ? null : message.instanceId;
  writer.nullableString(instanceId, true, 'groups.members.instanceId');
  const rackId = message.rackId === undefined ? null : message.rackId;
  writer.nullableString(rackId, true, 'groups.members.rackId');
  const clientId = message.clientId;
  writer.string(clientId, true, 'groups.members.clientId');
  const clientHost = message.clientHost;
  writer.string(clientHost, true, 'groups.members.clientHost');
  const topologyEpoch = message.topologyEpoch;
  writer.int32(topologyEpoch, 'groups.members.topologyEpoch');
  const processId = message.processId;
  writer.string(processId, true, 'groups.members.processId');
  const userEndpoint = message.userEndpoint === undefined ? null : message.userEndpoint;
  if (userEndpoint === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    writeStreamsGroupDescribeResponseEndpoint(writer, userEndpoint, version);
  }
  const clientTags = message.clientTags;
  const clientTagsCount = writer.arrayLength(clientTags, true, 'groups.members.clientTags');
  for (let i = 0; i < clientTagsCount; i++) {
    writeStreamsGroupDescribeResponseKeyValue(writer, clientTags[i]!, version);
  }
  const taskOffsets = message.taskOffsets;
  const taskOffsetsCount = writer.arrayLength(taskOffsets, true, 'groups.members.taskOffsets');
  for (let i = 0; i < taskOffsetsCount; i++) {
    writeStreamsGroupDescribeResponseTaskOffset(writer, taskOffsets[i]!, version);
  }
  const taskEndOffsets = message.taskEndOffsets;
  const taskEndOffsetsCount = writer.arrayLength(taskEndOffsets, true, 'groups.members.taskEndOffsets');
  for (let i = 0; i < taskEndOffsetsCount; i++) {
    writeStreamsGroupDescribeResponseTaskOffset(writer, taskEndOffsets[i]!, version);
  }
  const assignment = message.assignment;
  writeStreamsGroupDescribeResponseAssignment(writer, assignment, version);
  const targetAssignment = message.targetAssignment;
  writeStreamsGroupDescribeResponseAssignment(writer, targetAssignment, version);
  const isClassic = message.isClassic;
  writer.boolean(isClassic, 'groups.members.isClassic');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupDescribeResponseTopologyDescriptionNode(
  reader: WireReader,
  _version: number,
): StreamsGroupDescribeResponseTopologyDescriptionNode {
  const name = reader.string(true);
  const nodeType = reader.int8();
  const sourceTopicsCount = reader.arrayLength(true, 1);
  const sourceTopics = new Array<string>(sourceTopicsCount);
  for (let i = 0; i < sourceTopicsCount; i++) {
    sourceTopics[i] = reader.string(true);
  }
  const sinkTopic = reader.nullableString(true);
  const storesCount = reader.arrayLength(true, 1);
  const stores = new Array<string>(storesCount);
  for (let i = 0; i < storesCount; i++) {
    stores[i] = reader.string(true);
  }
  const successorsCount = reader.arrayLength(true, 1);
  const successors = new Array<string>(successorsCount);
  for (let i = 0; i < successorsCount; i++) {
    successors[i] = reader.string(true);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    nodeType,
    sourceTopics,
    sinkTopic,
    stores,
    successors,
    unknownTaggedFields,
  };
}

function writeStreamsGroupDescribeResponseTopologyDescriptionNode(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseTopologyDescriptionNodeInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'TopologyDescriptionNode.name');
  const nodeType = message.nodeType;
  writer.int8(nodeType, 'TopologyDescriptionNode.nodeType');
  const sourceTopics = message.sourceTopics;
  const sourceTopicsCount = writer.arrayLength(sourceTopics, true, 'TopologyDescriptionNode.sourceTopics');
  for (let i = 0; i < sourceTopicsCount; i++) {
    writer.string(sourceTopics[i]!, true, 'TopologyDescriptionNode.sourceTopics');
  }
  const sinkTopic = message.sinkTopic === undefined ? null : message.sinkTopic;
  writer.nullableString(sinkTopic, true, 'TopologyDescriptionNode.sinkTopic');
  const stores = message.stores;
  const storesCount = writer.arrayLength(stores, true, 'TopologyDescriptionNode.stores');
  for (let i = 0; i < storesCount; i++) {
    writer.string(stores[i]!, true, 'TopologyDescriptionNode.stores');
  }
  const successors = message.successors;
  const successorsCount = writer.arrayLength(successors, true, 'TopologyDescriptionNode.successors');
  for (let i = 0; i < successorsCount; i++) {
    writer.string(successors[i]!, true, 'TopologyDescriptionNode.successors');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupDescribeResponseTopologyDescriptionSubtopology(
  reader: WireReader,
  version: number,
): StreamsGroupDescribeResponseTopologyDescriptionSubtopology {
  const subtopologyId = reader.string(true);
  const nodesCount = reader.arrayLength(true, 7);
  const nodes = new Array<StreamsGroupDescribeResponseTopologyDescriptionNode>(nodesCount);
  for (let i = 0; i < nodesCount; i++) {
    nodes[i] = readStreamsGroupDescribeResponseTopologyDescriptionNode(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    subtopologyId,
    nodes,
    unknownTaggedFields,
  };
}

function writeStreamsGroupDescribeResponseTopologyDescriptionSubtopology(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseTopologyDescriptionSubtopologyInput,
  version: number,
): void {
  const subtopologyId = message.subtopologyId;
  writer.string(subtopologyId, true, 'groups.topologyDescription.subtopologies.subtopologyId');
  const nodes = message.nodes;
  const nodesCount = writer.arrayLength(nodes, true, 'groups.topologyDescription.subtopologies.nodes');
  for (let i = 0; i < nodesCount; i++) {
    writeStreamsGroupDescribeResponseTopologyDescriptionNode(writer, nodes[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupDescribeResponseTopologyDescriptionGlobalStore(
  reader: WireReader,
  version: number,
): StreamsGroupDescribeResponseTopologyDescriptionGlobalStore {
  const source = readStreamsGroupDescribeResponseTopologyDescriptionNode(reader, version);
  const processor = readStreamsGroupDescribeResponseTopologyDescriptionNode(reader, version);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    source,
    processor,
    unknownTaggedFields,
  };
}

function writeStreamsGroupDescribeResponseTopologyDescriptionGlobalStore(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseTopologyDescriptionGlobalStoreInput,
  version: number,
): void {
  const source = message.source;
  writeStreamsGroupDescribeResponseTopologyDescriptionNode(writer, source, version);
  const processor = message.processor;
  writeStreamsGroupDescribeResponseTopologyDescriptionNode(writer, processor, version);
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupDescribeResponseTopologyDescription(
  reader: WireReader,
  version: number,
): StreamsGroupDescribeResponseTopologyDescription {
  const subtopologiesCount = reader.arrayLength(true, 3);
  const subtopologies =
    new Array<StreamsGroupDescribeResponseTopologyDescriptionSubtopology>(subtopologiesCount);
  for (let i = 0; i < subtopologiesCount; i++) {
    subtopologies[i] = readStreamsGroupDescribeResponseTopologyDescriptionSubtopology(reader, version);
  }
  const globalStoresCount = reader.arrayLength(true, 15);
  const globalStores =
    new Array<StreamsGroupDescribeResponseTopologyDescriptionGlobalStore>(globalStoresCount);
  for (let i = 0; i < globalStoresCount; i++) {
    globalStores[i] = readStreamsGroupDescribeResponseTopologyDescriptionGlobalStore(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    subtopologies,
    globalStores,
    unknownTaggedFields,
  };
}

function writeStreamsGroupDescribeResponseTopologyDescription(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseTopologyDescriptionInput,
  version: number,
): void {
  const subtopologies = message.subtopologies;
  const subtopologiesCount =
    writer.arrayLength(subtopologies, true, 'groups.topologyDescription.subtopologies');
  for (let i = 0; i < subtopologiesCount; i++) {
    writeStreamsGroupDescribeResponseTopologyDescriptionSubtopology(writer, subtopologies[i]!, version);
  }
  const globalStores = message.globalStores;
  const globalStoresCount = writer.arrayLength(globalStores, true, 'groups.topologyDescription.globalStores');
  for (let i = 0; i < globalStoresCount; i++) {
    writeStreamsGroupDescribeResponseTopologyDescriptionGlobalStore(writer, globalStores[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupDescribeResponseDescribedGroup(
  reader: WireReader,
  version: number,
): StreamsGroupDescribeResponseDescribedGroup {
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const groupId = reader.string(true);
  const groupState = reader.string(true);
  const groupEpoch = reader.int32();
  const assignmentEpoch = reader.int32();
  const topology = (reader.int8() < 0 ? null : readStreamsGroupDescribeResponseTopology(reader, version));
  const membersCount = reader.arrayLength(true, 28);
  const members = new Array<StreamsGroupDescribeResponseMember>(membersCount);
  for (let i = 0; i < membersCount; i++) {
    members[i] = readStreamsGroupDescribeResponseMember(reader, version);
  }
  const authorizedOperations = reader.int32();
  const topologyDescription =
    version >= 1 ? (reader.int8() < 0 ? null : readStreamsGroupDescribeResponseTopologyDescription(reader, version)) : null;
  const topologyDescriptionStatus = version >= 1 ? reader.int8() : 0;
  const assignorName = version >= 1 ? reader.nullableString(true) : null;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    groupEpoch,
    assignmentEpoch,
    topology,
    members,
    authorizedOperations,
    topologyDescription,
    topologyDescriptionStatus,
    assignorName,
    unknownTaggedFields,
  };
}

function writeStreamsGroupDescribeResponseDescribedGroup(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseDescribedGroupInput,
  version: number,
): void {
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'groups.errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'groups.errorMessage');
  const groupId = message.groupId;
  writer.string(groupId, true, 'groups.groupId');
  const groupState = message.groupState;
  writer.string(groupState, true, 'groups.groupState');
  const groupEpoch = message.groupEpoch;
  writer.int32(groupEpoch, 'groups.groupEpoch');
  const assignmentEpoch = message.assignmentEpoch;
  writer.int32(assignmentEpoch, 'groups.assignmentEpoch');
  const topology = message.topology === undefined ? null : message.topology;
  if (topology === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    writeStreamsGroupDescribeResponseTopology(writer, topology, version);
  }
  const members = message.members;
  const membersCount = writer.arrayLength(members, true, 'groups.members');
  for (let i = 0; i < membersCount; i++) {
    writeStreamsGroupDescribeResponseMember(writer, members[i]!, version);
  }
  const authorizedOperations =
    message.authorizedOperations === undefined ? -2147483648 : message.authorizedOperations;
  writer.int32(authorizedOperations, 'groups.authorizedOperations');
  const topologyDescription = message.topologyDescription === undefined ? null : message.topologyDescription;
  if (version >= 1) {
    if (topologyDescription === null) {
      writer.int8(-1);
    } else {
      writer.int8(1);
      writeStreamsGroupDescribeResponseTopologyDescription(writer, topologyDescription, version);
    }
  } else if (topologyDescription !== null) {
    throw writer.notInVersion('groups.topologyDescription');
  }
  const topologyDescriptionStatus =
    message.topologyDescriptionStatus === undefined ? 0 : message.topologyDescriptionStatus;
  if (version >= 1) {
    writer.int8(topologyDescriptionStatus, 'groups.topologyDescriptionStatus');
  } else if (topologyDescriptionStatus !== 0) {
    throw writer.notInVersion('groups.topologyDescriptionStatus');
  }
  if (version >= 1) {
    const assignorName = message.assignorName === undefined ? null : message.assignorName;
    writer.nullableString(assignorName, true, 'groups.assignorName');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupDescribeResponse(reader: WireReader, version: number): StreamsGroupDescribeResponse {
  const throttleTimeMs = reader.int32();
  const groupsCount = reader.arrayLength(true, 20);
  const groups = new Array<StreamsGroupDescribeResponseDescribedGroup>(groupsCount);
  for (let i = 0; i < groupsCount; i++) {
    groups[i] = readStreamsGroupDescribeResponseDescribedGroup(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    groups,
    unknownTaggedFields,
  };
}

function writeStreamsGroupDescribeResponse(
  writer: WireWriter,
  message: StreamsGroupDescribeResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const groups = message.groups;
  const groupsCount = writer.arrayLength(groups, true, 'groups');
  for (let i = 0; i < groupsCount; i++) {
    writeStreamsGroupDescribeResponseDescribedGroup(writer, groups[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createStreamsGroupDescribeResponse(): StreamsGroupDescribeResponse {
  return {
    throttleTimeMs: 0,
    groups: [],
    unknownTaggedFields: undefined,
  };
}
