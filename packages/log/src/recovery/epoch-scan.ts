import { batchBaseOffset, batchLeaderEpoch } from '@millrace/protocol';
import type { EpochEntry, LeaderEpochCache } from '../epoch/leader-epoch-cache.ts';

/**
 * Finds leader epochs in batches, which are shown to it in offset order. No CRC covers the epoch of a batch, but epochs
 * never fall: one that the next batch is below was damaged, and is not adopted.
 */
export class EpochScan {
  readonly #epochs: LeaderEpochCache;
  readonly #known: LeaderEpochCache | undefined;
  #candidate: EpochEntry | undefined;

  /** @param known What was known before, where that counts more than a batch that nothing bears out. */
  constructor(epochs: LeaderEpochCache, known?: LeaderEpochCache) {
    this.#epochs = epochs;
    this.#known = known;
  }

  visit(buffer: Buffer, at: number): void {
    const epoch = batchLeaderEpoch(buffer, at);
    let startOffset = batchBaseOffset(buffer, at);
    if (this.#candidate !== undefined && epoch < this.#candidate.epoch) {
      // Which of its neighbours the damaged batch belongs to is known, or it is the first of all.
      const damagedOffset = this.#candidate.startOffset;
      const isFirst = this.#epochs.latestEpoch === -1;
      if (isFirst || this.#known?.epochForOffset(damagedOffset) === epoch) startOffset = damagedOffset;
      this.#candidate = undefined;
    }
    this.#adopt();
    if (epoch > this.#epochs.latestEpoch) this.#candidate = { epoch, startOffset };
  }

  /** Nothing comes behind the last batch. */
  finish(): void {
    const offset = this.#candidate?.startOffset ?? 0;
    const isDenied =
      this.#known !== undefined && this.#known.epochForOffset(offset) !== this.#candidate?.epoch;
    if (isDenied) this.#candidate = undefined;
    this.#adopt();
  }

  #adopt(): void {
    if (this.#candidate === undefined) return;
    this.#epochs.assign(this.#candidate.epoch, this.#candidate.startOffset);
    this.#candidate = undefined;
  }
}
