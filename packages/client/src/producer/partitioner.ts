import type { ProducerRecord } from './producer-record.ts';

/** Chooses partitions in place of the built-in rules, for records that do not name theirs. */
export interface Partitioner {
  /**
   * @param partitionCount All partitions of the topic, whether their leaders are available or not.
   * @returns A partition in [0, partitionCount), or `undefined` to leave the record to the built-in rules.
   */
  partition(record: ProducerRecord, partitionCount: number): number | undefined;
}
