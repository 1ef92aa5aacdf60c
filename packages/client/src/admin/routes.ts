import { ErrorCode, KafkaError } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import type { CoordinatorType } from '../cluster/coordinator-cache.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { partitionKey, type TopicPartition } from '../consumer/topic-partition.ts';
import type { Route } from './run-items.ts';

/** All items in one request to the controller, which is the first that knows of a change. */
export function toController<Item>(items: readonly Item[]): readonly Route<Item>[] {
  return [{ to: 'controller', items }];
}

/** One request per leader. Metadata is fetched first where it is missing, and anew after a failed round. */
export async function toLeaders<Item extends TopicPartition>(
  cluster: Cluster,
  items: readonly Item[],
  round: number,
): Promise<readonly Route<Item>[]> {
  for (const { topic } of items) cluster.refresher.track(topic);
  const isMissing = items.some(({ topic, partition }) => cluster.leaderOf(topic, partition) === undefined);
  if (isMissing || round > 1) await cluster.refresher.refresh();
  const byLeader = new Map<number, Item[]>();
  for (const item of items) {
    const leaderId = cluster.leaderOf(item.topic, item.partition)?.nodeId ?? NO_LEADER;
    const list = byLeader.get(leaderId);
    if (list === undefined) byLeader.set(leaderId, [item]);
    else list.push(item);
  }
  return [...byLeader].map(([nodeId, list]) => ({ to: { nodeId }, items: list }));
}

/** Node id of the route of partitions without a known leader; `leaderlessOutcomes` answers it without a request. */
export const NO_LEADER = -1;

/** Why the items have no leader, by `partitionKey`. */
export function leaderlessOutcomes(cluster: Cluster, items: readonly TopicPartition[]): Map<string, Error> {
  return new Map(
    items.map(({ topic, partition }) => {
      const known = cluster.metadata.topic(topic);
      const hasTopic = known !== undefined && known.errorCode === ErrorCode.NONE;
      const isInTopic = hasTopic && partition < known.partitions.length;
      const topicError =
        hasTopic || known === undefined ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : known.errorCode;
      const errorCode = isInTopic ? ErrorCode.LEADER_NOT_AVAILABLE : topicError;
      return [
        partitionKey(topic, partition),
        kafkaFailure(errorCode, `Lookup of the leader of ${topic}-${partition}`),
      ];
    }),
  );
}

/** One request per group or transactional id, each to its coordinator. */
export function toCoordinators<Item>(
  type: CoordinatorType,
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Route<Item>[] {
  return items.map((item) => ({ to: { coordinatorOf: { type, key: keyOf(item) } }, items: [item] }));
}

/** A coordinator that says it is none is looked up again before the next try. */
export function forgetMovedCoordinator(
  cluster: Cluster,
  type: CoordinatorType,
  key: string,
  error: Error,
): void {
  const isMoved =
    error instanceof KafkaError &&
    (error.errorCode === ErrorCode.NOT_COORDINATOR ||
      error.errorCode === ErrorCode.COORDINATOR_NOT_AVAILABLE);
  if (isMoved) cluster.coordinators.forget(type, key);
}
