/**
 * Ends the drain of a client that is closing. Each call of `close()` may bring a signal; the first that is aborted counts
 * for all of them.
 */
export class ClosingSignal {
  readonly #aborted = new AbortController();
  readonly #listening = new AbortController();

  get signal(): AbortSignal {
    return this.#aborted.signal;
  }

  follow(signal: AbortSignal | undefined): void {
    if (signal === undefined || this.#listening.signal.aborted) return;
    const onAbort = () => this.#aborted.abort(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true, signal: this.#listening.signal });
  }

  /** Closed: leaves no listener behind. */
  end(): void {
    this.#listening.abort();
  }
}
