import type { NodePlace } from './node-network.ts';

/** How soon a node counts as gone: as users have it, or as fast as both systems allow without taking a busy node for dead. */
export type Timeouts = 'usual' | 'short';

/** The `server.properties` of one of three nodes, the same for Millrace and Apache Kafka. */
export function clusterProperties(
  own: NodePlace,
  nodes: readonly NodePlace[],
  { directory, timeouts }: { readonly directory: string; readonly timeouts: Timeouts },
): string {
  const voters = nodes.map(({ id, host, controllerPort }) => `${id}@${host}:${controllerPort}`);
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': own.id,
    'controller.quorum.voters': voters.join(','),
    listeners: `PLAINTEXT://${own.host}:${own.port},CONTROLLER://${own.host}:${own.controllerPort}`,
    'advertised.listeners': `PLAINTEXT://${own.host}:${own.port}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': directory,
    'auto.create.topics.enable': 'false',
    'default.replication.factor': 3,
    'min.insync.replicas': 2,
    // One partition: who leads it coordinates every group.
    'offsets.topic.num.partitions': 1,
    'offsets.topic.replication.factor': 3,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': 3,
    'transaction.state.log.min.isr': 2,
    'group.initial.rebalance.delay.ms': 0,
    ...(timeouts === 'short' ? short : {}),
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

const short = {
  'broker.heartbeat.interval.ms': 200,
  'broker.session.timeout.ms': 1500,
  'controller.quorum.election.timeout.ms': 500,
  'controller.quorum.fetch.timeout.ms': 1000,
  'controller.quorum.election.backoff.max.ms': 100,
  'replica.lag.time.max.ms': 3000,
};
