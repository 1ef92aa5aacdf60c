import { describe, expect, it } from 'vitest';
import { decodeGroupRecord, encodeGroupRecord } from '../group-records.ts';
import type { ConsumerRecord } from './consumer-records.ts';

// Read from `__consumer_offsets` of a node of Apache Kafka 4.3.1, 2026-11-21: group g, members A and B of topic `t`, a
// classic member C, the regular expression `t.*`; ids and names are shortened.
const id = '3936a7d7-0000-0000-0000-000000000001'.replaceAll('-', '');
const topic = `02${id}`;

function hex(text: string): string {
  return text.replaceAll(/\s/g, '');
}

const written: readonly (readonly [string, ConsumerRecord['type'], string, string])[] = [
  ['the epoch of a group', 'consumer-epoch', '0003 0001 67', '0000 00000002 01 00 08 21e7d9c16670e988'],
  ['the epoch of a group without topics', 'consumer-epoch', '0003 0001 67', '0000 00000005 00'],
  [
    'a member',
    'consumer-member',
    '0005 0001 67 0001 41',
    '0000 00 00 04 726177 0b 2f3132372e302e302e31 02 02 74 01 0000ea60 00 01 00 01 00',
  ],
  [
    'a static member',
    'consumer-member',
    '0005 0001 67 0001 53',
    '0000 05 696e7374 00 04 726177 0b 2f3132372e302e302e31 02 02 74 01 0000ea60 00 01 00 01 00',
  ],
  [
    'a member with a regular expression',
    'consumer-member',
    '0005 0001 67 0001 52',
    '0000 00 00 04 726177 0b 2f3132372e302e302e31 01 04 742e2a 0000ea60 00 01 00 01 00',
  ],
  [
    'a classic member',
    'consumer-member',
    '0005 0001 67 0001 43',
    `0000 00 00 04 726177 0b 2f3132372e302e302e31 02 02 74 01 00002710 00 01 00 20 01 00002710
     02 06 72616e6765 12 0001 00000001 0001 74 ffffffff 00000000 00 00`,
  ],
  [
    'the epoch of an assignment',
    'consumer-target-epoch',
    '0006 0001 67',
    '0000 00000002 01 00 08 000001a1ff033d65',
  ],
  ['the epoch of an upgraded group', 'consumer-target-epoch', '0006 0001 67', '0000 00000001 00'],
  [
    'the target of a member',
    'consumer-target',
    '0007 0001 67 0001 41',
    `0000 ${topic} 04 00000000 00000001 00000002 00 00`,
  ],
  ['the target of a member without partitions', 'consumer-target', '0007 0001 67 0001 45', '0000 01 00'],
  [
    'a stable member',
    'consumer-current',
    '0008 0001 67 0001 41',
    `0000 00000002 00000000 00 ${topic} 03 00000000 00000001 01 00 09 03 00000002 00000002 01 00`,
  ],
  [
    'a member that gives partitions up',
    'consumer-current',
    '0008 0001 67 0001 41',
    `0000 00000002 00000002 01 ${topic} 02 00000000 01 00 05 02 00000002 ${topic} 02 00000002 01 00 05 02 00000002 00`,
  ],
  ['a member that waits', 'consumer-current', '0008 0001 67 0001 42', '0000 00000003 00000000 02 01 01 00'],
  [
    'a static member that is away',
    'consumer-current',
    '0008 0001 67 0001 53',
    '0000 fffffffe 00000000 00 01 01 00',
  ],
  [
    'a regular expression',
    'consumer-regex',
    '0010 0001 67 0003 742e2a',
    '0000 01 000000000000006a 000001a1ff034e4b 00',
  ],
];

describe('records of consumer groups', () => {
  it.each(written)('reads and writes %s byte for byte as Apache Kafka wrote it', (_, type, key, value) => {
    const bytes = { key: Buffer.from(hex(key), 'hex'), value: Buffer.from(hex(value), 'hex') };
    const record = decodeGroupRecord(bytes)!;
    expect(record.type).toBe(type);
    expect(encodeGroupRecord(record)).toEqual(bytes);
  });

  it.each(written)('reads and writes the tombstone of %s', (_, type, key) => {
    const bytes = { key: Buffer.from(hex(key), 'hex'), value: null };
    const record = decodeGroupRecord(bytes)!;
    expect(record).toMatchObject({ type, value: null });
    expect(encodeGroupRecord(record)).toEqual(bytes);
  });

  it('takes the epoch of the member for that of its partitions in records from before KIP-1251', () => {
    const key = Buffer.from(hex('0008 0001 67 0001 41'), 'hex');
    const value = Buffer.from(hex(`0000 00000007 00000006 00 ${topic} 02 00000003 00 01 00`), 'hex');
    const record = decodeGroupRecord({ key, value })!;
    expect(record).toMatchObject({ value: { memberEpoch: 7 } });
    const { assigned } = record.value as { assigned: ReadonlyMap<string, ReadonlyMap<number, number>> };
    expect([...assigned.values()].map((epochs) => [...epochs])).toEqual([[[3, 7]]]);
  });
});
