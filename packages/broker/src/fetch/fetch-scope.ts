import { ZERO_UUID } from '@millrace/protocol';
import type { FetchRequest } from '@millrace/protocol/messages/fetch';
import {
  fetchPartitionKey,
  newFetchPartition,
  noteRequested,
  type FetchPartition,
} from './fetch-partition.ts';
import { FINAL_EPOCH, INITIAL_EPOCH, type FetchSessionCache } from './fetch-session-cache.ts';
import type { FetchSession } from './fetch-session.ts';
import { noteAnswered, type PartitionRead } from './read-partition.ts';

/** Session id of an answer outside of any session. */
const NO_SESSION = 0;

export interface FetchScopeOptions {
  readonly usesTopicIds: boolean;
  readonly slots: number;
  readonly nowMs: number;
}

/** Which partitions a request is about, and which of them its answer mentions (KIP-227). */
export class FetchScope {
  readonly sessionId: number;
  readonly partitions: readonly FetchPartition[];
  readonly #session: FetchSession | undefined;
  readonly #isIncremental: boolean;

  private constructor(
    partitions: ReadonlyMap<string, FetchPartition>,
    session: FetchSession | undefined,
    isIncremental: boolean,
  ) {
    this.partitions = [...partitions.values()];
    this.sessionId = session?.id ?? NO_SESSION;
    this.#session = session;
    this.#isIncremental = isIncremental;
  }

  /** @throws KafkaError when the session is unknown, or its epoch is not the expected one */
  static open(request: FetchRequest, cache: FetchSessionCache, options: FetchScopeOptions): FetchScope {
    const { sessionId, sessionEpoch } = request;
    if (sessionEpoch !== INITIAL_EPOCH && sessionEpoch !== FINAL_EPOCH) {
      return openIncremental(request, cache, options);
    }
    if (sessionId !== NO_SESSION) cache.remove(sessionId);
    const partitions = new Map<string, FetchPartition>();
    addRequested(partitions, request, options.usesTopicIds);
    const session =
      sessionEpoch === INITIAL_EPOCH && partitions.size > 0 ? cache.create(partitions, options) : undefined;
    return FetchScope.create(partitions, session, false);
  }

  static create(
    partitions: ReadonlyMap<string, FetchPartition>,
    session: FetchSession | undefined,
    isIncremental: boolean,
  ): FetchScope {
    return new FetchScope(partitions, session, isIncremental);
  }

  /** What the answer mentions: everything in a full one, in an incremental one what is new since the last answer. */
  select(reads: readonly PartitionRead[]): readonly PartitionRead[] {
    if (this.#session === undefined) return reads;
    const selected: PartitionRead[] = [];
    for (const read of reads) {
      if (noteAnswered(read) || !this.#isIncremental) selected.push(read);
      if (read.sizeBytes > 0) this.#session.moveToEnd(keyOf(read.partition, this.#session.usesTopicIds));
    }
    return selected;
  }

  /** Instead of `select`, when the client gets nothing. @returns the id for the answer: a session does not begin so */
  withhold(cache: FetchSessionCache): number {
    if (this.#isIncremental || this.#session === undefined) return this.sessionId;
    cache.remove(this.#session.id);
    return NO_SESSION;
  }
}

function openIncremental(
  request: FetchRequest,
  cache: FetchSessionCache,
  options: FetchScopeOptions,
): FetchScope {
  const session = cache.find(request.sessionId, request.sessionEpoch, options.usesTopicIds);
  for (const { topic, topicId, partitions } of request.forgottenTopicsData) {
    for (const index of partitions) {
      session.partitions.delete(fetchPartitionKey(topic, topicId, index, session.usesTopicIds));
    }
  }
  addRequested(session.partitions, request, session.usesTopicIds);
  if (session.partitions.size === 0) {
    cache.remove(session.id);
    return FetchScope.create(session.partitions, undefined, false);
  }
  session.advanceEpoch();
  cache.touch(session, options.nowMs);
  return FetchScope.create(session.partitions, session, true);
}

function addRequested(
  partitions: Map<string, FetchPartition>,
  request: FetchRequest,
  usesTopicIds: boolean,
): void {
  for (const topic of request.topics) {
    for (const requested of topic.partitions) {
      const key = fetchPartitionKey(topic.topic, topic.topicId, requested.partition, usesTopicIds);
      const known = partitions.get(key);
      const partition = known ?? newFetchPartition(topic.topic, topic.topicId, requested.partition);
      noteRequested(partition, requested);
      if (known === undefined) partitions.set(key, partition);
    }
  }
}

function keyOf(partition: FetchPartition, usesTopicIds: boolean): string {
  return fetchPartitionKey(partition.topic, partition.topicId, partition.index, usesTopicIds);
}

export function isById({ topicId }: FetchPartition): boolean {
  return topicId !== ZERO_UUID;
}
