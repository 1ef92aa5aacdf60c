// Generated from definitions/apis/56-alter-partition.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Lets a partition leader change the in-sync replicas.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of AlterPartition (API key 56), versions 2 to 3.
 * Lets a partition leader change the in-sync replicas.
 */
export interface AlterPartitionRequest {
  brokerId: number;
  brokerEpoch: number;
  topics: AlterPartitionRequestTopicData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterPartitionRequestInput {
  readonly brokerId: number;
  readonly brokerEpoch?: number | undefined;
  readonly topics: readonly AlterPartitionRequestTopicDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterPartitionRequestTopicData {
  topicId: string;
  partitions: AlterPartitionRequestPartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterPartitionRequestTopicDataInput {
  readonly topicId?: string | undefined;
  readonly partitions: readonly AlterPartitionRequestPartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterPartitionRequestPartitionData {
  partitionIndex: number;
  leaderEpoch: number;
  newIsr: number[];
  newIsrWithEpochs: AlterPartitionRequestBrokerState[];
  leaderRecoveryState: number;
  partitionEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterPartitionRequestPartitionDataInput {
  readonly partitionIndex: number;
  readonly leaderEpoch: number;
  readonly newIsr?: readonly number[] | undefined;
  readonly newIsrWithEpochs?: readonly AlterPartitionRequestBrokerStateInput[] | undefined;
  readonly leaderRecoveryState?: number | undefined;
  readonly partitionEpoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterPartitionRequestBrokerState {
  brokerId: number;
  brokerEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterPartitionRequestBrokerStateInput {
  readonly brokerId: number;
  readonly brokerEpoch?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of AlterPartition (API key 56), versions 2 to 3.
 * Lets a partition leader change the in-sync replicas.
 */
export const AlterPartitionRequest: MessageCodec<AlterPartitionRequest, AlterPartitionRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterPartitionRequest',
  apiKey: 56,
  minVersion: 2,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readAlterPartitionRequest,
  write: writeAlterPartitionRequest,
  create: (partial) => ({ ...createAlterPartitionRequest(), ...partial }),
});

function readAlterPartitionRequestBrokerState(
  reader: WireReader,
  _version: number,
): AlterPartitionRequestBrokerState {
  const brokerId = reader.int32();
  const brokerEpoch = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    brokerId,
    brokerEpoch,
    unknownTaggedFields,
  };
}

function writeAlterPartitionRequestBrokerState(
  writer: WireWriter,
  message: AlterPartitionRequestBrokerStateInput,
  _version: number,
): void {
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'topics.partitions.newIsrWithEpochs.brokerId');
  const brokerEpoch = message.brokerEpoch === undefined ? -1 : message.brokerEpoch;
  writer.int64(brokerEpoch, 'topics.partitions.newIsrWithEpochs.brokerEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterPartitionRequestPartitionData(
  reader: WireReader,
  version: number,
): AlterPartitionRequestPartitionData {
  const partitionIndex = reader.int32();
  const leaderEpoch = reader.int32();
  let newIsr: number[] = [];
  if (version <= 2) {
    const newIsrCount = reader.arrayLength(true, 4);
    newIsr = reader.int32Elements(newIsrCount);
  }
  let newIsrWithEpochs: AlterPartitionRequestBrokerState[] = [];
  if (version >= 3) {
    const newIsrWithEpochsCount = reader.arrayLength(true, 13);
    newIsrWithEpochs = new Array<AlterPartitionRequestBrokerState>(newIsrWithEpochsCount);
    for (let i = 0; i < newIsrWithEpochsCount; i++) {
      newIsrWithEpochs[i] = readAlterPartitionRequestBrokerState(reader, version);
    }
  }
  const leaderRecoveryState = reader.int8();
  const partitionEpoch = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    leaderEpoch,
    newIsr,
    newIsrWithEpochs,
    leaderRecoveryState,
    partitionEpoch,
    unknownTaggedFields,
  };
}

function writeAlterPartitionRequestPartitionData(
  writer: WireWriter,
  message: AlterPartitionRequestPartitionDataInput,
  version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  const newIsr = message.newIsr === undefined ? [] : message.newIsr;
  if (version <= 2) {
    const newIsrCount = writer.arrayLength(newIsr, true, 'topics.partitions.newIsr');
    for (let i = 0; i < newIsrCount; i++) {
      writer.int32(newIsr[i]!, 'topics.partitions.newIsr');
    }
  } else if (newIsr.length > 0) {
    throw writer.notInVersion('topics.partitions.newIsr');
  }
  const newIsrWithEpochs = message.newIsrWithEpochs === undefined ? [] : message.newIsrWithEpochs;
  if (version >= 3) {
    const newIsrWithEpochsCount =
      writer.arrayLength(newIsrWithEpochs, true, 'topics.partitions.newIsrWithEpochs');
    for (let i = 0; i < newIsrWithEpochsCount; i++) {
      writeAlterPartitionRequestBrokerState(writer, newIsrWithEpochs[i]!, version);
    }
  } else if (newIsrWithEpochs.length > 0) {
    throw writer.notInVersion('topics.partitions.newIsrWithEpochs');
  }
  const leaderRecoveryState = message.leaderRecoveryState === undefined ? 0 : message.leaderRecoveryState;
  writer.int8(leaderRecoveryState, 'topics.partitions.leaderRecoveryState');
  const partitionEpoch = message.partitionEpoch;
  writer.int32(partitionEpoch, 'topics.partitions.partitionEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterPartitionRequestTopicData(
  reader: WireReader,
  version: number,
): AlterPartitionRequestTopicData {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 15);
  const partitions = new Array<AlterPartitionRequestPartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readAlterPartitionRequestPartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeAlterPartitionRequestTopicData(
  writer: WireWriter,
  message: AlterPartitionRequestTopicDataInput,
  version: number,
): void {
  const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
  writer.uuid(topicId, 'topics.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeAlterPartitionRequestPartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterPartitionRequest(reader: WireReader, version: number): AlterPartitionRequest {
  const brokerId = reader.int32();
  const brokerEpoch = reader.int64();
  const topicsCount = reader.arrayLength(true, 18);
  const topics = new Array<AlterPartitionRequestTopicData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readAlterPartitionRequestTopicData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    brokerId,
    brokerEpoch,
    topics,
    unknownTaggedFields,
  };
}

function writeAlterPartitionRequest(
  writer: WireWriter,
  message: AlterPartitionRequestInput,
  version: number,
): void {
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  const brokerEpoch = message.brokerEpoch === undefined ? -1 : message.brokerEpoch;
  writer.int64(brokerEpoch, 'brokerEpoch');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeAlterPartitionRequestTopicData(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAlterPartitionRequest(): AlterPartitionRequest {
  return {
    brokerId: 0,
    brokerEpoch: -1,
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of AlterPartition (API key 56), versions 2 to 3.
 * Lets a partition leader change the in-sync replicas.
 */
export interface AlterPartitionResponse {
  throttleTimeMs: number;
  errorCode: number;
  topics: AlterPartitionResponseTopicData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterPartitionResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly topics: readonly AlterPartitionResponseTopicDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterPartitionResponseTopicData {
  topicId: string;
  partitions: AlterPartitionResponsePartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterPartitionResponseTopicDataInput {
  readonly topicId?: string | undefined;
  readonly partitions: readonly AlterPartitionResponsePartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterPartitionResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  leaderId: number;
  leaderEpoch: number;
  isr: number[];
  leaderRecoveryState: number;
  partitionEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterPartitionResponsePartitionDataInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly isr: readonly number[];
  readonly leaderRecoveryState?: number | undefined;
  readonly partitionEpoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of AlterPartition (API key 56), versions 2 to 3.
 * Lets a partition leader change the in-sync replicas.
 */
export const AlterPartitionResponse: MessageCodec<AlterPartitionResponse, AlterPartitionResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterPartitionResponse',
  apiKey: 56,
  minVersion: 2,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readAlterPartitionResponse,
  write: writeAlterPartitionResponse,
  create: (partial) => ({ ...createAlterPartitionResponse(), ...partial }),
});

function readAlterPartitionResponsePartitionData(
  reader: WireReader,
  _version: number,
): AlterPartitionResponsePartitionData {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const isrCount = reader.arrayLength(true, 4);
  const isr = reader.int32Elements(isrCount);
  const leaderRecoveryState = reader.int8();
  const partitionEpoch = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    errorCode,
    leaderId,
    leaderEpoch,
    isr,
    leaderRecoveryState,
    partitionEpoch,
    unknownTaggedFields,
  };
}

function writeAlterPartitionResponsePartitionData(
  writer: WireWriter,
  message: AlterPartitionResponsePartitionDataInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  const leaderId = message.leaderId;
  writer.int32(leaderId, 'topics.partitions.leaderId');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  const isr = message.isr;
  const isrCount = writer.arrayLength(isr, true, 'topics.partitions.isr');
  for (let i = 0; i < isrCount; i++) {
    writer.int32(isr[i]!, 'topics.partitions.isr');
  }
  const leaderRecoveryState = message.leaderRecoveryState === undefined ? 0 : message.leaderRecoveryState;
  writer.int8(leaderRecoveryState, 'topics.partitions.leaderRecoveryState');
  const partitionEpoch = message.partitionEpoch;
  writer.int32(partitionEpoch, 'topics.partitions.partitionEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterPartitionResponseTopicData(
  reader: WireReader,
  version: number,
): AlterPartitionResponseTopicData {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 21);
  const partitions = new Array<AlterPartitionResponsePartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readAlterPartitionResponsePartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeAlterPartitionResponseTopicData(
  writer: WireWriter,
  message: AlterPartitionResponseTopicDataInput,
  version: number,
): void {
  const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
  writer.uuid(topicId, 'topics.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeAlterPartitionResponsePartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterPartitionResponse(reader: WireReader, version: number): AlterPartitionResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const topicsCount = reader.arrayLength(true, 18);
  const topics = new Array<AlterPartitionResponseTopicData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readAlterPartitionResponseTopicData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    topics,
    unknownTaggedFields,
  };
}

function writeAlterPartitionResponse(
  writer: WireWriter,
  message: AlterPartitionResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeAlterPartitionResponseTopicData(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAlterPartitionResponse(): AlterPartitionResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    topics: [],
    unknownTaggedFields: undefined,
  };
}
