/** What a group remembers of a partition. */
export interface OffsetAndMetadata {
  /** The next offset to read. */
  readonly offset: number;
  /** Leader epoch of the last record read, -1 if unknown; lets a later consumer notice lost records (KIP-320). */
  readonly leaderEpoch: number;
  /** Text of the application's own, at most `offset.metadata.max.bytes` (4096) on the broker. */
  readonly metadata: string;
}
