import { CorruptMetadataError, messageOf } from '../errors.ts';
import {
  ConfigResourceType,
  type ClusterImage,
  type DelegationToken,
  type PartitionImage,
  type TopicImage,
  type TopicsImage,
} from './cluster-image.ts';
import { ConfigTable } from './config-table.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { NodeBuilder, type NodeRecord } from './node-builder.ts';
import { changedPartition, partitionImage, withoutElr } from './partition-image.ts';
import { QuotaBuilder } from './quota-builder.ts';
import { SecurityBuilder, type SecurityRecord } from './security-builder.ts';
import { TopicTable } from './topic-table.ts';

/** What a run of records changed, for those who act on it. */
export interface ImageDelta {
  /** Ids of topics that were created or whose partitions changed, and that are in the new image. */
  readonly changedTopics: ReadonlySet<string>;
  /** As they were before. */
  readonly deletedTopics: readonly TopicImage[];
  readonly changedTopicConfigs: ReadonlySet<string>;
  readonly brokerConfigsChanged: boolean;
  /** A broker came, went, or changed its registration: addresses, fences, directories. */
  readonly brokersChanged: boolean;
  readonly controllersChanged: boolean;
  readonly clientQuotasChanged: boolean;
}

/** The state before the first record. */
export const emptyImage: ClusterImage = {
  offset: -1,
  epoch: -1,
  topics: new TopicTable(),
  brokers: new Map(),
  controllers: new Map(),
  configs: new ConfigTable(),
  features: new Map(),
  nextProducerId: 0,
  scramCredentials: new Map(),
  acls: new Map(),
  clientQuotas: new Map(),
  delegationTokens: new Map(),
};

/**
 * Replays metadata records onto an image. The base stays as it is; maps that change are copied once.
 *
 * Replay is total: a record that refers to something missing throws, since a state that silently lacks it would be a
 * different one on every node.
 */
export class ImageBuilder {
  readonly #base: ClusterImage;
  #topics: TopicTable | undefined;
  readonly #nodes: NodeBuilder;
  #delegationTokens: Map<string, DelegationToken> | undefined;
  #configs: ConfigTable | undefined;
  #features: Map<string, number> | undefined;
  #nextProducerId: number;
  readonly #security: SecurityBuilder;
  readonly #quotas: QuotaBuilder;
  #offset: number;
  #epoch: number;
  /** Partition arrays that belong to this builder and may be changed in place. */
  readonly #ownPartitions = new Map<string, PartitionImage[]>();
  readonly #changedTopics = new Set<string>();
  readonly #deletedTopics: TopicImage[] = [];
  readonly #changedTopicConfigs = new Set<string>();
  #brokerConfigsChanged = false;
  #transaction: MetadataRecord[] | undefined;

  constructor(base: ClusterImage) {
    this.#base = base;
    this.#nextProducerId = base.nextProducerId;
    this.#nodes = new NodeBuilder(base);
    this.#security = new SecurityBuilder(base);
    this.#quotas = new QuotaBuilder(base.clientQuotas);
    this.#offset = base.offset;
    this.#epoch = base.epoch;
  }

  /** Is the last transaction of the replay still open? What it held so far is not in the image. */
  get hasOpenTransaction(): boolean {
    return this.#transaction !== undefined;
  }

  /** @throws CorruptMetadataError */
  apply(record: MetadataRecord, offset: number, epoch: number): void {
    this.advance(offset, epoch);
    if (record.type === 'BeginTransaction') this.#begin();
    else if (record.type === 'EndTransaction') for (const each of this.#finish()) this.#change(each);
    else if (record.type === 'AbortTransaction') this.#finish();
    else if (this.#transaction === undefined) this.#change(record);
    else this.#transaction.push(record);
  }

  #begin(): void {
    this.#require(this.#transaction === undefined, 'a transaction begins inside another');
    this.#transaction = [];
  }

  #finish(): readonly MetadataRecord[] {
    const records = this.#transaction;
    if (records === undefined) throw this.#fault('a transaction ends that has not begun');
    this.#transaction = undefined;
    return records;
  }

  #change(record: MetadataRecord): void {
    switch (record.type) {
      case 'Topic':
        return this.#addTopic(record.data);
      case 'Partition':
        return this.#addPartition(record.data);
      case 'PartitionChange':
        return this.#changePartition(record.data);
      case 'RemoveTopic':
        return this.#removeTopic(record.data.topicId);
      case 'Config':
        return this.#setConfig(record.data);
      case 'ClearElr':
        return this.#clearElr(record.data.topicName);
      case 'RegisterBroker':
      case 'UnregisterBroker':
      case 'BrokerRegistrationChange':
      case 'FenceBroker':
      case 'UnfenceBroker':
      case 'RegisterController':
      case 'UnregisterController':
        return this.#changeNode(record);
      case 'DelegationToken':
        this.#ownDelegationTokens().set(record.data.tokenId, record.data);
        return;
      case 'RemoveDelegationToken':
        return this.#require(
          this.#ownDelegationTokens().delete(record.data.tokenId),
          `delegation token ${record.data.tokenId} is unknown`,
        );
      case 'FeatureLevel':
        return this.#setFeature(record.data);
      case 'ProducerIds':
        this.#nextProducerId = record.data.nextProducerId;
        return;
      case 'UserScramCredential':
      case 'RemoveUserScramCredential':
      case 'AccessControlEntry':
      case 'RemoveAccessControlEntry':
        return this.#changeSecurity(record);
      case 'ClientQuota':
        return this.#quotas.apply(record.data);
      case 'NoOp':
      // What is left of ZooKeeper says nothing; and the other three were taken apart before.
      case 'ZkMigrationState':
      case 'BeginTransaction':
      case 'EndTransaction':
      case 'AbortTransaction':
        return;
    }
  }

  /** Moves past offsets without state: control batches. */
  advance(offset: number, epoch: number): void {
    this.#offset = offset;
    this.#epoch = epoch;
  }

  build(): ClusterImage {
    const base = this.#base;
    return {
      offset: this.#offset,
      epoch: this.#epoch,
      topics: this.#topics ?? base.topics,
      ...this.#nodes.build(),
      configs: this.#configs ?? base.configs,
      features: this.#features ?? base.features,
      nextProducerId: this.#nextProducerId,
      ...this.#security.build(),
      clientQuotas: this.#quotas.build(),
      delegationTokens: this.#delegationTokens ?? base.delegationTokens,
    };
  }

  delta(): ImageDelta {
    return {
      changedTopics: this.#changedTopics,
      deletedTopics: this.#deletedTopics,
      changedTopicConfigs: this.#changedTopicConfigs,
      brokerConfigsChanged: this.#brokerConfigsChanged,
      brokersChanged: this.#nodes.hasChangedBrokers,
      controllersChanged: this.#nodes.hasChangedControllers,
      clientQuotasChanged: this.#quotas.hasChanged,
    };
  }

  #changeNode(record: NodeRecord): void {
    const problem = this.#nodes.apply(record);
    if (problem !== undefined) throw this.#fault(problem);
  }

  #changeSecurity(record: SecurityRecord): void {
    const problem = this.#security.apply(record);
    if (problem !== undefined) throw this.#fault(problem);
  }

  #addTopic({ name, topicId }: { readonly name: string; readonly topicId: string }): void {
    this.#require(!this.#readTopics.byName.has(name), `topic ${name} exists already`);
    this.#require(!this.#readTopics.byId.has(topicId), `topic id ${topicId} exists already`);
    const partitions: PartitionImage[] = [];
    this.#ownPartitions.set(topicId, partitions);
    this.#putTopic({ name, id: topicId, partitions });
  }

  #addPartition(data: Extract<MetadataRecord, { type: 'Partition' }>['data']): void {
    const partitions = this.#partitionsOf(data.topicId);
    this.#require(
      data.partitionId === partitions.length,
      `partition ${data.partitionId} of topic id ${data.topicId} comes where ${partitions.length} is next`,
    );
    partitions.push(this.#sound(() => partitionImage(data)));
  }

  #changePartition(data: Extract<MetadataRecord, { type: 'PartitionChange' }>['data']): void {
    const partitions = this.#partitionsOf(data.topicId);
    const old = partitions[data.partitionId];
    if (old === undefined)
      throw this.#fault(`partition ${data.partitionId} of topic id ${data.topicId} is unknown`);
    partitions[data.partitionId] = this.#sound(() => changedPartition(old, data));
  }

  /** Of one topic, of all for ''. */
  #clearElr(topicName: string): void {
    const topics = this.#readTopics.byName;
    if (topicName !== '' && !topics.has(topicName)) throw this.#fault(`topic ${topicName} is unknown`);
    const names = topicName === '' ? [...topics.keys()] : [topicName];
    for (const name of names) {
      const { id, partitions } = topics.get(name)!;
      for (const partition of partitions) {
        if (partition.eligibleLeaderReplicas.length + partition.lastKnownElr.length === 0) continue;
        this.#partitionsOf(id)[partition.index] = withoutElr(partition);
      }
    }
  }

  #removeTopic(topicId: string): void {
    const topic = this.#topic(topicId);
    this.#ownTopics().delete(topic);
    this.#ownPartitions.delete(topicId);
    this.#changedTopics.delete(topicId);
    this.#changedTopicConfigs.delete(topic.name);
    this.#ownConfigs().removeResource(ConfigResourceType.TOPIC, topic.name);
    const before = this.#base.topics.byId.get(topicId);
    if (before !== undefined) this.#deletedTopics.push(before);
  }

  #setConfig(data: Extract<MetadataRecord, { type: 'Config' }>['data']): void {
    this.#ownConfigs().set(data.resourceType, data.resourceName, data.name, data.value);
    if (data.resourceType === ConfigResourceType.TOPIC) this.#changedTopicConfigs.add(data.resourceName);
    if (data.resourceType === ConfigResourceType.BROKER) this.#brokerConfigsChanged = true;
  }

  #setFeature({ name, featureLevel }: { readonly name: string; readonly featureLevel: number }): void {
    this.#features ??= new Map(this.#base.features);
    if (featureLevel === 0) this.#features.delete(name);
    else this.#features.set(name, featureLevel);
  }

  #topic(topicId: string): TopicImage {
    const topic = this.#readTopics.byId.get(topicId);
    if (topic === undefined) throw this.#fault(`topic id ${topicId} is unknown`);
    return topic;
  }

  #partitionsOf(topicId: string): PartitionImage[] {
    const topic = this.#topic(topicId);
    this.#changedTopics.add(topicId);
    let partitions = this.#ownPartitions.get(topicId);
    if (partitions === undefined) {
      partitions = [...topic.partitions];
      this.#ownPartitions.set(topicId, partitions);
      this.#putTopic({ name: topic.name, id: topicId, partitions });
    }
    return partitions;
  }

  #putTopic(topic: TopicImage): void {
    this.#ownTopics().put(topic);
    this.#changedTopics.add(topic.id);
  }

  get #readTopics(): TopicsImage {
    return this.#topics ?? this.#base.topics;
  }

  #ownTopics(): TopicTable {
    return (this.#topics ??= TopicTable.after(this.#base.topics));
  }

  #ownDelegationTokens(): Map<string, DelegationToken> {
    return (this.#delegationTokens ??= new Map(this.#base.delegationTokens));
  }

  #ownConfigs(): ConfigTable {
    return (this.#configs ??= ConfigTable.copyOf(this.#base.configs));
  }

  #sound(read: () => PartitionImage): PartitionImage {
    try {
      return read();
    } catch (cause) {
      throw this.#fault(messageOf(cause));
    }
  }

  #require(condition: boolean, problem: string): void {
    if (!condition) throw this.#fault(problem);
  }

  #fault(problem: string): CorruptMetadataError {
    return new CorruptMetadataError(`the record at offset ${this.#offset} cannot be applied: ${problem}`);
  }
}
