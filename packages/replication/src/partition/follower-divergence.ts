/** Where a leader epoch ended; both -1 for what a log cannot tell. */
export interface EpochEnd {
  readonly leaderEpoch: number;
  readonly endOffset: number;
}

/** What a follower knows of its own log. */
export interface FollowerLog {
  readonly logEndOffset: number;
  readonly highWatermark: number;
  /** -1 where no record has an epoch. */
  readonly latestEpoch: number;
  /** Of the largest epoch it has that is not above `epoch`. */
  endOffsetForEpoch(epoch: number): EpochEnd;
}

/** How a follower cuts its log. */
export interface Truncation {
  /** Everything from here on goes. */
  readonly offset: number;
  /**
   * Committed records are among what goes. That is right only after an unclean election (the new leader never had
   * them); otherwise one of the two logs was damaged, and nobody should hear of it by silence.
   */
  readonly isBelowHighWatermark: boolean;
}

/**
 * Where a follower cuts its log when the leader says that it has epoch `leaderEnd.leaderEpoch` up to
 * `leaderEnd.endOffset`, and the follower has more or something else (KIP-279). It then fetches from there; where the
 * logs still differ the leader says so again, with a lower epoch each time. Cutting at the high watermark instead would
 * lose records in a fast chain of leaders (KIP-101).
 */
export function truncationOnDivergence(leaderEnd: EpochEnd, log: FollowerLog): Truncation {
  const ownEnd = log.endOffsetForEpoch(leaderEnd.leaderEpoch);
  // Without that epoch both agree at most to the end of the one below it. Without any, the leader's word counts.
  const hasOther = ownEnd.leaderEpoch !== -1 && ownEnd.leaderEpoch !== leaderEnd.leaderEpoch;
  const agreed = hasOther
    ? ownEnd.endOffset
    : Math.min(ownEnd.leaderEpoch === -1 ? Infinity : ownEnd.endOffset, leaderEnd.endOffset);
  return truncateTo(Math.min(agreed, log.logEndOffset), log);
}

/** Before a follower fetches for the first time: without epochs only what was committed is known to be common. */
export function truncationBeforeFirstFetch(log: FollowerLog): Truncation | undefined {
  if (log.latestEpoch !== -1 || log.logEndOffset <= log.highWatermark) return undefined;
  return truncateTo(log.highWatermark, log);
}

/** What a follower does whose offset the leader does not have. */
export type OutOfRangeStep =
  | { readonly type: 'truncate'; readonly truncation: Truncation }
  /** Drops everything and begins at the leader's log start. */
  | { readonly type: 'restart'; readonly offset: number }
  | { readonly type: 'continue' };

/** @param leader Its first offset and its end, as ListOffsets says. */
export function stepOnOutOfRange(
  leader: { readonly logStartOffset: number; readonly logEndOffset: number },
  log: FollowerLog,
): OutOfRangeStep {
  // The follower was ahead: it led until an unclean election, or its leader lost its disk.
  if (leader.logEndOffset < log.logEndOffset) {
    return { type: 'truncate', truncation: truncateTo(leader.logEndOffset, log) };
  }
  if (leader.logStartOffset > log.logEndOffset) return { type: 'restart', offset: leader.logStartOffset };
  return { type: 'continue' };
}

function truncateTo(offset: number, { highWatermark }: FollowerLog): Truncation {
  return { offset, isBelowHighWatermark: offset < highWatermark };
}
