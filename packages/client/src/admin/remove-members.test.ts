import { expect, it } from 'vitest';
import { Consumer } from '../consumer/consumer.ts';
import { startBroker } from '../testing/start-broker.ts';
import { Admin } from './admin.ts';
import { ItemsFailedError } from './items-failed-error.ts';

it.each(['classic', 'consumer'] as const)(
  'members of a %s group are removed by id and by instance, and who is none is named',
  async (protocol) => {
    await using broker = await startBroker({ 'group.initial.rebalance.delay.ms': '0' });
    const properties = { 'bootstrap.servers': broker.bootstrapServers };
    await using admin = new Admin(properties);
    await admin.createTopics([{ name: 'orders', partitions: 2 }]);
    const group = { ...properties, 'group.id': 'g', 'group.protocol': protocol } as const;
    await using dynamic = new Consumer(group);
    await using fixed = new Consumer({ ...group, 'group.instance.id': 'i' });
    for (const consumer of [dynamic, fixed]) {
      consumer.subscribe(['orders']);
      await consumer.poll({ timeoutMs: 1 });
    }
    const members = async () => (await admin.describeConsumerGroups(['g'])).get('g')?.members ?? [];
    while ((await members().catch(() => [])).length < 2) {
      await Promise.all([dynamic, fixed].map((consumer) => consumer.poll({ timeoutMs: 20 })));
    }
    const found = await members();
    const { memberId } = found.find(({ groupInstanceId }) => groupInstanceId === null)!;
    const removals = [{ memberId }, { groupInstanceId: 'i' }];
    await admin.removeMembersFromGroup('g', removals, { reason: 'they do not poll' });
    const unknown = admin.removeMembersFromGroup('g', [{ memberId: 'nobody' }]);
    await expect(unknown).rejects.toThrow(ItemsFailedError);
    await expect(unknown).rejects.toMatchObject({ code: 'UNKNOWN_MEMBER_ID' });
  },
);
