export interface NodePorts {
  readonly id: number;
  readonly port: number;
  readonly controllerPort: number;
}

/** The `server.properties` of one of three nodes, the same for Millrace and Apache Kafka. */
export function clusterProperties(own: NodePorts, nodes: readonly NodePorts[], directory: string): string {
  const voters = nodes.map(({ id, controllerPort }) => `${id}@127.0.0.1:${controllerPort}`);
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': own.id,
    'controller.quorum.voters': voters.join(','),
    listeners: `PLAINTEXT://127.0.0.1:${own.port},CONTROLLER://127.0.0.1:${own.controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${own.port}`,
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
    ...failOver,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** As fast as both allow to notice that a node is gone without taking a busy one for dead. */
const failOver = {
  'broker.heartbeat.interval.ms': 200,
  'broker.session.timeout.ms': 1500,
  'controller.quorum.election.timeout.ms': 500,
  'controller.quorum.fetch.timeout.ms': 1000,
  'controller.quorum.election.backoff.max.ms': 100,
  'replica.lag.time.max.ms': 3000,
};
