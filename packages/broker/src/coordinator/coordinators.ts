import type { Host, Logger } from '@millrace/host';
import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import type { NodeChannels } from './node-channels.ts';
import { noOtherNodes } from './no-other-nodes.ts';
import { GroupCoordinator } from '../group/group-coordinator.ts';
import type { ClusterImage, TopicImage } from '../metadata/cluster-image.ts';
import {
  CONSUMER_OFFSETS_TOPIC,
  SHARE_STATE_TOPIC,
  TRANSACTION_STATE_TOPIC,
} from '../metadata/topic-names.ts';
import type { LeaderPartition } from '../partitions/leader-partition.ts';
import { PartitionCoordinatorLog } from '../partitions/partition-coordinator-log.ts';
import type { LeadershipListener, PartitionRegistry } from '../partitions/partition-registry.ts';
import { PrunablePartitionLog } from '../partitions/prunable-partition-log.ts';
import { SharePartitionManager } from '../share/share-partition-manager.ts';
import { ShareCoordinator } from '../share/state/share-coordinator.ts';
import {
  TransactionCoordinator,
  type TransactionCoordinatorOptions,
} from '../transaction/transaction-coordinator.ts';

export interface CoordinatorsOptions {
  readonly host: Host;
  readonly config: () => BrokerPropertyValues;
  readonly image: () => ClusterImage;
  readonly loggerOf: (name: `kafka.coordinator.${'group' | 'transaction' | 'share'}`) => Logger;
  readonly partitions: () => PartitionRegistry;
  readonly nextProducerId: TransactionCoordinatorOptions['nextProducerId'];
  readonly markerTarget: TransactionCoordinatorOptions['markerTarget'];
  readonly nodeId: number;
  /** To the coordinators and leaders on other nodes. Default: there are none. */
  readonly channels?: () => NodeChannels;
  /** For markers of transactions: a connection of their own, since a leader may take long to answer. */
  readonly markerChannels?: () => NodeChannels;
}

/** The coordinators of a node: each serves the keys whose partition of its internal topic this node leads. */
export class Coordinators implements LeadershipListener {
  readonly groups: GroupCoordinator;
  readonly transactions: TransactionCoordinator;
  readonly shareStates: ShareCoordinator;
  readonly shares: SharePartitionManager;
  readonly #config: () => BrokerPropertyValues;

  constructor({
    host,
    config,
    image,
    loggerOf,
    partitions,
    nodeId,
    nextProducerId,
    markerTarget,
    channels = () => noOtherNodes,
    markerChannels = () => noOtherNodes,
  }: CoordinatorsOptions) {
    const surroundings = { host, config, image };
    this.#config = config;
    this.groups = new GroupCoordinator({
      ...surroundings,
      logger: loggerOf('kafka.coordinator.group'),
      onEvent: (event) => this.shares.onGroupEvent(event),
    });
    this.shareStates = new ShareCoordinator({ ...surroundings, logger: loggerOf('kafka.coordinator.share') });
    this.shares = new SharePartitionManager({
      ...surroundings,
      logger: loggerOf('kafka.coordinator.share'),
      nodeId,
      partitions,
      coordinator: this.shareStates,
      channels,
    });
    this.transactions = new TransactionCoordinator({
      ...surroundings,
      logger: loggerOf('kafka.coordinator.transaction'),
      nodeId,
      nextProducerId,
      markerTarget,
      channels,
      markerChannels,
    });
  }

  /** Whether each of them can serve, by name. */
  get availability() {
    return {
      groupCoordinator: this.groups.availability,
      transactionCoordinator: this.transactions.availability,
      shareCoordinator: this.shareStates.availability,
    };
  }

  onLeading(partition: LeaderPartition): void {
    const { topic, index } = partition;
    if (topic === CONSUMER_OFFSETS_TOPIC) {
      const log = new PartitionCoordinatorLog(partition, this.#config()['offsets.load.buffer.size']);
      this.groups.onElection(index, log);
    }
    if (topic === TRANSACTION_STATE_TOPIC) {
      const loadBytes = this.#config()['transaction.state.log.load.buffer.size'];
      const log = new PartitionCoordinatorLog(partition, loadBytes);
      this.transactions.onElection(index, () => partition.leaderEpoch, log);
    }
    if (topic === SHARE_STATE_TOPIC) {
      const loadBytes = this.#config()['share.coordinator.load.buffer.size'];
      this.shareStates.onElection(index, new PrunablePartitionLog(partition, loadBytes));
    }
  }

  onRetired(partition: LeaderPartition): void {
    const { topic, index } = partition;
    if (topic === CONSUMER_OFFSETS_TOPIC) this.groups.onResignation(index);
    if (topic === TRANSACTION_STATE_TOPIC) this.transactions.onResignation(index);
    if (topic === SHARE_STATE_TOPIC) this.shareStates.onResignation(index);
    this.shares.onRetired(partition);
  }

  onTopicsDeleted(topics: readonly TopicImage[]): void {
    this.groups.onTopicsDeleted(topics);
    this.shareStates.onTopicsDeleted(topics.map(({ id }) => id));
  }

  /** Sends away what waits. */
  async close(): Promise<void> {
    await this.transactions.close();
    this.shares.close();
    await this.groups.close();
    await this.shareStates.close();
  }
}
