// Generated from definitions/structures/coordinator-records.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Keys and values of __consumer_offsets, __transaction_state and __share_group_state.
// A key is int16 type + body and never flexible; a value is int16 version + body; a null value is a tombstone.

import type { Buffer } from 'node:buffer';

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/** LegacyOffsetCommitKey, version 0. */
export interface LegacyOffsetCommitKey {
  group: string;
  topic: string;
  partition: number;
}

export interface LegacyOffsetCommitKeyInput {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

/** LegacyOffsetCommitKey, version 0. */
export const LegacyOffsetCommitKey: MessageCodec<LegacyOffsetCommitKey, LegacyOffsetCommitKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'LegacyOffsetCommitKey',
  apiKey: 0,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readLegacyOffsetCommitKey,
  write: writeLegacyOffsetCommitKey,
  create: (partial) => ({ ...createLegacyOffsetCommitKey(), ...partial }),
});

function readLegacyOffsetCommitKey(reader: WireReader, _version: number): LegacyOffsetCommitKey {
  const group = reader.string(false);
  const topic = reader.string(false);
  const partition = reader.int32();
  return {
    group,
    topic,
    partition,
  };
}

function writeLegacyOffsetCommitKey(
  writer: WireWriter,
  message: LegacyOffsetCommitKeyInput,
  _version: number,
): void {
  const group = message.group;
  writer.string(group, false, 'group');
  const topic = message.topic;
  writer.string(topic, false, 'topic');
  const partition = message.partition;
  writer.int32(partition, 'partition');
}

function createLegacyOffsetCommitKey(): LegacyOffsetCommitKey {
  return {
    group: '',
    topic: '',
    partition: 0,
  };
}

/** LegacyOffsetCommitValue, version 0. */
export interface LegacyOffsetCommitValue {
  offset: number;
  metadata: string;
  commitTimestamp: number;
}

export interface LegacyOffsetCommitValueInput {
  readonly offset: number;
  readonly metadata: string;
  readonly commitTimestamp: number;
}

/** LegacyOffsetCommitValue, version 0. */
export const LegacyOffsetCommitValue: MessageCodec<LegacyOffsetCommitValue, LegacyOffsetCommitValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'LegacyOffsetCommitValue',
  apiKey: 0,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readLegacyOffsetCommitValue,
  write: writeLegacyOffsetCommitValue,
  create: (partial) => ({ ...createLegacyOffsetCommitValue(), ...partial }),
});

function readLegacyOffsetCommitValue(reader: WireReader, _version: number): LegacyOffsetCommitValue {
  const offset = reader.int64();
  const metadata = reader.string(false);
  const commitTimestamp = reader.int64();
  return {
    offset,
    metadata,
    commitTimestamp,
  };
}

function writeLegacyOffsetCommitValue(
  writer: WireWriter,
  message: LegacyOffsetCommitValueInput,
  _version: number,
): void {
  const offset = message.offset;
  writer.int64(offset, 'offset');
  const metadata = message.metadata;
  writer.string(metadata, false, 'metadata');
  const commitTimestamp = message.commitTimestamp;
  writer.int64(commitTimestamp, 'commitTimestamp');
}

function createLegacyOffsetCommitValue(): LegacyOffsetCommitValue {
  return {
    offset: 0,
    metadata: '',
    commitTimestamp: 0,
  };
}

/** OffsetCommitKey, version 0. */
export interface OffsetCommitKey {
  group: string;
  topic: string;
  partition: number;
}

export interface OffsetCommitKeyInput {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

/** OffsetCommitKey, version 0. */
export const OffsetCommitKey: MessageCodec<OffsetCommitKey, OffsetCommitKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'OffsetCommitKey',
  apiKey: 1,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readOffsetCommitKey,
  write: writeOffsetCommitKey,
  create: (partial) => ({ ...createOffsetCommitKey(), ...partial }),
});

function readOffsetCommitKey(reader: WireReader, _version: number): OffsetCommitKey {
  const group = reader.string(false);
  const topic = reader.string(false);
  const partition = reader.int32();
  return {
    group,
    topic,
    partition,
  };
}

function writeOffsetCommitKey(writer: WireWriter, message: OffsetCommitKeyInput, _version: number): void {
  const group = message.group;
  writer.string(group, false, 'group');
  const topic = message.topic;
  writer.string(topic, false, 'topic');
  const partition = message.partition;
  writer.int32(partition, 'partition');
}

function createOffsetCommitKey(): OffsetCommitKey {
  return {
    group: '',
    topic: '',
    partition: 0,
  };
}

/** OffsetCommitValue, versions 0 to 4. */
export interface OffsetCommitValue {
  offset: number;
  leaderEpoch: number;
  metadata: string;
  commitTimestamp: number;
  expireTimestamp: number;
  topicId: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetCommitValueInput {
  readonly offset: number;
  readonly leaderEpoch?: number | undefined;
  readonly metadata: string;
  readonly commitTimestamp: number;
  readonly expireTimestamp?: number | undefined;
  readonly topicId?: string | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** OffsetCommitValue, versions 0 to 4. */
export const OffsetCommitValue: MessageCodec<OffsetCommitValue, OffsetCommitValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'OffsetCommitValue',
  apiKey: 1,
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readOffsetCommitValue,
  write: writeOffsetCommitValue,
  create: (partial) => ({ ...createOffsetCommitValue(), ...partial }),
});

function readOffsetCommitValue(reader: WireReader, version: number): OffsetCommitValue {
  const flexible = version >= 4;
  const offset = reader.int64();
  const leaderEpoch = version >= 3 ? reader.int32() : -1;
  const metadata = reader.string(flexible);
  const commitTimestamp = reader.int64();
  const expireTimestamp = version === 1 ? reader.int64() : -1;
  let topicId: string = ZERO_UUID;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  if (flexible) {
    for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
      const tag = reader.nextTag(previous);
      const size = reader.tagSize();
      const end = reader.position + size;
      switch (tag) {
        case 0: {
          topicId = reader.uuid();
          break;
        }
        default:
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
      }
      reader.endTag(tag, end);
      previous = tag;
    }
  }
  return {
    offset,
    leaderEpoch,
    metadata,
    commitTimestamp,
    expireTimestamp,
    topicId,
    unknownTaggedFields,
  };
}

function writeOffsetCommitValue(writer: WireWriter, message: OffsetCommitValueInput, version: number): void {
  const flexible = version >= 4;
  const offset = message.offset;
  writer.int64(offset, 'offset');
  if (version >= 3) {
    const leaderEpoch = message.leaderEpoch === undefined ? -1 : message.leaderEpoch;
    writer.int32(leaderEpoch, 'leaderEpoch');
  }
  const metadata = message.metadata;
  writer.string(metadata, flexible, 'metadata');
  const commitTimestamp = message.commitTimestamp;
  writer.int64(commitTimestamp, 'commitTimestamp');
  if (version === 1) {
    const expireTimestamp = message.expireTimestamp === undefined ? -1 : message.expireTimestamp;
    writer.int64(expireTimestamp, 'expireTimestamp');
  }
  const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
  if (flexible) {
    const unknown = message.unknownTaggedFields;
    const has0 = topicId !== ZERO_UUID;
    let tagCount = unknown === undefined ? 0 : unknown.length;
    if (has0) tagCount++;
    writer.unsignedVarint(tagCount);
    let next = 0;
    if (has0) {
      next = writer.unknownTagsBelow(unknown, next, 0);
      const mark = writer.beginTag(0);
      writer.uuid(topicId, 'topicId');
      writer.endTag(mark);
    }
    writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
  }
}

function createOffsetCommitValue(): OffsetCommitValue {
  return {
    offset: 0,
    leaderEpoch: -1,
    metadata: '',
    commitTimestamp: 0,
    expireTimestamp: -1,
    topicId: ZERO_UUID,
    unknownTaggedFields: undefined,
  };
}

/** GroupMetadataKey, version 0. */
export interface GroupMetadataKey {
  group: string;
}

export interface GroupMetadataKeyInput {
  readonly group: string;
}

/** GroupMetadataKey, version 0. */
export const GroupMetadataKey: MessageCodec<GroupMetadataKey, GroupMetadataKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'GroupMetadataKey',
  apiKey: 2,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readGroupMetadataKey,
  write: writeGroupMetadataKey,
  create: (partial) => ({ ...createGroupMetadataKey(), ...partial }),
});

function readGroupMetadataKey(reader: WireReader, _version: number): GroupMetadataKey {
  const group = reader.string(false);
  return {
    group,
  };
}

function writeGroupMetadataKey(writer: WireWriter, message: GroupMetadataKeyInput, _version: number): void {
  const group = message.group;
  writer.string(group, false, 'group');
}

function createGroupMetadataKey(): GroupMetadataKey {
  return {
    group: '',
  };
}

/** GroupMetadataValue, versions 0 to 4. */
export interface GroupMetadataValue {
  protocolType: string;
  generation: number;
  protocol: string | null;
  leader: string | null;
  currentStateTimestamp: number;
  members: GroupMetadataValueMemberMetadata[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface GroupMetadataValueInput {
  readonly protocolType: string;
  readonly generation: number;
  readonly protocol: string | null;
  readonly leader: string | null;
  readonly currentStateTimestamp?: number | undefined;
  readonly members: readonly GroupMetadataValueMemberMetadataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface GroupMetadataValueMemberMetadata {
  memberId: string;
  groupInstanceId: string | null;
  clientId: string;
  clientHost: string;
  rebalanceTimeout: number;
  sessionTimeout: number;
  subscription: Buffer;
  assignment: Buffer;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface GroupMetadataValueMemberMetadataInput {
  readonly memberId: string;
  readonly groupInstanceId?: string | null | undefined;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeout?: number | undefined;
  readonly sessionTimeout: number;
  readonly subscription: Uint8Array;
  readonly assignment: Uint8Array;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** GroupMetadataValue, versions 0 to 4. */
export const GroupMetadataValue: MessageCodec<GroupMetadataValue, GroupMetadataValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'GroupMetadataValue',
  apiKey: 2,
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readGroupMetadataValue,
  write: writeGroupMetadataValue,
  create: (partial) => ({ ...createGroupMetadataValue(), ...partial }),
});

function readGroupMetadataValueMemberMetadata(
  reader: WireReader,
  version: number,
): GroupMetadataValueMemberMetadata {
  const flexible = version >= 4;
  const memberId = reader.string(flexible);
  const groupInstanceId = version >= 3 ? reader.nullableString(flexible) : null;
  const clientId = reader.string(flexible);
  const clientHost = reader.string(flexible);
  const rebalanceTimeout = version >= 1 ? reader.int32() : -1;
  const sessionTimeout = reader.int32();
  const subscription = reader.bytes(flexible);
  const assignment = reader.bytes(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    memberId,
    groupInstanceId,
    clientId,
    clientHost,
    rebalanceTimeout,
    sessionTimeout,
    subscription,
    assignment,
    unknownTaggedFields,
  };
}

function writeGroupMetadataValueMemberMetadata(
  writer: WireWriter,
  message: GroupMetadataValueMemberMetadataInput,
  version: number,
): void {
  const flexible = version >= 4;
  const memberId = message.memberId;
  writer.string(memberId, flexible, 'members.memberId');
  if (version >= 3) {
    const groupInstanceId = message.groupInstanceId === undefined ? null : message.groupInstanceId;
    writer.nullableString(groupInstanceId, flexible, 'members.groupInstanceId');
  }
  const clientId = message.clientId;
  writer.string(clientId, flexible, 'members.clientId');
  const clientHost = message.clientHost;
  writer.string(clientHost, flexible, 'members.clientHost');
  if (version >= 1) {
    const rebalanceTimeout = message.rebalanceTimeout === undefined ? -1 : message.rebalanceTimeout;
    writer.int32(rebalanceTimeout, 'members.rebalanceTimeout');
  }
  const sessionTimeout = message.sessionTimeout;
  writer.int32(sessionTimeout, 'members.sessionTimeout');
  const subscription = message.subscription;
  writer.bytes(subscription, flexible, 'members.subscription');
  const assignment = message.assignment;
  writer.bytes(assignment, flexible, 'members.assignment');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readGroupMetadataValue(reader: WireReader, version: number): GroupMetadataValue {
  const flexible = version >= 4;
  const protocolType = reader.string(flexible);
  const generation = reader.int32();
  const protocol = reader.nullableString(flexible);
  const leader = reader.nullableString(flexible);
  const currentStateTimestamp = version >= 2 ? reader.int64() : -1;
  const membersCount = reader.arrayLength(flexible, 15);
  const members = new Array<GroupMetadataValueMemberMetadata>(membersCount);
  for (let i = 0; i < membersCount; i++) {
    members[i] = readGroupMetadataValueMemberMetadata(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    protocolType,
    generation,
    protocol,
    leader,
    currentStateTimestamp,
    members,
    unknownTaggedFields,
  };
}

function writeGroupMetadataValue(
  writer: WireWriter,
  message: GroupMetadataValueInput,
  version: number,
): void {
  const flexible = version >= 4;
  const protocolType = message.protocolType;
  writer.string(protocolType, flexible, 'protocolType');
  const generation = message.generation;
  writer.int32(generation, 'generation');
  const protocol = message.protocol;
  writer.nullableString(protocol, flexible, 'protocol');
  const leader = message.leader;
  writer.nullableString(leader, flexible, 'leader');
  if (version >= 2) {
    const currentStateTimestamp =
      message.currentStateTimestamp === undefined ? -1 : message.currentStateTimestamp;
    writer.int64(currentStateTimestamp, 'currentStateTimestamp');
  }
  const members = message.members;
  const membersCount = writer.arrayLength(members, flexible, 'members');
  for (let i = 0; i < membersCount; i++) {
    writeGroupMetadataValueMemberMetadata(writer, members[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createGroupMetadataValue(): GroupMetadataValue {
  return {
    protocolType: '',
    generation: 0,
    protocol: '',
    leader: '',
    currentStateTimestamp: -1,
    members: [],
    unknownTaggedFields: undefined,
  };
}

/** ConsumerGroupMetadataKey, version 0. */
export interface ConsumerGroupMetadataKey {
  groupId: string;
}

export interface ConsumerGroupMetadataKeyInput {
  readonly groupId: string;
}

/** ConsumerGroupMetadataKey, version 0. */
export const ConsumerGroupMetadataKey: MessageCodec<ConsumerGroupMetadataKey, ConsumerGroupMetadataKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupMetadataKey',
  apiKey: 3,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readConsumerGroupMetadataKey,
  write: writeConsumerGroupMetadataKey,
  create: (partial) => ({ ...createConsumerGroupMetadataKey(), ...partial }),
});

function readConsumerGroupMetadataKey(reader: WireReader, _version: number): ConsumerGroupMetadataKey {
  const groupId = reader.string(false);
  return {
    groupId,
  };
}

function writeConsumerGroupMetadataKey(
  writer: WireWriter,
  message: ConsumerGroupMetadataKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
}

function createConsumerGroupMetadataKey(): ConsumerGroupMetadataKey {
  return {
    groupId: '',
  };
}

/** ConsumerGroupMetadataValue, version 0. */
export interface ConsumerGroupMetadataValue {
  epoch: number;
  metadataHash: bigint;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupMetadataValueInput {
  readonly epoch: number;
  readonly metadataHash?: bigint | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ConsumerGroupMetadataValue, version 0. */
export const ConsumerGroupMetadataValue: MessageCodec<ConsumerGroupMetadataValue, ConsumerGroupMetadataValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupMetadataValue',
  apiKey: 3,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readConsumerGroupMetadataValue,
  write: writeConsumerGroupMetadataValue,
  create: (partial) => ({ ...createConsumerGroupMetadataValue(), ...partial }),
});

function readConsumerGroupMetadataValue(reader: WireReader, _version: number): ConsumerGroupMetadataValue {
  const epoch = reader.int32();
  let metadataHash: bigint = 0n;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        metadataHash = reader.hash64();
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    epoch,
    metadataHash,
    unknownTaggedFields,
  };
}

function writeConsumerGroupMetadataValue(
  writer: WireWriter,
  message: ConsumerGroupMetadataValueInput,
  _version: number,
): void {
  const epoch = message.epoch;
  writer.int32(epoch, 'epoch');
  const metadataHash = message.metadataHash === undefined ? 0n : message.metadataHash;
  const unknown = message.unknownTaggedFields;
  const has0 = metadataHash !== 0n;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.hash64(metadataHash, 'metadataHash');
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createConsumerGroupMetadataValue(): ConsumerGroupMetadataValue {
  return {
    epoch: 0,
    metadataHash: 0n,
    unknownTaggedFields: undefined,
  };
}

/** ConsumerGroupPartitionMetadataKey, version 0. */
export interface ConsumerGroupPartitionMetadataKey {
  groupId: string;
}

export interface ConsumerGroupPartitionMetadataKeyInput {
  readonly groupId: string;
}

/** ConsumerGroupPartitionMetadataKey, version 0. */
export const ConsumerGroupPartitionMetadataKey: MessageCodec<ConsumerGroupPartitionMetadataKey, ConsumerGroupPartitionMetadataKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupPartitionMetadataKey',
  apiKey: 4,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readConsumerGroupPartitionMetadataKey,
  write: writeConsumerGroupPartitionMetadataKey,
  create: (partial) => ({ ...createConsumerGroupPartitionMetadataKey(), ...partial }),
});

function readConsumerGroupPartitionMetadataKey(
  reader: WireReader,
  _version: number,
): ConsumerGroupPartitionMetadataKey {
  const groupId = reader.string(false);
  return {
    groupId,
  };
}

function writeConsumerGroupPartitionMetadataKey(
  writer: WireWriter,
  message: ConsumerGroupPartitionMetadataKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
}

function createConsumerGroupPartitionMetadataKey(): ConsumerGroupPartitionMetadataKey {
  return {
    groupId: '',
  };
}

/** ConsumerGroupPartitionMetadataValue, version 0. */
export interface ConsumerGroupPartitionMetadataValue {
  topics: ConsumerGroupPartitionMetadataValueTopicMetadata[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupPartitionMetadataValueInput {
  readonly topics: readonly ConsumerGroupPartitionMetadataValueTopicMetadataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupPartitionMetadataValueTopicMetadata {
  topicId: string;
  topicName: string;
  numPartitions: number;
  partitionMetadata: ConsumerGroupPartitionMetadataValuePartitionMetadata[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupPartitionMetadataValueTopicMetadataInput {
  readonly topicId: string;
  readonly topicName: string;
  readonly numPartitions: number;
  readonly partitionMetadata: readonly ConsumerGroupPartitionMetadataValuePartitionMetadataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupPartitionMetadataValuePartitionMetadata {
  partition: number;
  racks: string[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupPartitionMetadataValuePartitionMetadataInput {
  readonly partition: number;
  readonly racks: readonly string[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ConsumerGroupPartitionMetadataValue, version 0. */
export const ConsumerGroupPartitionMetadataValue: MessageCodec<ConsumerGroupPartitionMetadataValue, ConsumerGroupPartitionMetadataValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupPartitionMetadataValue',
  apiKey: 4,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readConsumerGroupPartitionMetadataValue,
  write: writeConsumerGroupPartitionMetadataValue,
  create: (partial) => ({ ...createConsumerGroupPartitionMetadataValue(), ...partial }),
});

function readConsumerGroupPartitionMetadataValuePartitionMetadata(
  reader: WireReader,
  _version: number,
): ConsumerGroupPartitionMetadataValuePartitionMetadata {
  const partition = reader.int32();
  const racksCount = reader.arrayLength(true, 1);
  const racks = new Array<string>(racksCount);
  for (let i = 0; i < racksCount; i++) {
    racks[i] = reader.string(true);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partition,
    racks,
    unknownTaggedFields,
  };
}

function writeConsumerGroupPartitionMetadataValuePartitionMetadata(
  writer: WireWriter,
  message: ConsumerGroupPartitionMetadataValuePartitionMetadataInput,
  _version: number,
): void {
  const partition = message.partition;
  writer.int32(partition, 'topics.partitionMetadata.partition');
  const racks = message.racks;
  const racksCount = writer.arrayLength(racks, true, 'topics.partitionMetadata.racks');
  for (let i = 0; i < racksCount; i++) {
    writer.string(racks[i]!, true, 'topics.partitionMetadata.racks');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readConsumerGroupPartitionMetadataValueTopicMetadata(
  reader: WireReader,
  version: number,
): ConsumerGroupPartitionMetadataValueTopicMetadata {
  const topicId = reader.uuid();
  const topicName = reader.string(true);
  const numPartitions = reader.int32();
  const partitionMetadataCount = reader.arrayLength(true, 6);
  const partitionMetadata =
    new Array<ConsumerGroupPartitionMetadataValuePartitionMetadata>(partitionMetadataCount);
  for (let i = 0; i < partitionMetadataCount; i++) {
    partitionMetadata[i] = readConsumerGroupPartitionMetadataValuePartitionMetadata(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    topicName,
    numPartitions,
    partitionMetadata,
    unknownTaggedFields,
  };
}

function writeConsumerGroupPartitionMetadataValueTopicMetadata(
  writer: WireWriter,
  message: ConsumerGroupPartitionMetadataValueTopicMetadataInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'topics.topicId');
  const topicName = message.topicName;
  writer.string(topicName, true, 'topics.topicName');
  const numPartitions = message.numPartitions;
  writer.int32(numPartitions, 'topics.numPartitions');
  const partitionMetadata = message.partitionMetadata;
  const partitionMetadataCount = writer.arrayLength(partitionMetadata, true, 'topics.partitionMetadata');
  for (let i = 0; i < partitionMetadataCount; i++) {
    writeConsumerGroupPartitionMetadataValuePartitionMetadata(writer, partitionMetadata[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readConsumerGroupPartitionMetadataValue(
  reader: WireReader,
  version: number,
): ConsumerGroupPartitionMetadataValue {
  const topicsCount = reader.arrayLength(true, 23);
  const topics = new Array<ConsumerGroupPartitionMetadataValueTopicMetadata>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readConsumerGroupPartitionMetadataValueTopicMetadata(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topics,
    unknownTaggedFields,
  };
}

function writeConsumerGroupPartitionMetadataValue(
  writer: WireWriter,
  message: ConsumerGroupPartitionMetadataValueInput,
  version: number,
): void {
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeConsumerGroupPartitionMetadataValueTopicMetadata(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createConsumerGroupPartitionMetadataValue(): ConsumerGroupPartitionMetadataValue {
  return {
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/** ConsumerGroupMemberMetadataKey, version 0. */
export interface ConsumerGroupMemberMetadataKey {
  groupId: string;
  memberId: string;
}

export interface ConsumerGroupMemberMetadataKeyInput {
  readonly groupId: string;
  readonly memberId: string;
}

/** ConsumerGroupMemberMetadataKey, version 0. */
export const ConsumerGroupMemberMetadataKey: MessageCodec<ConsumerGroupMemberMetadataKey, ConsumerGroupMemberMetadataKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupMemberMetadataKey',
  apiKey: 5,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readConsumerGroupMemberMetadataKey,
  write: writeConsumerGroupMemberMetadataKey,
  create: (partial) => ({ ...createConsumerGroupMemberMetadataKey(), ...partial }),
});

function readConsumerGroupMemberMetadataKey(
  reader: WireReader,
  _version: number,
): ConsumerGroupMemberMetadataKey {
  const groupId = reader.string(false);
  const memberId = reader.string(false);
  return {
    groupId,
    memberId,
  };
}

function writeConsumerGroupMemberMetadataKey(
  writer: WireWriter,
  message: ConsumerGroupMemberMetadataKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
  const memberId = message.memberId;
  writer.string(memberId, false, 'memberId');
}

function createConsumerGroupMemberMetadataKey(): ConsumerGroupMemberMetadataKey {
  return {
    groupId: '',
    memberId: '',
  };
}

/** ConsumerGroupMemberMetadataValue, version 0. */
export interface ConsumerGroupMemberMetadataValue {
  instanceId: string | null;
  rackId: string | null;
  clientId: string;
  clientHost: string;
  subscribedTopicNames: string[];
  subscribedTopicRegex: string | null;
  rebalanceTimeoutMs: number;
  serverAssignor: string | null;
  classicMemberMetadata: ConsumerGroupMemberMetadataValueClassicMemberMetadata | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupMemberMetadataValueInput {
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly subscribedTopicNames: readonly string[];
  readonly subscribedTopicRegex: string | null;
  readonly rebalanceTimeoutMs?: number | undefined;
  readonly serverAssignor: string | null;
  readonly classicMemberMetadata?: ConsumerGroupMemberMetadataValueClassicMemberMetadataInput | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  sessionTimeoutMs: number;
  supportedProtocols: ConsumerGroupMemberMetadataValueClassicProtocol[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupMemberMetadataValueClassicMemberMetadataInput {
  readonly sessionTimeoutMs: number;
  readonly supportedProtocols: readonly ConsumerGroupMemberMetadataValueClassicProtocolInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupMemberMetadataValueClassicProtocol {
  name: string;
  metadata: Buffer;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupMemberMetadataValueClassicProtocolInput {
  readonly name: string;
  readonly metadata: Uint8Array;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ConsumerGroupMemberMetadataValue, version 0. */
export const ConsumerGroupMemberMetadataValue: MessageCodec<ConsumerGroupMemberMetadataValue, ConsumerGroupMemberMetadataValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupMemberMetadataValue',
  apiKey: 5,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readConsumerGroupMemberMetadataValue,
  write: writeConsumerGroupMemberMetadataValue,
  create: (partial) => ({ ...createConsumerGroupMemberMetadataValue(), ...partial }),
});

function readConsumerGroupMemberMetadataValueClassicProtocol(
  reader: WireReader,
  _version: number,
): ConsumerGroupMemberMetadataValueClassicProtocol {
  const name = reader.string(true);
  const metadata = reader.bytes(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    metadata,
    unknownTaggedFields,
  };
}

function writeConsumerGroupMemberMetadataValueClassicProtocol(
  writer: WireWriter,
  message: ConsumerGroupMemberMetadataValueClassicProtocolInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'classicMemberMetadata.supportedProtocols.name');
  const metadata = message.metadata;
  writer.bytes(metadata, true, 'classicMemberMetadata.supportedProtocols.metadata');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readConsumerGroupMemberMetadataValueClassicMemberMetadata(
  reader: WireReader,
  version: number,
): ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  const sessionTimeoutMs = reader.int32();
  const supportedProtocolsCount = reader.arrayLength(true, 3);
  const supportedProtocols =
    new Array<ConsumerGroupMemberMetadataValueClassicProtocol>(supportedProtocolsCount);
  for (let i = 0; i < supportedProtocolsCount; i++) {
    supportedProtocols[i] = readConsumerGroupMemberMetadataValueClassicProtocol(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    sessionTimeoutMs,
    supportedProtocols,
    unknownTaggedFields,
  };
}

function writeConsumerGroupMemberMetadataValueClassicMemberMetadata(
  writer: WireWriter,
  message: ConsumerGroupMemberMetadataValueClassicMemberMetadataInput,
  version: number,
): void {
  const sessionTimeoutMs = message.sessionTimeoutMs;
  writer.int32(sessionTimeoutMs, 'classicMemberMetadata.sessionTimeoutMs');
  const supportedProtocols = message.supportedProtocols;
  const supportedProtocolsCount =
    writer.arrayLength(supportedProtocols, true, 'classicMemberMetadata.supportedProtocols');
  for (let i = 0; i < supportedProtocolsCount; i++) {
    writeConsumerGroupMemberMetadataValueClassicProtocol(writer, supportedProtocols[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createConsumerGroupMemberMetadataValueClassicMemberMetadata(): ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  return {
    sessionTimeoutMs: 0,
    supportedProtocols: [],
    unknownTaggedFields: undefined,
  };
}

function hasValueConsumerGroupMemberMetadataValueClassicMemberMetadata(message: ConsumerGroupMemberMetadataValueClassicMemberMetadataInput): boolean {
  return (
    message.sessionTimeoutMs !== 0 ||
    message.supportedProtocols.length > 0 ||
    (message.unknownTaggedFields !== undefined && message.unknownTaggedFields.length > 0)
  );
}

function readConsumerGroupMemberMetadataValue(
  reader: WireReader,
  version: number,
): ConsumerGroupMemberMetadataValue {
  const instanceId = reader.nullableString(true);
  const rackId = reader.nullableString(true);
  const clientId = reader.string(true);
  const clientHost = reader.string(true);
  const subscribedTopicNamesCount = reader.arrayLength(true, 1);
  const subscribedTopicNames = new Array<string>(subscribedTopicNamesCount);
  for (let i = 0; i < subscribedTopicNamesCount; i++) {
    subscribedTopicNames[i] = reader.string(true);
  }
  const subscribedTopicRegex = reader.nullableString(true);
  const rebalanceTimeoutMs = reader.int32();
  const serverAssignor = reader.nullableString(true);
  let classicMemberMetadata: ConsumerGroupMemberMetadataValueClassicMemberMetadata | null =
    createConsumerGroupMemberMetadataValueClassicMemberMetadata();
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        classicMemberMetadata =
          (reader.unsignedVarint() === 0 ? null : readConsumerGroupMemberMetadataValueClassicMemberMetadata(reader, version));
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    instanceId,
    rackId,
    clientId,
    clientHost,
    subscribedTopicNames,
    subscribedTopicRegex,
    rebalanceTimeoutMs,
    serverAssignor,
    classicMemberMetadata,
    unknownTaggedFields,
  };
}

function writeConsumerGroupMemberMetadataValue(
  writer: WireWriter,
  message: ConsumerGroupMemberMetadataValueInput,
  version: number,
): void {
  const instanceId = message.instanceId;
  writer.nullableString(instanceId, true, 'instanceId');
  const rackId = message.rackId;
  writer.nullableString(rackId, true, 'rackId');
  const clientId = message.clientId;
  writer.string(clientId, true, 'clientId');
  const clientHost = message.clientHost;
  writer.string(clientHost, true, 'clientHost');
  const subscribedTopicNames = message.subscribedTopicNames;
  const subscribedTopicNamesCount = writer.arrayLength(subscribedTopicNames, true, 'subscribedTopicNames');
  for (let i = 0; i < subscribedTopicNamesCount; i++) {
    writer.string(subscribedTopicNames[i]!, true, 'subscribedTopicNames');
  }
  const subscribedTopicRegex = message.subscribedTopicRegex;
  writer.nullableString(subscribedTopicRegex, true, 'subscribedTopicRegex');
  const rebalanceTimeoutMs = message.rebalanceTimeoutMs === undefined ? -1 : message.rebalanceTimeoutMs;
  writer.int32(rebalanceTimeoutMs, 'rebalanceTimeoutMs');
  const serverAssignor = message.serverAssignor;
  writer.nullableString(serverAssignor, true, 'serverAssignor');
  const classicMemberMetadata =
    message.classicMemberMetadata === undefined ? createConsumerGroupMemberMetadataValueClassicMemberMetadata() : message.classicMemberMetadata;
  const unknown = message.unknownTaggedFields;
  const has0 =
    classicMemberMetadata === null || hasValueConsumerGroupMemberMetadataValueClassicMemberMetadata(classicMemberMetadata);
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    if (classicMemberMetadata === null) {
      writer.unsignedVarint(0);
    } else {
      writer.unsignedVarint(1);
      writeConsumerGroupMemberMetadataValueClassicMemberMetadata(writer, classicMemberMetadata, version);
    }
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createConsumerGroupMemberMetadataValue(): ConsumerGroupMemberMetadataValue {
  return {
    instanceId: '',
    rackId: '',
    clientId: '',
    clientHost: '',
    subscribedTopicNames: [],
    subscribedTopicRegex: '',
    rebalanceTimeoutMs: -1,
    serverAssignor: '',
    classicMemberMetadata: createConsumerGroupMemberMetadataValueClassicMemberMetadata(),
    unknownTaggedFields: undefined,
  };
}

/** ConsumerGroupTargetAssignmentMetadataKey, version 0. */
export interface ConsumerGroupTargetAssignmentMetadataKey {
  groupId: string;
}

export interface ConsumerGroupTargetAssignmentMetadataKeyInput {
  readonly groupId: string;
}

/** ConsumerGroupTargetAssignmentMetadataKey, version 0. */
export const ConsumerGroupTargetAssignmentMetadataKey: MessageCodec<ConsumerGroupTargetAssignmentMetadataKey, ConsumerGroupTargetAssignmentMetadataKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupTargetAssignmentMetadataKey',
  apiKey: 6,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readConsumerGroupTargetAssignmentMetadataKey,
  write: writeConsumerGroupTargetAssignmentMetadataKey,
  create: (partial) => ({ ...createConsumerGroupTargetAssignmentMetadataKey(), ...partial }),
});

function readConsumerGroupTargetAssignmentMetadataKey(
  reader: WireReader,
  _version: number,
): ConsumerGroupTargetAssignmentMetadataKey {
  const groupId = reader.string(false);
  return {
    groupId,
  };
}

function writeConsumerGroupTargetAssignmentMetadataKey(
  writer: WireWriter,
  message: ConsumerGroupTargetAssignmentMetadataKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
}

function createConsumerGroupTargetAssignmentMetadataKey(): ConsumerGroupTargetAssignmentMetadataKey {
  return {
    groupId: '',
  };
}

/** ConsumerGroupTargetAssignmentMetadataValue, version 0. */
export interface ConsumerGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number;
  assignmentTimestamp: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupTargetAssignmentMetadataValueInput {
  readonly assignmentEpoch: number;
  readonly assignmentTimestamp?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ConsumerGroupTargetAssignmentMetadataValue, version 0. */
export const ConsumerGroupTargetAssignmentMetadataValue: MessageCodec<ConsumerGroupTargetAssignmentMetadataValue, ConsumerGroupTargetAssignmentMetadataValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupTargetAssignmentMetadataValue',
  apiKey: 6,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readConsumerGroupTargetAssignmentMetadataValue,
  write: writeConsumerGroupTargetAssignmentMetadataValue,
  create: (partial) => ({ ...createConsumerGroupTargetAssignmentMetadataValue(), ...partial }),
});

function readConsumerGroupTargetAssignmentMetadataValue(
  reader: WireReader,
  _version: number,
): ConsumerGroupTargetAssignmentMetadataValue {
  const assignmentEpoch = reader.int32();
  let assignmentTimestamp: number = 0;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        assignmentTimestamp = reader.int64();
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    assignmentEpoch,
    assignmentTimestamp,
    unknownTaggedFields,
  };
}

function writeConsumerGroupTargetAssignmentMetadataValue(
  writer: WireWriter,
  message: ConsumerGroupTargetAssignmentMetadataValueInput,
  _version: number,
): void {
  const assignmentEpoch = message.assignmentEpoch;
  writer.int32(assignmentEpoch, 'assignmentEpoch');
  const assignmentTimestamp = message.assignmentTimestamp === undefined ? 0 : message.assignmentTimestamp;
  const unknown = message.unknownTaggedFields;
  const has0 = assignmentTimestamp !== 0;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.int64(assignmentTimestamp, 'assignmentTimestamp');
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createConsumerGroupTargetAssignmentMetadataValue(): ConsumerGroupTargetAssignmentMetadataValue {
  return {
    assignmentEpoch: 0,
    assignmentTimestamp: 0,
    unknownTaggedFields: undefined,
  };
}

/** ConsumerGroupTargetAssignmentMemberKey, version 0. */
export interface ConsumerGroupTargetAssignmentMemberKey {
  groupId: string;
  memberId: string;
}

export interface ConsumerGroupTargetAssignmentMemberKeyInput {
  readonly groupId: string;
  readonly memberId: string;
}

/** ConsumerGroupTargetAssignmentMemberKey, version 0. */
export const ConsumerGroupTargetAssignmentMemberKey: MessageCodec<ConsumerGroupTargetAssignmentMemberKey, ConsumerGroupTargetAssignmentMemberKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupTargetAssignmentMemberKey',
  apiKey: 7,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readConsumerGroupTargetAssignmentMemberKey,
  write: writeConsumerGroupTargetAssignmentMemberKey,
  create: (partial) => ({ ...createConsumerGroupTargetAssignmentMemberKey(), ...partial }),
});

function readConsumerGroupTargetAssignmentMemberKey(
  reader: WireReader,
  _version: number,
): ConsumerGroupTargetAssignmentMemberKey {
  const groupId = reader.string(false);
  const memberId = reader.string(false);
  return {
    groupId,
    memberId,
  };
}

function writeConsumerGroupTargetAssignmentMemberKey(
  writer: WireWriter,
  message: ConsumerGroupTargetAssignmentMemberKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
  const memberId = message.memberId;
  writer.string(memberId, false, 'memberId');
}

function createConsumerGroupTargetAssignmentMemberKey(): ConsumerGroupTargetAssignmentMemberKey {
  return {
    groupId: '',
    memberId: '',
  };
}

/** ConsumerGroupTargetAssignmentMemberValue, version 0. */
export interface ConsumerGroupTargetAssignmentMemberValue {
  topicPartitions: ConsumerGroupTargetAssignmentMemberValueTopicPartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupTargetAssignmentMemberValueInput {
  readonly topicPartitions: readonly ConsumerGroupTargetAssignmentMemberValueTopicPartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupTargetAssignmentMemberValueTopicPartition {
  topicId: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupTargetAssignmentMemberValueTopicPartitionInput {
  readonly topicId: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ConsumerGroupTargetAssignmentMemberValue, version 0. */
export const ConsumerGroupTargetAssignmentMemberValue: MessageCodec<ConsumerGroupTargetAssignmentMemberValue, ConsumerGroupTargetAssignmentMemberValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupTargetAssignmentMemberValue',
  apiKey: 7,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readConsumerGroupTargetAssignmentMemberValue,
  write: writeConsumerGroupTargetAssignmentMemberValue,
  create: (partial) => ({ ...createConsumerGroupTargetAssignmentMemberValue(), ...partial }),
});

function readConsumerGroupTargetAssignmentMemberValueTopicPartition(
  reader: WireReader,
  _version: number,
): ConsumerGroupTargetAssignmentMemberValueTopicPartition {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeConsumerGroupTargetAssignmentMemberValueTopicPartition(
  writer: WireWriter,
  message: ConsumerGroupTargetAssignmentMemberValueTopicPartitionInput,
  _version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'topicPartitions.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topicPartitions.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'topicPartitions.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readConsumerGroupTargetAssignmentMemberValue(
  reader: WireReader,
  version: number,
): ConsumerGroupTargetAssignmentMemberValue {
  const topicPartitionsCount = reader.arrayLength(true, 18);
  const topicPartitions =
    new Array<ConsumerGroupTargetAssignmentMemberValueTopicPartition>(topicPartitionsCount);
  for (let i = 0; i < topicPartitionsCount; i++) {
    topicPartitions[i] = readConsumerGroupTargetAssignmentMemberValueTopicPartition(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicPartitions,
    unknownTaggedFields,
  };
}

function writeConsumerGroupTargetAssignmentMemberValue(
  writer: WireWriter,
  message: ConsumerGroupTargetAssignmentMemberValueInput,
  version: number,
): void {
  const topicPartitions = message.topicPartitions;
  const topicPartitionsCount = writer.arrayLength(topicPartitions, true, 'topicPartitions');
  for (let i = 0; i < topicPartitionsCount; i++) {
    writeConsumerGroupTargetAssignmentMemberValueTopicPartition(writer, topicPartitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createConsumerGroupTargetAssignmentMemberValue(): ConsumerGroupTargetAssignmentMemberValue {
  return {
    topicPartitions: [],
    unknownTaggedFields: undefined,
  };
}

/** ConsumerGroupCurrentMemberAssignmentKey, version 0. */
export interface ConsumerGroupCurrentMemberAssignmentKey {
  groupId: string;
  memberId: string;
}

export interface ConsumerGroupCurrentMemberAssignmentKeyInput {
  readonly groupId: string;
  readonly memberId: string;
}

/** ConsumerGroupCurrentMemberAssignmentKey, version 0. */
export const ConsumerGroupCurrentMemberAssignmentKey: MessageCodec<ConsumerGroupCurrentMemberAssignmentKey, ConsumerGroupCurrentMemberAssignmentKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupCurrentMemberAssignmentKey',
  apiKey: 8,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readConsumerGroupCurrentMemberAssignmentKey,
  write: writeConsumerGroupCurrentMemberAssignmentKey,
  create: (partial) => ({ ...createConsumerGroupCurrentMemberAssignmentKey(), ...partial }),
});

function readConsumerGroupCurrentMemberAssignmentKey(
  reader: WireReader,
  _version: number,
): ConsumerGroupCurrentMemberAssignmentKey {
  const groupId = reader.string(false);
  const memberId = reader.string(false);
  return {
    groupId,
    memberId,
  };
}

function writeConsumerGroupCurrentMemberAssignmentKey(
  writer: WireWriter,
  message: ConsumerGroupCurrentMemberAssignmentKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
  const memberId = message.memberId;
  writer.string(memberId, false, 'memberId');
}

function createConsumerGroupCurrentMemberAssignmentKey(): ConsumerGroupCurrentMemberAssignmentKey {
  return {
    groupId: '',
    memberId: '',
  };
}

/** ConsumerGroupCurrentMemberAssignmentValue, version 0. */
export interface ConsumerGroupCurrentMemberAssignmentValue {
  memberEpoch: number;
  previousMemberEpoch: number;
  state: number;
  assignedPartitions: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[];
  partitionsPendingRevocation: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupCurrentMemberAssignmentValueInput {
  readonly memberEpoch: number;
  readonly previousMemberEpoch: number;
  readonly state: number;
  readonly assignedPartitions: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInput[];
  readonly partitionsPendingRevocation: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupCurrentMemberAssignmentValueTopicPartitions {
  topicId: string;
  partitions: number[];
  assignmentEpochs: number[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInput {
  readonly topicId: string;
  readonly partitions: readonly number[];
  readonly assignmentEpochs?: readonly number[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ConsumerGroupCurrentMemberAssignmentValue, version 0. */
export const ConsumerGroupCurrentMemberAssignmentValue: MessageCodec<ConsumerGroupCurrentMemberAssignmentValue, ConsumerGroupCurrentMemberAssignmentValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupCurrentMemberAssignmentValue',
  apiKey: 8,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readConsumerGroupCurrentMemberAssignmentValue,
  write: writeConsumerGroupCurrentMemberAssignmentValue,
  create: (partial) => ({ ...createConsumerGroupCurrentMemberAssignmentValue(), ...partial }),
});

function readConsumerGroupCurrentMemberAssignmentValueTopicPartitions(
  reader: WireReader,
  _version: number,
): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 4);
  const partitions = reader.int32Elements(partitionsCount);
  let assignmentEpochs: number[] | null = [];
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        const assignmentEpochsCount = reader.nullableArrayLength(true, 4);
        if (assignmentEpochsCount < 0) assignmentEpochs = null;
        if (assignmentEpochsCount >= 0) {
          assignmentEpochs = reader.int32Elements(assignmentEpochsCount);
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
    topicId,
    partitions,
    assignmentEpochs,
    unknownTaggedFields,
  };
}

function writeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(
  writer: WireWriter,
  message: ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInput,
  _version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'TopicPartitions.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'TopicPartitions.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'TopicPartitions.partitions');
  }
  const assignmentEpochs = message.assignmentEpochs === undefined ? [] : message.assignmentEpochs;
  const unknown = message.unknownTaggedFields;
  const has0 = assignmentEpochs === null || assignmentEpochs.length > 0;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    if (assignmentEpochs === null) {
      writer.nullArray(true);
    } else {
      const assignmentEpochsCount =
        writer.arrayLength(assignmentEpochs, true, 'TopicPartitions.assignmentEpochs');
      for (let i = 0; i < assignmentEpochsCount; i++) {
        writer.int32(assignmentEpochs[i]!, 'TopicPartitions.assignmentEpochs');
      }
    }
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function readConsumerGroupCurrentMemberAssignmentValue(
  reader: WireReader,
  version: number,
): ConsumerGroupCurrentMemberAssignmentValue {
  const memberEpoch = reader.int32();
  const previousMemberEpoch = reader.int32();
  const state = reader.int8();
  const assignedPartitionsCount = reader.arrayLength(true, 18);
  const assignedPartitions =
    new Array<ConsumerGroupCurrentMemberAssignmentValueTopicPartitions>(assignedPartitionsCount);
  for (let i = 0; i < assignedPartitionsCount; i++) {
    assignedPartitions[i] = readConsumerGroupCurrentMemberAssignmentValueTopicPartitions(reader, version);
  }
  const partitionsPendingRevocationCount = reader.arrayLength(true, 18);
  const partitionsPendingRevocation =
    new Array<ConsumerGroupCurrentMemberAssignmentValueTopicPartitions>(partitionsPendingRevocationCount);
  for (let i = 0; i < partitionsPendingRevocationCount; i++) {
    partitionsPendingRevocation[i] =
      readConsumerGroupCurrentMemberAssignmentValueTopicPartitions(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    memberEpoch,
    previousMemberEpoch,
    state,
    assignedPartitions,
    partitionsPendingRevocation,
    unknownTaggedFields,
  };
}

function writeConsumerGroupCurrentMemberAssignmentValue(
  writer: WireWriter,
  message: ConsumerGroupCurrentMemberAssignmentValueInput,
  version: number,
): void {
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch, 'memberEpoch');
  const previousMemberEpoch = message.previousMemberEpoch;
  writer.int32(previousMemberEpoch, 'previousMemberEpoch');
  const state = message.state;
  writer.int8(state, 'state');
  const assignedPartitions = message.assignedPartitions;
  const assignedPartitionsCount = writer.arrayLength(assignedPartitions, true, 'assignedPartitions');
  for (let i = 0; i < assignedPartitionsCount; i++) {
    writeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(writer, assignedPartitions[i]!, version);
  }
  const partitionsPendingRevocation = message.partitionsPendingRevocation;
  const partitionsPendingRevocationCount =
    writer.arrayLength(partitionsPendingRevocation, true, 'partitionsPendingRevocation');
  for (let i = 0; i < partitionsPendingRevocationCount; i++) {
    writeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(writer, partitionsPendingRevocation[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createConsumerGroupCurrentMemberAssignmentValue(): ConsumerGroupCurrentMemberAssignmentValue {
  return {
    memberEpoch: 0,
    previousMemberEpoch: 0,
    state: 0,
    assignedPartitions: [],
    partitionsPendingRevocation: [],
    unknownTaggedFields: undefined,
  };
}

/** ShareGroupMemberMetadataKey, version 0. */
export interface ShareGroupMemberMetadataKey {
  groupId: string;
  memberId: string;
}

export interface ShareGroupMemberMetadataKeyInput {
  readonly groupId: string;
  readonly memberId: string;
}

/** ShareGroupMemberMetadataKey, version 0. */
export const ShareGroupMemberMetadataKey: MessageCodec<ShareGroupMemberMetadataKey, ShareGroupMemberMetadataKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupMemberMetadataKey',
  apiKey: 10,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readShareGroupMemberMetadataKey,
  write: writeShareGroupMemberMetadataKey,
  create: (partial) => ({ ...createShareGroupMemberMetadataKey(), ...partial }),
});

function readShareGroupMemberMetadataKey(reader: WireReader, _version: number): ShareGroupMemberMetadataKey {
  const groupId = reader.string(false);
  const memberId = reader.string(false);
  return {
    groupId,
    memberId,
  };
}

function writeShareGroupMemberMetadataKey(
  writer: WireWriter,
  message: ShareGroupMemberMetadataKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
  const memberId = message.memberId;
  writer.string(memberId, false, 'memberId');
}

function createShareGroupMemberMetadataKey(): ShareGroupMemberMetadataKey {
  return {
    groupId: '',
    memberId: '',
  };
}

/** ShareGroupMemberMetadataValue, version 0. */
export interface ShareGroupMemberMetadataValue {
  rackId: string | null;
  clientId: string;
  clientHost: string;
  subscribedTopicNames: string[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupMemberMetadataValueInput {
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly subscribedTopicNames: readonly string[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ShareGroupMemberMetadataValue, version 0. */
export const ShareGroupMemberMetadataValue: MessageCodec<ShareGroupMemberMetadataValue, ShareGroupMemberMetadataValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupMemberMetadataValue',
  apiKey: 10,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readShareGroupMemberMetadataValue,
  write: writeShareGroupMemberMetadataValue,
  create: (partial) => ({ ...createShareGroupMemberMetadataValue(), ...partial }),
});

function readShareGroupMemberMetadataValue(
  reader: WireReader,
  _version: number,
): ShareGroupMemberMetadataValue {
  const rackId = reader.nullableString(true);
  const clientId = reader.string(true);
  const clientHost = reader.string(true);
  const subscribedTopicNamesCount = reader.arrayLength(true, 1);
  const subscribedTopicNames = new Array<string>(subscribedTopicNamesCount);
  for (let i = 0; i < subscribedTopicNamesCount; i++) {
    subscribedTopicNames[i] = reader.string(true);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    rackId,
    clientId,
    clientHost,
    subscribedTopicNames,
    unknownTaggedFields,
  };
}

function writeShareGroupMemberMetadataValue(
  writer: WireWriter,
  message: ShareGroupMemberMetadataValueInput,
  _version: number,
): void {
  const rackId = message.rackId;
  writer.nullableString(rackId, true, 'rackId');
  const clientId = message.clientId;
  writer.string(clientId, true, 'clientId');
  const clientHost = message.clientHost;
  writer.string(clientHost, true, 'clientHost');
  const subscribedTopicNames = message.subscribedTopicNames;
  const subscribedTopicNamesCount = writer.arrayLength(subscribedTopicNames, true, 'subscribedTopicNames');
  for (let i = 0; i < subscribedTopicNamesCount; i++) {
    writer.string(subscribedTopicNames[i]!, true, 'subscribedTopicNames');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createShareGroupMemberMetadataValue(): ShareGroupMemberMetadataValue {
  return {
    rackId: '',
    clientId: '',
    clientHost: '',
    subscribedTopicNames: [],
    unknownTaggedFields: undefined,
  };
}

/** ShareGroupMetadataKey, version 0. */
export interface ShareGroupMetadataKey {
  groupId: string;
}

export interface ShareGroupMetadataKeyInput {
  readonly groupId: string;
}

/** ShareGroupMetadataKey, version 0. */
export const ShareGroupMetadataKey: MessageCodec<ShareGroupMetadataKey, ShareGroupMetadataKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupMetadataKey',
  apiKey: 11,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readShareGroupMetadataKey,
  write: writeShareGroupMetadataKey,
  create: (partial) => ({ ...createShareGroupMetadataKey(), ...partial }),
});

function readShareGroupMetadataKey(reader: WireReader, _version: number): ShareGroupMetadataKey {
  const groupId = reader.string(false);
  return {
    groupId,
  };
}

function writeShareGroupMetadataKey(
  writer: WireWriter,
  message: ShareGroupMetadataKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
}

function createShareGroupMetadataKey(): ShareGroupMetadataKey {
  return {
    groupId: '',
  };
}

/** ShareGroupMetadataValue, version 0. */
export interface ShareGroupMetadataValue {
  epoch: number;
  metadataHash: bigint;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupMetadataValueInput {
  readonly epoch: number;
  readonly metadataHash: bigint;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ShareGroupMetadataValue, version 0. */
export const ShareGroupMetadataValue: MessageCodec<ShareGroupMetadataValue, ShareGroupMetadataValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupMetadataValue',
  apiKey: 11,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readShareGroupMetadataValue,
  write: writeShareGroupMetadataValue,
  create: (partial) => ({ ...createShareGroupMetadataValue(), ...partial }),
});

function readShareGroupMetadataValue(reader: WireReader, _version: number): ShareGroupMetadataValue {
  const epoch = reader.int32();
  const metadataHash = reader.hash64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    epoch,
    metadataHash,
    unknownTaggedFields,
  };
}

function writeShareGroupMetadataValue(
  writer: WireWriter,
  message: ShareGroupMetadataValueInput,
  _version: number,
): void {
  const epoch = message.epoch;
  writer.int32(epoch, 'epoch');
  const metadataHash = message.metadataHash;
  writer.hash64(metadataHash, 'metadataHash');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createShareGroupMetadataValue(): ShareGroupMetadataValue {
  return {
    epoch: 0,
    metadataHash: 0n,
    unknownTaggedFields: undefined,
  };
}

/** ShareGroupTargetAssignmentMetadataKey, version 0. */
export interface ShareGroupTargetAssignmentMetadataKey {
  groupId: string;
}

export interface ShareGroupTargetAssignmentMetadataKeyInput {
  readonly groupId: string;
}

/** ShareGroupTargetAssignmentMetadataKey, version 0. */
export const ShareGroupTargetAssignmentMetadataKey: MessageCodec<ShareGroupTargetAssignmentMetadataKey, ShareGroupTargetAssignmentMetadataKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupTargetAssignmentMetadataKey',
  apiKey: 12,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readShareGroupTargetAssignmentMetadataKey,
  write: writeShareGroupTargetAssignmentMetadataKey,
  create: (partial) => ({ ...createShareGroupTargetAssignmentMetadataKey(), ...partial }),
});

function readShareGroupTargetAssignmentMetadataKey(
  reader: WireReader,
  _version: number,
): ShareGroupTargetAssignmentMetadataKey {
  const groupId = reader.string(false);
  return {
    groupId,
  };
}

function writeShareGroupTargetAssignmentMetadataKey(
  writer: WireWriter,
  message: ShareGroupTargetAssignmentMetadataKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
}

function createShareGroupTargetAssignmentMetadataKey(): ShareGroupTargetAssignmentMetadataKey {
  return {
    groupId: '',
  };
}

/** ShareGroupTargetAssignmentMetadataValue, version 0. */
export interface ShareGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number;
  assignmentTimestamp: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupTargetAssignmentMetadataValueInput {
  readonly assignmentEpoch: number;
  readonly assignmentTimestamp?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ShareGroupTargetAssignmentMetadataValue, version 0. */
export const ShareGroupTargetAssignmentMetadataValue: MessageCodec<ShareGroupTargetAssignmentMetadataValue, ShareGroupTargetAssignmentMetadataValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupTargetAssignmentMetadataValue',
  apiKey: 12,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readShareGroupTargetAssignmentMetadataValue,
  write: writeShareGroupTargetAssignmentMetadataValue,
  create: (partial) => ({ ...createShareGroupTargetAssignmentMetadataValue(), ...partial }),
});

function readShareGroupTargetAssignmentMetadataValue(
  reader: WireReader,
  _version: number,
): ShareGroupTargetAssignmentMetadataValue {
  const assignmentEpoch = reader.int32();
  let assignmentTimestamp: number = 0;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        assignmentTimestamp = reader.int64();
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    assignmentEpoch,
    assignmentTimestamp,
    unknownTaggedFields,
  };
}

function writeShareGroupTargetAssignmentMetadataValue(
  writer: WireWriter,
  message: ShareGroupTargetAssignmentMetadataValueInput,
  _version: number,
): void {
  const assignmentEpoch = message.assignmentEpoch;
  writer.int32(assignmentEpoch, 'assignmentEpoch');
  const assignmentTimestamp = message.assignmentTimestamp === undefined ? 0 : message.assignmentTimestamp;
  const unknown = message.unknownTaggedFields;
  const has0 = assignmentTimestamp !== 0;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.int64(assignmentTimestamp, 'assignmentTimestamp');
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createShareGroupTargetAssignmentMetadataValue(): ShareGroupTargetAssignmentMetadataValue {
  return {
    assignmentEpoch: 0,
    assignmentTimestamp: 0,
    unknownTaggedFields: undefined,
  };
}

/** ShareGroupTargetAssignmentMemberKey, version 0. */
export interface ShareGroupTargetAssignmentMemberKey {
  groupId: string;
  memberId: string;
}

export interface ShareGroupTargetAssignmentMemberKeyInput {
  readonly groupId: string;
  readonly memberId: string;
}

/** ShareGroupTargetAssignmentMemberKey, version 0. */
export const ShareGroupTargetAssignmentMemberKey: MessageCodec<ShareGroupTargetAssignmentMemberKey, ShareGroupTargetAssignmentMemberKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupTargetAssignmentMemberKey',
  apiKey: 13,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readShareGroupTargetAssignmentMemberKey,
  write: writeShareGroupTargetAssignmentMemberKey,
  create: (partial) => ({ ...createShareGroupTargetAssignmentMemberKey(), ...partial }),
});

function readShareGroupTargetAssignmentMemberKey(
  reader: WireReader,
  _version: number,
): ShareGroupTargetAssignmentMemberKey {
  const groupId = reader.string(false);
  const memberId = reader.string(false);
  return {
    groupId,
    memberId,
  };
}

function writeShareGroupTargetAssignmentMemberKey(
  writer: WireWriter,
  message: ShareGroupTargetAssignmentMemberKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
  const memberId = message.memberId;
  writer.string(memberId, false, 'memberId');
}

function createShareGroupTargetAssignmentMemberKey(): ShareGroupTargetAssignmentMemberKey {
  return {
    groupId: '',
    memberId: '',
  };
}

/** ShareGroupTargetAssignmentMemberValue, version 0. */
export interface ShareGroupTargetAssignmentMemberValue {
  topicPartitions: ShareGroupTargetAssignmentMemberValueTopicPartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupTargetAssignmentMemberValueInput {
  readonly topicPartitions: readonly ShareGroupTargetAssignmentMemberValueTopicPartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareGroupTargetAssignmentMemberValueTopicPartition {
  topicId: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupTargetAssignmentMemberValueTopicPartitionInput {
  readonly topicId: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ShareGroupTargetAssignmentMemberValue, version 0. */
export const ShareGroupTargetAssignmentMemberValue: MessageCodec<ShareGroupTargetAssignmentMemberValue, ShareGroupTargetAssignmentMemberValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupTargetAssignmentMemberValue',
  apiKey: 13,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readShareGroupTargetAssignmentMemberValue,
  write: writeShareGroupTargetAssignmentMemberValue,
  create: (partial) => ({ ...createShareGroupTargetAssignmentMemberValue(), ...partial }),
});

function readShareGroupTargetAssignmentMemberValueTopicPartition(
  reader: WireReader,
  _version: number,
): ShareGroupTargetAssignmentMemberValueTopicPartition {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeShareGroupTargetAssignmentMemberValueTopicPartition(
  writer: WireWriter,
  message: ShareGroupTargetAssignmentMemberValueTopicPartitionInput,
  _version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'topicPartitions.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topicPartitions.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'topicPartitions.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareGroupTargetAssignmentMemberValue(
  reader: WireReader,
  version: number,
): ShareGroupTargetAssignmentMemberValue {
  const topicPartitionsCount = reader.arrayLength(true, 18);
  const topicPartitions =
    new Array<ShareGroupTargetAssignmentMemberValueTopicPartition>(topicPartitionsCount);
  for (let i = 0; i < topicPartitionsCount; i++) {
    topicPartitions[i] = readShareGroupTargetAssignmentMemberValueTopicPartition(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicPartitions,
    unknownTaggedFields,
  };
}

function writeShareGroupTargetAssignmentMemberValue(
  writer: WireWriter,
  message: ShareGroupTargetAssignmentMemberValueInput,
  version: number,
): void {
  const topicPartitions = message.topicPartitions;
  const topicPartitionsCount = writer.arrayLength(topicPartitions, true, 'topicPartitions');
  for (let i = 0; i < topicPartitionsCount; i++) {
    writeShareGroupTargetAssignmentMemberValueTopicPartition(writer, topicPartitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createShareGroupTargetAssignmentMemberValue(): ShareGroupTargetAssignmentMemberValue {
  return {
    topicPartitions: [],
    unknownTaggedFields: undefined,
  };
}

/** ShareGroupCurrentMemberAssignmentKey, version 0. */
export interface ShareGroupCurrentMemberAssignmentKey {
  groupId: string;
  memberId: string;
}

export interface ShareGroupCurrentMemberAssignmentKeyInput {
  readonly groupId: string;
  readonly memberId: string;
}

/** ShareGroupCurrentMemberAssignmentKey, version 0. */
export const ShareGroupCurrentMemberAssignmentKey: MessageCodec<ShareGroupCurrentMemberAssignmentKey, ShareGroupCurrentMemberAssignmentKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupCurrentMemberAssignmentKey',
  apiKey: 14,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readShareGroupCurrentMemberAssignmentKey,
  write: writeShareGroupCurrentMemberAssignmentKey,
  create: (partial) => ({ ...createShareGroupCurrentMemberAssignmentKey(), ...partial }),
});

function readShareGroupCurrentMemberAssignmentKey(
  reader: WireReader,
  _version: number,
): ShareGroupCurrentMemberAssignmentKey {
  const groupId = reader.string(false);
  const memberId = reader.string(false);
  return {
    groupId,
    memberId,
  };
}

function writeShareGroupCurrentMemberAssignmentKey(
  writer: WireWriter,
  message: ShareGroupCurrentMemberAssignmentKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
  const memberId = message.memberId;
  writer.string(memberId, false, 'memberId');
}

function createShareGroupCurrentMemberAssignmentKey(): ShareGroupCurrentMemberAssignmentKey {
  return {
    groupId: '',
    memberId: '',
  };
}

/** ShareGroupCurrentMemberAssignmentValue, version 0. */
export interface ShareGroupCurrentMemberAssignmentValue {
  memberEpoch: number;
  previousMemberEpoch: number;
  state: number;
  assignedPartitions: ShareGroupCurrentMemberAssignmentValueTopicPartitions[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupCurrentMemberAssignmentValueInput {
  readonly memberEpoch: number;
  readonly previousMemberEpoch: number;
  readonly state: number;
  readonly assignedPartitions: readonly ShareGroupCurrentMemberAssignmentValueTopicPartitionsInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareGroupCurrentMemberAssignmentValueTopicPartitions {
  topicId: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupCurrentMemberAssignmentValueTopicPartitionsInput {
  readonly topicId: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ShareGroupCurrentMemberAssignmentValue, version 0. */
export const ShareGroupCurrentMemberAssignmentValue: MessageCodec<ShareGroupCurrentMemberAssignmentValue, ShareGroupCurrentMemberAssignmentValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupCurrentMemberAssignmentValue',
  apiKey: 14,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readShareGroupCurrentMemberAssignmentValue,
  write: writeShareGroupCurrentMemberAssignmentValue,
  create: (partial) => ({ ...createShareGroupCurrentMemberAssignmentValue(), ...partial }),
});

function readShareGroupCurrentMemberAssignmentValueTopicPartitions(
  reader: WireReader,
  _version: number,
): ShareGroupCurrentMemberAssignmentValueTopicPartitions {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeShareGroupCurrentMemberAssignmentValueTopicPartitions(
  writer: WireWriter,
  message: ShareGroupCurrentMemberAssignmentValueTopicPartitionsInput,
  _version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'assignedPartitions.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'assignedPartitions.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'assignedPartitions.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareGroupCurrentMemberAssignmentValue(
  reader: WireReader,
  version: number,
): ShareGroupCurrentMemberAssignmentValue {
  const memberEpoch = reader.int32();
  const previousMemberEpoch = reader.int32();
  const state = reader.int8();
  const assignedPartitionsCount = reader.arrayLength(true, 18);
  const assignedPartitions =
    new Array<ShareGroupCurrentMemberAssignmentValueTopicPartitions>(assignedPartitionsCount);
  for (let i = 0; i < assignedPartitionsCount; i++) {
    assignedPartitions[i] = readShareGroupCurrentMemberAssignmentValueTopicPartitions(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    memberEpoch,
    previousMemberEpoch,
    state,
    assignedPartitions,
    unknownTaggedFields,
  };
}

function writeShareGroupCurrentMemberAssignmentValue(
  writer: WireWriter,
  message: ShareGroupCurrentMemberAssignmentValueInput,
  version: number,
): void {
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch, 'memberEpoch');
  const previousMemberEpoch = message.previousMemberEpoch;
  writer.int32(previousMemberEpoch, 'previousMemberEpoch');
  const state = message.state;
  writer.int8(state, 'state');
  const assignedPartitions = message.assignedPartitions;
  const assignedPartitionsCount = writer.arrayLength(assignedPartitions, true, 'assignedPartitions');
  for (let i = 0; i < assignedPartitionsCount; i++) {
    writeShareGroupCurrentMemberAssignmentValueTopicPartitions(writer, assignedPartitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createShareGroupCurrentMemberAssignmentValue(): ShareGroupCurrentMemberAssignmentValue {
  return {
    memberEpoch: 0,
    previousMemberEpoch: 0,
    state: 0,
    assignedPartitions: [],
    unknownTaggedFields: undefined,
  };
}

/** ShareGroupStatePartitionMetadataKey, version 0. */
export interface ShareGroupStatePartitionMetadataKey {
  groupId: string;
}

export interface ShareGroupStatePartitionMetadataKeyInput {
  readonly groupId: string;
}

/** ShareGroupStatePartitionMetadataKey, version 0. */
export const ShareGroupStatePartitionMetadataKey: MessageCodec<ShareGroupStatePartitionMetadataKey, ShareGroupStatePartitionMetadataKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupStatePartitionMetadataKey',
  apiKey: 15,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readShareGroupStatePartitionMetadataKey,
  write: writeShareGroupStatePartitionMetadataKey,
  create: (partial) => ({ ...createShareGroupStatePartitionMetadataKey(), ...partial }),
});

function readShareGroupStatePartitionMetadataKey(
  reader: WireReader,
  _version: number,
): ShareGroupStatePartitionMetadataKey {
  const groupId = reader.string(false);
  return {
    groupId,
  };
}

function writeShareGroupStatePartitionMetadataKey(
  writer: WireWriter,
  message: ShareGroupStatePartitionMetadataKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
}

function createShareGroupStatePartitionMetadataKey(): ShareGroupStatePartitionMetadataKey {
  return {
    groupId: '',
  };
}

/** ShareGroupStatePartitionMetadataValue, version 0. */
export interface ShareGroupStatePartitionMetadataValue {
  initializingTopics: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[];
  initializedTopics: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[];
  deletingTopics: ShareGroupStatePartitionMetadataValueTopicInfo[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupStatePartitionMetadataValueInput {
  readonly initializingTopics: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInput[];
  readonly initializedTopics: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInput[];
  readonly deletingTopics: readonly ShareGroupStatePartitionMetadataValueTopicInfoInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareGroupStatePartitionMetadataValueTopicInfo {
  topicId: string;
  topicName: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupStatePartitionMetadataValueTopicInfoInput {
  readonly topicId: string;
  readonly topicName: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareGroupStatePartitionMetadataValueTopicPartitionsInfo {
  topicId: string;
  topicName: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInput {
  readonly topicId: string;
  readonly topicName: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ShareGroupStatePartitionMetadataValue, version 0. */
export const ShareGroupStatePartitionMetadataValue: MessageCodec<ShareGroupStatePartitionMetadataValue, ShareGroupStatePartitionMetadataValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupStatePartitionMetadataValue',
  apiKey: 15,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readShareGroupStatePartitionMetadataValue,
  write: writeShareGroupStatePartitionMetadataValue,
  create: (partial) => ({ ...createShareGroupStatePartitionMetadataValue(), ...partial }),
});

function readShareGroupStatePartitionMetadataValueTopicPartitionsInfo(
  reader: WireReader,
  _version: number,
): ShareGroupStatePartitionMetadataValueTopicPartitionsInfo {
  const topicId = reader.uuid();
  const topicName = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    topicName,
    partitions,
    unknownTaggedFields,
  };
}

function writeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(
  writer: WireWriter,
  message: ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInput,
  _version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'TopicPartitionsInfo.topicId');
  const topicName = message.topicName;
  writer.string(topicName, true, 'TopicPartitionsInfo.topicName');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'TopicPartitionsInfo.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'TopicPartitionsInfo.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareGroupStatePartitionMetadataValueTopicInfo(
  reader: WireReader,
  _version: number,
): ShareGroupStatePartitionMetadataValueTopicInfo {
  const topicId = reader.uuid();
  const topicName = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    topicName,
    unknownTaggedFields,
  };
}

function writeShareGroupStatePartitionMetadataValueTopicInfo(
  writer: WireWriter,
  message: ShareGroupStatePartitionMetadataValueTopicInfoInput,
  _version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'deletingTopics.topicId');
  const topicName = message.topicName;
  writer.string(topicName, true, 'deletingTopics.topicName');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareGroupStatePartitionMetadataValue(
  reader: WireReader,
  version: number,
): ShareGroupStatePartitionMetadataValue {
  const initializingTopicsCount = reader.arrayLength(true, 19);
  const initializingTopics =
    new Array<ShareGroupStatePartitionMetadataValueTopicPartitionsInfo>(initializingTopicsCount);
  for (let i = 0; i < initializingTopicsCount; i++) {
    initializingTopics[i] = readShareGroupStatePartitionMetadataValueTopicPartitionsInfo(reader, version);
  }
  const initializedTopicsCount = reader.arrayLength(true, 19);
  const initializedTopics =
    new Array<ShareGroupStatePartitionMetadataValueTopicPartitionsInfo>(initializedTopicsCount);
  for (let i = 0; i < initializedTopicsCount; i++) {
    initializedTopics[i] = readShareGroupStatePartitionMetadataValueTopicPartitionsInfo(reader, version);
  }
  const deletingTopicsCount = reader.arrayLength(true, 18);
  const deletingTopics = new Array<ShareGroupStatePartitionMetadataValueTopicInfo>(deletingTopicsCount);
  for (let i = 0; i < deletingTopicsCount; i++) {
    deletingTopics[i] = readShareGroupStatePartitionMetadataValueTopicInfo(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    initializingTopics,
    initializedTopics,
    deletingTopics,
    unknownTaggedFields,
  };
}

function writeShareGroupStatePartitionMetadataValue(
  writer: WireWriter,
  message: ShareGroupStatePartitionMetadataValueInput,
  version: number,
): void {
  const initializingTopics = message.initializingTopics;
  const initializingTopicsCount = writer.arrayLength(initializingTopics, true, 'initializingTopics');
  for (let i = 0; i < initializingTopicsCount; i++) {
    writeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(writer, initializingTopics[i]!, version);
  }
  const initializedTopics = message.initializedTopics;
  const initializedTopicsCount = writer.arrayLength(initializedTopics, true, 'initializedTopics');
  for (let i = 0; i < initializedTopicsCount; i++) {
    writeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(writer, initializedTopics[i]!, version);
  }
  const deletingTopics = message.deletingTopics;
  const deletingTopicsCount = writer.arrayLength(deletingTopics, true, 'deletingTopics');
  for (let i = 0; i < deletingTopicsCount; i++) {
    writeShareGroupStatePartitionMetadataValueTopicInfo(writer, deletingTopics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createShareGroupStatePartitionMetadataValue(): ShareGroupStatePartitionMetadataValue {
  return {
    initializingTopics: [],
    initializedTopics: [],
    deletingTopics: [],
    unknownTaggedFields: undefined,
  };
}

/** ConsumerGroupRegularExpressionKey, version 0. */
export interface ConsumerGroupRegularExpressionKey {
  groupId: string;
  regularExpression: string;
}

export interface ConsumerGroupRegularExpressionKeyInput {
  readonly groupId: string;
  readonly regularExpression: string;
}

/** ConsumerGroupRegularExpressionKey, version 0. */
export const ConsumerGroupRegularExpressionKey: MessageCodec<ConsumerGroupRegularExpressionKey, ConsumerGroupRegularExpressionKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupRegularExpressionKey',
  apiKey: 16,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readConsumerGroupRegularExpressionKey,
  write: writeConsumerGroupRegularExpressionKey,
  create: (partial) => ({ ...createConsumerGroupRegularExpressionKey(), ...partial }),
});

function readConsumerGroupRegularExpressionKey(
  reader: WireReader,
  _version: number,
): ConsumerGroupRegularExpressionKey {
  const groupId = reader.string(false);
  const regularExpression = reader.string(false);
  return {
    groupId,
    regularExpression,
  };
}

function writeConsumerGroupRegularExpressionKey(
  writer: WireWriter,
  message: ConsumerGroupRegularExpressionKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
  const regularExpression = message.regularExpression;
  writer.string(regularExpression, false, 'regularExpression');
}

function createConsumerGroupRegularExpressionKey(): ConsumerGroupRegularExpressionKey {
  return {
    groupId: '',
    regularExpression: '',
  };
}

/** ConsumerGroupRegularExpressionValue, version 0. */
export interface ConsumerGroupRegularExpressionValue {
  topics: string[];
  version: number;
  timestamp: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupRegularExpressionValueInput {
  readonly topics: readonly string[];
  readonly version: number;
  readonly timestamp: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ConsumerGroupRegularExpressionValue, version 0. */
export const ConsumerGroupRegularExpressionValue: MessageCodec<ConsumerGroupRegularExpressionValue, ConsumerGroupRegularExpressionValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupRegularExpressionValue',
  apiKey: 16,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readConsumerGroupRegularExpressionValue,
  write: writeConsumerGroupRegularExpressionValue,
  create: (partial) => ({ ...createConsumerGroupRegularExpressionValue(), ...partial }),
});

function readConsumerGroupRegularExpressionValue(
  reader: WireReader,
  _version: number,
): ConsumerGroupRegularExpressionValue {
  const topicsCount = reader.arrayLength(true, 1);
  const topics = new Array<string>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = reader.string(true);
  }
  const versionField = reader.int64();
  const timestamp = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topics,
    version: versionField,
    timestamp,
    unknownTaggedFields,
  };
}

function writeConsumerGroupRegularExpressionValue(
  writer: WireWriter,
  message: ConsumerGroupRegularExpressionValueInput,
  _version: number,
): void {
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writer.string(topics[i]!, true, 'topics');
  }
  const versionField = message.version;
  writer.int64(versionField, 'version');
  const timestamp = message.timestamp;
  writer.int64(timestamp, 'timestamp');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createConsumerGroupRegularExpressionValue(): ConsumerGroupRegularExpressionValue {
  return {
    topics: [],
    version: 0,
    timestamp: 0,
    unknownTaggedFields: undefined,
  };
}

/** StreamsGroupMetadataKey, version 0. */
export interface StreamsGroupMetadataKey {
  groupId: string;
}

export interface StreamsGroupMetadataKeyInput {
  readonly groupId: string;
}

/** StreamsGroupMetadataKey, version 0. */
export const StreamsGroupMetadataKey: MessageCodec<StreamsGroupMetadataKey, StreamsGroupMetadataKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupMetadataKey',
  apiKey: 17,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readStreamsGroupMetadataKey,
  write: writeStreamsGroupMetadataKey,
  create: (partial) => ({ ...createStreamsGroupMetadataKey(), ...partial }),
});

function readStreamsGroupMetadataKey(reader: WireReader, _version: number): StreamsGroupMetadataKey {
  const groupId = reader.string(false);
  return {
    groupId,
  };
}

function writeStreamsGroupMetadataKey(
  writer: WireWriter,
  message: StreamsGroupMetadataKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
}

function createStreamsGroupMetadataKey(): StreamsGroupMetadataKey {
  return {
    groupId: '',
  };
}

/** StreamsGroupMetadataValue, version 0. */
export interface StreamsGroupMetadataValue {
  epoch: number;
  metadataHash: bigint;
  validatedTopologyEpoch: number;
  lastAssignmentConfigs: StreamsGroupMetadataValueLastAssignmentConfig[] | null;
  storedDescriptionTopologyEpoch: number;
  failedDescriptionTopologyEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupMetadataValueInput {
  readonly epoch: number;
  readonly metadataHash: bigint;
  readonly validatedTopologyEpoch?: number | undefined;
  readonly lastAssignmentConfigs?: readonly StreamsGroupMetadataValueLastAssignmentConfigInput[] | null | undefined;
  readonly storedDescriptionTopologyEpoch?: number | undefined;
  readonly failedDescriptionTopologyEpoch?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupMetadataValueLastAssignmentConfig {
  key: string;
  value: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupMetadataValueLastAssignmentConfigInput {
  readonly key: string;
  readonly value: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** StreamsGroupMetadataValue, version 0. */
export const StreamsGroupMetadataValue: MessageCodec<StreamsGroupMetadataValue, StreamsGroupMetadataValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupMetadataValue',
  apiKey: 17,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readStreamsGroupMetadataValue,
  write: writeStreamsGroupMetadataValue,
  create: (partial) => ({ ...createStreamsGroupMetadataValue(), ...partial }),
});

function readStreamsGroupMetadataValueLastAssignmentConfig(
  reader: WireReader,
  _version: number,
): StreamsGroupMetadataValueLastAssignmentConfig {
  const key = reader.string(true);
  const value = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    key,
    value,
    unknownTaggedFields,
  };
}

function writeStreamsGroupMetadataValueLastAssignmentConfig(
  writer: WireWriter,
  message: StreamsGroupMetadataValueLastAssignmentConfigInput,
  _version: number,
): void {
  const key = message.key;
  writer.string(key, true, 'lastAssignmentConfigs.key');
  const value = message.value;
  writer.string(value, true, 'lastAssignmentConfigs.value');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupMetadataValue(reader: WireReader, version: number): StreamsGroupMetadataValue {
  const epoch = reader.int32();
  const metadataHash = reader.hash64();
  let validatedTopologyEpoch: number = -1;
  let lastAssignmentConfigs: StreamsGroupMetadataValueLastAssignmentConfig[] | null = [];
  let storedDescriptionTopologyEpoch: number = -1;
  let failedDescriptionTopologyEpoch: number = -1;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        validatedTopologyEpoch = reader.int32();
        break;
      }
      case 1: {
        const lastAssignmentConfigsCount = reader.nullableArrayLength(true, 3);
        if (lastAssignmentConfigsCount < 0) lastAssignmentConfigs = null;
        if (lastAssignmentConfigsCount >= 0) {
          lastAssignmentConfigs =
            new Array<StreamsGroupMetadataValueLastAssignmentConfig>(lastAssignmentConfigsCount);
          for (let i = 0; i < lastAssignmentConfigsCount; i++) {
            lastAssignmentConfigs[i] = readStreamsGroupMetadataValueLastAssignmentConfig(reader, version);
          }
        }
        break;
      }
      case 2: {
        storedDescriptionTopologyEpoch = reader.int32();
        break;
      }
      case 3: {
        failedDescriptionTopologyEpoch = reader.int32();
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    epoch,
    metadataHash,
    validatedTopologyEpoch,
    lastAssignmentConfigs,
    storedDescriptionTopologyEpoch,
    failedDescriptionTopologyEpoch,
    unknownTaggedFields,
  };
}

function writeStreamsGroupMetadataValue(
  writer: WireWriter,
  message: StreamsGroupMetadataValueInput,
  version: number,
): void {
  const epoch = message.epoch;
  writer.int32(epoch, 'epoch');
  const metadataHash = message.metadataHash;
  writer.hash64(metadataHash, 'metadataHash');
  const validatedTopologyEpoch =
    message.validatedTopologyEpoch === undefined ? -1 : message.validatedTopologyEpoch;
  const lastAssignmentConfigs =
    message.lastAssignmentConfigs === undefined ? [] : message.lastAssignmentConfigs;
  const storedDescriptionTopologyEpoch =
    message.storedDescriptionTopologyEpoch === undefined ? -1 : message.storedDescriptionTopologyEpoch;
  const failedDescriptionTopologyEpoch =
    message.failedDescriptionTopologyEpoch === undefined ? -1 : message.failedDescriptionTopologyEpoch;
  const unknown = message.unknownTaggedFields;
  const has0 = validatedTopologyEpoch !== -1;
  const has1 = lastAssignmentConfigs === null || lastAssignmentConfigs.length > 0;
  const has2 = storedDescriptionTopologyEpoch !== -1;
  const has3 = failedDescriptionTopologyEpoch !== -1;
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
    writer.int32(validatedTopologyEpoch, 'validatedTopologyEpoch');
    writer.endTag(mark);
  }
  if (has1) {
    next = writer.unknownTagsBelow(unknown, next, 1);
    const mark = writer.beginTag(1);
    if (lastAssignmentConfigs === null) {
      writer.nullArray(true);
    } else {
      const lastAssignmentConfigsCount =
        writer.arrayLength(lastAssignmentConfigs, true, 'lastAssignmentConfigs');
      for (let i = 0; i < lastAssignmentConfigsCount; i++) {
        writeStreamsGroupMetadataValueLastAssignmentConfig(writer, lastAssignmentConfigs[i]!, version);
      }
    }
    writer.endTag(mark);
  }
  if (has2) {
    next = writer.unknownTagsBelow(unknown, next, 2);
    const mark = writer.beginTag(2);
    writer.int32(storedDescriptionTopologyEpoch, 'storedDescriptionTopologyEpoch');
    writer.endTag(mark);
  }
  if (has3) {
    next = writer.unknownTagsBelow(unknown, next, 3);
    const mark = writer.beginTag(3);
    writer.int32(failedDescriptionTopologyEpoch, 'failedDescriptionTopologyEpoch');
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createStreamsGroupMetadataValue(): StreamsGroupMetadataValue {
  return {
    epoch: 0,
    metadataHash: 0n,
    validatedTopologyEpoch: -1,
    lastAssignmentConfigs: [],
    storedDescriptionTopologyEpoch: -1,
    failedDescriptionTopologyEpoch: -1,
    unknownTaggedFields: undefined,
  };
}

/** StreamsGroupMemberMetadataKey, version 0. */
export interface StreamsGroupMemberMetadataKey {
  groupId: string;
  memberId: string;
}

export interface StreamsGroupMemberMetadataKeyInput {
  readonly groupId: string;
  readonly memberId: string;
}

/** StreamsGroupMemberMetadataKey, version 0. */
export const StreamsGroupMemberMetadataKey: MessageCodec<StreamsGroupMemberMetadataKey, StreamsGroupMemberMetadataKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupMemberMetadataKey',
  apiKey: 19,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readStreamsGroupMemberMetadataKey,
  write: writeStreamsGroupMemberMetadataKey,
  create: (partial) => ({ ...createStreamsGroupMemberMetadataKey(), ...partial }),
});

function readStreamsGroupMemberMetadataKey(
  reader: WireReader,
  _version: number,
): StreamsGroupMemberMetadataKey {
  const groupId = reader.string(false);
  const memberId = reader.string(false);
  return {
    groupId,
    memberId,
  };
}

function writeStreamsGroupMemberMetadataKey(
  writer: WireWriter,
  message: StreamsGroupMemberMetadataKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
  const memberId = message.memberId;
  writer.string(memberId, false, 'memberId');
}

function createStreamsGroupMemberMetadataKey(): StreamsGroupMemberMetadataKey {
  return {
    groupId: '',
    memberId: '',
  };
}

/** StreamsGroupMemberMetadataValue, version 0. */
export interface StreamsGroupMemberMetadataValue {
  instanceId: string | null;
  rackId: string | null;
  clientId: string;
  clientHost: string;
  rebalanceTimeoutMs: number;
  topologyEpoch: number;
  processId: string;
  userEndpoint: StreamsGroupMemberMetadataValueEndpoint | null;
  clientTags: StreamsGroupMemberMetadataValueKeyValue[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupMemberMetadataValueInput {
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeoutMs?: number | undefined;
  readonly topologyEpoch: number;
  readonly processId: string;
  readonly userEndpoint?: StreamsGroupMemberMetadataValueEndpointInput | null | undefined;
  readonly clientTags: readonly StreamsGroupMemberMetadataValueKeyValueInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupMemberMetadataValueKeyValue {
  key: string;
  value: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupMemberMetadataValueKeyValueInput {
  readonly key: string;
  readonly value: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupMemberMetadataValueEndpoint {
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupMemberMetadataValueEndpointInput {
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** StreamsGroupMemberMetadataValue, version 0. */
export const StreamsGroupMemberMetadataValue: MessageCodec<StreamsGroupMemberMetadataValue, StreamsGroupMemberMetadataValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupMemberMetadataValue',
  apiKey: 19,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readStreamsGroupMemberMetadataValue,
  write: writeStreamsGroupMemberMetadataValue,
  create: (partial) => ({ ...createStreamsGroupMemberMetadataValue(), ...partial }),
});

function readStreamsGroupMemberMetadataValueEndpoint(
  reader: WireReader,
  _version: number,
): StreamsGroupMemberMetadataValueEndpoint {
  const host = reader.string(true);
  const port = reader.uint16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    host,
    port,
    unknownTaggedFields,
  };
}

function writeStreamsGroupMemberMetadataValueEndpoint(
  writer: WireWriter,
  message: StreamsGroupMemberMetadataValueEndpointInput,
  _version: number,
): void {
  const host = message.host;
  writer.string(host, true, 'userEndpoint.host');
  const port = message.port;
  writer.uint16(port, 'userEndpoint.port');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupMemberMetadataValueKeyValue(
  reader: WireReader,
  _version: number,
): StreamsGroupMemberMetadataValueKeyValue {
  const key = reader.string(true);
  const value = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    key,
    value,
    unknownTaggedFields,
  };
}

function writeStreamsGroupMemberMetadataValueKeyValue(
  writer: WireWriter,
  message: StreamsGroupMemberMetadataValueKeyValueInput,
  _version: number,
): void {
  const key = message.key;
  writer.string(key, true, 'clientTags.key');
  const value = message.value;
  writer.string(value, true, 'clientTags.value');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupMemberMetadataValue(
  reader: WireReader,
  version: number,
): StreamsGroupMemberMetadataValue {
  const instanceId = reader.nullableString(true);
  const rackId = reader.nullableString(true);
  const clientId = reader.string(true);
  const clientHost = reader.string(true);
  const rebalanceTimeoutMs = reader.int32();
  const topologyEpoch = reader.int32();
  const processId = reader.string(true);
  const userEndpoint =
    (reader.int8() < 0 ? null : readStreamsGroupMemberMetadataValueEndpoint(reader, version));
  const clientTagsCount = reader.arrayLength(true, 3);
  const clientTags = new Array<StreamsGroupMemberMetadataValueKeyValue>(clientTagsCount);
  for (let i = 0; i < clientTagsCount; i++) {
    clientTags[i] = readStreamsGroupMemberMetadataValueKeyValue(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    instanceId,
    rackId,
    clientId,
    clientHost,
    rebalanceTimeoutMs,
    topologyEpoch,
    processId,
    userEndpoint,
    clientTags,
    unknownTaggedFields,
  };
}

function writeStreamsGroupMemberMetadataValue(
  writer: WireWriter,
  message: StreamsGroupMemberMetadataValueInput,
  version: number,
): void {
  const instanceId = message.instanceId;
  writer.nullableString(instanceId, true, 'instanceId');
  const rackId = message.rackId;
  writer.nullableString(rackId, true, 'rackId');
  const clientId = message.clientId;
  writer.string(clientId, true, 'clientId');
  const clientHost = message.clientHost;
  writer.string(clientHost, true, 'clientHost');
  const rebalanceTimeoutMs = message.rebalanceTimeoutMs === undefined ? -1 : message.rebalanceTimeoutMs;
  writer.int32(rebalanceTimeoutMs, 'rebalanceTimeoutMs');
  const topologyEpoch = message.topologyEpoch;
  writer.int32(topologyEpoch, 'topologyEpoch');
  const processId = message.processId;
  writer.string(processId, true, 'processId');
  const userEndpoint = message.userEndpoint === undefined ? null : message.userEndpoint;
  if (userEndpoint === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    writeStreamsGroupMemberMetadataValueEndpoint(writer, userEndpoint, version);
  }
  const clientTags = message.clientTags;
  const clientTagsCount = writer.arrayLength(clientTags, true, 'clientTags');
  for (let i = 0; i < clientTagsCount; i++) {
    writeStreamsGroupMemberMetadataValueKeyValue(writer, clientTags[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createStreamsGroupMemberMetadataValue(): StreamsGroupMemberMetadataValue {
  return {
    instanceId: '',
    rackId: '',
    clientId: '',
    clientHost: '',
    rebalanceTimeoutMs: -1,
    topologyEpoch: 0,
    processId: '',
    userEndpoint: null,
    clientTags: [],
    unknownTaggedFields: undefined,
  };
}

/** StreamsGroupTargetAssignmentMetadataKey, version 0. */
export interface StreamsGroupTargetAssignmentMetadataKey {
  groupId: string;
}

export interface StreamsGroupTargetAssignmentMetadataKeyInput {
  readonly groupId: string;
}

/** StreamsGroupTargetAssignmentMetadataKey, version 0. */
export const StreamsGroupTargetAssignmentMetadataKey: MessageCodec<StreamsGroupTargetAssignmentMetadataKey, StreamsGroupTargetAssignmentMetadataKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupTargetAssignmentMetadataKey',
  apiKey: 20,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readStreamsGroupTargetAssignmentMetadataKey,
  write: writeStreamsGroupTargetAssignmentMetadataKey,
  create: (partial) => ({ ...createStreamsGroupTargetAssignmentMetadataKey(), ...partial }),
});

function readStreamsGroupTargetAssignmentMetadataKey(
  reader: WireReader,
  _version: number,
): StreamsGroupTargetAssignmentMetadataKey {
  const groupId = reader.string(false);
  return {
    groupId,
  };
}

function writeStreamsGroupTargetAssignmentMetadataKey(
  writer: WireWriter,
  message: StreamsGroupTargetAssignmentMetadataKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
}

function createStreamsGroupTargetAssignmentMetadataKey(): StreamsGroupTargetAssignmentMetadataKey {
  return {
    groupId: '',
  };
}

/** StreamsGroupTargetAssignmentMetadataValue, version 0. */
export interface StreamsGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number;
  assignmentTimestamp: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTargetAssignmentMetadataValueInput {
  readonly assignmentEpoch: number;
  readonly assignmentTimestamp?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** StreamsGroupTargetAssignmentMetadataValue, version 0. */
export const StreamsGroupTargetAssignmentMetadataValue: MessageCodec<StreamsGroupTargetAssignmentMetadataValue, StreamsGroupTargetAssignmentMetadataValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupTargetAssignmentMetadataValue',
  apiKey: 20,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readStreamsGroupTargetAssignmentMetadataValue,
  write: writeStreamsGroupTargetAssignmentMetadataValue,
  create: (partial) => ({ ...createStreamsGroupTargetAssignmentMetadataValue(), ...partial }),
});

function readStreamsGroupTargetAssignmentMetadataValue(
  reader: WireReader,
  _version: number,
): StreamsGroupTargetAssignmentMetadataValue {
  const assignmentEpoch = reader.int32();
  let assignmentTimestamp: number = 0;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        assignmentTimestamp = reader.int64();
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    assignmentEpoch,
    assignmentTimestamp,
    unknownTaggedFields,
  };
}

function writeStreamsGroupTargetAssignmentMetadataValue(
  writer: WireWriter,
  message: StreamsGroupTargetAssignmentMetadataValueInput,
  _version: number,
): void {
  const assignmentEpoch = message.assignmentEpoch;
  writer.int32(assignmentEpoch, 'assignmentEpoch');
  const assignmentTimestamp = message.assignmentTimestamp === undefined ? 0 : message.assignmentTimestamp;
  const unknown = message.unknownTaggedFields;
  const has0 = assignmentTimestamp !== 0;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.int64(assignmentTimestamp, 'assignmentTimestamp');
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createStreamsGroupTargetAssignmentMetadataValue(): StreamsGroupTargetAssignmentMetadataValue {
  return {
    assignmentEpoch: 0,
    assignmentTimestamp: 0,
    unknownTaggedFields: undefined,
  };
}

/** StreamsGroupTargetAssignmentMemberKey, version 0. */
export interface StreamsGroupTargetAssignmentMemberKey {
  groupId: string;
  memberId: string;
}

export interface StreamsGroupTargetAssignmentMemberKeyInput {
  readonly groupId: string;
  readonly memberId: string;
}

/** StreamsGroupTargetAssignmentMemberKey, version 0. */
export const StreamsGroupTargetAssignmentMemberKey: MessageCodec<StreamsGroupTargetAssignmentMemberKey, StreamsGroupTargetAssignmentMemberKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupTargetAssignmentMemberKey',
  apiKey: 21,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readStreamsGroupTargetAssignmentMemberKey,
  write: writeStreamsGroupTargetAssignmentMemberKey,
  create: (partial) => ({ ...createStreamsGroupTargetAssignmentMemberKey(), ...partial }),
});

function readStreamsGroupTargetAssignmentMemberKey(
  reader: WireReader,
  _version: number,
): StreamsGroupTargetAssignmentMemberKey {
  const groupId = reader.string(false);
  const memberId = reader.string(false);
  return {
    groupId,
    memberId,
  };
}

function writeStreamsGroupTargetAssignmentMemberKey(
  writer: WireWriter,
  message: StreamsGroupTargetAssignmentMemberKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
  const memberId = message.memberId;
  writer.string(memberId, false, 'memberId');
}

function createStreamsGroupTargetAssignmentMemberKey(): StreamsGroupTargetAssignmentMemberKey {
  return {
    groupId: '',
    memberId: '',
  };
}

/** StreamsGroupTargetAssignmentMemberValue, version 0. */
export interface StreamsGroupTargetAssignmentMemberValue {
  activeTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[];
  standbyTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[];
  warmupTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTargetAssignmentMemberValueInput {
  readonly activeTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIdsInput[];
  readonly standbyTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIdsInput[];
  readonly warmupTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIdsInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTargetAssignmentMemberValueTaskIds {
  subtopologyId: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTargetAssignmentMemberValueTaskIdsInput {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** StreamsGroupTargetAssignmentMemberValue, version 0. */
export const StreamsGroupTargetAssignmentMemberValue: MessageCodec<StreamsGroupTargetAssignmentMemberValue, StreamsGroupTargetAssignmentMemberValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupTargetAssignmentMemberValue',
  apiKey: 21,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readStreamsGroupTargetAssignmentMemberValue,
  write: writeStreamsGroupTargetAssignmentMemberValue,
  create: (partial) => ({ ...createStreamsGroupTargetAssignmentMemberValue(), ...partial }),
});

function readStreamsGroupTargetAssignmentMemberValueTaskIds(
  reader: WireReader,
  _version: number,
): StreamsGroupTargetAssignmentMemberValueTaskIds {
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

function writeStreamsGroupTargetAssignmentMemberValueTaskIds(
  writer: WireWriter,
  message: StreamsGroupTargetAssignmentMemberValueTaskIdsInput,
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

function readStreamsGroupTargetAssignmentMemberValue(
  reader: WireReader,
  version: number,
): StreamsGroupTargetAssignmentMemberValue {
  const activeTasksCount = reader.arrayLength(true, 3);
  const activeTasks = new Array<StreamsGroupTargetAssignmentMemberValueTaskIds>(activeTasksCount);
  for (let i = 0; i < activeTasksCount; i++) {
    activeTasks[i] = readStreamsGroupTargetAssignmentMemberValueTaskIds(reader, version);
  }
  const standbyTasksCount = reader.arrayLength(true, 3);
  const standbyTasks = new Array<StreamsGroupTargetAssignmentMemberValueTaskIds>(standbyTasksCount);
  for (let i = 0; i < standbyTasksCount; i++) {
    standbyTasks[i] = readStreamsGroupTargetAssignmentMemberValueTaskIds(reader, version);
  }
  const warmupTasksCount = reader.arrayLength(true, 3);
  const warmupTasks = new Array<StreamsGroupTargetAssignmentMemberValueTaskIds>(warmupTasksCount);
  for (let i = 0; i < warmupTasksCount; i++) {
    warmupTasks[i] = readStreamsGroupTargetAssignmentMemberValueTaskIds(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    activeTasks,
    standbyTasks,
    warmupTasks,
    unknownTaggedFields,
  };
}

function writeStreamsGroupTargetAssignmentMemberValue(
  writer: WireWriter,
  message: StreamsGroupTargetAssignmentMemberValueInput,
  version: number,
): void {
  const activeTasks = message.activeTasks;
  const activeTasksCount = writer.arrayLength(activeTasks, true, 'activeTasks');
  for (let i = 0; i < activeTasksCount; i++) {
    writeStreamsGroupTargetAssignmentMemberValueTaskIds(writer, activeTasks[i]!, version);
  }
  const standbyTasks = message.standbyTasks;
  const standbyTasksCount = writer.arrayLength(standbyTasks, true, 'standbyTasks');
  for (let i = 0; i < standbyTasksCount; i++) {
    writeStreamsGroupTargetAssignmentMemberValueTaskIds(writer, standbyTasks[i]!, version);
  }
  const warmupTasks = message.warmupTasks;
  const warmupTasksCount = writer.arrayLength(warmupTasks, true, 'warmupTasks');
  for (let i = 0; i < warmupTasksCount; i++) {
    writeStreamsGroupTargetAssignmentMemberValueTaskIds(writer, warmupTasks[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createStreamsGroupTargetAssignmentMemberValue(): StreamsGroupTargetAssignmentMemberValue {
  return {
    activeTasks: [],
    standbyTasks: [],
    warmupTasks: [],
    unknownTaggedFields: undefined,
  };
}

/** StreamsGroupCurrentMemberAssignmentKey, version 0. */
export interface StreamsGroupCurrentMemberAssignmentKey {
  groupId: string;
  memberId: string;
}

export interface StreamsGroupCurrentMemberAssignmentKeyInput {
  readonly groupId: string;
  readonly memberId: string;
}

/** StreamsGroupCurrentMemberAssignmentKey, version 0. */
export const StreamsGroupCurrentMemberAssignmentKey: MessageCodec<StreamsGroupCurrentMemberAssignmentKey, StreamsGroupCurrentMemberAssignmentKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupCurrentMemberAssignmentKey',
  apiKey: 22,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readStreamsGroupCurrentMemberAssignmentKey,
  write: writeStreamsGroupCurrentMemberAssignmentKey,
  create: (partial) => ({ ...createStreamsGroupCurrentMemberAssignmentKey(), ...partial }),
});

function readStreamsGroupCurrentMemberAssignmentKey(
  reader: WireReader,
  _version: number,
): StreamsGroupCurrentMemberAssignmentKey {
  const groupId = reader.string(false);
  const memberId = reader.string(false);
  return {
    groupId,
    memberId,
  };
}

function writeStreamsGroupCurrentMemberAssignmentKey(
  writer: WireWriter,
  message: StreamsGroupCurrentMemberAssignmentKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
  const memberId = message.memberId;
  writer.string(memberId, false, 'memberId');
}

function createStreamsGroupCurrentMemberAssignmentKey(): StreamsGroupCurrentMemberAssignmentKey {
  return {
    groupId: '',
    memberId: '',
  };
}

/** StreamsGroupCurrentMemberAssignmentValue, version 0. */
export interface StreamsGroupCurrentMemberAssignmentValue {
  memberEpoch: number;
  previousMemberEpoch: number;
  state: number;
  activeTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  standbyTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  warmupTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  activeTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  standbyTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  warmupTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupCurrentMemberAssignmentValueInput {
  readonly memberEpoch: number;
  readonly previousMemberEpoch: number;
  readonly state: number;
  readonly activeTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInput[];
  readonly standbyTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInput[];
  readonly warmupTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInput[];
  readonly activeTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInput[];
  readonly standbyTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInput[];
  readonly warmupTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupCurrentMemberAssignmentValueTaskIds {
  subtopologyId: string;
  partitions: number[];
  assignmentEpochs: number[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupCurrentMemberAssignmentValueTaskIdsInput {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
  readonly assignmentEpochs?: readonly number[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** StreamsGroupCurrentMemberAssignmentValue, version 0. */
export const StreamsGroupCurrentMemberAssignmentValue: MessageCodec<StreamsGroupCurrentMemberAssignmentValue, StreamsGroupCurrentMemberAssignmentValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupCurrentMemberAssignmentValue',
  apiKey: 22,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readStreamsGroupCurrentMemberAssignmentValue,
  write: writeStreamsGroupCurrentMemberAssignmentValue,
  create: (partial) => ({ ...createStreamsGroupCurrentMemberAssignmentValue(), ...partial }),
});

function readStreamsGroupCurrentMemberAssignmentValueTaskIds(
  reader: WireReader,
  _version: number,
): StreamsGroupCurrentMemberAssignmentValueTaskIds {
  const subtopologyId = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 4);
  const partitions = reader.int32Elements(partitionsCount);
  let assignmentEpochs: number[] | null = [];
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        const assignmentEpochsCount = reader.nullableArrayLength(true, 4);
        if (assignmentEpochsCount < 0) assignmentEpochs = null;
        if (assignmentEpochsCount >= 0) {
          assignmentEpochs = reader.int32Elements(assignmentEpochsCount);
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
    subtopologyId,
    partitions,
    assignmentEpochs,
    unknownTaggedFields,
  };
}

function writeStreamsGroupCurrentMemberAssignmentValueTaskIds(
  writer: WireWriter,
  message: StreamsGroupCurrentMemberAssignmentValueTaskIdsInput,
  _version: number,
): void {
  const subtopologyId = message.subtopologyId;
  writer.string(subtopologyId, true, 'TaskIds.subtopologyId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'TaskIds.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'TaskIds.partitions');
  }
  const assignmentEpochs = message.assignmentEpochs === undefined ? [] : message.assignmentEpochs;
  const unknown = message.unknownTaggedFields;
  const has0 = assignmentEpochs === null || assignmentEpochs.length > 0;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    if (assignmentEpochs === null) {
      writer.nullArray(true);
    } else {
      const assignmentEpochsCount = writer.arrayLength(assignmentEpochs, true, 'TaskIds.assignmentEpochs');
      for (let i = 0; i < assignmentEpochsCount; i++) {
        writer.int32(assignmentEpochs[i]!, 'TaskIds.assignmentEpochs');
      }
    }
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function readStreamsGroupCurrentMemberAssignmentValue(
  reader: WireReader,
  version: number,
): StreamsGroupCurrentMemberAssignmentValue {
  const memberEpoch = reader.int32();
  const previousMemberEpoch = reader.int32();
  const state = reader.int8();
  const activeTasksCount = reader.arrayLength(true, 3);
  const activeTasks = new Array<StreamsGroupCurrentMemberAssignmentValueTaskIds>(activeTasksCount);
  for (let i = 0; i < activeTasksCount; i++) {
    activeTasks[i] = readStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version);
  }
  const standbyTasksCount = reader.arrayLength(true, 3);
  const standbyTasks = new Array<StreamsGroupCurrentMemberAssignmentValueTaskIds>(standbyTasksCount);
  for (let i = 0; i < standbyTasksCount; i++) {
    standbyTasks[i] = readStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version);
  }
  const warmupTasksCount = reader.arrayLength(true, 3);
  const warmupTasks = new Array<StreamsGroupCurrentMemberAssignmentValueTaskIds>(warmupTasksCount);
  for (let i = 0; i < warmupTasksCount; i++) {
    warmupTasks[i] = readStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version);
  }
  const activeTasksPendingRevocationCount = reader.arrayLength(true, 3);
  const activeTasksPendingRevocation =
    new Array<StreamsGroupCurrentMemberAssignmentValueTaskIds>(activeTasksPendingRevocationCount);
  for (let i = 0; i < activeTasksPendingRevocationCount; i++) {
    activeTasksPendingRevocation[i] = readStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version);
  }
  const standbyTasksPendingRevocationCount = reader.arrayLength(true, 3);
  const standbyTasksPendingRevocation =
    new Array<StreamsGroupCurrentMemberAssignmentValueTaskIds>(standbyTasksPendingRevocationCount);
  for (let i = 0; i < standbyTasksPendingRevocationCount; i++) {
    standbyTasksPendingRevocation[i] = readStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version);
  }
  const warmupTasksPendingRevocationCount = reader.arrayLength(true, 3);
  const warmupTasksPendingRevocation =
    new Array<StreamsGroupCurrentMemberAssignmentValueTaskIds>(warmupTasksPendingRevocationCount);
  for (let i = 0; i < warmupTasksPendingRevocationCount; i++) {
    warmupTasksPendingRevocation[i] = readStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    memberEpoch,
    previousMemberEpoch,
    state,
    activeTasks,
    standbyTasks,
    warmupTasks,
    activeTasksPendingRevocation,
    standbyTasksPendingRevocation,
    warmupTasksPendingRevocation,
    unknownTaggedFields,
  };
}

function writeStreamsGroupCurrentMemberAssignmentValue(
  writer: WireWriter,
  message: StreamsGroupCurrentMemberAssignmentValueInput,
  version: number,
): void {
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch, 'memberEpoch');
  const previousMemberEpoch = message.previousMemberEpoch;
  writer.int32(previousMemberEpoch, 'previousMemberEpoch');
  const state = message.state;
  writer.int8(state, 'state');
  const activeTasks = message.activeTasks;
  const activeTasksCount = writer.arrayLength(activeTasks, true, 'activeTasks');
  for (let i = 0; i < activeTasksCount; i++) {
    writeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, activeTasks[i]!, version);
  }
  const standbyTasks = message.standbyTasks;
  const standbyTasksCount = writer.arrayLength(standbyTasks, true, 'standbyTasks');
  for (let i = 0; i < standbyTasksCount; i++) {
    writeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, standbyTasks[i]!, version);
  }
  const warmupTasks = message.warmupTasks;
  const warmupTasksCount = writer.arrayLength(warmupTasks, true, 'warmupTasks');
  for (let i = 0; i < warmupTasksCount; i++) {
    writeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, warmupTasks[i]!, version);
  }
  const activeTasksPendingRevocation = message.activeTasksPendingRevocation;
  const activeTasksPendingRevocationCount =
    writer.arrayLength(activeTasksPendingRevocation, true, 'activeTasksPendingRevocation');
  for (let i = 0; i < activeTasksPendingRevocationCount; i++) {
    writeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, activeTasksPendingRevocation[i]!, version);
  }
  const standbyTasksPendingRevocation = message.standbyTasksPendingRevocation;
  const standbyTasksPendingRevocationCount =
    writer.arrayLength(standbyTasksPendingRevocation, true, 'standbyTasksPendingRevocation');
  for (let i = 0; i < standbyTasksPendingRevocationCount; i++) {
    writeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, standbyTasksPendingRevocation[i]!, version);
  }
  const warmupTasksPendingRevocation = message.warmupTasksPendingRevocation;
  const warmupTasksPendingRevocationCount =
    writer.arrayLength(warmupTasksPendingRevocation, true, 'warmupTasksPendingRevocation');
  for (let i = 0; i < warmupTasksPendingRevocationCount; i++) {
    writeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, warmupTasksPendingRevocation[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createStreamsGroupCurrentMemberAssignmentValue(): StreamsGroupCurrentMemberAssignmentValue {
  return {
    memberEpoch: 0,
    previousMemberEpoch: 0,
    state: 0,
    activeTasks: [],
    standbyTasks: [],
    warmupTasks: [],
    activeTasksPendingRevocation: [],
    standbyTasksPendingRevocation: [],
    warmupTasksPendingRevocation: [],
    unknownTaggedFields: undefined,
  };
}

/** StreamsGroupTopologyKey, version 0. */
export interface StreamsGroupTopologyKey {
  groupId: string;
}

export interface StreamsGroupTopologyKeyInput {
  readonly groupId: string;
}

/** StreamsGroupTopologyKey, version 0. */
export const StreamsGroupTopologyKey: MessageCodec<StreamsGroupTopologyKey, StreamsGroupTopologyKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupTopologyKey',
  apiKey: 23,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readStreamsGroupTopologyKey,
  write: writeStreamsGroupTopologyKey,
  create: (partial) => ({ ...createStreamsGroupTopologyKey(), ...partial }),
});

function readStreamsGroupTopologyKey(reader: WireReader, _version: number): StreamsGroupTopologyKey {
  const groupId = reader.string(false);
  return {
    groupId,
  };
}

function writeStreamsGroupTopologyKey(
  writer: WireWriter,
  message: StreamsGroupTopologyKeyInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
}

function createStreamsGroupTopologyKey(): StreamsGroupTopologyKey {
  return {
    groupId: '',
  };
}

/** StreamsGroupTopologyValue, version 0. */
export interface StreamsGroupTopologyValue {
  epoch: number;
  subtopologies: StreamsGroupTopologyValueSubtopology[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyValueInput {
  readonly epoch: number;
  readonly subtopologies: readonly StreamsGroupTopologyValueSubtopologyInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyValueSubtopology {
  subtopologyId: string;
  sourceTopics: string[];
  sourceTopicRegex: string[];
  stateChangelogTopics: StreamsGroupTopologyValueTopicInfo[];
  repartitionSinkTopics: string[];
  repartitionSourceTopics: StreamsGroupTopologyValueTopicInfo[];
  copartitionGroups: StreamsGroupTopologyValueCopartitionGroup[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyValueSubtopologyInput {
  readonly subtopologyId: string;
  readonly sourceTopics: readonly string[];
  readonly sourceTopicRegex: readonly string[];
  readonly stateChangelogTopics: readonly StreamsGroupTopologyValueTopicInfoInput[];
  readonly repartitionSinkTopics: readonly string[];
  readonly repartitionSourceTopics: readonly StreamsGroupTopologyValueTopicInfoInput[];
  readonly copartitionGroups: readonly StreamsGroupTopologyValueCopartitionGroupInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyValueCopartitionGroup {
  sourceTopics: number[];
  sourceTopicRegex: number[];
  repartitionSourceTopics: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyValueCopartitionGroupInput {
  readonly sourceTopics: readonly number[];
  readonly sourceTopicRegex: readonly number[];
  readonly repartitionSourceTopics: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyValueTopicInfo {
  name: string;
  partitions: number;
  replicationFactor: number;
  topicConfigs: StreamsGroupTopologyValueTopicConfig[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyValueTopicInfoInput {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly topicConfigs: readonly StreamsGroupTopologyValueTopicConfigInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyValueTopicConfig {
  key: string;
  value: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface StreamsGroupTopologyValueTopicConfigInput {
  readonly key: string;
  readonly value: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** StreamsGroupTopologyValue, version 0. */
export const StreamsGroupTopologyValue: MessageCodec<StreamsGroupTopologyValue, StreamsGroupTopologyValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'StreamsGroupTopologyValue',
  apiKey: 23,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readStreamsGroupTopologyValue,
  write: writeStreamsGroupTopologyValue,
  create: (partial) => ({ ...createStreamsGroupTopologyValue(), ...partial }),
});

function readStreamsGroupTopologyValueTopicConfig(
  reader: WireReader,
  _version: number,
): StreamsGroupTopologyValueTopicConfig {
  const key = reader.string(true);
  const value = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    key,
    value,
    unknownTaggedFields,
  };
}

function writeStreamsGroupTopologyValueTopicConfig(
  writer: WireWriter,
  message: StreamsGroupTopologyValueTopicConfigInput,
  _version: number,
): void {
  const key = message.key;
  writer.string(key, true, 'TopicInfo.topicConfigs.key');
  const value = message.value;
  writer.string(value, true, 'TopicInfo.topicConfigs.value');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupTopologyValueTopicInfo(
  reader: WireReader,
  version: number,
): StreamsGroupTopologyValueTopicInfo {
  const name = reader.string(true);
  const partitions = reader.int32();
  const replicationFactor = reader.int16();
  const topicConfigsCount = reader.arrayLength(true, 3);
  const topicConfigs = new Array<StreamsGroupTopologyValueTopicConfig>(topicConfigsCount);
  for (let i = 0; i < topicConfigsCount; i++) {
    topicConfigs[i] = readStreamsGroupTopologyValueTopicConfig(reader, version);
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

function writeStreamsGroupTopologyValueTopicInfo(
  writer: WireWriter,
  message: StreamsGroupTopologyValueTopicInfoInput,
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
    writeStreamsGroupTopologyValueTopicConfig(writer, topicConfigs[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupTopologyValueCopartitionGroup(
  reader: WireReader,
  _version: number,
): StreamsGroupTopologyValueCopartitionGroup {
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

function writeStreamsGroupTopologyValueCopartitionGroup(
  writer: WireWriter,
  message: StreamsGroupTopologyValueCopartitionGroupInput,
  _version: number,
): void {
  const sourceTopics = message.sourceTopics;
  const sourceTopicsCount =
    writer.arrayLength(sourceTopics, true, 'subtopologies.copartitionGroups.sourceTopics');
  for (let i = 0; i < sourceTopicsCount; i++) {
    writer.int16(sourceTopics[i]!, 'subtopologies.copartitionGroups.sourceTopics');
  }
  const sourceTopicRegex = message.sourceTopicRegex;
  const sourceTopicRegexCount =
    writer.arrayLength(sourceTopicRegex, true, 'subtopologies.copartitionGroups.sourceTopicRegex');
  for (let i = 0; i < sourceTopicRegexCount; i++) {
    writer.int16(sourceTopicRegex[i]!, 'subtopologies.copartitionGroups.sourceTopicRegex');
  }
  const repartitionSourceTopics = message.repartitionSourceTopics;
  const repartitionSourceTopicsCount =
    writer.arrayLength(repartitionSourceTopics, true, 'subtopologies.copartitionGroups.repartitionSourceTopics');
  for (let i = 0; i < repartitionSourceTopicsCount; i++) {
    writer.int16(repartitionSourceTopics[i]!, 'subtopologies.copartitionGroups.repartitionSourceTopics');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupTopologyValueSubtopology(
  reader: WireReader,
  version: number,
): StreamsGroupTopologyValueSubtopology {
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
  const stateChangelogTopics = new Array<StreamsGroupTopologyValueTopicInfo>(stateChangelogTopicsCount);
  for (let i = 0; i < stateChangelogTopicsCount; i++) {
    stateChangelogTopics[i] = readStreamsGroupTopologyValueTopicInfo(reader, version);
  }
  const repartitionSinkTopicsCount = reader.arrayLength(true, 1);
  const repartitionSinkTopics = new Array<string>(repartitionSinkTopicsCount);
  for (let i = 0; i < repartitionSinkTopicsCount; i++) {
    repartitionSinkTopics[i] = reader.string(true);
  }
  const repartitionSourceTopicsCount = reader.arrayLength(true, 9);
  const repartitionSourceTopics = new Array<StreamsGroupTopologyValueTopicInfo>(repartitionSourceTopicsCount);
  for (let i = 0; i < repartitionSourceTopicsCount; i++) {
    repartitionSourceTopics[i] = readStreamsGroupTopologyValueTopicInfo(reader, version);
  }
  const copartitionGroupsCount = reader.arrayLength(true, 4);
  const copartitionGroups = new Array<StreamsGroupTopologyValueCopartitionGroup>(copartitionGroupsCount);
  for (let i = 0; i < copartitionGroupsCount; i++) {
    copartitionGroups[i] = readStreamsGroupTopologyValueCopartitionGroup(reader, version);
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

function writeStreamsGroupTopologyValueSubtopology(
  writer: WireWriter,
  message: StreamsGroupTopologyValueSubtopologyInput,
  version: number,
): void {
  const subtopologyId = message.subtopologyId;
  writer.string(subtopologyId, true, 'subtopologies.subtopologyId');
  const sourceTopics = message.sourceTopics;
  const sourceTopicsCount = writer.arrayLength(sourceTopics, true, 'subtopologies.sourceTopics');
  for (let i = 0; i < sourceTopicsCount; i++) {
    writer.string(sourceTopics[i]!, true, 'subtopologies.sourceTopics');
  }
  const sourceTopicRegex = message.sourceTopicRegex;
  const sourceTopicRegexCount = writer.arrayLength(sourceTopicRegex, true, 'subtopologies.sourceTopicRegex');
  for (let i = 0; i < sourceTopicRegexCount; i++) {
    writer.string(sourceTopicRegex[i]!, true, 'subtopologies.sourceTopicRegex');
  }
  const stateChangelogTopics = message.stateChangelogTopics;
  const stateChangelogTopicsCount =
    writer.arrayLength(stateChangelogTopics, true, 'subtopologies.stateChangelogTopics');
  for (let i = 0; i < stateChangelogTopicsCount; i++) {
    writeStreamsGroupTopologyValueTopicInfo(writer, stateChangelogTopics[i]!, version);
  }
  const repartitionSinkTopics = message.repartitionSinkTopics;
  const repartitionSinkTopicsCount =
    writer.arrayLength(repartitionSinkTopics, true, 'subtopologies.repartitionSinkTopics');
  for (let i = 0; i < repartitionSinkTopicsCount; i++) {
    writer.string(repartitionSinkTopics[i]!, true, 'subtopologies.repartitionSinkTopics');
  }
  const repartitionSourceTopics = message.repartitionSourceTopics;
  const repartitionSourceTopicsCount =
    writer.arrayLength(repartitionSourceTopics, true, 'subtopologies.repartitionSourceTopics');
  for (let i = 0; i < repartitionSourceTopicsCount; i++) {
    writeStreamsGroupTopologyValueTopicInfo(writer, repartitionSourceTopics[i]!, version);
  }
  const copartitionGroups = message.copartitionGroups;
  const copartitionGroupsCount =
    writer.arrayLength(copartitionGroups, true, 'subtopologies.copartitionGroups');
  for (let i = 0; i < copartitionGroupsCount; i++) {
    writeStreamsGroupTopologyValueCopartitionGroup(writer, copartitionGroups[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readStreamsGroupTopologyValue(reader: WireReader, version: number): StreamsGroupTopologyValue {
  const epoch = reader.int32();
  const subtopologiesCount = reader.arrayLength(true, 8);
  const subtopologies = new Array<StreamsGroupTopologyValueSubtopology>(subtopologiesCount);
  for (let i = 0; i < subtopologiesCount; i++) {
    subtopologies[i] = readStreamsGroupTopologyValueSubtopology(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    epoch,
    subtopologies,
    unknownTaggedFields,
  };
}

function writeStreamsGroupTopologyValue(
  writer: WireWriter,
  message: StreamsGroupTopologyValueInput,
  version: number,
): void {
  const epoch = message.epoch;
  writer.int32(epoch, 'epoch');
  const subtopologies = message.subtopologies;
  const subtopologiesCount = writer.arrayLength(subtopologies, true, 'subtopologies');
  for (let i = 0; i < subtopologiesCount; i++) {
    writeStreamsGroupTopologyValueSubtopology(writer, subtopologies[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createStreamsGroupTopologyValue(): StreamsGroupTopologyValue {
  return {
    epoch: 0,
    subtopologies: [],
    unknownTaggedFields: undefined,
  };
}

/** TransactionLogKey, version 0. */
export interface TransactionLogKey {
  transactionalId: string;
}

export interface TransactionLogKeyInput {
  readonly transactionalId: string;
}

/** TransactionLogKey, version 0. */
export const TransactionLogKey: MessageCodec<TransactionLogKey, TransactionLogKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'TransactionLogKey',
  apiKey: 0,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readTransactionLogKey,
  write: writeTransactionLogKey,
  create: (partial) => ({ ...createTransactionLogKey(), ...partial }),
});

function readTransactionLogKey(reader: WireReader, _version: number): TransactionLogKey {
  const transactionalId = reader.string(false);
  return {
    transactionalId,
  };
}

function writeTransactionLogKey(writer: WireWriter, message: TransactionLogKeyInput, _version: number): void {
  const transactionalId = message.transactionalId;
  writer.string(transactionalId, false, 'transactionalId');
}

function createTransactionLogKey(): TransactionLogKey {
  return {
    transactionalId: '',
  };
}

/** TransactionLogValue, versions 0 to 1. */
export interface TransactionLogValue {
  producerId: number;
  previousProducerId: number;
  nextProducerId: number;
  producerEpoch: number;
  nextProducerEpoch: number;
  transactionTimeoutMs: number;
  transactionStatus: number;
  transactionPartitions: TransactionLogValuePartitionsSchema[] | null;
  transactionLastUpdateTimestampMs: number;
  transactionStartTimestampMs: number;
  clientTransactionVersion: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface TransactionLogValueInput {
  readonly producerId: number;
  readonly previousProducerId?: number | undefined;
  readonly nextProducerId?: number | undefined;
  readonly producerEpoch: number;
  readonly nextProducerEpoch?: number | undefined;
  readonly transactionTimeoutMs: number;
  readonly transactionStatus: number;
  readonly transactionPartitions: readonly TransactionLogValuePartitionsSchemaInput[] | null;
  readonly transactionLastUpdateTimestampMs: number;
  readonly transactionStartTimestampMs: number;
  readonly clientTransactionVersion?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface TransactionLogValuePartitionsSchema {
  topic: string;
  partitionIds: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface TransactionLogValuePartitionsSchemaInput {
  readonly topic: string;
  readonly partitionIds: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** TransactionLogValue, versions 0 to 1. */
export const TransactionLogValue: MessageCodec<TransactionLogValue, TransactionLogValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'TransactionLogValue',
  apiKey: 0,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readTransactionLogValue,
  write: writeTransactionLogValue,
  create: (partial) => ({ ...createTransactionLogValue(), ...partial }),
});

function readTransactionLogValuePartitionsSchema(
  reader: WireReader,
  version: number,
): TransactionLogValuePartitionsSchema {
  const flexible = version >= 1;
  const topic = reader.string(flexible);
  const partitionIdsCount = reader.arrayLength(flexible, 4);
  const partitionIds = reader.int32Elements(partitionIdsCount);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topic,
    partitionIds,
    unknownTaggedFields,
  };
}

function writeTransactionLogValuePartitionsSchema(
  writer: WireWriter,
  message: TransactionLogValuePartitionsSchemaInput,
  version: number,
): void {
  const flexible = version >= 1;
  const topic = message.topic;
  writer.string(topic, flexible, 'transactionPartitions.topic');
  const partitionIds = message.partitionIds;
  const partitionIdsCount = writer.arrayLength(partitionIds, flexible, 'transactionPartitions.partitionIds');
  for (let i = 0; i < partitionIdsCount; i++) {
    writer.int32(partitionIds[i]!, 'transactionPartitions.partitionIds');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readTransactionLogValue(reader: WireReader, version: number): TransactionLogValue {
  const flexible = version >= 1;
  const producerId = reader.int64();
  let previousProducerId: number = -1;
  let nextProducerId: number = -1;
  const producerEpoch = reader.int16();
  let nextProducerEpoch: number = -1;
  const transactionTimeoutMs = reader.int32();
  const transactionStatus = reader.int8();
  const transactionPartitionsCount = reader.nullableArrayLength(flexible, 3);
  let transactionPartitions: TransactionLogValuePartitionsSchema[] | null = null;
  if (transactionPartitionsCount >= 0) {
    transactionPartitions = new Array<TransactionLogValuePartitionsSchema>(transactionPartitionsCount);
    for (let i = 0; i < transactionPartitionsCount; i++) {
      transactionPartitions[i] = readTransactionLogValuePartitionsSchema(reader, version);
    }
  }
  const transactionLastUpdateTimestampMs = reader.int64();
  const transactionStartTimestampMs = reader.int64();
  let clientTransactionVersion: number = 0;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  if (flexible) {
    for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
      const tag = reader.nextTag(previous);
      const size = reader.tagSize();
      const end = reader.position + size;
      switch (tag) {
        case 0: {
          previousProducerId = reader.int64();
          break;
        }
        case 1: {
          nextProducerId = reader.int64();
          break;
        }
        case 3: {
          nextProducerEpoch = reader.int16();
          break;
        }
        case 2: {
          clientTransactionVersion = reader.int16();
          break;
        }
        default:
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
      }
      reader.endTag(tag, end);
      previous = tag;
    }
  }
  return {
    producerId,
    previousProducerId,
    nextProducerId,
    producerEpoch,
    nextProducerEpoch,
    transactionTimeoutMs,
    transactionStatus,
    transactionPartitions,
    transactionLastUpdateTimestampMs,
    transactionStartTimestampMs,
    clientTransactionVersion,
    unknownTaggedFields,
  };
}

function writeTransactionLogValue(
  writer: WireWriter,
  message: TransactionLogValueInput,
  version: number,
): void {
  const flexible = version >= 1;
  const producerId = message.producerId;
  writer.int64(producerId, 'producerId');
  const previousProducerId = message.previousProducerId === undefined ? -1 : message.previousProducerId;
  if (!(version >= 1) && previousProducerId !== -1) {
    throw writer.notInVersion('previousProducerId');
  }
  const nextProducerId = message.nextProducerId === undefined ? -1 : message.nextProducerId;
  if (!(version >= 1) && nextProducerId !== -1) {
    throw writer.notInVersion('nextProducerId');
  }
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch, 'producerEpoch');
  const nextProducerEpoch = message.nextProducerEpoch === undefined ? -1 : message.nextProducerEpoch;
  if (!(version >= 1) && nextProducerEpoch !== -1) {
    throw writer.notInVersion('nextProducerEpoch');
  }
  const transactionTimeoutMs = message.transactionTimeoutMs;
  writer.int32(transactionTimeoutMs, 'transactionTimeoutMs');
  const transactionStatus = message.transactionStatus;
  writer.int8(transactionStatus, 'transactionStatus');
  const transactionPartitions = message.transactionPartitions;
  if (transactionPartitions === null) {
    writer.nullArray(flexible);
  } else {
    const transactionPartitionsCount =
      writer.arrayLength(transactionPartitions, flexible, 'transactionPartitions');
    for (let i = 0; i < transactionPartitionsCount; i++) {
      writeTransactionLogValuePartitionsSchema(writer, transactionPartitions[i]!, version);
    }
  }
  const transactionLastUpdateTimestampMs = message.transactionLastUpdateTimestampMs;
  writer.int64(transactionLastUpdateTimestampMs, 'transactionLastUpdateTimestampMs');
  const transactionStartTimestampMs = message.transactionStartTimestampMs;
  writer.int64(transactionStartTimestampMs, 'transactionStartTimestampMs');
  const clientTransactionVersion =
    message.clientTransactionVersion === undefined ? 0 : message.clientTransactionVersion;
  if (!(version >= 1) && clientTransactionVersion !== 0) {
    throw writer.notInVersion('clientTransactionVersion');
  }
  if (flexible) {
    const unknown = message.unknownTaggedFields;
    const has0 = previousProducerId !== -1;
    const has1 = nextProducerId !== -1;
    const has2 = clientTransactionVersion !== 0;
    const has3 = nextProducerEpoch !== -1;
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
      writer.int64(previousProducerId, 'previousProducerId');
      writer.endTag(mark);
    }
    if (has1) {
      next = writer.unknownTagsBelow(unknown, next, 1);
      const mark = writer.beginTag(1);
      writer.int64(nextProducerId, 'nextProducerId');
      writer.endTag(mark);
    }
    if (has2) {
      next = writer.unknownTagsBelow(unknown, next, 2);
      const mark = writer.beginTag(2);
      writer.int16(clientTransactionVersion, 'clientTransactionVersion');
      writer.endTag(mark);
    }
    if (has3) {
      next = writer.unknownTagsBelow(unknown, next, 3);
      const mark = writer.beginTag(3);
      writer.int16(nextProducerEpoch, 'nextProducerEpoch');
      writer.endTag(mark);
    }
    writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
  }
}

function createTransactionLogValue(): TransactionLogValue {
  return {
    producerId: 0,
    previousProducerId: -1,
    nextProducerId: -1,
    producerEpoch: 0,
    nextProducerEpoch: -1,
    transactionTimeoutMs: 0,
    transactionStatus: 0,
    transactionPartitions: [],
    transactionLastUpdateTimestampMs: 0,
    transactionStartTimestampMs: 0,
    clientTransactionVersion: 0,
    unknownTaggedFields: undefined,
  };
}

/** ShareSnapshotKey, version 0. */
export interface ShareSnapshotKey {
  groupId: string;
  topicId: string;
  partition: number;
}

export interface ShareSnapshotKeyInput {
  readonly groupId: string;
  readonly topicId: string;
  readonly partition: number;
}

/** ShareSnapshotKey, version 0. */
export const ShareSnapshotKey: MessageCodec<ShareSnapshotKey, ShareSnapshotKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareSnapshotKey',
  apiKey: 0,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readShareSnapshotKey,
  write: writeShareSnapshotKey,
  create: (partial) => ({ ...createShareSnapshotKey(), ...partial }),
});

function readShareSnapshotKey(reader: WireReader, _version: number): ShareSnapshotKey {
  const groupId = reader.string(false);
  const topicId = reader.uuid();
  const partition = reader.int32();
  return {
    groupId,
    topicId,
    partition,
  };
}

function writeShareSnapshotKey(writer: WireWriter, message: ShareSnapshotKeyInput, _version: number): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
  const topicId = message.topicId;
  writer.uuid(topicId, 'topicId');
  const partition = message.partition;
  writer.int32(partition, 'partition');
}

function createShareSnapshotKey(): ShareSnapshotKey {
  return {
    groupId: '',
    topicId: ZERO_UUID,
    partition: 0,
  };
}

/** ShareSnapshotValue, version 0. */
export interface ShareSnapshotValue {
  snapshotEpoch: number;
  stateEpoch: number;
  leaderEpoch: number;
  startOffset: number;
  deliveryCompleteCount: number;
  createTimestamp: number;
  writeTimestamp: number;
  stateBatches: ShareSnapshotValueStateBatch[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareSnapshotValueInput {
  readonly snapshotEpoch: number;
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  readonly startOffset: number;
  readonly deliveryCompleteCount?: number | undefined;
  readonly createTimestamp: number;
  readonly writeTimestamp: number;
  readonly stateBatches: readonly ShareSnapshotValueStateBatchInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareSnapshotValueStateBatch {
  firstOffset: number;
  lastOffset: number;
  deliveryState: number;
  deliveryCount: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareSnapshotValueStateBatchInput {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryState: number;
  readonly deliveryCount: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ShareSnapshotValue, version 0. */
export const ShareSnapshotValue: MessageCodec<ShareSnapshotValue, ShareSnapshotValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareSnapshotValue',
  apiKey: 0,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readShareSnapshotValue,
  write: writeShareSnapshotValue,
  create: (partial) => ({ ...createShareSnapshotValue(), ...partial }),
});

function readShareSnapshotValueStateBatch(
  reader: WireReader,
  _version: number,
): ShareSnapshotValueStateBatch {
  const firstOffset = reader.int64();
  const lastOffset = reader.int64();
  const deliveryState = reader.int8();
  const deliveryCount = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    firstOffset,
    lastOffset,
    deliveryState,
    deliveryCount,
    unknownTaggedFields,
  };
}

function writeShareSnapshotValueStateBatch(
  writer: WireWriter,
  message: ShareSnapshotValueStateBatchInput,
  _version: number,
): void {
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset, 'stateBatches.firstOffset');
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset, 'stateBatches.lastOffset');
  const deliveryState = message.deliveryState;
  writer.int8(deliveryState, 'stateBatches.deliveryState');
  const deliveryCount = message.deliveryCount;
  writer.int16(deliveryCount, 'stateBatches.deliveryCount');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareSnapshotValue(reader: WireReader, version: number): ShareSnapshotValue {
  const snapshotEpoch = reader.int32();
  const stateEpoch = reader.int32();
  const leaderEpoch = reader.int32();
  const startOffset = reader.int64();
  let deliveryCompleteCount: number = -1;
  const createTimestamp = reader.int64();
  const writeTimestamp = reader.int64();
  const stateBatchesCount = reader.arrayLength(true, 20);
  const stateBatches = new Array<ShareSnapshotValueStateBatch>(stateBatchesCount);
  for (let i = 0; i < stateBatchesCount; i++) {
    stateBatches[i] = readShareSnapshotValueStateBatch(reader, version);
  }
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        deliveryCompleteCount = reader.int32();
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    snapshotEpoch,
    stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    createTimestamp,
    writeTimestamp,
    stateBatches,
    unknownTaggedFields,
  };
}

function writeShareSnapshotValue(
  writer: WireWriter,
  message: ShareSnapshotValueInput,
  version: number,
): void {
  const snapshotEpoch = message.snapshotEpoch;
  writer.int32(snapshotEpoch, 'snapshotEpoch');
  const stateEpoch = message.stateEpoch;
  writer.int32(stateEpoch, 'stateEpoch');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'leaderEpoch');
  const startOffset = message.startOffset;
  writer.int64(startOffset, 'startOffset');
  const deliveryCompleteCount =
    message.deliveryCompleteCount === undefined ? -1 : message.deliveryCompleteCount;
  const createTimestamp = message.createTimestamp;
  writer.int64(createTimestamp, 'createTimestamp');
  const writeTimestamp = message.writeTimestamp;
  writer.int64(writeTimestamp, 'writeTimestamp');
  const stateBatches = message.stateBatches;
  const stateBatchesCount = writer.arrayLength(stateBatches, true, 'stateBatches');
  for (let i = 0; i < stateBatchesCount; i++) {
    writeShareSnapshotValueStateBatch(writer, stateBatches[i]!, version);
  }
  const unknown = message.unknownTaggedFields;
  const has0 = deliveryCompleteCount !== -1;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.int32(deliveryCompleteCount, 'deliveryCompleteCount');
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createShareSnapshotValue(): ShareSnapshotValue {
  return {
    snapshotEpoch: 0,
    stateEpoch: 0,
    leaderEpoch: 0,
    startOffset: 0,
    deliveryCompleteCount: -1,
    createTimestamp: 0,
    writeTimestamp: 0,
    stateBatches: [],
    unknownTaggedFields: undefined,
  };
}

/** ShareUpdateKey, version 0. */
export interface ShareUpdateKey {
  groupId: string;
  topicId: string;
  partition: number;
}

export interface ShareUpdateKeyInput {
  readonly groupId: string;
  readonly topicId: string;
  readonly partition: number;
}

/** ShareUpdateKey, version 0. */
export const ShareUpdateKey: MessageCodec<ShareUpdateKey, ShareUpdateKeyInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareUpdateKey',
  apiKey: 1,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readShareUpdateKey,
  write: writeShareUpdateKey,
  create: (partial) => ({ ...createShareUpdateKey(), ...partial }),
});

function readShareUpdateKey(reader: WireReader, _version: number): ShareUpdateKey {
  const groupId = reader.string(false);
  const topicId = reader.uuid();
  const partition = reader.int32();
  return {
    groupId,
    topicId,
    partition,
  };
}

function writeShareUpdateKey(writer: WireWriter, message: ShareUpdateKeyInput, _version: number): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
  const topicId = message.topicId;
  writer.uuid(topicId, 'topicId');
  const partition = message.partition;
  writer.int32(partition, 'partition');
}

function createShareUpdateKey(): ShareUpdateKey {
  return {
    groupId: '',
    topicId: ZERO_UUID,
    partition: 0,
  };
}

/** ShareUpdateValue, version 0. */
export interface ShareUpdateValue {
  snapshotEpoch: number;
  leaderEpoch: number;
  startOffset: number;
  deliveryCompleteCount: number;
  stateBatches: ShareUpdateValueStateBatch[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareUpdateValueInput {
  readonly snapshotEpoch: number;
  readonly leaderEpoch: number;
  readonly startOffset: number;
  readonly deliveryCompleteCount?: number | undefined;
  readonly stateBatches: readonly ShareUpdateValueStateBatchInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareUpdateValueStateBatch {
  firstOffset: number;
  lastOffset: number;
  deliveryState: number;
  deliveryCount: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareUpdateValueStateBatchInput {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryState: number;
  readonly deliveryCount: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ShareUpdateValue, version 0. */
export const ShareUpdateValue: MessageCodec<ShareUpdateValue, ShareUpdateValueInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareUpdateValue',
  apiKey: 1,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readShareUpdateValue,
  write: writeShareUpdateValue,
  create: (partial) => ({ ...createShareUpdateValue(), ...partial }),
});

function readShareUpdateValueStateBatch(reader: WireReader, _version: number): ShareUpdateValueStateBatch {
  const firstOffset = reader.int64();
  const lastOffset = reader.int64();
  const deliveryState = reader.int8();
  const deliveryCount = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    firstOffset,
    lastOffset,
    deliveryState,
    deliveryCount,
    unknownTaggedFields,
  };
}

function writeShareUpdateValueStateBatch(
  writer: WireWriter,
  message: ShareUpdateValueStateBatchInput,
  _version: number,
): void {
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset, 'stateBatches.firstOffset');
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset, 'stateBatches.lastOffset');
  const deliveryState = message.deliveryState;
  writer.int8(deliveryState, 'stateBatches.deliveryState');
  const deliveryCount = message.deliveryCount;
  writer.int16(deliveryCount, 'stateBatches.deliveryCount');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareUpdateValue(reader: WireReader, version: number): ShareUpdateValue {
  const snapshotEpoch = reader.int32();
  const leaderEpoch = reader.int32();
  const startOffset = reader.int64();
  let deliveryCompleteCount: number = -1;
  const stateBatchesCount = reader.arrayLength(true, 20);
  const stateBatches = new Array<ShareUpdateValueStateBatch>(stateBatchesCount);
  for (let i = 0; i < stateBatchesCount; i++) {
    stateBatches[i] = readShareUpdateValueStateBatch(reader, version);
  }
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        deliveryCompleteCount = reader.int32();
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    snapshotEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    stateBatches,
    unknownTaggedFields,
  };
}

function writeShareUpdateValue(writer: WireWriter, message: ShareUpdateValueInput, version: number): void {
  const snapshotEpoch = message.snapshotEpoch;
  writer.int32(snapshotEpoch, 'snapshotEpoch');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'leaderEpoch');
  const startOffset = message.startOffset;
  writer.int64(startOffset, 'startOffset');
  const deliveryCompleteCount =
    message.deliveryCompleteCount === undefined ? -1 : message.deliveryCompleteCount;
  const stateBatches = message.stateBatches;
  const stateBatchesCount = writer.arrayLength(stateBatches, true, 'stateBatches');
  for (let i = 0; i < stateBatchesCount; i++) {
    writeShareUpdateValueStateBatch(writer, stateBatches[i]!, version);
  }
  const unknown = message.unknownTaggedFields;
  const has0 = deliveryCompleteCount !== -1;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.int32(deliveryCompleteCount, 'deliveryCompleteCount');
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createShareUpdateValue(): ShareUpdateValue {
  return {
    snapshotEpoch: 0,
    leaderEpoch: 0,
    startOffset: 0,
    deliveryCompleteCount: -1,
    stateBatches: [],
    unknownTaggedFields: undefined,
  };
}
