/** One partition of a topic, by name. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/**
 * `topic-partition`, as Kafka prints it. Unambiguous as a map key, because the partition is what follows the last
 * dash.
 */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

/** Orders by topic name (UTF-16 units, as Java's `String.compareTo`), then by partition number. */
export function comparePartitions(a: TopicPartition, b: TopicPartition): number {
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
  return a.partition - b.partition;
}

/** Groups partitions by topic, topics and partitions in ascending order: the shape most requests want. */
export function partitionsByTopic(partitions: Iterable<TopicPartition>): Map<string, number[]> {
  const byTopic = new Map<string, number[]>();
  for (const { topic, partition } of [...partitions].toSorted(comparePartitions)) {
    const list = byTopic.get(topic);
    if (list === undefined) byTopic.set(topic, [partition]);
    else list.push(partition);
  }
  return byTopic;
}
