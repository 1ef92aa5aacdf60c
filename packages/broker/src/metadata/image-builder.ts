import { CorruptMetadataError } from '../errors.ts';
import {
  ConfigResourceType,
  type BrokerImage,
  type ClusterImage,
  type PartitionImage,
  type TopicImage,
} from './cluster-image.ts';
import { ConfigTable } from './config-table.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { QuotaBuilder } from './quota-builder.ts';
import { SecurityBuilder, type SecurityRecord } from './security-builder.ts';

/** What a run of records changed, for those who act on it. */
export interface ImageDelta {
  /** Ids of topics that were created or whose partitions changed, and that are in the new image. */
  readonly changedTopics: ReadonlySet<string>;
  /** As they were before. */
  readonly deletedTopics: readonly TopicImage[];
  readonly changedTopicConfigs: ReadonlySet<string>;
  readonly brokerConfigsChanged: boolean;
  readonly clientQuotasChanged: boolean;
}

/** The state before the first record. */
export const emptyImage: ClusterImage = {
  offset: -1,
  epoch: -1,
  topics: { byName: new Map(), byId: new Map() },
  brokers: new Map(),
  configs: new ConfigTable(),
  features: new Map(),
  nextProducerId: 0,
  scramCredentials: new Map(),
  acls: new Map(),
  clientQuotas: new Map(),
};

/** Values of the `fenced` field of a BrokerRegistrationChange; 0 is no change. */
const FENCE = 1;
const UNFENCE = -1;

/** No change of the leader in a PartitionChange record. */
const LEADER_UNCHANGED = -2;

/**
 * Replays metadata records onto an image. The base stays as it is; maps that change are copied once.
 *
 * Replay is total: a record that refers to something missing throws, since a state that silently lacks it would be a
 * different one on every node.
 */
export class ImageBuilder {
  readonly #base: ClusterImage;
  #byName: Map<string, TopicImage> | undefined;
  #byId: Map<string, TopicImage> | undefined;
  #brokers: Map<number, BrokerImage> | undefined;
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
      case 'RegisterBroker':
        return this.#registerBroker(record.data);
      case 'UnregisterBroker':
        this.#registeredBroker(record.data.brokerId, record.data.brokerEpoch);
        this.#ownBrokers().delete(record.data.brokerId);
        return;
      case 'BrokerRegistrationChange':
        return this.#changeBroker(record.data.brokerId, record.data.brokerEpoch, record.data.fenced);
      case 'FenceBroker':
        return this.#changeBroker(record.data.id, record.data.epoch, FENCE);
      case 'UnfenceBroker':
        return this.#changeBroker(record.data.id, record.data.epoch, UNFENCE);
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
      // Controllers are found through the configuration here; and the other three were taken apart before.
      case 'RegisterController':
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
      topics:
        this.#byName === undefined
          ? base.topics
          : { byName: this.#byName, byId: this.#byId ?? base.topics.byId },
      brokers: this.#brokers ?? base.brokers,
      configs: this.#configs ?? base.configs,
      features: this.#features ?? base.features,
      nextProducerId: this.#nextProducerId,
      ...this.#security.build(),
      clientQuotas: this.#quotas.build(),
    };
  }

  delta(): ImageDelta {
    return {
      changedTopics: this.#changedTopics,
      deletedTopics: this.#deletedTopics,
      changedTopicConfigs: this.#changedTopicConfigs,
      brokerConfigsChanged: this.#brokerConfigsChanged,
      clientQuotasChanged: this.#quotas.hasChanged,
    };
  }

  #changeSecurity(record: SecurityRecord): void {
    const problem = this.#security.apply(record);
    if (problem !== undefined) throw this.#fault(problem);
  }

  #addTopic({ name, topicId }: { readonly name: string; readonly topicId: string }): void {
    this.#require(!this.#topicsByName().has(name), `topic ${name} exists already`);
    this.#require(!this.#topicsById().has(topicId), `topic id ${topicId} exists already`);
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
    partitions.push({
      index: data.partitionId,
      replicas: data.replicas,
      inSyncReplicas: data.isr,
      leader: data.leader,
      leaderEpoch: data.leaderEpoch,
      partitionEpoch: data.partitionEpoch,
    });
  }

  #changePartition(data: Extract<MetadataRecord, { type: 'PartitionChange' }>['data']): void {
    const partitions = this.#partitionsOf(data.topicId);
    const old = partitions[data.partitionId];
    if (old === undefined)
      throw this.#fault(`partition ${data.partitionId} of topic id ${data.topicId} is unknown`);
    const hasLeader = data.leader !== LEADER_UNCHANGED;
    partitions[data.partitionId] = {
      index: old.index,
      replicas: data.replicas ?? old.replicas,
      inSyncReplicas: data.isr ?? old.inSyncReplicas,
      leader: hasLeader ? data.leader : old.leader,
      // A leader field bumps the leader epoch even when it names the same leader.
      leaderEpoch: hasLeader ? old.leaderEpoch + 1 : old.leaderEpoch,
      partitionEpoch: old.partitionEpoch + 1,
    };
  }

  #removeTopic(topicId: string): void {
    const topic = this.#topic(topicId);
    this.#topicsByName().delete(topic.name);
    this.#topicsById().delete(topicId);
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

  #registerBroker(data: Extract<MetadataRecord, { type: 'RegisterBroker' }>['data']): void {
    this.#ownBrokers().set(data.brokerId, {
      id: data.brokerId,
      epoch: data.brokerEpoch,
      incarnationId: data.incarnationId,
      isFenced: data.fenced,
      rack: data.rack,
      features: data.features.map(({ name, minSupportedVersion, maxSupportedVersion }) => ({
        name,
        minVersion: minSupportedVersion,
        maxVersion: maxSupportedVersion,
      })),
      directoryIds: data.logDirs,
      endpoints: new Map(
        data.endPoints.map(({ name, host, port, securityProtocol }) => [
          name,
          { host, port, securityProtocol },
        ]),
      ),
    });
  }

  #changeBroker(brokerId: number, brokerEpoch: number, fenced: number): void {
    const old = this.#registeredBroker(brokerId, brokerEpoch);
    if (fenced !== 0) this.#ownBrokers().set(old.id, { ...old, isFenced: fenced > 0 });
  }

  #registeredBroker(brokerId: number, brokerEpoch: number): BrokerImage {
    const broker = (this.#brokers ?? this.#base.brokers).get(brokerId);
    if (broker?.epoch === brokerEpoch) return broker;
    throw this.#fault(`broker ${brokerId} with epoch ${brokerEpoch} is not registered`);
  }

  #setFeature({ name, featureLevel }: { readonly name: string; readonly featureLevel: number }): void {
    this.#features ??= new Map(this.#base.features);
    if (featureLevel === 0) this.#features.delete(name);
    else this.#features.set(name, featureLevel);
  }

  #topic(topicId: string): TopicImage {
    const topic = (this.#byId ?? this.#base.topics.byId).get(topicId);
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
    this.#topicsByName().set(topic.name, topic);
    this.#topicsById().set(topic.id, topic);
    this.#changedTopics.add(topic.id);
  }

  #topicsByName(): Map<string, TopicImage> {
    return (this.#byName ??= new Map(this.#base.topics.byName));
  }

  #topicsById(): Map<string, TopicImage> {
    return (this.#byId ??= new Map(this.#base.topics.byId));
  }

  #ownBrokers(): Map<number, BrokerImage> {
    return (this.#brokers ??= new Map(this.#base.brokers));
  }

  #ownConfigs(): ConfigTable {
    return (this.#configs ??= ConfigTable.copyOf(this.#base.configs));
  }

  #require(condition: boolean, problem: string): void {
    if (!condition) throw this.#fault(problem);
  }

  #fault(problem: string): CorruptMetadataError {
    return new CorruptMetadataError(`the record at offset ${this.#offset} cannot be applied: ${problem}`);
  }
}
