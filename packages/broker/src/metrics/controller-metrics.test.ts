import { expect, it } from 'vitest';
import type { BrokerNode } from '../broker-node.ts';
import { createTopic } from '../testing/requests.ts';
import { ThreeNodes } from '../testing/three-nodes.ts';
import { takeSnapshot } from './metric-snapshot.ts';
import { controllerMetrics } from './table/controller-metrics.ts';
import { quorumMetrics } from './table/quorum-metrics.ts';

async function valuesOf(node: BrokerNode): Promise<Record<string, unknown>> {
  const snapshot = await takeSnapshot(node.operationsSources.metrics, 1);
  return Object.fromEntries(
    [...controllerMetrics.metrics, ...quorumMetrics.metrics].map(({ mbean, read }) => [
      mbean!.split(/name=| /).at(-1),
      read(snapshot),
    ]),
  );
}

it('every node counts what there is in the cluster', async () => {
  await using cluster = await ThreeNodes.start({ 'auto.leader.rebalance.enable': 'false' });
  const gone = cluster.nodes.find((node) => node !== cluster.active)!.nodeId;
  const connection = await cluster.connect(cluster.active!.nodeId);
  await createTopic(connection, 'alone', { partitions: 6, replicationFactor: 1 });
  await createTopic(connection, 'together', { partitions: 6, replicationFactor: 3 });
  const { image } = cluster.active!;
  const led = (name: string) =>
    image.topics.byName.get(name)!.partitions.filter(({ leader }) => leader === gone).length;
  const [offline, moved] = [led('alone'), led('together')];
  await cluster.stopNode(gone);
  for (const node of cluster.nodes) {
    await node.cluster.metadata.loader.until(({ brokers }) => brokers.get(gone)?.isFenced === true);
    expect(await valuesOf(node)).toMatchObject({
      ActiveControllerCount: Number(node === cluster.active),
      ActiveBrokerCount: 2,
      FencedBrokerCount: 1,
      GlobalTopicCount: 2,
      GlobalPartitionCount: 12,
      OfflinePartitionsCount: offline,
      PreferredReplicaImbalanceCount: offline + moved,
      UncleanLeaderElectionsPerSec: 0,
      'number-of-voters': 3,
    });
  }
  expect(offline + moved).toBeGreaterThan(0);
});
