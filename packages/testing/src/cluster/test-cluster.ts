import { Admin } from '@millrace/client';
import type { BrokerStorage } from '../broker-storage.ts';
import { TestBrokerClosedError } from '../errors.ts';
import type { TestTopicOptions } from '../test-broker.ts';
import type { TestClusterNode } from './test-cluster-node.ts';

/** For `createTopic()` of a cluster. */
export interface TestClusterTopicOptions extends TestTopicOptions {
  /** Default: that of the cluster, 3 where there are so many nodes. */
  readonly replicationFactor?: number;
}

interface TestClusterParts {
  readonly nodes: readonly TestClusterNode[];
  readonly storages: readonly BrokerStorage[];
  readonly clusterId: string;
}

/** A cluster inside this process. Any Kafka client may connect to `bootstrapServers`. */
export class TestCluster implements AsyncDisposable {
  readonly nodes: readonly TestClusterNode[];
  readonly clusterId: string;
  /** For the property `bootstrap.servers`: all nodes, those that are down, too. */
  readonly bootstrapServers: string;
  readonly #storages: readonly BrokerStorage[];
  #closed: Promise<void> | undefined;

  constructor({ nodes, storages, clusterId }: TestClusterParts) {
    this.nodes = nodes;
    this.clusterId = clusterId;
    this.bootstrapServers = nodes.map(({ address }) => address).join(',');
    this.#storages = storages;
  }

  /** @throws RangeError for an id that no node has */
  node(id: number): TestClusterNode {
    const node = this.nodes.find((candidate) => candidate.id === id);
    if (node === undefined) throw new RangeError(`There is no node ${id}; ids are 1 to ${this.nodes.length}`);
    return node;
  }

  /** @throws KafkaError TOPIC_ALREADY_EXISTS, INVALID_TOPIC_EXCEPTION, INVALID_REPLICATION_FACTOR, INVALID_CONFIG */
  async createTopic(name: string, options: TestClusterTopicOptions = {}): Promise<void> {
    const { partitions = 1, replicationFactor, config = {} } = options;
    const factor = replicationFactor === undefined ? {} : { replicationFactor };
    await this.#withAdmin('createTopic', (admin) =>
      admin.createTopics([{ name, partitions, configs: config, ...factor }]),
    );
  }

  /** The node that leads a partition now, undefined while there is none. */
  async leaderOf(topic: string, partition = 0): Promise<TestClusterNode | undefined> {
    const described = await this.#withAdmin('leaderOf', (admin) => admin.describeTopics([topic]));
    const leader = described.get(topic)?.partitions.find((each) => each.partition === partition)?.leaderId;
    return this.nodes.find(({ id }) => id === leader);
  }

  /** Ends all nodes and removes their data. A second call joins the first. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** A cluster that is to be thrown away has nothing to hand over. */
  async #close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    await Promise.all(this.#storages.map((storage) => storage.remove()));
  }

  async #withAdmin<Result>(call: string, use: (admin: Admin) => Promise<Result>): Promise<Result> {
    if (this.#closed !== undefined) throw new TestBrokerClosedError(call);
    const properties = { 'bootstrap.servers': this.bootstrapServers, 'client.id': 'millrace-testing' };
    const admin = new Admin(properties);
    try {
      return await use(admin);
    } finally {
      await admin.close();
    }
  }
}
