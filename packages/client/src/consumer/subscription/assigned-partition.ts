import { partitionKey, type TopicPartition } from '../topic-partition.ts';
import type { OffsetResetPolicy } from './offset-reset-policy.ts';

/** A place in a partition: the next offset to read, and the leader epoch of the record before it (-1 if unknown). */
export interface LogPosition {
  readonly offset: number;
  readonly leaderEpoch: number;
}

/**
 * - `initializing`: the committed offset has to be looked up
 * - `awaitReset`: the offset has to be asked for by policy
 * - `awaitValidation`: the leader has changed; does its log still contain our position? (KIP-320)
 * - `fetching`: the position is good
 */
export type PartitionPhase = 'initializing' | 'awaitReset' | 'awaitValidation' | 'fetching';

const NOWHERE: LogPosition = { offset: -1, leaderEpoch: -1 };

/**
 * One partition while it is assigned to this consumer. A partition that goes and comes back is a new object, so an
 * answer that belongs to the old one can be told by identity.
 *
 * Two positions: `consumed` is what the application has been given (and what is committed); `fetched` runs ahead of it
 * by what is buffered. Every jump (seek, reset, truncation) brings both together and raises `version`, which makes all
 * answers to questions asked before the jump worthless.
 */
export class AssignedPartition implements TopicPartition {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;

  isPaused = false;
  /** `run()` has enough of it for now; as a pause, but not the application's. */
  isHeld = false;
  /** A rebalance takes it away: nothing more may be handed out. */
  isRevoking = false;
  /** False until the assigned-callback has run, which may want to seek first. */
  isAnnounced = false;

  highWatermark = -1;
  lastStableOffset = -1;
  logStartOffset = -1;
  /** A follower the leader has sent us to (KIP-392), with the time until which that holds. */
  preferredReadReplica = -1;
  preferredUntilMs = 0;
  /** Answers buffered and not fully handed out. */
  bufferedAnswers = 0;
  /** A failure waits in the buffer for a poll to throw it. */
  hasFailure = false;
  /** Requests in a row that came to nothing; what back-offs go by. */
  failures = 0;

  #phase: PartitionPhase = 'initializing';
  #version = 0;
  #consumed = NOWHERE;
  #fetched = NOWHERE;
  #reset: OffsetResetPolicy | undefined;
  #validatedLeaderEpoch = -1;
  /** Of the topic that leader epochs were last compared in; epochs of another one mean something else. */
  #topicId: string | undefined;
  #retryAtMs = 0;
  #awaitsLeader = false;

  constructor(topic: string, partition: number) {
    this.topic = topic;
    this.partition = partition;
    this.key = partitionKey(topic, partition);
  }

  get phase(): PartitionPhase {
    return this.#phase;
  }

  get version(): number {
    return this.#version;
  }

  /** What has been handed out up to here; undefined before there is a position. */
  get consumed(): LogPosition | undefined {
    return this.#consumed.offset < 0 ? undefined : this.#consumed;
  }

  get fetched(): LogPosition {
    return this.#fetched;
  }

  /** The policy to apply in `awaitReset`; undefined is the consumer's own. */
  get resetPolicy(): OffsetResetPolicy | undefined {
    return this.#reset;
  }

  get retryAtMs(): number {
    return this.#retryAtMs;
  }

  /** Fetching from a position that the present leader is known to have. */
  get isSettled(): boolean {
    return this.#phase === 'fetching' && this.#validatedLeaderEpoch >= 0;
  }

  /** May a request be sent for it now? */
  canFetch(nowMs: number): boolean {
    return this.canHandOut && !this.hasFailure && nowMs >= this.#retryAtMs;
  }

  /** May buffered records be handed out? Also while a position is being validated nothing is. */
  get canHandOut(): boolean {
    return (
      this.#phase === 'fetching' && !this.isPaused && !this.isHeld && !this.isRevoking && this.isAnnounced
    );
  }

  /** Continues at `position`: a seek, a committed offset, or what a reset has found. */
  jumpTo(position: LogPosition): void {
    this.#version++;
    this.#consumed = position;
    this.#fetched = position;
    this.#reset = undefined;
    this.#retryAtMs = 0;
    this.#validatedLeaderEpoch = -1;
    this.failures = 0;
    this.#phase = 'fetching';
  }

  /** Asks for a new offset by policy. A position there was stays visible, but is not fetched from any more. */
  requestReset(policy: OffsetResetPolicy | undefined): void {
    this.#version++;
    this.#reset = policy;
    this.#retryAtMs = 0;
    this.#phase = 'awaitReset';
  }

  /** Records up to `position` wait in the buffer. */
  fetchedTo(position: LogPosition): void {
    this.#fetched = position;
  }

  /** Records up to `position` have been given to the application. */
  consumedTo(position: LogPosition): void {
    this.#consumed = position;
  }

  /** Throws away what runs ahead: fetching starts again at what has been consumed. */
  discardFetched(): void {
    this.#version++;
    this.#fetched = this.#consumed;
  }

  /**
   * Tells the leader epoch that metadata knows. A position with an epoch must be validated once per leader epoch;
   * without one (old brokers, offsets of a seek) there is nothing to compare.
   */
  observeLeaderEpoch(leaderEpoch: number, topicId: string): void {
    if (this.#phase !== 'fetching' || leaderEpoch < 0 || leaderEpoch === this.#validatedLeaderEpoch) return;
    if (this.#fetched.leaderEpoch < 0 || this.#fetched.leaderEpoch === leaderEpoch) {
      this.#validatedLeaderEpoch = leaderEpoch;
      this.#topicId = topicId;
      return;
    }
    this.#phase = 'awaitValidation';
  }

  /** Is the position from a later epoch of the same topic than that one? */
  isAheadOf(leaderEpoch: number, topicId: string): boolean {
    const isSameTopic = this.#topicId === undefined || this.#topicId === topicId;
    return isSameTopic && leaderEpoch >= 0 && leaderEpoch < this.#fetched.leaderEpoch;
  }

  /** The leader of that epoch, which may have gone since, has everything up to our position. */
  validated(leaderEpoch: number, topicId: string | undefined): void {
    if (this.#phase !== 'awaitValidation') return;
    this.#validatedLeaderEpoch = leaderEpoch;
    this.#topicId = topicId ?? this.#topicId;
    this.#phase = 'fetching';
  }

  retryAt(atMs: number): void {
    this.#retryAtMs = atMs;
    this.#awaitsLeader = false;
  }

  /** Nobody is known to lead it: to be tried again then, or as soon as `leaderFound`. */
  retryWithLeader(atMs: number): void {
    this.#retryAtMs = atMs;
    this.#awaitsLeader = true;
  }

  leaderFound(): void {
    if (this.#awaitsLeader) this.retryAt(0);
  }
}
