import { KafkaError } from '@millrace/protocol';
import { ShareSession, type SessionPartition } from './share-session.ts';

/** Session epoch of a request that begins a session. */
export const INITIAL_SHARE_EPOCH = 0;
/** Session epoch of a request that ends its session. */
export const FINAL_SHARE_EPOCH = -1;

/** The share sessions of a broker: which partitions each member fetches, so that it says so once. Pure. */
export class ShareSessionCache {
  readonly #sessions = new Map<string, ShareSession>();

  get size(): number {
    return this.#sessions.size;
  }

  /**
   * Begins a session; one that the member has already is forgotten.
   * @throws KafkaError SHARE_SESSION_LIMIT_REACHED
   */
  create(
    member: { readonly groupId: string; readonly memberId: string; readonly connectionId: number },
    partitions: readonly SessionPartition[],
    maxSessions: number,
  ): ShareSession {
    const { groupId, memberId, connectionId } = member;
    const key = keyOf(groupId, memberId);
    if (!this.#sessions.has(key) && this.#sessions.size >= maxSessions)
      throw new KafkaError('SHARE_SESSION_LIMIT_REACHED', '');
    const session = new ShareSession(groupId, memberId, connectionId);
    session.add(partitions);
    this.#sessions.set(key, session);
    return session;
  }

  /**
   * The session of a request that goes on with it.
   * @throws KafkaError SHARE_SESSION_NOT_FOUND, INVALID_SHARE_SESSION_EPOCH
   */
  find(groupId: string, memberId: string, epoch: number): ShareSession {
    const session = this.#sessions.get(keyOf(groupId, memberId));
    if (session === undefined) throw new KafkaError('SHARE_SESSION_NOT_FOUND', '');
    if (epoch !== FINAL_SHARE_EPOCH && session.nextEpoch !== epoch)
      throw new KafkaError('INVALID_SHARE_SESSION_EPOCH', '');
    return session;
  }

  /** Takes a session out. @returns `undefined` when there was none */
  remove(groupId: string, memberId: string): ShareSession | undefined {
    const key = keyOf(groupId, memberId);
    const session = this.#sessions.get(key);
    this.#sessions.delete(key);
    return session;
  }

  /** Does any member of the group fetch from this broker? */
  hasGroup(groupId: string): boolean {
    for (const session of this.#sessions.values()) if (session.groupId === groupId) return true;
    return false;
  }

  /** Takes out the sessions that came over a connection. */
  removeOf(connectionId: number): readonly ShareSession[] {
    const gone = [...this.#sessions.values()].filter((session) => session.connectionId === connectionId);
    for (const { groupId, memberId } of gone) this.remove(groupId, memberId);
    return gone;
  }
}

// A group id may hold any character, so its length tells where it ends.
function keyOf(groupId: string, memberId: string): string {
  return `${groupId.length}:${groupId}${memberId}`;
}
