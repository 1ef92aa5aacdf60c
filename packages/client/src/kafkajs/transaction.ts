import type { Producer as OurProducer } from '../producer/producer.ts';
import type { CompressionTypes } from './constants.ts';
import { KafkaJSNonRetriableError } from './kafkajs-errors.ts';
import type { Logger } from './kafkajs-logger.ts';
import type {
  Offsets,
  ProducerBatch,
  ProducerRecord,
  RecordMetadata,
  TopicMessages,
} from './kafkajs-types.ts';
import { checkTopicMessages } from './produce-inputs.ts';
import { withKafkaJsErrors } from './to-kafkajs-error.ts';

interface TransactionParts {
  readonly send: (topicMessages: readonly TopicMessages[]) => Promise<RecordMetadata[]>;
  readonly compression: CompressionTypes;
  readonly logger: Logger;
}

/**
 * One transaction; it ends with `commit` or `abort`. Where a broker refuses something in it, the producer must abort it.
 * After a minute without an end (`transactionTimeout`) its coordinator aborts it.
 */
export class Transaction {
  readonly #producer: OurProducer;
  readonly #parts: TransactionParts;
  #isActive = true;

  constructor(producer: OurProducer, parts: TransactionParts) {
    this.#producer = producer;
    this.#parts = parts;
  }

  /** Until it was committed or aborted. */
  isActive(): boolean {
    return this.#isActive;
  }

  /**
   * Messages of one topic, as {@link sendBatch} sends those of several.
   * @returns one entry per partition
   */
  send({ topic, messages, ...settings }: ProducerRecord): Promise<RecordMetadata[]> {
    return this.sendBatch({ ...settings, topicMessages: [{ topic, messages }] });
  }

  /**
   * Resolves when the messages are written; who reads committed records sees them once the transaction is committed.
   * `timeout` is not used; `compression` is that of the producer (`transactionCompression`), another one is warned of.
   * @returns one entry per partition
   * @throws KafkaJSNonRetriableError for messages that make no sense, for other `acks` than -1, and after the end
   * @throws KafkaJSProtocolError for what a broker refuses, KafkaJSNumberOfRetriesExceeded when time is up: abort then
   */
  async sendBatch({ topicMessages = [], acks = -1, compression }: ProducerBatch): Promise<RecordMetadata[]> {
    this.#assertActive();
    checkTopicMessages(topicMessages);
    if (acks !== -1) {
      throw new KafkaJSNonRetriableError(
        "Not requiring ack for all messages invalidates the idempotent producer's EoS guarantees",
      );
    }
    if (compression !== undefined && compression !== this.#parts.compression) {
      this.#parts.logger.warn(
        'compression of a send in a transaction is ignored; set transactionCompression of the producer',
      );
    }
    return this.#parts.send(topicMessages);
  }

  /**
   * The offsets, of each partition the next one to read, are committed for the group if the transaction is.
   * @throws KafkaJSNonRetriableError after the end; KafkaJSProtocolError for what the coordinator refuses
   */
  async sendOffsets({ consumerGroupId, topics }: Offsets & { consumerGroupId: string }): Promise<void> {
    this.#assertActive();
    const offsets = topics.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => ({ topic, partition, offset: Number(offset) })),
    );
    // kafkajs does not know the member, so that one that lost its partitions is not refused; nor is it here.
    const group = { groupId: consumerGroupId, groupInstanceId: null, generationId: -1, memberId: '' };
    await withKafkaJsErrors(() => this.#producer.sendOffsets(offsets, group));
  }

  /**
   * Resolves when the coordinator has it in its log: all of it will be seen then, whatever happens.
   * @throws KafkaJSNonRetriableError after the end
   * @throws KafkaJSProtocolError where it cannot be committed: abort it then
   * @throws KafkaJSNumberOfRetriesExceeded when time is up; whether it is committed is unknown, call it again
   */
  async commit(): Promise<void> {
    this.#assertActive();
    await withKafkaJsErrors(() => this.#producer.commitTransaction());
    this.#isActive = false;
  }

  /**
   * Resolves when the coordinator has it in its log: nothing of it will be seen by who reads committed records.
   * @throws KafkaJSNonRetriableError after the end; KafkaJSNumberOfRetriesExceeded when time is up: call it again
   */
  async abort(): Promise<void> {
    this.#assertActive();
    await withKafkaJsErrors(() => this.#producer.abortTransaction());
    this.#isActive = false;
  }

  #assertActive(): void {
    if (!this.#isActive) {
      throw new KafkaJSNonRetriableError('Cannot continue to use transaction once ended');
    }
  }
}
