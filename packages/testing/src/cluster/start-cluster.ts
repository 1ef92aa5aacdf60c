import type { BrokerProperties } from '@millrace/broker';
import { nodeHost, silentLogger, type Logger } from '@millrace/host';
import { openBrokerStorage, type StorageKind } from '../broker-storage.ts';
import { ClusterLinks } from './cluster-links.ts';
import { clusterProperties, type PlannedNode } from './cluster-properties.ts';
import { ReservedPorts } from './reserved-ports.ts';
import { TestCluster } from './test-cluster.ts';
import { TestClusterNode } from './test-cluster-node.ts';

/** For `startCluster()`. */
export interface StartClusterOptions {
  /**
   * Properties of every node, by Kafka's names. They win over what this function sets: a replication factor of 3 (or
   * the number of nodes), `min.insync.replicas` one less, time-outs of about a second.
   */
  readonly properties?: BrokerProperties;
  /** Properties of one node, for example its `broker.rack`. They win over all others. */
  readonly propertiesOf?: (nodeId: number) => BrokerProperties;
  /** `memory`, the default, or `temporary` directories that `close()` removes. */
  readonly storage?: StorageKind;
  /** What each node logs. Default: silent. */
  readonly loggerOf?: (nodeId: number) => Logger;
}

/**
 * Starts a cluster in this process: nodes with ids from 1, each broker and controller, over real sockets on the
 * loopback. It resolves when all of them serve.
 *
 * @throws what `Broker.start` throws
 */
export async function startCluster(size = 3, options: StartClusterOptions = {}): Promise<TestCluster> {
  const ports = new ReservedPorts(nodeHost().network);
  const planned: PlannedNode[] = [];
  for (let id = 1; id <= size; id++) {
    planned.push({ id, port: await ports.reserve(), controllerPort: await ports.reserve() });
  }
  const links = new ClusterLinks();
  const clusterId = nodeHost().random.bytes(16).toString('base64url');
  const nodes: TestClusterNode[] = [];
  const storages = await Promise.all(planned.map(() => openBrokerStorage(options.storage ?? 'memory')));
  for (const [index, plan] of planned.entries()) {
    const storage = storages[index]!;
    for (const port of [plan.port, plan.controllerPort]) links.owns(plan.id, port);
    nodes.push(
      new TestClusterNode({
        nodeId: plan.id,
        nodeIds: planned.map(({ id }) => id),
        links,
        ports,
        storage,
        properties: {
          'log.dirs': storage.directory,
          ...clusterProperties(plan, planned, clusterId),
          ...options.properties,
          ...options.propertiesOf?.(plan.id),
        },
        logger: options.loggerOf?.(plan.id) ?? silentLogger,
        address: `127.0.0.1:${plan.port}`,
      }),
    );
  }
  const cluster = new TestCluster({ nodes, storages, clusterId });
  try {
    await Promise.all(nodes.map((node) => node.start()));
    return cluster;
  } catch (error) {
    await cluster.close();
    throw error;
  } finally {
    await ports.close();
  }
}
