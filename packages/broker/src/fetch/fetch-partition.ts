import type { FetchRequestFetchPartition } from '@millrace/protocol/messages/fetch';

/**
 * What a consumer or a follower wants of one partition. Cached by fetch sessions, so that an incremental request may leave
 * it out.
 */
export interface FetchPartition {
  /** Empty while a topic id could not be resolved. */
  topic: string;
  /** `ZERO_UUID` in requests that go by name. */
  readonly topicId: string;
  readonly index: number;
  fetchOffset: number;
  maxBytes: number;
  /** -1: the client does not say. */
  currentLeaderEpoch: number;
  /** Epoch of the last record the client has; -1: it does not say. */
  lastFetchedEpoch: number;
  /** What the last answer of the session said; -1 when it said nothing, or an error. */
  sentHighWatermark: number;
  sentLogStartOffset: number;
}

export function newFetchPartition(topic: string, topicId: string, index: number): FetchPartition {
  return {
    topic,
    topicId,
    index,
    fetchOffset: 0,
    maxBytes: 0,
    currentLeaderEpoch: -1,
    lastFetchedEpoch: -1,
    sentHighWatermark: -1,
    sentLogStartOffset: -1,
  };
}

/** From here on the partition is read as this request says. */
export function noteRequested(partition: FetchPartition, requested: FetchRequestFetchPartition): void {
  partition.fetchOffset = requested.fetchOffset;
  partition.maxBytes = requested.partitionMaxBytes;
  partition.currentLeaderEpoch = requested.currentLeaderEpoch;
  partition.lastFetchedEpoch = requested.lastFetchedEpoch;
}

/** Sessions by name and by id have different keys for the same partition. */
export function fetchPartitionKey(topic: string, topicId: string, index: number, byId: boolean): string {
  return byId ? `${topicId}:${index}` : `${topic}:${index}`;
}
