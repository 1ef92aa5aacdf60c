import type { OffsetOfPartition } from '../../consumer/offset-of-partition.ts';
import type { ConsumerGroupMetadata } from '../../consumer/consumer-group-metadata.ts';
import type { Topic, TypedRecord } from '../../topic/topic.ts';
import type { TopicProducer } from '../../topic/topic-producer.ts';
import type { ProducerRecord, RecordMetadata } from '../producer-record.ts';

/** What the function given to `producer.transaction` may do. */
export interface TransactionScope {
  send(record: ProducerRecord | TypedRecord): Promise<RecordMetadata>;
  send(records: readonly ProducerRecord[] | readonly TypedRecord[]): Promise<RecordMetadata[]>;
  /** The same for one typed topic. */
  to<Key, Value>(topic: Topic<Key, Value, string, unknown, unknown>): TopicProducer<Key, Value>;
  /**
   * Makes offsets of a consumer part of the transaction: they are committed if it is.
   * @param group `consumer.groupMetadata()`, so that a member that lost its partitions cannot commit for them
   */
  sendOffsets(offsets: readonly OffsetOfPartition[], group: ConsumerGroupMetadata): Promise<void>;
}
