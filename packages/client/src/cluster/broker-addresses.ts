import type { Connection, Host, SocketAddress } from '@millrace/host';
import { abortable } from './abortable.ts';
import { firstToOpen } from './first-to-open.ts';

/** Opens a connection to an address. */
export type OpenConnection = (address: SocketAddress, signal: AbortSignal) => Promise<Connection>;

/**
 * The addresses behind the name of a broker. The name is looked up for each connection, since addresses change; the one
 * that was good last comes first, and one whose connection turned out to be useless comes last.
 */
export class BrokerAddresses {
  readonly #host: Host;
  readonly #address: SocketAddress;
  #lastGood: string | undefined;
  #lastBad: string | undefined;

  constructor(host: Host, address: SocketAddress) {
    this.#host = host;
    this.#address = address;
  }

  /** @throws what `open` threw; an AggregateError without a message of its own if there are several addresses */
  async connect(open: OpenConnection, signal: AbortSignal): Promise<Connection> {
    const { host: name, port } = this.#address;
    const { network } = this.#host;
    if (network.resolve === undefined) return open(this.#address, signal);
    const addresses = this.#inOrder(await abortable(network.resolve(name), signal));
    if (addresses.length === 1) {
      const connection = await open({ host: addresses[0]!, port }, signal);
      this.#lastGood = addresses[0];
      return connection;
    }
    const openOne = (host: string, limit: AbortSignal) => open({ host, port }, limit);
    const { address, connection } = await firstToOpen(this.#host, addresses, openOne, signal);
    this.#lastGood = address;
    return connection;
  }

  /** What was opened last turned out not to be a broker that can be used. */
  wasUseless(): void {
    this.#lastBad = this.#lastGood;
    this.#lastGood = undefined;
  }

  #inOrder(addresses: readonly string[]): readonly string[] {
    const rank = (address: string) => {
      if (address === this.#lastGood) return 0;
      return address === this.#lastBad ? 2 : 1;
    };
    return addresses.toSorted((one, other) => rank(one) - rank(other));
  }
}
