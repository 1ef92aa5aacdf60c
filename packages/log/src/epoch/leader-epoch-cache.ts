import { invariant } from '../errors.ts';

/** The first offset that was written under a leader epoch. */
export interface EpochEntry {
  readonly epoch: number;
  readonly startOffset: number;
}

/** The answer of `endOffsetFor`; both are -1 where the log cannot tell. */
export interface EpochEndOffset {
  readonly leaderEpoch: number;
  readonly endOffset: number;
}

const UNKNOWN: EpochEndOffset = { leaderEpoch: -1, endOffset: -1 };

/**
 * Which leader epoch wrote which offsets (KIP-101, KIP-320): what a follower compares with its leader to find the
 * point where the two logs diverged. Pure; the owner writes it to `leader-epoch-checkpoint` when `isDirty`.
 */
export class LeaderEpochCache {
  #entries: EpochEntry[];
  /** Changed since the last `markClean()`. */
  isDirty = false;

  constructor(entries: readonly EpochEntry[] = []) {
    this.#entries = [...entries];
  }

  get entries(): readonly EpochEntry[] {
    return this.#entries;
  }

  /** -1 when no epoch is known. */
  get latestEpoch(): number {
    return this.#entries.at(-1)?.epoch ?? -1;
  }

  /** Ascending in both epoch and offset afterwards: entries that contradict the new one go. */
  assign(epoch: number, startOffset: number): void {
    invariant(epoch >= 0 && startOffset >= 0, `leader epoch ${epoch} cannot start at offset ${startOffset}`);
    const latest = this.#entries.at(-1);
    if (latest !== undefined && latest.epoch === epoch && startOffset >= latest.startOffset) return;
    this.#entries = this.#entries.filter((entry) => entry.epoch < epoch && entry.startOffset < startOffset);
    this.#entries.push({ epoch, startOffset });
    this.isDirty = true;
  }

  /**
   * Where `epoch`, or the largest known epoch below it, ended: the start of the next epoch.
   * @param logEndOffset The end of the latest epoch.
   */
  endOffsetFor(epoch: number, logEndOffset: number): EpochEndOffset {
    const latest = this.#entries.at(-1);
    if (epoch === -1 || latest === undefined) return UNKNOWN;
    if (epoch === latest.epoch) return { leaderEpoch: epoch, endOffset: logEndOffset };
    const higher = this.#entries.findIndex((entry) => entry.epoch > epoch);
    if (higher === -1) return UNKNOWN;
    const endOffset = this.#entries[higher]!.startOffset;
    return { leaderEpoch: higher === 0 ? epoch : this.#entries[higher - 1]!.epoch, endOffset };
  }

  /** The epoch under which `offset` was written, `undefined` if that is before the first known one. */
  epochForOffset(offset: number): number | undefined {
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      if (this.#entries[index]!.startOffset <= offset) return this.#entries[index]!.epoch;
    }
    return undefined;
  }

  /** Forgets epochs that start at or after `offset`. */
  truncateFromEnd(offset: number): void {
    this.#replace(this.#entries.filter((entry) => entry.startOffset < offset));
  }

  /** Forgets epochs that ended at or before `offset`; the one that spans it starts there from now on. */
  truncateFromStart(offset: number): void {
    const kept = this.#entries.filter((entry) => entry.startOffset > offset);
    const spanning = this.#entries[this.#entries.length - kept.length - 1];
    this.#replace(spanning === undefined ? kept : [{ epoch: spanning.epoch, startOffset: offset }, ...kept]);
  }

  clear(): void {
    this.#replace([]);
  }

  markClean(): void {
    this.isDirty = false;
  }

  #replace(entries: EpochEntry[]): void {
    const same =
      entries.length === this.#entries.length &&
      entries.every((entry, index) => entry.startOffset === this.#entries[index]!.startOffset);
    if (same) return;
    this.#entries = entries;
    this.isDirty = true;
  }
}
