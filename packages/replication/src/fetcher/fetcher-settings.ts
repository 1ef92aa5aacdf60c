/** How a node fetches from a leader; the values of the properties of the same names. */
export interface FetcherSettings {
  /** `replica.fetch.wait.max.ms` */
  readonly maxWaitMs: number;
  /** `replica.fetch.min.bytes` */
  readonly minBytes: number;
  /** `replica.fetch.max.bytes`, of one partition */
  readonly maxPartitionBytes: number;
  /** `replica.fetch.response.max.bytes` */
  readonly maxBytes: number;
  /** `replica.fetch.backoff.ms`: the longest time that a partition with an error is left alone. */
  readonly backoffMs: number;
  /** `replica.socket.timeout.ms`, on top of the time that the leader may wait */
  readonly timeoutMs: number;
}
