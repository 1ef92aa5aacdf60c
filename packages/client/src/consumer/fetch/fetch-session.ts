/** What the broker must know to read one partition for us. */
export interface FetchTarget {
  readonly topic: string;
  /** `ZERO_UUID` where the broker has no topic ids. */
  readonly topicId: string;
  readonly partition: number;
  readonly fetchOffset: number;
  readonly currentLeaderEpoch: number;
  readonly maxBytes: number;
}

export interface FetchSessionRequest {
  readonly sessionId: number;
  readonly sessionEpoch: number;
  /** All targets in a full request, otherwise those that are new or differ from what the broker knows. */
  readonly targets: readonly FetchTarget[];
  /** In the session, but not wanted now. */
  readonly forgotten: readonly FetchTarget[];
}

const NO_SESSION_ID = 0;
const FULL_REQUEST_EPOCH = 0;
const MAX_EPOCH = 2 ** 31 - 1;

/**
 * The client's half of a fetch session (KIP-227): the broker remembers the partitions of one connection, so that a
 * request names only what has changed. Pure; one per broker.
 *
 * The broker counts requests by the epoch. Whenever we cannot be sure that it counted one (no answer, an error), the
 * next request is a full one, which replaces the old session.
 */
export class FetchSession {
  #sessionId = NO_SESSION_ID;
  #nextEpoch = FULL_REQUEST_EPOCH;
  #known = new Map<string, FetchTarget>();
  #requested = new Map<string, FetchTarget>();
  #usesTopicIds = false;

  /** @param usesTopicIds false makes the request one that names topics; a session cannot change between the two. */
  request(wanted: readonly FetchTarget[], usesTopicIds: boolean): FetchSessionRequest {
    if (usesTopicIds !== this.#usesTopicIds) this.reset();
    this.#usesTopicIds = usesTopicIds;
    this.#requested = new Map(wanted.map((target) => [targetKey(target, usesTopicIds), target]));
    const isFull = this.#nextEpoch === FULL_REQUEST_EPOCH;
    const known = isFull ? new Map<string, FetchTarget>() : this.#known;
    return {
      sessionId: this.#sessionId,
      sessionEpoch: this.#nextEpoch,
      targets: [...this.#requested]
        .filter(([key, target]) => !isSame(known.get(key), target))
        .map(([, target]) => target),
      forgotten: [...known].filter(([key]) => !this.#requested.has(key)).map(([, target]) => target),
    };
  }

  /** The broker has answered without a session error. */
  accepted(sessionId: number): void {
    this.#known = this.#requested;
    if (sessionId === NO_SESSION_ID) {
      // The broker has no room for a session: every request stays a full one.
      this.#sessionId = NO_SESSION_ID;
      this.#nextEpoch = FULL_REQUEST_EPOCH;
      return;
    }
    this.#sessionId = sessionId;
    this.#nextEpoch = this.#nextEpoch === MAX_EPOCH ? 1 : this.#nextEpoch + 1;
  }

  /** No answer, or an error: the next request is full and ends the session the broker may still have. */
  reset(): void {
    this.#nextEpoch = FULL_REQUEST_EPOCH;
    this.#known.clear();
  }

  /** The broker does not know the session (any more). */
  forget(): void {
    this.reset();
    this.#sessionId = NO_SESSION_ID;
  }
}

function targetKey(target: FetchTarget, usesTopicIds: boolean): string {
  return `${usesTopicIds ? target.topicId : target.topic}-${target.partition}`;
}

function isSame(a: FetchTarget | undefined, b: FetchTarget): boolean {
  return (
    a !== undefined &&
    a.fetchOffset === b.fetchOffset &&
    a.currentLeaderEpoch === b.currentLeaderEpoch &&
    a.maxBytes === b.maxBytes
  );
}
