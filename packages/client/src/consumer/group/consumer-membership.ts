import { ErrorCode } from '@millrace/protocol';
import type { HeartbeatAnswer, TopicIdPartitions } from '../../group-member/heartbeat-answer.ts';

/** What can happen to a member whose partitions the broker assigns. */
export type ConsumerMembershipEvent =
  /** The application called poll (or is inside one): the only moment in which callbacks may run. */
  | { readonly type: 'polled' }
  /** Time has passed, see `ConsumerMembership.nextWakeupMs`. */
  | { readonly type: 'ticked' }
  | { readonly type: 'subscribed' }
  | { readonly type: 'answered'; readonly answer: HeartbeatAnswer }
  /** No answer came: connection lost, timed out, or no coordinator known. */
  | { readonly type: 'requestFailed' }
  /** Answers the effect `reconcile`: callbacks have run, these partitions are held now. */
  | {
      readonly type: 'reconciled';
      readonly owned: readonly TopicIdPartitions[];
      readonly isComplete: boolean;
    }
  /** Topics that an assignment names by ids became known, perhaps. */
  | { readonly type: 'metadataChanged' }
  /** Answers the effect `lose`. */
  | { readonly type: 'lost' }
  /** A commit was refused because the group has moved on. */
  | { readonly type: 'commitRefused' }
  /** The application closes or unsubscribes; its callbacks have run. */
  | { readonly type: 'left' };

/** What the shell does for the membership. */
export type ConsumerMembershipEffect =
  | {
      readonly type: 'sendHeartbeat';
      readonly memberEpoch: number;
      /** Say everything, not only what has changed. */
      readonly isFull: boolean;
      readonly withSubscription: boolean;
      /** null: as before. */
      readonly owned: readonly TopicIdPartitions[] | null;
    }
  /** Give up and take over partitions, with callbacks, then report `reconciled`. */
  | { readonly type: 'reconcile'; readonly target: readonly TopicIdPartitions[] }
  /** The partitions are somebody else's by now: tell the application, then report `lost`. */
  | { readonly type: 'lose' }
  | { readonly type: 'sendLeave'; readonly memberEpoch: number }
  | { readonly type: 'forgetCoordinator' }
  /** Polls throw it once; heartbeats go on. */
  | { readonly type: 'report'; readonly errorCode: number; readonly message: string | null }
  /** Membership is over until the application unsubscribes; polls throw. */
  | { readonly type: 'fail'; readonly errorCode: number; readonly message: string | null };

export interface ConsumerMembershipOptions {
  /** `group.instance.id`: a static member leaves for a while only when it closes. */
  readonly isStatic: boolean;
  readonly maxPollIntervalMs: number;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
}

/** Until the coordinator has named its own. */
const FIRST_HEARTBEAT_INTERVAL_MS = 5000;
const JOIN_EPOCH = 0;
const LEAVE_EPOCH = -1;
const STATIC_LEAVE_EPOCH = -2;

/**
 * - `unjoined`: has not been let in yet, or says everything anew after it was put out
 * - `joined`: has an epoch
 * - `lost`: was put out, or polled too rarely; waits for a poll to tell the application, then joins again
 * - `failed`: the coordinator refuses this member for good
 */
export type ConsumerMembershipPhase = 'unjoined' | 'joined' | 'lost' | 'failed';

/**
 * One member of a group with assignment by the broker (KIP-848), as a state machine: events in, effects out, time handed
 * in. One heartbeat is under way at a time; what has to be said meanwhile is said by the next, which follows at once.
 */
export class ConsumerMembership {
  readonly #options: ConsumerMembershipOptions;
  #phase: ConsumerMembershipPhase = 'unjoined';
  #memberEpoch = JOIN_EPOCH;
  #isInFlight = false;
  #dueAtMs = 0;
  #pollDueAtMs = Infinity;
  #intervalMs = FIRST_HEARTBEAT_INTERVAL_MS;
  #failures = 0;
  /** The last answer may have been lost: the next heartbeat says everything, and is told everything. */
  #wantsAll = true;
  #hasNewSubscription = false;
  /** The newest assignment that no poll has taken up yet. */
  #target: readonly TopicIdPartitions[] | undefined;
  /** The last assignment, while the names of some of its topics are not known. */
  #incomplete: readonly TopicIdPartitions[] | undefined;
  #reconciling: readonly TopicIdPartitions[] | undefined;
  #owned: readonly TopicIdPartitions[] = [];
  #isOwnedTold = true;
  #isTellingLoss = false;

  constructor(options: ConsumerMembershipOptions) {
    this.#options = options;
  }

  get phase(): ConsumerMembershipPhase {
    return this.#phase;
  }

  /** 0 while not joined. */
  get memberEpoch(): number {
    return this.#phase === 'joined' ? this.#memberEpoch : JOIN_EPOCH;
  }

  /** True when a poll would start callbacks. */
  get wantsPoll(): boolean {
    if (this.#phase === 'lost') return !this.#isTellingLoss;
    return this.#phase === 'joined' && this.#target !== undefined && this.#reconciling === undefined;
  }

  /** When to send `ticked` at the latest; `Infinity` if nothing is waiting for time to pass. */
  get nextWakeupMs(): number {
    if (this.#phase === 'failed' || this.#phase === 'lost' || this.#pollDueAtMs === Infinity) return Infinity;
    const heartbeatAtMs = this.#isInFlight ? Infinity : this.#dueAtMs;
    return Math.min(heartbeatAtMs, this.#phase === 'joined' ? this.#pollDueAtMs : Infinity);
  }

  step(event: ConsumerMembershipEvent, nowMs: number): ConsumerMembershipEffect[] {
    switch (event.type) {
      case 'polled':
        return this.#onPolled(nowMs);
      case 'ticked':
        return this.#onTicked(nowMs);
      case 'subscribed':
        this.#hasNewSubscription = true;
        this.#dueAtMs = nowMs;
        return [];
      case 'answered':
        this.#isInFlight = false;
        return this.#onAnswered(event.answer, nowMs);
      case 'requestFailed':
        this.#isInFlight = false;
        this.#wantsAll = true;
        this.#backOff(nowMs);
        return [];
      case 'reconciled':
        return this.#onReconciled(event, nowMs);
      case 'metadataChanged':
        this.#target ??= this.#incomplete;
        return [];
      case 'lost':
        return this.#onLost(nowMs);
      case 'commitRefused':
        return this.#lose();
      case 'left':
        return this.#leave();
    }
  }

  #onPolled(nowMs: number): ConsumerMembershipEffect[] {
    this.#pollDueAtMs = nowMs + this.#options.maxPollIntervalMs;
    if (this.#phase === 'lost' && !this.#isTellingLoss) {
      this.#isTellingLoss = true;
      return [{ type: 'lose' }];
    }
    if (this.#phase === 'joined' && this.#target !== undefined && this.#reconciling === undefined) {
      const target = this.#target;
      this.#target = undefined;
      this.#reconciling = target;
      return [{ type: 'reconcile', target }];
    }
    return this.#onTicked(nowMs);
  }

  #onTicked(nowMs: number): ConsumerMembershipEffect[] {
    if (this.#phase === 'failed' || this.#phase === 'lost') return [];
    if (this.#phase === 'joined' && nowMs >= this.#pollDueAtMs) {
      this.#phase = 'lost';
      // Static members too: whoever does not poll does not read, and its partitions are wanted elsewhere.
      return [{ type: 'sendLeave', memberEpoch: LEAVE_EPOCH }];
    }
    // Who has not polled yet has nowhere to take partitions to.
    if (this.#isInFlight || nowMs < this.#dueAtMs || this.#pollDueAtMs === Infinity) return [];
    return [this.#heartbeat(nowMs)];
  }

  #heartbeat(nowMs: number): ConsumerMembershipEffect {
    const isFull = this.#memberEpoch === JOIN_EPOCH || this.#wantsAll;
    const effect = {
      type: 'sendHeartbeat',
      memberEpoch: this.#memberEpoch,
      isFull,
      withSubscription: isFull || this.#hasNewSubscription,
      owned: isFull || !this.#isOwnedTold ? this.#owned : null,
    } as const;
    this.#isInFlight = true;
    this.#wantsAll = false;
    this.#hasNewSubscription = false;
    this.#isOwnedTold = true;
    this.#dueAtMs = nowMs + this.#intervalMs;
    return effect;
  }

  #onAnswered(answer: HeartbeatAnswer, nowMs: number): ConsumerMembershipEffect[] {
    const { errorCode, errorMessage: message } = answer;
    if (this.#phase === 'failed' || this.#phase === 'lost') return [];
    switch (errorCode) {
      case ErrorCode.NONE:
        this.#onAccepted(answer, nowMs);
        return [];
      case ErrorCode.COORDINATOR_LOAD_IN_PROGRESS:
        this.#wantsAll = true;
        this.#backOff(nowMs);
        return [];
      case ErrorCode.COORDINATOR_NOT_AVAILABLE:
      case ErrorCode.NOT_COORDINATOR:
        this.#wantsAll = true;
        this.#backOff(nowMs);
        return [{ type: 'forgetCoordinator' }];
      case ErrorCode.FENCED_MEMBER_EPOCH:
      case ErrorCode.UNKNOWN_MEMBER_ID:
        return this.#lose();
      case ErrorCode.TOPIC_AUTHORIZATION_FAILED:
        this.#wantsAll = true;
        return [{ type: 'report', errorCode, message }];
      default:
        this.#phase = 'failed';
        return [{ type: 'fail', errorCode, message }];
    }
  }

  #onAccepted({ memberEpoch, heartbeatIntervalMs, assignment }: HeartbeatAnswer, nowMs: number): void {
    this.#phase = 'joined';
    this.#failures = 0;
    this.#memberEpoch = memberEpoch;
    // An interval of nothing would be heartbeats without a pause; then it stays what it was.
    if (heartbeatIntervalMs > 0) this.#intervalMs = heartbeatIntervalMs;
    // What came up while the heartbeat was under way is said now.
    const isSomethingNew = this.#hasNewSubscription || this.#wantsAll || !this.#isOwnedTold;
    this.#dueAtMs = isSomethingNew ? nowMs : nowMs + this.#intervalMs;
    if (assignment === null) return;
    this.#target = assignment.topicPartitions;
    this.#incomplete = undefined;
  }

  /** The coordinator waits for this: what the member gives up is somebody else's with the next heartbeat. */
  #onReconciled(
    { owned, isComplete }: Extract<ConsumerMembershipEvent, { type: 'reconciled' }>,
    nowMs: number,
  ): ConsumerMembershipEffect[] {
    this.#incomplete = isComplete ? undefined : this.#reconciling;
    this.#reconciling = undefined;
    this.#owned = owned;
    if (this.#phase !== 'joined') return [];
    this.#isOwnedTold = false;
    this.#dueAtMs = nowMs;
    return this.#onTicked(nowMs);
  }

  #lose(): ConsumerMembershipEffect[] {
    if (this.#phase === 'joined' || this.#phase === 'unjoined') this.#phase = 'lost';
    return [];
  }

  #onLost(nowMs: number): ConsumerMembershipEffect[] {
    this.#isTellingLoss = false;
    this.#reset(nowMs);
    return this.#onTicked(nowMs);
  }

  #leave(): ConsumerMembershipEffect[] {
    const wasIn = this.#phase === 'joined' || (this.#phase === 'unjoined' && this.#isInFlight);
    this.#reset(0);
    this.#pollDueAtMs = Infinity;
    const memberEpoch = this.#options.isStatic ? STATIC_LEAVE_EPOCH : LEAVE_EPOCH;
    return wasIn ? [{ type: 'sendLeave', memberEpoch }] : [];
  }

  /** As before the first join. */
  #reset(nowMs: number): void {
    this.#phase = 'unjoined';
    this.#memberEpoch = JOIN_EPOCH;
    this.#wantsAll = true;
    this.#isInFlight = false;
    this.#reconciling = undefined;
    this.#target = undefined;
    this.#incomplete = undefined;
    this.#owned = [];
    this.#isOwnedTold = true;
    this.#dueAtMs = nowMs;
    this.#failures = 0;
  }

  #backOff(nowMs: number): void {
    const { retryBackoffMs, retryBackoffMaxMs } = this.#options;
    this.#dueAtMs = nowMs + Math.min(retryBackoffMs * 2 ** this.#failures, retryBackoffMaxMs);
    this.#failures++;
  }
}
