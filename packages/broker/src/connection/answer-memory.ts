/** What an answer may have however little is left, so that every consumer gets on. */
const LEAST_BYTES = 1 << 20;
/** An answer gets no more than this part of what is left, so that there is something for the next. */
const SHARE = 4;

/** The memory of one answer, from the read until the peer has taken it. */
export interface AnswerReservation {
  /** Most bytes that may be read. */
  readonly bytes: number;
  /** So much was read. */
  settle(bytes: number): void;
  /** A second call is fine. */
  release(): void;
}

/**
 * Bounds the memory of records in answers that peers have not taken yet (`queued.max.response.bytes`). When there is
 * little left, answers get shorter; nobody waits for peers that do not read. What may come on top of the limit is the
 * least that every connection gets, or one batch of records.
 */
export class AnswerMemory {
  readonly #maxBytes: number;
  #usedBytes = 0;

  /** @param maxBytes 0 or less: no limit */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes > 0 ? maxBytes : Infinity;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** @param wantedBytes what the client would take */
  reserve(wantedBytes: number): AnswerReservation {
    const share = Math.floor((this.#maxBytes - this.#usedBytes) / SHARE);
    const bytes = Math.min(wantedBytes, Math.max(LEAST_BYTES, share));
    let heldBytes = bytes;
    this.#usedBytes += heldBytes;
    const hold = (next: number): void => {
      this.#usedBytes += next - heldBytes;
      heldBytes = next;
    };
    return { bytes, settle: hold, release: () => hold(0) };
  }
}
