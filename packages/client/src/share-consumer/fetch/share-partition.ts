/** A partition of one topic, which stays that topic when another one gets its name. */
export interface SharePartition {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
}

export function sharePartitionKey(topicId: string, partition: number): string {
  return `${topicId}-${partition}`;
}

/** Topics with their partitions, as requests list them. */
export function byTopicId<T>(
  partitions: Iterable<SharePartition>,
  entryOf: (partition: SharePartition) => T,
): { topicId: string; partitions: T[] }[] {
  const topics = new Map<string, { topicId: string; partitions: T[] }>();
  for (const partition of partitions) {
    const { topicId } = partition;
    let topic = topics.get(topicId);
    if (topic === undefined) topics.set(topicId, (topic = { topicId, partitions: [] }));
    topic.partitions.push(entryOf(partition));
  }
  return [...topics.values()];
}
