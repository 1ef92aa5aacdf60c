/** A topic, and those of its partitions that something is said of. */
export interface StateTopic {
  readonly topicId: string;
  readonly topicName: string;
  /** Ascending. */
  readonly partitions: readonly number[];
}

/** Topics by id. Never changed in place. */
export type StateTopics = ReadonlyMap<string, StateTopic>;

/**
 * How far the share coordinator is with the partitions of a group; kept in a ShareGroupStatePartitionMetadata record.
 * Only initialized partitions are given to members.
 */
export interface StatePartitions {
  readonly initializing: StateTopics;
  readonly initialized: StateTopics;
  /** Their state is being removed; `partitions` are not told any more. */
  readonly deleting: StateTopics;
}

const NO_STATE_TOPICS: StateTopics = new Map();

export const NO_STATE_PARTITIONS: StatePartitions = {
  initializing: NO_STATE_TOPICS,
  initialized: NO_STATE_TOPICS,
  deleting: NO_STATE_TOPICS,
};

export function withPartitions(topics: StateTopics, added: readonly StateTopic[]): StateTopics {
  const result = new Map(topics);
  for (const { topicId, topicName, partitions } of added) {
    const known = result.get(topicId)?.partitions ?? [];
    const all = [...new Set([...known, ...partitions])].toSorted((a, b) => a - b);
    result.set(topicId, { topicId, topicName, partitions: all });
  }
  return result;
}

export function withoutPartitions(
  topics: StateTopics,
  removed: readonly Pick<StateTopic, 'topicId' | 'partitions'>[],
): StateTopics {
  const result = new Map(topics);
  for (const { topicId, partitions } of removed) {
    const topic = result.get(topicId);
    if (topic === undefined) continue;
    const left = topic.partitions.filter((partition) => !partitions.includes(partition));
    if (left.length === 0) result.delete(topicId);
    else result.set(topicId, { ...topic, partitions: left });
  }
  return result;
}

export function withoutTopics(topics: StateTopics, topicIds: ReadonlySet<string>): StateTopics {
  return new Map([...topics].filter(([topicId]) => !topicIds.has(topicId)));
}
