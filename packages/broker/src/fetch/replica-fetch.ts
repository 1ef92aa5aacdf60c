import { ErrorCode, KafkaError, ZERO_UUID } from '@millrace/protocol';
import type {
  FetchRequest,
  FetchResponseFetchableTopicResponseInput,
  FetchResponseInput,
} from '@millrace/protocol/messages/fetch';
import type { RequestContext } from '../apis/handler.ts';
import { nodeEndpoints } from '../apis/leader-hint.ts';
import type { LeaderPartition } from '../partitions/leader-partition.ts';
import { isThrottledReplica, type ReplicationThrottle } from '../partitions/replication-throttle.ts';
import { requireLeader } from '../partitions/require-leader.ts';
import { fetchPartitionKey, newFetchPartition, noteRequested } from './fetch-partition.ts';
import { FINAL_EPOCH, INITIAL_EPOCH } from './fetch-session-cache.ts';
import { failed, noteAnswered, readPartition, type PartitionRead } from './read-partition.ts';
import { ReplicaSession, type ReplicaSessionEntry } from './replica-session.ts';

const FIRST_BY_ID = 13;

/** The node that a Fetch comes from; `undefined` for consumers. */
export function fetchingReplica({ replicaId, replicaState }: FetchRequest) {
  if (replicaState.replicaId >= 0)
    return { replicaId: replicaState.replicaId, brokerEpoch: replicaState.replicaEpoch };
  return replicaId >= 0 ? { replicaId, brokerEpoch: -1 } : undefined;
}

/**
 * One fetch of a replica: up to the end of the log, and each offset it asks for tells what the replica has. The first
 * read counts for that, not the ones after a wait: by then the request is old.
 */
export class ReplicaFetch {
  readonly #request: FetchRequest;
  readonly #context: RequestContext;
  readonly #session: ReplicaSession;
  /** Of the answer; 0 without a session. */
  readonly #sessionId: number;
  readonly #isIncremental: boolean;
  readonly #brokerEpoch: number;
  readonly #reads = new Map<ReplicaSessionEntry, PartitionRead>();
  /** Withheld from this answer, and asked for again with the next. */
  readonly #throttled: ReplicaSessionEntry[] = [];
  #sizeBytes = 0;
  #isUrgent = false;

  constructor(request: FetchRequest, context: RequestContext) {
    const { replicaId, brokerEpoch } = fetchingReplica(request)!;
    const { sessionId, sessionEpoch } = request;
    const { host, replication } = context.broker;
    const { sessions } = replication;
    const nowMs = host.clock.monotonicMs();
    this.#request = request;
    this.#context = context;
    this.#brokerEpoch = brokerEpoch;
    this.#isIncremental = sessionEpoch !== INITIAL_EPOCH && sessionEpoch !== FINAL_EPOCH;
    if (this.#isIncremental) {
      this.#session = sessions.find(sessionId, sessionEpoch, replicaId);
      this.#session.advanceEpoch(nowMs);
      this.#sessionId = sessionId;
    } else {
      if (sessionId !== 0) sessions.remove(sessionId);
      const isKept = sessionEpoch === INITIAL_EPOCH && request.topics.length > 0;
      this.#session = isKept
        ? sessions.create(replicaId, brokerEpoch, nowMs)
        : new ReplicaSession(0, replicaId, brokerEpoch, nowMs);
      this.#sessionId = this.#session.id;
      // Out of turn, since it does not want to wait for the answer to what it asked before.
      if (!isKept) sessions.wake(replicaId);
    }
  }

  /** Waits at most as long as the request allows for as much as it wants; a new session begins at once. */
  async answer(): Promise<FetchResponseInput> {
    const { host } = this.#context.broker;
    const nowMs = host.clock.monotonicMs();
    this.#addRequested();
    await this.#read(nowMs);
    this.#session.fetchTime.lastFetchMs = nowMs;
    if (this.#request.sessionEpoch !== INITIAL_EPOCH) await this.#readUntil(nowMs + this.#request.maxWaitMs);
    // What is known to have moved goes with the answer, though nobody waited for it.
    if (this.#session.hasNews) await this.#read(undefined);
    const answer = this.#respond();
    for (const entry of this.#throttled) this.#session.hasNewsOf(entry);
    if (this.#sessionId === 0) this.#session.close();
    return answer;
  }

  async #readUntil(deadlineMs: number): Promise<void> {
    const { broker, connection } = this.#context;
    const minBytes = Math.min(this.#request.minBytes, this.#request.maxBytes);
    while (!this.#isUrgent && this.#sizeBytes < minBytes && !connection.closed.aborted) {
      const leftMs = deadlineMs - broker.host.clock.monotonicMs();
      if (leftMs <= 0) return;
      // What came while the log was read is not waited for.
      if (!this.#session.hasNews && (await this.#wait(leftMs))) return;
      await this.#read(undefined);
    }
  }

  #addRequested(): void {
    const usesTopicIds = this.#context.version >= FIRST_BY_ID;
    for (const { topic, topicId, partitions } of this.#request.forgottenTopicsData) {
      for (const index of partitions)
        this.#session.remove(fetchPartitionKey(topic, topicId, index, usesTopicIds));
    }
    for (const { topic, topicId, partitions } of this.#request.topics) {
      for (const requested of partitions) {
        const key = fetchPartitionKey(topic, topicId, requested.partition, usesTopicIds);
        let entry = this.#session.get(key);
        if (entry === undefined) {
          entry = newEntry(topic, topicId, requested.partition);
          this.#session.set(key, entry);
        }
        noteRequested(entry, requested);
        entry.followerLogStart = requested.logStartOffset;
        this.#session.hasNewsOf(entry);
      }
    }
  }

  /** Reads what has news. @param fetchedMs when the request came, if what it asks for is still what the replica has */
  async #read(fetchedMs: number | undefined): Promise<void> {
    const { answerMemory: memory } = this.#context.broker;
    const entries = this.#session.takeNews();
    if (entries.length === 0) return;
    const reservation = memory.reserve(this.#request.maxBytes - this.#sizeBytes);
    let readBytes = 0;
    try {
      for (const entry of entries) {
        const leftBytes = Math.max(0, reservation.bytes - readBytes);
        const isFirst = this.#sizeBytes + readBytes === 0;
        const read = await this.#readEntry(entry, { leftBytes, isFirst }, fetchedMs);
        this.#reads.get(entry)?.release?.();
        this.#reads.set(entry, read);
        readBytes += read.sizeBytes;
        this.#isUrgent ||= read.isUrgent;
      }
    } finally {
      reservation.settle(readBytes);
      if (readBytes > 0) this.#context.connection.holds(reservation);
    }
    this.#sizeBytes += readBytes;
  }

  #readEntry(
    entry: ReplicaSessionEntry,
    { leftBytes, isFirst }: { readonly leftBytes: number; readonly isFirst: boolean },
    fetchedMs: number | undefined,
  ): PartitionRead | Promise<PartitionRead> {
    const isWithheld = this.#isWithheld(entry);
    if (isWithheld) this.#throttled.push(entry);
    const limits = {
      maxBytes: isWithheld ? 0 : Math.min(entry.maxBytes, leftBytes),
      minOneMessage: isFirst && !isWithheld,
      bound: 'logEndOffset',
    } as const;
    const read = readPartition(entry, () => this.#leaderOf(entry), limits);
    return read instanceof Promise
      ? read.then((late) => this.#noted(entry, late, fetchedMs))
      : this.#noted(entry, read, fetchedMs);
  }

  #leaderOf(entry: ReplicaSessionEntry): LeaderPartition {
    const { broker, version } = this.#context;
    if (version >= FIRST_BY_ID) {
      const topic = entry.topicId === ZERO_UUID ? undefined : broker.image.topics.byId.get(entry.topicId);
      if (topic === undefined)
        throw new KafkaError('UNKNOWN_TOPIC_ID', `No topic has the id ${entry.topicId}`);
      entry.topic = topic.name;
    }
    return requireLeader(broker, entry.topic, entry.index);
  }

  /** After a read that found the replica in agreement with this log. */
  #noted(entry: ReplicaSessionEntry, read: PartitionRead, fetchedMs: number | undefined): PartitionRead {
    const leader = read.replica as LeaderPartition | undefined;
    if (leader === undefined) return read;
    try {
      if (fetchedMs !== undefined && !read.isUrgent) this.#noteProgress(entry, leader, fetchedMs);
    } catch (error) {
      read.release?.();
      return failed(entry, error);
    }
    this.#session.watch(entry, leader);
    // There is more than the answer had room for.
    const isStarved = read.sizeBytes === 0 && !read.isUrgent && leader.log.logEndOffset > entry.fetchOffset;
    if (isStarved && this.#throttled.at(-1) !== entry) this.#session.hasNewsOf(entry);
    if (read.sizeBytes > 0 && isThrottled(leader)) this.#throttle.record(read.sizeBytes);
    // The follower's fetch may have moved it after the read.
    return { ...read, data: { ...read.data, highWatermark: leader.log.highWatermark } };
  }

  get #throttle(): ReplicationThrottle {
    return this.#context.broker.replication.leaderThrottle;
  }

  /** A replica that is not in sync has to wait while the rate is exceeded (KIP-73). */
  #isWithheld({ topic, index }: ReplicaSessionEntry): boolean {
    const leader = this.#context.broker.partitions.get(topic, index);
    if (leader === undefined || !isThrottled(leader)) return false;
    return !leader.state.inSyncReplicas.includes(this.#session.replicaId) && this.#throttle.waitMs > 0;
  }

  #noteProgress(entry: ReplicaSessionEntry, leader: LeaderPartition, nowMs: number): void {
    const { replicaId } = this.#session;
    if (entry.currentLeaderEpoch === -1 && leader.state.progressOf(replicaId) === undefined) {
      const problem = `Node ${replicaId} has no replica of ${entry.topic}-${entry.index}`;
      throw new KafkaError('NOT_LEADER_OR_FOLLOWER', problem);
    }
    const change = leader.onFollowerFetch({
      replicaId,
      brokerEpoch: this.#brokerEpoch,
      fetchOffset: entry.fetchOffset,
      logStartOffset: entry.followerLogStart,
      nowMs,
    });
    if (change !== undefined) this.#context.broker.replication.isrChanges?.submit(leader, change);
  }

  /** @returns whether the answer is wanted now, whatever it holds */
  #wait(timeoutMs: number): Promise<boolean> {
    const { host } = this.#context.broker;
    const { closed } = this.#context.connection;
    return new Promise((resolve) => {
      const settle = (isAnsweredNow: boolean): void => {
        timer.cancel();
        closed.removeEventListener('abort', onClosed);
        resolve(isAnsweredNow);
      };
      const onClosed = (): void => settle(true);
      const timer = host.timers.schedule(timeoutMs, onClosed, { background: true });
      closed.addEventListener('abort', onClosed, { once: true });
      this.#session.onceChanged(settle);
    });
  }

  #respond(): FetchResponseInput {
    const { connection, broker } = this.#context;
    const responses: FetchResponseFetchableTopicResponseInput[] = [];
    const byTopic = new Map<string, FetchResponseFetchableTopicResponseInput['partitions'][number][]>();
    let hasLeaderHint = false;
    for (const [entry, read] of this.#reads) {
      if (!noteAnswered(read) && this.#isIncremental) continue;
      const { release, sizeBytes } = read;
      if (release !== undefined && sizeBytes > 0) connection.whenSent(release);
      if (read.replica !== undefined) read.replica.traffic.replicatedBytesOut += sizeBytes;
      const key = `${entry.topicId}:${entry.topic}`;
      let partitions = byTopic.get(key);
      if (partitions === undefined) {
        byTopic.set(key, (partitions = []));
        responses.push({ topic: entry.topic, topicId: entry.topicId, partitions });
      }
      const leader = broker.image.topics.byName.get(entry.topic)?.partitions[entry.index];
      const isHinted = leader !== undefined && isLeaderError(read.data.errorCode);
      hasLeaderHint ||= isHinted;
      partitions.push(
        isHinted
          ? { ...read.data, currentLeader: { leaderId: leader.leader, leaderEpoch: leader.leaderEpoch } }
          : read.data,
      );
    }
    const hasEndpoints = hasLeaderHint && this.#context.version >= FIRST_WITH_LEADER_HINT;
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      sessionId: this.#sessionId,
      responses,
      ...(hasEndpoints ? { nodeEndpoints: nodeEndpoints(this.#context) } : {}),
    };
  }
}

const FIRST_WITH_LEADER_HINT = 16;

function isLeaderError(errorCode: number): boolean {
  return errorCode === ErrorCode.NOT_LEADER_OR_FOLLOWER || errorCode === ErrorCode.FENCED_LEADER_EPOCH;
}

function isThrottled({ log, index, state }: LeaderPartition): boolean {
  return isThrottledReplica(log.config['leader.replication.throttled.replicas'], index, state.nodeId);
}

function newEntry(topic: string, topicId: string, index: number): ReplicaSessionEntry {
  return {
    ...newFetchPartition(topic, topicId, index),
    followerLogStart: -1,
    watched: undefined,
    unwatch: undefined,
  };
}
