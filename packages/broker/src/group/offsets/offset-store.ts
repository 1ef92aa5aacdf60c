import type { CommittedOffset } from './committed-offset.ts';

/** Names one committed offset. */
export interface OffsetKey {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
}

type PartitionOffsets = Map<number, CommittedOffset>;
type TopicOffsets = Map<string, PartitionOffsets>;

const noTopics: ReadonlyMap<string, ReadonlyMap<number, CommittedOffset>> = new Map();

/** The committed offsets of the groups of one `__consumer_offsets` partition. */
export class OffsetStore {
  readonly #groups = new Map<string, TopicOffsets>();
  /** Which commit came first: the one that is committed in a transaction must not undo a later one. */
  readonly #order = new WeakMap<CommittedOffset, number>();
  #lastOrder = 0;
  #size = 0;

  /** How many offsets there are. */
  get size(): number {
    return this.#size;
  }

  get({ groupId, topic, partition }: OffsetKey): CommittedOffset | undefined {
    return this.#groups.get(groupId)?.get(topic)?.get(partition);
  }

  /** Sets or, with null, removes. @returns what was there before. */
  put({ groupId, topic, partition }: OffsetKey, value: CommittedOffset | null): CommittedOffset | null {
    const previous = this.get({ groupId, topic, partition }) ?? null;
    if (value !== null) {
      this.stamp(value);
      if (previous === null) this.#size++;
      this.#partitions(groupId, topic).set(partition, value);
    } else if (previous !== null) this.#remove(groupId, topic, partition);
    return previous;
  }

  /** Gives a commit its place in the order of the log; a second time changes nothing. */
  stamp(value: CommittedOffset): void {
    if (!this.#order.has(value)) this.#order.set(value, ++this.#lastOrder);
  }

  isNewer(value: CommittedOffset, than: CommittedOffset): boolean {
    return (this.#order.get(value) ?? 0) > (this.#order.get(than) ?? 0);
  }

  hasOffsets(groupId: string): boolean {
    return this.#groups.has(groupId);
  }

  /** By topic and partition; empty for a group without offsets. */
  ofGroup(groupId: string): ReadonlyMap<string, ReadonlyMap<number, CommittedOffset>> {
    return this.#groups.get(groupId) ?? noTopics;
  }

  groupIds(): Iterable<string> {
    return this.#groups.keys();
  }

  #partitions(groupId: string, topic: string): PartitionOffsets {
    let topics = this.#groups.get(groupId);
    if (topics === undefined) this.#groups.set(groupId, (topics = new Map()));
    let partitions = topics.get(topic);
    if (partitions === undefined) topics.set(topic, (partitions = new Map()));
    return partitions;
  }

  #remove(groupId: string, topic: string, partition: number): void {
    const topics = this.#groups.get(groupId)!;
    const partitions = topics.get(topic)!;
    if (partitions.delete(partition)) this.#size--;
    if (partitions.size === 0) topics.delete(topic);
    if (topics.size === 0) this.#groups.delete(groupId);
  }
}
