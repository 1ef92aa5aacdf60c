import type { RecordBatch } from '@millrace/protocol';
import type { EpochEntry } from '../../epoch/leader-epoch-cache.ts';
import type { ReportEntry } from './index-checks.ts';

/** Compares `leader-epoch-checkpoint` with the epochs in the batches, which are shown to it in offset order. */
export class EpochCheck {
  readonly #entries: readonly EpochEntry[];
  readonly #logStartOffset: number;
  readonly #reportBatch: ReportEntry;
  /** Of the entry that covers the batches at the moment; -1 before the first. */
  #current = -1;
  #nextOffset: number | undefined;

  /** @param reportBatch Takes the position of the batch in its file. */
  constructor(entries: readonly EpochEntry[], logStartOffset: number, reportBatch: ReportEntry) {
    this.#entries = entries;
    this.#logStartOffset = logStartOffset;
    this.#reportBatch = reportBatch;
  }

  visit(position: number, batch: RecordBatch): void {
    const before = this.#nextOffset;
    this.#nextOffset = batch.nextOffset;
    let started: EpochEntry | undefined;
    for (
      let next = this.#entries[this.#current + 1];
      next !== undefined;
      next = this.#entries[this.#current + 1]
    ) {
      if (next.startOffset > batch.baseOffset) break;
      started = next;
      this.#current++;
    }
    const expected = this.#entries[this.#current]?.epoch ?? -1;
    // The checkpoint begins at the log start, which may lie behind the first batches of the first segment. A log that
    // was truncated to its start has no entry at all.
    const isBelowStart = this.#entries.length > 0 || batch.nextOffset <= this.#logStartOffset;
    if (this.#current === -1 && isBelowStart) return;
    if (batch.partitionLeaderEpoch !== expected) {
      this.#reportBatch(
        position,
        `the batch at offset ${batch.baseOffset} has leader epoch ${batch.partitionLeaderEpoch}, the checkpoint says ${expected}`,
      );
    } else if (
      this.#current > 0 &&
      started !== undefined &&
      before !== undefined &&
      started.startOffset < before
    ) {
      this.#reportBatch(
        position,
        `the checkpoint lets epoch ${started.epoch} start at offset ${started.startOffset}, within the batch before offset ${before}`,
      );
    }
  }

  /** Entries that start behind the end of the log. */
  entriesBehind(logEndOffset: number): readonly EpochEntry[] {
    return this.#entries.filter((entry) => entry.startOffset > logEndOffset);
  }
}
