import { KafkaError } from '@millrace/protocol';
import { ReplicaSession } from './replica-session.ts';

/** Not used for this long, a session of a replica is one whose connection was lost. */
const IDLE_MS = 120_000;

/** The fetch sessions of other nodes. They always get one: there are as many as nodes, not as clients. */
export class ReplicaSessions {
  readonly #sessions = new Map<number, ReplicaSession>();
  readonly #randomUint32: () => number;

  constructor(randomUint32: () => number) {
    this.#randomUint32 = randomUint32;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** What sessions of the same node are left from earlier lives of it goes. */
  create(replicaId: number, brokerEpoch: number, nowMs: number): ReplicaSession {
    for (const session of this.#sessions.values()) {
      const isOfEarlierLife = session.replicaId === replicaId && session.brokerEpoch < brokerEpoch;
      if (isOfEarlierLife || nowMs - session.lastUsedMs > IDLE_MS) this.remove(session.id);
    }
    const session = new ReplicaSession(this.#newId(), replicaId, brokerEpoch, nowMs);
    this.#sessions.set(session.id, session);
    return session;
  }

  /** The session of an incremental request. @throws KafkaError */
  find(id: number, epoch: number, replicaId: number): ReplicaSession {
    const session = this.#sessions.get(id);
    if (session === undefined || session.replicaId !== replicaId) {
      throw new KafkaError('FETCH_SESSION_ID_NOT_FOUND', `Node ${replicaId} has no fetch session ${id}`);
    }
    if (session.nextEpoch !== epoch) {
      throw new KafkaError(
        'INVALID_FETCH_SESSION_EPOCH',
        `Fetch session ${id} of node ${replicaId} expects epoch ${session.nextEpoch}, the request has ${epoch}`,
      );
    }
    return session;
  }

  remove(id: number): void {
    this.#sessions.get(id)?.close();
    this.#sessions.delete(id);
  }

  /** Lets requests of a node that wait be answered now: it has something to ask for that does not wait. */
  wake(replicaId: number): void {
    for (const session of this.#sessions.values()) if (session.replicaId === replicaId) session.wake(true);
  }

  #newId(): number {
    for (;;) {
      const id = this.#randomUint32() & 0x7fffffff;
      if (id !== 0 && !this.#sessions.has(id)) return id;
    }
  }
}
