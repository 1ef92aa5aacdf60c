import type { TopicPartition } from '../topic-partition.ts';
import { partitionKey } from '../topic-partition.ts';
import { AssignedPartition, type LogPosition } from './assigned-partition.ts';

/** What the application has asked for. */
export type SubscriptionKind = 'none' | 'topics' | 'pattern' | 'manual';

/** What the application wants to read, and what it has been given to read. Pure state. */
export class SubscriptionState {
  #kind: SubscriptionKind = 'none';
  #topics: ReadonlySet<string> = new Set();
  #pattern: RegExp | undefined;
  #brokerPattern: string | undefined;
  #partitions = new Map<string, AssignedPartition>();
  #wishCount = 0;

  get kind(): SubscriptionKind {
    return this.#kind;
  }

  /** How often the application has said what it wants to read: whoever was told before must not undo a later wish. */
  get wishCount(): number {
    return this.#wishCount;
  }

  /** True when a group decides what this consumer reads. */
  get isGroupManaged(): boolean {
    return this.#kind === 'topics' || this.#kind === 'pattern';
  }

  get topics(): ReadonlySet<string> {
    return this.#topics;
  }

  get pattern(): RegExp | undefined {
    return this.#pattern;
  }

  /** What the broker resolves; topics are not known here then. */
  get brokerPattern(): string | undefined {
    return this.#brokerPattern;
  }

  get assigned(): Iterable<AssignedPartition> {
    return this.#partitions.values();
  }

  get assignedCount(): number {
    return this.#partitions.size;
  }

  subscribe(topics: Iterable<string>): void {
    this.#wishCount++;
    this.#kind = 'topics';
    this.#pattern = undefined;
    this.#brokerPattern = undefined;
    this.#topics = new Set(topics);
  }

  subscribePattern(pattern: RegExp): void {
    this.#wishCount++;
    this.#kind = 'pattern';
    this.#pattern = pattern;
    this.#brokerPattern = undefined;
    this.#topics = new Set();
  }

  subscribeBrokerPattern(pattern: string): void {
    this.#wishCount++;
    this.#kind = 'pattern';
    this.#pattern = undefined;
    this.#brokerPattern = pattern;
    this.#topics = new Set();
  }

  /** Topics that match the pattern now. @returns whether that changed anything */
  matchTopics(
    existing: Iterable<{ readonly name: string; readonly isInternal: boolean }>,
    withInternal: boolean,
  ): boolean {
    const pattern = this.#pattern;
    if (pattern === undefined) return false;
    const names = [...existing]
      .filter(({ name, isInternal }) => (withInternal || !isInternal) && matchesWhole(pattern, name))
      .map(({ name }) => name);
    const isSame = names.length === this.#topics.size && names.every((name) => this.#topics.has(name));
    this.#topics = new Set(names);
    return !isSame;
  }

  assignManually(partitions: readonly TopicPartition[]): void {
    this.#wishCount++;
    this.#kind = 'manual';
    this.#pattern = undefined;
    this.#topics = new Set(partitions.map(({ topic }) => topic));
    this.replaceAssignment(partitions);
    for (const partition of this.assigned) partition.isAnnounced = true;
  }

  unsubscribe(): void {
    this.#kind = 'none';
    this.#pattern = undefined;
    this.#brokerPattern = undefined;
    this.#topics = new Set();
    this.#partitions.clear();
  }

  /** Partitions that stay keep their state. @returns those that are new */
  replaceAssignment(partitions: readonly TopicPartition[]): AssignedPartition[] {
    const before = this.#partitions;
    const added: AssignedPartition[] = [];
    this.#partitions = new Map();
    for (const { topic, partition } of partitions) {
      const key = partitionKey(topic, partition);
      let state = before.get(key);
      if (state === undefined) {
        state = new AssignedPartition(topic, partition);
        added.push(state);
      }
      this.#partitions.set(key, state);
    }
    return added;
  }

  find({ topic, partition }: TopicPartition): AssignedPartition | undefined {
    return this.#partitions.get(partitionKey(topic, partition));
  }

  /** True unless it has been taken away, or taken away and given back. */
  holds(partition: AssignedPartition): boolean {
    return this.#partitions.get(partition.key) === partition;
  }

  /** Positions of all records handed out so far: what a commit without arguments commits. */
  consumedPositions(): Map<AssignedPartition, LogPosition> {
    const positions = new Map<AssignedPartition, LogPosition>();
    for (const partition of this.assigned) {
      // A partition that waits for a reset has a position that no longer exists, or that nobody asked to keep.
      if (partition.consumed !== undefined && partition.phase !== 'awaitReset') {
        positions.set(partition, partition.consumed);
      }
    }
    return positions;
  }
}

/** As Java's `Matcher.matches()`: the pattern describes the whole name. */
function matchesWhole(pattern: RegExp, name: string): boolean {
  const flags = pattern.flags.replaceAll(/[gy]/g, '');
  return new RegExp(`^(?:${pattern.source})$`, flags).test(name);
}
