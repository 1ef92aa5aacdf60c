import {
  AbortTransactionRecord,
  BeginTransactionRecord,
  BrokerRegistrationChangeRecord,
  ConfigRecord,
  EndTransactionRecord,
  PartitionChangeRecord,
  PartitionRecord,
  RegisterBrokerRecord,
  RemoveTopicRecord,
  TopicRecord,
} from '@millrace/protocol/messages/metadata-records';
import { describe, expect, it } from 'vitest';
import { ConfigResourceType } from './cluster-image.ts';
import { emptyImage, ImageBuilder } from './image-builder.ts';
import type { MetadataRecord } from './metadata-record.ts';

const ORDERS = 'AAAAAAAAAAAAAAAAAAAAZA';
const OTHER = 'AAAAAAAAAAAAAAAAAAAAZg';

const topic = (name: string, topicId: string): MetadataRecord => ({
  type: 'Topic',
  data: TopicRecord.create({ name, topicId }),
});

const partition = (topicId: string, partitionId: number): MetadataRecord => ({
  type: 'Partition',
  data: PartitionRecord.create({
    topicId,
    partitionId,
    replicas: [1],
    isr: [1],
    leader: 1,
    leaderEpoch: 0,
    partitionEpoch: 0,
  }),
});

const config = (name: string, value: string | null): MetadataRecord => ({
  type: 'Config',
  data: ConfigRecord.create({ resourceType: ConfigResourceType.TOPIC, resourceName: 'orders', name, value }),
});

const change = (fields: Partial<PartitionChangeRecord>): MetadataRecord => ({
  type: 'PartitionChange',
  data: PartitionChangeRecord.create({ topicId: ORDERS, partitionId: 0, ...fields }),
});

const remove = (topicId: string): MetadataRecord => ({
  type: 'RemoveTopic',
  data: RemoveTopicRecord.create({ topicId }),
});

function replay(records: readonly MetadataRecord[], base = emptyImage) {
  const builder = new ImageBuilder(base);
  for (const [index, record] of records.entries()) builder.apply(record, base.offset + 1 + index, 3);
  return { image: builder.build(), delta: builder.delta() };
}

const withOrders = replay([topic('orders', ORDERS), partition(ORDERS, 0), config('retention.ms', '5')]);

describe('ImageBuilder', () => {
  it('notes where it is', () => {
    expect([withOrders.image.offset, withOrders.image.epoch]).toEqual([2, 3]);
  });

  it('leaves the image it builds on as it was', () => {
    const { image, delta } = replay([partition(ORDERS, 1), change({ leader: -1 })], withOrders.image);
    expect(withOrders.image.topics.byName.get('orders')!.partitions).toHaveLength(1);
    expect(withOrders.image.topics.byName.get('orders')!.partitions[0]!.leader).toBe(1);
    expect(image.topics.byName.get('orders')!.partitions).toHaveLength(2);
    expect([...delta.changedTopics]).toEqual([ORDERS]);
  });

  it('bumps the leader epoch when a change names a leader, even the same one, and the partition epoch always', () => {
    const epochsAfter = (fields: Partial<PartitionChangeRecord>) => {
      const { leaderEpoch, partitionEpoch } = replay(
        [change(fields)],
        withOrders.image,
      ).image.topics.byId.get(ORDERS)!.partitions[0]!;
      return [leaderEpoch, partitionEpoch];
    };
    expect(epochsAfter({ leader: 1 })).toEqual([1, 1]);
    expect(epochsAfter({ isr: [] })).toEqual([0, 1]);
  });

  it('removes a topic with its configuration', () => {
    const { image, delta } = replay([remove(ORDERS)], withOrders.image);
    expect([image.topics.byName.size, image.topics.byId.size]).toEqual([0, 0]);
    expect(image.configs.of(ConfigResourceType.TOPIC, 'orders').size).toBe(0);
    expect(delta.deletedTopics.map(({ name }) => name)).toEqual(['orders']);
  });

  it('knows nothing of a topic that came and went between two images', () => {
    const { image, delta } = replay([topic('orders', ORDERS), partition(ORDERS, 0), remove(ORDERS)]);
    expect(image.topics.byName.size).toBe(0);
    expect([delta.changedTopics.size, delta.deletedTopics.length]).toEqual([0, 0]);
  });

  it('tells a topic from an older one of the same name', () => {
    const { image, delta } = replay([remove(ORDERS), topic('orders', OTHER)], withOrders.image);
    expect(image.topics.byName.get('orders')!.id).toBe(OTHER);
    expect([...delta.changedTopics]).toEqual([OTHER]);
    expect(delta.deletedTopics.map(({ id }) => id)).toEqual([ORDERS]);
  });

  it('takes a null value for the end of an override', () => {
    const { image } = replay([config('retention.ms', null)], withOrders.image);
    expect(image.configs.of(ConfigResourceType.TOPIC, 'orders').size).toBe(0);
  });

  describe('with metadata transactions, as Apache Kafka writes them', () => {
    const begin: MetadataRecord = { type: 'BeginTransaction', data: BeginTransactionRecord.create() };
    const end: MetadataRecord = { type: 'EndTransaction', data: EndTransactionRecord.create() };
    const abort: MetadataRecord = { type: 'AbortTransaction', data: AbortTransactionRecord.create() };

    it('applies what was ended, all at once', () => {
      const builder = new ImageBuilder(withOrders.image);
      for (const record of [begin, topic('other', OTHER), partition(OTHER, 0)]) builder.apply(record, 3, 3);
      expect([builder.build().topics.byName.size, builder.hasOpenTransaction]).toEqual([1, true]);
      builder.apply(end, 4, 3);
      expect([builder.build().topics.byName.size, builder.hasOpenTransaction]).toEqual([2, false]);
    });

    it('forgets what was aborted', () => {
      const { image } = replay([begin, topic('other', OTHER), abort], withOrders.image);
      expect([...image.topics.byName.keys()]).toEqual(['orders']);
    });

    it.each([
      ['a transaction inside another', [begin, begin], 'a transaction begins inside another'],
      ['an end without a beginning', [end], 'a transaction ends that has not begun'],
    ])('takes %s for damage', (_what, records, problem) => {
      expect(() => replay(records, withOrders.image)).toThrow(problem);
    });
  });

  it('follows brokers that come, are fenced, and go', () => {
    const register: MetadataRecord = {
      type: 'RegisterBroker',
      data: RegisterBrokerRecord.create({ brokerId: 4, brokerEpoch: 9, fenced: true }),
    };
    const isFenced = (...records: readonly MetadataRecord[]) =>
      replay([register, ...records]).image.brokers.get(4)?.isFenced;
    const data = { id: 4, epoch: 9 };
    expect(isFenced()).toBe(true);
    expect(isFenced({ type: 'UnfenceBroker', data })).toBe(false);
    expect(isFenced({ type: 'UnfenceBroker', data }, { type: 'FenceBroker', data })).toBe(true);
    expect(isFenced({ type: 'UnregisterBroker', data: { brokerId: 4, brokerEpoch: 9 } })).toBeUndefined();
  });

  it.each([
    ['a second topic of a name', [topic('orders', OTHER)], 'topic orders exists already'],
    ['a second topic of an id', [topic('other', ORDERS)], `topic id ${ORDERS} exists already`],
    ['a partition of nothing', [partition(OTHER, 0)], `topic id ${OTHER} is unknown`],
    ['a partition out of turn', [partition(ORDERS, 5)], 'partition 5 of topic id'],
    ['a change of no partition', [change({ partitionId: 7 })], 'partition 7 of topic id'],
    ['the removal of nothing', [remove(OTHER)], `topic id ${OTHER} is unknown`],
    [
      'a change of an unknown broker',
      [{ type: 'BrokerRegistrationChange', data: BrokerRegistrationChangeRecord.create({ brokerId: 9 }) }],
      'broker 9 with epoch 0 is not registered',
    ],
  ] as const)('takes %s for damage, not for something to skip', (_what, records, problem) => {
    expect(() => replay(records as readonly MetadataRecord[], withOrders.image)).toThrow(problem);
    expect(() => replay(records as readonly MetadataRecord[], withOrders.image)).toThrow('offset 3');
  });
});
