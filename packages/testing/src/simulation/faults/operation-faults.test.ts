import type { Admin } from '@millrace/client';
import { expect, test } from 'vitest';
import { ClusterWorld } from '../cluster/cluster-world.ts';
import { featureFaults, operationFaults, voterFaults } from './operation-faults.ts';

/** What an operator can change of a cluster, as text. */
async function stateOf(admin: Admin): Promise<string> {
  const names = (await admin.listTopics({ includeInternal: true })).map(({ name }) => name);
  const topics = [...(await admin.describeTopics(names)).values()].map(({ name, topicId, partitions }) => {
    const places = partitions.map(({ replicas, leaderId }) => `${String(replicas)} by ${leaderId}`);
    return `${name} ${topicId} ${places.join('; ')}`;
  });
  const resources = names.map((name) => ({ type: 'topic' as const, name }));
  const configs = [...(await admin.describeConfigs(resources)).values()].flatMap((entries) =>
    [...entries].filter(([, { source }]) => source === 'DYNAMIC_TOPIC_CONFIG').map(([name]) => name),
  );
  const { voters } = await admin.describeMetadataQuorum();
  const ids = voters.map(({ nodeId }) => nodeId).toSorted((a, b) => a - b);
  const levels = [...(await admin.describeFeatures()).finalized].map(String);
  return [...topics, ...configs, `voters ${String(ids)}`, ...levels].join('\n');
}

test('every operation changes a cluster of which nothing is broken', async () => {
  const world = new ClusterWorld({ seed: 1, hasDynamicVoters: true });
  const random = world.simulation.random.fork('operations');
  await world.simulation.run(async () => {
    await world.start();
    await world.createTopics({ orders: 3 });
    await world.withAdmin(async (admin) => {
      for (const operation of new Set([...operationFaults, ...voterFaults, ...featureFaults])) {
        const states = new Set([await stateOf(admin)]);
        for (let time = 0; time < 4; time++) {
          await operation.strike(world, random);
          await world.simulation.sleep(2000);
          states.add(await stateOf(admin));
        }
        expect(states.size, operation.name).toBeGreaterThan(1);
      }
    });
    await world.close();
  });
});
