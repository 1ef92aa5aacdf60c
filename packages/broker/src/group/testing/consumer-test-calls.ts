import { PartitionRecord } from '@millrace/protocol/messages/metadata-records';
import { emptyImage } from '../../metadata/image-builder.ts';
import type { TopicImage } from '../../metadata/cluster-image.ts';
import { partitionImage } from '../../metadata/partition-image.ts';
import { TopicTable } from '../../metadata/topic-table.ts';
import type { ConsumerHeartbeatCall, GroupReplies } from '../group-calls.ts';
import type { GroupClusterImage } from '../group-shard.ts';
import type { GroupDriver } from './group-driver.ts';

/** A cluster of topics with these numbers of partitions; the id of a topic is made of its name. */
export function imageOf(partitionCounts: Readonly<Record<string, number>>): GroupClusterImage {
  const topics = Object.entries(partitionCounts).map(([name, count]): TopicImage => ({
    name,
    id: topicIdOf(name),
    partitions: Array.from({ length: count }, (_, partitionId) =>
      partitionImage(
        PartitionRecord.create({
          partitionId,
          replicas: [1],
          isr: [1],
          leader: 1,
          leaderEpoch: 0,
          partitionEpoch: 0,
        }),
      ),
    ),
  }));
  const table = new TopicTable();
  for (const topic of topics) table.put(topic);
  return { ...emptyImage, topics: table };
}

export function topicIdOf(name: string): string {
  return Buffer.alloc(16, name).toString('base64url');
}

type Request = ConsumerHeartbeatCall['request'];

/** ConsumerGroupHeartbeat that says nothing but what is given. */
export function consumerCall(
  request: Partial<Request> & { readonly memberId: string },
  version = 1,
): ConsumerHeartbeatCall {
  return {
    api: 'consumerHeartbeat',
    version,
    clientId: 'client',
    clientHost: '/127.0.0.1',
    newMemberId: 'made',
    mayDescribe: () => true,
    request: {
      groupId: 'g',
      memberEpoch: 0,
      instanceId: null,
      rackId: null,
      rebalanceTimeoutMs: -1,
      subscribedTopicNames: null,
      subscribedTopicRegex: null,
      serverAssignor: null,
      topicPartitions: null,
      ...request,
    },
  };
}

/** What a client sends that joins for topic `t`. */
export function joiningCall(
  memberId: string,
  request: Partial<Request> = {},
  version?: number,
): ConsumerHeartbeatCall {
  const full = { rebalanceTimeoutMs: 60_000, subscribedTopicNames: ['t'], topicPartitions: [] };
  return consumerCall({ ...full, ...request, memberId }, version);
}

/** A consumer that does as it is told: it gives up and takes over partitions as soon as it hears of it. */
export class TestConsumer {
  readonly memberId: string;
  readonly instanceId: string | null;
  memberEpoch = 0;
  /** `topic id:partition` of all it holds. */
  held: ReadonlySet<string> = new Set();
  #isDue = true;

  constructor(memberId: string, instanceId: string | null = null) {
    this.memberId = memberId;
    this.instanceId = instanceId;
  }

  /** The call that it would make now. */
  nextCall(subscription: Partial<Request> = { subscribedTopicNames: ['t'] }): ConsumerHeartbeatCall {
    const { memberId, memberEpoch, instanceId } = this;
    if (memberEpoch <= 0) {
      const isNew = { memberEpoch: 0, rebalanceTimeoutMs: 60_000, topicPartitions: [] };
      return consumerCall({ ...isNew, ...subscription, memberId, instanceId });
    }
    const owned = this.#isDue ? this.#owned() : null;
    return consumerCall({ memberId, memberEpoch, instanceId, topicPartitions: owned });
  }

  /** Takes over what an answer says. */
  hear({ errorCode, memberEpoch, assignment }: GroupReplies['consumerHeartbeat']): void {
    if (errorCode !== 0) {
      this.memberEpoch = 0;
      this.held = new Set();
      return;
    }
    this.memberEpoch = memberEpoch;
    this.#isDue = assignment !== null;
    if (assignment === null) return;
    this.held = new Set(
      assignment.topicPartitions.flatMap(({ topicId, partitions }) =>
        partitions.map((partition) => `${topicId}:${partition}`),
      ),
    );
  }

  /** One heartbeat, answered at once. @returns its error code */
  beat(driver: GroupDriver, subscription?: Partial<Request>): number {
    const reply = driver.call(this.nextCall(subscription));
    this.hear(reply);
    return reply.errorCode;
  }

  /** Partition numbers it holds of a topic, ascending. */
  partitions(topic = 't'): number[] {
    const prefix = `${topicIdOf(topic)}:`;
    const held = [...this.held].filter((key) => key.startsWith(prefix));
    return held.map((key) => Number(key.slice(prefix.length))).toSorted((a, b) => a - b);
  }

  #owned(): { topicId: string; partitions: number[] }[] {
    const byTopic = Map.groupBy(this.held, (key) => key.slice(0, key.lastIndexOf(':')));
    return [...byTopic].map(([topicId, keys]) => ({
      topicId,
      partitions: keys.map((key) => Number(key.slice(topicId.length + 1))),
    }));
  }
}
