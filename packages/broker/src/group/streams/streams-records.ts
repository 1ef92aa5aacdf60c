import { WireReader, type WireWriter } from '@millrace/protocol';
import {
  StreamsGroupCurrentMemberAssignmentKey,
  StreamsGroupMemberMetadataKey,
  StreamsGroupMetadataKey,
  StreamsGroupTargetAssignmentMemberKey,
  StreamsGroupTargetAssignmentMetadataKey,
  StreamsGroupTopologyKey,
} from '@millrace/protocol/messages/coordinator-records';
import { prefixedBytes, readPrefixed } from '../../coordinator/prefixed-bytes.ts';
import type { CoordinatorRecord } from '../../coordinator/state-machine.ts';
import type { TargetEpoch } from '../consumer/consumer-records.ts';
import type { GroupEpoch } from '../consumer/group-epoch-value.ts';
import type { RecordOfGroup, RecordOfMember } from '../keyed-record.ts';
import {
  readStreamsCurrent,
  readStreamsEpoch,
  readStreamsMember,
  readStreamsTarget,
  readStreamsTargetEpoch,
  readStreamsTopology,
  writeStreamsValue,
} from './streams-record-values.ts';
import type { StreamsAssignment, StreamsMemberMetadata } from './streams-member.ts';
import type { Tasks } from './tasks.ts';
import type { StreamsTopology } from './topology/streams-topology.ts';

/** The epoch of a group, and what it was begun for. */
export interface StreamsEpoch extends GroupEpoch {
  /** The epoch of the topology if the topics are as it needs them, otherwise -1. */
  readonly validatedTopologyEpoch: number;
  /** Settings that assignments depend on. */
  readonly assignmentConfigs: ReadonlyMap<string, string>;
}

/** A record of a streams group. The key is everything but the value. */
export type StreamsRecord =
  | RecordOfGroup<'streams-epoch', StreamsEpoch>
  | RecordOfMember<'streams-member', StreamsMemberMetadata>
  | RecordOfGroup<'streams-target-epoch', TargetEpoch>
  | RecordOfMember<'streams-target', Tasks>
  | RecordOfMember<'streams-current', StreamsAssignment>
  | RecordOfGroup<'streams-topology', StreamsTopology>;

// The int16 that a key starts with.
const keyType = {
  'streams-epoch': 17,
  'streams-member': 19,
  'streams-target-epoch': 20,
  'streams-target': 21,
  'streams-current': 22,
  'streams-topology': 23,
} as const;

/** Is this a record of a streams group? */
export function isStreamsRecord(record: { readonly type: string }): record is StreamsRecord {
  return record.type in keyType;
}

/** The bytes of a record as Apache Kafka 4.3 writes them. */
export function encodeStreamsRecord(record: StreamsRecord): CoordinatorRecord {
  const key = prefixedBytes(keyType[record.type], (writer) => writeKey(writer, record));
  return {
    key,
    value: record.value === null ? null : prefixedBytes(0, (writer) => writeStreamsValue(writer, record)),
  };
}

function writeKey(writer: WireWriter, record: StreamsRecord): void {
  const { groupId } = record;
  switch (record.type) {
    case 'streams-epoch':
      return StreamsGroupMetadataKey.write(writer, { groupId }, 0);
    case 'streams-member':
      return StreamsGroupMemberMetadataKey.write(writer, record, 0);
    case 'streams-target-epoch':
      return StreamsGroupTargetAssignmentMetadataKey.write(writer, { groupId }, 0);
    case 'streams-target':
      return StreamsGroupTargetAssignmentMemberKey.write(writer, record, 0);
    case 'streams-current':
      return StreamsGroupCurrentMemberAssignmentKey.write(writer, record, 0);
    case 'streams-topology':
      return StreamsGroupTopologyKey.write(writer, { groupId }, 0);
  }
}

/** Reads a record back. @returns `undefined` when it is not one of a streams group. */
export function decodeStreamsRecord({ key, value }: CoordinatorRecord): StreamsRecord | undefined {
  const reader = new WireReader(key);
  const type = reader.int16();
  const read = <Value>(decode: (reader: WireReader) => Value) => readPrefixed(value, decode);
  switch (type) {
    case keyType['streams-epoch']: {
      const { groupId } = StreamsGroupMetadataKey.read(reader, 0);
      return { type: 'streams-epoch', groupId, value: read(readStreamsEpoch) };
    }
    case keyType['streams-member']: {
      const { groupId, memberId } = StreamsGroupMemberMetadataKey.read(reader, 0);
      return { type: 'streams-member', groupId, memberId, value: read(readStreamsMember) };
    }
    case keyType['streams-target-epoch']: {
      const { groupId } = StreamsGroupTargetAssignmentMetadataKey.read(reader, 0);
      return { type: 'streams-target-epoch', groupId, value: read(readStreamsTargetEpoch) };
    }
    case keyType['streams-target']: {
      const { groupId, memberId } = StreamsGroupTargetAssignmentMemberKey.read(reader, 0);
      return { type: 'streams-target', groupId, memberId, value: read(readStreamsTarget) };
    }
    case keyType['streams-current']: {
      const { groupId, memberId } = StreamsGroupCurrentMemberAssignmentKey.read(reader, 0);
      return { type: 'streams-current', groupId, memberId, value: read(readStreamsCurrent) };
    }
    case keyType['streams-topology']: {
      const { groupId } = StreamsGroupTopologyKey.read(reader, 0);
      return { type: 'streams-topology', groupId, value: read(readStreamsTopology) };
    }
    default:
      return undefined;
  }
}
