/**
 * When the automatic commit runs: inside polls, no more often than the interval, never two at a time, and sooner after
 * a failure that may pass. What is committed is not its business: the positions of records that polls have returned.
 */
export class AutoCommitSchedule {
  readonly #intervalMs: number;
  readonly #retryBackoffMs: number;
  #dueAtMs: number;
  #inFlight = false;

  constructor(intervalMs: number, retryBackoffMs: number, nowMs: number) {
    this.#intervalMs = intervalMs;
    this.#retryBackoffMs = retryBackoffMs;
    this.#dueAtMs = nowMs + intervalMs;
  }

  isDue(nowMs: number): boolean {
    return !this.#inFlight && nowMs >= this.#dueAtMs;
  }

  started(nowMs: number): void {
    this.#inFlight = true;
    this.#dueAtMs = nowMs + this.#intervalMs;
  }

  succeeded(): void {
    this.#inFlight = false;
  }

  failed(nowMs: number, isRetriable: boolean): void {
    this.#inFlight = false;
    if (isRetriable) this.#dueAtMs = nowMs + this.#retryBackoffMs;
  }
}
