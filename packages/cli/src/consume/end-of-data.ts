import type { Consumer, OffsetOfPartition, TopicPartition } from '@millrace/client';

/** The ends of the partitions at one moment, for `--exit-at-end`. */
export class EndOfData {
  readonly #ends: readonly OffsetOfPartition[];

  private constructor(ends: readonly OffsetOfPartition[]) {
    this.#ends = ends;
  }

  static async measure(consumer: Consumer, partitions: readonly TopicPartition[]): Promise<EndOfData> {
    const [ends, beginnings] = await Promise.all([
      consumer.endOffsets(partitions),
      consumer.beginningOffsets(partitions),
    ]);
    const all = partitions.map((partition, index) => ({ ...partition, offset: ends[index]! }));
    // An empty partition is at its end before anything was read from it.
    return new EndOfData(all.filter(({ offset }, index) => offset > beginnings[index]!));
  }

  /** Has every partition that this consumer owns been read up to its end? Others of the group read theirs. */
  async isReached(consumer: Consumer): Promise<boolean> {
    if (this.#ends.length === 0) return true;
    const owned = new Set(consumer.assignment().map(nameOf));
    if (owned.size === 0) return false;
    for (const end of this.#ends) {
      if (owned.has(nameOf(end)) && (await consumer.position(end)) < end.offset) return false;
    }
    return true;
  }
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
