import { WireReader, type WireWriter } from '@millrace/protocol';
import {
  ShareGroupCurrentMemberAssignmentKey,
  ShareGroupCurrentMemberAssignmentValue,
  ShareGroupMemberMetadataKey,
  ShareGroupMemberMetadataValue,
  ShareGroupMetadataKey,
  ShareGroupMetadataValue,
  ShareGroupStatePartitionMetadataKey,
  ShareGroupStatePartitionMetadataValue,
  ShareGroupTargetAssignmentMemberKey,
  ShareGroupTargetAssignmentMemberValue,
  ShareGroupTargetAssignmentMetadataKey,
  ShareGroupTargetAssignmentMetadataValue,
} from '@millrace/protocol/messages/coordinator-records';
import { prefixedBytes, readPrefixed } from '../../coordinator/prefixed-bytes.ts';
import type { CoordinatorRecord } from '../../coordinator/state-machine.ts';
import type { TargetEpoch } from '../consumer/consumer-records.ts';
import type { GroupEpoch } from '../consumer/group-epoch-value.ts';
import type { RecordOfGroup, RecordOfMember } from '../keyed-record.ts';
import { hashNumber, hashText } from '../consumer/topics-hash.ts';
import { fromList, toList, type TopicPartitions } from '../consumer/topic-partitions.ts';
import type { ShareAssignment, ShareMemberMetadata } from './share-member.ts';
import type { StatePartitions, StateTopic } from './state-partitions.ts';

/** A record of a share group. The key is everything but the value. */
export type ShareGroupRecord =
  | RecordOfGroup<'share-epoch', GroupEpoch>
  | RecordOfMember<'share-member', ShareMemberMetadata>
  | RecordOfGroup<'share-target-epoch', TargetEpoch>
  | RecordOfMember<'share-target', TopicPartitions>
  | RecordOfMember<'share-current', ShareAssignment>
  | RecordOfGroup<'share-state', StatePartitions>;

/** Is this a record of a share group? */
export function isShareGroupRecord(record: { readonly type: string }): record is ShareGroupRecord {
  return record.type in keyType;
}

// The int16 that a key starts with.
const keyType = {
  'share-member': 10,
  'share-epoch': 11,
  'share-target-epoch': 12,
  'share-target': 13,
  'share-current': 14,
  'share-state': 15,
} as const;

/** The state of a member that has what its epoch gives it; members of share groups have no other. */
const STABLE = 0;

/** The bytes of a record as Apache Kafka 4.3 writes them. */
export function encodeShareGroupRecord(record: ShareGroupRecord): CoordinatorRecord {
  const key = prefixedBytes(keyType[record.type], (writer) => writeKey(writer, record));
  return {
    key,
    value: record.value === null ? null : prefixedBytes(0, (writer) => writeValue(writer, record)),
  };
}

function writeKey(writer: WireWriter, record: ShareGroupRecord): void {
  const { groupId } = record;
  switch (record.type) {
    case 'share-epoch':
      return ShareGroupMetadataKey.write(writer, { groupId }, 0);
    case 'share-member':
      return ShareGroupMemberMetadataKey.write(writer, record, 0);
    case 'share-target-epoch':
      return ShareGroupTargetAssignmentMetadataKey.write(writer, { groupId }, 0);
    case 'share-target':
      return ShareGroupTargetAssignmentMemberKey.write(writer, record, 0);
    case 'share-current':
      return ShareGroupCurrentMemberAssignmentKey.write(writer, record, 0);
    case 'share-state':
      return ShareGroupStatePartitionMetadataKey.write(writer, { groupId }, 0);
  }
}

function writeValue(writer: WireWriter, record: ShareGroupRecord): void {
  switch (record.type) {
    case 'share-epoch': {
      const { epoch, metadataHash } = record.value!;
      return ShareGroupMetadataValue.write(writer, { epoch, metadataHash: hashNumber(metadataHash) }, 0);
    }
    case 'share-member': {
      const { topicNames, ...rest } = record.value!;
      return ShareGroupMemberMetadataValue.write(writer, { ...rest, subscribedTopicNames: topicNames }, 0);
    }
    case 'share-target-epoch': {
      const { epoch, timestampMs } = record.value!;
      const fields = { assignmentEpoch: epoch, assignmentTimestamp: timestampMs };
      return ShareGroupTargetAssignmentMetadataValue.write(writer, fields, 0);
    }
    case 'share-target': {
      const topicPartitions = toList(record.value!);
      return ShareGroupTargetAssignmentMemberValue.write(writer, { topicPartitions }, 0);
    }
    case 'share-current': {
      const { memberEpoch, previousMemberEpoch, partitions } = record.value!;
      const fields = {
        memberEpoch,
        previousMemberEpoch,
        state: STABLE,
        assignedPartitions: toList(partitions),
      };
      return ShareGroupCurrentMemberAssignmentValue.write(writer, fields, 0);
    }
    case 'share-state': {
      const { initializing, initialized, deleting } = record.value!;
      const fields = {
        initializingTopics: [...initializing.values()],
        initializedTopics: [...initialized.values()],
        deletingTopics: [...deleting.values()],
      };
      return ShareGroupStatePartitionMetadataValue.write(writer, fields, 0);
    }
  }
}

/** Reads a record back. @returns `undefined` when it is not one of a share group. */
export function decodeShareGroupRecord({ key, value }: CoordinatorRecord): ShareGroupRecord | undefined {
  const reader = new WireReader(key);
  const type = reader.int16();
  const read = <Value>(decode: (reader: WireReader) => Value) => readPrefixed(value, decode);
  switch (type) {
    case keyType['share-epoch']: {
      const { groupId } = ShareGroupMetadataKey.read(reader, 0);
      return { type: 'share-epoch', groupId, value: read(readEpoch) };
    }
    case keyType['share-member']: {
      const { groupId, memberId } = ShareGroupMemberMetadataKey.read(reader, 0);
      return { type: 'share-member', groupId, memberId, value: read(readMember) };
    }
    case keyType['share-target-epoch']: {
      const { groupId } = ShareGroupTargetAssignmentMetadataKey.read(reader, 0);
      return { type: 'share-target-epoch', groupId, value: read(readTargetEpoch) };
    }
    case keyType['share-target']: {
      const { groupId, memberId } = ShareGroupTargetAssignmentMemberKey.read(reader, 0);
      return { type: 'share-target', groupId, memberId, value: read(readTarget) };
    }
    case keyType['share-current']: {
      const { groupId, memberId } = ShareGroupCurrentMemberAssignmentKey.read(reader, 0);
      return { type: 'share-current', groupId, memberId, value: read(readCurrent) };
    }
    case keyType['share-state']: {
      const { groupId } = ShareGroupStatePartitionMetadataKey.read(reader, 0);
      return { type: 'share-state', groupId, value: read(readState) };
    }
    default:
      return undefined;
  }
}

function readEpoch(reader: WireReader): GroupEpoch {
  const { epoch, metadataHash } = ShareGroupMetadataValue.read(reader, 0);
  return { epoch, metadataHash: hashText(metadataHash) };
}

function readMember(reader: WireReader): ShareMemberMetadata {
  const { rackId, clientId, clientHost, subscribedTopicNames } = ShareGroupMemberMetadataValue.read(
    reader,
    0,
  );
  return { rackId, clientId, clientHost, topicNames: subscribedTopicNames };
}

function readTargetEpoch(reader: WireReader): TargetEpoch {
  const fields = ShareGroupTargetAssignmentMetadataValue.read(reader, 0);
  return { epoch: fields.assignmentEpoch, timestampMs: fields.assignmentTimestamp };
}

function readTarget(reader: WireReader): TopicPartitions {
  return fromList(ShareGroupTargetAssignmentMemberValue.read(reader, 0).topicPartitions);
}

function readCurrent(reader: WireReader): ShareAssignment {
  const fields = ShareGroupCurrentMemberAssignmentValue.read(reader, 0);
  const { memberEpoch, previousMemberEpoch, assignedPartitions } = fields;
  return { memberEpoch, previousMemberEpoch, partitions: fromList(assignedPartitions) };
}

function readState(reader: WireReader): StatePartitions {
  const fields = ShareGroupStatePartitionMetadataValue.read(reader, 0);
  return {
    initializing: byId(fields.initializingTopics),
    initialized: byId(fields.initializedTopics),
    deleting: byId(fields.deletingTopics.map((topic) => ({ ...topic, partitions: [] }))),
  };
}

function byId(topics: readonly StateTopic[]): ReadonlyMap<string, StateTopic> {
  return new Map(
    topics.map(({ topicId, topicName, partitions }) => [
      topicId,
      { topicId, topicName, partitions: partitions.toSorted((a, b) => a - b) },
    ]),
  );
}
