import type { SocketAddress } from '@millrace/host';
import { bootstrapAddresses, canonicalAddresses } from './bootstrap-addresses.ts';
import type { BrokerVersions } from './api-versions.ts';
import type { ExpectedBroker } from './broker-handshake.ts';
import { BrokerNode } from './broker-node.ts';
import type { ClusterSettings } from './cluster-settings.ts';
import { leastLoaded } from './least-loaded.ts';
import type { MetadataCache } from './metadata-cache.ts';

/**
 * Every broker the client has to do with: the known ones by id, and the bootstrap addresses (ids -1, -2, ...) as long
 * as no broker is known or none of the known can be reached.
 */
export class BrokerPool {
  readonly #settings: ClusterSettings;
  readonly #metadata: MetadataCache;
  readonly #onConnectionLost: (node: BrokerNode, error: Error | undefined) => void;
  #bootstrap: readonly SocketAddress[];
  readonly #bootstrapNames: readonly SocketAddress[];
  #areNamesLookedUp: boolean;
  readonly #nodes = new Map<number, BrokerNode>();
  #versions: BrokerVersions | undefined;
  #isBootstrapping = true;

  constructor(
    settings: ClusterSettings,
    metadata: MetadataCache,
    onConnectionLost: (node: BrokerNode, error: Error | undefined) => void,
  ) {
    this.#settings = settings;
    this.#metadata = metadata;
    this.#onConnectionLost = onConnectionLost;
    const random = settings.host.random.fork('bootstrap');
    this.#bootstrapNames = bootstrapAddresses(settings.bootstrapServers, random);
    this.#bootstrap = this.#bootstrapNames;
    this.#areNamesLookedUp = settings.usesCanonicalNames !== true;
  }

  /** The node with that id, if metadata knows it; a changed address replaces the node and its connections. */
  node(id: number): BrokerNode | undefined {
    const address = id < 0 ? this.#bootstrap[-1 - id] : this.#metadata.broker(id);
    if (address === undefined) return undefined;
    const existing = this.#nodes.get(id);
    if (existing?.address.host === address.host && existing.address.port === address.port) return existing;
    if (existing !== undefined) void existing.close({ drain: true });
    const node = new BrokerNode(id, { host: address.host, port: address.port }, this.#settings, {
      onConnectionLost: this.#onConnectionLost,
      onVersions: (versions) => (this.#versions = versions),
      knownOf: (nodeId) => ({ expected: this.#expectedBroker(nodeId), versions: this.#versions }),
    });
    this.#nodes.set(id, node);
    return node;
  }

  /** Nodes for a request that any broker can answer, best first; never empty. */
  candidates(): BrokerNode[] {
    const ids = this.#metadata.brokers.map(({ id }) => id);
    const useBootstrap = this.#isBootstrapping || ids.length === 0;
    if (useBootstrap) ids.push(...this.#bootstrap.map((_, index) => -1 - index));
    return leastLoaded(ids.map((id) => this.node(id)!));
  }

  get hasNamesToLookUp(): boolean {
    return !this.#areNamesLookedUp && this.#isBootstrapping;
  }

  /** Looks bootstrap names up where each of their addresses is to be a broker of its own; before the candidates. */
  async lookUpNames(): Promise<void> {
    this.#bootstrap = await canonicalAddresses(this.#settings.host.network, this.#bootstrapNames);
    this.#areNamesLookedUp = true;
  }

  /** From now on the bootstrap addresses count again among the candidates (KIP-899). */
  rebootstrap(): void {
    this.#areNamesLookedUp = this.#settings.usesCanonicalNames !== true;
    this.#isBootstrapping = true;
  }

  /**
   * The cluster answered: its own addresses are enough. A bootstrap node that is one of them goes on as that broker,
   * with its connections; the others end once they are idle.
   */
  leaveBootstrap(): void {
    if (this.#metadata.brokers.length === 0) return;
    this.#isBootstrapping = false;
    for (const node of this.#nodes.values()) {
      if (node.id >= 0 && this.#metadata.broker(node.id) !== undefined) continue;
      this.#nodes.delete(node.id);
      const known = this.#metadata.brokers.find(
        ({ id, host, port }) =>
          host === node.address.host && port === node.address.port && !this.#nodes.has(id),
      );
      if (known === undefined) void node.leave();
      else this.#nodes.set(known.id, node.becomes(known.id));
    }
  }

  async close(options: { readonly drain: boolean }): Promise<void> {
    await Promise.all([...this.#nodes.values()].map((node) => node.close(options)));
    this.#nodes.clear();
  }

  #expectedBroker(nodeId: number): ExpectedBroker | undefined {
    const { clusterId } = this.#metadata;
    return nodeId < 0 || clusterId === null ? undefined : { clusterId, nodeId };
  }
}
