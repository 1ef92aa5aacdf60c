import { Broker, type BrokerProperties } from '@millrace/broker';
import type { Logger } from '@millrace/host';
import type { BrokerStorage } from '../broker-storage.ts';
import { KillableHost, type NodeSurroundings } from './killable-host.ts';
import { OUTSIDE } from './cluster-links.ts';

export interface TestClusterNodeParts extends NodeSurroundings {
  /** Of the whole cluster. */
  readonly nodeIds: readonly number[];
  readonly storage: BrokerStorage;
  readonly properties: BrokerProperties;
  readonly logger: Logger;
  /** Where clients reach it, `host:port`. */
  readonly address: string;
}

/** For `partition()` of a node. */
export interface PartitionOptions {
  /** The nodes it loses; default: all others and every client. */
  readonly from?: readonly number[];
}

/** One node of a `TestCluster`. */
export class TestClusterNode {
  readonly id: number;
  /** `127.0.0.1:PORT`, the same for as long as the cluster lives. */
  readonly address: string;
  readonly #parts: TestClusterNodeParts;
  #process: { readonly host: KillableHost; readonly broker: Broker | undefined } | undefined;

  constructor(parts: TestClusterNodeParts) {
    this.id = parts.nodeId;
    this.address = parts.address;
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  /** @throws what `Broker.start` throws */
  async start(): Promise<void> {
    if (this.#process !== undefined) return;
    const { storage, properties, logger } = this.#parts;
    const host = new KillableHost(storage.host, this.#parts);
    this.#process = { host, broker: undefined };
    try {
      const broker = await Broker.start(properties, { host, logger });
      this.#process = { host, broker };
    } catch (error) {
      this.#process = undefined;
      await host.kill();
      throw error;
    }
  }

  /** As `kill -9` does: at once, without a word to anybody. Its data stays. */
  async kill(): Promise<void> {
    const host = this.#process?.host;
    this.#process = undefined;
    await host?.kill();
  }

  /** In order, as an operator does it: leaderships move first. */
  async stop(): Promise<void> {
    const { host, broker } = this.#process ?? {};
    this.#process = undefined;
    await broker?.close();
    await host?.kill();
  }

  /** Starts it on the same data and ports; what runs is stopped in order before. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Nothing gets to it or from it any more; connections stay open, and find out by their time-outs. */
  partition({ from = this.#others() }: PartitionOptions = {}): void {
    for (const other of from) {
      this.#parts.links.cut(this.id, other);
      this.#parts.links.cut(other, this.id);
    }
  }

  /** It is heard by nobody, but hears. */
  mute({ from = this.#others() }: PartitionOptions = {}): void {
    for (const other of from) this.#parts.links.cut(this.id, other);
  }

  /** Ends `partition`, `mute` and `slow`. What was sent meanwhile arrives. */
  heal(): void {
    this.#parts.links.slow(this.id, 0);
    this.#parts.links.heal(this.id);
  }

  /** What it sends, and what is sent to it, takes so much longer. */
  slow(delayMs: number): void {
    this.#parts.links.slow(this.id, delayMs);
  }

  #others(): number[] {
    return [...this.#parts.nodeIds.filter((id) => id !== this.id), OUTSIDE];
  }
}
