/** What is not a node of the cluster: clients. */
export const OUTSIDE = -1;

interface Cut {
  readonly from: number;
  readonly to: number;
}

/**
 * Which node hears which. A connection is between two nodes, or between a node and the outside; whose it is shows by
 * the ports.
 */
export class ClusterLinks {
  /** Listening ports, and the local ports of connections that nodes have opened. */
  readonly #nodeByPort = new Map<number, number>();
  readonly #delaysMs = new Map<number, number>();
  readonly #waiting = new Set<() => void>();
  #cuts: readonly Cut[] = [];

  nodeAt(port: number): number {
    return this.#nodeByPort.get(port) ?? OUTSIDE;
  }

  owns(nodeId: number, port: number): void {
    this.#nodeByPort.set(port, nodeId);
  }

  forget(port: number): void {
    this.#nodeByPort.delete(port);
  }

  isCut(from: number, to: number): boolean {
    return this.#cuts.some((cut) => cut.from === from && cut.to === to);
  }

  cut(from: number, to: number): void {
    if (!this.isCut(from, to)) this.#cuts = [...this.#cuts, { from, to }];
  }

  /** Everything from and to this node gets through again. */
  heal(nodeId: number): void {
    this.#cuts = this.#cuts.filter(({ from, to }) => from !== nodeId && to !== nodeId);
    const waiting = [...this.#waiting];
    for (const retry of waiting) retry();
  }

  /** Told whenever something was healed. @returns a function that ends it */
  onHealed(retry: () => void): () => void {
    this.#waiting.add(retry);
    return () => {
      this.#waiting.delete(retry);
    };
  }

  /** What this node sends, and what is sent to it, takes so much longer. */
  slow(nodeId: number, delayMs: number): void {
    this.#delaysMs.set(nodeId, delayMs);
  }

  delayMs(nodeId: number): number {
    return this.#delaysMs.get(nodeId) ?? 0;
  }
}
