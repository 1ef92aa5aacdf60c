import type { Host, Logger } from '@millrace/host';
import { ErrorCode, KafkaError } from '@millrace/protocol';
import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import { groupConfigOf, type GroupConfigValues } from '../config/group-config.ts';
import { parseOffsetReset } from '../config/offset-reset.ts';
import type { NodeChannels } from '../coordinator/node-channels.ts';
import type { GroupEvent } from '../group/group-shard.ts';
import { ConfigResourceType, type ClusterImage } from '../metadata/cluster-image.ts';
import type { LeaderPartition } from '../partitions/leader-partition.ts';
import type { PartitionRegistry } from '../partitions/partition-registry.ts';
import { requireLeader } from '../partitions/require-leader.ts';
import { GroupInitializations } from './group-initializations.ts';
import { LedSharePartition } from './led-share-partition.ts';
import { SharePartition, type ShareLimits } from './partition/share-partition.ts';
import type { ShareSession } from './session/share-session.ts';
import { ShareSessionCache } from './session/share-session-cache.ts';
import { shareStateError } from './share-write-error.ts';
import type { ShareCoordinator } from './state/share-coordinator.ts';
import { coordinatorKey, type SharePartitionKey } from './state/share-partition-key.ts';
import { UNCHANGED } from './state/share-state.ts';
import { ShareStates } from './state/share-states.ts';
import { LatestOffsets } from './latest-offsets.ts';

export interface SharePartitionManagerOptions {
  readonly host: Host;
  readonly nodeId: number;
  readonly logger: Logger;
  readonly config: () => BrokerPropertyValues;
  readonly image: () => ClusterImage;
  readonly partitions: () => PartitionRegistry;
  /** Of this node. */
  readonly coordinator: ShareCoordinator;
  /** To coordinators and leaders on other nodes. */
  readonly channels: () => NodeChannels;
}

/** The share partitions that this node leads, and the members that fetch from them. */
export class SharePartitionManager {
  readonly sessions = new ShareSessionCache();
  readonly initializations = new GroupInitializations();
  /** What is kept of share partitions, by whichever node. */
  readonly states: ShareStates;
  readonly latestOffsets: LatestOffsets;
  readonly #options: SharePartitionManagerOptions;
  readonly #led = new Map<string, LedSharePartition>();
  readonly #loading = new Map<string, Promise<LedSharePartition>>();
  readonly #watchedConnections = new Set<number>();

  constructor(options: SharePartitionManagerOptions) {
    this.#options = options;
    this.states = new ShareStates(options);
    this.latestOffsets = new LatestOffsets(options);
  }

  /** The settings of a group, its own over those of the broker. */
  configOf(groupId: string): GroupConfigValues {
    const overrides = this.#options.image().configs.of(ConfigResourceType.GROUP, groupId);
    return groupConfigOf(overrides, this.#options.config());
  }

  /** A share partition that somebody has fetched from; `undefined` when nobody has. */
  find(key: SharePartitionKey): LedSharePartition | undefined {
    return this.#led.get(coordinatorKey(key));
  }

  /**
   * A share partition, read from the share coordinator unless it is known.
   * @throws KafkaError
   */
  async open(key: SharePartitionKey): Promise<LedSharePartition> {
    const id = coordinatorKey(key);
    const known = this.#led.get(id);
    if (known !== undefined) return known;
    const underWay = this.#loading.get(id);
    if (underWay !== undefined) return underWay;
    const loading = this.#load(key).finally(() => this.#loading.delete(id));
    this.#loading.set(id, loading);
    return loading;
  }

  /** A connection that ends gives back what its members hold. */
  watch(connection: { readonly id: number; readonly closed: AbortSignal }): void {
    if (this.#watchedConnections.has(connection.id)) return;
    this.#watchedConnections.add(connection.id);
    const onClosed = () => {
      this.#watchedConnections.delete(connection.id);
      for (const session of this.sessions.removeOf(connection.id)) void this.release(session);
    };
    connection.closed.addEventListener('abort', onClosed, { once: true });
  }

  /**
   * Gives back what the member of a session holds. With the last of a group on this node goes what is known of its share
   * partitions: their offsets may be set elsewhere before a member comes again. Supervised: never rejects.
   */
  async release({ groupId, memberId, partitions }: ShareSession): Promise<void> {
    const releases = partitions.map(async ({ topicId, index }) => {
      try {
        await this.find({ groupId, topicId, partition: index })?.release(memberId);
      } catch (cause) {
        // The locks of the records will do it.
        this.#options.logger.warn('Records of a share group could not be released', {
          groupId,
          memberId,
          cause,
        });
      }
    });
    await Promise.all(releases);
    if (!this.sessions.hasGroup(groupId)) this.forget(groupId);
  }

  /** The group coordinator has seen a member go. */
  onGroupEvent({ groupId, memberId, isEmpty }: GroupEvent): void {
    void this.#dismiss(groupId, memberId, isEmpty);
  }

  /** This node no longer leads a partition, or its topic is gone. */
  onRetired({ topicId, index }: Pick<LeaderPartition, 'topicId' | 'index'>): void {
    this.#drop(({ key }) => key.topicId === topicId && key.partition === index);
  }

  /** What is known of these share partitions is of the past. */
  forget(groupId: string): void {
    this.#drop(({ key }) => key.groupId === groupId);
  }

  close(): void {
    this.states.close();
    this.#drop(() => true);
  }

  async #dismiss(groupId: string, memberId: string, isEmpty: boolean): Promise<void> {
    const session = this.sessions.remove(groupId, memberId);
    if (session !== undefined) await this.release(session);
    if (isEmpty) this.forget(groupId);
  }

  #drop(isGone: (led: LedSharePartition) => boolean): void {
    for (const [id, led] of this.#led) {
      if (!isGone(led)) continue;
      this.#led.delete(id);
      led.retire();
    }
  }

  async #load(key: SharePartitionKey): Promise<LedSharePartition> {
    const { host, logger } = this.#options;
    const leader = this.#leaderOf(key);
    const state = await this.states.call({ api: 'read', key, leaderEpoch: leader.leaderEpoch });
    if (state.errorCode !== ErrorCode.NONE) throw shareStateError(state.errorCode, state.errorMessage);
    const { stateEpoch, batches } = state;
    const startOffset =
      state.startOffset === UNCHANGED ? await this.#begin(key, stateEpoch, leader) : state.startOffset;
    if (leader.isRetired) throw new KafkaError('NOT_LEADER_OR_FOLLOWER', '');
    const led = new LedSharePartition({
      host,
      logger,
      key,
      leader,
      partition: new SharePartition({ stateEpoch, startOffset, batches }),
      states: this.states,
      limits: () => this.#limitsOf(key.groupId),
      onFenced: () => this.#drop((one) => one === led),
    });
    this.#led.set(coordinatorKey(key), led);
    return led;
  }

  #limitsOf(groupId: string): ShareLimits {
    const config = this.configOf(groupId);
    return {
      maxDeliveryCount: config['share.delivery.count.limit'],
      maxInFlightRecords: config['share.partition.max.record.locks'],
      lockDurationMs: config['share.record.lock.duration.ms'],
      mayRenew: config['share.renew.acknowledge.enable'],
    };
  }

  /** @throws KafkaError UNKNOWN_TOPIC_ID, UNKNOWN_TOPIC_OR_PARTITION, KAFKA_STORAGE_ERROR */
  #leaderOf({ topicId, partition }: SharePartitionKey): LeaderPartition {
    const image = this.#options.image();
    const topic = image.topics.byId.get(topicId);
    if (topic === undefined) throw new KafkaError('UNKNOWN_TOPIC_ID', '');
    return requireLeader({ image, partitions: this.#options.partitions() }, topic.name, partition);
  }

  /**
   * Decides where a group begins that has not read the partition yet, and writes it down: a broker that comes after this
   * one must not decide otherwise.
   */
  async #begin(key: SharePartitionKey, stateEpoch: number, leader: LeaderPartition): Promise<number> {
    const startOffset = await this.#initialOffset(key.groupId, leader);
    const { leaderEpoch } = leader;
    const write = { key, stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount: 0, batches: [] };
    const { errorCode, errorMessage } = await this.states.call({ api: 'write', ...write });
    if (errorCode !== ErrorCode.NONE) throw shareStateError(errorCode, errorMessage);
    return startOffset;
  }

  async #initialOffset(groupId: string, { log }: LeaderPartition): Promise<number> {
    const reset = parseOffsetReset(this.configOf(groupId)['share.auto.offset.reset']);
    if (reset.type === 'earliest') return log.logStartOffset;
    if (reset.type === 'latest') return log.highWatermark;
    const sinceMs = this.#options.host.clock.nowMs() - reset.durationMs;
    const found = await log.offsetForTimestamp(sinceMs, 'highWatermark');
    return found?.offset ?? log.highWatermark;
  }
}
