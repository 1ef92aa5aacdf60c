import type { OffsetOfPartition } from '../consumer/offset-of-partition.ts';
import { partitionKey, type TopicPartition } from '../consumer/topic-partition.ts';
import type { Offsets } from './kafkajs-types.ts';

interface Progress extends TopicPartition {
  /** The next offset to process; undefined before anything was. */
  resolved: number | undefined;
  committed: number | undefined;
  /** Raised by every seek: what was handed out before no longer counts. */
  seeks: number;
}

/** What has been processed of each partition, and what of it is committed. Pure. */
export class ResolvedOffsets {
  readonly #partitions = new Map<string, Progress>();
  #resolvedSinceCommit = 0;

  /** Messages resolved since the last commit. */
  get uncommittedCount(): number {
    return this.#resolvedSinceCommit;
  }

  /** The next offset to process, if anything has been processed. */
  resolved(partition: TopicPartition): number | undefined {
    return this.#progress(partition).resolved;
  }

  seeks(partition: TopicPartition): number {
    return this.#progress(partition).seeks;
  }

  /** Everything up to this message is processed. */
  resolve(partition: TopicPartition, messageOffset: number): void {
    this.#progress(partition).resolved = messageOffset + 1;
    this.#resolvedSinceCommit++;
  }

  seek(partition: TopicPartition): void {
    const progress = this.#progress(partition);
    progress.seeks++;
    progress.resolved = undefined;
    progress.committed = undefined;
  }

  uncommitted(): OffsetOfPartition[] {
    return [...this.#partitions.values()].flatMap(({ topic, partition, resolved, committed }) =>
      resolved === undefined || resolved === committed ? [] : [{ topic, partition, offset: resolved }],
    );
  }

  committed(offsets: readonly OffsetOfPartition[]): void {
    this.#resolvedSinceCommit = 0;
    for (const { topic, partition, offset } of offsets) {
      this.#progress({ topic, partition }).committed = offset;
    }
  }

  /** The partitions are somebody else's now, or come back from their committed offset. */
  forget(partitions: readonly TopicPartition[]): void {
    for (const { topic, partition } of partitions) this.#partitions.delete(partitionKey(topic, partition));
  }

  #progress({ topic, partition }: TopicPartition): Progress {
    const key = partitionKey(topic, partition);
    let progress = this.#partitions.get(key);
    if (progress === undefined) {
      progress = { topic, partition, resolved: undefined, committed: undefined, seeks: 0 };
      this.#partitions.set(key, progress);
    }
    return progress;
  }
}

/** In the form of kafkajs: by topic, with text for numbers. */
export function toOffsets(offsets: readonly OffsetOfPartition[]): Offsets {
  const byTopic = new Map<string, { partition: number; offset: string }[]>();
  for (const { topic, partition, offset } of offsets) {
    const partitions = byTopic.get(topic) ?? [];
    byTopic.set(topic, partitions);
    partitions.push({ partition, offset: String(offset) });
  }
  return { topics: [...byTopic].map(([topic, partitions]) => ({ topic, partitions })) };
}
