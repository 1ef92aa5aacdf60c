import type { Connection, Listener, Network } from '@millrace/host';

/** A port that is taken before its node starts, so that the others can be told of it. */
export class ReservedPort {
  readonly #listener: Listener;
  readonly #state: { accept: (connection: Connection) => void };

  constructor(listener: Listener, state: { accept: (connection: Connection) => void }) {
    this.#listener = listener;
    this.#state = state;
  }

  get port(): number {
    return this.#listener.address.port;
  }

  handOver(accept: (connection: Connection) => void): Listener {
    this.#state.accept = accept;
    return this.#listener;
  }

  close(): Promise<void> {
    return this.#listener.close();
  }
}

/** The ports of a cluster until its nodes listen on them. */
export class ReservedPorts {
  readonly #network: Network;
  readonly #reserved = new Map<number, ReservedPort>();

  constructor(network: Network) {
    this.#network = network;
  }

  async reserve(): Promise<number> {
    const state = { accept: (connection: Connection): void => connection.destroy() };
    const address = { host: '127.0.0.1', port: 0 };
    const listener = await this.#network.listen(address, (connection) => state.accept(connection));
    const reserved = new ReservedPort(listener, state);
    this.#reserved.set(reserved.port, reserved);
    return reserved.port;
  }

  /** To be handed over, or, where the listener has to be another one, freed. */
  async take(port: number, isFreed: boolean): Promise<ReservedPort | undefined> {
    const reserved = this.#reserved.get(port);
    this.#reserved.delete(port);
    if (!isFreed) return reserved;
    await reserved?.close();
    return undefined;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#reserved.values()].map((reserved) => reserved.close()));
    this.#reserved.clear();
  }
}
