import { describe, expect, test } from 'vitest';
import { CorruptFileError } from '../errors.ts';
import { formatCleanShutdownFile, parseCleanShutdownFile } from './clean-shutdown-file.ts';
import { formatLeaderEpochCheckpoint, parseLeaderEpochCheckpoint } from './leader-epoch-checkpoint.ts';
import { formatMetaProperties, parseMetaProperties } from './meta-properties.ts';
import { formatOffsetCheckpoint, parseOffsetCheckpoint } from './offset-checkpoint.ts';
import { formatPartitionMetadata, parsePartitionMetadata } from './partition-metadata.ts';

describe('offset checkpoints', () => {
  test('are version, count and one line an entry', () => {
    const entries = [
      { topic: 'orders', partition: 3, offset: 17 },
      { topic: 'a-b', partition: 0, offset: 0 },
    ];
    const text = formatOffsetCheckpoint(entries);
    expect(text).toBe('0\n2\norders 3 17\na-b 0 0\n');
    expect([...parseOffsetCheckpoint(text, 'f')]).toEqual([
      ['orders-3', 17],
      ['a-b-0', 0],
    ]);
  });

  test('have no entries when the file is empty', () => {
    expect(parseOffsetCheckpoint('', 'f').size).toBe(0);
  });

  test.each([
    ['1\n0\n', 'version "1" is not 0'],
    ['0\n2\na 0 1\n', '1 entries where 2 are announced'],
    ['0\n1\na 0\n', 'malformed line "a 0"'],
    ['0\n1\na 0 x\n', '"x" is not a whole number'],
  ])('name what is wrong in %j', (text, problem) => {
    expect(() => parseOffsetCheckpoint(text, '/data/checkpoint')).toThrowError(CorruptFileError);
    expect(() => parseOffsetCheckpoint(text, '/data/checkpoint')).toThrowError(problem);
  });
});

describe('leader-epoch-checkpoint', () => {
  test('is written and read', () => {
    const entries = [
      { epoch: 0, startOffset: 0 },
      { epoch: 4, startOffset: 120 },
    ];
    expect(formatLeaderEpochCheckpoint(entries)).toBe('0\n2\n0 0\n4 120\n');
    expect(parseLeaderEpochCheckpoint('0\n2\n0 0\n4 120\n', 'f')).toEqual(entries);
  });

  test('must ascend', () => {
    expect(() => parseLeaderEpochCheckpoint('0\n2\n4 0\n1 120\n', 'f')).toThrowError(
      'epoch 1 does not ascend after 4',
    );
  });
});

describe('partition.metadata', () => {
  test('holds the topic id, of any later version too', () => {
    expect(formatPartitionMetadata('AAAAAAAAAAAAAAAAAAAAAQ')).toBe(
      'version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAAQ',
    );
    expect(parsePartitionMetadata('version: 1\ntopic_id: AAAAAAAAAAAAAAAAAAAAAQ\n', 'f')).toBe(
      'AAAAAAAAAAAAAAAAAAAAAQ',
    );
    expect(() => parsePartitionMetadata('topic_id: x', 'f')).toThrowError('is damaged at byte 0');
  });
});

describe('meta.properties', () => {
  const meta = { clusterId: 'c1', nodeId: 2, directoryId: 'AAAAAAAAAAAAAAAAAAAAAQ' };

  test('is written and read', () => {
    expect(parseMetaProperties(formatMetaProperties(meta), 'f')).toEqual(meta);
  });

  test('names what is missing', () => {
    const text = formatMetaProperties(meta).replace(/node\.id=2\n/, '');
    expect(() => parseMetaProperties(text, '/data/meta.properties')).toThrowError('node.id is missing');
    expect(() => parseMetaProperties('version=7\n', 'f')).toThrowError('version "7" is not 1');
  });
});

test('the clean-shutdown file carries the broker epoch', () => {
  expect(formatCleanShutdownFile(42)).toBe('{"version":0,"brokerEpoch":42}');
  expect(parseCleanShutdownFile('{"version":0,"brokerEpoch":42}')).toBe(42);
  expect(parseCleanShutdownFile('not json')).toBe(-1);
});
