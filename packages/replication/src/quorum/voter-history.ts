import type { VoterSet } from './voter-set.ts';

interface Entry<Value> {
  readonly offset: number;
  readonly value: Value;
}

/**
 * Values that records of the metadata log set, by the offset of the record. They hold from the moment they are
 * appended, so a truncation brings the earlier one back.
 */
export class OffsetHistory<Value> {
  readonly #initial: Value;
  #entries: Entry<Value>[] = [];

  /** @param initial What holds without any record. */
  constructor(initial: Value) {
    this.#initial = initial;
  }

  get latest(): Value {
    return this.#entries.at(-1)?.value ?? this.#initial;
  }

  /** Offset of the record that set `latest`; -1 for the initial value. */
  get latestOffset(): number {
    return this.#entries.at(-1)?.offset ?? -1;
  }

  add(offset: number, value: Value): void {
    this.truncateFrom(offset);
    this.#entries.push({ offset, value });
  }

  /** What held before the record at `endOffset`. */
  before(endOffset: number): Value {
    return this.#entries.findLast(({ offset }) => offset < endOffset)?.value ?? this.#initial;
  }

  /** Forgets what records from `offset` on have set. */
  truncateFrom(offset: number): void {
    this.#entries = this.#entries.filter((entry) => entry.offset < offset);
  }

  /** A snapshot of everything before `endOffset` has set this. */
  restartAt(endOffset: number, value: Value | undefined): void {
    this.#entries = value === undefined ? [] : [{ offset: endOffset - 1, value }];
  }
}

/** Who votes, and by which rules, according to the log. */
export class VoterHistory {
  readonly voters: OffsetHistory<VoterSet>;
  readonly kraftVersions: OffsetHistory<number>;

  constructor(staticVoters: VoterSet) {
    this.voters = new OffsetHistory(staticVoters);
    this.kraftVersions = new OffsetHistory(0);
  }

  get kraftVersion(): number {
    return this.kraftVersions.latest;
  }

  truncateFrom(offset: number): void {
    this.voters.truncateFrom(offset);
    this.kraftVersions.truncateFrom(offset);
  }
}
