import { ZERO_UUID } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { decodeGroupRecord, encodeGroupRecord, type GroupRecord } from './group-records.ts';

const offset = {
  offset: 42,
  leaderEpoch: 3,
  metadata: 'm',
  commitTimestampMs: 1_700_000_000_000,
  expireTimestampMs: -1,
  topicId: ZERO_UUID,
};
const commit: GroupRecord = { type: 'offset-commit', groupId: 'g', topic: 't', partition: 0, value: offset };

/** Takes out the white space that sets fields apart. */
function hex(text: string): string {
  return text.replaceAll(/\s/g, '');
}

const kafkaMemberId = '0026692d32666332666437612d336138332d346539662d393432322d616539386461376161613039';

describe('group records', () => {
  it('writes the key of a commit as Apache Kafka does', () => {
    expect(encodeGroupRecord(commit).key.toString('hex')).toBe(hex('0001000167000174 00000000'));
  });

  it('writes a commit as version 4, with the topic id only where it is known', () => {
    const head = hex('0004 000000000000002a 00000003 026d 0000018bcfe56800');
    expect(encodeGroupRecord(commit).value?.toString('hex')).toBe(`${head}00`);
    const topicId = 'AAAAAAAAAAAAAAAAAAAAKg';
    const withId = encodeGroupRecord({ ...commit, value: { ...offset, topicId } });
    expect(withId.value?.toString('hex')).toBe(`${head}${hex('010010 0000000000000000000000000000002a')}`);
    expect(decodeGroupRecord(withId)).toEqual({ ...commit, value: { ...offset, topicId } });
  });

  it('writes a commit with an expiry of its own as version 1, which cannot hold a leader epoch', () => {
    const record = encodeGroupRecord({
      ...commit,
      value: { ...offset, expireTimestampMs: 1_700_000_001_000 },
    });
    expect(record.value?.toString('hex')).toBe(
      hex('0001 000000000000002a 00016d 0000018bcfe56800 0000018bcfe56be8'),
    );
    const decoded = decodeGroupRecord(record);
    expect(decoded).toEqual({
      ...commit,
      value: { ...offset, leaderEpoch: -1, expireTimestampMs: 1_700_000_001_000 },
    });
  });

  it('writes a group as version 3', () => {
    const record: GroupRecord = {
      type: 'group-metadata',
      groupId: 'g',
      value: {
        protocolType: 'consumer',
        generation: 2,
        protocol: 'range',
        leader: 'm-1',
        currentStateTimestamp: 1_700_000_000_000,
        members: [
          {
            memberId: 'm-1',
            groupInstanceId: null,
            clientId: 'c',
            clientHost: '/127.0.0.1',
            rebalanceTimeout: 60_000,
            sessionTimeout: 10_000,
            subscription: Buffer.from('01', 'hex'),
            assignment: Buffer.from('0203', 'hex'),
          },
        ],
      },
    };
    const { key, value } = encodeGroupRecord(record);
    expect(key.toString('hex')).toBe('0002000167');
    expect(value?.toString('hex')).toBe(
      hex(
        '0003 0008636f6e73756d6572 00000002 000572616e6765 00036d2d31 0000018bcfe56800 00000001 00036d2d31 ffff 000163 000a2f3132372e302e302e31 0000ea60 00002710 0000000101 000000020203',
      ),
    );
    expect(decodeGroupRecord({ key, value })).toEqual(record);
  });

  it('writes tombstones without a value', () => {
    expect(encodeGroupRecord({ ...commit, value: null }).value).toBeNull();
    expect(encodeGroupRecord({ type: 'group-metadata', groupId: 'g', value: null })).toEqual({
      key: Buffer.from('0002000167', 'hex'),
      value: null,
    });
  });

  it('reads the commits of old brokers', () => {
    const key = Buffer.from(hex('0000000167000174 00000000'), 'hex');
    const value = Buffer.from(hex('0000 000000000000002a 00016d 0000018bcfe56800'), 'hex');
    expect(decodeGroupRecord({ key, value })).toEqual({ ...commit, value: { ...offset, leaderEpoch: -1 } });
  });

  // Read from `__consumer_offsets` of a node of Apache Kafka 4.3.1, 2026-11-21: a static member that joined group g alone,
  // committed, and was removed.
  it.each([
    ['a new group', hex('0003 0000 00000000 ffff ffff 000001a1feefde36 00000000')],
    [
      'a stable group',
      hex(`0003 0008636f6e73756d6572 00000001 000572616e6765 ${kafkaMemberId} 000001a1feefde38 00000001
        ${kafkaMemberId} 000169 0003726177 000a2f3132372e302e302e31 00002710 00002710
        0000000e 00000000000100025454ffffffff 00000001 41`),
    ],
    ['an emptied group', hex('0003 0008636f6e73756d6572 00000003 ffff ffff 000001a1feefdf0c 00000000')],
  ])('reads and writes %s byte for byte as Apache Kafka wrote it', (_, bytes) => {
    const key = Buffer.from('0002000167', 'hex');
    const record = decodeGroupRecord({ key, value: Buffer.from(bytes, 'hex') });
    expect(encodeGroupRecord(record!)).toEqual({ key, value: Buffer.from(bytes, 'hex') });
  });

  it('reads and writes a commit byte for byte as Apache Kafka wrote it', () => {
    const key = Buffer.from(hex('0001000167000174 00000000'), 'hex');
    const bytes = hex(
      '0004 0000000000000005 00000000 036d64 000001a1feefde3a 01 00 10 146ca766e0b844ec899394ab7ac72299',
    );
    const record = decodeGroupRecord({ key, value: Buffer.from(bytes, 'hex') });
    expect(record).toMatchObject({ value: { offset: 5, leaderEpoch: 0, metadata: 'md' } });
    expect(encodeGroupRecord(record!)).toEqual({ key, value: Buffer.from(bytes, 'hex') });
  });

  it('leaves records of kinds that it does not know alone', () => {
    // 18 was given to partitions of streams groups, and never came to be.
    expect(decodeGroupRecord({ key: Buffer.from('0012000167', 'hex'), value: null })).toBeUndefined();
  });
});
