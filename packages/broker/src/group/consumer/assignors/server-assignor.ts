import type { TopicPartitions } from '../topic-partitions.ts';

/** A member, as assignors see it. */
export interface AssignorMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  /** Ids of the topics it subscribes, as far as they exist. */
  readonly topicIds: ReadonlySet<string>;
  /** Its part of the target assignment before. */
  readonly previous: TopicPartitions;
}

/** Partition counts by topic id; the order of the topics is the order in which partitions are dealt out. */
export type PartitionCounts = ReadonlyMap<string, number>;

/**
 * Computes the target assignment of a group. Pure and deterministic: members come in the order of their ids, and the same
 * input gives the same output. Every partition of a topic that somebody subscribes goes to exactly one of those members.
 */
export interface ServerAssignor {
  /** As members and `group.consumer.assignors` name it. */
  readonly name: string;
  /** @returns each member's part; members that are not named get nothing. */
  assign(
    members: readonly AssignorMember[],
    partitionCounts: PartitionCounts,
  ): ReadonlyMap<string, TopicPartitions>;
}
