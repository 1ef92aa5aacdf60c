import { decodeRecords, ErrorCode, recordBatches } from '@millrace/protocol';
import {
  AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/alter-partition-reassignments';
import { describe, expect, it } from 'vitest';
import type { PartitionImage } from '../metadata/cluster-image.ts';
import { batchOf, createTopic, produceRequest } from '../testing/requests.ts';
import { ThreeNodes } from '../testing/three-nodes.ts';

const replicated = { replicationFactor: 3, configs: { 'min.insync.replicas': '2' } };

function partitionOf(cluster: ThreeNodes): PartitionImage {
  const newest = cluster.nodes.map(({ image }) => image.topics.byName.get('orders')!.partitions[0]!);
  return newest.reduce((a, b) => (b.partitionEpoch > a.partitionEpoch ? b : a));
}

/** Resolves when every node that runs knows the partition so. */
async function known(cluster: ThreeNodes, condition: (partition: PartitionImage) => boolean): Promise<void> {
  const all = cluster.nodes.map(({ cluster: { metadata } }) =>
    metadata.loader.until(({ topics }) => {
      const partition = topics.byName.get('orders')?.partitions[0];
      return partition !== undefined && condition(partition);
    }),
  );
  await Promise.all(all);
}

/** Sends until a leader has answered that all replicas in sync have it. */
async function produce(cluster: ThreeNodes, value: string): Promise<void> {
  for (;;) {
    const { leader } = partitionOf(cluster);
    const node = cluster.nodes.find(({ nodeId }) => nodeId === leader);
    try {
      const connection = await cluster.connect(node!.nodeId);
      const { responses } = await connection.send(produceRequest('orders', batchOf([value])));
      connection.destroy();
      if (responses[0]!.partitionResponses[0]!.errorCode === ErrorCode.NONE) return;
    } catch {
      // The node stops; another one leads soon.
    }
    await new Promise<void>((resolve) => cluster.hosts[0]!.timers.schedule(5, resolve));
  }
}

async function valuesOn(cluster: ThreeNodes, id: number): Promise<string[]> {
  const { log } = cluster.node(id).partitions.replica('orders', 0)!;
  const read = await log.read({ offset: 0, maxBytes: 1 << 24, upTo: 'logEndOffset' });
  return recordBatches(Buffer.concat(read.records)).flatMap((batch) =>
    decodeRecords(batch).map(({ value }) => value!.toString()),
  );
}

/** Resolves when the log of a node ends there. */
function endsAt(cluster: ThreeNodes, id: number, endOffset: number): Promise<void> {
  const { log } = cluster.node(id).partitions.replica('orders', 0)!;
  return new Promise((resolve) => {
    const look = (): void => {
      if (log.logEndOffset < endOffset) return;
      end();
      resolve();
    };
    const end = log.onChange(look);
    look();
  });
}

describe('a partition on three nodes', () => {
  it('keeps what was acknowledged, in its order, while its leaders stop and start', async () => {
    await using cluster = await ThreeNodes.start();
    await createTopic(await cluster.connect(1), 'orders', replicated);
    await known(cluster, () => true);
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const { leader } = partitionOf(cluster);
      const stopped = cluster.stopNode(leader);
      for (let count = 0; count < 20; count++) {
        const value = `${round}-${count}`;
        await produce(cluster, value);
        acknowledged.push(value);
      }
      await stopped;
      await cluster.startNode(leader);
      await known(cluster, ({ inSyncReplicas }) => inSyncReplicas.length === 3);
    }
    const { leader } = partitionOf(cluster);
    const values = await valuesOn(cluster, leader);
    // Sent again after an answer that was lost, a record may be there twice.
    expect([...new Set(values)]).toEqual(acknowledged);
    for (const id of [1, 2, 3]) {
      await endsAt(cluster, id, values.length);
      expect(await valuesOn(cluster, id)).toEqual(values);
    }
    const errors = cluster.lines.flat().filter(({ level }) => level === 'error');
    expect(errors.filter(({ message }) => message.startsWith('Committed records'))).toEqual([]);
  });

  it('moves to other nodes with everything it has, and leaves nothing behind', async () => {
    await using cluster = await ThreeNodes.start();
    const connection = await cluster.connect(1);
    await createTopic(connection, 'orders', { replicationFactor: 1 });
    await known(cluster, () => true);
    for (const value of ['a', 'b', 'c']) await produce(cluster, value);
    const { leader: from } = partitionOf(cluster);
    const target = [1, 2, 3].filter((id) => id !== from);
    const { responses } = await connection.send({
      request: AlterPartitionReassignmentsRequest,
      response: AlterPartitionReassignmentsResponse,
      version: 0,
      message: { topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, replicas: target }] }] },
    });
    expect(responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.NONE);
    await known(cluster, ({ replicas, removingReplicas, leader }) => {
      return removingReplicas.length === 0 && !replicas.includes(from) && target.includes(leader);
    });
    await produce(cluster, 'd');
    for (const id of target) {
      await endsAt(cluster, id, 4);
      expect(await valuesOn(cluster, id)).toEqual(['a', 'b', 'c', 'd']);
    }
    expect(cluster.node(from).partitions.replica('orders', 0)).toBeUndefined();
    expect(cluster.node(from).logs.get('orders', 0)).toBeUndefined();
  });
});
