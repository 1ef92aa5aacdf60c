import { WireReader, ZERO_UUID } from '@millrace/protocol';
import {
  GroupMetadataKey,
  GroupMetadataValue,
  LegacyOffsetCommitKey,
  LegacyOffsetCommitValue,
  OffsetCommitKey,
  OffsetCommitValue,
} from '@millrace/protocol/messages/coordinator-records';
import {
  type ConsumerRecord,
  decodeConsumerRecord,
  encodeConsumerRecord,
} from './consumer/consumer-records.ts';
import type { CommittedOffset } from './offsets/committed-offset.ts';
import {
  decodeShareGroupRecord,
  encodeShareGroupRecord,
  isShareGroupRecord,
  type ShareGroupRecord,
} from './share/share-group-records.ts';
import {
  decodeStreamsRecord,
  encodeStreamsRecord,
  isStreamsRecord,
  type StreamsRecord,
} from './streams/streams-records.ts';
import { prefixedBytes } from '../coordinator/prefixed-bytes.ts';
import type { CoordinatorRecord } from '../coordinator/state-machine.ts';

/** A record of `__consumer_offsets`; `value` null is a tombstone. */
export type GroupRecord =
  | OffsetCommitRecord
  | GroupMetadataRecord
  | ConsumerRecord
  | ShareGroupRecord
  | StreamsRecord;

export interface OffsetCommitRecord {
  readonly type: 'offset-commit';
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly value: CommittedOffset | null;
}

export interface GroupMetadataRecord {
  readonly type: 'group-metadata';
  readonly groupId: string;
  readonly value: GroupMetadataValue | null;
}

// The int16 that a key starts with is the type of the record; the one of a value is its version.
const LEGACY_OFFSET_COMMIT = 0;
const OFFSET_COMMIT = 1;
const GROUP_METADATA = 2;
/** Last version with an explicit expiry; written only when a client asked for one (OffsetCommit up to version 4). */
const OFFSET_COMMIT_WITH_EXPIRY_VERSION = 1;
const OFFSET_COMMIT_VERSION = 4;
const GROUP_METADATA_VERSION = 3;

/** The bytes of a record as Apache Kafka 4.3 writes them. */
export function encodeGroupRecord(record: GroupRecord): CoordinatorRecord {
  if (record.type === 'offset-commit') return encodeOffsetCommit(record);
  if (isShareGroupRecord(record)) return encodeShareGroupRecord(record);
  if (isStreamsRecord(record)) return encodeStreamsRecord(record);
  if (record.type !== 'group-metadata') return encodeConsumerRecord(record);
  const key = prefixedBytes(GROUP_METADATA, (writer) =>
    GroupMetadataKey.write(writer, { group: record.groupId }, 0),
  );
  const { value } = record;
  if (value === null) return { key, value };
  return {
    key,
    value: prefixedBytes(GROUP_METADATA_VERSION, (writer) =>
      GroupMetadataValue.write(writer, value, GROUP_METADATA_VERSION),
    ),
  };
}

function encodeOffsetCommit({ groupId, topic, partition, value }: OffsetCommitRecord): CoordinatorRecord {
  const key = prefixedBytes(OFFSET_COMMIT, (writer) =>
    OffsetCommitKey.write(writer, { group: groupId, topic, partition }, 0),
  );
  if (value === null) return { key, value };
  const version = value.expireTimestampMs === -1 ? OFFSET_COMMIT_VERSION : OFFSET_COMMIT_WITH_EXPIRY_VERSION;
  const fields = {
    offset: value.offset,
    leaderEpoch: value.leaderEpoch,
    metadata: value.metadata,
    commitTimestamp: value.commitTimestampMs,
    expireTimestamp: value.expireTimestampMs,
    topicId: value.topicId,
  };
  return {
    key,
    value: prefixedBytes(version, (writer) => OffsetCommitValue.write(writer, fields, version)),
  };
}

/**
 * Reads a record back.
 * @returns `undefined` for types of record that belong to other kinds of groups.
 * @throws DecodeError when a record of ours is damaged.
 */
export function decodeGroupRecord({ key, value }: CoordinatorRecord): GroupRecord | undefined {
  const reader = new WireReader(key);
  const type = reader.int16();
  switch (type) {
    case LEGACY_OFFSET_COMMIT: {
      const { group, topic, partition } = LegacyOffsetCommitKey.read(reader, 0);
      const decoded = value === null ? null : decodeLegacyOffset(value);
      return { type: 'offset-commit', groupId: group, topic, partition, value: decoded };
    }
    case OFFSET_COMMIT: {
      const { group, topic, partition } = OffsetCommitKey.read(reader, 0);
      const decoded = value === null ? null : decodeOffset(value);
      return { type: 'offset-commit', groupId: group, topic, partition, value: decoded };
    }
    case GROUP_METADATA: {
      const { group } = GroupMetadataKey.read(reader, 0);
      const decoded = value === null ? null : decodeGroupMetadata(value);
      return { type: 'group-metadata', groupId: group, value: decoded };
    }
    default:
      return (
        decodeConsumerRecord({ key, value }) ??
        decodeShareGroupRecord({ key, value }) ??
        decodeStreamsRecord({ key, value })
      );
  }
}

function decodeOffset(value: Buffer): CommittedOffset {
  const reader = new WireReader(value);
  const fields = OffsetCommitValue.read(reader, reader.int16());
  return {
    offset: fields.offset,
    leaderEpoch: fields.leaderEpoch,
    metadata: fields.metadata,
    commitTimestampMs: fields.commitTimestamp,
    expireTimestampMs: fields.expireTimestamp,
    topicId: fields.topicId,
  };
}

function decodeLegacyOffset(value: Buffer): CommittedOffset {
  const reader = new WireReader(value);
  const { offset, metadata, commitTimestamp } = LegacyOffsetCommitValue.read(reader, reader.int16());
  return {
    offset,
    leaderEpoch: -1,
    metadata,
    commitTimestampMs: commitTimestamp,
    expireTimestampMs: -1,
    topicId: ZERO_UUID,
  };
}

function decodeGroupMetadata(value: Buffer): GroupMetadataValue {
  const reader = new WireReader(value);
  return GroupMetadataValue.read(reader, reader.int16());
}
