import type { PendingAppend } from '../append/append-queue.ts';

/**
 * Appends that were written and wait for the disk. One flush answers all that wait when it starts; those that come
 * while it runs share the next one.
 */
export class GroupCommit {
  readonly #flush: (upToOffset: number) => Promise<void>;
  #waiting: PendingAppend[] = [];
  #running: Promise<void> | undefined;

  constructor(flush: (upToOffset: number) => Promise<void>) {
    this.#flush = flush;
  }

  wait(appends: readonly PendingAppend[]): void {
    for (const append of appends) this.#waiting.push(append);
    this.#running ??= this.#run();
  }

  /** Resolves when nobody waits. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#flush(group.at(-1)!.lastOffset + 1);
        for (const append of group) append.resolve(append.result);
      } catch (error) {
        for (const append of group) append.reject(error);
      }
    }
    this.#running = undefined;
  }
}
