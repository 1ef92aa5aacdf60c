import type { Host } from '@millrace/host';

interface Waiter {
  readonly offset: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Who waits until the reader has passed an offset. */
export class OffsetWaiters {
  readonly #host: Host;
  #waiters: Waiter[] = [];
  #reached = -1;
  #ended: Error | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The last offset that was passed, -1 before the first. */
  get reached(): number {
    return this.#reached;
  }

  /** @throws the error of `expired` after the time, or what `end` was given */
  async wait(offset: number, timeoutMs: number, expired: () => Error): Promise<void> {
    if (this.#reached >= offset) return;
    if (this.#ended !== undefined) throw this.#ended;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { offset, resolve, reject };
    this.#waiters.push(waiter);
    const timer = this.#host.timers.schedule(timeoutMs, () => {
      this.#waiters = this.#waiters.filter((other) => other !== waiter);
      reject(expired());
    });
    try {
      await promise;
    } finally {
      timer.cancel();
    }
  }

  reach(offset: number): void {
    if (offset <= this.#reached) return;
    this.#reached = offset;
    const ready = this.#waiters.filter((waiter) => waiter.offset <= offset);
    if (ready.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => waiter.offset > offset);
    for (const { resolve } of ready) resolve();
  }

  end(error: Error): void {
    this.#ended = error;
    for (const { reject } of this.#waiters) reject(error);
    this.#waiters = [];
  }
}
