import type { SocketAddress } from '@millrace/host';
import { PeerChannel } from './peer-channel.ts';
import type { PeerOptions } from './peer-options.ts';

/** For `PeerChannels`. */
export interface PeerChannelsOptions extends PeerOptions {
  /** Where a node listens now; asked again at every request, so that a node that moves is followed. */
  readonly addressOf: (nodeId: number) => SocketAddress | undefined;
}

/** A channel for each node, by its id, opened when it is first used. */
export class PeerChannels {
  readonly #options: PeerChannelsOptions;
  readonly #channels = new Map<number, PeerChannel>();
  #isClosed = false;

  constructor(options: PeerChannelsOptions) {
    this.#options = options;
  }

  to(nodeId: number): PeerChannel {
    const existing = this.#channels.get(nodeId);
    if (existing !== undefined) return existing;
    const channel = new PeerChannel({
      ...this.#options,
      name: nodeId < 0 ? 'The bootstrap server' : `Node ${nodeId}`,
      address: () => this.#options.addressOf(nodeId),
    });
    if (this.#isClosed) channel.close();
    this.#channels.set(nodeId, channel);
    return channel;
  }

  /** Lets go of a node that is no longer part of the cluster. */
  forget(nodeId: number): void {
    this.#channels.get(nodeId)?.close();
    this.#channels.delete(nodeId);
  }

  close(): void {
    this.#isClosed = true;
    for (const channel of this.#channels.values()) channel.close();
  }
}
