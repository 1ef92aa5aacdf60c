import type { RecordBatch } from '@millrace/protocol';
import type { RawIndex, RawOffsetEntry, RawTimeEntry } from '../index-entries.ts';

/** Told of each entry that is wrong, with its position in the index file. */
export type ReportEntry = (position: number, problem: string) => void;

/** Compares the entries of an offset index with the batches of its segment, which are shown to it in file order. */
export class OffsetIndexCheck {
  readonly #entries: readonly RawOffsetEntry[];
  readonly #report: ReportEntry;
  #next = 0;
  #before: RawOffsetEntry | undefined;

  constructor(index: RawIndex<RawOffsetEntry>, report: ReportEntry) {
    this.#entries = index.entries;
    this.#report = report;
  }

  /** @param isSound The fields of the batch can be believed; otherwise nothing is compared with them. */
  visit(position: number, batch: RecordBatch, isSound: boolean): void {
    for (let entry = this.#entries[this.#next]; entry !== undefined; entry = this.#entries[this.#next]) {
      if (entry.logPosition > position) return;
      if (isSound) this.#judge(entry, position, batch);
      this.#before = entry;
      this.#next++;
    }
  }

  finish(logBytes: number): void {
    for (const entry of this.#entries.slice(this.#next)) {
      this.#report(entry.at, `it points at position ${entry.logPosition} of a log of ${logBytes} bytes`);
    }
  }

  #judge(entry: RawOffsetEntry, position: number, batch: RecordBatch): void {
    const before = this.#before;
    if (before !== undefined && (entry.logPosition <= before.logPosition || entry.offset <= before.offset)) {
      this.#report(
        entry.at,
        `(${entry.offset}, ${entry.logPosition}) does not ascend after (${before.offset}, ${before.logPosition})`,
      );
    } else if (entry.logPosition !== position) {
      this.#report(entry.at, `no batch begins at position ${entry.logPosition}`);
    } else if (entry.offset !== batch.lastOffset) {
      this.#report(
        entry.at,
        `offset ${entry.offset} is not ${batch.lastOffset}, the last one of the batch at ${position}`,
      );
    }
  }
}

/** Compares the entries of a time index with the batches of its segment, which are shown to it in file order. */
export class TimeIndexCheck {
  readonly #entries: readonly RawTimeEntry[];
  readonly #report: ReportEntry;
  #next = 0;
  #largestTimestampMs = -1;
  /** No batch was left out. */
  #isCertain = true;
  #before: RawTimeEntry | undefined;

  constructor(index: RawIndex<RawTimeEntry>, report: ReportEntry) {
    this.#entries = index.entries;
    this.#report = report;
  }

  /** @param isSound The fields of the batch can be believed; otherwise nothing is compared with them. */
  visit(batch: RecordBatch, isSound: boolean): void {
    const largestBefore = this.#largestTimestampMs;
    if (!isSound) this.#isCertain = false;
    else if (batch.maxTimestamp > largestBefore) this.#largestTimestampMs = batch.maxTimestamp;
    for (let entry = this.#entries[this.#next]; entry !== undefined; entry = this.#entries[this.#next]) {
      if (entry.offset > batch.lastOffset) return;
      if (isSound && this.#isCertain) this.#judge(entry, batch, largestBefore);
      this.#before = entry;
      this.#next++;
    }
  }

  /** @param isClosed Nothing is appended any more, so the last entry is the largest timestamp of the segment. */
  finish(isClosed: boolean): void {
    for (const entry of this.#entries.slice(this.#next)) {
      this.#report(entry.at, `offset ${entry.offset} is behind the last one of the segment`);
    }
    const last = this.#entries.at(-1)?.timestampMs ?? -1;
    if (isClosed && this.#isCertain && last < this.#largestTimestampMs) {
      this.#report(
        this.#entries.length * 12,
        `it ends at ${last}, below the largest timestamp ${this.#largestTimestampMs}`,
      );
    }
  }

  #judge(entry: RawTimeEntry, batch: RecordBatch, largestBefore: number): void {
    const before = this.#before;
    if (before !== undefined && entry.timestampMs <= before.timestampMs) {
      this.#report(entry.at, `timestamp ${entry.timestampMs} does not ascend after ${before.timestampMs}`);
    } else if (entry.offset < batch.baseOffset) {
      this.#report(entry.at, `no batch holds offset ${entry.offset}`);
    } else if (entry.timestampMs !== batch.maxTimestamp) {
      this.#report(
        entry.at,
        `timestamp ${entry.timestampMs} is not ${batch.maxTimestamp}, the largest one of the batch with offset ${entry.offset}`,
      );
    } else if (entry.timestampMs < largestBefore) {
      this.#report(
        entry.at,
        `timestamp ${entry.timestampMs} is below ${largestBefore}, which an earlier batch has`,
      );
    }
  }
}
