import type { SocketAddress } from '@millrace/host';
import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import type { MetadataResponse } from '@millrace/protocol/messages/metadata';

export interface BrokerMetadata extends SocketAddress {
  readonly id: number;
  readonly rack: string | null;
}

/** A partition as brokers tell clients of it. Brokers by their ids. */
export interface PartitionMetadata {
  readonly topic: string;
  readonly partition: number;
  /** -1 while there is none. */
  readonly leaderId: number;
  /** -1 where the broker does not tell. */
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
  readonly offlineReplicas: readonly number[];
  readonly errorCode: number;
}

export interface TopicMetadata {
  readonly name: string;
  /** `ZERO_UUID` from brokers that have no topic ids. */
  readonly topicId: string;
  readonly isInternal: boolean;
  readonly errorCode: number;
  /** Indexed by partition number. */
  readonly partitions: readonly PartitionMetadata[];
}

/** A newer leader that came inside an error answer (KIP-951). */
export interface LeaderHint {
  readonly topic: string;
  readonly partition: number;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  /** Where the leader listens, when the answer says so. */
  readonly endpoints: readonly {
    readonly nodeId: number;
    readonly host: string;
    readonly port: number;
    readonly rack: string | null;
  }[];
}

/** What the client knows of the cluster. Pure state: fed with answers, asked for leaders. */
export class MetadataCache {
  clusterId: string | null = null;
  controllerId = -1;
  /** Raised by every change, so that users of the cache see cheaply whether they must look again. */
  generation = 0;
  #brokers = new Map<number, BrokerMetadata>();
  #topics = new Map<string, TopicMetadata>();
  #topicNames = new Map<string, string>();

  get brokers(): readonly BrokerMetadata[] {
    return [...this.#brokers.values()];
  }

  get topics(): readonly TopicMetadata[] {
    return [...this.#topics.values()];
  }

  broker(id: number): BrokerMetadata | undefined {
    return this.#brokers.get(id);
  }

  /** `undefined` until a metadata answer has named it; then with the error the broker gave, if any. */
  topic(name: string): TopicMetadata | undefined {
    return this.#topics.get(name);
  }

  topicNameOf(topicId: string): string | undefined {
    return this.#topicNames.get(topicId);
  }

  partition(topic: string, partition: number): PartitionMetadata | undefined {
    return this.#topics.get(topic)?.partitions[partition];
  }

  /** Takes in an answer. `isComplete`: it lists all topics, so the others are gone. */
  apply(response: MetadataResponse, options: { readonly isComplete: boolean }): void {
    this.generation++;
    this.clusterId = response.clusterId;
    this.controllerId = response.controllerId;
    this.#brokers = new Map(
      response.brokers.map(({ nodeId, host, port, rack }) => [nodeId, { id: nodeId, host, port, rack }]),
    );
    const before = this.#topics;
    if (options.isComplete) this.#topics = new Map();
    for (const topic of response.topics) {
      if (topic.name === null) continue;
      const known = before.get(topic.name);
      this.#topics.set(topic.name, topicMetadata(topic, topic.name, known));
    }
    this.#indexTopicIds();
  }

  /** @returns whether the hint was news: the operation may then be retried at once. */
  applyLeaderHint(hint: LeaderHint): boolean {
    const topic = this.#topics.get(hint.topic);
    const current = topic?.partitions[hint.partition];
    if (topic === undefined || current === undefined || hint.leaderId < 0) return false;
    if (hint.leaderEpoch <= current.leaderEpoch) return false;
    const endpoint = hint.endpoints.find(({ nodeId }) => nodeId === hint.leaderId);
    if (endpoint === undefined && !this.#brokers.has(hint.leaderId)) return false;
    if (endpoint !== undefined) this.addBroker({ ...endpoint, id: endpoint.nodeId });
    const partitions = topic.partitions.map((partition) =>
      partition === current
        ? { ...partition, leaderId: hint.leaderId, leaderEpoch: hint.leaderEpoch, errorCode: ErrorCode.NONE }
        : partition,
    );
    this.#topics.set(hint.topic, { ...topic, partitions });
    this.generation++;
    return true;
  }

  /** A broker learned from another answer than Metadata: a coordinator or a leader hint. */
  addBroker({ id, host, port, rack }: BrokerMetadata): void {
    this.#brokers.set(id, { id, host, port, rack: rack ?? this.#brokers.get(id)?.rack ?? null });
    this.generation++;
  }

  forgetTopic(name: string): void {
    this.#topics.delete(name);
    this.#indexTopicIds();
    this.generation++;
  }

  /** Back to knowing nothing but topics' last states, as after a move of the whole cluster (KIP-1102). */
  forgetBrokers(): void {
    this.#brokers.clear();
    this.clusterId = null;
    this.controllerId = -1;
    this.generation++;
  }

  #indexTopicIds(): void {
    this.#topicNames = new Map();
    for (const { topicId, name } of this.#topics.values()) {
      if (topicId !== ZERO_UUID) this.#topicNames.set(topicId, name);
    }
  }
}

type TopicAnswer = MetadataResponse['topics'][number];
type PartitionAnswer = TopicAnswer['partitions'][number];

function topicMetadata(answer: TopicAnswer, name: string, known: TopicMetadata | undefined): TopicMetadata {
  // Epochs of a re-created topic start again: they compare only within one topic id.
  const isSameTopic = known !== undefined && known.topicId === answer.topicId;
  const partitions: PartitionMetadata[] = [];
  for (const partition of answer.partitions) {
    // Partitions are numbered without gaps; anything else is a broker's mistake that must not become a huge array.
    if (partition.partitionIndex < 0 || partition.partitionIndex >= answer.partitions.length) continue;
    const before = isSameTopic ? known.partitions[partition.partitionIndex] : undefined;
    partitions[partition.partitionIndex] = newerPartition(partitionMetadata(name, partition), before);
  }
  return {
    name,
    topicId: answer.topicId,
    isInternal: answer.isInternal,
    errorCode: answer.errorCode,
    // LEADER_NOT_AVAILABLE and the like say nothing about leaders: what was known may still be right.
    partitions: partitions.length > 0 || isGone(answer.errorCode) ? partitions : (known?.partitions ?? []),
  };
}

function isGone(errorCode: number): boolean {
  return errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION || errorCode === ErrorCode.UNKNOWN_TOPIC_ID;
}

function partitionMetadata(topic: string, answer: PartitionAnswer): PartitionMetadata {
  return {
    topic,
    partition: answer.partitionIndex,
    leaderId: answer.leaderId,
    leaderEpoch: answer.leaderEpoch,
    replicas: answer.replicaNodes,
    inSyncReplicas: answer.isrNodes,
    offlineReplicas: answer.offlineReplicas,
    errorCode: answer.errorCode,
  };
}

/** A broker that lags behind may still name the previous leader; an epoch never goes back. */
function newerPartition(fresh: PartitionMetadata, before: PartitionMetadata | undefined): PartitionMetadata {
  if (before === undefined || fresh.leaderEpoch < 0) return fresh;
  return fresh.leaderEpoch >= before.leaderEpoch ? fresh : before;
}
