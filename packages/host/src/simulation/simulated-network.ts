import type {
  Connection,
  ConnectOptions,
  Listener,
  ListenOptions,
  Network,
  SocketAddress,
} from '../network.ts';
import type { Incarnation } from './incarnation.ts';
import type { SimulatedInternet } from './simulated-internet.ts';

/** The network as one incarnation of a host sees it. */
export class SimulatedNetwork implements Network {
  readonly #internet: SimulatedInternet;
  readonly #owner: Incarnation;

  constructor(internet: SimulatedInternet, owner: Incarnation) {
    this.#internet = internet;
    this.#owner = owner;
  }

  async listen(
    address: SocketAddress,
    onConnection: (connection: Connection) => void,
    options: ListenOptions = {},
  ): Promise<Listener> {
    refuseTls(options);
    return this.#internet.listen(this.#owner, address, onConnection);
  }

  async connect(address: SocketAddress, options: ConnectOptions = {}): Promise<Connection> {
    refuseTls(options);
    return this.#internet.connect(this.#owner, address, options);
  }

  async resolve(host: string): Promise<readonly string[]> {
    return this.#internet.names.addressesOf(host);
  }

  async canonicalName(address: string): Promise<string> {
    return this.#internet.names.canonicalName(address);
  }
}

/** Keys and handshakes draw on OpenSSL's own randomness and threads, which no seed can replay. */
function refuseTls(options: { readonly tls?: unknown }): void {
  if (options.tls !== undefined)
    throw new Error('A simulated network has no TLS; use nodeHost() or memoryHost()');
}
