import type { ProducerRecord } from './producer-record.ts';

/** Which partitions can be written to now. */
export interface PartitionAvailability {
  /** False while it has no leader, or its leader has not taken anything for `partitioner.availability.timeout.ms`. */
  isAvailable(partition: number): boolean;
}

/** Chooses partitions in place of the built-in rules, for records that do not name theirs. */
export interface Partitioner {
  /**
   * @param partitionCount All partitions of the topic, whether their leaders are available or not.
   * @returns A partition in [0, partitionCount), or `undefined` to leave the record to the built-in rules.
   */
  partition(record: ProducerRecord, partitionCount: number, load: PartitionAvailability): number | undefined;
}
