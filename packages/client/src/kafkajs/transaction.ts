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

/** One transaction; it ends with `commit` or `abort`. */
export class Transaction {
  readonly #producer: OurProducer;
  readonly #parts: TransactionParts;
  #isActive = true;

  constructor(producer: OurProducer, parts: TransactionParts) {
    this.#producer = producer;
    this.#parts = parts;
  }

  isActive(): boolean {
    return this.#isActive;
  }

  send({ topic, messages, ...settings }: ProducerRecord): Promise<RecordMetadata[]> {
    return this.sendBatch({ ...settings, topicMessages: [{ topic, messages }] });
  }

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

  /** The offsets are committed if the transaction is. */
  async sendOffsets({ consumerGroupId, topics }: Offsets & { consumerGroupId: string }): Promise<void> {
    this.#assertActive();
    const offsets = topics.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => ({ topic, partition, offset: Number(offset) })),
    );
    // kafkajs does not know the member, so that one that lost its partitions is not refused; nor is it here.
    const group = { groupId: consumerGroupId, groupInstanceId: null, generationId: -1, memberId: '' };
    await withKafkaJsErrors(() => this.#producer.sendOffsets(offsets, group));
  }

  async commit(): Promise<void> {
    this.#assertActive();
    await withKafkaJsErrors(() => this.#producer.commitTransaction());
    this.#isActive = false;
  }

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
