import { ErrorCode, incrementSequence } from '@millrace/protocol';

/** What InitProducerId hands out. A new object means a new identity. */
export interface ProducerIdentity {
  readonly producerId: number;
  readonly epoch: number;
}

/** The part of a batch that idempotence is about. */
export interface SequencedBatch {
  readonly recordCount: number;
  /** -1 until a sequence is assigned. */
  readonly baseSequence: number;
  /** Gives (or replaces) identity and sequence. */
  setSequence(identity: ProducerIdentity, baseSequence: number): void;
}

/**
 * A broker remembers this many batches per producer and partition. A batch that is sent again after so many younger
 * ones were written would not be recognized as a repetition.
 */
const MAX_BATCHES_AHEAD = 5;
const MAX_EPOCH = 32_767;
const NONE = -1;

/**
 * Sequence numbers of one partition: who gets which, in which order retries go, and what to do when the broker does
 * not agree. Pure state.
 *
 * A batch is *pending* from its first sending until its outcome is known; its sequence never changes meanwhile, except
 * by a restart: the epoch of this partition is raised, everything pending is numbered again from 0. Epochs are local
 * to the partition, because the broker's memory of a producer is too; a restart here leaves the others alone.
 */
export class PartitionSequencer<B extends SequencedBatch> {
  /** What the producer was given; `#identity` is it, or it with the epoch raised here. */
  #given: ProducerIdentity | undefined;
  #identity: ProducerIdentity | undefined;
  #nextSequence = 0;
  /** In sequence order: on the wire, or waiting to be sent again. */
  readonly #pending: B[] = [];
  /** For each of `#pending`: how many batches had been given sequences before it. */
  readonly #places: number[] = [];
  #assigned = 0;
  #onWire = 0;
  /** A batch expired with unknown outcome: the broker may or may not have its sequences. */
  #isUnresolved = false;
  #mustRestart = false;
  /** The broker has acknowledged a batch of this epoch: from now on it refuses gaps. */
  #isEstablished = false;
  #isExhausted = false;

  get onWire(): number {
    return this.#onWire;
  }

  /** The epoch cannot be raised any further: the producer must ask for a new identity. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  get epoch(): number {
    return this.#identity?.epoch ?? NONE;
  }

  /** Whose id the batch would carry if it went now: a request must not mix producers. */
  producerIdFor(batch: B, current: ProducerIdentity): number {
    const keepsIdentity = batch.baseSequence !== NONE && !this.#mustRestart;
    return (keepsIdentity ? this.#identity! : current).producerId;
  }

  /**
   * May this batch, the first of its queue, be written now? If so it has a sequence afterwards and counts as on the
   * wire until `answered`.
   * @param current What the producer holds now.
   */
  trySend(batch: B, current: ProducerIdentity): boolean {
    this.#resolve();
    if (this.#mustRestart && !this.#restart(current)) return false;
    if (batch.baseSequence === NONE) {
      if (!this.#mayAssign(current)) return false;
      this.#assign(batch);
    } else if (batch !== this.#pending[0]) {
      // A retry: only the oldest goes. Younger ones would be out of order until it has its answer.
      return false;
    }
    this.#onWire++;
    return true;
  }

  /** An answer, or the loss of the connection: the batch is no longer on the wire. Comes before any of the below. */
  answered(): void {
    this.#onWire--;
  }

  /** Nothing that was numbered before it is without an outcome. */
  isOldest(batch: B): boolean {
    return this.#pending[0] === batch;
  }

  acknowledged(batch: B): void {
    this.#remove(batch);
    this.#isEstablished = true;
  }

  /**
   * The broker refused the sequence: OUT_OF_ORDER_SEQUENCE_NUMBER or UNKNOWN_PRODUCER_ID. The batch is to be sent
   * again; what must happen before that is noted here.
   *
   * 1. A batch with an older one still pending is refused only because of that: it just waits for its turn.
   * 2. The oldest one has no such excuse: the broker lost state (or never had what expired here): restart.
   *
   * @param logStartOffset Of the answer; -1 where the broker does not know, which makes the refusal a plain retry.
   */
  refused(batch: B, errorCode: number, logStartOffset: number): void {
    if (errorCode === ErrorCode.UNKNOWN_PRODUCER_ID && logStartOffset === -1) return;
    if (batch === this.#pending[0] || this.#isUnresolved) this.#mustRestart = true;
  }

  /** The broker refused the batch for good: its sequences stay unused, so those behind it must be numbered again. */
  failed(batch: B): void {
    this.#remove(batch);
    this.#mustRestart = true;
  }

  /** The batch is given up while nobody knows whether the broker has it. */
  abandoned(batch: B): void {
    if (!this.#remove(batch)) return;
    this.#isUnresolved = true;
  }

  /** The batch was cut into smaller ones that share its sequences. */
  split(batch: B, parts: readonly B[]): void {
    const at = this.#pending.indexOf(batch);
    if (at < 0 || this.#identity === undefined) return;
    let sequence = batch.baseSequence;
    for (const part of parts) {
      part.setSequence(this.#identity, sequence);
      sequence = incrementSequence(sequence, part.recordCount);
    }
    const place = this.#places[at]!;
    this.#pending.splice(at, 1, ...parts);
    this.#places.splice(at, 1, ...parts.map(() => place));
  }

  #mayAssign(current: ProducerIdentity): boolean {
    if (this.#isUnresolved || this.#isFarAhead() || this.#isUncertainStart()) return false;
    if (this.#given === current) return true;
    // A new identity starts at sequence 0, which is only right once nothing of the old one is pending.
    if (this.#pending.length > 0) return false;
    this.#adopt(current);
    return true;
  }

  /**
   * 1. Batch 1 is written, but its answer says otherwise; batches 2 to 5 are written and acknowledged.
   * 2. Batch 1 goes again and meets another error before the broker looks at it; batch 6 goes with it and is written.
   * 3. Batch 1 goes a third time: the broker remembers 2 to 6, takes it for out of order, and we would number it anew
   *    and write it twice.
   *
   * So nothing new goes while the oldest pending batch is that far behind.
   */
  #isFarAhead(): boolean {
    return this.#pending.length > 0 && this.#assigned - this.#places[0]! >= MAX_BATCHES_AHEAD;
  }

  /**
   * A broker that knows nothing of a producer takes any sequence from it, since its memory may have been cut off with
   * the log. So the first batch goes alone: if it were lost, the second would be taken in its place.
   */
  #isUncertainStart(): boolean {
    return !this.#isEstablished && this.#pending.length > 0;
  }

  #assign(batch: B): void {
    batch.setSequence(this.#identity!, this.#nextSequence);
    this.#nextSequence = incrementSequence(this.#nextSequence, batch.recordCount);
    this.#pending.push(batch);
    this.#places.push(this.#assigned++);
  }

  /** Everything else has its outcome: what was abandoned may have left a gap, which a new epoch makes meaningless. */
  #resolve(): void {
    if (!this.#isUnresolved || this.#pending.length > 0) return;
    this.#isUnresolved = false;
    this.#mustRestart = true;
  }

  /** Numbers everything pending again from 0 in a new epoch; not while anything of the old one is on the wire. */
  #restart(current: ProducerIdentity): boolean {
    if (this.#onWire > 0) return false;
    if (this.#given !== current || this.#identity === undefined) this.#adopt(current);
    else if (this.#identity.epoch < MAX_EPOCH) this.#identity = nextEpoch(this.#identity);
    else this.#isExhausted = true;
    if (this.#isExhausted) return false;
    this.#mustRestart = false;
    this.#isUnresolved = false;
    this.#isEstablished = false;
    this.#nextSequence = 0;
    for (const batch of this.#pending) {
      batch.setSequence(this.#identity!, this.#nextSequence);
      this.#nextSequence = incrementSequence(this.#nextSequence, batch.recordCount);
    }
    return true;
  }

  #adopt(current: ProducerIdentity): void {
    this.#given = current;
    this.#identity = current;
    this.#isExhausted = false;
    this.#isEstablished = false;
    this.#nextSequence = 0;
  }

  #remove(batch: B): boolean {
    const at = this.#pending.indexOf(batch);
    if (at < 0) return false;
    this.#pending.splice(at, 1);
    this.#places.splice(at, 1);
    return true;
  }
}

function nextEpoch({ producerId, epoch }: ProducerIdentity): ProducerIdentity {
  return { producerId, epoch: epoch + 1 };
}
