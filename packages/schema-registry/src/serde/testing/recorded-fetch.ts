/** Node's `fetch`, which writes down what goes through it. */
export class RecordedFetch {
  /** As `GET /subjects`. */
  readonly requests: string[] = [];

  readonly fetch: typeof globalThis.fetch = (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    this.requests.push(`${init?.method} ${pathname}${search}`);
    return globalThis.fetch(input, init);
  };

  /** What was asked since the last call. */
  taken(): string[] {
    return this.requests.splice(0);
  }
}
