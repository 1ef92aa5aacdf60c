// Generated from definitions/structures/control-records.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Values of control batches. The key of such a batch is int16 version (0) + ControlRecordTypeSchema.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/** ControlRecordTypeSchema, version 0. */
export interface ControlRecordTypeSchema {
  type: number;
}

export interface ControlRecordTypeSchemaInput {
  readonly type: number;
}

/** ControlRecordTypeSchema, version 0. */
export const ControlRecordTypeSchema: MessageCodec<ControlRecordTypeSchema, ControlRecordTypeSchemaInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ControlRecordTypeSchema',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readControlRecordTypeSchema,
  write: writeControlRecordTypeSchema,
  create: (partial) => ({ ...createControlRecordTypeSchema(), ...partial }),
});

function readControlRecordTypeSchema(reader: WireReader, _version: number): ControlRecordTypeSchema {
  const type = reader.int16();
  return {
    type,
  };
}

function writeControlRecordTypeSchema(
  writer: WireWriter,
  message: ControlRecordTypeSchemaInput,
  _version: number,
): void {
  const type = message.type;
  writer.int16(type, 'type');
}

function createControlRecordTypeSchema(): ControlRecordTypeSchema {
  return {
    type: 0,
  };
}

/** EndTxnMarker, version 0. */
export interface EndTxnMarker {
  coordinatorEpoch: number;
}

export interface EndTxnMarkerInput {
  readonly coordinatorEpoch: number;
}

/** EndTxnMarker, version 0. */
export const EndTxnMarker: MessageCodec<EndTxnMarker, EndTxnMarkerInput> = /* @__PURE__ */ defineMessage({
  name: 'EndTxnMarker',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readEndTxnMarker,
  write: writeEndTxnMarker,
  create: (partial) => ({ ...createEndTxnMarker(), ...partial }),
});

function readEndTxnMarker(reader: WireReader, _version: number): EndTxnMarker {
  const coordinatorEpoch = reader.int32();
  return {
    coordinatorEpoch,
  };
}

function writeEndTxnMarker(writer: WireWriter, message: EndTxnMarkerInput, _version: number): void {
  const coordinatorEpoch = message.coordinatorEpoch;
  writer.int32(coordinatorEpoch, 'coordinatorEpoch');
}

function createEndTxnMarker(): EndTxnMarker {
  return {
    coordinatorEpoch: 0,
  };
}

/** KRaftVersionRecord, version 0. */
export interface KRaftVersionRecord {
  version: number;
  kRaftVersion: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface KRaftVersionRecordInput {
  readonly version: number;
  readonly kRaftVersion: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** KRaftVersionRecord, version 0. */
export const KRaftVersionRecord: MessageCodec<KRaftVersionRecord, KRaftVersionRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'KRaftVersionRecord',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readKRaftVersionRecord,
  write: writeKRaftVersionRecord,
  create: (partial) => ({ ...createKRaftVersionRecord(), ...partial }),
});

function readKRaftVersionRecord(reader: WireReader, _version: number): KRaftVersionRecord {
  const versionField = reader.int16();
  const kRaftVersion = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    version: versionField,
    kRaftVersion,
    unknownTaggedFields,
  };
}

function writeKRaftVersionRecord(
  writer: WireWriter,
  message: KRaftVersionRecordInput,
  _version: number,
): void {
  const versionField = message.version;
  writer.int16(versionField, 'version');
  const kRaftVersion = message.kRaftVersion;
  writer.int16(kRaftVersion, 'kRaftVersion');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createKRaftVersionRecord(): KRaftVersionRecord {
  return {
    version: 0,
    kRaftVersion: 0,
    unknownTaggedFields: undefined,
  };
}

/** LeaderChangeMessage, versions 0 to 1. */
export interface LeaderChangeMessage {
  version: number;
  leaderId: number;
  voters: LeaderChangeMessageVoter[];
  grantingVoters: LeaderChangeMessageVoter[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface LeaderChangeMessageInput {
  readonly version: number;
  readonly leaderId: number;
  readonly voters: readonly LeaderChangeMessageVoterInput[];
  readonly grantingVoters: readonly LeaderChangeMessageVoterInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface LeaderChangeMessageVoter {
  voterId: number;
  voterDirectoryId: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface LeaderChangeMessageVoterInput {
  readonly voterId: number;
  readonly voterDirectoryId?: string | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** LeaderChangeMessage, versions 0 to 1. */
export const LeaderChangeMessage: MessageCodec<LeaderChangeMessage, LeaderChangeMessageInput> =
  /* @__PURE__ */ defineMessage({
  name: 'LeaderChangeMessage',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readLeaderChangeMessage,
  write: writeLeaderChangeMessage,
  create: (partial) => ({ ...createLeaderChangeMessage(), ...partial }),
});

function readLeaderChangeMessageVoter(reader: WireReader, version: number): LeaderChangeMessageVoter {
  const voterId = reader.int32();
  const voterDirectoryId = version >= 1 ? reader.uuid() : ZERO_UUID;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    voterId,
    voterDirectoryId,
    unknownTaggedFields,
  };
}

function writeLeaderChangeMessageVoter(
  writer: WireWriter,
  message: LeaderChangeMessageVoterInput,
  version: number,
): void {
  const voterId = message.voterId;
  writer.int32(voterId, 'Voter.voterId');
  const voterDirectoryId = message.voterDirectoryId === undefined ? ZERO_UUID : message.voterDirectoryId;
  if (version >= 1) {
    writer.uuid(voterDirectoryId, 'Voter.voterDirectoryId');
  } else if (voterDirectoryId !== ZERO_UUID) {
    throw writer.notInVersion('Voter.voterDirectoryId');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readLeaderChangeMessage(reader: WireReader, version: number): LeaderChangeMessage {
  const versionField = reader.int16();
  const leaderId = reader.int32();
  const votersCount = reader.arrayLength(true, 5);
  const voters = new Array<LeaderChangeMessageVoter>(votersCount);
  for (let i = 0; i < votersCount; i++) {
    voters[i] = readLeaderChangeMessageVoter(reader, version);
  }
  const grantingVotersCount = reader.arrayLength(true, 5);
  const grantingVoters = new Array<LeaderChangeMessageVoter>(grantingVotersCount);
  for (let i = 0; i < grantingVotersCount; i++) {
    grantingVoters[i] = readLeaderChangeMessageVoter(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    version: versionField,
    leaderId,
    voters,
    grantingVoters,
    unknownTaggedFields,
  };
}

function writeLeaderChangeMessage(
  writer: WireWriter,
  message: LeaderChangeMessageInput,
  version: number,
): void {
  const versionField = message.version;
  writer.int16(versionField, 'version');
  const leaderId = message.leaderId;
  writer.int32(leaderId, 'leaderId');
  const voters = message.voters;
  const votersCount = writer.arrayLength(voters, true, 'voters');
  for (let i = 0; i < votersCount; i++) {
    writeLeaderChangeMessageVoter(writer, voters[i]!, version);
  }
  const grantingVoters = message.grantingVoters;
  const grantingVotersCount = writer.arrayLength(grantingVoters, true, 'grantingVoters');
  for (let i = 0; i < grantingVotersCount; i++) {
    writeLeaderChangeMessageVoter(writer, grantingVoters[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createLeaderChangeMessage(): LeaderChangeMessage {
  return {
    version: 0,
    leaderId: 0,
    voters: [],
    grantingVoters: [],
    unknownTaggedFields: undefined,
  };
}

/** SnapshotFooterRecord, version 0. */
export interface SnapshotFooterRecord {
  version: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface SnapshotFooterRecordInput {
  readonly version: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** SnapshotFooterRecord, version 0. */
export const SnapshotFooterRecord: MessageCodec<SnapshotFooterRecord, SnapshotFooterRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'SnapshotFooterRecord',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readSnapshotFooterRecord,
  write: writeSnapshotFooterRecord,
  create: (partial) => ({ ...createSnapshotFooterRecord(), ...partial }),
});

function readSnapshotFooterRecord(reader: WireReader, _version: number): SnapshotFooterRecord {
  const versionField = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    version: versionField,
    unknownTaggedFields,
  };
}

function writeSnapshotFooterRecord(
  writer: WireWriter,
  message: SnapshotFooterRecordInput,
  _version: number,
): void {
  const versionField = message.version;
  writer.int16(versionField, 'version');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createSnapshotFooterRecord(): SnapshotFooterRecord {
  return {
    version: 0,
    unknownTaggedFields: undefined,
  };
}

/** SnapshotHeaderRecord, version 0. */
export interface SnapshotHeaderRecord {
  version: number;
  lastContainedLogTimestamp: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface SnapshotHeaderRecordInput {
  readonly version: number;
  readonly lastContainedLogTimestamp: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** SnapshotHeaderRecord, version 0. */
export const SnapshotHeaderRecord: MessageCodec<SnapshotHeaderRecord, SnapshotHeaderRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'SnapshotHeaderRecord',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readSnapshotHeaderRecord,
  write: writeSnapshotHeaderRecord,
  create: (partial) => ({ ...createSnapshotHeaderRecord(), ...partial }),
});

function readSnapshotHeaderRecord(reader: WireReader, _version: number): SnapshotHeaderRecord {
  const versionField = reader.int16();
  const lastContainedLogTimestamp = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    version: versionField,
    lastContainedLogTimestamp,
    unknownTaggedFields,
  };
}

function writeSnapshotHeaderRecord(
  writer: WireWriter,
  message: SnapshotHeaderRecordInput,
  _version: number,
): void {
  const versionField = message.version;
  writer.int16(versionField, 'version');
  const lastContainedLogTimestamp = message.lastContainedLogTimestamp;
  writer.int64(lastContainedLogTimestamp, 'lastContainedLogTimestamp');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createSnapshotHeaderRecord(): SnapshotHeaderRecord {
  return {
    version: 0,
    lastContainedLogTimestamp: 0,
    unknownTaggedFields: undefined,
  };
}

/** VotersRecord, version 0. */
export interface VotersRecord {
  version: number;
  voters: VotersRecordVoter[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface VotersRecordInput {
  readonly version: number;
  readonly voters: readonly VotersRecordVoterInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface VotersRecordVoter {
  voterId: number;
  voterDirectoryId: string;
  endpoints: VotersRecordEndpoint[];
  kRaftVersionFeature: VotersRecordKRaftVersionFeature;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface VotersRecordVoterInput {
  readonly voterId: number;
  readonly voterDirectoryId: string;
  readonly endpoints: readonly VotersRecordEndpointInput[];
  readonly kRaftVersionFeature: VotersRecordKRaftVersionFeatureInput;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface VotersRecordKRaftVersionFeature {
  minSupportedVersion: number;
  maxSupportedVersion: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface VotersRecordKRaftVersionFeatureInput {
  readonly minSupportedVersion: number;
  readonly maxSupportedVersion: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface VotersRecordEndpoint {
  name: string;
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface VotersRecordEndpointInput {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** VotersRecord, version 0. */
export const VotersRecord: MessageCodec<VotersRecord, VotersRecordInput> = /* @__PURE__ */ defineMessage({
  name: 'VotersRecord',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readVotersRecord,
  write: writeVotersRecord,
  create: (partial) => ({ ...createVotersRecord(), ...partial }),
});

function readVotersRecordEndpoint(reader: WireReader, _version: number): VotersRecordEndpoint {
  const name = reader.string(true);
  const host = reader.string(true);
  const port = reader.uint16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    host,
    port,
    unknownTaggedFields,
  };
}

function writeVotersRecordEndpoint(
  writer: WireWriter,
  message: VotersRecordEndpointInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'voters.endpoints.name');
  const host = message.host;
  writer.string(host, true, 'voters.endpoints.host');
  const port = message.port;
  writer.uint16(port, 'voters.endpoints.port');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readVotersRecordKRaftVersionFeature(
  reader: WireReader,
  _version: number,
): VotersRecordKRaftVersionFeature {
  const minSupportedVersion = reader.int16();
  const maxSupportedVersion = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    minSupportedVersion,
    maxSupportedVersion,
    unknownTaggedFields,
  };
}

function writeVotersRecordKRaftVersionFeature(
  writer: WireWriter,
  message: VotersRecordKRaftVersionFeatureInput,
  _version: number,
): void {
  const minSupportedVersion = message.minSupportedVersion;
  writer.int16(minSupportedVersion, 'voters.kRaftVersionFeature.minSupportedVersion');
  const maxSupportedVersion = message.maxSupportedVersion;
  writer.int16(maxSupportedVersion, 'voters.kRaftVersionFeature.maxSupportedVersion');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readVotersRecordVoter(reader: WireReader, version: number): VotersRecordVoter {
  const voterId = reader.int32();
  const voterDirectoryId = reader.uuid();
  const endpointsCount = reader.arrayLength(true, 5);
  const endpoints = new Array<VotersRecordEndpoint>(endpointsCount);
  for (let i = 0; i < endpointsCount; i++) {
    endpoints[i] = readVotersRecordEndpoint(reader, version);
  }
  const kRaftVersionFeature = readVotersRecordKRaftVersionFeature(reader, version);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    voterId,
    voterDirectoryId,
    endpoints,
    kRaftVersionFeature,
    unknownTaggedFields,
  };
}

function writeVotersRecordVoter(writer: WireWriter, message: VotersRecordVoterInput, version: number): void {
  const voterId = message.voterId;
  writer.int32(voterId, 'voters.voterId');
  const voterDirectoryId = message.voterDirectoryId;
  writer.uuid(voterDirectoryId, 'voters.voterDirectoryId');
  const endpoints = message.endpoints;
  const endpointsCount = writer.arrayLength(endpoints, true, 'voters.endpoints');
  for (let i = 0; i < endpointsCount; i++) {
    writeVotersRecordEndpoint(writer, endpoints[i]!, version);
  }
  const kRaftVersionFeature = message.kRaftVersionFeature;
  writeVotersRecordKRaftVersionFeature(writer, kRaftVersionFeature, version);
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readVotersRecord(reader: WireReader, version: number): VotersRecord {
  const versionField = reader.int16();
  const votersCount = reader.arrayLength(true, 27);
  const voters = new Array<VotersRecordVoter>(votersCount);
  for (let i = 0; i < votersCount; i++) {
    voters[i] = readVotersRecordVoter(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    version: versionField,
    voters,
    unknownTaggedFields,
  };
}

function writeVotersRecord(writer: WireWriter, message: VotersRecordInput, version: number): void {
  const versionField = message.version;
  writer.int16(versionField, 'version');
  const voters = message.voters;
  const votersCount = writer.arrayLength(voters, true, 'voters');
  for (let i = 0; i < votersCount; i++) {
    writeVotersRecordVoter(writer, voters[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createVotersRecord(): VotersRecord {
  return {
    version: 0,
    voters: [],
    unknownTaggedFields: undefined,
  };
}
