// Generated from definitions/structures/consumer-protocol.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// What members of a classic consumer group hand each other through the coordinator.
// Each is written as int16 version + body. Readers accept a higher version and read the part they know.

import type { Buffer } from 'node:buffer';

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/** ConsumerProtocolAssignment, versions 0 to 3. */
export interface ConsumerProtocolAssignment {
  assignedPartitions: ConsumerProtocolAssignmentTopicPartition[];
  userData: Buffer | null;
}

export interface ConsumerProtocolAssignmentInput {
  readonly assignedPartitions: readonly ConsumerProtocolAssignmentTopicPartitionInput[];
  readonly userData?: Uint8Array | null | undefined;
}

export interface ConsumerProtocolAssignmentTopicPartition {
  topic: string;
  partitions: number[];
}

export interface ConsumerProtocolAssignmentTopicPartitionInput {
  readonly topic: string;
  readonly partitions: readonly number[];
}

/** ConsumerProtocolAssignment, versions 0 to 3. */
export const ConsumerProtocolAssignment: MessageCodec<ConsumerProtocolAssignment, ConsumerProtocolAssignmentInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerProtocolAssignment',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 3,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readConsumerProtocolAssignment,
  write: writeConsumerProtocolAssignment,
  create: (partial) => ({ ...createConsumerProtocolAssignment(), ...partial }),
});

function readConsumerProtocolAssignmentTopicPartition(
  reader: WireReader,
  _version: number,
): ConsumerProtocolAssignmentTopicPartition {
  const topic = reader.string(false);
  const partitionsCount = reader.arrayLength(false, 4);
  const partitions = reader.int32Elements(partitionsCount);
  return {
    topic,
    partitions,
  };
}

function writeConsumerProtocolAssignmentTopicPartition(
  writer: WireWriter,
  message: ConsumerProtocolAssignmentTopicPartitionInput,
  _version: number,
): void {
  const topic = message.topic;
  writer.string(topic, false, 'assignedPartitions.topic');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, false, 'assignedPartitions.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'assignedPartitions.partitions');
  }
}

function readConsumerProtocolAssignment(reader: WireReader, version: number): ConsumerProtocolAssignment {
  const assignedPartitionsCount = reader.arrayLength(false, 6);
  const assignedPartitions = new Array<ConsumerProtocolAssignmentTopicPartition>(assignedPartitionsCount);
  for (let i = 0; i < assignedPartitionsCount; i++) {
    assignedPartitions[i] = readConsumerProtocolAssignmentTopicPartition(reader, version);
  }
  const userData = reader.nullableBytes(false);
  return {
    assignedPartitions,
    userData,
  };
}

function writeConsumerProtocolAssignment(
  writer: WireWriter,
  message: ConsumerProtocolAssignmentInput,
  version: number,
): void {
  const assignedPartitions = message.assignedPartitions;
  const assignedPartitionsCount = writer.arrayLength(assignedPartitions, false, 'assignedPartitions');
  for (let i = 0; i < assignedPartitionsCount; i++) {
    writeConsumerProtocolAssignmentTopicPartition(writer, assignedPartitions[i]!, version);
  }
  const userData = message.userData === undefined ? null : message.userData;
  writer.nullableBytes(userData, false, 'userData');
}

function createConsumerProtocolAssignment(): ConsumerProtocolAssignment {
  return {
    assignedPartitions: [],
    userData: null,
  };
}

/** ConsumerProtocolSubscription, versions 0 to 3. */
export interface ConsumerProtocolSubscription {
  topics: string[];
  userData: Buffer | null;
  ownedPartitions: ConsumerProtocolSubscriptionTopicPartition[];
  generationId: number;
  rackId: string | null;
}

export interface ConsumerProtocolSubscriptionInput {
  readonly topics: readonly string[];
  readonly userData?: Uint8Array | null | undefined;
  readonly ownedPartitions?: readonly ConsumerProtocolSubscriptionTopicPartitionInput[] | undefined;
  readonly generationId?: number | undefined;
  readonly rackId?: string | null | undefined;
}

export interface ConsumerProtocolSubscriptionTopicPartition {
  topic: string;
  partitions: number[];
}

export interface ConsumerProtocolSubscriptionTopicPartitionInput {
  readonly topic: string;
  readonly partitions: readonly number[];
}

/** ConsumerProtocolSubscription, versions 0 to 3. */
export const ConsumerProtocolSubscription: MessageCodec<ConsumerProtocolSubscription, ConsumerProtocolSubscriptionInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerProtocolSubscription',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 3,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readConsumerProtocolSubscription,
  write: writeConsumerProtocolSubscription,
  create: (partial) => ({ ...createConsumerProtocolSubscription(), ...partial }),
});

function readConsumerProtocolSubscriptionTopicPartition(
  reader: WireReader,
  _version: number,
): ConsumerProtocolSubscriptionTopicPartition {
  const topic = reader.string(false);
  const partitionsCount = reader.arrayLength(false, 4);
  const partitions = reader.int32Elements(partitionsCount);
  return {
    topic,
    partitions,
  };
}

function writeConsumerProtocolSubscriptionTopicPartition(
  writer: WireWriter,
  message: ConsumerProtocolSubscriptionTopicPartitionInput,
  _version: number,
): void {
  const topic = message.topic;
  writer.string(topic, false, 'ownedPartitions.topic');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, false, 'ownedPartitions.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'ownedPartitions.partitions');
  }
}

function readConsumerProtocolSubscription(reader: WireReader, version: number): ConsumerProtocolSubscription {
  const topicsCount = reader.arrayLength(false, 2);
  const topics = new Array<string>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = reader.string(false);
  }
  const userData = reader.nullableBytes(false);
  let ownedPartitions: ConsumerProtocolSubscriptionTopicPartition[] = [];
  if (version >= 1) {
    const ownedPartitionsCount = reader.arrayLength(false, 6);
    ownedPartitions = new Array<ConsumerProtocolSubscriptionTopicPartition>(ownedPartitionsCount);
    for (let i = 0; i < ownedPartitionsCount; i++) {
      ownedPartitions[i] = readConsumerProtocolSubscriptionTopicPartition(reader, version);
    }
  }
  const generationId = version >= 2 ? reader.int32() : -1;
  const rackId = version >= 3 ? reader.nullableString(false) : null;
  return {
    topics,
    userData,
    ownedPartitions,
    generationId,
    rackId,
  };
}

function writeConsumerProtocolSubscription(
  writer: WireWriter,
  message: ConsumerProtocolSubscriptionInput,
  version: number,
): void {
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, false, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writer.string(topics[i]!, false, 'topics');
  }
  const userData = message.userData === undefined ? null : message.userData;
  writer.nullableBytes(userData, false, 'userData');
  if (version >= 1) {
    const ownedPartitions = message.ownedPartitions === undefined ? [] : message.ownedPartitions;
    const ownedPartitionsCount = writer.arrayLength(ownedPartitions, false, 'ownedPartitions');
    for (let i = 0; i < ownedPartitionsCount; i++) {
      writeConsumerProtocolSubscriptionTopicPartition(writer, ownedPartitions[i]!, version);
    }
  }
  if (version >= 2) {
    const generationId = message.generationId === undefined ? -1 : message.generationId;
    writer.int32(generationId, 'generationId');
  }
  if (version >= 3) {
    const rackId = message.rackId === undefined ? null : message.rackId;
    writer.nullableString(rackId, false, 'rackId');
  }
}

function createConsumerProtocolSubscription(): ConsumerProtocolSubscription {
  return {
    topics: [],
    userData: null,
    ownedPartitions: [],
    generationId: -1,
    rackId: null,
  };
}
