/** The offset that a group has committed for one partition. */
export interface CommittedOffset {
  /** Of the next record the group wants. */
  readonly offset: number;
  /** Leader epoch of the last record consumed; -1 when the client did not say. */
  readonly leaderEpoch: number;
  /** Free text of the client, at most `offset.metadata.max.bytes` long; empty when it gave none. */
  readonly metadata: string;
  /** Wall time of the commit. */
  readonly commitTimestampMs: number;
  /** When it expires, where an old client set a retention of its own; -1 leaves it to the rules of the group. */
  readonly expireTimestampMs: number;
  /** The topic's id when it was committed; the zero id when that was not known. */
  readonly topicId: string;
}
