/** Which member of a group commits: what `producer.sendOffsets` needs of a consumer (KIP-447). */
export interface ConsumerGroupMetadata {
  readonly groupId: string;
  /** -1 for a consumer that is no member. */
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}
