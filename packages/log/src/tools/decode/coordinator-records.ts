import { WireReader, type AnyMessageCodec, type DecodedRecord } from '@millrace/protocol';
import * as records from '@millrace/protocol/messages/coordinator-records';
import { plainValue } from './plain-value.ts';
import type { DecodedParts } from './record-decoder.ts';

interface CodecPair {
  readonly key: AnyMessageCodec;
  readonly value: AnyMessageCodec;
}

/** Type number of the key -> what key and value are, as in the schemas of Kafka's coordinators. */
type CodecPairs = ReadonlyMap<number, CodecPair>;

const groupPairs = pairs(
  [records.LegacyOffsetCommitKey, records.LegacyOffsetCommitValue],
  [records.OffsetCommitKey, records.OffsetCommitValue],
  [records.GroupMetadataKey, records.GroupMetadataValue],
  [records.ConsumerGroupMetadataKey, records.ConsumerGroupMetadataValue],
  [records.ConsumerGroupPartitionMetadataKey, records.ConsumerGroupPartitionMetadataValue],
  [records.ConsumerGroupMemberMetadataKey, records.ConsumerGroupMemberMetadataValue],
  [records.ConsumerGroupTargetAssignmentMetadataKey, records.ConsumerGroupTargetAssignmentMetadataValue],
  [records.ConsumerGroupTargetAssignmentMemberKey, records.ConsumerGroupTargetAssignmentMemberValue],
  [records.ConsumerGroupCurrentMemberAssignmentKey, records.ConsumerGroupCurrentMemberAssignmentValue],
  [records.ConsumerGroupRegularExpressionKey, records.ConsumerGroupRegularExpressionValue],
  [records.ShareGroupMemberMetadataKey, records.ShareGroupMemberMetadataValue],
  [records.ShareGroupMetadataKey, records.ShareGroupMetadataValue],
  [records.ShareGroupTargetAssignmentMetadataKey, records.ShareGroupTargetAssignmentMetadataValue],
  [records.ShareGroupTargetAssignmentMemberKey, records.ShareGroupTargetAssignmentMemberValue],
  [records.ShareGroupCurrentMemberAssignmentKey, records.ShareGroupCurrentMemberAssignmentValue],
  [records.ShareGroupStatePartitionMetadataKey, records.ShareGroupStatePartitionMetadataValue],
  [records.StreamsGroupMetadataKey, records.StreamsGroupMetadataValue],
  [records.StreamsGroupMemberMetadataKey, records.StreamsGroupMemberMetadataValue],
  [records.StreamsGroupTargetAssignmentMetadataKey, records.StreamsGroupTargetAssignmentMetadataValue],
  [records.StreamsGroupTargetAssignmentMemberKey, records.StreamsGroupTargetAssignmentMemberValue],
  [records.StreamsGroupCurrentMemberAssignmentKey, records.StreamsGroupCurrentMemberAssignmentValue],
  [records.StreamsGroupTopologyKey, records.StreamsGroupTopologyValue],
);
const transactionPairs = pairs([records.TransactionLogKey, records.TransactionLogValue]);
const shareStatePairs = pairs(
  [records.ShareSnapshotKey, records.ShareSnapshotValue],
  [records.ShareUpdateKey, records.ShareUpdateValue],
);

/** A record of `__consumer_offsets`. */
export function decodeGroupRecord(record: DecodedRecord): DecodedParts {
  return decode(record, groupPairs);
}

/** A record of `__transaction_state`. */
export function decodeTransactionRecord(record: DecodedRecord): DecodedParts {
  return decode(record, transactionPairs);
}

/** A record of `__share_group_state`. */
export function decodeShareStateRecord(record: DecodedRecord): DecodedParts {
  return decode(record, shareStatePairs);
}

function pairs(...list: readonly (readonly [AnyMessageCodec, AnyMessageCodec])[]): CodecPairs {
  return new Map(list.map(([key, value]) => [key.apiKey, { key, value }]));
}

/** The int16 that a key begins with is the type of the record; the one of a value is its version. */
function decode({ key, value }: DecodedRecord, codecs: CodecPairs): DecodedParts {
  if (key === null) throw new RangeError('it has no key');
  const keyReader = new WireReader(key);
  const type = keyReader.int16();
  const pair = codecs.get(type);
  if (pair === undefined) throw new RangeError(`record type ${type} is unknown`);
  const decodedKey = { type: pair.key.name, ...pair.key.read(keyReader, 0) };
  if (value === null) return { key: plainValue(decodedKey), value: null };
  const reader = new WireReader(value);
  const version = reader.int16();
  return {
    key: plainValue(decodedKey),
    value: plainValue({ version, ...pair.value.read(reader, version) }),
  };
}
