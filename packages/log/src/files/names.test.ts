import { describe, expect, test } from 'vitest';
import { parsePartitionDirectoryName, transitionDirectoryName } from './partition-directory-name.ts';
import { parseSegmentFileName, segmentFileName } from './segment-file-name.ts';

describe('segment file names', () => {
  test('have the base offset in 20 digits', () => {
    expect(segmentFileName(1042, '.log')).toBe('00000000000000001042.log');
    expect(segmentFileName(0, '.timeindex', '.cleaned')).toBe('00000000000000000000.timeindex.cleaned');
  });

  test('are parsed, others are not', () => {
    expect(parseSegmentFileName('00000000000000001042.index.swap')).toEqual({
      baseOffset: 1042,
      suffix: '.index',
      transition: '.swap',
    });
    expect(parseSegmentFileName('partition.metadata')).toBeUndefined();
    expect(parseSegmentFileName('1042.log')).toBeUndefined();
  });
});

describe('partition directory names', () => {
  test('end in the partition, whatever dashes the topic has', () => {
    expect(parsePartitionDirectoryName('a-b-c-12')).toEqual({ topic: 'a-b-c', partition: 12, state: 'live' });
    expect(parsePartitionDirectoryName('orders')).toBeUndefined();
    expect(parsePartitionDirectoryName('orders-x')).toBeUndefined();
    expect(parsePartitionDirectoryName('-1')).toBeUndefined();
  });

  test('are cut to 255 characters when they get a suffix', () => {
    const unique = '0123456789abcdef0123456789abcdef';
    const name = transitionDirectoryName('t'.repeat(249), 7, unique, 'delete');
    expect(name).toHaveLength(255);
    expect(name.endsWith(`-7.${unique}-delete`)).toBe(true);
    expect(parsePartitionDirectoryName(name)).toMatchObject({ partition: 7, state: 'delete' });
  });
});
