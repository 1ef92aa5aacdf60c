import { KafkaError } from '@millrace/protocol';
import type { FetchPartition } from './fetch-partition.ts';
import { FetchSession } from './fetch-session.ts';

/** Session epoch of a request that begins a session. */
export const INITIAL_EPOCH = 0;
/** Session epoch of a request outside of any session, or one that ends its session. */
export const FINAL_EPOCH = -1;

/** A session may be pushed out by a new one when it was not used for this long; Kafka's fixed value. */
const EVICTION_MS = 120000;

/** The fetch sessions of a broker. Pure: random ids and the time are passed in. */
export class FetchSessionCache {
  readonly #sessions = new Map<number, FetchSession>();
  readonly #randomUint32: () => number;
  #evictions = 0;

  constructor(randomUint32: () => number) {
    this.#randomUint32 = randomUint32;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Partitions remembered in all sessions. */
  get partitionCount(): number {
    let count = 0;
    for (const { partitions } of this.#sessions.values()) count += partitions.size;
    return count;
  }

  /** Sessions that had to make room for others since the start. */
  get evictions(): number {
    return this.#evictions;
  }

  /**
   * A new session, or `undefined` when all slots are taken by sessions in use; the client then goes on without one.
   */
  create(
    partitions: Map<string, FetchPartition>,
    options: { readonly usesTopicIds: boolean; readonly slots: number; readonly nowMs: number },
  ): FetchSession | undefined {
    if (this.#sessions.size >= options.slots && !this.#evict(options.nowMs)) return undefined;
    if (options.slots === 0) return undefined;
    const session = new FetchSession(this.#newId(), options.usesTopicIds, partitions, options.nowMs);
    this.#sessions.set(session.id, session);
    return session;
  }

  /** The session of an incremental request. @throws KafkaError */
  find(id: number, epoch: number, usesTopicIds: boolean): FetchSession {
    const session = this.#sessions.get(id);
    if (session === undefined) throw new KafkaError('FETCH_SESSION_ID_NOT_FOUND', `No fetch session ${id}`);
    if (session.usesTopicIds !== usesTopicIds) {
      throw new KafkaError(
        'FETCH_SESSION_TOPIC_ID_ERROR',
        `Fetch session ${id} cannot switch to or from topic ids`,
      );
    }
    if (session.nextEpoch !== epoch) {
      throw new KafkaError(
        'INVALID_FETCH_SESSION_EPOCH',
        `Fetch session ${id} expects epoch ${session.nextEpoch}, the request has ${epoch}`,
      );
    }
    return session;
  }

  remove(id: number): void {
    this.#sessions.delete(id);
  }

  /** Marks a session as the most recently used. */
  touch(session: FetchSession, nowMs: number): void {
    session.lastUsedMs = nowMs;
    this.#sessions.delete(session.id);
    this.#sessions.set(session.id, session);
  }

  #evict(nowMs: number): boolean {
    // In order of use: the first is the one idle for longest.
    for (const session of this.#sessions.values()) {
      if (nowMs - session.lastUsedMs < EVICTION_MS) return false;
      this.#sessions.delete(session.id);
      this.#evictions++;
      return true;
    }
    return false;
  }

  #newId(): number {
    for (;;) {
      // 0 means "no session", and ids are positive int32.
      const id = this.#randomUint32() & 0x7fffffff;
      if (id !== 0 && !this.#sessions.has(id)) return id;
    }
  }
}
