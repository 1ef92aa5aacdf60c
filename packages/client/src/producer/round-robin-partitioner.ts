import type { PartitionAvailability, Partitioner } from './partitioner.ts';
import type { ProducerRecord } from './producer-record.ts';

/**
 * Kafka's RoundRobinPartitioner: each record of a topic goes to the next partition, whatever its key. Partitions without
 * a leader are left out while others have one.
 */
export class RoundRobinPartitioner implements Partitioner {
  readonly #next = new Map<string, number>();

  partition({ topic }: ProducerRecord, partitionCount: number, load: PartitionAvailability): number {
    const first = this.#next.get(topic) ?? 0;
    for (let step = 0; step < partitionCount; step++) {
      const partition = (first + step) % partitionCount;
      if (!load.isAvailable(partition)) continue;
      this.#next.set(topic, partition + 1);
      return partition;
    }
    this.#next.set(topic, first + 1);
    return first % partitionCount;
  }
}
