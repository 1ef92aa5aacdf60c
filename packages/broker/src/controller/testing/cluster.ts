import { BrokerHeartbeatRequest } from '@millrace/protocol/messages/broker-heartbeat';
import { BrokerRegistrationRequest } from '@millrace/protocol/messages/broker-registration';
import {
  ConfigRecord,
  FeatureLevelRecord,
  PartitionChangeRecord,
} from '@millrace/protocol/messages/metadata-records';
import {
  ConfigResourceType,
  type BrokerImage,
  type PartitionImage,
  type TopicImage,
} from '../../metadata/cluster-image.ts';
import { ELR_VERSION_FEATURE } from '../../metadata/features.ts';
import type { MetadataRecord } from '../../metadata/metadata-record.ts';
import { acceptRegistration } from '../accept-registration.ts';
import { alterPartition } from '../alter-partition.ts';
import { BrokerLiveness } from '../broker-liveness.ts';
import { brokerHeartbeat } from '../broker-heartbeat.ts';
import { createTopics } from '../create-topics.ts';
import { Decisions } from './decisions.ts';

/** 3.9-IV0, the last metadata.version before eligible leader replicas. */
const LEVEL = 21;

export const CLUSTER_ID = 'AAAAAAAAAAAAAAAAAAAACA';

/** Decisions on a cluster of several brokers, that register and send heartbeats by hand. */
export class Cluster extends Decisions {
  #level = LEVEL;

  /** @param brokerIds registered and unfenced, each in its own rack where `racks` has one */
  static of(
    brokerIds: readonly number[],
    options: {
      readonly hasElr?: boolean;
      /** Of `metadata.version`. */
      readonly level?: number;
      readonly racks?: Readonly<Record<number, string>>;
      readonly properties?: Readonly<Record<string, string>>;
    } = {},
  ): Cluster {
    const cluster = new Cluster(options.properties);
    cluster.#level = options.level ?? LEVEL;
    const levels = [['metadata.version', cluster.#level] as const];
    for (const [name, featureLevel] of options.hasElr === true
      ? [...levels, [ELR_VERSION_FEATURE, 1] as const]
      : levels) {
      cluster.write({ type: 'FeatureLevel', data: FeatureLevelRecord.create({ name, featureLevel }) });
    }
    for (const id of brokerIds) {
      cluster.register(id, { rack: options.racks?.[id] ?? null });
      cluster.heartbeat(id);
    }
    return cluster;
  }

  broker(id: number): BrokerImage {
    return this.image.brokers.get(id)!;
  }

  /** A new incarnation unless `change` says otherwise. */
  register(brokerId: number, change: Partial<BrokerRegistrationRequest> = {}): number {
    const directory = Buffer.alloc(16, brokerId + 100).toString('base64url');
    const features = [
      { name: 'metadata.version', minSupportedVersion: 7, maxSupportedVersion: this.#level },
      { name: ELR_VERSION_FEATURE, minSupportedVersion: 0, maxSupportedVersion: 1 },
    ];
    const request = BrokerRegistrationRequest.create({
      brokerId,
      clusterId: CLUSTER_ID,
      incarnationId: this.newUuid(),
      listeners: [{ name: 'PLAINTEXT', host: `host${brokerId}`, port: 9092, securityProtocol: 0 }],
      features,
      logDirs: [directory],
      previousBrokerEpoch: -1,
      ...change,
    });
    return this.run((state) => acceptRegistration(state, request, { clusterId: CLUSTER_ID }));
  }

  /** One that has caught up, unless `change` says otherwise. */
  heartbeat(brokerId: number, change: Partial<BrokerHeartbeatRequest> = {}) {
    return this.run((state) => brokerHeartbeat(state, this.heartbeatRequest(brokerId, change)));
  }

  heartbeatRequest(brokerId: number, change: Partial<BrokerHeartbeatRequest> = {}): BrokerHeartbeatRequest {
    return BrokerHeartbeatRequest.create({
      brokerId,
      brokerEpoch: this.image.brokers.get(brokerId)?.epoch ?? -1,
      currentMetadataOffset: this.records.length - 1,
      ...change,
    });
  }

  /** A topic with the given replicas for each partition. */
  topic(
    name: string,
    assignments: readonly (readonly number[])[],
    configs: Readonly<Record<string, string>> = {},
  ) {
    const [created] = this.run((state) =>
      createTopics(
        state,
        [
          {
            name,
            numPartitions: -1,
            replicationFactor: -1,
            assignments: assignments.map((brokerIds, partitionIndex) => ({
              partitionIndex,
              brokerIds: [...brokerIds],
            })),
            configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
          },
        ],
        false,
      ),
    );
    if (created?.error !== undefined) throw created.error;
    return this.topicOf(name);
  }

  topicOf(name: string): TopicImage {
    return this.image.topics.byName.get(name)!;
  }

  partition(name: string, index = 0): PartitionImage {
    return this.topicOf(name).partitions[index]!;
  }

  /** In short: who leads in which epochs, who is in sync. */
  sketch(name: string, index = 0): string {
    const partition = this.partition(name, index);
    const { leader, leaderEpoch, partitionEpoch, inSyncReplicas, eligibleLeaderReplicas, lastKnownElr } =
      partition;
    return (
      `leader ${leader} epochs ${leaderEpoch}/${partitionEpoch} isr ${inSyncReplicas.join(',')}` +
      list('elr', eligibleLeaderReplicas) +
      list('last', lastKnownElr) +
      list('adding', partition.addingReplicas) +
      list('removing', partition.removingReplicas) +
      (partition.leaderRecoveryState === 0 ? '' : ' recovering')
    );
  }

  setTopicConfig(resourceName: string, name: string, value: string): void {
    const data = ConfigRecord.create({ resourceType: ConfigResourceType.TOPIC, resourceName, name, value });
    this.write({ type: 'Config', data });
  }

  /** A replica says in which directory it is. */
  place(name: string, index: number, brokerId: number, directory: string): void {
    const { replicas, directories } = this.partition(name, index);
    const data = PartitionChangeRecord.create({
      topicId: this.topicOf(name).id,
      partitionId: index,
      directories: replicas.map((id, position) => (id === brokerId ? directory : directories[position]!)),
    });
    this.write({ type: 'PartitionChange', data });
  }

  /** A leader brings its ISR to this, by AlterPartition. */
  join(topicId: string, index: number, isr: readonly number[], from?: number): void {
    const { leader, leaderEpoch, partitionEpoch } = this.image.topics.byId.get(topicId)!.partitions[index]!;
    const brokerId = from ?? leader;
    const epochOf = (id: number) => this.broker(id).epoch;
    const newIsrWithEpochs = isr.map((id) => ({ brokerId: id, brokerEpoch: epochOf(id) }));
    const partition = {
      partitionIndex: index,
      leaderEpoch,
      partitionEpoch,
      newIsr: [],
      newIsrWithEpochs,
      leaderRecoveryState: 0,
    };
    const topics = [{ topicId, partitions: [partition] }];
    this.run((state) => alterPartition(state, { brokerId, brokerEpoch: epochOf(brokerId), topics }));
  }

  /** The record of a leader and an ISR that came about in whatever way. */
  changeIsr(name: string, partitionId: number, isr: readonly number[], leader: number): MetadataRecord[] {
    const { id: topicId } = this.topicOf(name);
    const data = PartitionChangeRecord.create({ topicId, partitionId, isr: [...isr], leader });
    return [{ type: 'PartitionChange', data }];
  }

  /** Another controller takes over, which has heard of nobody. */
  failOver(): void {
    this.liveness = new BrokerLiveness(this.nowMs);
  }

  /** Time goes by without any heartbeat. */
  wait(durationMs: number): void {
    this.nowMs += durationMs;
  }
}

function list(label: string, ids: readonly number[]): string {
  return ids.length === 0 ? '' : ` ${label} ${ids.join(',')}`;
}
