import type { FetchRequest } from '@millrace/protocol/messages/fetch';
import type { FetchSessionRequest, FetchTarget } from './fetch-session.ts';

/** From this version on topics are named by id alone. */
export const FIRST_VERSION_WITH_TOPIC_IDS = 13;

export interface FetchLimits {
  /** `fetch.max.wait.ms`. */
  readonly maxWaitMs: number;
  /** `fetch.min.bytes`. */
  readonly minBytes: number;
  /** For the whole answer. */
  readonly maxBytes: number;
  readonly isolationLevel: 'read_uncommitted' | 'read_committed';
  /** `client.rack`. */
  readonly rackId: string;
}

type FetchInput = Parameters<typeof FetchRequest.write>[1];

export function fetchMessage(session: FetchSessionRequest, limits: FetchLimits): FetchInput {
  return {
    maxWaitMs: limits.maxWaitMs,
    minBytes: limits.minBytes,
    maxBytes: limits.maxBytes,
    isolationLevel: limits.isolationLevel === 'read_committed' ? 1 : 0,
    sessionId: session.sessionId,
    sessionEpoch: session.sessionEpoch,
    topics: byTopic(session.targets, (target) => ({
      partition: target.partition,
      currentLeaderEpoch: target.currentLeaderEpoch,
      fetchOffset: target.fetchOffset,
      partitionMaxBytes: target.maxBytes,
    })),
    forgottenTopicsData: byTopic(session.forgotten, (target) => target.partition),
    rackId: limits.rackId,
  };
}

function byTopic<T>(
  targets: readonly FetchTarget[],
  partitionOf: (target: FetchTarget) => T,
): { topic: string; topicId: string; partitions: T[] }[] {
  const topics = new Map<string, { topic: string; topicId: string; partitions: T[] }>();
  for (const target of targets) {
    // A topic that was deleted and created again may be there twice, under two ids.
    const key = `${target.topicId} ${target.topic}`;
    let topic = topics.get(key);
    if (topic === undefined) {
      topic = { topic: target.topic, topicId: target.topicId, partitions: [] };
      topics.set(key, topic);
    }
    topic.partitions.push(partitionOf(target));
  }
  return [...topics.values()];
}
