import { Broker } from '@millrace/broker';
import { memoryHost, Simulation, type Host, type Logger } from '@millrace/host';
import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import { DeleteRecordsRequest, DeleteRecordsResponse } from '@millrace/protocol/messages/delete-records';
import { DeleteTopicsRequest, DeleteTopicsResponse } from '@millrace/protocol/messages/delete-topics';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from '@millrace/protocol/messages/incremental-alter-configs';
import { defineApi } from '../../cluster/api.ts';
import { Cluster } from '../../cluster/cluster.ts';
import { kafkaFailure } from '../../cluster/kafka-failure.ts';
import { Producer } from '../../producer/producer.ts';
import type { ProducerRecord } from '../../producer/producer-record.ts';
import { ShareConsumer } from '../../share-consumer/share-consumer.ts';
import type { ShareConsumerProperties } from '../../share-consumer/share-consumer-properties.ts';
import type { ShareConsumerOptions } from '../../share-consumer/share-consumer-settings.ts';
import { Consumer } from '../consumer.ts';
import type { ConsumerProperties } from '../consumer-properties.ts';
import type { ConsumerRecord } from '../consumer-record.ts';
import { consumerSettings, type ConsumerOptions } from '../consumer-settings.ts';
import type { TopicPartition } from '../topic-partition.ts';

const CREATE_TOPICS = defineApi(CreateTopicsRequest, CreateTopicsResponse);
const DELETE_RECORDS = defineApi(DeleteRecordsRequest, DeleteRecordsResponse);
const DELETE_TOPICS = defineApi(DeleteTopicsRequest, DeleteTopicsResponse);
const INCREMENTAL_ALTER_CONFIGS = defineApi(IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse);
const GROUP_RESOURCE = 32;

/** What tests of groups want of a broker: no waiting where a user would not mind it. */
const brokerDefaults = {
  'log.dirs': '/data',
  'group.initial.rebalance.delay.ms': 0,
  'auto.create.topics.enable': false,
  'offsets.topic.num.partitions': 1,
};

/** A broker with the clients of a test, all of which end with it. */
export class TestCluster implements AsyncDisposable {
  readonly bootstrapServers: string;
  broker: Broker;
  readonly #clientHost: () => Host;
  readonly #clients: { close(): Promise<void> }[] = [];
  readonly #admin: Cluster;
  readonly #producer: Producer;
  readonly #restart: (() => Promise<Broker>) | undefined;

  private constructor(broker: Broker, clientHost: () => Host, restart?: () => Promise<Broker>) {
    this.broker = broker;
    this.#restart = restart;
    this.bootstrapServers = `${broker.address.host}:${broker.address.port}`;
    this.#clientHost = clientHost;
    const properties = { 'bootstrap.servers': this.bootstrapServers };
    this.#admin = new Cluster(consumerSettings(properties, { host: clientHost() }).cluster);
    this.#producer = new Producer({ ...properties, 'linger.ms': 0 }, { host: clientHost() });
  }

  /** Real time and sockets, a disk in memory. */
  static async start(properties: Readonly<Record<string, string | number>> = {}): Promise<TestCluster> {
    const host = memoryHost();
    const listeners = 'PLAINTEXT://127.0.0.1:0';
    const broker = await Broker.start({ ...brokerDefaults, listeners, ...properties }, { host });
    return new TestCluster(broker, () => host);
  }

  /** Virtual time: what takes minutes takes milliseconds, and the same seed takes the same way. */
  static async simulate(
    body: (cluster: TestCluster, simulation: Simulation) => Promise<void>,
    { seed = 1, ...properties }: { readonly seed?: number } & Readonly<Record<string, string | number>> = {},
  ): Promise<void> {
    const simulation = new Simulation({ seed });
    await simulation.run(async () => {
      const all = { ...brokerDefaults, listeners: 'PLAINTEXT://broker:9092', ...properties };
      let host = simulation.host('broker');
      const broker = await Broker.start(all, { host });
      const restart = () => {
        host.kill();
        host = simulation.restart(host);
        return Broker.start(all, { host });
      };
      await using cluster = new TestCluster(broker, () => simulation.host('client'), restart);
      await body(cluster, simulation);
    });
  }

  /** Reads from the beginning and leaves nothing to chance in time, unless told otherwise. */
  consumer(properties: ConsumerProperties = {}, options: ConsumerOptions = {}): Consumer {
    const defaults = { 'bootstrap.servers': this.bootstrapServers, 'auto.offset.reset': 'earliest' };
    const consumer = new Consumer({ ...defaults, ...properties }, { host: this.#clientHost(), ...options });
    this.#clients.push(consumer);
    return consumer;
  }

  /** A member of share group `g`, unless told otherwise. */
  shareConsumer(
    properties: Partial<ShareConsumerProperties> = {},
    options: ShareConsumerOptions = {},
  ): ShareConsumer {
    const defaults = { 'bootstrap.servers': this.bootstrapServers, 'group.id': 'g' };
    const all = { ...defaults, ...properties };
    const consumer = new ShareConsumer(all, { host: this.#clientHost(), ...options });
    this.#clients.push(consumer);
    return consumer;
  }

  async configureGroup(groupId: string, settings: Readonly<Record<string, string>>): Promise<void> {
    const configs = Object.entries(settings).map(([name, value]) => ({ name, configOperation: 0, value }));
    const resource = { resourceType: GROUP_RESOURCE, resourceName: groupId, configs };
    const { response } = await this.#admin.send({
      to: 'any',
      api: INCREMENTAL_ALTER_CONFIGS,
      message: { resources: [resource], validateOnly: false },
    });
    for (const { errorCode } of response.responses) throwOnError(errorCode, groupId);
  }

  async createTopic(
    name: string,
    partitions = 1,
    configs: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const topic = {
      name,
      numPartitions: partitions,
      replicationFactor: 1,
      assignments: [],
      configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
    };
    const { response } = await this.#admin.send({
      to: 'any',
      api: CREATE_TOPICS,
      message: { topics: [topic], timeoutMs: 10_000 },
    });
    for (const { errorCode } of response.topics) throwOnError(errorCode, name);
  }

  async deleteTopic(name: string): Promise<void> {
    const { response } = await this.#admin.send({
      to: 'any',
      api: DELETE_TOPICS,
      message: { topics: [{ name, topicId: ZERO_UUID }], timeoutMs: 10_000 },
    });
    for (const { errorCode } of response.responses) throwOnError(errorCode, name);
  }

  async deleteRecords({ topic, partition }: TopicPartition, offset: number): Promise<void> {
    const { response } = await this.#admin.send({
      to: 'any',
      api: DELETE_RECORDS,
      message: {
        topics: [{ name: topic, partitions: [{ partitionIndex: partition, offset }] }],
        timeoutMs: 10_000,
      },
    });
    throwOnError(response.topics[0]!.partitions[0]!.errorCode, topic);
  }

  /** `kill -9` and a start over the same disk; in virtual time only. */
  async restartBroker(): Promise<void> {
    if (this.#restart === undefined) throw new Error('only brokers of a simulation can be restarted');
    this.broker = await this.#restart();
  }

  /** Acknowledged when it returns. */
  async produce(records: readonly ProducerRecord[]): Promise<void> {
    await this.#producer.send([...records]);
  }

  /** `count` records `from`, `from + 1`, ... into one partition; value n is at offset n if it starts at 0. */
  async fill(topic: string, partition: number, count: number, from = 0): Promise<void> {
    const numbers = Array.from({ length: count }, (_, index) => from + index);
    await this.produce(numbers.map((number) => ({ topic, partition, value: String(number) })));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // How a close ends is the business of the tests that call it themselves.
    await Promise.allSettled(this.#clients.map((client) => client.close()));
    await this.#producer.close();
    await this.#admin.close();
    await this.broker.close();
  }
}

/** Polls until `count` records are there. */
export async function pollRecords(consumer: Consumer, count: number): Promise<ConsumerRecord[]> {
  const records: ConsumerRecord[] = [];
  while (records.length < count) {
    const polled = await consumer.poll({ timeoutMs: 10_000 });
    if (polled.length === 0) throw new Error(`only ${records.length} of ${count} records came`);
    records.push(...polled);
  }
  return records;
}

/** `topic-partition:value` of each record. */
export function recordTexts(records: readonly ConsumerRecord[]): string[] {
  return records.map(({ topic, partition, value }) => `${topic}-${partition}:${value?.toString() ?? 'null'}`);
}

/** A logger that keeps what it is told. */
export function keepingLogger(): { readonly logger: Logger; readonly messages: string[] } {
  const messages: string[] = [];
  const keep = (message: string) => void messages.push(message);
  return { messages, logger: { debug: keep, info: keep, warn: keep, error: keep } };
}

function throwOnError(errorCode: number, topic: string): void {
  if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, `Topic ${topic}`);
}
