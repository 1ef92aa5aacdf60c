import { silentLogger } from '@millrace/host';
import { decodeRecords, recordBatches } from '@millrace/protocol';
import {
  ConfigRecord,
  PartitionChangeRecord,
  PartitionRecord,
  RegisterBrokerRecord,
  TopicRecord,
} from '@millrace/protocol/messages/metadata-records';
import { PeerChannels } from '@millrace/replication';
import type { BrokerProperties } from '../../config/broker-properties.ts';
import { ConfigResourceType } from '../../metadata/cluster-image.ts';
import type { MetadataRecord } from '../../metadata/metadata-record.ts';
import { UNASSIGNED_DIRECTORY } from '../../metadata/reserved-ids.ts';
import type { RawConnection } from '../../testing/raw-connection.ts';
import { TestBroker } from '../../testing/test-broker.ts';
import type { AlterPartitionItem, AlterPartitionResult } from '../isr-changes.ts';
import type { HostedReplica } from '../hosted-replica.ts';

const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAKg';
/** What all nodes call each other's registrations. */
const EPOCH_BASE = 1000;

export interface ScriptedTopic {
  readonly replicas: readonly number[];
  readonly inSyncReplicas?: readonly number[];
  readonly leader: number;
  readonly configs?: Readonly<Record<string, string>>;
  readonly partitions?: number;
}

/**
 * Nodes with real logs, listeners and replication, whose metadata a test writes: each node is told what the test wants
 * it to know, when it wants. The first node is 1.
 */
export class ScriptedCluster {
  readonly nodes: readonly TestBroker[];
  readonly #channels: PeerChannels[] = [];
  #topic: readonly MetadataRecord[] = [];
  /** Nodes that hear of changes. */
  readonly listening: Set<number>;
  /** What the controller has decided about partition 0. */
  current: { leader: number; leaderEpoch: number; partitionEpoch: number; isr: readonly number[] } = {
    leader: -1,
    leaderEpoch: 0,
    partitionEpoch: 0,
    isr: [],
  };
  /** Answers instead of what was asked for. */
  refusal: AlterPartitionResult | undefined;

  private constructor(nodes: readonly TestBroker[]) {
    this.nodes = nodes;
    this.listening = new Set(nodes.map((_, at) => at + 1));
  }

  static async start(count: number, properties: BrokerProperties = {}): Promise<ScriptedCluster> {
    const starting = Array.from({ length: count }, (_, at) =>
      TestBroker.start({ 'node.id': at + 1, 'broker.rack': `rack-${at + 1}`, ...properties }),
    );
    const cluster = new ScriptedCluster(await Promise.all(starting));
    await cluster.tell(cluster.nodes.map((_, at) => cluster.#registration(at + 1)));
    for (const id of cluster.listening) cluster.#connect(id);
    return cluster;
  }

  node(id: number): TestBroker {
    return this.nodes[id - 1]!;
  }

  replica(id: number, index = 0): HostedReplica {
    return this.node(id).broker.partitions.replica('orders', index)!;
  }

  connect(id: number): Promise<RawConnection> {
    return this.node(id).connect();
  }

  /** Writes records into the metadata of the nodes that listen, or of those that are named. */
  async tell(records: readonly MetadataRecord[], ids: Iterable<number> = this.listening): Promise<void> {
    const told = [...ids].map((id) =>
      this.node(id).broker.controller.run(() => ({ records, response: undefined })),
    );
    await Promise.all(told);
  }

  /** The topic `orders`. */
  async createTopic(topic: ScriptedTopic): Promise<void> {
    const { replicas, inSyncReplicas = replicas, leader, configs = {}, partitions = 1 } = topic;
    this.current = { leader, leaderEpoch: 0, partitionEpoch: 0, isr: inSyncReplicas };
    const records: MetadataRecord[] = [
      { type: 'Topic', data: TopicRecord.create({ name: 'orders', topicId: TOPIC_ID }) },
    ];
    for (let index = 0; index < partitions; index++) {
      const data = PartitionRecord.create({
        partitionId: index,
        topicId: TOPIC_ID,
        replicas: [...replicas],
        isr: [...inSyncReplicas],
        leader,
        leaderEpoch: 0,
        partitionEpoch: 0,
        // Where they will be, or the nodes would ask for changes that the test has not made.
        directories: replicas.map((id) => this.#directoryOf(id)),
      });
      records.push({ type: 'Partition', data });
    }
    for (const [name, value] of Object.entries(configs)) {
      const { TOPIC: resourceType } = ConfigResourceType;
      const data = ConfigRecord.create({ resourceType, resourceName: 'orders', name, value });
      records.push({ type: 'Config', data });
    }
    this.#topic = records;
    await this.tell(records);
  }

  /** Another leader or ISR, as a controller would decide it. */
  async change(change: { readonly leader?: number; readonly isr?: readonly number[] }): Promise<void> {
    const { leader, isr } = change;
    this.current = {
      leader: leader ?? this.current.leader,
      isr: isr ?? this.current.isr,
      leaderEpoch: this.current.leaderEpoch + (leader === undefined ? 0 : 1),
      partitionEpoch: this.current.partitionEpoch + 1,
    };
    await this.tell([this.#changeRecord(leader)]);
  }

  /** What somebody missed who was not listening: the newest leader and ISR. */
  async catchUp(id: number): Promise<void> {
    this.listening.add(id);
    const { broker } = this.node(id);
    if (!broker.image.topics.byName.has('orders')) await this.tell(this.#topic, [id]);
    const records: MetadataRecord[] = [];
    const known = broker.image.topics.byName.get('orders')!.partitions[0]!;
    const { leader, leaderEpoch, partitionEpoch } = this.current;
    const elections = leaderEpoch - known.leaderEpoch;
    for (let change = 0; change < partitionEpoch - known.partitionEpoch; change++) {
      records.push(this.#changeRecord(change < elections ? leader : undefined));
    }
    await this.tell(records, [id]);
  }

  /** Values of all records of a replica. */
  async valuesOn(id: number, index = 0): Promise<string[]> {
    const { log } = this.replica(id, index);
    const read = await log.read({ offset: log.logStartOffset, maxBytes: 1 << 20, upTo: 'logEndOffset' });
    return recordBatches(Buffer.concat(read.records)).flatMap((batch) =>
      decodeRecords(batch).map(({ value }) => value!.toString()),
    );
  }

  /** Resolves when the condition holds for the replica. */
  until(id: number, condition: (replica: HostedReplica) => boolean): Promise<void> {
    const replica = this.replica(id);
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition(replica)) return;
        for (const end of ends) end();
        resolve();
      };
      const ends: (() => void)[] = [replica.log.onChange(look), replica.subscribe(look)];
      look();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const channels of this.#channels) channels.close();
    for (const node of this.nodes) await node[Symbol.asyncDispose]();
  }

  #connect(id: number): void {
    const { broker } = this.node(id);
    const channels = () => {
      const made = new PeerChannels({
        host: this.node(id).host,
        logger: silentLogger,
        clientId: `node-${id}`,
        requestTimeoutMs: 5000,
        addressOf: (to) => this.node(to).broker.address,
      });
      this.#channels.push(made);
      return made;
    };
    broker.replication.connect({
      sender: { alterPartition: (items) => this.#alterPartition(items) },
      channels: channels(),
      sideChannels: channels(),
      brokerEpoch: () => EPOCH_BASE + id,
    });
  }

  async #alterPartition(items: readonly AlterPartitionItem[]): Promise<AlterPartitionResult[]> {
    if (this.refusal !== undefined) return items.map(() => this.refusal!);
    const [{ change }] = items as readonly [AlterPartitionItem];
    if (change.leaderEpoch < this.current.leaderEpoch) return [{ error: 'FENCED_LEADER_EPOCH' }];
    if (change.partitionEpoch < this.current.partitionEpoch) return [{ error: 'INVALID_UPDATE_VERSION' }];
    await this.change({ isr: change.inSyncReplicas.map(({ brokerId }) => brokerId) });
    const { leaderEpoch, partitionEpoch, isr } = this.current;
    return [{ leaderEpoch, partitionEpoch, inSyncReplicas: isr }];
  }

  #directoryOf(id: number): string {
    return this.nodes[id - 1]?.broker.logs.directories[0]?.meta?.directoryId ?? UNASSIGNED_DIRECTORY;
  }

  #registration(id: number): MetadataRecord {
    const { host, port } = this.node(id).broker.address;
    const data = RegisterBrokerRecord.create({
      brokerId: id,
      brokerEpoch: EPOCH_BASE + id,
      incarnationId: `AAAAAAAAAAAAAAAAAAAA${id}g`,
      endPoints: [{ name: 'PLAINTEXT', host, port, securityProtocol: 0 }],
      rack: `rack-${id}`,
      fenced: false,
    });
    return { type: 'RegisterBroker', data };
  }

  #changeRecord(leader: number | undefined): MetadataRecord {
    const data = PartitionChangeRecord.create({
      partitionId: 0,
      topicId: TOPIC_ID,
      isr: [...this.current.isr],
      ...(leader === undefined ? {} : { leader }),
    });
    return { type: 'PartitionChange', data };
  }
}
