import { Admin, Consumer } from '@platformatic/kafka';
import { expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';

/** A consumer of @platformatic/kafka that has joined the group under an instance id. */
async function joined(
  server: TestBroker,
  groupInstanceId: string,
  heartbeatInterval = 20,
): Promise<Consumer> {
  const consumer = new Consumer({
    clientId: 'interop',
    bootstrapBrokers: [server.bootstrapServers],
    groupId: 'team',
    groupInstanceId,
    sessionTimeout: 10_000,
    rebalanceTimeout: 10_000,
    heartbeatInterval,
    retries: 20,
    retryDelay: 20,
  });
  consumer.topics.trackAll('shared');
  await consumer.joinGroup();
  return consumer;
}

function partitionsOf(consumer: Consumer): number[] {
  return (consumer.assignments ?? []).flatMap(({ partitions }) => partitions).toSorted((a, b) => a - b);
}

it('a static member of @platformatic/kafka that is back gets its partitions without a rebalance', async () => {
  await using server = await TestBroker.start();
  const admin = new Admin({ clientId: 'interop', bootstrapBrokers: [server.bootstrapServers] });
  await admin.createTopics({ topics: ['shared'], partitions: 4 });
  const first = await joined(server, 'one');
  const rejoined = new Promise<void>((resolve) => first.once('consumer:group:join', () => resolve()));
  // Silent from now on: a heartbeat would tell it that it is fenced, and it would fence its successor in turn.
  const second = await joined(server, 'two', 9_000);
  await rejoined;
  const before = partitionsOf(second);
  expect([...partitionsOf(first), ...before].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);

  // The process of the second one dies without a word, and another one starts under its instance id.
  const successor = await joined(server, 'two');
  expect(successor.generationId).toBe(second.generationId);
  expect(successor.memberId).not.toBe(second.memberId);
  expect(partitionsOf(successor)).toEqual(before);
  const groups = await admin.describeGroups({ groups: ['team'] });
  const instances = [...groups.get('team')!.members.values()].map(({ groupInstanceId }) => groupInstanceId);
  expect(instances.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(['one', 'two']);
  await Promise.allSettled([first, second, successor].map((consumer) => consumer.close(true)));
  await admin.close();
});
