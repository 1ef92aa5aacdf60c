import { ErrorCode } from '@millrace/protocol';
import type {
  FetchRequestFetchPartitionInput,
  FetchRequestFetchTopicInput,
  FetchRequestForgottenTopicInput,
  FetchResponse,
} from '@millrace/protocol/messages/fetch';
import type { FetchingReplica, FollowedPartition } from './followed-partition.ts';
import { progressKey, type PartitionProgress } from './partition-progress.ts';

const MAX_EPOCH = 2147483647;

const sessionErrors: ReadonlySet<number> = new Set([
  ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
  ErrorCode.INVALID_FETCH_SESSION_EPOCH,
  ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR,
]);

/** The part of a request that the session decides. */
export interface SessionRequest {
  readonly sessionId: number;
  readonly sessionEpoch: number;
  readonly topics: readonly FetchRequestFetchTopicInput[];
  readonly forgottenTopicsData: readonly FetchRequestForgottenTopicInput[];
}

/**
 * The follower's half of an incremental fetch session (KIP-227): requests name only what has changed since the one
 * before, so idle partitions are in none of them. Pure.
 */
export class FollowerSession<Replica extends FetchingReplica = FollowedPartition> {
  readonly #progress = new Map<string, PartitionProgress<Replica>>();
  /** To be named in the next request. */
  #changed = new Set<PartitionProgress<Replica>>();
  #forgotten = new Map<
    string,
    { readonly topicId: string; readonly topic: string; readonly index: number }
  >();
  /** Left alone after an error. */
  readonly #resting = new Set<PartitionProgress<Replica>>();
  /** Of the newest session, also when the next request ends it. */
  #sessionId = 0;
  /** 0: the next request begins a session. */
  #sessionEpoch = 0;

  get size(): number {
    return this.#progress.size;
  }

  /** Of all partitions, those that rest included. */
  all(): Iterable<PartitionProgress<Replica>> {
    return this.#progress.values();
  }

  get(topicId: string, index: number): PartitionProgress<Replica> | undefined {
    return this.#progress.get(progressKey({ topicId, index }));
  }

  /** Is there anything to ask for? */
  get isIdle(): boolean {
    return this.#progress.size === this.#resting.size;
  }

  /** When the first partition that rests may be asked for again; Infinity for none. */
  get nextRetryMs(): number {
    let next = Infinity;
    for (const { retryAtMs } of this.#resting) next = Math.min(next, retryAtMs);
    return next;
  }

  add(progress: PartitionProgress<Replica>): void {
    this.#progress.set(progress.key, progress);
    this.#changed.add(progress);
  }

  remove(progress: PartitionProgress<Replica>): void {
    if (this.#progress.get(progress.key) !== progress) return;
    this.#progress.delete(progress.key);
    this.#changed.delete(progress);
    this.#resting.delete(progress);
    this.#forget(progress);
  }

  /** Its offset has changed, or the leader is to look at it again. */
  changed(progress: PartitionProgress<Replica>): void {
    if (this.#progress.get(progress.key) === progress) this.#changed.add(progress);
  }

  /** Not asked for before its `retryAtMs`. */
  rest(progress: PartitionProgress<Replica>): void {
    if (this.#progress.get(progress.key) !== progress) return;
    this.#changed.delete(progress);
    this.#resting.add(progress);
    this.#forget(progress);
  }

  /** The connection was lost, or the leader no longer knows the session: the next request begins a new one. */
  reset(): void {
    this.#sessionEpoch = 0;
    this.#forgotten.clear();
    for (const progress of this.#progress.values()) {
      progress.isInSession = false;
      if (!this.#resting.has(progress)) this.#changed.add(progress);
    }
  }

  /** What the next request names; with it those partitions count as asked for. */
  request(nowMs: number, maxPartitionBytes: number): SessionRequest {
    for (const progress of this.#resting) {
      if (progress.retryAtMs > nowMs) continue;
      this.#resting.delete(progress);
      this.#changed.add(progress);
    }
    const changed = this.#changed;
    this.#changed = new Set();
    const forgotten = this.#forgotten;
    this.#forgotten = new Map();
    // Left and taken up again, maybe in another epoch: to be named is enough.
    for (const { key } of changed) forgotten.delete(key);
    return {
      sessionId: this.#sessionId,
      sessionEpoch: this.#sessionEpoch,
      topics: requestedTopics(changed, maxPartitionBytes),
      forgottenTopicsData: [...forgotten.values()].map(({ topic, topicId, index }) => ({
        topic,
        topicId,
        partitions: [index],
      })),
    };
  }

  /** @returns whether the answer belongs to the session and can be looked into */
  onResponse({ errorCode, sessionId }: FetchResponse): boolean {
    if (errorCode !== ErrorCode.NONE) {
      this.reset();
      return false;
    }
    this.#sessionId = sessionId;
    if (sessionId === 0) this.reset();
    else this.#sessionEpoch = this.#sessionEpoch === MAX_EPOCH ? 1 : this.#sessionEpoch + 1;
    return true;
  }

  #forget(progress: PartitionProgress<Replica>): void {
    const { topic, topicId, index } = progress.partition;
    if (progress.isInSession) this.#forgotten.set(progress.key, { topic, topicId, index });
    progress.isInSession = false;
  }
}

/** Errors after which the same is asked for at once in a new session. */
export function isSessionError(errorCode: number): boolean {
  return sessionErrors.has(errorCode);
}

function requestedTopics(
  changed: ReadonlySet<PartitionProgress<FetchingReplica>>,
  maxPartitionBytes: number,
): FetchRequestFetchTopicInput[] {
  const topics: FetchRequestFetchTopicInput[] = [];
  const byTopic = new Map<string, FetchRequestFetchPartitionInput[]>();
  for (const progress of changed) {
    const { topic, topicId, index, log, leaderEpoch } = progress.partition;
    let partitions = byTopic.get(topicId);
    if (partitions === undefined) {
      byTopic.set(topicId, (partitions = []));
      topics.push({ topic, topicId, partitions });
    }
    progress.isInSession = true;
    progress.sentOffset = log.logEndOffset;
    partitions.push({
      partition: index,
      currentLeaderEpoch: leaderEpoch,
      fetchOffset: log.logEndOffset,
      lastFetchedEpoch: log.latestEpoch,
      logStartOffset: log.logStartOffset,
      partitionMaxBytes: maxPartitionBytes,
    });
  }
  return topics;
}
