import { controlRecordType, WireReader, type AnyMessageCodec, type DecodedRecord } from '@millrace/protocol';
import {
  EndTxnMarker,
  KRaftVersionRecord,
  LeaderChangeMessage,
  SnapshotFooterRecord,
  SnapshotHeaderRecord,
  VotersRecord,
} from '@millrace/protocol/messages/control-records';
import { plainBytes, plainValue, type PlainValue } from './plain-value.ts';

const codecs: Readonly<Record<string, AnyMessageCodec>> = {
  ABORT: EndTxnMarker,
  COMMIT: EndTxnMarker,
  LEADER_CHANGE: LeaderChangeMessage,
  SNAPSHOT_HEADER: SnapshotHeaderRecord,
  SNAPSHOT_FOOTER: SnapshotFooterRecord,
  KRAFT_VERSION: KRaftVersionRecord,
  KRAFT_VOTERS: VotersRecord,
};

/** The type and content of a control record. */
export function decodeControlRecord(record: DecodedRecord): { control: string; value: PlainValue } {
  const control = controlRecordType(record) ?? 'UNKNOWN';
  const codec = codecs[control];
  if (codec === undefined || record.value === null) return { control, value: plainBytes(record.value) };
  const reader = new WireReader(record.value);
  // The value begins with its version, which the messages of the quorum carry as a field of their own, too.
  const version = codec === EndTxnMarker ? reader.int16() : record.value.readInt16BE(0);
  return { control, value: plainValue(codec.read(reader, Math.min(version, codec.maxVersion))) };
}
