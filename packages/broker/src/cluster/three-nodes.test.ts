import { MetadataRequest, MetadataResponse } from '@millrace/protocol/messages/metadata';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { append, createTopic } from '../testing/requests.ts';
import { ThreeNodes } from '../testing/three-nodes.ts';

const everybody = new Set([1, 2, 3]);

async function describeTopic(connection: RawConnection, name: string) {
  const { topics, brokers } = await connection.send({
    request: MetadataRequest,
    response: MetadataResponse,
    version: 12,
    message: { topics: [{ name }] },
  });
  return { topic: topics[0]!, brokers };
}

describe('three nodes', () => {
  it('elect a controller, register and serve', async () => {
    await using cluster = await ThreeNodes.start();
    const active = cluster.active!;
    const other = cluster.nodes.find((node) => node !== active)!;
    // Whoever is asked: what only the controller can do is passed on.
    const connection = await cluster.connect(other.nodeId);
    await createTopic(connection, 'orders', { partitions: 3, replicationFactor: 3 });
    for (const node of cluster.nodes) {
      await node.cluster.metadata.loader.until(({ topics }) => topics.byName.has('orders'));
      const { topic, brokers } = await describeTopic(await cluster.connect(node.nodeId), 'orders');
      expect(new Set(brokers.map(({ nodeId }) => nodeId))).toEqual(everybody);
      expect(topic.partitions.map(({ errorCode }) => errorCode)).toEqual([0, 0, 0]);
      for (const { isrNodes, replicaNodes } of topic.partitions) {
        expect(new Set(isrNodes)).toEqual(everybody);
        expect(new Set(replicaNodes)).toEqual(everybody);
      }
    }
    const { topic } = await describeTopic(connection, 'orders');
    const leader = topic.partitions[0]!.leaderId;
    await append(await cluster.connect(leader), 'orders', ['a', 'b']);
    expect(cluster.node(leader).partitions.get('orders', 0)!.log.highWatermark).toBe(2);
  });

  it('go on under another controller when the active one stops, and take it back', async () => {
    await using cluster = await ThreeNodes.start();
    const first = cluster.active!.nodeId;
    await cluster.stopNode(first);
    const [survivor] = cluster.nodes;
    const connection = await cluster.connect(survivor!.nodeId);
    await createTopic(connection, 'orders', { partitions: 1, replicationFactor: 2 });
    expect(cluster.active!.nodeId).not.toBe(first);
    const back = await cluster.startNode(first);
    expect(back.image.topics.byName.has('orders')).toBe(true);
    expect(back.image.brokers.get(first)!.isFenced).toBe(false);
    await createTopic(await cluster.connect(first), 'payments', { partitions: 1, replicationFactor: 3 });
  });
});
