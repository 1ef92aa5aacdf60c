import { DeserializationError } from '../serde/serde-errors.ts';
import type { AcknowledgeType } from '../share-consumer/acknowledge/acknowledge-type.ts';
import type { ShareRecord } from '../share-consumer/share-record.ts';
import type { ShareRunOptions } from '../share-consumer/share-run.ts';
import { RecordDeserializer } from './record-deserializer.ts';
import type { AnyTopic, RecordOf } from './topic.ts';

/** A record of a typed topic, and how often it has been handed out: from 1. */
export type ShareRecordOf<Source extends AnyTopic> = RecordOf<Source> & { readonly deliveryCount: number };

/**
 * What happens to a record whose bytes do not fit its serdes.
 *
 * - `throw`: it is released, and the poll, the loop or the run fails; the records before it come first
 * - `reject`: nobody gets it again
 * - `release`: somebody gets it again, until the group's limit of deliveries is reached
 * - a function decides, and may keep the bytes somewhere first
 */
export type InvalidSharedRecordPolicy =
  | 'throw'
  | 'reject'
  | 'release'
  | ((
      error: DeserializationError,
      record: ShareRecord,
    ) => 'throw' | 'reject' | 'release' | Promise<'throw' | 'reject' | 'release'>);

/** The consumer's side. */
export interface ShareTopicConsumerSource {
  poll(options: { readonly timeoutMs?: number; readonly signal?: AbortSignal }): Promise<ShareRecord[]>;
  records(): AsyncIterableIterator<ShareRecord, undefined>;
  acknowledge(record: ShareRecord, type: AcknowledgeType): void;
  run<Item>(
    options: ShareRunOptions<Item>,
    decode: (record: ShareRecord) => Item | Promise<Item>,
  ): Promise<void>;
}

/**
 * A share consumer seen through typed topics: what `consumer.subscribe(topic)` returns. Acknowledgements and everything
 * else are those of the consumer itself.
 */
export class ShareTopicConsumer<Source extends AnyTopic> implements AsyncIterable<ShareRecordOf<Source>> {
  readonly #source: ShareTopicConsumerSource;
  readonly #deserializer: RecordDeserializer;
  readonly #onInvalidRecord: InvalidSharedRecordPolicy;
  /** Of a record that came behind good ones: for the next poll. */
  #failure: DeserializationError | undefined;

  constructor(
    source: ShareTopicConsumerSource,
    topics: readonly Source[],
    onInvalidRecord: InvalidSharedRecordPolicy = 'throw',
  ) {
    this.#source = source;
    this.#deserializer = new RecordDeserializer(topics);
    this.#onInvalidRecord = onInvalidRecord;
  }

  /** As `consumer.poll()`. @throws DeserializationError, and what `consumer.poll()` throws */
  async poll(
    options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
  ): Promise<ShareRecordOf<Source>[]> {
    this.#throwFailure();
    const records = await this.#source.poll(options);
    const items: ShareRecordOf<Source>[] = [];
    for (const record of records) {
      try {
        const decoded = this.#decode(record);
        items.push(decoded instanceof Promise ? await decoded : decoded);
      } catch (error) {
        if ((await this.#judge(error, record)) === 'throw') this.#failure ??= error as DeserializationError;
      }
    }
    if (items.length === 0) this.#throwFailure();
    return items;
  }

  /** Records one by one, until the consumer is closed. @throws DeserializationError */
  async *[Symbol.asyncIterator](): AsyncGenerator<ShareRecordOf<Source>, undefined> {
    for await (const record of this.#source.records()) {
      let item: ShareRecordOf<Source>;
      try {
        item = await this.#decode(record);
      } catch (error) {
        if ((await this.#judge(error, record)) === 'throw') throw error;
        continue;
      }
      yield item;
    }
    return undefined;
  }

  /** As `consumer.run()`. A record that does not fit is a failure of its handler. */
  run(options: ShareRunOptions<ShareRecordOf<Source>>): Promise<void> {
    return this.#source.run(options, (record) => this.#decode(record));
  }

  #decode(record: ShareRecord): ShareRecordOf<Source> | Promise<ShareRecordOf<Source>> {
    return this.#deserializer.deserialize(record) as ShareRecordOf<Source> | Promise<ShareRecordOf<Source>>;
  }

  /** Says of the record what was decided. @throws what is no failure of a serde */
  async #judge(error: unknown, record: ShareRecord): Promise<'throw' | 'reject' | 'release'> {
    if (!(error instanceof DeserializationError)) throw error;
    const policy = this.#onInvalidRecord;
    const verdict = typeof policy === 'function' ? await policy(error, record) : policy;
    this.#source.acknowledge(record, verdict === 'throw' ? 'release' : verdict);
    return verdict;
  }

  #throwFailure(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }
}
