import { WireReader, type WireWriter } from '@millrace/protocol';
import {
  ConsumerGroupCurrentMemberAssignmentKey,
  ConsumerGroupCurrentMemberAssignmentValue,
  type ConsumerGroupCurrentMemberAssignmentValueTopicPartitions,
  ConsumerGroupMemberMetadataKey,
  ConsumerGroupMemberMetadataValue,
  ConsumerGroupMetadataKey,
  ConsumerGroupRegularExpressionKey,
  ConsumerGroupRegularExpressionValue,
  ConsumerGroupTargetAssignmentMemberKey,
  ConsumerGroupTargetAssignmentMemberValue,
  ConsumerGroupTargetAssignmentMetadataKey,
  ConsumerGroupTargetAssignmentMetadataValue,
} from '@millrace/protocol/messages/coordinator-records';
import { prefixedBytes, readPrefixed } from '../../coordinator/prefixed-bytes.ts';
import type { CoordinatorRecord } from '../../coordinator/state-machine.ts';
import type { RecordOfGroup, RecordOfMember } from '../keyed-record.ts';
import type { CurrentAssignment, MemberMetadata, MemberState } from './consumer-member.ts';
import { readGroupEpoch, writeGroupEpoch, type GroupEpoch } from './group-epoch-value.ts';
import { type AssignedPartitions, fromList, toList, type TopicPartitions } from './topic-partitions.ts';

/** When the target assignment was computed, and for which epoch of the group. */
export interface TargetEpoch {
  readonly epoch: number;
  /** Wall time; 0 in records that do not tell. */
  readonly timestampMs: number;
}

/** The topics that a regular expression stood for when it was last resolved. */
export interface ResolvedRegex {
  readonly topics: readonly string[];
  /** Offset of the metadata log it was resolved at. */
  readonly version: number;
  readonly timestampMs: number;
}

/** A record of a consumer group. The key is everything but the value. */
export type ConsumerRecord =
  | RecordOfGroup<'consumer-epoch', GroupEpoch>
  | RecordOfMember<'consumer-member', MemberMetadata>
  | RecordOfGroup<'consumer-target-epoch', TargetEpoch>
  | RecordOfMember<'consumer-target', TopicPartitions>
  | RecordOfMember<'consumer-current', CurrentAssignment>
  | RegexRecord;

interface RegexRecord extends RecordOfGroup<'consumer-regex', ResolvedRegex> {
  readonly regex: string;
}

// The int16 that a key starts with. 4 was ConsumerGroupPartitionMetadata, which nothing reads any more.
const keyType = {
  'consumer-epoch': 3,
  'consumer-member': 5,
  'consumer-target-epoch': 6,
  'consumer-target': 7,
  'consumer-current': 8,
  'consumer-regex': 16,
} as const;

/** The bytes of a record as Apache Kafka 4.3 writes them. */
export function encodeConsumerRecord(record: ConsumerRecord): CoordinatorRecord {
  const key = prefixedBytes(keyType[record.type], (writer) => writeKey(writer, record));
  return {
    key,
    value: record.value === null ? null : prefixedBytes(0, (writer) => writeValue(writer, record)),
  };
}

function writeKey(writer: WireWriter, record: ConsumerRecord): void {
  const { groupId } = record;
  switch (record.type) {
    case 'consumer-epoch':
      return ConsumerGroupMetadataKey.write(writer, { groupId }, 0);
    case 'consumer-member':
      return ConsumerGroupMemberMetadataKey.write(writer, record, 0);
    case 'consumer-target-epoch':
      return ConsumerGroupTargetAssignmentMetadataKey.write(writer, { groupId }, 0);
    case 'consumer-target':
      return ConsumerGroupTargetAssignmentMemberKey.write(writer, record, 0);
    case 'consumer-current':
      return ConsumerGroupCurrentMemberAssignmentKey.write(writer, record, 0);
    case 'consumer-regex':
      return ConsumerGroupRegularExpressionKey.write(writer, { groupId, regularExpression: record.regex }, 0);
  }
}

function writeValue(writer: WireWriter, record: ConsumerRecord): void {
  switch (record.type) {
    case 'consumer-epoch':
      return writeGroupEpoch(writer, record.value!);
    case 'consumer-member':
      return writeMember(writer, record.value!);
    case 'consumer-target-epoch': {
      const { epoch, timestampMs } = record.value!;
      const fields = { assignmentEpoch: epoch, assignmentTimestamp: timestampMs };
      return ConsumerGroupTargetAssignmentMetadataValue.write(writer, fields, 0);
    }
    case 'consumer-target': {
      const topicPartitions = toList(record.value!);
      return ConsumerGroupTargetAssignmentMemberValue.write(writer, { topicPartitions }, 0);
    }
    case 'consumer-current':
      return writeCurrent(writer, record.value!);
    case 'consumer-regex': {
      const { topics, version, timestampMs } = record.value!;
      const fields = { topics, version, timestamp: timestampMs };
      return ConsumerGroupRegularExpressionValue.write(writer, fields, 0);
    }
  }
}

function writeMember(writer: WireWriter, metadata: MemberMetadata): void {
  const { topicNames, topicRegex, classic, ...rest } = metadata;
  const classicMemberMetadata =
    classic === null
      ? null
      : { sessionTimeoutMs: classic.sessionTimeoutMs, supportedProtocols: classic.protocols };
  ConsumerGroupMemberMetadataValue.write(
    writer,
    { ...rest, subscribedTopicNames: topicNames, subscribedTopicRegex: topicRegex, classicMemberMetadata },
    0,
  );
}

function writeCurrent(writer: WireWriter, current: CurrentAssignment): void {
  ConsumerGroupCurrentMemberAssignmentValue.write(
    writer,
    {
      memberEpoch: current.memberEpoch,
      previousMemberEpoch: current.previousMemberEpoch,
      state: current.state,
      assignedPartitions: listWithEpochs(current.assigned),
      partitionsPendingRevocation: listWithEpochs(current.pendingRevocation),
    },
    0,
  );
}

function listWithEpochs(assigned: AssignedPartitions) {
  return [...assigned].map(([topicId, epochs]) => {
    const sorted = [...epochs].toSorted(([a], [b]) => a - b);
    return {
      topicId,
      partitions: sorted.map(([partition]) => partition),
      assignmentEpochs: sorted.map(([, epoch]) => epoch),
    };
  });
}

/** Reads a record back. @returns `undefined` when it is not one of a consumer group. */
export function decodeConsumerRecord({ key, value }: CoordinatorRecord): ConsumerRecord | undefined {
  const reader = new WireReader(key);
  const type = reader.int16();
  const read = <Value>(decode: (reader: WireReader) => Value) => readPrefixed(value, decode);
  switch (type) {
    case keyType['consumer-epoch']: {
      const { groupId } = ConsumerGroupMetadataKey.read(reader, 0);
      return { type: 'consumer-epoch', groupId, value: read(readGroupEpoch) };
    }
    case keyType['consumer-member']: {
      const { groupId, memberId } = ConsumerGroupMemberMetadataKey.read(reader, 0);
      return { type: 'consumer-member', groupId, memberId, value: read(readMember) };
    }
    case keyType['consumer-target-epoch']: {
      const { groupId } = ConsumerGroupTargetAssignmentMetadataKey.read(reader, 0);
      return { type: 'consumer-target-epoch', groupId, value: read(readTargetEpoch) };
    }
    case keyType['consumer-target']: {
      const { groupId, memberId } = ConsumerGroupTargetAssignmentMemberKey.read(reader, 0);
      return { type: 'consumer-target', groupId, memberId, value: read(readTarget) };
    }
    case keyType['consumer-current']: {
      const { groupId, memberId } = ConsumerGroupCurrentMemberAssignmentKey.read(reader, 0);
      return { type: 'consumer-current', groupId, memberId, value: read(readCurrent) };
    }
    case keyType['consumer-regex']: {
      const { groupId, regularExpression } = ConsumerGroupRegularExpressionKey.read(reader, 0);
      return { type: 'consumer-regex', groupId, regex: regularExpression, value: read(readRegex) };
    }
    default:
      return undefined;
  }
}

function readMember(reader: WireReader): MemberMetadata {
  const fields = ConsumerGroupMemberMetadataValue.read(reader, 0);
  const classic = fields.classicMemberMetadata;
  return {
    instanceId: fields.instanceId,
    rackId: fields.rackId,
    clientId: fields.clientId,
    clientHost: fields.clientHost,
    topicNames: fields.subscribedTopicNames,
    topicRegex: fields.subscribedTopicRegex ?? '',
    rebalanceTimeoutMs: fields.rebalanceTimeoutMs,
    serverAssignor: fields.serverAssignor,
    classic:
      // An absent field reads as a struct without protocols; nobody joins with none.
      classic === null || classic.supportedProtocols.length === 0
        ? null
        : {
            sessionTimeoutMs: classic.sessionTimeoutMs,
            // Copied: as slices they would keep the buffers of the replay alive.
            protocols: classic.supportedProtocols.map(({ name, metadata }) => ({
              name,
              metadata: Buffer.from(metadata),
            })),
          },
  };
}

function readTargetEpoch(reader: WireReader): TargetEpoch {
  const fields = ConsumerGroupTargetAssignmentMetadataValue.read(reader, 0);
  return { epoch: fields.assignmentEpoch, timestampMs: fields.assignmentTimestamp };
}

function readTarget(reader: WireReader): TopicPartitions {
  return fromList(ConsumerGroupTargetAssignmentMemberValue.read(reader, 0).topicPartitions);
}

function readCurrent(reader: WireReader): CurrentAssignment {
  const fields = ConsumerGroupCurrentMemberAssignmentValue.read(reader, 0);
  const { memberEpoch, previousMemberEpoch } = fields;
  return {
    // A state that only newer brokers know: the member is stable as far as it goes, and is moved on from there.
    state: (fields.state <= 2 ? fields.state : 0) as MemberState,
    memberEpoch,
    previousMemberEpoch,
    assigned: readAssigned(fields.assignedPartitions, memberEpoch),
    pendingRevocation: readAssigned(fields.partitionsPendingRevocation, memberEpoch),
  };
}

/** Records of brokers before KIP-1251 have no epochs per partition: that of the member stands for them. */
function readAssigned(
  list: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[],
  memberEpoch: number,
): AssignedPartitions {
  return new Map(
    list.map(({ topicId, partitions, assignmentEpochs }) => [
      topicId,
      new Map(partitions.map((partition, at) => [partition, assignmentEpochs?.[at] ?? memberEpoch])),
    ]),
  );
}

function readRegex(reader: WireReader): ResolvedRegex {
  const { topics, version, timestamp } = ConsumerGroupRegularExpressionValue.read(reader, 0);
  return { topics, version, timestampMs: timestamp };
}
