/** Where a batch stands in the log. */
export interface AppendResult {
  readonly baseOffset: number;
  readonly lastOffset: number;
  /** -1 with `CreateTime`. */
  readonly logAppendTimeMs: number;
  readonly logStartOffset: number;
  /** The batch was in the log already: an idempotent producer sent it again. */
  readonly duplicate: boolean;
}

export interface AppendOptions {
  /**
   * `client`: exactly one data batch from a producer, validated in full. `coordinator`: batches that the broker made
   * itself, control batches included. `replication`: batches that keep their offsets and epochs.
   */
  readonly origin: 'client' | 'coordinator' | 'replication';
  /** Written into the batches, except with `replication`. */
  readonly leaderEpoch: number;
}
