import { FeatureLevelRecord, NoOpRecord, TopicRecord } from '@millrace/protocol/messages/metadata-records';
import { expect, test } from 'vitest';
import { decodeMetadataRecord, encodeMetadataRecord } from './metadata-record.ts';

test('frames a record as Kafka does: frame version, key, version, body', () => {
  expect(encodeMetadataRecord({ type: 'NoOp', data: NoOpRecord.create() }).toString('hex')).toBe('01140000');
  const level = FeatureLevelRecord.create({ name: 'metadata.version', featureLevel: 21 });
  expect(encodeMetadataRecord({ type: 'FeatureLevel', data: level }).toString('hex')).toBe(
    '010c00116d657461646174612e76657273696f6e001500',
  );
});

test('reads back what it wrote', () => {
  const record = {
    type: 'Topic',
    data: TopicRecord.create({ name: 'orders', topicId: 'MkU3OEVBNTcwNTJENDM2Qg' }),
  } as const;
  expect(decodeMetadataRecord(encodeMetadataRecord(record), 0)).toEqual(record);
});

test.each([
  ['an unknown frame version', '02140000', 'frame version 2 is unknown'],
  ['an unknown record type', '017f0000', 'record type 127 is unknown'],
  ['a record of a newer version', '01020100', 'version 1 of record type 2 is unknown'],
  ['a record that is cut off', '0102', 'cannot be read'],
])('takes %s for damage, and names the offset', (_what, hex, problem) => {
  const read = () => decodeMetadataRecord(Buffer.from(hex, 'hex'), 42);
  expect(read).toThrow(problem);
  expect(read).toThrow('offset 42');
});
