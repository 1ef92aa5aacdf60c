import type { ConsumerRecord } from '../consumer/consumer-record.ts';
import type { PolledRecords } from '../consumer/fetch/fetch-buffer.ts';
import { RecordIterator, type RecordDecoder } from '../consumer/record-iterator.ts';
import type { RunOptions } from '../consumer/run/run-options.ts';
import type { SubscriptionState } from '../consumer/subscription/subscription-state.ts';
import { DeserializationError } from '../serde/serde-errors.ts';
import { RecordDeserializer } from './record-deserializer.ts';
import type { AnyTopic, RecordOf } from './topic.ts';

/**
 * What happens to a record whose bytes do not fit its serdes.
 *
 * - `throw`: the poll, the loop or the run fails; the position stays on the record
 * - `skip`: it counts as read
 * - a function decides, and may keep the bytes somewhere first (a dead letter topic, for example)
 */
export type InvalidRecordPolicy =
  | 'throw'
  | 'skip'
  | ((error: DeserializationError, record: ConsumerRecord) => 'throw' | 'skip' | Promise<'throw' | 'skip'>);

/** The consumer's side. */
export interface TopicConsumerSource {
  readonly subscription: SubscriptionState;
  /** The next array; undefined when the consumer is closed. */
  poll(timeoutMs: number | undefined, signal: AbortSignal | undefined): Promise<PolledRecords>;
  nextForIteration(): Promise<PolledRecords | undefined>;
  run<Item>(options: RunOptions<Item>, decode: RecordDecoder<Item>): Promise<void>;
}

/**
 * A consumer seen through typed topics: what `consumer.subscribe(topic)` returns. Positions, commits and everything
 * else are those of the consumer itself.
 */
export class TopicConsumer<Source extends AnyTopic> implements AsyncIterable<RecordOf<Source>> {
  readonly #source: TopicConsumerSource;
  readonly #topics: readonly AnyTopic[];
  readonly #onInvalidRecord: InvalidRecordPolicy;
  readonly #decode: RecordDecoder<RecordOf<Source>>;

  constructor(
    source: TopicConsumerSource,
    topics: readonly Source[],
    onInvalidRecord: InvalidRecordPolicy = 'throw',
  ) {
    this.#source = source;
    this.#topics = topics;
    this.#onInvalidRecord = onInvalidRecord;
    this.#decode = this.#decoder(false);
  }

  /**
   * As `consumer.poll()`. Records before one that does not fit come alone; the poll after that fails.
   * @throws DeserializationError, with the position on the record, and what `consumer.poll()` throws
   */
  async poll(
    options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
  ): Promise<RecordOf<Source>[]> {
    const polled = await this.#source.poll(options.timeoutMs, options.signal);
    // Records are filled in where they are: the array that was polled becomes the one that is returned.
    const items: (ConsumerRecord | RecordOf<Source>)[] = polled.records;
    let count = 0;
    for (const [index, part] of polled.handedOut.entries()) {
      for (let at = part.start; at < part.end; at++) {
        try {
          const record = polled.records[at]!;
          const decoded = this.#decode(record);
          const item = decoded !== record && decoded instanceof Promise ? await decoded : decoded;
          if (item !== undefined) items[count++] = item;
        } catch (error) {
          giveBack(polled, index, at);
          if (count === 0) throw error;
          return items.slice(0, count) as RecordOf<Source>[];
        }
      }
      if (part.partition.version === part.version) part.partition.consumedTo(part.position);
    }
    return (count === items.length ? items : items.slice(0, count)) as RecordOf<Source>[];
  }

  /** Records one by one, until the consumer is closed. @throws DeserializationError; the next turn meets it again */
  [Symbol.asyncIterator](): AsyncIterableIterator<RecordOf<Source>, undefined> {
    const { subscription } = this.#source;
    return new RecordIterator(subscription, () => this.#source.nextForIteration(), this.#decode);
  }

  /** As `consumer.run()`. A record that does not fit is a failure of its handler. */
  run(options: RunOptions<RecordOf<Source>>): Promise<void> {
    // Then a record may be needed again as it was, or the bytes of its key tell who has to wait for it.
    const keepsBytes =
      options.by === 'key' || options.retry !== undefined || typeof options.onError === 'function';
    return this.#source.run(options, this.#decoder(keepsBytes));
  }

  /** @param keepsBytes Where a record may be needed as it was: to be tried again, or sent elsewhere. */
  #decoder(keepsBytes: boolean): RecordDecoder<RecordOf<Source>> {
    const deserializer = new RecordDeserializer(this.#topics, keepsBytes);
    // A consumer that is subscribed to these topics has no records of others.
    const deserialize = (record: ConsumerRecord) =>
      deserializer.deserialize(record) as RecordOf<Source> | Promise<RecordOf<Source>>;
    const policy = this.#onInvalidRecord;
    if (policy === 'throw') return deserialize;
    return (record) => {
      try {
        const item = deserialize(record);
        return item instanceof Promise ? item.catch((error: unknown) => judged(policy, error, record)) : item;
      } catch (error) {
        return judged(policy, error, record);
      }
    };
  }
}

/** @returns undefined for a record to be skipped @throws the error where that was decided */
function judged(
  policy: Exclude<InvalidRecordPolicy, 'throw'>,
  error: unknown,
  record: ConsumerRecord,
): undefined | Promise<undefined> {
  if (!(error instanceof DeserializationError)) throw error;
  const verdict = policy === 'skip' ? policy : policy(error, record);
  if (verdict instanceof Promise) return verdict.then((late) => obey(late, error));
  return obey(verdict, error);
}

function obey(verdict: 'throw' | 'skip', error: DeserializationError): undefined {
  if (verdict !== 'skip') throw error;
  return undefined;
}

/** The record at `at` of that part, and what follows in the array, has not been read. */
function giveBack({ records, handedOut }: PolledRecords, partIndex: number, at: number): void {
  for (const [index, { partition, version, start }] of handedOut.entries()) {
    if (index < partIndex || partition.version !== version) continue;
    if (index === partIndex && at > start) {
      partition.consumedTo({ offset: records[at]!.offset, leaderEpoch: records[at - 1]!.leaderEpoch });
    }
    partition.discardFetched();
  }
}
