import type { Host, Timer } from '@millrace/host';

/**
 * Calls that may wait for so long and no longer. All wait for the same time, so the oldest is the first to be late, and
 * one timer serves all of them.
 */
export class LateReplies<Call> {
  readonly #host: Host;
  readonly #timeoutMs: () => number;
  readonly #onLate: (replyId: number, call: Call) => void;
  readonly #waiting = new Map<number, { readonly call: Call; readonly dueMs: number }>();
  #timer: Timer | undefined;

  constructor(host: Host, timeoutMs: () => number, onLate: (replyId: number, call: Call) => void) {
    this.#host = host;
    this.#timeoutMs = timeoutMs;
    this.#onLate = onLate;
  }

  watch(replyId: number, call: Call): void {
    const timeoutMs = this.#timeoutMs();
    this.#waiting.set(replyId, { call, dueMs: this.#host.clock.monotonicMs() + timeoutMs });
    if (this.#timer === undefined) this.#arm(timeoutMs);
  }

  /** The reply is there, or will never be. */
  forget(replyId: number): void {
    this.#waiting.delete(replyId);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#waiting.clear();
  }

  #arm(delayMs: number): void {
    this.#timer = this.#host.timers.schedule(delayMs, () => this.#check(), { background: true });
  }

  #check(): void {
    this.#timer = undefined;
    const nowMs = this.#host.clock.monotonicMs();
    for (const [replyId, { call, dueMs }] of this.#waiting) {
      if (dueMs > nowMs) {
        this.#arm(dueMs - nowMs);
        return;
      }
      this.#waiting.delete(replyId);
      this.#onLate(replyId, call);
    }
  }
}
