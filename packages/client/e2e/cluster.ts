import { Broker } from '@millrace/broker';
import { Admin, Consumer, Producer, type ConsumerProperties, type ConsumerRecord } from '../src/index.ts';
import { memoryHost } from '@millrace/host';
import { inject } from 'vitest';
import { tlsListener, tlsMaterial, type TlsMaterial } from './tls-material.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the cluster to test against; empty for a broker in this process. */
    readonly bootstrapServers: string;
    /** The same cluster, for SASL without TLS: users `alice` (PLAIN) with the password `alice-secret`. */
    readonly saslBootstrapServers: string;
    /** The same cluster, with TLS by these keys and certificates; null with the broker in this process. */
    readonly sslBootstrapServers: string;
    readonly tls: TlsMaterial | null;
  }
}

const PLAIN_USERS =
  'org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="alice-secret";';
const SCRAM_USERS = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';

/** A cluster and the clients of a test file, all of which end with it. */
export class TestedCluster implements AsyncDisposable {
  readonly bootstrapServers: string;
  readonly saslBootstrapServers: string;
  readonly sslBootstrapServers: string;
  readonly tls: TlsMaterial;
  readonly servers: { readonly 'bootstrap.servers': string };
  readonly admin: Admin;
  readonly producer: Producer;
  readonly #broker: Broker | undefined;
  #names = 0;

  private constructor(
    addresses: readonly [plain: string, sasl: string, ssl: string],
    tls: TlsMaterial,
    broker?: Broker,
  ) {
    [this.bootstrapServers, this.saslBootstrapServers, this.sslBootstrapServers] = addresses;
    this.tls = tls;
    this.servers = { 'bootstrap.servers': this.bootstrapServers };
    this.#broker = broker;
    this.admin = new Admin(this.servers);
    this.producer = new Producer(this.servers);
  }

  /** The one that `npm run test:kafka` has started, or a broker in this process. */
  static async start(): Promise<TestedCluster> {
    const given = inject('bootstrapServers');
    const givenTls = inject('tls');
    if (given !== '' && givenTls !== null)
      return new TestedCluster(
        [given, inject('saslBootstrapServers'), inject('sslBootstrapServers')],
        givenTls,
      );
    const tls = tlsMaterial();
    const host = memoryHost();
    await host.disk.writeFile('/broker.pem', Buffer.from(tls.broker));
    await host.disk.writeFile('/authority.pem', Buffer.from(tls.authority));
    const properties = {
      listeners: 'PLAINTEXT://127.0.0.1:0,SASL_PLAINTEXT://127.0.0.1:0,SSL://127.0.0.1:0',
      ...tlsListener('/broker.pem', '/authority.pem'),
      'log.dirs': '/data',
      'group.initial.rebalance.delay.ms': 0,
      'group.consumer.min.heartbeat.interval.ms': 100,
      'group.consumer.heartbeat.interval.ms': 200,
      'offsets.topic.num.partitions': 2,
      'transaction.state.log.num.partitions': 2,
      'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
      'listener.name.sasl_plaintext.plain.sasl.jaas.config': PLAIN_USERS,
      'listener.name.sasl_plaintext.scram-sha-256.sasl.jaas.config': SCRAM_USERS,
      'listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config': SCRAM_USERS,
    };
    const broker = await Broker.start(properties, { host });
    const addressOf = (listener: string) => `127.0.0.1:${broker.addressOf(listener)!.port}`;
    const addresses = [addressOf('PLAINTEXT'), addressOf('SASL_PLAINTEXT'), addressOf('SSL')] as const;
    return new TestedCluster(addresses, tls, broker);
  }

  /** A server on Node.js cannot send the TLS alert that says so; it just closes the connection. */
  get saysThatCertificatesAreRefused(): boolean {
    return this.#broker === undefined;
  }

  /** A name that nobody has used, on a cluster that may be older than this test. */
  name(what: string): string {
    return `${what}-${process.pid}-${Date.now().toString(36)}-${this.#names++}`;
  }

  /** A topic of its own for a test; all its partitions can be used when this returns. */
  async createTopic(partitions = 1, configs: Readonly<Record<string, string>> = {}): Promise<string> {
    const name = this.name('topic');
    await this.admin.createTopics([{ name, partitions, configs }]);
    return name;
  }

  /** Reads from the beginning unless told otherwise. */
  consumer(properties: ConsumerProperties = {}): Consumer {
    return new Consumer({
      ...this.servers,
      'auto.offset.reset': 'earliest',
      'fetch.max.wait.ms': 100,
      ...properties,
    });
  }

  /** Everything in a topic, by partition and offset. */
  async read(topic: string, count: number, properties: ConsumerProperties = {}): Promise<ConsumerRecord[]> {
    await using consumer = this.consumer(properties);
    const { length } = await this.producer.partitionsFor(topic);
    consumer.assign(Array.from({ length }, (_, partition) => ({ topic, partition })));
    const records = await pollRecords(consumer, count);
    return records.toSorted((one, other) => one.partition - other.partition || one.offset - other.offset);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.producer.close(), this.admin.close()]);
    await this.#broker?.close();
  }
}

/** Polls until `count` records are there. */
export async function pollRecords(consumer: Consumer, count: number): Promise<ConsumerRecord[]> {
  const records: ConsumerRecord[] = [];
  while (records.length < count) {
    const polled = await consumer.poll({ timeoutMs: 15_000 });
    if (polled.length === 0) throw new Error(`only ${records.length} of ${count} records came`);
    records.push(...polled);
  }
  return records;
}

export function values(records: readonly ConsumerRecord[]): string[] {
  return records.map(({ value }) => String(value));
}
