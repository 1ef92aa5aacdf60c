import type { Connection, ConnectOptions, Listener, Network, SocketAddress } from '../network.ts';
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

  async listen(address: SocketAddress, onConnection: (connection: Connection) => void): Promise<Listener> {
    return this.#internet.listen(this.#owner, address, onConnection);
  }

  connect(address: SocketAddress, options: ConnectOptions = {}): Promise<Connection> {
    return this.#internet.connect(this.#owner, address, options);
  }
}
