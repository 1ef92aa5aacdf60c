import type { Connection, Listener, SocketAddress } from '../network.ts';
import type { Incarnation } from './incarnation.ts';
import type { AddressScope } from './simulated-address.ts';

export interface SimulatedListenerParts {
  readonly owner: Incarnation;
  readonly address: SocketAddress;
  readonly scope: AddressScope;
  readonly onConnection: (connection: Connection) => void;
}

/** An open port. Ends with its process. */
export class SimulatedListener implements Listener {
  readonly owner: Incarnation;
  readonly address: SocketAddress;
  readonly scope: AddressScope;
  readonly accept: (connection: Connection) => void;
  #isClosed = false;

  constructor(parts: SimulatedListenerParts) {
    this.owner = parts.owner;
    this.address = parts.address;
    this.scope = parts.scope;
    this.accept = parts.onConnection;
  }

  get isOpen(): boolean {
    return !this.#isClosed && !this.owner.hasEnded;
  }

  updateTls(): void {
    throw new Error('A simulated network has no TLS');
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }
}
