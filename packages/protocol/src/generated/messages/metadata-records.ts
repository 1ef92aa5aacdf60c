// Generated from definitions/structures/metadata-records.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Records of __cluster_metadata, by their type number. Framed as uvarint 1, uvarint type, uvarint version, body.

import type { Buffer } from 'node:buffer';

import { EMPTY_BYTES } from '../../wire/empty-bytes.ts';
import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/** RegisterBrokerRecord, versions 0 to 4. */
export interface RegisterBrokerRecord {
  brokerId: number;
  isMigratingZkBroker: boolean;
  incarnationId: string;
  brokerEpoch: number;
  endPoints: RegisterBrokerRecordBrokerEndpoint[];
  features: RegisterBrokerRecordBrokerFeature[];
  rack: string | null;
  fenced: boolean;
  inControlledShutdown: boolean;
  logDirs: string[];
  cordonedLogDirs: string[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RegisterBrokerRecordInput {
  readonly brokerId: number;
  readonly isMigratingZkBroker?: boolean | undefined;
  readonly incarnationId: string;
  readonly brokerEpoch: number;
  readonly endPoints: readonly RegisterBrokerRecordBrokerEndpointInput[];
  readonly features: readonly RegisterBrokerRecordBrokerFeatureInput[];
  readonly rack: string | null;
  readonly fenced?: boolean | undefined;
  readonly inControlledShutdown?: boolean | undefined;
  readonly logDirs?: readonly string[] | undefined;
  readonly cordonedLogDirs?: readonly string[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface RegisterBrokerRecordBrokerFeature {
  name: string;
  minSupportedVersion: number;
  maxSupportedVersion: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RegisterBrokerRecordBrokerFeatureInput {
  readonly name: string;
  readonly minSupportedVersion: number;
  readonly maxSupportedVersion: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface RegisterBrokerRecordBrokerEndpoint {
  name: string;
  host: string;
  port: number;
  securityProtocol: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RegisterBrokerRecordBrokerEndpointInput {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly securityProtocol: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** RegisterBrokerRecord, versions 0 to 4. */
export const RegisterBrokerRecord: MessageCodec<RegisterBrokerRecord, RegisterBrokerRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RegisterBrokerRecord',
  apiKey: 0,
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readRegisterBrokerRecord,
  write: writeRegisterBrokerRecord,
  create: (partial) => ({ ...createRegisterBrokerRecord(), ...partial }),
});

function readRegisterBrokerRecordBrokerEndpoint(
  reader: WireReader,
  _version: number,
): RegisterBrokerRecordBrokerEndpoint {
  const name = reader.string(true);
  const host = reader.string(true);
  const port = reader.uint16();
  const securityProtocol = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    host,
    port,
    securityProtocol,
    unknownTaggedFields,
  };
}

function writeRegisterBrokerRecordBrokerEndpoint(
  writer: WireWriter,
  message: RegisterBrokerRecordBrokerEndpointInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'endPoints.name');
  const host = message.host;
  writer.string(host, true, 'endPoints.host');
  const port = message.port;
  writer.uint16(port, 'endPoints.port');
  const securityProtocol = message.securityProtocol;
  writer.int16(securityProtocol, 'endPoints.securityProtocol');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readRegisterBrokerRecordBrokerFeature(
  reader: WireReader,
  _version: number,
): RegisterBrokerRecordBrokerFeature {
  const name = reader.string(true);
  const minSupportedVersion = reader.int16();
  const maxSupportedVersion = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    minSupportedVersion,
    maxSupportedVersion,
    unknownTaggedFields,
  };
}

function writeRegisterBrokerRecordBrokerFeature(
  writer: WireWriter,
  message: RegisterBrokerRecordBrokerFeatureInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'features.name');
  const minSupportedVersion = message.minSupportedVersion;
  writer.int16(minSupportedVersion, 'features.minSupportedVersion');
  const maxSupportedVersion = message.maxSupportedVersion;
  writer.int16(maxSupportedVersion, 'features.maxSupportedVersion');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readRegisterBrokerRecord(reader: WireReader, version: number): RegisterBrokerRecord {
  const brokerId = reader.int32();
  const isMigratingZkBroker = version >= 2 ? reader.boolean() : false;
  const incarnationId = reader.uuid();
  const brokerEpoch = reader.int64();
  const endPointsCount = reader.arrayLength(true, 7);
  const endPoints = new Array<RegisterBrokerRecordBrokerEndpoint>(endPointsCount);
  for (let i = 0; i < endPointsCount; i++) {
    endPoints[i] = readRegisterBrokerRecordBrokerEndpoint(reader, version);
  }
  const featuresCount = reader.arrayLength(true, 6);
  const features = new Array<RegisterBrokerRecordBrokerFeature>(featuresCount);
  for (let i = 0; i < featuresCount; i++) {
    features[i] = readRegisterBrokerRecordBrokerFeature(reader, version);
  }
  const rack = reader.nullableString(true);
  const fenced = reader.boolean();
  const inControlledShutdown = version >= 1 ? reader.boolean() : false;
  let logDirs: string[] = [];
  let cordonedLogDirs: string[] | null = null;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        if (version >= 3) {
          const logDirsCount = reader.arrayLength(true, 16);
          logDirs = new Array<string>(logDirsCount);
          for (let i = 0; i < logDirsCount; i++) {
            logDirs[i] = reader.uuid();
          }
        } else {
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
        }
        break;
      }
      case 1: {
        if (version >= 4) {
          const cordonedLogDirsCount = reader.nullableArrayLength(true, 16);
          if (cordonedLogDirsCount < 0) cordonedLogDirs = null;
          if (cordonedLogDirsCount >= 0) {
            cordonedLogDirs = new Array<string>(cordonedLogDirsCount);
            for (let i = 0; i < cordonedLogDirsCount; i++) {
              cordonedLogDirs[i] = reader.uuid();
            }
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
  return {
    brokerId,
    isMigratingZkBroker,
    incarnationId,
    brokerEpoch,
    endPoints,
    features,
    rack,
    fenced,
    inControlledShutdown,
    logDirs,
    cordonedLogDirs,
    unknownTaggedFields,
  };
}

function writeRegisterBrokerRecord(
  writer: WireWriter,
  message: RegisterBrokerRecordInput,
  version: number,
): void {
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  const isMigratingZkBroker = message.isMigratingZkBroker === undefined ? false : message.isMigratingZkBroker;
  if (version >= 2) {
    writer.boolean(isMigratingZkBroker, 'isMigratingZkBroker');
  } else if (isMigratingZkBroker) {
    throw writer.notInVersion('isMigratingZkBroker');
  }
  const incarnationId = message.incarnationId;
  writer.uuid(incarnationId, 'incarnationId');
  const brokerEpoch = message.brokerEpoch;
  writer.int64(brokerEpoch, 'brokerEpoch');
  const endPoints = message.endPoints;
  const endPointsCount = writer.arrayLength(endPoints, true, 'endPoints');
  for (let i = 0; i < endPointsCount; i++) {
    writeRegisterBrokerRecordBrokerEndpoint(writer, endPoints[i]!, version);
  }
  const features = message.features;
  const featuresCount = writer.arrayLength(features, true, 'features');
  for (let i = 0; i < featuresCount; i++) {
    writeRegisterBrokerRecordBrokerFeature(writer, features[i]!, version);
  }
  const rack = message.rack;
  writer.nullableString(rack, true, 'rack');
  const fenced = message.fenced === undefined ? true : message.fenced;
  writer.boolean(fenced, 'fenced');
  const inControlledShutdown =
    message.inControlledShutdown === undefined ? false : message.inControlledShutdown;
  if (version >= 1) {
    writer.boolean(inControlledShutdown, 'inControlledShutdown');
  } else if (inControlledShutdown) {
    throw writer.notInVersion('inControlledShutdown');
  }
  const logDirs = message.logDirs === undefined ? [] : message.logDirs;
  if (!(version >= 3) && logDirs.length > 0) {
    throw writer.notInVersion('logDirs');
  }
  const cordonedLogDirs = message.cordonedLogDirs === undefined ? null : message.cordonedLogDirs;
  if (!(version >= 4) && cordonedLogDirs !== null) {
    throw writer.notInVersion('cordonedLogDirs');
  }
  const unknown = message.unknownTaggedFields;
  const has0 = version >= 3 && logDirs.length > 0;
  const has1 = version >= 4 && cordonedLogDirs !== null;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  if (has1) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    const logDirsCount = writer.arrayLength(logDirs, true, 'logDirs');
    for (let i = 0; i < logDirsCount; i++) {
      writer.uuid(logDirs[i]!, 'logDirs');
    }
    writer.endTag(mark);
  }
  if (has1) {
    next = writer.unknownTagsBelow(unknown, next, 1);
    const mark = writer.beginTag(1);
    if (cordonedLogDirs === null) {
      writer.nullArray(true);
    } else {
      const cordonedLogDirsCount = writer.arrayLength(cordonedLogDirs, true, 'cordonedLogDirs');
      for (let i = 0; i < cordonedLogDirsCount; i++) {
        writer.uuid(cordonedLogDirs[i]!, 'cordonedLogDirs');
      }
    }
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createRegisterBrokerRecord(): RegisterBrokerRecord {
  return {
    brokerId: 0,
    isMigratingZkBroker: false,
    incarnationId: ZERO_UUID,
    brokerEpoch: 0,
    endPoints: [],
    features: [],
    rack: '',
    fenced: true,
    inControlledShutdown: false,
    logDirs: [],
    cordonedLogDirs: null,
    unknownTaggedFields: undefined,
  };
}

/** UnregisterBrokerRecord, version 0. */
export interface UnregisterBrokerRecord {
  brokerId: number;
  brokerEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UnregisterBrokerRecordInput {
  readonly brokerId: number;
  readonly brokerEpoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** UnregisterBrokerRecord, version 0. */
export const UnregisterBrokerRecord: MessageCodec<UnregisterBrokerRecord, UnregisterBrokerRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'UnregisterBrokerRecord',
  apiKey: 1,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readUnregisterBrokerRecord,
  write: writeUnregisterBrokerRecord,
  create: (partial) => ({ ...createUnregisterBrokerRecord(), ...partial }),
});

function readUnregisterBrokerRecord(reader: WireReader, _version: number): UnregisterBrokerRecord {
  const brokerId = reader.int32();
  const brokerEpoch = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    brokerId,
    brokerEpoch,
    unknownTaggedFields,
  };
}

function writeUnregisterBrokerRecord(
  writer: WireWriter,
  message: UnregisterBrokerRecordInput,
  _version: number,
): void {
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  const brokerEpoch = message.brokerEpoch;
  writer.int64(brokerEpoch, 'brokerEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createUnregisterBrokerRecord(): UnregisterBrokerRecord {
  return {
    brokerId: 0,
    brokerEpoch: 0,
    unknownTaggedFields: undefined,
  };
}

/** TopicRecord, version 0. */
export interface TopicRecord {
  name: string;
  topicId: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface TopicRecordInput {
  readonly name: string;
  readonly topicId: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** TopicRecord, version 0. */
export const TopicRecord: MessageCodec<TopicRecord, TopicRecordInput> = /* @__PURE__ */ defineMessage({
  name: 'TopicRecord',
  apiKey: 2,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readTopicRecord,
  write: writeTopicRecord,
  create: (partial) => ({ ...createTopicRecord(), ...partial }),
});

function readTopicRecord(reader: WireReader, _version: number): TopicRecord {
  const name = reader.string(true);
  const topicId = reader.uuid();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    topicId,
    unknownTaggedFields,
  };
}

function writeTopicRecord(writer: WireWriter, message: TopicRecordInput, _version: number): void {
  const name = message.name;
  writer.string(name, true, 'name');
  const topicId = message.topicId;
  writer.uuid(topicId, 'topicId');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createTopicRecord(): TopicRecord {
  return {
    name: '',
    topicId: ZERO_UUID,
    unknownTaggedFields: undefined,
  };
}

/** PartitionRecord, versions 0 to 2. */
export interface PartitionRecord {
  partitionId: number;
  topicId: string;
  replicas: number[];
  isr: number[];
  removingReplicas: number[];
  addingReplicas: number[];
  leader: number;
  leaderRecoveryState: number;
  leaderEpoch: number;
  partitionEpoch: number;
  directories: string[];
  eligibleLeaderReplicas: number[] | null;
  lastKnownElr: number[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface PartitionRecordInput {
  readonly partitionId?: number | undefined;
  readonly topicId: string;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly removingReplicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly leader?: number | undefined;
  readonly leaderRecoveryState?: number | undefined;
  readonly leaderEpoch?: number | undefined;
  readonly partitionEpoch?: number | undefined;
  readonly directories?: readonly string[] | undefined;
  readonly eligibleLeaderReplicas?: readonly number[] | null | undefined;
  readonly lastKnownElr?: readonly number[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** PartitionRecord, versions 0 to 2. */
export const PartitionRecord: MessageCodec<PartitionRecord, PartitionRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'PartitionRecord',
  apiKey: 3,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readPartitionRecord,
  write: writePartitionRecord,
  create: (partial) => ({ ...createPartitionRecord(), ...partial }),
});

function readPartitionRecord(reader: WireReader, version: number): PartitionRecord {
  const partitionId = reader.int32();
  const topicId = reader.uuid();
  const replicasCount = reader.arrayLength(true, 4);
  const replicas = reader.int32Elements(replicasCount);
  const isrCount = reader.arrayLength(true, 4);
  const isr = reader.int32Elements(isrCount);
  const removingReplicasCount = reader.arrayLength(true, 4);
  const removingReplicas = reader.int32Elements(removingReplicasCount);
  const addingReplicasCount = reader.arrayLength(true, 4);
  const addingReplicas = reader.int32Elements(addingReplicasCount);
  const leader = reader.int32();
  let leaderRecoveryState: number = 0;
  const leaderEpoch = reader.int32();
  const partitionEpoch = reader.int32();
  let directories: string[] = [];
  if (version >= 1) {
    const directoriesCount = reader.arrayLength(true, 16);
    directories = new Array<string>(directoriesCount);
    for (let i = 0; i < directoriesCount; i++) {
      directories[i] = reader.uuid();
    }
  }
  let eligibleLeaderReplicas: number[] | null = null;
  let lastKnownElr: number[] | null = null;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        leaderRecoveryState = reader.int8();
        break;
      }
      case 1: {
        if (version >= 2) {
          const eligibleLeaderReplicasCount = reader.nullableArrayLength(true, 4);
          if (eligibleLeaderReplicasCount < 0) eligibleLeaderReplicas = null;
          if (eligibleLeaderReplicasCount >= 0) {
            eligibleLeaderReplicas = reader.int32Elements(eligibleLeaderReplicasCount);
          }
        } else {
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
        }
        break;
      }
      case 2: {
        if (version >= 2) {
          const lastKnownElrCount = reader.nullableArrayLength(true, 4);
          if (lastKnownElrCount < 0) lastKnownElr = null;
          if (lastKnownElrCount >= 0) {
            lastKnownElr = reader.int32Elements(lastKnownElrCount);
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
  return {
    partitionId,
    topicId,
    replicas,
    isr,
    removingReplicas,
    addingReplicas,
    leader,
    leaderRecoveryState,
    leaderEpoch,
    partitionEpoch,
    directories,
    eligibleLeaderReplicas,
    lastKnownElr,
    unknownTaggedFields,
  };
}

function writePartitionRecord(writer: WireWriter, message: PartitionRecordInput, version: number): void {
  const partitionId = message.partitionId === undefined ? -1 : message.partitionId;
  writer.int32(partitionId, 'partitionId');
  const topicId = message.topicId;
  writer.uuid(topicId, 'topicId');
  const replicas = message.replicas;
  const replicasCount = writer.arrayLength(replicas, true, 'replicas');
  for (let i = 0; i < replicasCount; i++) {
    writer.int32(replicas[i]!, 'replicas');
  }
  const isr = message.isr;
  const isrCount = writer.arrayLength(isr, true, 'isr');
  for (let i = 0; i < isrCount; i++) {
    writer.int32(isr[i]!, 'isr');
  }
  const removingReplicas = message.removingReplicas;
  const removingReplicasCount = writer.arrayLength(removingReplicas, true, 'removingReplicas');
  for (let i = 0; i < removingReplicasCount; i++) {
    writer.int32(removingReplicas[i]!, 'removingReplicas');
  }
  const addingReplicas = message.addingReplicas;
  const addingReplicasCount = writer.arrayLength(addingReplicas, true, 'addingReplicas');
  for (let i = 0; i < addingReplicasCount; i++) {
    writer.int32(addingReplicas[i]!, 'addingReplicas');
  }
  const leader = message.leader === undefined ? -1 : message.leader;
  writer.int32(leader, 'leader');
  const leaderRecoveryState = message.leaderRecoveryState === undefined ? 0 : message.leaderRecoveryState;
  const leaderEpoch = message.leaderEpoch === undefined ? -1 : message.leaderEpoch;
  writer.int32(leaderEpoch, 'leaderEpoch');
  const partitionEpoch = message.partitionEpoch === undefined ? -1 : message.partitionEpoch;
  writer.int32(partitionEpoch, 'partitionEpoch');
  const directories = message.directories === undefined ? [] : message.directories;
  if (version >= 1) {
    const directoriesCount = writer.arrayLength(directories, true, 'directories');
    for (let i = 0; i < directoriesCount; i++) {
      writer.uuid(directories[i]!, 'directories');
    }
  } else if (directories.length > 0) {
    throw writer.notInVersion('directories');
  }
  const eligibleLeaderReplicas =
    message.eligibleLeaderReplicas === undefined ? null : message.eligibleLeaderReplicas;
  if (!(version >= 2) && eligibleLeaderReplicas !== null) {
    throw writer.notInVersion('eligibleLeaderReplicas');
  }
  const lastKnownElr = message.lastKnownElr === undefined ? null : message.lastKnownElr;
  if (!(version >= 2) && lastKnownElr !== null) {
    throw writer.notInVersion('lastKnownElr');
  }
  const unknown = message.unknownTaggedFields;
  const has0 = leaderRecoveryState !== 0;
  const has1 = version >= 2 && eligibleLeaderReplicas !== null;
  const has2 = version >= 2 && lastKnownElr !== null;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  if (has1) tagCount++;
  if (has2) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.int8(leaderRecoveryState, 'leaderRecoveryState');
    writer.endTag(mark);
  }
  if (has1) {
    next = writer.unknownTagsBelow(unknown, next, 1);
    const mark = writer.beginTag(1);
    if (eligibleLeaderReplicas === null) {
      writer.nullArray(true);
    } else {
      const eligibleLeaderReplicasCount =
        writer.arrayLength(eligibleLeaderReplicas, true, 'eligibleLeaderReplicas');
      for (let i = 0; i < eligibleLeaderReplicasCount; i++) {
        writer.int32(eligibleLeaderReplicas[i]!, 'eligibleLeaderReplicas');
      }
    }
    writer.endTag(mark);
  }
  if (has2) {
    next = writer.unknownTagsBelow(unknown, next, 2);
    const mark = writer.beginTag(2);
    if (lastKnownElr === null) {
      writer.nullArray(true);
    } else {
      const lastKnownElrCount = writer.arrayLength(lastKnownElr, true, 'lastKnownElr');
      for (let i = 0; i < lastKnownElrCount; i++) {
        writer.int32(lastKnownElr[i]!, 'lastKnownElr');
      }
    }
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createPartitionRecord(): PartitionRecord {
  return {
    partitionId: -1,
    topicId: ZERO_UUID,
    replicas: [],
    isr: [],
    removingReplicas: [],
    addingReplicas: [],
    leader: -1,
    leaderRecoveryState: 0,
    leaderEpoch: -1,
    partitionEpoch: -1,
    directories: [],
    eligibleLeaderReplicas: null,
    lastKnownElr: null,
    unknownTaggedFields: undefined,
  };
}

/** ConfigRecord, version 0. */
export interface ConfigRecord {
  resourceType: number;
  resourceName: string;
  name: string;
  value: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConfigRecordInput {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly name: string;
  readonly value: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ConfigRecord, version 0. */
export const ConfigRecord: MessageCodec<ConfigRecord, ConfigRecordInput> = /* @__PURE__ */ defineMessage({
  name: 'ConfigRecord',
  apiKey: 4,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readConfigRecord,
  write: writeConfigRecord,
  create: (partial) => ({ ...createConfigRecord(), ...partial }),
});

function readConfigRecord(reader: WireReader, _version: number): ConfigRecord {
  const resourceType = reader.int8();
  const resourceName = reader.string(true);
  const name = reader.string(true);
  const value = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    resourceType,
    resourceName,
    name,
    value,
    unknownTaggedFields,
  };
}

function writeConfigRecord(writer: WireWriter, message: ConfigRecordInput, _version: number): void {
  const resourceType = message.resourceType;
  writer.int8(resourceType, 'resourceType');
  const resourceName = message.resourceName;
  writer.string(resourceName, true, 'resourceName');
  const name = message.name;
  writer.string(name, true, 'name');
  const value = message.value;
  writer.nullableString(value, true, 'value');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createConfigRecord(): ConfigRecord {
  return {
    resourceType: 0,
    resourceName: '',
    name: '',
    value: '',
    unknownTaggedFields: undefined,
  };
}

/** PartitionChangeRecord, versions 0 to 2. */
export interface PartitionChangeRecord {
  partitionId: number;
  topicId: string;
  isr: number[] | null;
  leader: number;
  replicas: number[] | null;
  removingReplicas: number[] | null;
  addingReplicas: number[] | null;
  leaderRecoveryState: number;
  directories: string[] | null;
  eligibleLeaderReplicas: number[] | null;
  lastKnownElr: number[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface PartitionChangeRecordInput {
  readonly partitionId?: number | undefined;
  readonly topicId: string;
  readonly isr?: readonly number[] | null | undefined;
  readonly leader?: number | undefined;
  readonly replicas?: readonly number[] | null | undefined;
  readonly removingReplicas?: readonly number[] | null | undefined;
  readonly addingReplicas?: readonly number[] | null | undefined;
  readonly leaderRecoveryState?: number | undefined;
  readonly directories?: readonly string[] | null | undefined;
  readonly eligibleLeaderReplicas?: readonly number[] | null | undefined;
  readonly lastKnownElr?: readonly number[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** PartitionChangeRecord, versions 0 to 2. */
export const PartitionChangeRecord: MessageCodec<PartitionChangeRecord, PartitionChangeRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'PartitionChangeRecord',
  apiKey: 5,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readPartitionChangeRecord,
  write: writePartitionChangeRecord,
  create: (partial) => ({ ...createPartitionChangeRecord(), ...partial }),
});

function readPartitionChangeRecord(reader: WireReader, version: number): PartitionChangeRecord {
  const partitionId = reader.int32();
  const topicId = reader.uuid();
  let isr: number[] | null = null;
  let leader: number = -2;
  let replicas: number[] | null = null;
  let removingReplicas: number[] | null = null;
  let addingReplicas: number[] | null = null;
  let leaderRecoveryState: number = -1;
  let directories: string[] | null = null;
  let eligibleLeaderReplicas: number[] | null = null;
  let lastKnownElr: number[] | null = null;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        const isrCount = reader.nullableArrayLength(true, 4);
        if (isrCount < 0) isr = null;
        if (isrCount >= 0) {
          isr = reader.int32Elements(isrCount);
        }
        break;
      }
      case 1: {
        leader = reader.int32();
        break;
      }
      case 2: {
        const replicasCount = reader.nullableArrayLength(true, 4);
        if (replicasCount < 0) replicas = null;
        if (replicasCount >= 0) {
          replicas = reader.int32Elements(replicasCount);
        }
        break;
      }
      case 3: {
        const removingReplicasCount = reader.nullableArrayLength(true, 4);
        if (removingReplicasCount < 0) removingReplicas = null;
        if (removingReplicasCount >= 0) {
          removingReplicas = reader.int32Elements(removingReplicasCount);
        }
        break;
      }
      case 4: {
        const addingReplicasCount = reader.nullableArrayLength(true, 4);
        if (addingReplicasCount < 0) addingReplicas = null;
        if (addingReplicasCount >= 0) {
          addingReplicas = reader.int32Elements(addingReplicasCount);
        }
        break;
      }
      case 5: {
        leaderRecoveryState = reader.int8();
        break;
      }
      case 8: {
        if (version >= 1) {
          const directoriesCount = reader.nullableArrayLength(true, 16);
          if (directoriesCount < 0) directories = null;
          if (directoriesCount >= 0) {
            directories = new Array<string>(directoriesCount);
            for (let i = 0; i < directoriesCount; i++) {
              directories[i] = reader.uuid();
            }
          }
        } else {
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
        }
        break;
      }
      case 6: {
        if (version >= 2) {
          const eligibleLeaderReplicasCount = reader.nullableArrayLength(true, 4);
          if (eligibleLeaderReplicasCount < 0) eligibleLeaderReplicas = null;
          if (eligibleLeaderReplicasCount >= 0) {
            eligibleLeaderReplicas = reader.int32Elements(eligibleLeaderReplicasCount);
          }
        } else {
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
        }
        break;
      }
      case 7: {
        if (version >= 2) {
          const lastKnownElrCount = reader.nullableArrayLength(true, 4);
          if (lastKnownElrCount < 0) lastKnownElr = null;
          if (lastKnownElrCount >= 0) {
            lastKnownElr = reader.int32Elements(lastKnownElrCount);
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
  return {
    partitionId,
    topicId,
    isr,
    leader,
    replicas,
    removingReplicas,
    addingReplicas,
    leaderRecoveryState,
    directories,
    eligibleLeaderReplicas,
    lastKnownElr,
    unknownTaggedFields,
  };
}

function writePartitionChangeRecord(
  writer: WireWriter,
  message: PartitionChangeRecordInput,
  version: number,
): void {
  const partitionId = message.partitionId === undefined ? -1 : message.partitionId;
  writer.int32(partitionId, 'partitionId');
  const topicId = message.topicId;
  writer.uuid(topicId, 'topicId');
  const isr = message.isr === undefined ? null : message.isr;
  const leader = message.leader === undefined ? -2 : message.leader;
  const replicas = message.replicas === undefined ? null : message.replicas;
  const removingReplicas = message.removingReplicas === undefined ? null : message.removingReplicas;
  const addingReplicas = message.addingReplicas === undefined ? null : message.addingReplicas;
  const leaderRecoveryState = message.leaderRecoveryState === undefined ? -1 : message.leaderRecoveryState;
  const directories = message.directories === undefined ? null : message.directories;
  if (!(version >= 1) && directories !== null) {
    throw writer.notInVersion('directories');
  }
  const eligibleLeaderReplicas =
    message.eligibleLeaderReplicas === undefined ? null : message.eligibleLeaderReplicas;
  if (!(version >= 2) && eligibleLeaderReplicas !== null) {
    throw writer.notInVersion('eligibleLeaderReplicas');
  }
  const lastKnownElr = message.lastKnownElr === undefined ? null : message.lastKnownElr;
  if (!(version >= 2) && lastKnownElr !== null) {
    throw writer.notInVersion('lastKnownElr');
  }
  const unknown = message.unknownTaggedFields;
  const has0 = isr !== null;
  const has1 = leader !== -2;
  const has2 = replicas !== null;
  const has3 = removingReplicas !== null;
  const has4 = addingReplicas !== null;
  const has5 = leaderRecoveryState !== -1;
  const has6 = version >= 2 && eligibleLeaderReplicas !== null;
  const has7 = version >= 2 && lastKnownElr !== null;
  const has8 = version >= 1 && directories !== null;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  if (has1) tagCount++;
  if (has2) tagCount++;
  if (has3) tagCount++;
  if (has4) tagCount++;
  if (has5) tagCount++;
  if (has6) tagCount++;
  if (has7) tagCount++;
  if (has8) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    if (isr === null) {
      writer.nullArray(true);
    } else {
      const isrCount = writer.arrayLength(isr, true, 'isr');
      for (let i = 0; i < isrCount; i++) {
        writer.int32(isr[i]!, 'isr');
      }
    }
    writer.endTag(mark);
  }
  if (has1) {
    next = writer.unknownTagsBelow(unknown, next, 1);
    const mark = writer.beginTag(1);
    writer.int32(leader, 'leader');
    writer.endTag(mark);
  }
  if (has2) {
    next = writer.unknownTagsBelow(unknown, next, 2);
    const mark = writer.beginTag(2);
    if (replicas === null) {
      writer.nullArray(true);
    } else {
      const replicasCount = writer.arrayLength(replicas, true, 'replicas');
      for (let i = 0; i < replicasCount; i++) {
        writer.int32(replicas[i]!, 'replicas');
      }
    }
    writer.endTag(mark);
  }
  if (has3) {
    next = writer.unknownTagsBelow(unknown, next, 3);
    const mark = writer.beginTag(3);
    if (removingReplicas === null) {
      writer.nullArray(true);
    } else {
      const removingReplicasCount = writer.arrayLength(removingReplicas, true, 'removingReplicas');
      for (let i = 0; i < removingReplicasCount; i++) {
        writer.int32(removingReplicas[i]!, 'removingReplicas');
      }
    }
    writer.endTag(mark);
  }
  if (has4) {
    next = writer.unknownTagsBelow(unknown, next, 4);
    const mark = writer.beginTag(4);
    if (addingReplicas === null) {
      writer.nullArray(true);
    } else {
      const addingReplicasCount = writer.arrayLength(addingReplicas, true, 'addingReplicas');
      for (let i = 0; i < addingReplicasCount; i++) {
        writer.int32(addingReplicas[i]!, 'addingReplicas');
      }
    }
    writer.endTag(mark);
  }
  if (has5) {
    next = writer.unknownTagsBelow(unknown, next, 5);
    const mark = writer.beginTag(5);
    writer.int8(leaderRecoveryState, 'leaderRecoveryState');
    writer.endTag(mark);
  }
  if (has6) {
    next = writer.unknownTagsBelow(unknown, next, 6);
    const mark = writer.beginTag(6);
    if (eligibleLeaderReplicas === null) {
      writer.nullArray(true);
    } else {
      const eligibleLeaderReplicasCount =
        writer.arrayLength(eligibleLeaderReplicas, true, 'eligibleLeaderReplicas');
      for (let i = 0; i < eligibleLeaderReplicasCount; i++) {
        writer.int32(eligibleLeaderReplicas[i]!, 'eligibleLeaderReplicas');
      }
    }
    writer.endTag(mark);
  }
  if (has7) {
    next = writer.unknownTagsBelow(unknown, next, 7);
    const mark = writer.beginTag(7);
    if (lastKnownElr === null) {
      writer.nullArray(true);
    } else {
      const lastKnownElrCount = writer.arrayLength(lastKnownElr, true, 'lastKnownElr');
      for (let i = 0; i < lastKnownElrCount; i++) {
        writer.int32(lastKnownElr[i]!, 'lastKnownElr');
      }
    }
    writer.endTag(mark);
  }
  if (has8) {
    next = writer.unknownTagsBelow(unknown, next, 8);
    const mark = writer.beginTag(8);
    if (directories === null) {
      writer.nullArray(true);
    } else {
      const directoriesCount = writer.arrayLength(directories, true, 'directories');
      for (let i = 0; i < directoriesCount; i++) {
        writer.uuid(directories[i]!, 'directories');
      }
    }
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createPartitionChangeRecord(): PartitionChangeRecord {
  return {
    partitionId: -1,
    topicId: ZERO_UUID,
    isr: null,
    leader: -2,
    replicas: null,
    removingReplicas: null,
    addingReplicas: null,
    leaderRecoveryState: -1,
    directories: null,
    eligibleLeaderReplicas: null,
    lastKnownElr: null,
    unknownTaggedFields: undefined,
  };
}

/** FenceBrokerRecord, version 0. */
export interface FenceBrokerRecord {
  id: number;
  epoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FenceBrokerRecordInput {
  readonly id: number;
  readonly epoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** FenceBrokerRecord, version 0. */
export const FenceBrokerRecord: MessageCodec<FenceBrokerRecord, FenceBrokerRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'FenceBrokerRecord',
  apiKey: 7,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readFenceBrokerRecord,
  write: writeFenceBrokerRecord,
  create: (partial) => ({ ...createFenceBrokerRecord(), ...partial }),
});

function readFenceBrokerRecord(reader: WireReader, _version: number): FenceBrokerRecord {
  const id = reader.int32();
  const epoch = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    id,
    epoch,
    unknownTaggedFields,
  };
}

function writeFenceBrokerRecord(writer: WireWriter, message: FenceBrokerRecordInput, _version: number): void {
  const id = message.id;
  writer.int32(id, 'id');
  const epoch = message.epoch;
  writer.int64(epoch, 'epoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createFenceBrokerRecord(): FenceBrokerRecord {
  return {
    id: 0,
    epoch: 0,
    unknownTaggedFields: undefined,
  };
}

/** UnfenceBrokerRecord, version 0. */
export interface UnfenceBrokerRecord {
  id: number;
  epoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UnfenceBrokerRecordInput {
  readonly id: number;
  readonly epoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** UnfenceBrokerRecord, version 0. */
export const UnfenceBrokerRecord: MessageCodec<UnfenceBrokerRecord, UnfenceBrokerRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'UnfenceBrokerRecord',
  apiKey: 8,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readUnfenceBrokerRecord,
  write: writeUnfenceBrokerRecord,
  create: (partial) => ({ ...createUnfenceBrokerRecord(), ...partial }),
});

function readUnfenceBrokerRecord(reader: WireReader, _version: number): UnfenceBrokerRecord {
  const id = reader.int32();
  const epoch = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    id,
    epoch,
    unknownTaggedFields,
  };
}

function writeUnfenceBrokerRecord(
  writer: WireWriter,
  message: UnfenceBrokerRecordInput,
  _version: number,
): void {
  const id = message.id;
  writer.int32(id, 'id');
  const epoch = message.epoch;
  writer.int64(epoch, 'epoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createUnfenceBrokerRecord(): UnfenceBrokerRecord {
  return {
    id: 0,
    epoch: 0,
    unknownTaggedFields: undefined,
  };
}

/** RemoveTopicRecord, version 0. */
export interface RemoveTopicRecord {
  topicId: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoveTopicRecordInput {
  readonly topicId: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** RemoveTopicRecord, version 0. */
export const RemoveTopicRecord: MessageCodec<RemoveTopicRecord, RemoveTopicRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RemoveTopicRecord',
  apiKey: 9,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readRemoveTopicRecord,
  write: writeRemoveTopicRecord,
  create: (partial) => ({ ...createRemoveTopicRecord(), ...partial }),
});

function readRemoveTopicRecord(reader: WireReader, _version: number): RemoveTopicRecord {
  const topicId = reader.uuid();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    unknownTaggedFields,
  };
}

function writeRemoveTopicRecord(writer: WireWriter, message: RemoveTopicRecordInput, _version: number): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'topicId');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRemoveTopicRecord(): RemoveTopicRecord {
  return {
    topicId: ZERO_UUID,
    unknownTaggedFields: undefined,
  };
}

/** DelegationTokenRecord, version 0. */
export interface DelegationTokenRecord {
  owner: string;
  requester: string;
  renewers: string[];
  issueTimestamp: number;
  maxTimestamp: number;
  expirationTimestamp: number;
  tokenId: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DelegationTokenRecordInput {
  readonly owner: string;
  readonly requester: string;
  readonly renewers: readonly string[];
  readonly issueTimestamp: number;
  readonly maxTimestamp: number;
  readonly expirationTimestamp: number;
  readonly tokenId: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** DelegationTokenRecord, version 0. */
export const DelegationTokenRecord: MessageCodec<DelegationTokenRecord, DelegationTokenRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DelegationTokenRecord',
  apiKey: 10,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDelegationTokenRecord,
  write: writeDelegationTokenRecord,
  create: (partial) => ({ ...createDelegationTokenRecord(), ...partial }),
});

function readDelegationTokenRecord(reader: WireReader, _version: number): DelegationTokenRecord {
  const owner = reader.string(true);
  const requester = reader.string(true);
  const renewersCount = reader.arrayLength(true, 1);
  const renewers = new Array<string>(renewersCount);
  for (let i = 0; i < renewersCount; i++) {
    renewers[i] = reader.string(true);
  }
  const issueTimestamp = reader.int64();
  const maxTimestamp = reader.int64();
  const expirationTimestamp = reader.int64();
  const tokenId = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    owner,
    requester,
    renewers,
    issueTimestamp,
    maxTimestamp,
    expirationTimestamp,
    tokenId,
    unknownTaggedFields,
  };
}

function writeDelegationTokenRecord(
  writer: WireWriter,
  message: DelegationTokenRecordInput,
  _version: number,
): void {
  const owner = message.owner;
  writer.string(owner, true, 'owner');
  const requester = message.requester;
  writer.string(requester, true, 'requester');
  const renewers = message.renewers;
  const renewersCount = writer.arrayLength(renewers, true, 'renewers');
  for (let i = 0; i < renewersCount; i++) {
    writer.string(renewers[i]!, true, 'renewers');
  }
  const issueTimestamp = message.issueTimestamp;
  writer.int64(issueTimestamp, 'issueTimestamp');
  const maxTimestamp = message.maxTimestamp;
  writer.int64(maxTimestamp, 'maxTimestamp');
  const expirationTimestamp = message.expirationTimestamp;
  writer.int64(expirationTimestamp, 'expirationTimestamp');
  const tokenId = message.tokenId;
  writer.string(tokenId, true, 'tokenId');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDelegationTokenRecord(): DelegationTokenRecord {
  return {
    owner: '',
    requester: '',
    renewers: [],
    issueTimestamp: 0,
    maxTimestamp: 0,
    expirationTimestamp: 0,
    tokenId: '',
    unknownTaggedFields: undefined,
  };
}

/** UserScramCredentialRecord, version 0. */
export interface UserScramCredentialRecord {
  name: string;
  mechanism: number;
  salt: Buffer;
  storedKey: Buffer;
  serverKey: Buffer;
  iterations: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UserScramCredentialRecordInput {
  readonly name: string;
  readonly mechanism: number;
  readonly salt: Uint8Array;
  readonly storedKey: Uint8Array;
  readonly serverKey: Uint8Array;
  readonly iterations: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** UserScramCredentialRecord, version 0. */
export const UserScramCredentialRecord: MessageCodec<UserScramCredentialRecord, UserScramCredentialRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'UserScramCredentialRecord',
  apiKey: 11,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readUserScramCredentialRecord,
  write: writeUserScramCredentialRecord,
  create: (partial) => ({ ...createUserScramCredentialRecord(), ...partial }),
});

function readUserScramCredentialRecord(reader: WireReader, _version: number): UserScramCredentialRecord {
  const name = reader.string(true);
  const mechanism = reader.int8();
  const salt = reader.bytes(true);
  const storedKey = reader.bytes(true);
  const serverKey = reader.bytes(true);
  const iterations = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    mechanism,
    salt,
    storedKey,
    serverKey,
    iterations,
    unknownTaggedFields,
  };
}

function writeUserScramCredentialRecord(
  writer: WireWriter,
  message: UserScramCredentialRecordInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'name');
  const mechanism = message.mechanism;
  writer.int8(mechanism, 'mechanism');
  const salt = message.salt;
  writer.bytes(salt, true, 'salt');
  const storedKey = message.storedKey;
  writer.bytes(storedKey, true, 'storedKey');
  const serverKey = message.serverKey;
  writer.bytes(serverKey, true, 'serverKey');
  const iterations = message.iterations;
  writer.int32(iterations, 'iterations');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createUserScramCredentialRecord(): UserScramCredentialRecord {
  return {
    name: '',
    mechanism: 0,
    salt: EMPTY_BYTES,
    storedKey: EMPTY_BYTES,
    serverKey: EMPTY_BYTES,
    iterations: 0,
    unknownTaggedFields: undefined,
  };
}

/** FeatureLevelRecord, version 0. */
export interface FeatureLevelRecord {
  name: string;
  featureLevel: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FeatureLevelRecordInput {
  readonly name: string;
  readonly featureLevel: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** FeatureLevelRecord, version 0. */
export const FeatureLevelRecord: MessageCodec<FeatureLevelRecord, FeatureLevelRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'FeatureLevelRecord',
  apiKey: 12,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readFeatureLevelRecord,
  write: writeFeatureLevelRecord,
  create: (partial) => ({ ...createFeatureLevelRecord(), ...partial }),
});

function readFeatureLevelRecord(reader: WireReader, _version: number): FeatureLevelRecord {
  const name = reader.string(true);
  const featureLevel = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    featureLevel,
    unknownTaggedFields,
  };
}

function writeFeatureLevelRecord(
  writer: WireWriter,
  message: FeatureLevelRecordInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'name');
  const featureLevel = message.featureLevel;
  writer.int16(featureLevel, 'featureLevel');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createFeatureLevelRecord(): FeatureLevelRecord {
  return {
    name: '',
    featureLevel: 0,
    unknownTaggedFields: undefined,
  };
}

/** ClientQuotaRecord, version 0. */
export interface ClientQuotaRecord {
  entity: ClientQuotaRecordEntityData[];
  key: string;
  value: number;
  remove: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ClientQuotaRecordInput {
  readonly entity: readonly ClientQuotaRecordEntityDataInput[];
  readonly key: string;
  readonly value: number;
  readonly remove: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ClientQuotaRecordEntityData {
  entityType: string;
  entityName: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ClientQuotaRecordEntityDataInput {
  readonly entityType: string;
  readonly entityName: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ClientQuotaRecord, version 0. */
export const ClientQuotaRecord: MessageCodec<ClientQuotaRecord, ClientQuotaRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ClientQuotaRecord',
  apiKey: 14,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readClientQuotaRecord,
  write: writeClientQuotaRecord,
  create: (partial) => ({ ...createClientQuotaRecord(), ...partial }),
});

function readClientQuotaRecordEntityData(reader: WireReader, _version: number): ClientQuotaRecordEntityData {
  const entityType = reader.string(true);
  const entityName = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    entityType,
    entityName,
    unknownTaggedFields,
  };
}

function writeClientQuotaRecordEntityData(
  writer: WireWriter,
  message: ClientQuotaRecordEntityDataInput,
  _version: number,
): void {
  const entityType = message.entityType;
  writer.string(entityType, true, 'entity.entityType');
  const entityName = message.entityName;
  writer.nullableString(entityName, true, 'entity.entityName');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readClientQuotaRecord(reader: WireReader, version: number): ClientQuotaRecord {
  const entityCount = reader.arrayLength(true, 3);
  const entity = new Array<ClientQuotaRecordEntityData>(entityCount);
  for (let i = 0; i < entityCount; i++) {
    entity[i] = readClientQuotaRecordEntityData(reader, version);
  }
  const key = reader.string(true);
  const value = reader.float64();
  const remove = reader.boolean();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    entity,
    key,
    value,
    remove,
    unknownTaggedFields,
  };
}

function writeClientQuotaRecord(writer: WireWriter, message: ClientQuotaRecordInput, version: number): void {
  const entity = message.entity;
  const entityCount = writer.arrayLength(entity, true, 'entity');
  for (let i = 0; i < entityCount; i++) {
    writeClientQuotaRecordEntityData(writer, entity[i]!, version);
  }
  const key = message.key;
  writer.string(key, true, 'key');
  const value = message.value;
  writer.float64(value, 'value');
  const remove = message.remove;
  writer.boolean(remove, 'remove');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createClientQuotaRecord(): ClientQuotaRecord {
  return {
    entity: [],
    key: '',
    value: 0,
    remove: false,
    unknownTaggedFields: undefined,
  };
}

/** ProducerIdsRecord, version 0. */
export interface ProducerIdsRecord {
  brokerId: number;
  brokerEpoch: number;
  nextProducerId: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ProducerIdsRecordInput {
  readonly brokerId: number;
  readonly brokerEpoch?: number | undefined;
  readonly nextProducerId: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ProducerIdsRecord, version 0. */
export const ProducerIdsRecord: MessageCodec<ProducerIdsRecord, ProducerIdsRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ProducerIdsRecord',
  apiKey: 15,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readProducerIdsRecord,
  write: writeProducerIdsRecord,
  create: (partial) => ({ ...createProducerIdsRecord(), ...partial }),
});

function readProducerIdsRecord(reader: WireReader, _version: number): ProducerIdsRecord {
  const brokerId = reader.int32();
  const brokerEpoch = reader.int64();
  const nextProducerId = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    brokerId,
    brokerEpoch,
    nextProducerId,
    unknownTaggedFields,
  };
}

function writeProducerIdsRecord(writer: WireWriter, message: ProducerIdsRecordInput, _version: number): void {
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  const brokerEpoch = message.brokerEpoch === undefined ? -1 : message.brokerEpoch;
  writer.int64(brokerEpoch, 'brokerEpoch');
  const nextProducerId = message.nextProducerId;
  writer.int64(nextProducerId, 'nextProducerId');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createProducerIdsRecord(): ProducerIdsRecord {
  return {
    brokerId: 0,
    brokerEpoch: -1,
    nextProducerId: 0,
    unknownTaggedFields: undefined,
  };
}

/** BrokerRegistrationChangeRecord, versions 0 to 3. */
export interface BrokerRegistrationChangeRecord {
  brokerId: number;
  brokerEpoch: number;
  fenced: number;
  inControlledShutdown: number;
  logDirs: string[];
  cordonedLogDirs: string[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BrokerRegistrationChangeRecordInput {
  readonly brokerId: number;
  readonly brokerEpoch: number;
  readonly fenced?: number | undefined;
  readonly inControlledShutdown?: number | undefined;
  readonly logDirs?: readonly string[] | undefined;
  readonly cordonedLogDirs?: readonly string[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** BrokerRegistrationChangeRecord, versions 0 to 3. */
export const BrokerRegistrationChangeRecord: MessageCodec<BrokerRegistrationChangeRecord, BrokerRegistrationChangeRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'BrokerRegistrationChangeRecord',
  apiKey: 17,
  minVersion: 0,
  maxVersion: 3,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readBrokerRegistrationChangeRecord,
  write: writeBrokerRegistrationChangeRecord,
  create: (partial) => ({ ...createBrokerRegistrationChangeRecord(), ...partial }),
});

function readBrokerRegistrationChangeRecord(
  reader: WireReader,
  version: number,
): BrokerRegistrationChangeRecord {
  const brokerId = reader.int32();
  const brokerEpoch = reader.int64();
  let fenced: number = 0;
  let inControlledShutdown: number = 0;
  let logDirs: string[] = [];
  let cordonedLogDirs: string[] | null = null;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        fenced = reader.int8();
        break;
      }
      case 1: {
        if (version >= 1) {
          inControlledShutdown = reader.int8();
        } else {
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
        }
        break;
      }
      case 2: {
        if (version >= 2) {
          const logDirsCount = reader.arrayLength(true, 16);
          logDirs = new Array<string>(logDirsCount);
          for (let i = 0; i < logDirsCount; i++) {
            logDirs[i] = reader.uuid();
          }
        } else {
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
        }
        break;
      }
      case 3: {
        if (version >= 3) {
          const cordonedLogDirsCount = reader.nullableArrayLength(true, 16);
          if (cordonedLogDirsCount < 0) cordonedLogDirs = null;
          if (cordonedLogDirsCount >= 0) {
            cordonedLogDirs = new Array<string>(cordonedLogDirsCount);
            for (let i = 0; i < cordonedLogDirsCount; i++) {
              cordonedLogDirs[i] = reader.uuid();
            }
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
  return {
    brokerId,
    brokerEpoch,
    fenced,
    inControlledShutdown,
    logDirs,
    cordonedLogDirs,
    unknownTaggedFields,
  };
}

function writeBrokerRegistrationChangeRecord(
  writer: WireWriter,
  message: BrokerRegistrationChangeRecordInput,
  version: number,
): void {
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  const brokerEpoch = message.brokerEpoch;
  writer.int64(brokerEpoch, 'brokerEpoch');
  const fenced = message.fenced === undefined ? 0 : message.fenced;
  const inControlledShutdown = message.inControlledShutdown === undefined ? 0 : message.inControlledShutdown;
  if (!(version >= 1) && inControlledShutdown !== 0) {
    throw writer.notInVersion('inControlledShutdown');
  }
  const logDirs = message.logDirs === undefined ? [] : message.logDirs;
  if (!(version >= 2) && logDirs.length > 0) {
    throw writer.notInVersion('logDirs');
  }
  const cordonedLogDirs = message.cordonedLogDirs === undefined ? null : message.cordonedLogDirs;
  if (!(version >= 3) && cordonedLogDirs !== null) {
    throw writer.notInVersion('cordonedLogDirs');
  }
  const unknown = message.unknownTaggedFields;
  const has0 = fenced !== 0;
  const has1 = version >= 1 && inControlledShutdown !== 0;
  const has2 = version >= 2 && logDirs.length > 0;
  const has3 = version >= 3 && cordonedLogDirs !== null;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  if (has1) tagCount++;
  if (has2) tagCount++;
  if (has3) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.int8(fenced, 'fenced');
    writer.endTag(mark);
  }
  if (has1) {
    next = writer.unknownTagsBelow(unknown, next, 1);
    const mark = writer.beginTag(1);
    writer.int8(inControlledShutdown, 'inControlledShutdown');
    writer.endTag(mark);
  }
  if (has2) {
    next = writer.unknownTagsBelow(unknown, next, 2);
    const mark = writer.beginTag(2);
    const logDirsCount = writer.arrayLength(logDirs, true, 'logDirs');
    for (let i = 0; i < logDirsCount; i++) {
      writer.uuid(logDirs[i]!, 'logDirs');
    }
    writer.endTag(mark);
  }
  if (has3) {
    next = writer.unknownTagsBelow(unknown, next, 3);
    const mark = writer.beginTag(3);
    if (cordonedLogDirs === null) {
      writer.nullArray(true);
    } else {
      const cordonedLogDirsCount = writer.arrayLength(cordonedLogDirs, true, 'cordonedLogDirs');
      for (let i = 0; i < cordonedLogDirsCount; i++) {
        writer.uuid(cordonedLogDirs[i]!, 'cordonedLogDirs');
      }
    }
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createBrokerRegistrationChangeRecord(): BrokerRegistrationChangeRecord {
  return {
    brokerId: 0,
    brokerEpoch: 0,
    fenced: 0,
    inControlledShutdown: 0,
    logDirs: [],
    cordonedLogDirs: null,
    unknownTaggedFields: undefined,
  };
}

/** AccessControlEntryRecord, version 0. */
export interface AccessControlEntryRecord {
  id: string;
  resourceType: number;
  resourceName: string;
  patternType: number;
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AccessControlEntryRecordInput {
  readonly id: string;
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType: number;
  readonly principal: string;
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** AccessControlEntryRecord, version 0. */
export const AccessControlEntryRecord: MessageCodec<AccessControlEntryRecord, AccessControlEntryRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AccessControlEntryRecord',
  apiKey: 18,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAccessControlEntryRecord,
  write: writeAccessControlEntryRecord,
  create: (partial) => ({ ...createAccessControlEntryRecord(), ...partial }),
});

function readAccessControlEntryRecord(reader: WireReader, _version: number): AccessControlEntryRecord {
  const id = reader.uuid();
  const resourceType = reader.int8();
  const resourceName = reader.string(true);
  const patternType = reader.int8();
  const principal = reader.string(true);
  const host = reader.string(true);
  const operation = reader.int8();
  const permissionType = reader.int8();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    id,
    resourceType,
    resourceName,
    patternType,
    principal,
    host,
    operation,
    permissionType,
    unknownTaggedFields,
  };
}

function writeAccessControlEntryRecord(
  writer: WireWriter,
  message: AccessControlEntryRecordInput,
  _version: number,
): void {
  const id = message.id;
  writer.uuid(id, 'id');
  const resourceType = message.resourceType;
  writer.int8(resourceType, 'resourceType');
  const resourceName = message.resourceName;
  writer.string(resourceName, true, 'resourceName');
  const patternType = message.patternType;
  writer.int8(patternType, 'patternType');
  const principal = message.principal;
  writer.string(principal, true, 'principal');
  const host = message.host;
  writer.string(host, true, 'host');
  const operation = message.operation;
  writer.int8(operation, 'operation');
  const permissionType = message.permissionType;
  writer.int8(permissionType, 'permissionType');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAccessControlEntryRecord(): AccessControlEntryRecord {
  return {
    id: ZERO_UUID,
    resourceType: 0,
    resourceName: '',
    patternType: 0,
    principal: '',
    host: '',
    operation: 0,
    permissionType: 0,
    unknownTaggedFields: undefined,
  };
}

/** RemoveAccessControlEntryRecord, version 0. */
export interface RemoveAccessControlEntryRecord {
  id: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoveAccessControlEntryRecordInput {
  readonly id: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** RemoveAccessControlEntryRecord, version 0. */
export const RemoveAccessControlEntryRecord: MessageCodec<RemoveAccessControlEntryRecord, RemoveAccessControlEntryRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RemoveAccessControlEntryRecord',
  apiKey: 19,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readRemoveAccessControlEntryRecord,
  write: writeRemoveAccessControlEntryRecord,
  create: (partial) => ({ ...createRemoveAccessControlEntryRecord(), ...partial }),
});

function readRemoveAccessControlEntryRecord(
  reader: WireReader,
  _version: number,
): RemoveAccessControlEntryRecord {
  const id = reader.uuid();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    id,
    unknownTaggedFields,
  };
}

function writeRemoveAccessControlEntryRecord(
  writer: WireWriter,
  message: RemoveAccessControlEntryRecordInput,
  _version: number,
): void {
  const id = message.id;
  writer.uuid(id, 'id');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRemoveAccessControlEntryRecord(): RemoveAccessControlEntryRecord {
  return {
    id: ZERO_UUID,
    unknownTaggedFields: undefined,
  };
}

/** NoOpRecord, version 0. */
export interface NoOpRecord {
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface NoOpRecordInput {
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** NoOpRecord, version 0. */
export const NoOpRecord: MessageCodec<NoOpRecord, NoOpRecordInput> = /* @__PURE__ */ defineMessage({
  name: 'NoOpRecord',
  apiKey: 20,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readNoOpRecord,
  write: writeNoOpRecord,
  create: (partial) => ({ ...createNoOpRecord(), ...partial }),
});

function readNoOpRecord(reader: WireReader, _version: number): NoOpRecord {
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    unknownTaggedFields,
  };
}

function writeNoOpRecord(writer: WireWriter, message: NoOpRecordInput, _version: number): void {
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createNoOpRecord(): NoOpRecord {
  return {
    unknownTaggedFields: undefined,
  };
}

/** ZkMigrationStateRecord, version 0. */
export interface ZkMigrationStateRecord {
  zkMigrationState: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ZkMigrationStateRecordInput {
  readonly zkMigrationState: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ZkMigrationStateRecord, version 0. */
export const ZkMigrationStateRecord: MessageCodec<ZkMigrationStateRecord, ZkMigrationStateRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ZkMigrationStateRecord',
  apiKey: 21,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readZkMigrationStateRecord,
  write: writeZkMigrationStateRecord,
  create: (partial) => ({ ...createZkMigrationStateRecord(), ...partial }),
});

function readZkMigrationStateRecord(reader: WireReader, _version: number): ZkMigrationStateRecord {
  const zkMigrationState = reader.int8();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    zkMigrationState,
    unknownTaggedFields,
  };
}

function writeZkMigrationStateRecord(
  writer: WireWriter,
  message: ZkMigrationStateRecordInput,
  _version: number,
): void {
  const zkMigrationState = message.zkMigrationState;
  writer.int8(zkMigrationState, 'zkMigrationState');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createZkMigrationStateRecord(): ZkMigrationStateRecord {
  return {
    zkMigrationState: 0,
    unknownTaggedFields: undefined,
  };
}

/** RemoveUserScramCredentialRecord, version 0. */
export interface RemoveUserScramCredentialRecord {
  name: string;
  mechanism: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoveUserScramCredentialRecordInput {
  readonly name: string;
  readonly mechanism: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** RemoveUserScramCredentialRecord, version 0. */
export const RemoveUserScramCredentialRecord: MessageCodec<RemoveUserScramCredentialRecord, RemoveUserScramCredentialRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RemoveUserScramCredentialRecord',
  apiKey: 22,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readRemoveUserScramCredentialRecord,
  write: writeRemoveUserScramCredentialRecord,
  create: (partial) => ({ ...createRemoveUserScramCredentialRecord(), ...partial }),
});

function readRemoveUserScramCredentialRecord(
  reader: WireReader,
  _version: number,
): RemoveUserScramCredentialRecord {
  const name = reader.string(true);
  const mechanism = reader.int8();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    mechanism,
    unknownTaggedFields,
  };
}

function writeRemoveUserScramCredentialRecord(
  writer: WireWriter,
  message: RemoveUserScramCredentialRecordInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'name');
  const mechanism = message.mechanism;
  writer.int8(mechanism, 'mechanism');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRemoveUserScramCredentialRecord(): RemoveUserScramCredentialRecord {
  return {
    name: '',
    mechanism: 0,
    unknownTaggedFields: undefined,
  };
}

/** BeginTransactionRecord, version 0. */
export interface BeginTransactionRecord {
  name: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BeginTransactionRecordInput {
  readonly name?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** BeginTransactionRecord, version 0. */
export const BeginTransactionRecord: MessageCodec<BeginTransactionRecord, BeginTransactionRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'BeginTransactionRecord',
  apiKey: 23,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readBeginTransactionRecord,
  write: writeBeginTransactionRecord,
  create: (partial) => ({ ...createBeginTransactionRecord(), ...partial }),
});

function readBeginTransactionRecord(reader: WireReader, _version: number): BeginTransactionRecord {
  let name: string | null = null;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        name = reader.nullableString(true);
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    name,
    unknownTaggedFields,
  };
}

function writeBeginTransactionRecord(
  writer: WireWriter,
  message: BeginTransactionRecordInput,
  _version: number,
): void {
  const name = message.name === undefined ? null : message.name;
  const unknown = message.unknownTaggedFields;
  const has0 = name !== null;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.nullableString(name, true, 'name');
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createBeginTransactionRecord(): BeginTransactionRecord {
  return {
    name: null,
    unknownTaggedFields: undefined,
  };
}

/** EndTransactionRecord, version 0. */
export interface EndTransactionRecord {
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EndTransactionRecordInput {
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** EndTransactionRecord, version 0. */
export const EndTransactionRecord: MessageCodec<EndTransactionRecord, EndTransactionRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'EndTransactionRecord',
  apiKey: 24,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readEndTransactionRecord,
  write: writeEndTransactionRecord,
  create: (partial) => ({ ...createEndTransactionRecord(), ...partial }),
});

function readEndTransactionRecord(reader: WireReader, _version: number): EndTransactionRecord {
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    unknownTaggedFields,
  };
}

function writeEndTransactionRecord(
  writer: WireWriter,
  message: EndTransactionRecordInput,
  _version: number,
): void {
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createEndTransactionRecord(): EndTransactionRecord {
  return {
    unknownTaggedFields: undefined,
  };
}

/** AbortTransactionRecord, version 0. */
export interface AbortTransactionRecord {
  reason: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AbortTransactionRecordInput {
  readonly reason?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** AbortTransactionRecord, version 0. */
export const AbortTransactionRecord: MessageCodec<AbortTransactionRecord, AbortTransactionRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AbortTransactionRecord',
  apiKey: 25,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAbortTransactionRecord,
  write: writeAbortTransactionRecord,
  create: (partial) => ({ ...createAbortTransactionRecord(), ...partial }),
});

function readAbortTransactionRecord(reader: WireReader, _version: number): AbortTransactionRecord {
  let reason: string | null = null;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        reason = reader.nullableString(true);
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    reason,
    unknownTaggedFields,
  };
}

function writeAbortTransactionRecord(
  writer: WireWriter,
  message: AbortTransactionRecordInput,
  _version: number,
): void {
  const reason = message.reason === undefined ? null : message.reason;
  const unknown = message.unknownTaggedFields;
  const has0 = reason !== null;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.nullableString(reason, true, 'reason');
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createAbortTransactionRecord(): AbortTransactionRecord {
  return {
    reason: null,
    unknownTaggedFields: undefined,
  };
}

/** RemoveDelegationTokenRecord, version 0. */
export interface RemoveDelegationTokenRecord {
  tokenId: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoveDelegationTokenRecordInput {
  readonly tokenId: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** RemoveDelegationTokenRecord, version 0. */
export const RemoveDelegationTokenRecord: MessageCodec<RemoveDelegationTokenRecord, RemoveDelegationTokenRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RemoveDelegationTokenRecord',
  apiKey: 26,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readRemoveDelegationTokenRecord,
  write: writeRemoveDelegationTokenRecord,
  create: (partial) => ({ ...createRemoveDelegationTokenRecord(), ...partial }),
});

function readRemoveDelegationTokenRecord(reader: WireReader, _version: number): RemoveDelegationTokenRecord {
  const tokenId = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    tokenId,
    unknownTaggedFields,
  };
}

function writeRemoveDelegationTokenRecord(
  writer: WireWriter,
  message: RemoveDelegationTokenRecordInput,
  _version: number,
): void {
  const tokenId = message.tokenId;
  writer.string(tokenId, true, 'tokenId');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRemoveDelegationTokenRecord(): RemoveDelegationTokenRecord {
  return {
    tokenId: '',
    unknownTaggedFields: undefined,
  };
}

/** RegisterControllerRecord, version 0. */
export interface RegisterControllerRecord {
  controllerId: number;
  incarnationId: string;
  zkMigrationReady: boolean;
  endPoints: RegisterControllerRecordControllerEndpoint[];
  features: RegisterControllerRecordControllerFeature[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RegisterControllerRecordInput {
  readonly controllerId: number;
  readonly incarnationId: string;
  readonly zkMigrationReady: boolean;
  readonly endPoints: readonly RegisterControllerRecordControllerEndpointInput[];
  readonly features: readonly RegisterControllerRecordControllerFeatureInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface RegisterControllerRecordControllerFeature {
  name: string;
  minSupportedVersion: number;
  maxSupportedVersion: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RegisterControllerRecordControllerFeatureInput {
  readonly name: string;
  readonly minSupportedVersion: number;
  readonly maxSupportedVersion: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface RegisterControllerRecordControllerEndpoint {
  name: string;
  host: string;
  port: number;
  securityProtocol: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RegisterControllerRecordControllerEndpointInput {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly securityProtocol: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** RegisterControllerRecord, version 0. */
export const RegisterControllerRecord: MessageCodec<RegisterControllerRecord, RegisterControllerRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RegisterControllerRecord',
  apiKey: 27,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readRegisterControllerRecord,
  write: writeRegisterControllerRecord,
  create: (partial) => ({ ...createRegisterControllerRecord(), ...partial }),
});

function readRegisterControllerRecordControllerEndpoint(
  reader: WireReader,
  _version: number,
): RegisterControllerRecordControllerEndpoint {
  const name = reader.string(true);
  const host = reader.string(true);
  const port = reader.uint16();
  const securityProtocol = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    host,
    port,
    securityProtocol,
    unknownTaggedFields,
  };
}

function writeRegisterControllerRecordControllerEndpoint(
  writer: WireWriter,
  message: RegisterControllerRecordControllerEndpointInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'endPoints.name');
  const host = message.host;
  writer.string(host, true, 'endPoints.host');
  const port = message.port;
  writer.uint16(port, 'endPoints.port');
  const securityProtocol = message.securityProtocol;
  writer.int16(securityProtocol, 'endPoints.securityProtocol');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readRegisterControllerRecordControllerFeature(
  reader: WireReader,
  _version: number,
): RegisterControllerRecordControllerFeature {
  const name = reader.string(true);
  const minSupportedVersion = reader.int16();
  const maxSupportedVersion = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    minSupportedVersion,
    maxSupportedVersion,
    unknownTaggedFields,
  };
}

function writeRegisterControllerRecordControllerFeature(
  writer: WireWriter,
  message: RegisterControllerRecordControllerFeatureInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'features.name');
  const minSupportedVersion = message.minSupportedVersion;
  writer.int16(minSupportedVersion, 'features.minSupportedVersion');
  const maxSupportedVersion = message.maxSupportedVersion;
  writer.int16(maxSupportedVersion, 'features.maxSupportedVersion');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readRegisterControllerRecord(reader: WireReader, version: number): RegisterControllerRecord {
  const controllerId = reader.int32();
  const incarnationId = reader.uuid();
  const zkMigrationReady = reader.boolean();
  const endPointsCount = reader.arrayLength(true, 7);
  const endPoints = new Array<RegisterControllerRecordControllerEndpoint>(endPointsCount);
  for (let i = 0; i < endPointsCount; i++) {
    endPoints[i] = readRegisterControllerRecordControllerEndpoint(reader, version);
  }
  const featuresCount = reader.arrayLength(true, 6);
  const features = new Array<RegisterControllerRecordControllerFeature>(featuresCount);
  for (let i = 0; i < featuresCount; i++) {
    features[i] = readRegisterControllerRecordControllerFeature(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    controllerId,
    incarnationId,
    zkMigrationReady,
    endPoints,
    features,
    unknownTaggedFields,
  };
}

function writeRegisterControllerRecord(
  writer: WireWriter,
  message: RegisterControllerRecordInput,
  version: number,
): void {
  const controllerId = message.controllerId;
  writer.int32(controllerId, 'controllerId');
  const incarnationId = message.incarnationId;
  writer.uuid(incarnationId, 'incarnationId');
  const zkMigrationReady = message.zkMigrationReady;
  writer.boolean(zkMigrationReady, 'zkMigrationReady');
  const endPoints = message.endPoints;
  const endPointsCount = writer.arrayLength(endPoints, true, 'endPoints');
  for (let i = 0; i < endPointsCount; i++) {
    writeRegisterControllerRecordControllerEndpoint(writer, endPoints[i]!, version);
  }
  const features = message.features;
  const featuresCount = writer.arrayLength(features, true, 'features');
  for (let i = 0; i < featuresCount; i++) {
    writeRegisterControllerRecordControllerFeature(writer, features[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRegisterControllerRecord(): RegisterControllerRecord {
  return {
    controllerId: 0,
    incarnationId: ZERO_UUID,
    zkMigrationReady: false,
    endPoints: [],
    features: [],
    unknownTaggedFields: undefined,
  };
}

/** ClearElrRecord, version 0. */
export interface ClearElrRecord {
  topicName: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ClearElrRecordInput {
  readonly topicName: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ClearElrRecord, version 0. */
export const ClearElrRecord: MessageCodec<ClearElrRecord, ClearElrRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ClearElrRecord',
  apiKey: 28,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readClearElrRecord,
  write: writeClearElrRecord,
  create: (partial) => ({ ...createClearElrRecord(), ...partial }),
});

function readClearElrRecord(reader: WireReader, _version: number): ClearElrRecord {
  const topicName = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicName,
    unknownTaggedFields,
  };
}

function writeClearElrRecord(writer: WireWriter, message: ClearElrRecordInput, _version: number): void {
  const topicName = message.topicName;
  writer.string(topicName, true, 'topicName');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createClearElrRecord(): ClearElrRecord {
  return {
    topicName: '',
    unknownTaggedFields: undefined,
  };
}

/** UnregisterControllerRecord, version 0. */
export interface UnregisterControllerRecord {
  controllerId: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UnregisterControllerRecordInput {
  readonly controllerId: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** UnregisterControllerRecord, version 0. */
export const UnregisterControllerRecord: MessageCodec<UnregisterControllerRecord, UnregisterControllerRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'UnregisterControllerRecord',
  apiKey: 29,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readUnregisterControllerRecord,
  write: writeUnregisterControllerRecord,
  create: (partial) => ({ ...createUnregisterControllerRecord(), ...partial }),
});

function readUnregisterControllerRecord(reader: WireReader, _version: number): UnregisterControllerRecord {
  const controllerId = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    controllerId,
    unknownTaggedFields,
  };
}

function writeUnregisterControllerRecord(
  writer: WireWriter,
  message: UnregisterControllerRecordInput,
  _version: number,
): void {
  const controllerId = message.controllerId;
  writer.int32(controllerId, 'controllerId');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createUnregisterControllerRecord(): UnregisterControllerRecord {
  return {
    controllerId: 0,
    unknownTaggedFields: undefined,
  };
}
