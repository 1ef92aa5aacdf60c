// Generated from definitions/apis/16-list-groups.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Lists groups by state and type.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ListGroups (API key 16), versions 0 to 5.
 * Lists groups by state and type.
 */
export interface ListGroupsRequest {
  statesFilter: string[];
  typesFilter: string[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListGroupsRequestInput {
  readonly statesFilter?: readonly string[] | undefined;
  readonly typesFilter?: readonly string[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ListGroups (API key 16), versions 0 to 5.
 * Lists groups by state and type.
 */
export const ListGroupsRequest: MessageCodec<ListGroupsRequest, ListGroupsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ListGroupsRequest',
  apiKey: 16,
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readListGroupsRequest,
  write: writeListGroupsRequest,
  create: (partial) => ({ ...createListGroupsRequest(), ...partial }),
});

function readListGroupsRequest(reader: WireReader, version: number): ListGroupsRequest {
  const flexible = version >= 3;
  let statesFilter: string[] = [];
  if (version >= 4) {
    const statesFilterCount = reader.arrayLength(flexible, 1);
    statesFilter = new Array<string>(statesFilterCount);
    for (let i = 0; i < statesFilterCount; i++) {
      statesFilter[i] = reader.string(flexible);
    }
  }
  let typesFilter: string[] = [];
  if (version >= 5) {
    const typesFilterCount = reader.arrayLength(flexible, 1);
    typesFilter = new Array<string>(typesFilterCount);
    for (let i = 0; i < typesFilterCount; i++) {
      typesFilter[i] = reader.string(flexible);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    statesFilter,
    typesFilter,
    unknownTaggedFields,
  };
}

function writeListGroupsRequest(writer: WireWriter, message: ListGroupsRequestInput, version: number): void {
  const flexible = version >= 3;
  const statesFilter = message.statesFilter === undefined ? [] : message.statesFilter;
  if (version >= 4) {
    const statesFilterCount = writer.arrayLength(statesFilter, flexible, 'statesFilter');
    for (let i = 0; i < statesFilterCount; i++) {
      writer.string(statesFilter[i]!, flexible, 'statesFilter');
    }
  } else if (statesFilter.length > 0) {
    throw writer.notInVersion('statesFilter');
  }
  const typesFilter = message.typesFilter === undefined ? [] : message.typesFilter;
  if (version >= 5) {
    const typesFilterCount = writer.arrayLength(typesFilter, flexible, 'typesFilter');
    for (let i = 0; i < typesFilterCount; i++) {
      writer.string(typesFilter[i]!, flexible, 'typesFilter');
    }
  } else if (typesFilter.length > 0) {
    throw writer.notInVersion('typesFilter');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createListGroupsRequest(): ListGroupsRequest {
  return {
    statesFilter: [],
    typesFilter: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ListGroups (API key 16), versions 0 to 5.
 * Lists groups by state and type.
 */
export interface ListGroupsResponse {
  throttleTimeMs: number;
  errorCode: number;
  groups: ListGroupsResponseListedGroup[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListGroupsResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly errorCode: number;
  readonly groups: readonly ListGroupsResponseListedGroupInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ListGroupsResponseListedGroup {
  groupId: string;
  protocolType: string;
  groupState: string;
  groupType: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListGroupsResponseListedGroupInput {
  readonly groupId: string;
  readonly protocolType: string;
  readonly groupState?: string | undefined;
  readonly groupType?: string | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ListGroups (API key 16), versions 0 to 5.
 * Lists groups by state and type.
 */
export const ListGroupsResponse: MessageCodec<ListGroupsResponse, ListGroupsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ListGroupsResponse',
  apiKey: 16,
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readListGroupsResponse,
  write: writeListGroupsResponse,
  create: (partial) => ({ ...createListGroupsResponse(), ...partial }),
});

function readListGroupsResponseListedGroup(
  reader: WireReader,
  version: number,
): ListGroupsResponseListedGroup {
  const flexible = version >= 3;
  const groupId = reader.string(flexible);
  const protocolType = reader.string(flexible);
  const groupState = version >= 4 ? reader.string(flexible) : '';
  const groupType = version >= 5 ? reader.string(flexible) : '';
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    groupId,
    protocolType,
    groupState,
    groupType,
    unknownTaggedFields,
  };
}

function writeListGroupsResponseListedGroup(
  writer: WireWriter,
  message: ListGroupsResponseListedGroupInput,
  version: number,
): void {
  const flexible = version >= 3;
  const groupId = message.groupId;
  writer.string(groupId, flexible, 'groups.groupId');
  const protocolType = message.protocolType;
  writer.string(protocolType, flexible, 'groups.protocolType');
  if (version >= 4) {
    const groupState = message.groupState === undefined ? '' : message.groupState;
    writer.string(groupState, flexible, 'groups.groupState');
  }
  if (version >= 5) {
    const groupType = message.groupType === undefined ? '' : message.groupType;
    writer.string(groupType, flexible, 'groups.groupType');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readListGroupsResponse(reader: WireReader, version: number): ListGroupsResponse {
  const flexible = version >= 3;
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  const errorCode = reader.int16();
  const groupsCount = reader.arrayLength(flexible, 3);
  const groups = new Array<ListGroupsResponseListedGroup>(groupsCount);
  for (let i = 0; i < groupsCount; i++) {
    groups[i] = readListGroupsResponseListedGroup(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    groups,
    unknownTaggedFields,
  };
}

function writeListGroupsResponse(
  writer: WireWriter,
  message: ListGroupsResponseInput,
  version: number,
): void {
  const flexible = version >= 3;
  if (version >= 1) {
    const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
    writer.int32(throttleTimeMs, 'throttleTimeMs');
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const groups = message.groups;
  const groupsCount = writer.arrayLength(groups, flexible, 'groups');
  for (let i = 0; i < groupsCount; i++) {
    writeListGroupsResponseListedGroup(writer, groups[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createListGroupsResponse(): ListGroupsResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    groups: [],
    unknownTaggedFields: undefined,
  };
}
