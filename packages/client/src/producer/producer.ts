import { nodeHost, silentLogger, type Host } from '@millrace/host';
import { abortable } from '../cluster/abortable.ts';
import { ClosingSignal } from '../cluster/closing-signal.ts';
import { Cluster } from '../cluster/cluster.ts';
import { Deadline } from '../cluster/deadline.ts';
import type { PartitionMetadata } from '../cluster/metadata-cache.ts';
import { settingsFromProperties } from '../cluster/settings-from-properties.ts';
import type { ConsumerGroupMetadata } from '../consumer/consumer-group-metadata.ts';
import { asOffsetToCommit, type OffsetOfPartition } from '../consumer/offset-of-partition.ts';
import {
  ClientClosedError,
  InvalidConfigError,
  TimeoutError,
  TransactionAbortableError,
  TransactionFatalError,
} from '../errors.ts';
import { sending } from '../observability/channels.ts';
import { CallTimes } from '../observability/call-times.ts';
import type { ClientInstruments } from '../observability/client-instruments.ts';
import { producerCallSensors } from '../observability/metric-definitions.ts';
import type { Metric } from '../observability/metrics-registry.ts';
import { ProducerMetrics } from '../observability/producer-metrics.ts';
import { RecordJourney, type RecordTrace } from '../observability/record-journey.ts';
import { checkOptionNames } from '../option-checks.ts';
import { parseProperties } from '../parse-properties.ts';
import type { RecordToEncode } from '../topic/record-encoder.ts';
import type { AnyTopic, Topic, TypedRecord } from '../topic/topic.ts';
import type { TopicProducer } from '../topic/topic-producer.ts';
import { isTypedRecord, TypedSends, type HandOn } from '../topic/typed-sends.ts';
import { Accumulator } from './accumulator.ts';
import { BufferMemory } from './buffer-memory.ts';
import { ProducerInterceptors } from './producer-interceptors.ts';
import {
  choosePartitioner,
  producerOptionNames,
  type CloseOptions,
  type ProducerOptions,
  type SendOptions,
} from './producer-options.ts';
import { producerProperties, type ProducerProperties } from './producer-properties.ts';
import type { ProducerRecord, RecordMetadata } from './producer-record.ts';
import { producerSettings, type ProducerSettings } from './producer-settings.ts';
import { RecordIntake } from './record-intake.ts';
import { Sender } from './sender.ts';
import { SpareBuffers } from './spare-buffers.ts';
import type { TransactionScope } from './transaction/transaction-scope.ts';
import { Transactions } from './transaction/transactions.ts';

/**
 * Sends records to a cluster. One per process is enough: it is meant to be shared.
 *
 * Records of one partition are written in the order of the calls, each exactly once (`enable.idempotence`, on by
 * default), whatever happens to connections and leaders in between.
 */
export class Producer {
  readonly #host: Host;
  readonly #settings: ProducerSettings;
  readonly #cluster: Cluster;
  readonly #memory: BufferMemory;
  readonly #instruments: ClientInstruments;
  readonly #times: CallTimes<typeof producerCallSensors>;
  readonly #sender: Sender;
  readonly #transactions: Transactions | undefined;
  readonly #interceptors: ProducerInterceptors | undefined;
  readonly #intake: RecordIntake;
  readonly #handOn: HandOn;
  readonly #typed: TypedSends;
  readonly #closing = new ClosingSignal();
  #closed: Promise<void> | undefined;

  /**
   * Connects when it first has something to do.
   * @throws InvalidPropertyError, InvalidConfigError, InvalidOptionError
   */
  constructor(properties: ProducerProperties, options: ProducerOptions = {}) {
    const logger = options.logger ?? silentLogger;
    checkOptionNames('Producer', options, producerOptionNames);
    const parsed = parseProperties('Producer', producerProperties, properties, options);
    this.#host = options.host ?? nodeHost();
    this.#settings = producerSettings(parsed);
    this.#cluster = new Cluster(
      settingsFromProperties(parsed.values, {
        host: this.#host,
        logger,
        clientName: 'Producer',
        kind: 'producer',
        connection: options,
        metadataMaxIdleMs: parsed.values['metadata.max.idle.ms'],
        allowAutoTopicCreation: options.allowAutoTopicCreation ?? true,
      }),
    );
    // Sockets of the application may pass on what is written without copying it, and keep it.
    const spare = options.socketFactory === undefined ? new SpareBuffers() : new SpareBuffers(0);
    this.#memory = new BufferMemory(this.#host, this.#settings.bufferMemoryBytes, spare);
    this.#instruments = this.#cluster.settings.instruments!;
    const metrics = new ProducerMetrics(this.#instruments, this.#memory);
    this.#instruments.registry.gauges(() => [this.#metadataAge()]);
    const timed = { group: 'producer-metrics', table: producerCallSensors };
    this.#times = new CallTimes(this.#instruments, this.#host.clock, timed);
    this.#sender = new Sender(
      this.#cluster,
      { settings: this.#settings, memory: this.#memory, metrics },
      (topic) => this.#intake.queuesOf(topic),
    );
    this.#transactions = this.#makeTransactions();
    if (options.interceptors !== undefined && options.interceptors.length > 0) {
      this.#interceptors = new ProducerInterceptors(options.interceptors, logger);
    }
    const accumulator = new Accumulator(
      this.#settings,
      this.#host.clock,
      this.#memory,
      choosePartitioner(parsed.values['partitioner.class'], options.partitioner),
      {
        onBatchOpened: (queue) => this.#sender.watch(queue),
        onBatchFull: () => this.#sender.wakeUp(),
      },
    );
    this.#intake = new RecordIntake({
      cluster: this.#cluster,
      settings: this.#settings,
      accumulator,
      times: this.#times,
    });
    this.#handOn = this.#interceptors?.before(this.#intake) ?? this.#intake;
    this.#typed = new TypedSends(this.#handOn);
  }

  /** Bytes of `buffer.memory` in use. */
  get bufferedBytes(): number {
    return this.#memory.usedBytes;
  }

  /**
   * Queues one record, or all of an array, in order. Resolves when they are written as `acks` says.
   *
   * The array form costs the least per record. It settles when its last record has: with the one error if all failed
   * alike, with a `PartialSendError` if only some did. Records of typed topics (`topic.record()`) are serialized here.
   * @throws SerializationError, InvalidRecordError, RecordTooLargeError (nothing of the call was queued), BufferExhaustedError,
   *   TimeoutError (metadata), DeliveryTimeoutError, KafkaError, ClientClosedError; all as rejections
   */
  send(record: ProducerRecord | TypedRecord, options?: SendOptions): Promise<RecordMetadata>;
  send(
    records: readonly ProducerRecord[] | readonly TypedRecord[],
    options?: SendOptions,
  ): Promise<RecordMetadata[]>;
  send(
    input: ProducerRecord | TypedRecord | readonly ProducerRecord[] | readonly TypedRecord[],
    options?: SendOptions,
  ): Promise<RecordMetadata | RecordMetadata[]> {
    if (!sending.hasSubscribers) return this.#send(input, options);
    const context = { clientId: this.#instruments.clientId, records: input };
    return sending.tracePromise(() => this.#send(input, options), context);
  }

  #send(
    input: ProducerRecord | TypedRecord | readonly ProducerRecord[] | readonly TypedRecord[],
    options: SendOptions | undefined,
  ): Promise<RecordMetadata | RecordMetadata[]> {
    try {
      this.#assertSendable(options);
      let sent: Promise<RecordMetadata | RecordMetadata[]>;
      if (isArray(input)) {
        sent = isTypedArray(input) ? this.#typed.many(input, topicOf) : this.#handOn.many(input);
      } else {
        sent = isTypedRecord(input) ? this.#typed.one(input.topic, input) : this.#handOn.one(input);
      }
      return options?.signal === undefined ? sent : abortable(sent, options.signal);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * Sends one record as `send` does, and tells what happened to it on the way, and when: for finding out where time goes.
   * Resolves also if the record fails. Interceptors do not see it.
   * @throws what `send` throws before a record is queued
   */
  async trace(record: ProducerRecord): Promise<RecordTrace> {
    this.#assertSendable(undefined);
    const { clock } = this.#host;
    const journey = new RecordJourney(clock.monotonicMs());
    const sent = this.#intake.followed(record, journey);
    const { steps } = journey;
    try {
      const metadata = await sent;
      const { partition, offset } = metadata;
      journey.note('acknowledged', clock.monotonicMs(), { partition, offset });
      return { metadata, steps };
    } catch (cause) {
      const error = cause as Error;
      journey.note('failed', clock.monotonicMs(), { error });
      return { error, steps };
    }
  }

  /** A producer for one typed topic: the same connection and batches, with keys and values of the topic's types. */
  to<Key, Value>(topic: Topic<Key, Value, string, unknown, unknown>): TopicProducer<Key, Value> {
    const thisTopic = () => topic;
    const send = (
      input: RecordToEncode | readonly RecordToEncode[],
      options?: SendOptions,
    ): Promise<RecordMetadata | RecordMetadata[]> => {
      try {
        this.#assertSendable(options);
        const sent: Promise<RecordMetadata | RecordMetadata[]> = isArray(input)
          ? this.#typed.many(input, thisTopic)
          : this.#typed.one(topic, input);
        return options?.signal === undefined ? sent : abortable(sent, options.signal);
      } catch (error) {
        return Promise.reject(error);
      }
    };
    return { send } as TopicProducer<Key, Value>;
  }

  /**
   * Sends what has been queued so far without waiting for fuller batches, and resolves when all of it has an outcome.
   * Failures are reported by `send` alone.
   */
  async flush(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    this.#sender.beginFlush();
    try {
      await this.#times.time('flush', () => abortable(this.#flushed(), options.signal));
    } finally {
      this.#sender.endFlush();
    }
  }

  /**
   * The partitions of a topic with their leaders; waits up to `max.block.ms` for a topic that is being created.
   * @throws TimeoutError, KafkaError
   */
  async partitionsFor(topic: string, options: SendOptions = {}): Promise<readonly PartitionMetadata[]> {
    const { maxBlockMs } = this.#settings;
    const wait = { timeoutMs: maxBlockMs, limitedBy: 'max.block.ms', signal: options.signal };
    return (await this.#cluster.refresher.topic(topic, wait)).partitions;
  }

  /**
   * Gets the `transactional.id` for this producer: an older one with the same id is fenced, and its open transaction
   * aborted. Once, before the first transaction; may be repeated after a TimeoutError.
   * @throws TimeoutError, TransactionStateError, TransactionFatalError
   */
  initTransactions(options: SendOptions = {}): Promise<void> {
    return this.#transactional('initTransactions', options, (transactions) => transactions.init());
  }

  /** Records sent from now on belong to one transaction. @throws TransactionStateError, TransactionFatalError */
  beginTransaction(): void {
    if (this.#closed !== undefined) throw new ClientClosedError('Producer');
    const beganMs = this.#host.clock.monotonicMs();
    this.#requireTransactions('beginTransaction').begin();
    this.#times.took('beginTransaction', beganMs);
  }

  /**
   * Sends what is queued and commits: readers with `isolation.level=read_committed` see all of the transaction, or
   * nothing. May be repeated after a TimeoutError.
   * @throws TransactionAbortableError (call `abortTransaction`), TransactionFatalError, TimeoutError
   */
  commitTransaction(options: SendOptions = {}): Promise<void> {
    return this.#transactional('commitTransaction', options, (transactions) => transactions.commit());
  }

  /** Drops what is queued and aborts. May be repeated after a TimeoutError. @throws TransactionFatalError, TimeoutError */
  abortTransaction(options: SendOptions = {}): Promise<void> {
    return this.#transactional('abortTransaction', options, (transactions) => transactions.abort());
  }

  /**
   * Makes offsets of a consumer part of the transaction: they are committed if it is, which makes reading, processing and
   * writing happen exactly once.
   * @param group `consumer.groupMetadata()`
   * @throws TransactionAbortableError, TransactionFatalError
   */
  sendOffsets(
    offsets: readonly OffsetOfPartition[],
    group: ConsumerGroupMetadata,
    options: SendOptions = {},
  ): Promise<void> {
    const toCommit = offsets.map(asOffsetToCommit);
    return this.#transactional('sendOffsets', options, (transactions) =>
      transactions.sendOffsets(toCommit, group),
    );
  }

  /**
   * Runs `body` in a transaction of its own: committed when it resolves, aborted when it, or the commit, fails, or when
   * `signal` was aborted by the time `body` resolved.
   * @returns what `body` returned
   * @throws what made it fail
   */
  async transaction<Result>(
    body: (transaction: TransactionScope) => Promise<Result>,
    { signal }: SendOptions = {},
  ): Promise<Result> {
    signal?.throwIfAborted();
    this.beginTransaction();
    try {
      const result = await body(this);
      // Not while the body runs: what it goes on to send would be part of the next transaction. Nor behind the commit.
      signal?.throwIfAborted();
      await this.commitTransaction();
      return result;
    } catch (error) {
      // After a fatal error there is nothing left to abort, and the first error is the one that says why.
      if (!(error instanceof TransactionFatalError)) await this.abortTransaction().catch(() => {});
      throw error;
    }
  }

  /** What Kafka's producer measures, by Kafka's names; see the reference page of client metrics. */
  metrics(): Metric[] {
    return this.#instruments.registry.snapshot();
  }

  /** Flushes, then ends. Every promise of `send` settles. A second call joins the first. */
  close(options: CloseOptions = {}): Promise<void> {
    checkOptionNames('close()', options, ['timeoutMs', 'signal']);
    this.#closing.follow(options.signal);
    this.#closed ??= this.#close(options.timeoutMs);
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #makeTransactions(): Transactions | undefined {
    const { transactionalId, transactionTimeoutMs, maxBlockMs } = this.#settings;
    if (transactionalId === undefined) return undefined;
    const identity = { transactionalId, transactionTimeoutMs, maxBlockMs };
    const transactions = new Transactions(this.#cluster, identity, {
      flush: () => this.flush(),
      discard: () => this.#discard(),
      wakeUp: () => this.#sender.wakeUp(),
      failQueued: (error) => this.#sender.failQueued(error),
      failAll: (error) => this.#sender.failAll(error),
    });
    this.#sender.joinTransactions(transactions);
    return transactions;
  }

  async #discard(): Promise<void> {
    this.#sender.discard(new TransactionAbortableError(new Error('abortTransaction was called')));
    try {
      await this.#flushed();
    } finally {
      this.#sender.discard(undefined);
    }
  }

  #requireTransactions(call: string): Transactions {
    if (this.#transactions !== undefined) return this.#transactions;
    throw new InvalidConfigError('transactional.id', `must be set for ${call}`);
  }

  async #transactional(
    call: 'initTransactions' | 'sendOffsets' | 'commitTransaction' | 'abortTransaction',
    { signal }: SendOptions,
    run: (transactions: Transactions) => Promise<void>,
  ): Promise<void> {
    if (this.#closed !== undefined) throw new ClientClosedError('Producer');
    signal?.throwIfAborted();
    await this.#times.time(call, () => abortable(run(this.#requireTransactions(call)), signal));
  }

  #assertSendable(options: SendOptions | undefined): void {
    if (this.#closed !== undefined) throw new ClientClosedError('Producer');
    options?.signal?.throwIfAborted();
    this.#transactions?.assertOpen('send');
  }

  async #flushed(): Promise<void> {
    await this.#typed.settled();
    await this.#intake.settled();
    this.#sender.wakeUp();
    const open = [...this.#sender.unfinished()].filter(({ completion }) => !completion.isSettled);
    await Promise.all(
      open.map(
        ({ completion }) =>
          new Promise<void>((resolve) => {
            completion.addListener({ batchSettled: resolve });
          }),
      ),
    );
  }

  async #close(timeoutMs: number | undefined): Promise<void> {
    const flushed = abortable(this.flush(), this.#closing.signal);
    try {
      if (timeoutMs === undefined) await flushed;
      else {
        const expired = () => new TimeoutError('Producer.close', timeoutMs, 'timeoutMs');
        await new Deadline(this.#host, timeoutMs).race(flushed, expired);
      }
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
    } finally {
      this.#closing.end();
      const error = new ClientClosedError('Producer');
      this.#memory.close(error);
      this.#sender.stop(error);
      await this.#cluster.close({ drain: false });
      this.#interceptors?.close();
    }
  }

  #metadataAge(): Metric {
    const { clientId } = this.#instruments;
    const value = Math.max(0, this.#host.clock.monotonicMs() - this.#cluster.refresher.lastAnswerMs) / 1000;
    return { group: 'producer-metrics', name: 'metadata-age', tags: { 'client-id': clientId }, value };
  }
}

function isArray<Item>(input: Item | readonly Item[]): input is readonly Item[] {
  return Array.isArray(input);
}

function topicOf({ topic }: TypedRecord): AnyTopic {
  return topic;
}

/** The types do not allow mixed arrays, so the first one speaks for all. */
function isTypedArray(records: readonly (ProducerRecord | TypedRecord)[]): records is readonly TypedRecord[] {
  return isTypedRecord(records[0]);
}
