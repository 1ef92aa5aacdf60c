// Generated from definitions/apis/93-streams-group-topology-description-update.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Stores the description of a streams topology for tools.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of StreamsGroupTopologyDescriptionUpdate (API key 93), version 0.
 * Stores the description of a streams topology for tools.
 */
export interface StreamsGroupTopologyDescriptionUpdateRequest {
  groupId: string;
  memberId: string;
  topologyEpoch: number;
  topologyDescription: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescription;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyDescriptionUpdateRequestInput {
  readonly groupId: string;
  readonly memberId: string;
  readonly topologyEpoch: number;
  readonly topologyDescription: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionInput;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyDescriptionUpdateRequestTopologyDescription {
  subtopologies: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionSubtopology[];
  globalStores: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionGlobalStore[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionInput {
  readonly subtopologies: readonly StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionSubtopologyInput[];
  readonly globalStores: readonly StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionGlobalStoreInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionGlobalStore {
  source: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode;
  processor: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionGlobalStoreInput {
  readonly source: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNodeInput;
  readonly processor: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNodeInput;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionSubtopology {
  subtopologyId: string;
  nodes: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionSubtopologyInput {
  readonly subtopologyId: string;
  readonly nodes: readonly StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNodeInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode {
  name: string;
  nodeType: number;
  sourceTopics: string[];
  sinkTopic: string | null;
  stores: string[];
  successors: string[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNodeInput {
  readonly name: string;
  readonly nodeType: number;
  readonly sourceTopics: readonly string[];
  readonly sinkTopic?: string | null | undefined;
  readonly stores: readonly string[];
  readonly successors: readonly string[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of StreamsGroupTopologyDescriptionUpdate (API key 93), version 0.
 * Stores the description of a streams topology for tools.
 */
export const StreamsGroupTopologyDescriptionUpdateRequest: MessageCodec<StreamsGroupTopologyDescriptionUpdateRequest, StreamsGroupTopologyDescriptionUpdateRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupTopologyDescriptionUpdateRequest',
  apiKey: 93,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readStreamsGroupTopologyDescriptionUpdateRequest,
  write: writeStreamsGroupTopologyDescriptionUpdateRequest,
  create: (partial) => ({ ...createStreamsGroupTopologyDescriptionUpdateRequest(), ...partial }),
});

function readStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode(
  reader: WireReader,
  _version: number,
): StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode {
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

function writeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode(
  writer: WireWriter,
  message: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNodeInput,
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

function readStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionSubtopology(
  reader: WireReader,
  version: number,
): StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionSubtopology {
  const subtopologyId = reader.string(true);
  const nodesCount = reader.arrayLength(true, 7);
  const nodes = new Array<StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode>(nodesCount);
  for (let i = 0; i < nodesCount; i++) {
    nodes[i] = readStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    subtopologyId,
    nodes,
    unknownTaggedFields,
  };
}

function writeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionSubtopology(
  writer: WireWriter,
  message: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionSubtopologyInput,
  version: number,
): void {
  const subtopologyId = message.subtopologyId;
  writer.string(subtopologyId, true, 'topologyDescription.subtopologies.subtopologyId');
  const nodes = message.nodes;
  const nodesCount = writer.arrayLength(nodes, true, 'topologyDescription.subtopologies.nodes');
  for (let i = 0; i < nodesCount; i++) {
    writeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode(writer, nodes[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionGlobalStore(
  reader: WireReader,
  version: number,
): StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionGlobalStore {
  const source = readStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode(reader, version);
  const processor = readStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode(reader, version);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    source,
    processor,
    unknownTaggedFields,
  };
}

function writeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionGlobalStore(
  writer: WireWriter,
  message: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionGlobalStoreInput,
  version: number,
): void {
  const source = message.source;
  writeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode(writer, source, version);
  const processor = message.processor;
  writeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionNode(writer, processor, version);
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupTopologyDescriptionUpdateRequestTopologyDescription(
  reader: WireReader,
  version: number,
): StreamsGroupTopologyDescriptionUpdateRequestTopologyDescription {
  const subtopologiesCount = reader.arrayLength(true, 3);
  const subtopologies =
    new Array<StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionSubtopology>(subtopologiesCount);
  for (let i = 0; i < subtopologiesCount; i++) {
    subtopologies[i] =
      readStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionSubtopology(reader, version);
  }
  const globalStoresCount = reader.arrayLength(true, 15);
  const globalStores =
    new Array<StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionGlobalStore>(globalStoresCount);
  for (let i = 0; i < globalStoresCount; i++) {
    globalStores[i] =
      readStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionGlobalStore(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    subtopologies,
    globalStores,
    unknownTaggedFields,
  };
}

function writeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescription(
  writer: WireWriter,
  message: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionInput,
  version: number,
): void {
  const subtopologies = message.subtopologies;
  const subtopologiesCount = writer.arrayLength(subtopologies, true, 'topologyDescription.subtopologies');
  for (let i = 0; i < subtopologiesCount; i++) {
    writeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionSubtopology(writer, subtopologies[i]!, version);
  }
  const globalStores = message.globalStores;
  const globalStoresCount = writer.arrayLength(globalStores, true, 'topologyDescription.globalStores');
  for (let i = 0; i < globalStoresCount; i++) {
    writeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescriptionGlobalStore(writer, globalStores[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createStreamsGroupTopologyDescriptionUpdateRequestTopologyDescription(): StreamsGroupTopologyDescriptionUpdateRequestTopologyDescription {
  return {
    subtopologies: [],
    globalStores: [],
    unknownTaggedFields: undefined,
  };
}

function readStreamsGroupTopologyDescriptionUpdateRequest(
  reader: WireReader,
  version: number,
): StreamsGroupTopologyDescriptionUpdateRequest {
  const groupId = reader.string(true);
  const memberId = reader.string(true);
  const topologyEpoch = reader.int32();
  const topologyDescription =
    readStreamsGroupTopologyDescriptionUpdateRequestTopologyDescription(reader, version);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    memberId,
    topologyEpoch,
    topologyDescription,
    unknownTaggedFields,
  };
}

function writeStreamsGroupTopologyDescriptionUpdateRequest(
  writer: WireWriter,
  message: StreamsGroupTopologyDescriptionUpdateRequestInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groupId');
  const memberId = message.memberId;
  writer.string(memberId, true, 'memberId');
  const topologyEpoch = message.topologyEpoch;
  writer.int32(topologyEpoch, 'topologyEpoch');
  const topologyDescription = message.topologyDescription;
  writeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescription(writer, topologyDescription, version);
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createStreamsGroupTopologyDescriptionUpdateRequest(): StreamsGroupTopologyDescriptionUpdateRequest {
  return {
    groupId: '',
    memberId: '',
    topologyEpoch: 0,
    topologyDescription: createStreamsGroupTopologyDescriptionUpdateRequestTopologyDescription(),
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of StreamsGroupTopologyDescriptionUpdate (API key 93), version 0.
 * Stores the description of a streams topology for tools.
 */
export interface StreamsGroupTopologyDescriptionUpdateResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyDescriptionUpdateResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of StreamsGroupTopologyDescriptionUpdate (API key 93), version 0.
 * Stores the description of a streams topology for tools.
 */
export const StreamsGroupTopologyDescriptionUpdateResponse: MessageCodec<StreamsGroupTopologyDescriptionUpdateResponse, StreamsGroupTopologyDescriptionUpdateResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupTopologyDescriptionUpdateResponse',
  apiKey: 93,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readStreamsGroupTopologyDescriptionUpdateResponse,
  write: writeStreamsGroupTopologyDescriptionUpdateResponse,
  create: (partial) => ({ ...createStreamsGroupTopologyDescriptionUpdateResponse(), ...partial }),
});

function readStreamsGroupTopologyDescriptionUpdateResponse(
  reader: WireReader,
  _version: number,
): StreamsGroupTopologyDescriptionUpdateResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeStreamsGroupTopologyDescriptionUpdateResponse(
  writer: WireWriter,
  message: StreamsGroupTopologyDescriptionUpdateResponseInput,
  _version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createStreamsGroupTopologyDescriptionUpdateResponse(): StreamsGroupTopologyDescriptionUpdateResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: null,
    unknownTaggedFields: undefined,
  };
}
