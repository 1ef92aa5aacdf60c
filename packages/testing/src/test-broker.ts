import { Broker, type BrokerProperties } from '@millrace/broker';
import { Admin, Consumer, Producer } from '@millrace/client';
import type { ConsumerRecord, ProducerRecord, RecordMetadata } from '@millrace/client';
import type { Logger } from '@millrace/host';
import type { BrokerStorage } from './broker-storage.ts';
import { drainPartitions } from './drain-partitions.ts';
import { TestBrokerClosedError } from './errors.ts';

/** For `createTopic()` of a broker. */
export interface TestTopicOptions {
  /** Default 1. */
  readonly partitions?: number;
  /** Topic properties by Kafka's names, for example `{ 'cleanup.policy': 'compact' }`. */
  readonly config?: Readonly<Record<string, string | number | boolean>>;
}

/** A record to seed; the topic is named once, beside. */
export type SeedRecord = Omit<ProducerRecord, 'topic'>;

interface TestBrokerParts {
  readonly broker: Broker;
  readonly storage: BrokerStorage;
  readonly properties: BrokerProperties;
  readonly logger: Logger;
}

/** A broker inside this process. Any Kafka client may connect to `bootstrapServers`. */
export class TestBroker implements AsyncDisposable {
  readonly #storage: BrokerStorage;
  readonly #properties: BrokerProperties;
  readonly #logger: Logger;
  #broker: Broker;
  #producer: Producer | undefined;
  #admin: Admin | undefined;
  #closed: Promise<void> | undefined;

  constructor({ broker, storage, properties, logger }: TestBrokerParts) {
    this.#broker = broker;
    this.#storage = storage;
    this.#properties = properties;
    this.#logger = logger;
  }

  /** For the property `bootstrap.servers`: `127.0.0.1` and the port the system gave. The same after a restart. */
  get bootstrapServers(): string {
    const { host, port } = this.#broker.address;
    return `${host}:${port}`;
  }

  get clusterId(): string {
    return this.#broker.clusterId;
  }

  /** @throws KafkaError TOPIC_ALREADY_EXISTS, INVALID_TOPIC_EXCEPTION, INVALID_CONFIG */
  async createTopic(name: string, { partitions = 1, config = {} }: TestTopicOptions = {}): Promise<void> {
    this.#throwIfClosed('createTopic');
    await this.#adminClient().createTopics([{ name, partitions, configs: config }]);
  }

  /**
   * Writes records in order and waits until they are acknowledged. A topic that does not exist is created with
   * `num.partitions`.
   */
  async seed(topic: string, records: readonly SeedRecord[]): Promise<RecordMetadata[]> {
    this.#throwIfClosed('seed');
    return this.#producerClient().send(records.map((record) => ({ ...record, topic })));
  }

  /** Everything in a topic at this moment, from all partitions, by partition and offset. Commits nothing. */
  async drain(topic: string): Promise<ConsumerRecord[]> {
    this.#throwIfClosed('drain');
    const described = await this.#adminClient().describeTopics([topic]);
    const partitions = (described.get(topic)?.partitions ?? []).map(({ partition }) => ({
      topic,
      partition,
    }));
    await using consumer = new Consumer(this.#clientProperties(), this.#clientOptions());
    return await drainPartitions(consumer, partitions);
  }

  /**
   * Stops the broker in order and starts it again on the same data and port, to see how clients take it.
   */
  async restart(): Promise<void> {
    this.#throwIfClosed('restart');
    const { port } = this.#broker.address;
    await this.#broker.close();
    const properties = { listeners: `PLAINTEXT://127.0.0.1:${port}`, ...this.#properties };
    this.#broker = await Broker.start(properties, this.#clientOptions());
  }

  /** Stops the broker and removes its data. A second call joins the first. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    await Promise.all([this.#producer?.close(), this.#admin?.close()]);
    await this.#broker.close();
    await this.#storage.remove();
  }

  #producerClient(): Producer {
    this.#producer ??= new Producer(this.#clientProperties(), this.#clientOptions());
    return this.#producer;
  }

  #adminClient(): Admin {
    this.#admin ??= new Admin(this.#clientProperties(), this.#clientOptions());
    return this.#admin;
  }

  #clientProperties(): { readonly 'bootstrap.servers': string; readonly 'client.id': string } {
    return { 'bootstrap.servers': this.bootstrapServers, 'client.id': 'millrace-testing' };
  }

  #clientOptions(): { readonly host: BrokerStorage['host']; readonly logger: Logger } {
    return { host: this.#storage.host, logger: this.#logger };
  }

  #throwIfClosed(call: string): void {
    if (this.#closed !== undefined) throw new TestBrokerClosedError(call);
  }
}
