import type {
  Connection,
  ConnectOptions,
  Listener,
  ListenOptions,
  Network,
  SocketAddress,
  Timers,
} from '@millrace/host';
import { systemError } from '@millrace/host';
import type { ClusterLinks } from './cluster-links.ts';
import { FaultyConnection } from './faulty-connection.ts';
import type { ReservedPorts } from './reserved-ports.ts';

export interface FaultyNetworkParts {
  readonly network: Network;
  readonly timers: Timers;
  readonly nodeId: number;
  readonly links: ClusterLinks;
  readonly ports: ReservedPorts;
}

const DEFAULT_CONNECT_TIMEOUT_MS = 30_000;

/** The network of one node, over the links of its cluster. */
export class FaultyNetwork implements Network {
  readonly #parts: FaultyNetworkParts;
  readonly #connections = new Set<FaultyConnection>();
  readonly #listeners = new Set<Listener>();
  #isKilled = false;

  constructor(parts: FaultyNetworkParts) {
    this.#parts = parts;
  }

  async listen(
    address: SocketAddress,
    onConnection: (connection: Connection) => void,
    options?: ListenOptions,
  ): Promise<Listener> {
    const { network, links, nodeId } = this.#parts;
    const accept = (connection: Connection): void => {
      if (this.#isKilled) connection.destroy();
      else onConnection(this.#wrap(connection));
    };
    const reserved = await this.#parts.ports.take(address.port, options?.tls !== undefined);
    const listener = reserved?.handOver(accept) ?? (await network.listen(address, accept, options));
    links.owns(nodeId, listener.address.port);
    this.#listeners.add(listener);
    return listener;
  }

  async connect(address: SocketAddress, options: ConnectOptions = {}): Promise<Connection> {
    const { network, links, nodeId } = this.#parts;
    const target = links.nodeAt(address.port);
    const { timeoutMs = DEFAULT_CONNECT_TIMEOUT_MS } = options;
    await this.#untilReachable(target, address, timeoutMs);
    const connection = await network.connect(address, options);
    if (this.#isKilled) {
      connection.destroy();
      return new Promise<never>(() => {});
    }
    const { port } = connection.local;
    links.owns(nodeId, port);
    return this.#wrap(connection, () => links.forget(port));
  }

  /** Closes everything at once, as the system does when a process has ended. */
  async kill(): Promise<void> {
    this.#isKilled = true;
    await Promise.all([...this.#listeners].map((listener) => listener.close()));
    for (const connection of this.#connections) connection.kill();
    this.#connections.clear();
  }

  #wrap(connection: Connection, onClosed?: () => void): FaultyConnection {
    const { links, nodeId, timers } = this.#parts;
    // Asked each time: a connection may be accepted before the node that opened it knows its port.
    const peer = (): number => links.nodeAt(connection.remote.port);
    const wrapped = new FaultyConnection({
      connection,
      timers,
      isInCut: () => links.isCut(peer(), nodeId),
      isOutCut: () => links.isCut(nodeId, peer()),
      delayMs: () => links.delayMs(nodeId),
      onHealed: (retry) => links.onHealed(retry),
      onClosed: () => {
        this.#connections.delete(wrapped);
        onClosed?.();
      },
    });
    this.#connections.add(wrapped);
    return wrapped;
  }

  /** A handshake needs both ways. @throws ETIMEDOUT */
  #untilReachable(target: number, address: SocketAddress, timeoutMs: number): Promise<void> {
    const { links, nodeId, timers } = this.#parts;
    const isCut = (): boolean => links.isCut(nodeId, target) || links.isCut(target, nodeId);
    if (!isCut()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const stop = links.onHealed(() => {
        if (isCut()) return;
        end();
        resolve();
      });
      const timeout = timers.schedule(timeoutMs, () => {
        end();
        reject(systemError('ETIMEDOUT', { syscall: 'connect', address: address.host, port: address.port }));
      });
      function end(): void {
        stop();
        timeout.cancel();
      }
    });
  }
}
