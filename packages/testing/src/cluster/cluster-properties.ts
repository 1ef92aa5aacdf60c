import type { BrokerProperties } from '@millrace/broker';

export interface PlannedNode {
  readonly id: number;
  readonly port: number;
  readonly controllerPort: number;
}

/** Time-outs of a cluster whose nodes share a process: a node that is gone is missed within a second. */
const timing: BrokerProperties = {
  'broker.heartbeat.interval.ms': 200,
  'broker.session.timeout.ms': 1500,
  'controller.quorum.election.timeout.ms': 400,
  'controller.quorum.fetch.timeout.ms': 1000,
  'controller.quorum.election.backoff.max.ms': 200,
  'replica.lag.time.max.ms': 3000,
  'controlled.shutdown.timeout.ms': 5000,
};

/** A node that is broker and controller, one of `nodes`. */
export function clusterProperties(
  own: PlannedNode,
  nodes: readonly PlannedNode[],
  clusterId: string,
): BrokerProperties {
  const factor = Math.min(3, nodes.length);
  const minimum = Math.max(1, factor - 1);
  return {
    'node.id': own.id,
    'cluster.id': clusterId,
    'process.roles': 'broker,controller',
    listeners: `PLAINTEXT://127.0.0.1:${own.port},CONTROLLER://127.0.0.1:${own.controllerPort}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.quorum.voters': nodes
      .map(({ id, controllerPort }) => `${id}@127.0.0.1:${controllerPort}`)
      .join(','),
    'default.replication.factor': factor,
    'min.insync.replicas': minimum,
    'offsets.topic.num.partitions': 3,
    'offsets.topic.replication.factor': factor,
    'transaction.state.log.num.partitions': 3,
    'transaction.state.log.replication.factor': factor,
    'transaction.state.log.min.isr': minimum,
    'share.coordinator.state.topic.num.partitions': 3,
    'share.coordinator.state.topic.replication.factor': factor,
    'share.coordinator.state.topic.min.isr': minimum,
    'group.initial.rebalance.delay.ms': 0,
    ...timing,
  };
}
