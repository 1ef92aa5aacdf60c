import type { InitialController } from '@millrace/broker';

export interface NodePlan {
  readonly id: number;
  readonly name: string;
  readonly isBroker: boolean;
  readonly isController: boolean;
}

export const CLIENT_PORT = 9092;
export const CONTROLLER_PORT = 9093;
export const CLUSTER_ID = 'simulatedClusterAAAAAA';

/** Combined nodes 1 to `brokers`; with `controllers`, those are nodes of their own, 101 and up. */
export function planNodes(brokers: number, controllers: number): NodePlan[] {
  const plan = (id: number, isBroker: boolean): NodePlan => ({
    id,
    name: `node-${id}`,
    isBroker,
    isController: !isBroker || controllers === 0,
  });
  return [
    ...Array.from({ length: brokers }, (_, index) => plan(index + 1, true)),
    ...Array.from({ length: controllers }, (_, index) => plan(index + 101, false)),
  ];
}

/**
 * Times are short, as virtual time costs by the event: idle nodes speak to each other all the time, and what matters is
 * how many faults and time-outs there are among how much work.
 */
export function nodeProperties(
  own: NodePlan,
  all: readonly NodePlan[],
  hasDynamicVoters: boolean = false,
): Readonly<Record<string, string | number>> {
  const alone = {
    'node.id': own.id,
    'cluster.id': CLUSTER_ID,
    'log.dirs': '/data',
    ...coordinatorProperties,
  };
  if (all.length === 1) return { ...alone, listeners: `PLAINTEXT://${own.name}:${CLIENT_PORT}` };
  const voters = all.filter(({ isController }) => isController);
  const roles = [...(own.isBroker ? ['broker'] : []), ...(own.isController ? ['controller'] : [])];
  const listeners = [
    ...(own.isBroker ? [`PLAINTEXT://${own.name}:${CLIENT_PORT}`] : []),
    ...(own.isController ? [`CONTROLLER://${own.name}:${CONTROLLER_PORT}`] : []),
  ];
  const replicas = Math.min(3, all.filter(({ isBroker }) => isBroker).length);
  return {
    ...alone,
    'process.roles': roles.join(','),
    listeners: listeners.join(','),
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    ...(hasDynamicVoters
      ? { 'controller.quorum.bootstrap.servers': voters.map(addressOf).join(',') }
      : { 'controller.quorum.voters': voters.map((plan) => `${plan.id}@${addressOf(plan)}`).join(',') }),
    'default.replication.factor': replicas,
    'min.insync.replicas': Math.min(2, replicas),
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': Math.min(2, replicas),
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': Math.min(2, replicas),
    ...timing,
  };
}

/** Who votes at first where that can be changed: all controllers. */
export function initialControllers(all: readonly NodePlan[]): readonly InitialController[] {
  const voters = all.filter(({ isController }) => isController);
  return voters.map(({ id, name }) => ({
    nodeId: id,
    host: name,
    port: CONTROLLER_PORT,
    directoryId: `directory${String(id).padStart(3, '0')}AAAAAAAAAA`,
  }));
}

function addressOf({ name }: NodePlan): string {
  return `${name}:${CONTROLLER_PORT}`;
}

const coordinatorProperties = {
  'auto.create.topics.enable': 'false',
  'offsets.topic.num.partitions': 2,
  'transaction.state.log.num.partitions': 2,
  'group.initial.rebalance.delay.ms': 0,
  'group.min.session.timeout.ms': 100,
  'group.consumer.min.session.timeout.ms': 100,
  'group.consumer.session.timeout.ms': 1500,
  'group.consumer.min.heartbeat.interval.ms': 100,
  'group.consumer.heartbeat.interval.ms': 200,
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': 500,
  'log.cleaner.enable': 'false',
};

const timing = {
  'broker.heartbeat.interval.ms': 200,
  'broker.session.timeout.ms': 800,
  'controller.quorum.election.timeout.ms': 300,
  'controller.quorum.fetch.timeout.ms': 600,
  'controller.quorum.election.backoff.max.ms': 300,
  'controller.quorum.request.timeout.ms': 600,
  'replica.lag.time.max.ms': 1000,
  'replica.fetch.wait.max.ms': 250,
  'replica.fetch.backoff.ms': 50,
  'replica.socket.timeout.ms': 1000,
  'controlled.shutdown.timeout.ms': 10_000,
};
