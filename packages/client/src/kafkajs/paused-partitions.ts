import { partitionKey, type TopicPartition } from '../consumer/topic-partition.ts';
import { KafkaJSNonRetriableError } from './kafkajs-errors.ts';
import type { TopicPartitions } from './kafkajs-types.ts';

export interface TopicSelection {
  topic: string;
  /** Default: all of the topic, those assigned later included. */
  partitions?: number[];
}

/** What is paused: partitions, and whole topics. Outlives rebalances, as in kafkajs. Pure. */
export class PausedPartitions {
  readonly #topics = new Set<string>();
  readonly #partitions = new Map<string, TopicPartition>();

  pause(selections: readonly TopicSelection[]): void {
    checkSelections('pause', selections);
    for (const { topic, partitions } of selections) {
      if (partitions === undefined) this.#topics.add(topic);
      for (const partition of partitions ?? []) {
        this.#partitions.set(partitionKey(topic, partition), { topic, partition });
      }
    }
  }

  resume(selections: readonly TopicSelection[]): void {
    checkSelections('resume', selections);
    for (const { topic, partitions } of selections) {
      if (partitions === undefined) this.#resumeTopic(topic);
      for (const partition of partitions ?? []) this.#partitions.delete(partitionKey(topic, partition));
    }
  }

  has({ topic, partition }: TopicPartition): boolean {
    return this.#topics.has(topic) || this.#partitions.has(partitionKey(topic, partition));
  }

  /** Those of `assigned` that are paused, by topic. */
  among(assigned: readonly TopicPartition[]): TopicPartitions[] {
    const byTopic = Map.groupBy(
      assigned.filter((partition) => this.has(partition)),
      ({ topic }) => topic,
    );
    return [...byTopic].map(([topic, of]) => ({ topic, partitions: of.map(({ partition }) => partition) }));
  }

  #resumeTopic(topic: string): void {
    this.#topics.delete(topic);
    for (const [key, partition] of this.#partitions) {
      if (partition.topic === topic) this.#partitions.delete(key);
    }
  }
}

function checkSelections(call: string, selections: readonly TopicSelection[]): void {
  for (const selection of selections) {
    if (!selection?.topic) {
      throw new KafkaJSNonRetriableError(`Invalid topic ${selection?.topic ?? JSON.stringify(selection)}`);
    }
    const { partitions } = selection;
    if (partitions === undefined || (Array.isArray(partitions) && !partitions.some(Number.isNaN))) continue;
    throw new KafkaJSNonRetriableError(
      `Array of valid partitions required to ${call} specific partitions instead of ${String(partitions)}`,
    );
  }
}
