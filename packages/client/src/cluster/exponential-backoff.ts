import type { Random } from '@millrace/host';

const MAX_EXPONENT = 30;

/** Kafka's back-off (KIP-580): doubles from `initialMs` to `maxMs`, each value ±20 % so that clients spread out. */
export class ExponentialBackoff {
  readonly #initialMs: number;
  readonly #maxMs: number;
  readonly #random: Random;

  constructor(initialMs: number, maxMs: number, random: Random) {
    this.#initialMs = initialMs;
    this.#maxMs = Math.max(initialMs, maxMs);
    this.#random = random;
  }

  /** @param failures Consecutive failures so far, from 1; 0 gives no delay. */
  delayMs(failures: number): number {
    if (failures <= 0) return 0;
    const exact = this.#initialMs * 2 ** Math.min(failures - 1, MAX_EXPONENT);
    return Math.min(exact, this.#maxMs) * (0.8 + 0.4 * this.#random.float());
  }
}
