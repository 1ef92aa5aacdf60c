import type { TopicPartition } from '../topic-partition.ts';

/**
 * What a consumer is told when its group rebalances. All callbacks run inside `poll()` (or `close()`,
 * `unsubscribe()`), one at a time; poll waits for promises they return, and throws what they throw after the protocol
 * has gone on. Committing and seeking inside is allowed, polling is not.
 */
export interface RebalanceListener {
  /** New partitions, before the first record of them; empty if nothing was added. Seek here. */
  onPartitionsAssigned?(partitions: readonly TopicPartition[]): void | Promise<void>;
  /** Partitions about to go; still ours. Commit here what has been processed. */
  onPartitionsRevoked?(partitions: readonly TopicPartition[]): void | Promise<void>;
  /**
   * Partitions that went without warning (the group has moved on): somebody else may be reading them already, and
   * commits would fail. Without this callback `onPartitionsRevoked` is called instead.
   */
  onPartitionsLost?(partitions: readonly TopicPartition[]): void | Promise<void>;
}
