import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  KRaftVersionRecord,
  LeaderChangeMessage,
  SnapshotFooterRecord,
  SnapshotHeaderRecord,
  VotersRecord,
} from '@millrace/protocol/messages/control-records';
import {
  controlBatch,
  controlRecordType,
  ControlRecordType,
  decodeRecords,
  endTxnCoordinatorEpoch,
  endTxnMarker,
  RecordBatch,
  WireReader,
  WireWriter,
} from '../index.ts';

const fixture = new URL('../../fixtures/records/java-batches.jsonl', import.meta.url);
const javaBatches = new Map(
  readFileSync(fixture, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: string; bytes: string })
    .map(({ name, bytes }) => [name, new RecordBatch(Buffer.from(bytes, 'base64'))]),
);

interface ControlCodec {
  read(reader: WireReader, version: number): unknown;
  write(writer: WireWriter, message: never, version: number): void;
}

describe('control batches', () => {
  it.each([
    ['leader change', 'LEADER_CHANGE', LeaderChangeMessage, { version: 0, leaderId: 3 }],
    [
      'snapshot header',
      'SNAPSHOT_HEADER',
      SnapshotHeaderRecord,
      { lastContainedLogTimestamp: 1_699_999_999_995 },
    ],
    ['snapshot footer', 'SNAPSHOT_FOOTER', SnapshotFooterRecord, { version: 0 }],
    ['kraft version', 'KRAFT_VERSION', KRaftVersionRecord, { version: 0 }],
    ['kraft voters', 'KRAFT_VOTERS', VotersRecord, { voters: [expect.objectContaining({ voterId: 3 })] }],
  ] as const)('of a quorum are those of Kafka: %s', (name, type, codec: ControlCodec, expected) => {
    const batch = javaBatches.get(name)!;
    const [record] = decodeRecords(batch);
    expect(controlRecordType(record!)).toBe(type);
    const message = codec.read(new WireReader(record!.value!), 0);
    expect(message).toMatchObject(expected);
    const writer = new WireWriter();
    codec.write(writer, message as never, 0);
    const { baseOffset, partitionLeaderEpoch } = batch;
    const position = { timestampMs: record!.timestampMs, baseOffset, partitionLeaderEpoch };
    expect(controlBatch(type, Buffer.concat(writer.finish()), position)).toEqual(batch.buffer);
  });

  it.each([
    ['commit marker', 'COMMIT', 12],
    ['abort marker', 'ABORT', 13],
  ] as const)('of a transaction are those of Kafka: %s', (name, type, coordinatorEpoch) => {
    const batch = javaBatches.get(name)!;
    const [record] = decodeRecords(batch);
    expect(endTxnCoordinatorEpoch(record!)).toBe(coordinatorEpoch);
    const marker = endTxnMarker({
      type,
      coordinatorEpoch,
      producerId: 7,
      producerEpoch: 3,
      timestampMs: 1_700_000_000_000,
      baseOffset: batch.baseOffset,
      partitionLeaderEpoch: 4,
    });
    expect(marker).toEqual(batch.buffer);
  });

  it('of a kind that is not known have no type, so that readers pass over them', () => {
    expect(controlRecordType({ key: Buffer.from('00000007', 'hex'), offset: 0 })).toBeUndefined();
    expect(controlRecordType({ key: Buffer.from('0000ffff', 'hex'), offset: 0 })).toBeUndefined();
    expect(Object.values(ControlRecordType)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('may have more behind what is known of key and value, in versions to come', () => {
    expect(controlRecordType({ key: Buffer.from('00010001aaaa', 'hex'), offset: 0 })).toBe('COMMIT');
    expect(endTxnCoordinatorEpoch({ value: Buffer.from('000100000005aaaa', 'hex'), offset: 0 })).toBe(5);
  });

  it('that are too short are damaged', () => {
    expect(() => controlRecordType({ key: Buffer.alloc(3), offset: 42 })).toThrow(
      'Control record at offset 42 has a key of 3 bytes, expected 4',
    );
    expect(() => controlRecordType({ key: null, offset: 42 })).toThrow(
      expect.objectContaining({ errorCode: 2 }),
    );
    expect(() => endTxnCoordinatorEpoch({ value: Buffer.alloc(5), offset: 42 })).toThrow(
      'Transaction marker at offset 42 has a value of 5 bytes',
    );
  });
});
