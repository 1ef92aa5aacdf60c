import { describe, expect, it } from 'vitest';
import type { ConsumerProperties } from '../consumer/consumer-properties.ts';
import { TestCluster } from '../consumer/testing/test-cluster.ts';
import { Admin } from './admin.ts';

/** A consumer that has its partitions. */
async function joined(cluster: TestCluster, properties: ConsumerProperties) {
  const consumer = cluster.consumer(properties);
  consumer.subscribe('t');
  while (consumer.assignment().length === 0) await consumer.poll({ timeoutMs: 100 });
  return consumer;
}

describe('describeConsumerGroups', () => {
  it('tells epochs and targets of a group with assignment by the broker', async () => {
    await using cluster = await TestCluster.start();
    await using admin = new Admin({ 'bootstrap.servers': cluster.bootstrapServers });
    await cluster.createTopic('t', 2);
    await joined(cluster, {
      'group.id': 'new',
      'group.protocol': 'consumer',
      'group.remote.assignor': 'range',
    });
    const group = (await admin.describeConsumerGroups(['new'])).get('new')!;
    const partitions = [0, 1].map((partition) => ({ topic: 't', partition }));
    expect(group).toMatchObject({ type: 'consumer', assignor: 'range', groupEpoch: 2, assignmentEpoch: 2 });
    expect(group.members).toMatchObject([
      {
        memberEpoch: 2,
        subscribedTopics: ['t'],
        subscribedTopicRegex: '',
        isClassic: false,
        assignment: partitions,
        targetAssignment: partitions,
      },
    ]);
  });

  it('describes classic groups as well, and says which group does not exist', async () => {
    await using cluster = await TestCluster.start();
    await using admin = new Admin({ 'bootstrap.servers': cluster.bootstrapServers });
    await cluster.createTopic('t', 1);
    await joined(cluster, { 'group.id': 'old' });
    const group = (await admin.describeConsumerGroups(['old'])).get('old')!;
    expect(group).toMatchObject({ type: 'classic', state: 'Stable', assignor: 'range', groupEpoch: -1 });
    expect(group.members).toMatchObject([{ isClassic: true, assignment: [{ topic: 't', partition: 0 }] }]);
    await expect(admin.describeConsumerGroups(['nobody'])).rejects.toMatchObject({
      code: 'GROUP_ID_NOT_FOUND',
    });
  });
});
