import type { Clock, Logger } from '@millrace/host';
import type { LogConfig, LogManager, PartitionLog } from '@millrace/log';
import { KafkaError } from '@millrace/protocol';
import { messageOf } from '../errors.ts';
import type { Traffic } from '../metrics/topic-traffic.ts';
import { LeaderRecoveryState, type ClusterImage, type TopicImage } from '../metadata/cluster-image.ts';
import { emptyImage, type ImageDelta } from '../metadata/image-builder.ts';
import { METADATA_TOPIC } from '../metadata/metadata-topic.ts';
import { UNASSIGNED_DIRECTORY } from '../metadata/reserved-ids.ts';
import { FollowerPartition } from './follower-partition.ts';
import type { HostedReplica, RetirementReason } from './hosted-replica.ts';
import { LeaderPartition, type LeaderSurroundings } from './leader-partition.ts';
import { replicaNodesOf } from './replica-nodes.ts';
import type { ReplicationThrottle } from './replication-throttle.ts';

/** Told when this node begins or stops to lead a partition. */
export interface LeadershipListener {
  onLeading(partition: LeaderPartition): void;
  onRetired(partition: LeaderPartition): void;
}

/** Who brings followers the records of their leaders. */
export interface ReplicaFetching {
  follow(partition: FollowerPartition): void;
  /** Resolves when nothing of it touches the log any more. */
  leave(partition: FollowerPartition): Promise<void>;
}

export interface PartitionRegistryOptions {
  readonly logs: LogManager;
  readonly logger: Logger;
  readonly nodeId: number;
  readonly clock: Clock;
  readonly topicConfig: (image: ClusterImage, topic: string) => LogConfig;
  readonly listener: LeadershipListener;
  /** Counts what goes through the partitions. */
  readonly traffic: Traffic;
  /** `replica.lag.time.max.ms` */
  readonly maxLagMs: () => number;
  /** Of followers that catch up. Default: none. */
  readonly throttle?: ReplicationThrottle;
  /** Default: followers stay as they are. */
  readonly fetching?: ReplicaFetching;
}

const noFetching: ReplicaFetching = { follow: () => undefined, leave: async () => undefined };

/** The replicas of this node, leaders and followers, kept in step with the cluster image. */
export class PartitionRegistry {
  readonly #options: PartitionRegistryOptions;
  readonly #fetching: ReplicaFetching;
  readonly #surroundings: LeaderSurroundings;
  readonly #byTopic = new Map<string, (HostedReplica | undefined)[]>();
  /** Replicas whose log could not be opened, as `topic-index`. */
  readonly #offline = new Set<string>();
  /** Logs on the disk that the metadata log did not know at the start. */
  readonly #strays = new Set<PartitionLog>();
  /** Replicas that were moved to other nodes; their logs go when the image is published. */
  readonly #moved: HostedReplica[] = [];
  #image: ClusterImage = emptyImage;

  constructor(options: PartitionRegistryOptions) {
    this.#options = options;
    this.#fetching = options.fetching ?? noFetching;
    const { nodeId, clock, maxLagMs } = options;
    this.#surroundings = { nodeId, clock, maxLagMs, nodes: replicaNodesOf(() => this.#image) };
  }

  get nodeId(): number {
    return this.#options.nodeId;
  }

  /** `undefined` when this node does not lead it. */
  get(topic: string, index: number): LeaderPartition | undefined {
    const replica = this.replica(topic, index);
    return replica instanceof LeaderPartition ? replica : undefined;
  }

  /** `undefined` when this node has no replica, or its log cannot be opened. */
  replica(topic: string, index: number): HostedReplica | undefined {
    return this.#byTopic.get(topic)?.[index];
  }

  /** This node has a replica, but could not open its log. */
  isOffline(topic: string, index: number): boolean {
    return this.#offline.has(`${topic}-${index}`);
  }

  /** What this node leads. */
  *all(): Iterable<LeaderPartition> {
    for (const replica of this.replicas()) if (replica instanceof LeaderPartition) yield replica;
  }

  /** What this node leads of one topic. */
  *ledOf(topic: string): Iterable<LeaderPartition> {
    for (const replica of this.#byTopic.get(topic) ?? [])
      if (replica instanceof LeaderPartition) yield replica;
  }

  *replicas(): Iterable<HostedReplica> {
    for (const replicas of this.#byTopic.values()) {
      for (const replica of replicas) if (replica !== undefined) yield replica;
    }
  }

  /** Opens the logs of new replicas and takes over new roles. Before the image is published. */
  async prepare(image: ClusterImage, delta: ImageDelta): Promise<void> {
    this.#image = image;
    const changes: Promise<void>[] = [];
    for (const id of delta.changedTopics) {
      const topic = image.topics.byId.get(id);
      if (topic === undefined) continue;
      changes.push(...this.#retireForeign(topic));
      for (const { index, replicas } of topic.partitions) {
        const change = replicas.includes(this.nodeId)
          ? this.#takeRole(image, topic, index)
          : this.#moveAway(topic.name, index);
        if (change !== undefined) changes.push(change);
      }
    }
    await Promise.all(changes);
    this.#updateConfigs(image, delta);
  }

  /** Lets go of deleted topics and of replicas that moved away. After the image was published, so that nobody is sent
   * to a log that is gone. */
  async release(delta: ImageDelta): Promise<void> {
    const deleted: Promise<void>[] = [];
    for (const topic of delta.deletedTopics) {
      for (const { index } of topic.partitions) {
        if (this.replica(topic.name, index)?.topicId !== topic.id) continue;
        const left = this.#retire(topic.name, index, 'UNKNOWN_TOPIC_OR_PARTITION');
        deleted.push(left.then(() => this.#deleteLog(topic.name, index)));
      }
      this.#forgetEmpty(topic.name);
    }
    for (const { topic, index, topicId } of this.#moved.splice(0)) {
      if (this.#options.logs.get(topic, index)?.topicId !== topicId) continue;
      this.#options.logger.info('A replica moved to other nodes; its log is removed', {
        topic,
        partition: index,
      });
      deleted.push(this.#deleteLog(topic, index));
      this.#forgetEmpty(topic);
    }
    await Promise.all(deleted);
  }

  /** Warns of logs that the metadata does not know. They are left alone: nothing is deleted silently. */
  reportStrays(image: ClusterImage): void {
    for (const log of this.#options.logs.logs()) {
      if (log.topic === METADATA_TOPIC) continue;
      const topic = image.topics.byName.get(log.topic);
      if (topic !== undefined && topic.id === log.topicId && log.partition < topic.partitions.length)
        continue;
      this.#strays.add(log);
      this.#options.logger.warn('A partition on disk is unknown to the metadata log; it is left alone', {
        topic: log.topic,
        partition: log.partition,
        topicId: log.topicId,
      });
    }
  }

  retireAll(): void {
    for (const { topic, index } of this.replicas()) void this.#retire(topic, index);
  }

  /** Synchronous where the role stays. */
  #takeRole(image: ClusterImage, topic: TopicImage, index: number): Promise<void> | undefined {
    const { leader, leaderEpoch, ...partition } = topic.partitions[index]!;
    const current = this.replica(topic.name, index);
    if (current instanceof LeaderPartition && leader === this.nodeId) {
      current.onMetadata({ ...partition, leaderEpoch });
      return undefined;
    }
    const isSame =
      current instanceof FollowerPartition &&
      current.leaderId === leader &&
      current.leaderEpoch === leaderEpoch;
    return isSame ? undefined : this.#host(image, topic, index);
  }

  /**
   * The old role ends before the new one begins: 1. A follower writes what it has fetched. 2. It becomes leader, and
   * its epoch begins at the end of its log. So 1 must be over, or 2 begins too early.
   */
  async #host(image: ClusterImage, topic: TopicImage, index: number): Promise<void> {
    try {
      await this.#retire(topic.name, index);
      const log = await this.#openLog(topic, index, image);
      const partition = topic.partitions[index]!;
      const { leader, leaderEpoch, leaderRecoveryState } = partition;
      const traffic = this.#options.traffic.of(topic.name);
      const place = { topic: topic.name, topicId: topic.id, index, log, traffic };
      if (leader === this.nodeId) {
        const leading = new LeaderPartition({ ...place, partition, surroundings: this.#surroundings });
        this.#set(leading);
        this.#options.listener.onLeading(leading);
      } else {
        const isRecovering = leaderRecoveryState === LeaderRecoveryState.RECOVERING;
        const { nodeId, throttle } = this.#options;
        const role = { leaderId: leader, leaderEpoch, isRecovering, nodeId, throttle };
        const following = new FollowerPartition({ ...place, ...role });
        this.#set(following);
        // Fetching from the end of a log that cannot be written would pass for being in sync.
        if (log.isOnline) this.#fetching.follow(following);
      }
    } catch (cause) {
      this.#offline.add(`${topic.name}-${index}`);
      // The topic exists all the same; clients get KAFKA_STORAGE_ERROR for this partition until the next start.
      this.#options.logger.error('The log of a partition cannot be opened; the partition is offline', {
        topic: topic.name,
        partition: index,
        error: messageOf(cause),
      });
    }
  }

  #moveAway(topic: string, index: number): Promise<void> | undefined {
    const replica = this.replica(topic, index);
    if (replica === undefined) return undefined;
    this.#moved.push(replica);
    return this.#retire(topic, index);
  }

  async #openLog(topic: TopicImage, index: number, image: ClusterImage): Promise<PartitionLog> {
    const { logs, logger } = this.#options;
    const config = this.#options.topicConfig(image, topic.name);
    const existing = logs.get(topic.name, index);
    if (existing === undefined) return this.#createLog(topic, index, config);
    // The power went before the id was flushed. The records are those of the topic, unless nobody knew of it.
    if (existing.topicId === '' && !this.#strays.has(existing)) await existing.assignTopicId(topic.id);
    if (existing.topicId === topic.id) {
      existing.updateConfig(config);
      return existing;
    }
    // 1. A topic was deleted, and one of the same name created. 2. The process died before the old log was removed.
    // The metadata log is flushed before it is acted on, so the id in it is the one that counts.
    logger.warn('A partition on disk belongs to a deleted topic of the same name; it is removed', {
      topic: topic.name,
      partition: index,
      topicId: existing.topicId,
    });
    this.#strays.delete(existing);
    await logs.delete(topic.name, index);
    return this.#createLog(topic, index, config);
  }

  /**
   * In the directory that the controller knows of, if it is there. While a directory is offline, a replica that may be in
   * it is not made anew elsewhere: an empty log would pass for all there is.
   */
  async #createLog(topic: TopicImage, index: number, config: LogConfig): Promise<PartitionLog> {
    const { logs, nodeId } = this.#options;
    const { replicas, directories } = topic.partitions[index]!;
    const directoryId = directories[replicas.indexOf(nodeId)] ?? UNASSIGNED_DIRECTORY;
    const isOnline = logs.directories.some(
      ({ meta, failure }) => failure === undefined && meta?.directoryId === directoryId,
    );
    if (!isOnline && logs.hasOfflineDirectory && directoryId !== UNASSIGNED_DIRECTORY) {
      throw new KafkaError('KAFKA_STORAGE_ERROR', 'The replica may be in a log directory that is offline');
    }
    const place = isOnline ? { directoryId } : {};
    return logs.create({ topic: topic.name, partition: index, topicId: topic.id, config }, place);
  }

  #updateConfigs(image: ClusterImage, delta: ImageDelta): void {
    const topics = delta.brokerConfigsChanged ? this.#byTopic.keys() : delta.changedTopicConfigs;
    for (const topic of topics) {
      const replicas = this.#byTopic.get(topic);
      if (replicas === undefined) continue;
      const config = this.#options.topicConfig(image, topic);
      for (const replica of replicas) {
        replica?.log.updateConfig(config);
        if (replica instanceof LeaderPartition) replica.review();
      }
    }
  }

  /** A topic that was deleted and created again between two images has the same name and another id. */
  #retireForeign(topic: TopicImage): Promise<void>[] {
    const foreign = (this.#byTopic.get(topic.name) ?? []).filter(
      (replica) => replica !== undefined && replica.topicId !== topic.id,
    );
    return foreign.map((replica) => this.#retire(topic.name, replica!.index, 'UNKNOWN_TOPIC_OR_PARTITION'));
  }

  /** At once for everybody who waits; resolves when the log is at rest. */
  #retire(topic: string, index: number, reason?: RetirementReason): Promise<void> {
    const replicas = this.#byTopic.get(topic);
    const replica = replicas?.[index];
    if (replicas === undefined || replica === undefined) return Promise.resolve();
    replicas[index] = undefined;
    replica.retire(reason);
    if (replica instanceof LeaderPartition) this.#options.listener.onRetired(replica);
    return replica instanceof FollowerPartition ? this.#fetching.leave(replica) : Promise.resolve();
  }

  #set(replica: HostedReplica): void {
    let replicas = this.#byTopic.get(replica.topic);
    if (replicas === undefined) this.#byTopic.set(replica.topic, (replicas = []));
    replicas[replica.index] = replica;
    this.#offline.delete(`${replica.topic}-${replica.index}`);
  }

  #forgetEmpty(topic: string): void {
    if (!(this.#byTopic.get(topic)?.every((replica) => replica === undefined) ?? false)) return;
    this.#byTopic.delete(topic);
    this.#options.traffic.forget(topic);
  }

  async #deleteLog(topic: string, index: number): Promise<void> {
    try {
      await this.#options.logs.delete(topic, index);
    } catch (cause) {
      this.#options.logger.error('The log of a deleted partition cannot be removed', {
        topic,
        partition: index,
        error: messageOf(cause),
      });
    }
  }
}
