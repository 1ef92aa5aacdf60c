import { ErrorCode } from '@millrace/protocol';
import type { RequestContext } from './handler.ts';

/** The addresses that go with leader hints (KIP-951), for the listener the request came in on. */
export function nodeEndpoints({ broker, connection }: RequestContext) {
  const nodes = [];
  for (const node of broker.image.brokers.values()) {
    const endpoint = node.endpoints.get(connection.listenerName);
    if (endpoint !== undefined && !node.isFenced)
      nodes.push({ nodeId: node.id, ...endpoint, rack: node.rack });
  }
  return nodes;
}

/** What APIs of share groups say where there is nothing to say, as Apache Kafka does. */
const NO_HINT = { leaderId: 0, leaderEpoch: 0 };

/** For a partition in an answer about share groups: who leads it, if the error is that this node does not. */
export function shareLeaderHint(
  errorCode: number,
  { topicId, index }: { readonly topicId: string; readonly index: number },
  { broker }: RequestContext,
): { readonly leaderId: number; readonly leaderEpoch: number } {
  const isMisled =
    errorCode === ErrorCode.NOT_LEADER_OR_FOLLOWER || errorCode === ErrorCode.FENCED_LEADER_EPOCH;
  const partition = isMisled ? broker.image.topics.byId.get(topicId)?.partitions[index] : undefined;
  return partition === undefined
    ? NO_HINT
    : { leaderId: partition.leader, leaderEpoch: partition.leaderEpoch };
}

/** The addresses that go with {@link shareLeaderHint}; none where there is no hint. */
export function shareEndpoints(
  partitions: readonly { readonly currentLeader: { readonly leaderEpoch: number } }[],
  context: RequestContext,
) {
  const hasHint = partitions.some(({ currentLeader }) => currentLeader !== NO_HINT);
  return hasHint ? nodeEndpoints(context) : [];
}
