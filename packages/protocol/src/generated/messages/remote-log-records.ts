// Generated from definitions/structures/remote-log-records.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Records of __remote_log_metadata (tiered storage). They have their own type numbers.

import type { Buffer } from 'node:buffer';

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/** RemoteLogSegmentMetadataRecord, version 0. */
export interface RemoteLogSegmentMetadataRecord {
  remoteLogSegmentId: RemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry;
  startOffset: number;
  endOffset: number;
  brokerId: number;
  maxTimestampMs: number;
  eventTimestampMs: number;
  segmentLeaderEpochs: RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry[];
  segmentSizeInBytes: number;
  customMetadata: Buffer | null;
  remoteLogSegmentState: number;
  txnIndexEmpty: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataRecordInput {
  readonly remoteLogSegmentId: RemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntryInput;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly brokerId: number;
  readonly maxTimestampMs: number;
  readonly eventTimestampMs: number;
  readonly segmentLeaderEpochs: readonly RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntryInput[];
  readonly segmentSizeInBytes: number;
  readonly customMetadata?: Uint8Array | null | undefined;
  readonly remoteLogSegmentState: number;
  readonly txnIndexEmpty?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry {
  leaderEpoch: number;
  offset: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntryInput {
  readonly leaderEpoch: number;
  readonly offset: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry {
  topicIdPartition: RemoteLogSegmentMetadataRecordTopicIdPartitionEntry;
  id: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntryInput {
  readonly topicIdPartition: RemoteLogSegmentMetadataRecordTopicIdPartitionEntryInput;
  readonly id: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataRecordTopicIdPartitionEntry {
  name: string;
  id: string;
  partition: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataRecordTopicIdPartitionEntryInput {
  readonly name: string;
  readonly id: string;
  readonly partition: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** RemoteLogSegmentMetadataRecord, version 0. */
export const RemoteLogSegmentMetadataRecord: MessageCodec<RemoteLogSegmentMetadataRecord, RemoteLogSegmentMetadataRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RemoteLogSegmentMetadataRecord',
  apiKey: 0,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readRemoteLogSegmentMetadataRecord,
  write: writeRemoteLogSegmentMetadataRecord,
  create: (partial) => ({ ...createRemoteLogSegmentMetadataRecord(), ...partial }),
});

function readRemoteLogSegmentMetadataRecordTopicIdPartitionEntry(
  reader: WireReader,
  _version: number,
): RemoteLogSegmentMetadataRecordTopicIdPartitionEntry {
  const name = reader.string(true);
  const id = reader.uuid();
  const partition = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    id,
    partition,
    unknownTaggedFields,
  };
}

function writeRemoteLogSegmentMetadataRecordTopicIdPartitionEntry(
  writer: WireWriter,
  message: RemoteLogSegmentMetadataRecordTopicIdPartitionEntryInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'remoteLogSegmentId.topicIdPartition.name');
  const id = message.id;
  writer.uuid(id, 'remoteLogSegmentId.topicIdPartition.id');
  const partition = message.partition;
  writer.int32(partition, 'remoteLogSegmentId.topicIdPartition.partition');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRemoteLogSegmentMetadataRecordTopicIdPartitionEntry(): RemoteLogSegmentMetadataRecordTopicIdPartitionEntry {
  return {
    name: '',
    id: ZERO_UUID,
    partition: 0,
    unknownTaggedFields: undefined,
  };
}

function readRemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry(
  reader: WireReader,
  version: number,
): RemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry {
  const topicIdPartition = readRemoteLogSegmentMetadataRecordTopicIdPartitionEntry(reader, version);
  const id = reader.uuid();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicIdPartition,
    id,
    unknownTaggedFields,
  };
}

function writeRemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry(
  writer: WireWriter,
  message: RemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntryInput,
  version: number,
): void {
  const topicIdPartition = message.topicIdPartition;
  writeRemoteLogSegmentMetadataRecordTopicIdPartitionEntry(writer, topicIdPartition, version);
  const id = message.id;
  writer.uuid(id, 'remoteLogSegmentId.id');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry(): RemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry {
  return {
    topicIdPartition: createRemoteLogSegmentMetadataRecordTopicIdPartitionEntry(),
    id: ZERO_UUID,
    unknownTaggedFields: undefined,
  };
}

function readRemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry(
  reader: WireReader,
  _version: number,
): RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry {
  const leaderEpoch = reader.int32();
  const offset = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    leaderEpoch,
    offset,
    unknownTaggedFields,
  };
}

function writeRemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry(
  writer: WireWriter,
  message: RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntryInput,
  _version: number,
): void {
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'segmentLeaderEpochs.leaderEpoch');
  const offset = message.offset;
  writer.int64(offset, 'segmentLeaderEpochs.offset');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readRemoteLogSegmentMetadataRecord(
  reader: WireReader,
  version: number,
): RemoteLogSegmentMetadataRecord {
  const remoteLogSegmentId = readRemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry(reader, version);
  const startOffset = reader.int64();
  const endOffset = reader.int64();
  const brokerId = reader.int32();
  const maxTimestampMs = reader.int64();
  const eventTimestampMs = reader.int64();
  const segmentLeaderEpochsCount = reader.arrayLength(true, 13);
  const segmentLeaderEpochs =
    new Array<RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry>(segmentLeaderEpochsCount);
  for (let i = 0; i < segmentLeaderEpochsCount; i++) {
    segmentLeaderEpochs[i] = readRemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry(reader, version);
  }
  const segmentSizeInBytes = reader.int32();
  const customMetadata = reader.nullableBytes(true);
  const remoteLogSegmentState = reader.int8();
  let txnIndexEmpty: boolean = false;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        txnIndexEmpty = reader.boolean();
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    remoteLogSegmentId,
    startOffset,
    endOffset,
    brokerId,
    maxTimestampMs,
    eventTimestampMs,
    segmentLeaderEpochs,
    segmentSizeInBytes,
    customMetadata,
    remoteLogSegmentState,
    txnIndexEmpty,
    unknownTaggedFields,
  };
}

function writeRemoteLogSegmentMetadataRecord(
  writer: WireWriter,
  message: RemoteLogSegmentMetadataRecordInput,
  version: number,
): void {
  const remoteLogSegmentId = message.remoteLogSegmentId;
  writeRemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry(writer, remoteLogSegmentId, version);
  const startOffset = message.startOffset;
  writer.int64(startOffset, 'startOffset');
  const endOffset = message.endOffset;
  writer.int64(endOffset, 'endOffset');
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  const maxTimestampMs = message.maxTimestampMs;
  writer.int64(maxTimestampMs, 'maxTimestampMs');
  const eventTimestampMs = message.eventTimestampMs;
  writer.int64(eventTimestampMs, 'eventTimestampMs');
  const segmentLeaderEpochs = message.segmentLeaderEpochs;
  const segmentLeaderEpochsCount = writer.arrayLength(segmentLeaderEpochs, true, 'segmentLeaderEpochs');
  for (let i = 0; i < segmentLeaderEpochsCount; i++) {
    writeRemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry(writer, segmentLeaderEpochs[i]!, version);
  }
  const segmentSizeInBytes = message.segmentSizeInBytes;
  writer.int32(segmentSizeInBytes, 'segmentSizeInBytes');
  const customMetadata = message.customMetadata === undefined ? null : message.customMetadata;
  writer.nullableBytes(customMetadata, true, 'customMetadata');
  const remoteLogSegmentState = message.remoteLogSegmentState;
  writer.int8(remoteLogSegmentState, 'remoteLogSegmentState');
  const txnIndexEmpty = message.txnIndexEmpty === undefined ? false : message.txnIndexEmpty;
  const unknown = message.unknownTaggedFields;
  const has0 = txnIndexEmpty;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.boolean(txnIndexEmpty, 'txnIndexEmpty');
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createRemoteLogSegmentMetadataRecord(): RemoteLogSegmentMetadataRecord {
  return {
    remoteLogSegmentId: createRemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry(),
    startOffset: 0,
    endOffset: 0,
    brokerId: 0,
    maxTimestampMs: 0,
    eventTimestampMs: 0,
    segmentLeaderEpochs: [],
    segmentSizeInBytes: 0,
    customMetadata: null,
    remoteLogSegmentState: 0,
    txnIndexEmpty: false,
    unknownTaggedFields: undefined,
  };
}

/** RemoteLogSegmentMetadataUpdateRecord, version 0. */
export interface RemoteLogSegmentMetadataUpdateRecord {
  remoteLogSegmentId: RemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry;
  brokerId: number;
  eventTimestampMs: number;
  customMetadata: Buffer | null;
  remoteLogSegmentState: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataUpdateRecordInput {
  readonly remoteLogSegmentId: RemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntryInput;
  readonly brokerId: number;
  readonly eventTimestampMs: number;
  readonly customMetadata?: Uint8Array | null | undefined;
  readonly remoteLogSegmentState: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry {
  topicIdPartition: RemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry;
  id: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntryInput {
  readonly topicIdPartition: RemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntryInput;
  readonly id: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry {
  name: string;
  id: string;
  partition: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntryInput {
  readonly name: string;
  readonly id: string;
  readonly partition: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** RemoteLogSegmentMetadataUpdateRecord, version 0. */
export const RemoteLogSegmentMetadataUpdateRecord: MessageCodec<RemoteLogSegmentMetadataUpdateRecord, RemoteLogSegmentMetadataUpdateRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RemoteLogSegmentMetadataUpdateRecord',
  apiKey: 1,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readRemoteLogSegmentMetadataUpdateRecord,
  write: writeRemoteLogSegmentMetadataUpdateRecord,
  create: (partial) => ({ ...createRemoteLogSegmentMetadataUpdateRecord(), ...partial }),
});

function readRemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry(
  reader: WireReader,
  _version: number,
): RemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry {
  const name = reader.string(true);
  const id = reader.uuid();
  const partition = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    id,
    partition,
    unknownTaggedFields,
  };
}

function writeRemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry(
  writer: WireWriter,
  message: RemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntryInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'remoteLogSegmentId.topicIdPartition.name');
  const id = message.id;
  writer.uuid(id, 'remoteLogSegmentId.topicIdPartition.id');
  const partition = message.partition;
  writer.int32(partition, 'remoteLogSegmentId.topicIdPartition.partition');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry(): RemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry {
  return {
    name: '',
    id: ZERO_UUID,
    partition: 0,
    unknownTaggedFields: undefined,
  };
}

function readRemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry(
  reader: WireReader,
  version: number,
): RemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry {
  const topicIdPartition = readRemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry(reader, version);
  const id = reader.uuid();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicIdPartition,
    id,
    unknownTaggedFields,
  };
}

function writeRemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry(
  writer: WireWriter,
  message: RemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntryInput,
  version: number,
): void {
  const topicIdPartition = message.topicIdPartition;
  writeRemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry(writer, topicIdPartition, version);
  const id = message.id;
  writer.uuid(id, 'remoteLogSegmentId.id');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry(): RemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry {
  return {
    topicIdPartition: createRemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry(),
    id: ZERO_UUID,
    unknownTaggedFields: undefined,
  };
}

function readRemoteLogSegmentMetadataUpdateRecord(
  reader: WireReader,
  version: number,
): RemoteLogSegmentMetadataUpdateRecord {
  const remoteLogSegmentId = readRemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry(reader, version);
  const brokerId = reader.int32();
  const eventTimestampMs = reader.int64();
  const customMetadata = reader.nullableBytes(true);
  const remoteLogSegmentState = reader.int8();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    remoteLogSegmentId,
    brokerId,
    eventTimestampMs,
    customMetadata,
    remoteLogSegmentState,
    unknownTaggedFields,
  };
}

function writeRemoteLogSegmentMetadataUpdateRecord(
  writer: WireWriter,
  message: RemoteLogSegmentMetadataUpdateRecordInput,
  version: number,
): void {
  const remoteLogSegmentId = message.remoteLogSegmentId;
  writeRemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry(writer, remoteLogSegmentId, version);
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  const eventTimestampMs = message.eventTimestampMs;
  writer.int64(eventTimestampMs, 'eventTimestampMs');
  const customMetadata = message.customMetadata === undefined ? null : message.customMetadata;
  writer.nullableBytes(customMetadata, true, 'customMetadata');
  const remoteLogSegmentState = message.remoteLogSegmentState;
  writer.int8(remoteLogSegmentState, 'remoteLogSegmentState');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRemoteLogSegmentMetadataUpdateRecord(): RemoteLogSegmentMetadataUpdateRecord {
  return {
    remoteLogSegmentId: createRemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry(),
    brokerId: 0,
    eventTimestampMs: 0,
    customMetadata: null,
    remoteLogSegmentState: 0,
    unknownTaggedFields: undefined,
  };
}

/** RemotePartitionDeleteMetadataRecord, version 0. */
export interface RemotePartitionDeleteMetadataRecord {
  topicIdPartition: RemotePartitionDeleteMetadataRecordTopicIdPartitionEntry;
  brokerId: number;
  eventTimestampMs: number;
  remotePartitionDeleteState: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemotePartitionDeleteMetadataRecordInput {
  readonly topicIdPartition: RemotePartitionDeleteMetadataRecordTopicIdPartitionEntryInput;
  readonly brokerId: number;
  readonly eventTimestampMs: number;
  readonly remotePartitionDeleteState: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface RemotePartitionDeleteMetadataRecordTopicIdPartitionEntry {
  name: string;
  id: string;
  partition: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemotePartitionDeleteMetadataRecordTopicIdPartitionEntryInput {
  readonly name: string;
  readonly id: string;
  readonly partition: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** RemotePartitionDeleteMetadataRecord, version 0. */
export const RemotePartitionDeleteMetadataRecord: MessageCodec<RemotePartitionDeleteMetadataRecord, RemotePartitionDeleteMetadataRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RemotePartitionDeleteMetadataRecord',
  apiKey: 2,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readRemotePartitionDeleteMetadataRecord,
  write: writeRemotePartitionDeleteMetadataRecord,
  create: (partial) => ({ ...createRemotePartitionDeleteMetadataRecord(), ...partial }),
});

function readRemotePartitionDeleteMetadataRecordTopicIdPartitionEntry(
  reader: WireReader,
  _version: number,
): RemotePartitionDeleteMetadataRecordTopicIdPartitionEntry {
  const name = reader.string(true);
  const id = reader.uuid();
  const partition = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    id,
    partition,
    unknownTaggedFields,
  };
}

function writeRemotePartitionDeleteMetadataRecordTopicIdPartitionEntry(
  writer: WireWriter,
  message: RemotePartitionDeleteMetadataRecordTopicIdPartitionEntryInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'topicIdPartition.name');
  const id = message.id;
  writer.uuid(id, 'topicIdPartition.id');
  const partition = message.partition;
  writer.int32(partition, 'topicIdPartition.partition');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRemotePartitionDeleteMetadataRecordTopicIdPartitionEntry(): RemotePartitionDeleteMetadataRecordTopicIdPartitionEntry {
  return {
    name: '',
    id: ZERO_UUID,
    partition: 0,
    unknownTaggedFields: undefined,
  };
}

function readRemotePartitionDeleteMetadataRecord(
  reader: WireReader,
  version: number,
): RemotePartitionDeleteMetadataRecord {
  const topicIdPartition = readRemotePartitionDeleteMetadataRecordTopicIdPartitionEntry(reader, version);
  const brokerId = reader.int32();
  const eventTimestampMs = reader.int64();
  const remotePartitionDeleteState = reader.int8();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicIdPartition,
    brokerId,
    eventTimestampMs,
    remotePartitionDeleteState,
    unknownTaggedFields,
  };
}

function writeRemotePartitionDeleteMetadataRecord(
  writer: WireWriter,
  message: RemotePartitionDeleteMetadataRecordInput,
  version: number,
): void {
  const topicIdPartition = message.topicIdPartition;
  writeRemotePartitionDeleteMetadataRecordTopicIdPartitionEntry(writer, topicIdPartition, version);
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  const eventTimestampMs = message.eventTimestampMs;
  writer.int64(eventTimestampMs, 'eventTimestampMs');
  const remotePartitionDeleteState = message.remotePartitionDeleteState;
  writer.int8(remotePartitionDeleteState, 'remotePartitionDeleteState');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRemotePartitionDeleteMetadataRecord(): RemotePartitionDeleteMetadataRecord {
  return {
    topicIdPartition: createRemotePartitionDeleteMetadataRecordTopicIdPartitionEntry(),
    brokerId: 0,
    eventTimestampMs: 0,
    remotePartitionDeleteState: 0,
    unknownTaggedFields: undefined,
  };
}

/** RemoteLogSegmentMetadataSnapshotRecord, version 0. */
export interface RemoteLogSegmentMetadataSnapshotRecord {
  segmentId: string;
  startOffset: number;
  endOffset: number;
  brokerId: number;
  maxTimestampMs: number;
  eventTimestampMs: number;
  segmentLeaderEpochs: RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry[];
  segmentSizeInBytes: number;
  customMetadata: Buffer | null;
  remoteLogSegmentState: number;
  txnIndexEmpty: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataSnapshotRecordInput {
  readonly segmentId: string;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly brokerId: number;
  readonly maxTimestampMs: number;
  readonly eventTimestampMs: number;
  readonly segmentLeaderEpochs: readonly RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntryInput[];
  readonly segmentSizeInBytes: number;
  readonly customMetadata?: Uint8Array | null | undefined;
  readonly remoteLogSegmentState: number;
  readonly txnIndexEmpty?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry {
  leaderEpoch: number;
  offset: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntryInput {
  readonly leaderEpoch: number;
  readonly offset: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** RemoteLogSegmentMetadataSnapshotRecord, version 0. */
export const RemoteLogSegmentMetadataSnapshotRecord: MessageCodec<RemoteLogSegmentMetadataSnapshotRecord, RemoteLogSegmentMetadataSnapshotRecordInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RemoteLogSegmentMetadataSnapshotRecord',
  apiKey: 3,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readRemoteLogSegmentMetadataSnapshotRecord,
  write: writeRemoteLogSegmentMetadataSnapshotRecord,
  create: (partial) => ({ ...createRemoteLogSegmentMetadataSnapshotRecord(), ...partial }),
});

function readRemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry(
  reader: WireReader,
  _version: number,
): RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry {
  const leaderEpoch = reader.int32();
  const offset = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    leaderEpoch,
    offset,
    unknownTaggedFields,
  };
}

function writeRemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry(
  writer: WireWriter,
  message: RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntryInput,
  _version: number,
): void {
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'segmentLeaderEpochs.leaderEpoch');
  const offset = message.offset;
  writer.int64(offset, 'segmentLeaderEpochs.offset');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readRemoteLogSegmentMetadataSnapshotRecord(
  reader: WireReader,
  version: number,
): RemoteLogSegmentMetadataSnapshotRecord {
  const segmentId = reader.uuid();
  const startOffset = reader.int64();
  const endOffset = reader.int64();
  const brokerId = reader.int32();
  const maxTimestampMs = reader.int64();
  const eventTimestampMs = reader.int64();
  const segmentLeaderEpochsCount = reader.arrayLength(true, 13);
  const segmentLeaderEpochs =
    new Array<RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry>(segmentLeaderEpochsCount);
  for (let i = 0; i < segmentLeaderEpochsCount; i++) {
    segmentLeaderEpochs[i] =
      readRemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry(reader, version);
  }
  const segmentSizeInBytes = reader.int32();
  const customMetadata = reader.nullableBytes(true);
  const remoteLogSegmentState = reader.int8();
  let txnIndexEmpty: boolean = false;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        txnIndexEmpty = reader.boolean();
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    segmentId,
    startOffset,
    endOffset,
    brokerId,
    maxTimestampMs,
    eventTimestampMs,
    segmentLeaderEpochs,
    segmentSizeInBytes,
    customMetadata,
    remoteLogSegmentState,
    txnIndexEmpty,
    unknownTaggedFields,
  };
}

function writeRemoteLogSegmentMetadataSnapshotRecord(
  writer: WireWriter,
  message: RemoteLogSegmentMetadataSnapshotRecordInput,
  version: number,
): void {
  const segmentId = message.segmentId;
  writer.uuid(segmentId, 'segmentId');
  const startOffset = message.startOffset;
  writer.int64(startOffset, 'startOffset');
  const endOffset = message.endOffset;
  writer.int64(endOffset, 'endOffset');
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  const maxTimestampMs = message.maxTimestampMs;
  writer.int64(maxTimestampMs, 'maxTimestampMs');
  const eventTimestampMs = message.eventTimestampMs;
  writer.int64(eventTimestampMs, 'eventTimestampMs');
  const segmentLeaderEpochs = message.segmentLeaderEpochs;
  const segmentLeaderEpochsCount = writer.arrayLength(segmentLeaderEpochs, true, 'segmentLeaderEpochs');
  for (let i = 0; i < segmentLeaderEpochsCount; i++) {
    writeRemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry(writer, segmentLeaderEpochs[i]!, version);
  }
  const segmentSizeInBytes = message.segmentSizeInBytes;
  writer.int32(segmentSizeInBytes, 'segmentSizeInBytes');
  const customMetadata = message.customMetadata === undefined ? null : message.customMetadata;
  writer.nullableBytes(customMetadata, true, 'customMetadata');
  const remoteLogSegmentState = message.remoteLogSegmentState;
  writer.int8(remoteLogSegmentState, 'remoteLogSegmentState');
  const txnIndexEmpty = message.txnIndexEmpty === undefined ? false : message.txnIndexEmpty;
  const unknown = message.unknownTaggedFields;
  const has0 = txnIndexEmpty;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writer.boolean(txnIndexEmpty, 'txnIndexEmpty');
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createRemoteLogSegmentMetadataSnapshotRecord(): RemoteLogSegmentMetadataSnapshotRecord {
  return {
    segmentId: ZERO_UUID,
    startOffset: 0,
    endOffset: 0,
    brokerId: 0,
    maxTimestampMs: 0,
    eventTimestampMs: 0,
    segmentLeaderEpochs: [],
    segmentSizeInBytes: 0,
    customMetadata: null,
    remoteLogSegmentState: 0,
    txnIndexEmpty: false,
    unknownTaggedFields: undefined,
  };
}
