import { describe, expect, it } from 'vitest';
import { partitionList } from '../testing/member-subscription.ts';
import { readStickyUserData, writeStickyUserData } from './sticky-user-data.ts';

const VERSION_1 = '0000000100017400000002000000000000000200000005';

describe('sticky user data', () => {
  it('is what Java writes', () => {
    const bytes = writeStickyUserData({ partitions: partitionList('t-2 t-0'), generationId: 5 });
    expect(bytes.toString('hex')).toBe(VERSION_1);
  });

  it('is read back', () => {
    const previous = readStickyUserData(Buffer.from(VERSION_1, 'hex'));
    expect(previous).toEqual({ partitions: partitionList('t-0 t-2'), generationId: 5 });
  });

  it('of version 0 has no generation', () => {
    const previous = readStickyUserData(Buffer.from(VERSION_1.slice(0, -8), 'hex'));
    expect(previous).toEqual({ partitions: partitionList('t-0 t-2'), generationId: -1 });
  });

  it.each([
    ['nothing', null],
    ['no bytes', ''],
    ['a cut list', '0000000100017400000002'],
    ['a hostile count', '7fffffff'],
  ])('counts as nothing held when it is %s', (_, hex) => {
    const bytes = hex === null ? null : Buffer.from(hex, 'hex');
    expect(readStickyUserData(bytes)).toEqual({ partitions: [], generationId: -1 });
  });
});
