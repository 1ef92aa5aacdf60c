import type { SocketAddress } from '@millrace/host';
import { InvalidConfigurationError } from '../errors.ts';
import type { BrokerPropertyValues } from './broker-properties.ts';
import { CORDONED_LOG_DIRS, cordonedProblem } from './cordoned-directories.ts';
import type { ListenerPlan } from './listeners.ts';

/** The place of a node in its cluster, as its properties say it. */
export interface ClusterPlan {
  readonly isBroker: boolean;
  readonly isController: boolean;
  /** Neither voters nor somebody to ask are configured: this node is a cluster of its own. */
  readonly isAlone: boolean;
  /** `controller.quorum.voters` by node id; empty where the metadata log knows them. */
  readonly voters: ReadonlyMap<number, SocketAddress>;
  /** Whom to ask who leads. */
  readonly bootstrapServers: readonly SocketAddress[];
  /** The listener by which controllers are reached; `undefined` where there is none. */
  readonly controllerListener: string | undefined;
  /** The listener that brokers use among each other; `undefined` on a node that is a controller only. */
  readonly interBrokerListener: string | undefined;
}

/**
 * Checks the properties that say who is in the cluster, as Kafka does.
 * @throws InvalidConfigurationError
 */
export function planCluster(
  config: BrokerPropertyValues,
  nodeId: number,
  listeners: ListenerPlan,
): ClusterPlan {
  const isBroker = config['process.roles'].includes('broker');
  const isController = config['process.roles'].includes('controller');
  const voters = parseVoters(config['controller.quorum.voters']);
  const bootstrapServers = config['controller.quorum.bootstrap.servers'].map((text) =>
    parseAddress('controller.quorum.bootstrap.servers', text),
  );
  const isAlone = voters.size === 0 && bootstrapServers.length === 0;
  const names = config['controller.listener.names'].map((name) => name.toUpperCase());
  if (isAlone && !(isBroker && isController)) {
    throw new InvalidConfigurationError(
      'controller.quorum.voters',
      'is empty, and "controller.quorum.bootstrap.servers" too: a node with one of the two roles must know the controllers',
    );
  }
  if (isController && voters.size > 0 && !voters.has(nodeId)) {
    throw new InvalidConfigurationError(
      'controller.quorum.voters',
      `names the nodes ${[...voters.keys()].join(', ')}, but not this controller, which is node ${nodeId}`,
    );
  }
  if (!isController && voters.has(nodeId)) {
    throw new InvalidConfigurationError(
      'controller.quorum.voters',
      `names node ${nodeId}, which is this one, and a broker only`,
    );
  }
  const [controllerListener] = isController ? listeners.controllers.map(({ name }) => name) : names;
  if (controllerListener === undefined && !isAlone) {
    throw new InvalidConfigurationError(
      'controller.listener.names',
      isController
        ? 'must name at least one of "listeners" on a node that is a controller'
        : 'must name the listener by which the controllers are reached',
    );
  }
  if (isBroker) checkDirectories(config);
  const interBrokerListener = isBroker ? interBrokerListenerOf(config, listeners) : undefined;
  return {
    isBroker,
    isController,
    isAlone,
    voters,
    bootstrapServers,
    controllerListener,
    interBrokerListener,
  };
}

function checkDirectories(config: BrokerPropertyValues): void {
  const problem = cordonedProblem(config[CORDONED_LOG_DIRS], config);
  if (problem !== undefined)
    throw new InvalidConfigurationError(CORDONED_LOG_DIRS, `cannot be used: ${problem}`);
}

function interBrokerListenerOf(config: BrokerPropertyValues, { brokers }: ListenerPlan): string {
  const name = config['inter.broker.listener.name'].toUpperCase();
  if (name === '') {
    const protocol = config['security.inter.broker.protocol'];
    // Kafka insists on the listener of that name. A node alone talks to nobody, so any of them will do.
    return (brokers.find((listener) => listener.name === protocol) ?? brokers[0]!).name;
  }
  if (config['security.inter.broker.protocol'] !== 'PLAINTEXT') {
    throw new InvalidConfigurationError(
      'inter.broker.listener.name',
      'and "security.inter.broker.protocol" are both set; one of them says which listener it is',
    );
  }
  if (brokers.some((listener) => listener.name === name)) return name;
  throw new InvalidConfigurationError(
    'inter.broker.listener.name',
    `is "${name}", which is none of the listeners ${brokers.map((listener) => listener.name).join(', ')}`,
  );
}

function parseVoters(texts: readonly string[]): ReadonlyMap<number, SocketAddress> {
  const voters = new Map<number, SocketAddress>();
  for (const text of texts) {
    const [, id, address] = /^(\d+)@(.+)$/.exec(text.trim()) ?? [];
    if (address === undefined) {
      throw new InvalidConfigurationError(
        'controller.quorum.voters',
        `has "${text}", but must be ID@HOST:PORT, for example 1@10.0.0.1:9093`,
      );
    }
    if (voters.has(Number(id))) {
      throw new InvalidConfigurationError('controller.quorum.voters', `has node ${id} twice`);
    }
    voters.set(Number(id), parseAddress('controller.quorum.voters', address));
  }
  return voters;
}

function parseAddress(property: string, text: string): SocketAddress {
  const match = /^(?:\[([0-9a-fA-F:.%]+)\]|([^:/]+)):(\d+)$/.exec(text.trim());
  const port = Number(match?.[3]);
  if (match === null || port > 65535) {
    throw new InvalidConfigurationError(property, `has "${text}", but must be HOST:PORT`);
  }
  return { host: match[1] ?? match[2]!, port };
}
