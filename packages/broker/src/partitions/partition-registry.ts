import type { Logger } from '@millrace/host';
import type { LogConfig, LogManager, PartitionLog } from '@millrace/log';
import { messageOf } from '../errors.ts';
import type { Traffic } from '../metrics/topic-traffic.ts';
import type { ClusterImage, TopicImage } from '../metadata/cluster-image.ts';
import type { ImageDelta } from '../metadata/image-builder.ts';
import { METADATA_TOPIC } from '../metadata/metadata-topic.ts';
import { LeaderPartition } from './leader-partition.ts';

/** Told when this node begins or stops to lead a partition. */
export interface LeadershipListener {
  onLeading(partition: LeaderPartition): void;
  onRetired(partition: LeaderPartition): void;
}

export interface PartitionRegistryOptions {
  readonly logs: LogManager;
  readonly logger: Logger;
  readonly nodeId: number;
  readonly topicConfig: (image: ClusterImage, topic: string) => LogConfig;
  readonly listener: LeadershipListener;
  /** Counts what goes through the partitions. */
  readonly traffic: Traffic;
}

/** The partitions this node leads, kept in step with the cluster image. */
export class PartitionRegistry {
  readonly #options: PartitionRegistryOptions;
  readonly #byTopic = new Map<string, (LeaderPartition | undefined)[]>();
  /** Logs on the disk that the metadata log did not know at the start. */
  readonly #strays = new Set<PartitionLog>();

  constructor(options: PartitionRegistryOptions) {
    this.#options = options;
  }

  /** `undefined` when this node does not lead it. */
  get(topic: string, index: number): LeaderPartition | undefined {
    return this.#byTopic.get(topic)?.[index];
  }

  *all(): Iterable<LeaderPartition> {
    for (const partitions of this.#byTopic.values()) {
      for (const partition of partitions) if (partition !== undefined) yield partition;
    }
  }

  /** Opens the logs of new partitions and takes over new leader epochs. Before the image is published. */
  async prepare(image: ClusterImage, delta: ImageDelta): Promise<void> {
    const created: Promise<void>[] = [];
    for (const id of delta.changedTopics) {
      const topic = image.topics.byId.get(id);
      if (topic === undefined) continue;
      this.#retireForeign(topic);
      for (const { index, leader, leaderEpoch } of topic.partitions) {
        if (leader !== this.#options.nodeId) this.#retire(topic.name, index);
        else if (this.get(topic.name, index) === undefined) created.push(this.#lead(image, topic, index));
        else this.get(topic.name, index)!.setLeaderEpoch(leaderEpoch);
      }
    }
    await Promise.all(created);
    this.#updateConfigs(image, delta);
  }

  /** Lets go of deleted topics. After the image was published, so that nobody is sent to a log that is gone. */
  async release(delta: ImageDelta): Promise<void> {
    const deleted: Promise<void>[] = [];
    for (const topic of delta.deletedTopics) {
      for (const { index } of topic.partitions) {
        if (this.get(topic.name, index)?.topicId !== topic.id) continue;
        this.#retire(topic.name, index);
        deleted.push(this.#deleteLog(topic.name, index));
      }
      if (this.#byTopic.get(topic.name)?.every((partition) => partition === undefined) ?? false) {
        this.#byTopic.delete(topic.name);
        this.#options.traffic.forget(topic.name);
      }
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
    for (const { topic, index } of this.all()) this.#retire(topic, index);
  }

  async #lead(image: ClusterImage, topic: TopicImage, index: number): Promise<void> {
    try {
      const config = this.#options.topicConfig(image, topic.name);
      const log = await this.#openLog(topic, index, config);
      const leaderEpoch = topic.partitions[index]!.leaderEpoch;
      const partition = new LeaderPartition({
        topic: topic.name,
        topicId: topic.id,
        index,
        log,
        leaderEpoch,
        traffic: this.#options.traffic.of(topic.name),
      });
      let partitions = this.#byTopic.get(topic.name);
      if (partitions === undefined) this.#byTopic.set(topic.name, (partitions = []));
      partitions[index] = partition;
      this.#options.listener.onLeading(partition);
    } catch (cause) {
      // The topic exists all the same; clients get KAFKA_STORAGE_ERROR for this partition until the next start.
      this.#options.logger.error('The log of a partition cannot be opened; the partition is offline', {
        topic: topic.name,
        partition: index,
        error: messageOf(cause),
      });
    }
  }

  async #openLog(topic: TopicImage, index: number, config: LogConfig): Promise<PartitionLog> {
    const { logs, logger } = this.#options;
    const existing = logs.get(topic.name, index);
    if (existing === undefined) {
      return logs.create({ topic: topic.name, partition: index, topicId: topic.id, config });
    }
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
    return logs.create({ topic: topic.name, partition: index, topicId: topic.id, config });
  }

  #updateConfigs(image: ClusterImage, delta: ImageDelta): void {
    const topics = delta.brokerConfigsChanged ? this.#byTopic.keys() : delta.changedTopicConfigs;
    for (const topic of topics) {
      const partitions = this.#byTopic.get(topic);
      if (partitions === undefined) continue;
      const config = this.#options.topicConfig(image, topic);
      for (const partition of partitions) partition?.log.updateConfig(config);
    }
  }

  /** A topic that was deleted and created again between two images has the same name and another id. */
  #retireForeign(topic: TopicImage): void {
    for (const partition of this.#byTopic.get(topic.name) ?? []) {
      if (partition !== undefined && partition.topicId !== topic.id)
        this.#retire(topic.name, partition.index);
    }
  }

  #retire(topic: string, index: number): void {
    const partitions = this.#byTopic.get(topic);
    const partition = partitions?.[index];
    if (partitions === undefined || partition === undefined) return;
    partitions[index] = undefined;
    partition.retire();
    this.#options.listener.onRetired(partition);
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
