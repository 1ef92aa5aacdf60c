/** Records per second over the last few seconds. */
export class RateMeter {
  readonly #windowMs: number;
  readonly #samples: { atMs: number; total: number }[] = [];
  #total = 0;

  constructor(windowMs = 3000) {
    this.#windowMs = windowMs;
  }

  add(records: number): void {
    this.#total += records;
  }

  get total(): number {
    return this.#total;
  }

  /** The rate since the oldest sample within the window; call it at each redraw. */
  sample(nowMs: number): number {
    this.#samples.push({ atMs: nowMs, total: this.#total });
    while (this.#samples.length > 2 && nowMs - this.#samples[0]!.atMs > this.#windowMs) this.#samples.shift();
    const oldest = this.#samples[0]!;
    return nowMs === oldest.atMs ? 0 : ((this.#total - oldest.total) * 1000) / (nowMs - oldest.atMs);
  }
}
