import type { SocketAddress } from '@millrace/host';
import { BrokerNode, type BrokerOptions } from './broker-node.ts';
import type { BrokerProperties, BrokerPropertyValues } from './config/broker-properties.ts';
import type { BrokerEndpoint } from './metadata/cluster-image.ts';

/**
 * A Kafka broker and controller in one node, running until it is closed.
 *
 * Its state is the replay of its own metadata log; a first start formats an empty data directory.
 */
export class Broker {
  readonly #node: BrokerNode;

  private constructor(node: BrokerNode) {
    this.#node = node;
  }

  /**
   * Opens the data, replays the metadata log, and listens.
   * @param properties Kafka's, as values or as text; a name that is not known only causes a warning
   * @throws InvalidPropertyError, InvalidConfigurationError for properties; DataDirectoryError, ListenError and others of
   * `brokerErrors`, each with one line that says what to do
   */
  static async start(properties: BrokerProperties = {}, options: BrokerOptions = {}): Promise<Broker> {
    return new Broker(await BrokerNode.start(properties, options));
  }

  /** Where the first listener is bound: the port is the real one, also when 0 was asked for. */
  get address(): BrokerEndpoint {
    return this.#node.address;
  }

  /** The same for the listener of that name, `undefined` if there is none: `broker.addressOf('INTERNAL')`. */
  addressOf(listenerName: string): BrokerEndpoint | undefined {
    return this.#node.addressOf(listenerName);
  }

  /**
   * Resolves with the reason when the broker cannot go on: the last data directory, or the one with the metadata log,
   * has failed (full disk, input/output error). Until it is closed it answers KAFKA_STORAGE_ERROR. Apache Kafka ends its
   * process then, and so does `millrace start`. Never rejects; stays open while all is well.
   */
  get failed(): Promise<Error> {
    return this.#node.failed;
  }

  /** 22 characters, the same for as long as the data directory lives. */
  get clusterId(): string {
    return this.#node.clusterId;
  }

  get nodeId(): number {
    return this.#node.nodeId;
  }

  /** Where metrics and health are served, `undefined` unless `metrics.listener` is set. */
  get metricsAddress(): SocketAddress | undefined {
    return this.#node.metricsAddress;
  }

  /** Effective values of all properties, dynamic changes included. A new object after each change. */
  get config(): BrokerPropertyValues {
    return this.#node.config;
  }

  /**
   * Stops in order: no new connections, what waits in coordinators is sent away, requests in progress finish, logs are
   * flushed and marked as cleanly closed. Takes at most `controlled.shutdown.timeout.ms` and the time of the disk. A
   * second call waits for the first.
   */
  close(): Promise<void> {
    return this.#node.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
