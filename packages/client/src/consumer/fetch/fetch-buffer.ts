import type { ConsumerRecord } from '../consumer-record.ts';
import type { AssignedPartition, LogPosition } from '../subscription/assigned-partition.ts';
import type { SubscriptionState } from '../subscription/subscription-state.ts';
import type { FetchedRecords } from './fetched-records.ts';

/** Records of one partition within a poll's array, and the position behind them. */
export interface HandedOut {
  readonly partition: AssignedPartition;
  /** `partition.version` at that time: after a jump these records count no longer. */
  readonly version: number;
  /** Index of the first record in the array, and one past the last. */
  readonly start: number;
  readonly end: number;
  readonly position: LogPosition;
}

export interface PolledRecords {
  readonly records: ConsumerRecord[];
  readonly handedOut: readonly HandedOut[];
}

/** A failure that belongs to one partition and is thrown when its turn comes, as if it were a record. */
interface FetchFailure {
  readonly partition: AssignedPartition;
  readonly version: number;
  readonly sizeBytes: 0;
  readonly error: Error;
}

type Entry = FetchedRecords | FetchFailure;

/**
 * Fetched answers in the order they came, counted in bytes. Partitions are drained one after the other; what cannot
 * be handed out now (paused) stays, what nobody can want any more (seek, reassignment) goes.
 */
export class FetchBuffer {
  readonly #subscription: SubscriptionState;
  #entries: Entry[] = [];
  #sizeBytes = 0;

  constructor(subscription: SubscriptionState) {
    this.#subscription = subscription;
  }

  /** As received: compressed batches count compressed. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Whether a take could return or throw something. */
  get isReady(): boolean {
    return this.#entries.some((entry) => this.#isCurrent(entry) && entry.partition.canHandOut);
  }

  add(records: FetchedRecords): void {
    records.partition.bufferedAnswers++;
    this.#sizeBytes += records.sizeBytes;
    this.#entries.push(records);
  }

  /** The partition is not fetched again before the failure has been thrown, or has become outdated. */
  addFailure(partition: AssignedPartition, error: Error): void {
    partition.hasFailure = true;
    this.#entries.push({ partition, version: partition.version, sizeBytes: 0, error });
  }

  /** Frees what belongs to assignments and positions of the past. */
  dropOutdated(): void {
    for (const entry of this.#entries) if (!this.#isCurrent(entry)) this.#release(entry);
    this.#entries = this.#entries.filter((entry) => this.#isCurrent(entry));
  }

  clear(): void {
    for (const entry of this.#entries) this.#release(entry);
    this.#entries = [];
  }

  /**
   * Up to `maxRecords` records. The caller moves the positions.
   * @throws the failure of a partition, if it comes before any record
   */
  async take(maxRecords: number): Promise<PolledRecords> {
    this.dropOutdated();
    const records: ConsumerRecord[] = [];
    const handedOut: HandedOut[] = [];
    for (const entry of this.#entries.slice()) {
      if (records.length >= maxRecords) break;
      if (!entry.partition.canHandOut) continue;
      if ('error' in entry) {
        if (records.length > 0) break;
        this.#remove(entry);
        entry.partition.discardFetched();
        throw entry.error;
      }
      await this.#drain(entry, records, { maxRecords, handedOut });
    }
    return { records, handedOut };
  }

  async #drain(
    entry: FetchedRecords,
    records: ConsumerRecord[],
    { maxRecords, handedOut }: { readonly maxRecords: number; readonly handedOut: HandedOut[] },
  ): Promise<void> {
    const { partition, version } = entry;
    const start = records.length;
    try {
      let hasMore: boolean | Promise<boolean> = true;
      while (records.length < maxRecords && hasMore) {
        hasMore = entry.prepare();
        if (hasMore instanceof Promise) hasMore = await hasMore;
        // A seek may have come while a batch was being decompressed.
        if (!this.#isCurrent(entry) || !partition.canHandOut) break;
        entry.take(records, maxRecords - records.length);
      }
      if (!hasMore) this.#remove(entry);
    } catch (error) {
      // What was decoded before the damage is good; the damage itself is met again, and thrown, by the next poll.
      this.#remove(entry);
      if (records.length === 0) {
        partition.discardFetched();
        throw error;
      }
      partition.hasFailure = true;
      this.#entries.unshift({ partition, version, sizeBytes: 0, error: error as Error });
    }
    const position = entry.position;
    handedOut.push({ partition, version, start, end: records.length, position });
  }

  #isCurrent(entry: Entry): boolean {
    return entry.version === entry.partition.version && this.#subscription.holds(entry.partition);
  }

  #remove(entry: Entry): void {
    const index = this.#entries.indexOf(entry);
    if (index < 0) return;
    this.#entries.splice(index, 1);
    this.#release(entry);
  }

  #release(entry: Entry): void {
    if ('error' in entry) {
      entry.partition.hasFailure = false;
      return;
    }
    entry.partition.bufferedAnswers--;
    this.#sizeBytes -= entry.sizeBytes;
  }
}
