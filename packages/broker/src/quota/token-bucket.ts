import type { QuotaWindow } from './sliding-rate.ts';

/**
 * Tokens that come at a steady rate and may be saved up for as long as the window. What is taken may be more than there
 * is; then there is a debt, and nothing is given until it is paid (KIP-599).
 */
export class TokenBucket {
  readonly #windowSec: number;
  #tokens: number | undefined;
  #filledMs = 0;

  constructor({ sampleCount, sampleMs }: QuotaWindow) {
    this.#windowSec = (sampleCount * sampleMs) / 1000;
  }

  take(tokens: number, ratePerSec: number, nowMs: number): void {
    this.#tokens = this.#fill(ratePerSec, nowMs) - tokens;
  }

  /** How long until the debt is paid; 0 without one. */
  throttleMs(ratePerSec: number, nowMs: number): number {
    return Math.max(0, Math.round((-this.#fill(ratePerSec, nowMs) / ratePerSec) * 1000));
  }

  #fill(ratePerSec: number, nowMs: number): number {
    const full = this.#windowSec * ratePerSec;
    const earned = ((nowMs - this.#filledMs) / 1000) * ratePerSec;
    this.#tokens = this.#tokens === undefined ? full : Math.min(full, this.#tokens + earned);
    this.#filledMs = nowMs;
    return this.#tokens;
  }
}
