import type { RecordMetadata } from '../producer/producer-record.ts';
import type { TopicRecordInput } from './topic.ts';

/** Sends to one typed topic: what `producer.to(topic)` returns. */
export interface TopicProducer<Key, Value> {
  /**
   * As `producer.send()`, with keys and values of the topic's types.
   * @throws SerializationError (nothing of the call was sent), and what `producer.send()` throws
   */
  send(record: TopicRecordInput<Key, Value>, options?: TopicSendOptions): Promise<RecordMetadata>;
  send(
    records: readonly TopicRecordInput<Key, Value>[],
    options?: TopicSendOptions,
  ): Promise<RecordMetadata[]>;
}

/** For `send()` to a typed topic. */
export interface TopicSendOptions {
  /** Ends the wait for the outcome. The records may be written all the same. */
  readonly signal?: AbortSignal;
}
