import type { LeaderPartition } from '../partitions/leader-partition.ts';
import type { FetchPartition } from './fetch-partition.ts';

const MAX_EPOCH = 2147483647;

/** One partition that a replica on another node follows, as its session remembers it. */
export interface ReplicaSessionEntry extends FetchPartition {
  /** First offset that the follower has. */
  followerLogStart: number;
  /** Whose changes the session is told of. */
  watched: LeaderPartition | undefined;
  unwatch: (() => void) | undefined;
}

/**
 * What a replica on another node follows here. Only partitions with news are looked at: those that were asked for, and
 * those whose log has grown or whose high watermark has moved since. A thousand idle ones cost nothing.
 */
export class ReplicaSession {
  readonly id: number;
  readonly replicaId: number;
  readonly brokerEpoch: number;
  /** Epoch the next request must carry. */
  nextEpoch = 1;
  lastUsedMs: number;
  /** When the last request came; a partition without news is caught up as of then. */
  readonly fetchTime = { lastFetchMs: -Infinity };
  readonly #entries = new Map<string, ReplicaSessionEntry>();
  #news = new Set<ReplicaSessionEntry>();
  #wake: ((isAnsweredNow: boolean) => void) | undefined;

  constructor(id: number, replicaId: number, brokerEpoch: number, nowMs: number) {
    this.id = id;
    this.replicaId = replicaId;
    this.brokerEpoch = brokerEpoch;
    this.lastUsedMs = nowMs;
  }

  get size(): number {
    return this.#entries.size;
  }

  get hasNews(): boolean {
    return this.#news.size > 0;
  }

  get(key: string): ReplicaSessionEntry | undefined {
    return this.#entries.get(key);
  }

  set(key: string, entry: ReplicaSessionEntry): void {
    this.#entries.set(key, entry);
  }

  /** To be looked at by the next read. */
  hasNewsOf(entry: ReplicaSessionEntry): void {
    this.#news.add(entry);
  }

  remove(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#news.delete(entry);
    this.#forget(entry);
  }

  /** The partitions with news, in the order of it; from now on they have none. */
  takeNews(): readonly ReplicaSessionEntry[] {
    const news = [...this.#news];
    this.#news = new Set();
    return news;
  }

  /** Tells the session of changes of the partition from now on. */
  watch(entry: ReplicaSessionEntry, leader: LeaderPartition): void {
    if (entry.watched === leader) return;
    this.#forget(entry);
    entry.watched = leader;
    if (this.id !== 0) leader.state.progressOf(this.replicaId)?.attach(this.fetchTime);
    entry.unwatch = leader.subscribe(() => this.#onChange(entry, leader));
  }

  /**
   * Calls `onChange` once: when something that is followed has grown, or with `isAnsweredNow` when the answer is wanted
   * whatever it holds.
   */
  onceChanged(onChange: (isAnsweredNow: boolean) => void): void {
    this.#wake = onChange;
  }

  wake(isAnsweredNow: boolean): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.(isAnsweredNow);
  }

  advanceEpoch(nowMs: number): void {
    this.nextEpoch = this.nextEpoch === MAX_EPOCH ? 1 : this.nextEpoch + 1;
    this.lastUsedMs = nowMs;
  }

  close(): void {
    for (const entry of this.#entries.values()) this.#forget(entry);
    this.#entries.clear();
    this.#news.clear();
    this.wake(true);
  }

  /** A new high watermark alone waits for the next answer, as in Apache Kafka. */
  #onChange(entry: ReplicaSessionEntry, leader: LeaderPartition): void {
    this.#news.add(entry);
    const { logEndOffset, logStartOffset } = leader.log;
    if (leader.isRetired || logEndOffset > entry.fetchOffset) this.wake(false);
    // Somebody waits until the records are deleted everywhere.
    else if (logStartOffset > entry.sentLogStartOffset && entry.sentLogStartOffset >= 0) this.wake(true);
  }

  #forget(entry: ReplicaSessionEntry): void {
    entry.unwatch?.();
    entry.watched?.state.progressOf(this.replicaId)?.detach(this.fetchTime);
    entry.unwatch = undefined;
    entry.watched = undefined;
  }
}
