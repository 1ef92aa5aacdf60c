/** Partitions of one topic, by the id of the topic. */
export interface TopicIdPartitions {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

/**
 * What a coordinator that assigns partitions itself answers to a heartbeat, of consumer groups (KIP-848) as of share groups
 * (KIP-932); the wire messages fit it as they are.
 */
export interface HeartbeatAnswer {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly memberEpoch: number;
  readonly heartbeatIntervalMs: number;
  /** null: as before. */
  readonly assignment: { readonly topicPartitions: readonly TopicIdPartitions[] } | null;
}
