import type { FetchPartition } from './fetch-partition.ts';

const MAX_EPOCH = 2147483647;

/** The partitions a consumer is interested in, remembered between its requests (KIP-227). */
export class FetchSession {
  readonly id: number;
  /** Whether the partitions were named by topic id; a session cannot change that. */
  readonly usesTopicIds: boolean;
  /** Epoch the next request must carry. */
  nextEpoch = 1;
  lastUsedMs: number;
  /** In the order in which they are read: those that just delivered go to the end, so that none starves. */
  readonly partitions: Map<string, FetchPartition>;

  constructor(id: number, usesTopicIds: boolean, partitions: Map<string, FetchPartition>, nowMs: number) {
    this.id = id;
    this.usesTopicIds = usesTopicIds;
    this.partitions = partitions;
    this.lastUsedMs = nowMs;
  }

  advanceEpoch(): void {
    this.nextEpoch = this.nextEpoch === MAX_EPOCH ? 1 : this.nextEpoch + 1;
  }

  moveToEnd(key: string): void {
    const partition = this.partitions.get(key);
    if (partition === undefined) return;
    this.partitions.delete(key);
    this.partitions.set(key, partition);
  }
}
