import { Producer as OurProducer } from '../producer/producer.ts';
import type { ProducerOptions } from '../producer/producer-options.ts';
import type { CompressionTypes } from './constants.ts';
import {
  Instrumentation,
  type InstrumentationEvent,
  type RemoveInstrumentationEventListener,
} from './instrumentation.ts';
import type { RetryOptions } from './kafka-config.ts';
import { KafkaJSError, KafkaJSNonRetriableError } from './kafkajs-errors.ts';
import { hostLogger, type Logger } from './kafkajs-logger.ts';
import type {
  NetworkEvents,
  NetworkPayloads,
  PartitionMetadata,
  ProducerBatch,
  ProducerRecord,
  RecordMetadata,
  TopicMessages,
} from './kafkajs-types.ts';
import { connect, type ConnectedSettings, type LayerContext } from './layer-context.ts';
import { networkObserver } from './network-instrumentation.ts';
import { Partitioners, type ICustomPartitioner } from './partitioners.ts';
import { checkTopicMessages, toRecord, toRecordMetadata } from './produce-inputs.ts';
import { toKafkaJsError, withKafkaJsErrors } from './to-kafkajs-error.ts';
import { Transaction } from './transaction.ts';

export interface ProducerConfig {
  createPartitioner?: ICustomPartitioner;
  retry?: RetryOptions;
  /** Milliseconds; default 300000. */
  metadataMaxAge?: number;
  /** Default true. */
  allowAutoTopicCreation?: boolean;
  /** Unlike in kafkajs on unless set to false, where `acks` is -1: it costs nothing. */
  idempotent?: boolean;
  transactionalId?: string;
  /** Milliseconds; default 60000. */
  transactionTimeout?: number;
  /** Default 5. */
  maxInFlightRequests?: number | null;
  /** What a transaction is compressed by; not in kafkajs, where each send says so. */
  transactionCompression?: CompressionTypes;
}

const events = {
  CONNECT: 'producer.connect',
  DISCONNECT: 'producer.disconnect',
  REQUEST: 'producer.network.request',
  REQUEST_TIMEOUT: 'producer.network.request_timeout',
  REQUEST_QUEUE_SIZE: 'producer.network.request_queue_size',
} as const satisfies NetworkEvents<'producer'> & Record<string, string>;

type Payloads = NetworkPayloads<'producer'>;

/** Nobody's `acks`, `timeout` or `compression` are another's: each combination has a producer of its own. */
interface SendSettings {
  readonly acks: number;
  readonly timeout: number;
  readonly compression: CompressionTypes;
}

const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;

/** A broker may be set to take larger ones than Kafka's producer sends; kafkajs leaves the limit to the broker. */
const MAX_REQUEST_BYTES = 104_857_600;
const BUFFER_BYTES = 2 * MAX_REQUEST_BYTES;
const MAX_IN_FLIGHT = 5;

/** kafkajs's producer on top of ours. */
export class Producer {
  readonly events: typeof events = events;
  readonly #context: LayerContext;
  readonly #config: ProducerConfig;
  readonly #logger: Logger;
  readonly #instrumentation: Instrumentation<Payloads>;
  readonly #partition: ReturnType<ICustomPartitioner> | undefined;
  readonly #producers = new Map<string, OurProducer>();
  #connecting: Promise<ConnectedSettings> | undefined;
  #settings: ConnectedSettings | undefined;
  #isDisconnecting = false;
  #transactional: Promise<OurProducer> | undefined;
  #transaction: Transaction | undefined;

  constructor(context: LayerContext, config: ProducerConfig) {
    this.#context = context;
    this.#config = config;
    this.#logger = context.logger.namespace('Producer');
    const nowMs = () => context.host.clock.nowMs();
    this.#instrumentation = new Instrumentation('producer', events, { logger: this.#logger, nowMs });
    const { createPartitioner } = config;
    const isOurs = createPartitioner === undefined || createPartitioner === Partitioners.DefaultPartitioner;
    this.#partition = isOurs ? undefined : createPartitioner();
    if (config.idempotent === true && config.retry?.retries !== undefined && config.retry.retries < 1) {
      throw new KafkaJSNonRetriableError(
        'Idempotent producer must allow retries to protect against transient errors',
      );
    }
  }

  /** Reaches the cluster; when that is done already, nothing happens. */
  async connect(): Promise<void> {
    if (this.#settings !== undefined) return;
    this.#isDisconnecting = false;
    this.#connecting ??= connect(this.#context, this.#retry, this.#observer());
    try {
      this.#settings = await this.#connecting;
    } finally {
      this.#connecting = undefined;
    }
    this.#instrumentation.emit('producer.connect', null);
  }

  /** What was sent is written first. */
  async disconnect(): Promise<void> {
    const settings = this.#settings;
    this.#isDisconnecting = true;
    this.#settings = undefined;
    const producers = [...this.#producers.values()];
    this.#producers.clear();
    const transactional = await this.#transactional?.catch(() => undefined);
    if (transactional !== undefined) producers.push(transactional);
    this.#transactional = undefined;
    await Promise.all(producers.map((producer) => producer.close()));
    await settings?.admin.cluster.close({ drain: false });
    this.#isDisconnecting = false;
    this.#instrumentation.emit('producer.disconnect', null);
  }

  /** What the configuration says; without a word false as in kafkajs, although what is sent with `acks: -1` is idempotent. */
  isIdempotent(): boolean {
    return this.#config.idempotent ?? false;
  }

  /** @returns one entry per partition; none with `acks: 0` */
  send({ topic, messages, ...settings }: ProducerRecord): Promise<RecordMetadata[]> {
    return this.sendBatch({ ...settings, topicMessages: [{ topic, messages }] });
  }

  /**
   * Messages of several topics, as {@link send} sends those of one.
   * @returns one entry per partition; none with `acks: 0`
   * @throws KafkaJSNonRetriableError for messages that make no sense, and for an idempotent producer with other `acks` than -1
   * @throws KafkaJSError while it is not connected
   */
  async sendBatch(batch: ProducerBatch): Promise<RecordMetadata[]> {
    const { topicMessages = [], acks = -1, timeout = 30_000, compression = 0 } = batch;
    checkTopicMessages(topicMessages);
    if (this.#config.idempotent === true && acks !== -1) {
      throw new KafkaJSNonRetriableError(
        "Not requiring ack for all messages invalidates the idempotent producer's EoS guarantees",
      );
    }
    const producer = this.#producer({ acks, timeout, compression });
    const sent = await this.sendWith(producer, topicMessages);
    return acks === 0 ? [] : sent;
  }

  /**
   * Everything sent on what it returns becomes visible together, or not at all.
   * @throws KafkaJSNonRetriableError without a `transactionalId`, and while the last transaction has not ended
   */
  async transaction(): Promise<Transaction> {
    if (this.#config.transactionalId === undefined) {
      throw new KafkaJSNonRetriableError('Must provide transactional id for transactional producer');
    }
    if (this.#transaction?.isActive() === true) {
      throw new KafkaJSNonRetriableError(
        'There is already an ongoing transaction for this producer. Please end the transaction before beginning another.',
      );
    }
    const settings = this.#connected();
    this.#transactional ??= this.#initTransactions(settings);
    const producer = await this.#transactional.catch((error: unknown) => {
      this.#transactional = undefined;
      throw toKafkaJsError(error);
    });
    await withKafkaJsErrors(async () => producer.beginTransaction());
    this.#transaction = new Transaction(producer, {
      send: (topicMessages) => this.sendWith(producer, topicMessages),
      compression: this.#config.transactionCompression ?? 0,
      logger: this.#logger,
    });
    return this.#transaction;
  }

  /** Calls `listener` for each event of that name, until the function that is returned is called. */
  on<Name extends keyof Payloads>(
    eventName: Name,
    listener: (event: InstrumentationEvent<Payloads[Name]>) => void,
  ): RemoveInstrumentationEventListener<Name> {
    return this.#instrumentation.on(eventName, listener);
  }

  /** Where this producer writes to: the logger of its `Kafka`, in the namespace `Producer`. */
  logger(): Logger {
    return this.#logger;
  }

  /** @internal */
  async sendWith(producer: OurProducer, topicMessages: readonly TopicMessages[]): Promise<RecordMetadata[]> {
    return withKafkaJsErrors(async () => {
      const partitioned = await Promise.all(topicMessages.map((one) => this.#records(producer, one)));
      return toRecordMetadata(await producer.send(partitioned.flat()));
    });
  }

  async #records(producer: OurProducer, { topic, messages }: TopicMessages) {
    const choose = this.#partition;
    if (choose === undefined) return messages.map((message) => toRecord(topic, message, undefined));
    const partitions = await producer.partitionsFor(topic);
    const partitionMetadata = partitions.map(
      ({ partition, leaderId, replicas, inSyncReplicas, errorCode }): PartitionMetadata => ({
        partitionId: partition,
        partitionErrorCode: errorCode,
        leader: leaderId,
        replicas: [...replicas],
        isr: [...inSyncReplicas],
      }),
    );
    return messages.map((message) => toRecord(topic, message, choose({ topic, partitionMetadata, message })));
  }

  #connected(): ConnectedSettings {
    if (this.#settings !== undefined) return this.#settings;
    if (this.#isDisconnecting) {
      throw new KafkaJSNonRetriableError(
        "The producer is disconnecting; therefore, it can't safely accept messages anymore",
      );
    }
    throw new KafkaJSError('The producer is disconnected');
  }

  #producer({ acks, timeout, compression }: SendSettings): OurProducer {
    const settings = this.#connected();
    const key = `${acks}/${timeout}/${compression}`;
    let producer = this.#producers.get(key);
    if (producer === undefined) {
      const { idempotent = acks === -1 } = this.#config;
      producer = this.#newProducer(settings, {
        acks: acks === -1 ? 'all' : String(acks),
        'enable.idempotence': idempotent,
        'compression.type': codecs[compression],
        'request.timeout.ms': Math.max(timeout, settings.requestTimeoutMs),
      });
      this.#producers.set(key, producer);
    }
    return producer;
  }

  async #initTransactions(settings: ConnectedSettings): Promise<OurProducer> {
    const { transactionalId = '', transactionTimeout = 60_000, transactionCompression = 0 } = this.#config;
    const producer = this.#newProducer(settings, {
      'transactional.id': transactionalId,
      'transaction.timeout.ms': transactionTimeout,
      'compression.type': codecs[transactionCompression],
    });
    try {
      await producer.initTransactions();
    } catch (error) {
      await producer.close();
      throw error;
    }
    return producer;
  }

  #newProducer(settings: ConnectedSettings, own: Record<string, string | number | boolean>): OurProducer {
    const { metadataMaxAge, maxInFlightRequests, allowAutoTopicCreation } = this.#config;
    const { lookupTimeoutMs, requestTimeoutMs } = settings;
    const options: ProducerOptions = {
      ...settings.options,
      host: this.#context.host,
      logger: hostLogger(this.#logger),
      observer: this.#observer(),
      ...(allowAutoTopicCreation === undefined ? {} : { allowAutoTopicCreation }),
    };
    const properties = {
      ...settings.properties,
      'max.block.ms': lookupTimeoutMs,
      'delivery.timeout.ms':
        lookupTimeoutMs + Math.max(requestTimeoutMs, Number(own['request.timeout.ms'] ?? 0)),
      'max.request.size': MAX_REQUEST_BYTES,
      'buffer.memory': BUFFER_BYTES,
      'metadata.max.age.ms': metadataMaxAge ?? 300_000,
      'max.in.flight.requests.per.connection': Math.min(maxInFlightRequests ?? MAX_IN_FLIGHT, MAX_IN_FLIGHT),
      ...own,
    };
    return new OurProducer(properties, options);
  }

  get #retry(): RetryOptions {
    return { ...this.#context.config.retry, ...this.#config.retry };
  }

  #observer() {
    const { clock } = this.#context.host;
    return networkObserver(clock, {
      request: (payload) => this.#instrumentation.emit('producer.network.request', payload),
      requestTimeout: (payload) => this.#instrumentation.emit('producer.network.request_timeout', payload),
      queueSize: (payload) => this.#instrumentation.emit('producer.network.request_queue_size', payload),
    });
  }
}
