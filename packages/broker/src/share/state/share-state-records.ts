import { WireReader } from '@millrace/protocol';
import {
  ShareSnapshotKey,
  ShareSnapshotValue,
  ShareUpdateKey,
  ShareUpdateValue,
} from '@millrace/protocol/messages/coordinator-records';
import { prefixedBytes, readPrefixed } from '../../coordinator/prefixed-bytes.ts';
import type { CoordinatorRecord } from '../../coordinator/state-machine.ts';
import type { SharePartitionKey } from './share-partition-key.ts';

/** A record of `__share_group_state`: all there is to know of a share partition, or what has changed since. */
export type ShareStateRecord =
  | { readonly type: 'snapshot'; readonly key: SharePartitionKey; readonly value: ShareSnapshotValue | null }
  | { readonly type: 'update'; readonly key: SharePartitionKey; readonly value: ShareUpdateValue | null };

// The int16 that a key starts with; the one of a value is its version.
const SNAPSHOT = 0;
const UPDATE = 1;
const VALUE_VERSION = 0;

/** The bytes of a record as Apache Kafka 4.3 writes them. */
export function encodeShareStateRecord(record: ShareStateRecord): CoordinatorRecord {
  const { key } = record;
  if (record.type === 'snapshot') {
    const { value } = record;
    return {
      key: prefixedBytes(SNAPSHOT, (writer) => ShareSnapshotKey.write(writer, key, 0)),
      value:
        value === null
          ? null
          : prefixedBytes(VALUE_VERSION, (writer) => ShareSnapshotValue.write(writer, value, 0)),
    };
  }
  const { value } = record;
  return {
    key: prefixedBytes(UPDATE, (writer) => ShareUpdateKey.write(writer, key, 0)),
    value:
      value === null
        ? null
        : prefixedBytes(VALUE_VERSION, (writer) => ShareUpdateValue.write(writer, value, 0)),
  };
}

/**
 * Reads a record back.
 * @returns `undefined` for keys of later versions
 * @throws DecodeError for a damaged record
 */
export function decodeShareStateRecord({ key, value }: CoordinatorRecord): ShareStateRecord | undefined {
  const reader = new WireReader(key);
  const type = reader.int16();
  if (type !== SNAPSHOT && type !== UPDATE) return undefined;
  if (type === SNAPSHOT) {
    const snapshot = readPrefixed(value, (from) => ShareSnapshotValue.read(from, 0));
    return { type: 'snapshot', key: ShareSnapshotKey.read(reader, 0), value: snapshot };
  }
  const update = readPrefixed(value, (from) => ShareUpdateValue.read(from, 0));
  return { type: 'update', key: ShareUpdateKey.read(reader, 0), value: update };
}
