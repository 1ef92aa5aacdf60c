/** Where a batch stands in the log. */
export interface AppendResult {
  readonly baseOffset: number;
  readonly lastOffset: number;
  /** -1 with `CreateTime`; of a duplicate the largest timestamp that the first copy was stored with. */
  readonly logAppendTimeMs: number;
  readonly logStartOffset: number;
  /** The batch was in the log already: an idempotent producer sent it again. */
  readonly duplicate: boolean;
}

/** For `append()`. */
export interface AppendOptions {
  /**
   * `client`: exactly one data batch from a producer, validated in full. `coordinator`: batches that the broker made
   * itself, control batches included. `replication`: batches that keep their offsets and epochs.
   */
  readonly origin: 'client' | 'coordinator' | 'replication';
  /** With `client`: it came out of `PartitionLog.validateLarge`. Default false. */
  readonly isValidated?: boolean;
  /** Written into the batches, except with `replication`. */
  readonly leaderEpoch: number;
  /**
   * For a transaction marker: level of `transaction.version` the end was decided by. From 2 on every end raises the
   * epoch, so a marker in the epoch of an open transaction is one of the past. Default 0.
   */
  readonly transactionVersion?: number;
}
