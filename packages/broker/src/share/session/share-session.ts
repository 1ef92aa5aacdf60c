/** A partition that a member fetches. */
export interface SessionPartition {
  readonly topicId: string;
  readonly index: number;
}

const FIRST_EPOCH = 1;
const MAX_EPOCH = 2147483647;

/** What one member of a share group fetches from this broker. */
export class ShareSession {
  readonly groupId: string;
  readonly memberId: string;
  readonly connectionId: number;
  /** The epoch that the next request has to have. */
  nextEpoch = FIRST_EPOCH;
  readonly #partitions = new Map<string, SessionPartition>();

  constructor(groupId: string, memberId: string, connectionId: number) {
    this.groupId = groupId;
    this.memberId = memberId;
    this.connectionId = connectionId;
  }

  get partitions(): readonly SessionPartition[] {
    return [...this.#partitions.values()];
  }

  /** Takes up the next request. */
  advance(): void {
    this.nextEpoch = this.nextEpoch === MAX_EPOCH ? FIRST_EPOCH : this.nextEpoch + 1;
  }

  add(partitions: readonly SessionPartition[]): void {
    for (const { topicId, index } of partitions)
      this.#partitions.set(`${topicId}:${index}`, { topicId, index });
  }

  forget(partitions: readonly SessionPartition[]): void {
    for (const { topicId, index } of partitions) this.#partitions.delete(`${topicId}:${index}`);
  }
}
