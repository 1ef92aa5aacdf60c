import { decodeRecords, WireReader, type RecordBatch } from '@millrace/protocol';
import {
  BrokerRegistrationChangeRecord,
  ClearElrRecord,
  ConfigRecord,
  FenceBrokerRecord,
  PartitionChangeRecord,
  PartitionRecord,
  RegisterBrokerRecord,
  RemoveTopicRecord,
  TopicRecord,
  UnfenceBrokerRecord,
  UnregisterBrokerRecord,
} from '@millrace/protocol/messages/metadata-records';

export interface ModelPartition {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
  replicas: readonly number[];
  isr: readonly number[];
  elr: readonly number[];
  leader: number;
  leaderEpoch: number;
  partitionEpoch: number;
}

export interface ModelBroker {
  readonly epoch: number;
  isFenced: boolean;
  isStopping: boolean;
}

const NO_CHANGE = -2;

/**
 * The metadata that invariants speak about, as a replay of the metadata log that shares nothing with the one of the
 * nodes.
 */
export class MetadataModel {
  readonly topics = new Map<string, string>();
  readonly partitions = new Map<string, ModelPartition>();
  readonly brokers = new Map<number, ModelBroker>();
  readonly minInSync = new Map<string, number>();

  /** @returns the partitions that were changed, by key */
  replay(batch: RecordBatch): Set<string> {
    const changed = new Set<string>();
    if (batch.isControl) return changed;
    for (const { value } of decodeRecords(batch)) {
      if (value === null) continue;
      const reader = new WireReader(value);
      reader.unsignedVarint();
      const apiKey = reader.unsignedVarint();
      const version = reader.unsignedVarint();
      const key = this.#apply(apiKey, reader, version);
      if (key !== undefined) changed.add(key);
    }
    return changed;
  }

  /** Everything as text, equal for equal states. */
  describe(): string {
    const lines = [
      ...[...this.topics].map(([id, name]) => `topic ${name} ${id}`),
      ...[...this.brokers].map(([id, broker]) => `broker ${id} ${JSON.stringify(broker)}`),
      ...[...this.partitions].map(([key, partition]) => `partition ${key} ${JSON.stringify(partition)}`),
    ];
    return lines.toSorted((left, right) => (left < right ? -1 : 1)).join('\n');
  }

  #apply(apiKey: number, reader: WireReader, version: number): string | undefined {
    if (apiKey === PartitionRecord.apiKey) return this.#newPartition(PartitionRecord.read(reader, version));
    if (apiKey === PartitionChangeRecord.apiKey)
      return this.#change(PartitionChangeRecord.read(reader, version));
    if (apiKey === TopicRecord.apiKey) {
      const { topicId, name } = TopicRecord.read(reader, version);
      this.topics.set(topicId, name);
    } else if (apiKey === RemoveTopicRecord.apiKey) {
      this.#removeTopic(RemoveTopicRecord.read(reader, version).topicId);
    } else if (apiKey === ConfigRecord.apiKey) {
      this.#config(ConfigRecord.read(reader, version));
    } else if (apiKey === ClearElrRecord.apiKey) {
      const { topicName } = ClearElrRecord.read(reader, version);
      for (const each of this.partitions.values()) {
        if (topicName === '' || each.topic === topicName) each.elr = [];
      }
    } else {
      this.#applyToBroker(apiKey, reader, version);
    }
    return undefined;
  }

  #applyToBroker(apiKey: number, reader: WireReader, version: number): void {
    if (apiKey === RegisterBrokerRecord.apiKey) {
      const { brokerId, brokerEpoch, fenced, inControlledShutdown } = RegisterBrokerRecord.read(
        reader,
        version,
      );
      this.brokers.set(brokerId, { epoch: brokerEpoch, isFenced: fenced, isStopping: inControlledShutdown });
    } else if (apiKey === BrokerRegistrationChangeRecord.apiKey) {
      const change = BrokerRegistrationChangeRecord.read(reader, version);
      const broker = this.brokers.get(change.brokerId);
      if (broker === undefined) return;
      if (change.fenced !== 0) broker.isFenced = change.fenced === 1;
      if (change.inControlledShutdown !== 0) broker.isStopping = true;
    } else if (apiKey === FenceBrokerRecord.apiKey) {
      this.#fence(FenceBrokerRecord.read(reader, version).id, true);
    } else if (apiKey === UnfenceBrokerRecord.apiKey) {
      this.#fence(UnfenceBrokerRecord.read(reader, version).id, false);
    } else if (apiKey === UnregisterBrokerRecord.apiKey) {
      this.brokers.delete(UnregisterBrokerRecord.read(reader, version).brokerId);
    }
  }

  #fence(id: number, isFenced: boolean): void {
    const broker = this.brokers.get(id);
    if (broker !== undefined) broker.isFenced = isFenced;
  }

  #newPartition(record: PartitionRecord): string {
    const topic = this.topics.get(record.topicId) ?? record.topicId;
    const key = `${topic}-${record.partitionId}`;
    this.partitions.set(key, {
      topic,
      topicId: record.topicId,
      partition: record.partitionId,
      replicas: record.replicas,
      isr: record.isr,
      elr: record.eligibleLeaderReplicas ?? [],
      leader: record.leader,
      leaderEpoch: record.leaderEpoch,
      partitionEpoch: record.partitionEpoch,
    });
    return key;
  }

  #change(record: PartitionChangeRecord): string | undefined {
    const key = `${this.topics.get(record.topicId) ?? record.topicId}-${record.partitionId}`;
    const partition = this.partitions.get(key);
    if (partition === undefined) return undefined;
    partition.isr = record.isr ?? partition.isr;
    partition.replicas = record.replicas ?? partition.replicas;
    partition.elr = record.eligibleLeaderReplicas ?? partition.elr;
    if (record.leader !== NO_CHANGE) {
      partition.leader = record.leader;
      partition.leaderEpoch++;
    }
    partition.partitionEpoch++;
    return key;
  }

  #removeTopic(topicId: string): void {
    const topic = this.topics.get(topicId);
    this.topics.delete(topicId);
    for (const [key, partition] of this.partitions)
      if (partition.topic === topic) this.partitions.delete(key);
  }

  #config({ resourceType, resourceName, name, value }: ConfigRecord): void {
    if (name !== 'min.insync.replicas') return;
    const key = `${resourceType} ${resourceName}`;
    if (value === null) this.minInSync.delete(key);
    else this.minInSync.set(key, Number(value));
  }
}
