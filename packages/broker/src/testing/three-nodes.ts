import { freePorts } from '@millrace/free-ports';
import { memoryHost, type Host } from '@millrace/host';
import { BrokerNode } from '../broker-node.ts';
import type { BrokerProperties } from '../config/broker-properties.ts';
import { RawConnection } from './raw-connection.ts';
import { recordingLogger, type LogLine } from './test-broker.ts';

export const CLUSTER_ID = 'AAAAAAAAAAAAAAAAAAAAAg';

const CONTROLLER_LISTENERS = 3;

/** Shorter than Kafka's, so that tests need not wait; long enough for a busy machine. */
const timing: BrokerProperties = {
  'controller.quorum.election.timeout.ms': 300,
  'controller.quorum.fetch.timeout.ms': 600,
  'broker.heartbeat.interval.ms': 200,
  'broker.session.timeout.ms': 1500,
};

export interface ThreeNodesOptions {
  /** Whether the nodes are brokers, too. Default true. */
  readonly brokers?: boolean;
  /** Names of their listeners as brokers. Default PLAINTEXT. */
  readonly listeners?: readonly string[];
  /** Before a node starts for the first time. */
  readonly prepare?: (host: Host, id: number) => Promise<void>;
}

/** Three nodes in this process, brokers and controllers each, on real sockets with their data in memory. */
export class ThreeNodes {
  readonly hosts: readonly Host[];
  readonly lines: readonly (readonly LogLine[])[];
  readonly #logs: { logger: ReturnType<typeof recordingLogger>['logger'] }[];
  readonly #ports: readonly number[];
  readonly #properties: BrokerProperties;
  readonly #areBrokers: boolean;
  readonly #listeners: readonly string[];
  readonly #nodes: (BrokerNode | undefined)[] = [undefined, undefined, undefined];
  readonly #connections: RawConnection[] = [];

  private constructor(
    ports: readonly number[],
    properties: BrokerProperties,
    { brokers = true, listeners = ['PLAINTEXT'] }: ThreeNodesOptions,
  ) {
    this.#ports = ports;
    this.#areBrokers = brokers;
    this.#listeners = listeners;
    this.#properties = properties;
    this.hosts = ports.map(() => memoryHost());
    const recorders = ports.map(() => recordingLogger());
    this.lines = recorders.map(({ lines }) => lines);
    this.#logs = recorders;
  }

  static async start(
    properties: BrokerProperties = {},
    options: ThreeNodesOptions = {},
  ): Promise<ThreeNodes> {
    const ports = await freePorts(CONTROLLER_LISTENERS);
    const cluster = new ThreeNodes(ports, properties, options);
    for (const [index, host] of cluster.hosts.entries()) await options.prepare?.(host, index + 1);
    await Promise.all([1, 2, 3].map((id) => cluster.startNode(id)));
    return cluster;
  }

  /** Those that run. */
  get nodes(): readonly BrokerNode[] {
    return this.#nodes.filter((node) => node !== undefined);
  }

  node(id: number): BrokerNode {
    return this.#nodes[id - 1]!;
  }

  /** The node whose controller is the active one. */
  get active(): BrokerNode | undefined {
    return this.nodes.find(({ controller }) => controller.isActive);
  }

  propertiesOf(id: number): BrokerProperties {
    const voters = this.#ports.map((port, index) => `${index + 1}@127.0.0.1:${port}`);
    const controllerListener = `CONTROLLER://127.0.0.1:${this.#ports[id - 1]}`;
    return {
      'node.id': id,
      'process.roles': this.#areBrokers ? 'broker,controller' : 'controller',
      'cluster.id': CLUSTER_ID,
      'log.dirs': '/data',
      listeners: this.#areBrokers ? `${this.#brokerListeners},${controllerListener}` : controllerListener,
      'controller.listener.names': 'CONTROLLER',
      'controller.quorum.voters': voters.join(','),
      ...timing,
      ...this.#properties,
    };
  }

  get #brokerListeners(): string {
    return this.#listeners.map((name) => `${name}://127.0.0.1:0`).join(',');
  }

  async startNode(id: number, properties: BrokerProperties = {}): Promise<BrokerNode> {
    const node = await BrokerNode.start(
      { ...this.propertiesOf(id), ...properties },
      {
        host: this.hosts[id - 1]!,
        logger: this.#logs[id - 1]!.logger,
      },
    );
    this.#nodes[id - 1] = node;
    return node;
  }

  async stopNode(id: number): Promise<void> {
    const node = this.#nodes[id - 1];
    this.#nodes[id - 1] = undefined;
    await node?.close();
  }

  /** A node outside of the three that takes their controllers for its own. */
  async startBroker(
    id: number,
    properties: BrokerProperties = {},
    host: Host = memoryHost(),
  ): Promise<BrokerNode> {
    return BrokerNode.start(
      {
        ...this.propertiesOf(1),
        'process.roles': 'broker',
        'node.id': id,
        listeners: this.#brokerListeners,
        ...properties,
      },
      { host },
    );
  }

  async connect(id: number, listenerName?: string): Promise<RawConnection> {
    const node = this.node(id);
    const address = listenerName === undefined ? node.address : node.addressOf(listenerName)!;
    const connection = await RawConnection.open(this.hosts[id - 1]!, address);
    this.#connections.push(connection);
    return connection;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    await Promise.all(this.nodes.map((node) => node.close()));
  }
}
