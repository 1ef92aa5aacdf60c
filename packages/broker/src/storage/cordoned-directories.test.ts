import { memoryHost } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import {
  AlterReplicaLogDirsRequest,
  AlterReplicaLogDirsResponse,
} from '@millrace/protocol/messages/alter-replica-log-dirs';
import {
  DescribeLogDirsRequest,
  DescribeLogDirsResponse,
} from '@millrace/protocol/messages/describe-log-dirs';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from '@millrace/protocol/messages/incremental-alter-configs';
import { UpdateFeaturesRequest, UpdateFeaturesResponse } from '@millrace/protocol/messages/update-features';
import { describe, expect, it } from 'vitest';
import type { BrokerNode } from '../broker-node.ts';
import { formatAtLevel } from '../testing/format-at-level.ts';
import { MetricValues } from '../testing/metric-values.ts';
import type { RawConnection } from '../testing/raw-connection.ts';
import { createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { ThreeNodes } from '../testing/three-nodes.ts';

const NAME = 'cordoned.log.dirs';
const [A, B] = ['/data/a', '/data/b'];
const twoDirectories = { 'log.dirs': `${A},${B}` };

/** Sets the property, or goes back to what the file says. @returns the error */
async function cordon(connection: RawConnection, value: string | null, id = 1): Promise<number> {
  const configs = [{ name: NAME, configOperation: value === null ? 1 : 0, value }];
  const { responses } = await connection.send({
    request: IncrementalAlterConfigsRequest,
    response: IncrementalAlterConfigsResponse,
    version: 1,
    message: { resources: [{ resourceType: 4, resourceName: String(id), configs }], validateOnly: false },
  });
  return responses[0]!.errorCode;
}

async function cordoned(connection: RawConnection): Promise<string[]> {
  const { results } = await connection.send({
    request: DescribeLogDirsRequest,
    response: DescribeLogDirsResponse,
    version: 5,
    message: { topics: null },
  });
  return results.filter(({ isCordoned }) => isCordoned).map(({ logDir }) => logDir);
}

/** Resolves when the controller has been told of so many directories of a broker. */
async function told({ cluster }: BrokerNode, count: number, id = 1): Promise<void> {
  await cluster.metadata.loader.until(
    ({ brokers }) => brokers.get(id)?.cordonedDirectoryIds.length === count,
  );
}

async function upgrade(connection: RawConnection): Promise<number> {
  const featureUpdates = [{ feature: 'metadata.version', maxVersionLevel: 30, upgradeType: 1 }];
  const { errorCode } = await connection.send({
    request: UpdateFeaturesRequest,
    response: UpdateFeaturesResponse,
    version: 1,
    message: { featureUpdates, validateOnly: false },
  });
  return errorCode;
}

describe('cordoned directories', () => {
  it('hold what they have, and get nothing new', async () => {
    await using server = await TestBroker.start(twoDirectories);
    const { broker } = server;
    const connection = await server.connect();
    await createTopic(connection, 'before', { partitions: 4 });
    expect(await cordon(connection, A)).toBe(ErrorCode.NONE);
    expect(await cordoned(connection)).toEqual([A]);
    await createTopic(connection, 'during', { partitions: 4 });
    const placesOf = (topic: string) =>
      new Set([...broker.logs.logs()].filter((log) => log.topic === topic).map(({ logDir }) => logDir));
    expect(placesOf('before')).toEqual(new Set([A, B]));
    expect(placesOf('during')).toEqual(new Set([B]));
    const { results } = await connection.send({
      request: AlterReplicaLogDirsRequest,
      response: AlterReplicaLogDirsResponse,
      version: 2,
      message: { dirs: [{ path: A, topics: [{ name: 'during', partitions: [0] }] }] },
    });
    expect(results[0]!.partitions[0]!.errorCode).toBe(ErrorCode.INVALID_REPLICA_ASSIGNMENT);
    const values = await MetricValues.of(broker);
    expect(values.get('kafka_log_logmanager_cordonedlogdirectorycount')).toBe(1);
    expect(values.all('kafka_log_logmanager_logdirectorycordoned')).toEqual({ [A]: 1, [B]: 0 });
  });

  it('leave no place for a topic when there are no others, from the answer on and after a restart', async () => {
    const host = memoryHost();
    const server = await TestBroker.start(twoDirectories, host);
    const connection = await server.connect();
    expect(await cordon(connection, '*')).toBe(ErrorCode.NONE);
    await told(server.broker, 2);
    await expect(createTopic(connection, 'late')).rejects.toThrow('INVALID_REPLICATION_FACTOR');
    await server[Symbol.asyncDispose]();
    await using restarted = await TestBroker.start(twoDirectories, host);
    const again = await restarted.connect();
    await expect(createTopic(again, 'late')).rejects.toThrow('INVALID_REPLICATION_FACTOR');
    expect(await cordon(again, null)).toBe(ErrorCode.NONE);
    await told(restarted.broker, 0);
    await createTopic(again, 'late');
  });

  it('may be in the properties, and are taken back by a client', async () => {
    await using server = await TestBroker.start({ ...twoDirectories, [NAME]: '*' });
    const connection = await server.connect();
    expect(await cordoned(connection)).toEqual([A, B]);
    await expect(createTopic(connection, 'orders')).rejects.toThrow('INVALID_REPLICATION_FACTOR');
    expect(await cordon(connection, '')).toBe(ErrorCode.NONE);
    await told(server.broker, 0);
    await createTopic(connection, 'orders');
    expect(await cordoned(connection)).toEqual([]);
  });

  it.each(['/elsewhere', `${A},`, `*,${A}`, `${A}/`])(
    'are directories of the node, not "%s"',
    async (value) => {
      await using server = await TestBroker.start(twoDirectories);
      const connection = await server.connect();
      expect(await cordon(connection, value)).toBe(ErrorCode.INVALID_REQUEST);
      expect(await cordoned(connection)).toEqual([]);
    },
  );

  it('count from the level on that knows of them', async () => {
    const host = memoryHost();
    await formatAtLevel(host, 29, [A, B]);
    await using server = await TestBroker.start({ ...twoDirectories, [NAME]: '*' }, host);
    const connection = await server.connect();
    expect(await cordon(connection, A)).toBe(ErrorCode.INVALID_CONFIG);
    expect(await cordoned(connection)).toEqual([]);
    await createTopic(connection, 'before');
    expect(await upgrade(connection)).toBe(ErrorCode.NONE);
    await told(server.broker, 2);
    expect(await cordoned(connection)).toEqual([A, B]);
    await expect(createTopic(connection, 'late')).rejects.toThrow('INVALID_REPLICATION_FACTOR');
  });
});

it('a broker of a cluster that is cordoned gets no partitions, and keeps those it has', async () => {
  await using cluster = await ThreeNodes.start();
  const [, node] = cluster.nodes;
  const connection = await cluster.connect(node!.nodeId);
  await createTopic(connection, 'before', { partitions: 3, replicationFactor: 3 });
  expect(await cordon(connection, '/elsewhere', node!.nodeId)).toBe(ErrorCode.INVALID_REQUEST);
  expect(await cordon(connection, '*', node!.nodeId)).toBe(ErrorCode.NONE);
  await told(cluster.active!, 1, node!.nodeId);
  const during = await createTopic(connection, 'during', { partitions: 6, replicationFactor: 2 });
  const { topics } = cluster.active!.image;
  const replicas = topics.byId.get(during)!.partitions.flatMap((partition) => partition.replicas);
  expect(replicas).not.toContain(node!.nodeId);
  expect(topics.byName.get('before')!.partitions.every(({ replicas: ids }) => ids.length === 3)).toBe(true);
  await expect(createTopic(connection, 'wide', { replicationFactor: 3 })).rejects.toThrow(
    'INVALID_REPLICATION_FACTOR',
  );
  expect(await cordon(connection, null, node!.nodeId)).toBe(ErrorCode.NONE);
  await told(cluster.active!, 0, node!.nodeId);
  await createTopic(connection, 'wide', { replicationFactor: 3 });
});
