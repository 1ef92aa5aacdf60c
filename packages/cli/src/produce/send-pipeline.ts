const MAX_OPEN_SENDS = 32;

/**
 * Keeps several sends open at once, in order, and surfaces the first failure at the next call. The producer's
 * `buffer.memory` bounds bytes; this bounds promises.
 */
export class SendPipeline {
  readonly #open: Promise<unknown>[] = [];

  /** Waits for the oldest send when many are open. @throws what that send threw */
  async add(send: Promise<unknown>): Promise<void> {
    send.catch(() => {});
    this.#open.push(send);
    if (this.#open.length > MAX_OPEN_SENDS) await this.#open.shift();
  }

  /** Waits for all. @throws what the first failing one threw */
  async drain(): Promise<void> {
    await Promise.all(this.#open.splice(0));
  }
}
