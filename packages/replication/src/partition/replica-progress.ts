/** Where nothing is known of a replica yet. */
export const UNKNOWN_OFFSET = -1;

/** What a follower's fetch says about it, and what the leader knows at that moment. */
export interface FollowerFetch {
  readonly replicaId: number;
  /** Incarnation of the follower that sent it; -1 from requests that do not carry it. */
  readonly brokerEpoch: number;
  /** Proof that the follower has everything below, in its page cache at least. */
  readonly fetchOffset: number;
  /** First offset the follower has. */
  readonly logStartOffset: number;
  /** End of the leader's log when the fetch was read. */
  readonly leaderEndOffset: number;
  readonly nowMs: number;
}

/** When requests of a session came, shared by all partitions of it that are not mentioned in each of them. */
export interface SessionFetchTime {
  readonly lastFetchMs: number;
}

/** How far one follower is, as its fetches have shown to the leader. */
export class ReplicaProgress {
  readonly replicaId: number;
  /** -1 until its first fetch from this leader. */
  logEndOffset = UNKNOWN_OFFSET;
  logStartOffset = UNKNOWN_OFFSET;
  /** When it last had everything that the leader had. */
  lastCaughtUpMs: number;
  /** Incarnation that fetched last; -1 where the request did not say, or there was none. */
  brokerEpoch = -1;
  #lastFetchMs = -Infinity;
  #leaderEndAtLastFetch = UNKNOWN_OFFSET;
  #session: SessionFetchTime | undefined;

  /** @param lastCaughtUpMs Members of the ISR get a whole lag period before they can be found missing. */
  constructor(replicaId: number, lastCaughtUpMs: number) {
    this.replicaId = replicaId;
    this.lastCaughtUpMs = lastCaughtUpMs;
  }

  /**
   * A follower that reads all the time is caught up as of the fetch before, though it never holds what came meanwhile:
   * fetch n+1 begins where the leader ended at fetch n.
   */
  onFetch({ fetchOffset, logStartOffset, leaderEndOffset, brokerEpoch, nowMs }: FollowerFetch): void {
    if (fetchOffset >= leaderEndOffset) this.lastCaughtUpMs = Math.max(this.lastCaughtUpMs, nowMs);
    else if (fetchOffset >= this.#leaderEndAtLastFetch) {
      this.lastCaughtUpMs = Math.max(this.lastCaughtUpMs, this.#lastFetchMs);
    }
    this.logEndOffset = fetchOffset;
    this.logStartOffset = logStartOffset;
    this.brokerEpoch = brokerEpoch;
    this.#lastFetchMs = nowMs;
    this.#leaderEndAtLastFetch = Math.max(this.#leaderEndAtLastFetch, leaderEndOffset);
  }

  /** From now on a request of the session counts as a fetch at the same offset, without `onFetch`. */
  attach(session: SessionFetchTime): void {
    this.#settle();
    this.#session = session;
  }

  detach(session: SessionFetchTime): void {
    if (this.#session !== session) return;
    this.#settle();
    this.#session = undefined;
  }

  /** The leader's log is about to grow beyond `leaderEndOffset`: whoever was at its end was so until the last request. */
  onLeaderGrows(leaderEndOffset: number): void {
    if (this.#session === undefined || this.logEndOffset < leaderEndOffset) return;
    this.#settle();
    this.#leaderEndAtLastFetch = Math.max(this.#leaderEndAtLastFetch, leaderEndOffset);
  }

  /** A request since the last `onFetch` came while the leader had not grown: growth is news, and news are asked for. */
  #settle(): void {
    const lastFetchMs = this.#session?.lastFetchMs ?? -Infinity;
    if (lastFetchMs <= this.#lastFetchMs) return;
    this.#lastFetchMs = lastFetchMs;
    if (this.logEndOffset < this.#leaderEndAtLastFetch) return;
    this.lastCaughtUpMs = Math.max(this.lastCaughtUpMs, lastFetchMs);
  }

  /** This node goes on as the leader in a new epoch: offsets still count, the lag period begins anew. */
  onNewLeaderEpoch(lastCaughtUpMs: number, leaderEndOffset: number, nowMs: number): void {
    this.lastCaughtUpMs = lastCaughtUpMs;
    this.#lastFetchMs = nowMs;
    this.#leaderEndAtLastFetch = leaderEndOffset;
  }

  isCaughtUp(leaderEndOffset: number, nowMs: number, maxLagMs: number): boolean {
    return this.logEndOffset === leaderEndOffset || nowMs - this.lastCaughtUpMs <= maxLagMs;
  }
}
