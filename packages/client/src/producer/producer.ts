import { nodeHost, silentLogger, type Host } from '@millrace/host';
import { abortable } from '../cluster/abortable.ts';
import { ClosingSignal } from '../cluster/closing-signal.ts';
import { Cluster } from '../cluster/cluster.ts';
import { Deadline } from '../cluster/deadline.ts';
import type { PartitionMetadata } from '../cluster/metadata-cache.ts';
import { settingsFromProperties } from '../cluster/settings-from-properties.ts';
import type { ConsumerGroupMetadata } from '../consumer/consumer-group-metadata.ts';
import type { OffsetOfPartition } from '../consumer/consumer.ts';
import {
  ClientClosedError,
  InvalidConfigError,
  RecordTooLargeError,
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
import { ArrayJob, SingleJob } from './append-job.ts';
import { ArraySend } from './array-send.ts';
import { BufferMemory } from './buffer-memory.ts';
import type { PartitionQueue } from './partition-queue.ts';
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
import { checkRecord, recordSizeBytes } from './record-check.ts';
import { Sender } from './sender.ts';
import { SpareBuffers } from './spare-buffers.ts';
import { TopicLane } from './topic-lane.ts';
import { TopicQueues } from './topic-queues.ts';
import { TracedJob } from './traced-job.ts';
import type { TransactionScope } from './transaction/transaction-scope.ts';
import { Transactions } from './transaction/transactions.ts';

type Resolve = (metadata: RecordMetadata) => void;
type Reject = (error: Error) => void;

// One executor for all single sends: a closure per record would be the second largest cost after the promise.
let capturedResolve: Resolve;
let capturedReject: Reject;
function capture(resolve: Resolve, reject: Reject): void {
  capturedResolve = resolve;
  capturedReject = reject;
}

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
  readonly #accumulator: Accumulator;
  readonly #sender: Sender;
  readonly #transactions: Transactions | undefined;
  readonly #interceptors: ProducerInterceptors | undefined;
  readonly #handOn: HandOn;
  readonly #typed: TypedSends;
  readonly #lanes = new Map<string, TopicLane>();
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
      (topic) => this.#lanes.get(topic)?.queues,
    );
    this.#transactions = this.#makeTransactions();
    if (options.interceptors !== undefined && options.interceptors.length > 0) {
      this.#interceptors = new ProducerInterceptors(options.interceptors, logger);
    }
    this.#handOn = this.#makeHandOn(this.#interceptors);
    this.#typed = new TypedSends(this.#handOn);
    this.#accumulator = new Accumulator(
      this.#settings,
      this.#host.clock,
      this.#memory,
      choosePartitioner(parsed.values['partitioner.class'], options.partitioner),
      {
        onBatchOpened: (queue) => this.#sender.watch(queue),
        onBatchFull: () => this.#sender.wakeUp(),
      },
    );
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
    this.#check(record, 0);
    const { clock } = this.#host;
    const journey = new RecordJourney(clock.monotonicMs());
    const timestampMs = record.timestampMs ?? clock.nowMs();
    const job = new TracedJob(record, { timestampMs, deadlineMs: this.#blockUntilMs(), clock }, journey);
    this.#lane(record.topic).submit(job);
    const { steps } = journey;
    try {
      const metadata = await job.promise;
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
    const toCommit = offsets.map(({ leaderEpoch = -1, metadata = '', ...offset }) => ({
      ...offset,
      leaderEpoch,
      metadata,
    }));
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

  /** What takes records that are bytes. */
  #makeHandOn(interceptors: ProducerInterceptors | undefined): HandOn {
    const one = (record: ProducerRecord) => this.#sendOne(record);
    const many = (records: readonly ProducerRecord[]) => this.#sendArray(records);
    const { closing } = this.#cluster;
    if (interceptors === undefined) return { one, many, closing };
    return {
      closing,
      one: (record) => interceptors.one(record, one),
      many: (records) => interceptors.many(records, many),
    };
  }

  #sendOne(record: ProducerRecord): Promise<RecordMetadata> {
    this.#check(record, 0);
    const lane = this.#lane(record.topic);
    const timestampMs = record.timestampMs ?? this.#host.clock.nowMs();
    const { partitionCount } = lane;
    const isDirect = lane.isIdle && partitionCount > (record.partition ?? 0);
    if (isDirect && this.#accumulator.append(lane.queues, partitionCount, record, timestampMs) === 0) {
      const { completion, recordCount } = this.#accumulator.appendedTo;
      const promise = new Promise<RecordMetadata>(capture);
      completion.addSingle(recordCount - 1, timestampMs, capturedResolve, capturedReject);
      return promise;
    }
    const job = new SingleJob(record, timestampMs, this.#blockUntilMs());
    lane.submit(job);
    return job.promise;
  }

  #sendArray(records: readonly ProducerRecord[]): Promise<RecordMetadata[]> {
    if (records.length === 0) return Promise.resolve([]);
    for (let index = 0; index < records.length; index++) this.#check(records[index]!, index);
    const times = { nowMs: this.#host.clock.nowMs(), deadlineMs: this.#blockUntilMs() };
    const send = new ArraySend(records.length, timestampsOf(records, times.nowMs));
    if (isOneTopic(records)) {
      this.#lane(records[0]!.topic).submit(new ArrayJob(records, undefined, times, send));
      return send.promise;
    }
    for (const [topic, positions] of positionsByTopic(records)) {
      this.#lane(topic).submit(new ArrayJob(records, positions, times, send));
    }
    return send.promise;
  }

  /** Refuses what can never be sent, before anything of the call is queued. */
  #check(record: ProducerRecord, index: number): void {
    const { maxRequestBytes, bufferMemoryBytes } = this.#settings;
    const upperBound = checkRecord(record, index);
    if (upperBound <= maxRequestBytes && upperBound <= bufferMemoryBytes) return;
    const bytes = recordSizeBytes(record);
    if (bytes > maxRequestBytes) {
      throw new RecordTooLargeError(record.topic, bytes, maxRequestBytes, 'max.request.size');
    }
    if (bytes > bufferMemoryBytes) {
      throw new RecordTooLargeError(record.topic, bytes, bufferMemoryBytes, 'buffer.memory');
    }
  }

  #lane(topic: string): TopicLane {
    const existing = this.#lanes.get(topic);
    if (existing !== undefined) return existing;
    const lane = new TopicLane(this.#topicQueues(topic), {
      host: this.#host,
      refresher: this.#cluster.refresher,
      accumulator: this.#accumulator,
      settings: this.#settings,
      times: this.#times,
      closing: this.#cluster.closing,
    });
    this.#lanes.set(topic, lane);
    return lane;
  }

  #topicQueues(topic: string): TopicQueues {
    const { batchSizeBytes, isAdaptive } = this.#settings;
    const sticky = { batchSizeBytes, isAdaptive, random: this.#host.random.fork(`partitioner-${topic}`) };
    return new TopicQueues(
      topic,
      sticky,
      (name) => this.#cluster.metadata.topic(name),
      (queue) => this.#isSlow(queue),
    );
  }

  #isSlow(queue: PartitionQueue): boolean {
    const { availabilityTimeoutMs } = this.#settings;
    const first = queue.batches[0];
    if (availabilityTimeoutMs === 0 || first === undefined) return false;
    return this.#host.clock.monotonicMs() - first.createdMs > availabilityTimeoutMs;
  }

  async #flushed(): Promise<void> {
    await this.#typed.settled();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.settled()));
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

  #blockUntilMs(): number {
    return this.#host.clock.monotonicMs() + this.#settings.maxBlockMs;
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

/**
 * Timestamps for the metadata of an array. Taken now, since the caller may change the records, but only kept where a
 * record has its own.
 */
function timestampsOf(records: readonly ProducerRecord[], nowMs: number): (position: number) => number {
  if (records.every(({ timestampMs }) => timestampMs === undefined)) return () => nowMs;
  const timestamps = Float64Array.from(records, ({ timestampMs }) => timestampMs ?? nowMs);
  return (position) => timestamps[position]!;
}

function isOneTopic(records: readonly ProducerRecord[]): boolean {
  const { topic } = records[0]!;
  for (let index = 1; index < records.length; index++) if (records[index]!.topic !== topic) return false;
  return true;
}

function positionsByTopic(records: readonly ProducerRecord[]): Map<string, number[]> {
  const byTopic = new Map<string, number[]>();
  let topic: string | undefined;
  let positions: number[] = [];
  for (let position = 0; position < records.length; position++) {
    const record = records[position]!;
    if (record.topic !== topic) {
      topic = record.topic;
      positions = byTopic.get(topic) ?? [];
      byTopic.set(topic, positions);
    }
    positions.push(position);
  }
  return byTopic;
}
