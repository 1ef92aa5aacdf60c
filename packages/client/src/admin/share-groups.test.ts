import { describe, expect, it } from 'vitest';
import { TestCluster } from '../consumer/testing/test-cluster.ts';
import { Admin } from './admin.ts';

/** Topic `t`, and share group `g` with one member that has accepted the first three of five records. */
async function prepared(cluster: TestCluster) {
  await cluster.createTopic('t', 2);
  await cluster.configureGroup('g', { 'share.auto.offset.reset': 'earliest' });
  await cluster.fill('t', 1, 5);
  const consumer = cluster.shareConsumer({
    'share.acknowledgement.mode': 'explicit',
    'client.rack': 'attic',
    'client.id': 'worker',
  });
  consumer.subscribe('t');
  const records = await consumer.poll({ timeoutMs: 10_000 });
  for (const record of records.slice(0, 3)) consumer.acknowledge(record);
  await consumer.commit();
  const admin = new Admin({ 'bootstrap.servers': cluster.bootstrapServers });
  return { consumer, admin };
}

describe('Admin and share groups', () => {
  it('lists and describes them', async () => {
    await using cluster = await TestCluster.start();
    const { admin } = await prepared(cluster);
    await using _ = admin;
    await cluster.consumer({ 'group.id': 'other' }).commit([{ topic: 't', partition: 0, offset: 0 }]);
    expect(await admin.listShareGroups()).toEqual([
      { groupId: 'g', protocolType: 'share', state: 'Stable', type: 'share' },
    ]);
    const group = (await admin.describeShareGroups(['g'])).get('g');
    expect(group).toMatchObject({ state: 'Stable', assignor: 'simple' });
    expect(group?.members).toMatchObject([
      {
        clientId: 'worker',
        rackId: 'attic',
        subscribedTopics: ['t'],
        assignment: [0, 1].map((partition) => ({ topic: 't', partition })),
      },
    ]);
    await expect(admin.describeShareGroups(['other'])).rejects.toMatchObject({ code: 'GROUP_ID_NOT_FOUND' });
  });

  it('tells, sets and forgets where they are', async () => {
    await using cluster = await TestCluster.start();
    const { admin, consumer } = await prepared(cluster);
    await using _ = admin;
    const partition = { topic: 't', partition: 1 };
    const set = (startOffset: number, index = 1) =>
      admin.alterShareGroupOffsets('g', [{ topic: 't', partition: index, startOffset }]);
    await expect(set(1)).rejects.toMatchObject({ code: 'NON_EMPTY_GROUP' });
    await consumer.close();
    const where = async () =>
      (await admin.listShareGroupOffsets('g', { partitions: [partition] })).map((offset) => offset);
    expect(await where()).toMatchObject([{ ...partition, startOffset: 3, lag: 2 }]);
    await set(1);
    expect(await where()).toMatchObject([{ ...partition, startOffset: 1, lag: 4 }]);
    await expect(
      admin.alterShareGroupOffsets('g', [{ topic: 't', partition: 9, startOffset: 0 }], {
        unknownTopicPatienceMs: 0,
      }),
    ).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' });
    await admin.deleteShareGroupOffsets('g', ['t']);
    expect(await admin.listShareGroupOffsets('g')).toEqual([]);
    await admin.deleteGroups(['g']);
    expect(await admin.listShareGroups()).toEqual([]);
  });

  it('changes their settings', async () => {
    await using cluster = await TestCluster.start();
    await using admin = new Admin({ 'bootstrap.servers': cluster.bootstrapServers });
    const group = { type: 'group', name: 'g' } as const;
    const operations = [
      { name: 'share.auto.offset.reset', operation: 'set', value: 'by_duration:PT1H' },
    ] as const;
    await admin.incrementalAlterConfigs([{ ...group, operations }]);
    const [entries] = (await admin.describeConfigs([group])).values();
    expect(entries?.get('share.auto.offset.reset')).toMatchObject({
      value: 'by_duration:PT1H',
      source: 'DYNAMIC_GROUP_CONFIG',
    });
  });
});
