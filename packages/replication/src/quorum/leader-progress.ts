import type { QuorumRules } from './quorum-rules.ts';
import { sameReplica, type ReplicaKey, type VoterSet } from './voter-set.ts';

/** What a leader knows of one other replica. Times are those of the monotonic clock. */
export interface ReplicaProgress {
  readonly key: ReplicaKey;
  /** It has everything below, durably if it votes; -1 before its first fetch. */
  readonly endOffset: number;
  /** -1 before its first fetch. */
  readonly lastFetchMs: number;
  /** When it last had everything that there was at the time; -1 for never. */
  readonly lastCaughtUpMs: number;
  /** The end of the log at its last fetch. */
  readonly endAtLastFetch: number;
}

export interface LeaderProgressOptions {
  readonly self: ReplicaKey;
  readonly voters: VoterSet;
  readonly rules: QuorumRules;
  /** Offset of the first record of the epoch. */
  readonly epochStartOffset: number;
  readonly nowMs: number;
}

/** Replicas that have not fetched for so long are no longer named to those who ask. */
const OBSERVER_SESSION_MS = 300_000;

/** How far the replicas of a leader have come, and what is committed by that. Pure. */
export class LeaderProgress {
  readonly epochStartOffset: number;
  readonly #self: ReplicaKey;
  readonly #rules: QuorumRules;
  readonly #startedMs: number;
  readonly #replicas = new Map<string, ReplicaProgress>();
  #voters: VoterSet;
  #flushedOffset = -1;
  #highWatermark = -1;

  constructor({ self, voters, rules, epochStartOffset, nowMs }: LeaderProgressOptions) {
    this.epochStartOffset = epochStartOffset;
    this.#self = self;
    this.#voters = voters;
    this.#rules = rules;
    this.#startedMs = nowMs;
  }

  /** -1 until a record of this epoch is committed. */
  get highWatermark(): number {
    return this.#highWatermark;
  }

  get flushedOffset(): number {
    return this.#flushedOffset;
  }

  setVoters(voters: VoterSet): boolean {
    this.#voters = voters;
    return this.#raise();
  }

  /** The log of the leader itself is on the disk up to here. @returns whether the high watermark rose */
  flushed(offset: number): boolean {
    this.#flushedOffset = Math.max(this.#flushedOffset, offset);
    return this.#raise();
  }

  /** A replica asks for what comes at `offset`. @returns whether the high watermark rose */
  fetched(key: ReplicaKey, offset: number, endOffset: number, nowMs: number): boolean {
    const before = this.#replicas.get(keyOf(key));
    const wasAtEnd = before !== undefined && before.lastFetchMs >= 0 && offset >= before.endAtLastFetch;
    const lastCaughtUpMs =
      offset >= endOffset ? nowMs : wasAtEnd ? before.lastFetchMs : (before?.lastCaughtUpMs ?? -1);
    this.#replicas.set(keyOf(key), {
      key,
      endOffset: offset,
      lastFetchMs: nowMs,
      lastCaughtUpMs,
      endAtLastFetch: endOffset,
    });
    return this.#raise();
  }

  /** A voter that downloads a snapshot lives, although it does not fetch. */
  heard(key: ReplicaKey, nowMs: number): void {
    const before = this.#replicas.get(keyOf(key));
    const known = before ?? { key, endOffset: -1, lastCaughtUpMs: -1, endAtLastFetch: Infinity };
    this.#replicas.set(keyOf(key), { ...known, lastFetchMs: nowMs });
  }

  of(key: ReplicaKey): ReplicaProgress | undefined {
    const exact = this.#replicas.get(keyOf(key));
    if (exact !== undefined) return exact;
    let newest: ReplicaProgress | undefined;
    for (const each of this.#replicas.values()) {
      if (sameReplica(each.key, key) && each.lastFetchMs > (newest?.lastFetchMs ?? -1)) newest = each;
    }
    return newest;
  }

  /** Replicas without a vote that still fetch. */
  observers(nowMs: number): ReplicaProgress[] {
    return [...this.#replicas.values()].filter(
      ({ key, lastFetchMs }) => !this.#voters.has(key) && nowMs - lastFetchMs < OBSERVER_SESSION_MS,
    );
  }

  /** When the leader has to give up, unless a majority fetches before. */
  checkQuorumMs(timeoutMs: number): number {
    const others = this.#voters.voters.filter((voter) => !sameReplica(voter, this.#self));
    const needed = this.#voters.has(this.#self) ? this.#voters.majority - 1 : this.#voters.majority;
    if (needed === 0) return Infinity;
    const times = others.map((voter) => this.of(voter)?.lastFetchMs ?? this.#startedMs);
    times.sort((left, right) => right - left);
    return Math.max(times[needed - 1] ?? this.#startedMs, this.#startedMs) + timeoutMs;
  }

  /** Voters from which nothing was heard since. */
  silentVoters(sinceMs: number): ReplicaKey[] {
    return this.#voters.voters.filter(
      (voter) => !sameReplica(voter, this.#self) && (this.of(voter)?.lastFetchMs ?? -1) < sinceMs,
    );
  }

  /** The other voters, those with the most first. */
  successors(): ReplicaKey[] {
    const endOf = (voter: ReplicaKey): number => this.of(voter)?.endOffset ?? -1;
    return this.#voters.voters
      .filter((voter) => !sameReplica(voter, this.#self))
      .toSorted((left, right) => endOf(right) - endOf(left));
  }

  #raise(): boolean {
    const counted = this.#rules.countedVoters(this.#voters, this.#self);
    const offsets = counted.map((voter) =>
      sameReplica(voter, this.#self) ? this.#flushedOffset : (this.of(voter)?.endOffset ?? -1),
    );
    offsets.sort((left, right) => right - left);
    // So many have at least this that no other majority is without one of them.
    const offset = offsets[Math.floor(offsets.length / 2)] ?? -1;
    if (offset <= this.#highWatermark || !this.#rules.mayCommit(offset, this.epochStartOffset)) return false;
    this.#highWatermark = offset;
    return true;
  }
}

function keyOf({ id, directoryId }: ReplicaKey): string {
  return `${id}/${directoryId}`;
}
