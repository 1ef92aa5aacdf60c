import { ErrorCode } from '@millrace/protocol';
import type { HeartbeatAnswer, TopicIdPartitions } from '../../group-member/heartbeat-answer.ts';

/** What can happen to a member of a share group. */
export type ShareMembershipEvent =
  /** The application called poll, or is inside one. */
  | { readonly type: 'polled' }
  /** Time has passed, see `ShareMembership.nextWakeupMs`. */
  | { readonly type: 'ticked' }
  | { readonly type: 'subscribed' }
  | { readonly type: 'answered'; readonly answer: HeartbeatAnswer }
  /** No answer came: connection lost, timed out, or no coordinator known. */
  | { readonly type: 'requestFailed' }
  /** The application closes or unsubscribes. */
  | { readonly type: 'left' };

/** What the shell does for the membership. */
export type ShareMembershipEffect =
  | { readonly type: 'sendHeartbeat'; readonly memberEpoch: number; readonly isFull: boolean }
  | { readonly type: 'sendLeave' }
  | { readonly type: 'assign'; readonly partitions: readonly TopicIdPartitions[] }
  | { readonly type: 'forgetCoordinator' }
  /** Polls throw it once; heartbeats go on. */
  | { readonly type: 'report'; readonly errorCode: number; readonly message: string | null }
  /** Membership is over until the application unsubscribes; polls throw. */
  | { readonly type: 'fail'; readonly errorCode: number; readonly message: string | null };

export interface ShareMembershipOptions {
  readonly maxPollIntervalMs: number;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
}

/** Until the coordinator has named its own. */
const FIRST_HEARTBEAT_INTERVAL_MS = 5000;
/** A member that was given nothing asks again so soon, and then less and less often. */
const FIRST_IDLE_INTERVAL_MS = 250;
const JOIN_EPOCH = 0;

/**
 * - `outside`: has not been let in yet, or joins anew after it was put out
 * - `joined`: has an epoch
 * - `away`: polled too rarely and has left; comes back with the next poll
 * - `failed`: the coordinator refuses this member for good
 */
type Phase = 'outside' | 'joined' | 'away' | 'failed';

/**
 * One member of a share group (KIP-932), as a state machine: events in, effects out, time handed in. Partitions are
 * shared, so assignments take effect at once. One heartbeat is under way at a time; what has to be said meanwhile is said
 * by the next, which follows at once.
 */
export class ShareMembership {
  readonly #options: ShareMembershipOptions;
  #phase: Phase = 'outside';
  #memberEpoch = JOIN_EPOCH;
  #isInFlight = false;
  #dueAtMs = 0;
  #pollDueAtMs = Infinity;
  #intervalMs = FIRST_HEARTBEAT_INTERVAL_MS;
  #failures = 0;
  /** Heartbeats in a row with nothing to read. */
  #idleBeats = 0;
  #hasPartitions = false;
  /** The next heartbeat says everything: something is new, or the last answer may have been lost. */
  #wantsAll = true;

  constructor(options: ShareMembershipOptions) {
    this.#options = options;
  }

  /** 0 while not joined. */
  get memberEpoch(): number {
    return this.#memberEpoch;
  }

  /** When to send `ticked` at the latest; `Infinity` if nothing is waiting for time to pass. */
  get nextWakeupMs(): number {
    if (!this.#isActive || this.#pollDueAtMs === Infinity) return Infinity;
    return Math.min(this.#isInFlight ? Infinity : this.#dueAtMs, this.#pollDueAtMs);
  }

  step(event: ShareMembershipEvent, nowMs: number): ShareMembershipEffect[] {
    switch (event.type) {
      case 'polled':
        return this.#onPolled(nowMs);
      case 'ticked':
        return this.#onTicked(nowMs);
      case 'subscribed':
        this.#wantsAll = true;
        this.#dueAtMs = nowMs;
        return [];
      case 'answered':
        this.#isInFlight = false;
        return this.#isActive ? this.#onAnswered(event.answer, nowMs) : [];
      case 'requestFailed':
        this.#isInFlight = false;
        this.#retryLater(nowMs);
        return [];
      case 'left':
        return this.#leave();
    }
  }

  get #isActive(): boolean {
    return this.#phase === 'outside' || this.#phase === 'joined';
  }

  #onPolled(nowMs: number): ShareMembershipEffect[] {
    this.#pollDueAtMs = nowMs + this.#options.maxPollIntervalMs;
    if (this.#phase === 'away') this.#reset(nowMs);
    return this.#onTicked(nowMs);
  }

  #onTicked(nowMs: number): ShareMembershipEffect[] {
    // Who has not polled yet reads nothing.
    if (!this.#isActive || this.#pollDueAtMs === Infinity) return [];
    if (nowMs >= this.#pollDueAtMs) {
      this.#reset(nowMs);
      this.#phase = 'away';
      return [{ type: 'assign', partitions: [] }, { type: 'sendLeave' }];
    }
    if (this.#isInFlight || nowMs < this.#dueAtMs) return [];
    const isFull = this.#wantsAll || this.#memberEpoch === JOIN_EPOCH;
    this.#isInFlight = true;
    this.#wantsAll = false;
    this.#dueAtMs = nowMs + this.#intervalMs;
    return [{ type: 'sendHeartbeat', memberEpoch: this.#memberEpoch, isFull }];
  }

  #onAnswered(answer: HeartbeatAnswer, nowMs: number): ShareMembershipEffect[] {
    const { errorCode, errorMessage: message } = answer;
    switch (errorCode) {
      case ErrorCode.NONE:
        return this.#onAccepted(answer, nowMs);
      case ErrorCode.COORDINATOR_LOAD_IN_PROGRESS:
        this.#retryLater(nowMs);
        return [];
      case ErrorCode.COORDINATOR_NOT_AVAILABLE:
      case ErrorCode.NOT_COORDINATOR:
        this.#retryLater(nowMs);
        return [{ type: 'forgetCoordinator' }];
      case ErrorCode.FENCED_MEMBER_EPOCH:
      case ErrorCode.UNKNOWN_MEMBER_ID:
        this.#reset(nowMs);
        return [{ type: 'assign', partitions: [] }, ...this.#onTicked(nowMs)];
      case ErrorCode.TOPIC_AUTHORIZATION_FAILED:
        this.#retryLater(nowMs);
        return [{ type: 'report', errorCode, message }];
      default:
        this.#phase = 'failed';
        return [
          { type: 'assign', partitions: [] },
          { type: 'fail', errorCode, message },
        ];
    }
  }

  #onAccepted(
    { memberEpoch, heartbeatIntervalMs, assignment }: HeartbeatAnswer,
    nowMs: number,
  ): ShareMembershipEffect[] {
    this.#phase = 'joined';
    this.#failures = 0;
    this.#memberEpoch = memberEpoch;
    // An interval of nothing would be heartbeats without a pause; then it stays what it was.
    if (heartbeatIntervalMs > 0) this.#intervalMs = heartbeatIntervalMs;
    if (assignment !== null) this.#hasPartitions = assignment.topicPartitions.length > 0;
    // What came up while the heartbeat was under way is said now.
    this.#dueAtMs = this.#wantsAll ? nowMs : nowMs + this.#pauseMs();
    return assignment === null ? [] : [{ type: 'assign', partitions: assignment.topicPartitions }];
  }

  /** Brokers tell a new member of partitions with a later heartbeat, if they had to prepare them. */
  #pauseMs(): number {
    this.#idleBeats = this.#hasPartitions ? 0 : this.#idleBeats + 1;
    if (this.#hasPartitions) return this.#intervalMs;
    return Math.min(FIRST_IDLE_INTERVAL_MS * 2 ** (this.#idleBeats - 1), this.#intervalMs);
  }

  #leave(): ShareMembershipEffect[] {
    const wasIn = this.#phase === 'joined' || (this.#phase === 'outside' && this.#isInFlight);
    this.#reset(0);
    this.#pollDueAtMs = Infinity;
    return wasIn ? [{ type: 'sendLeave' }] : [];
  }

  /** As before the first join. */
  #reset(nowMs: number): void {
    this.#phase = 'outside';
    this.#memberEpoch = JOIN_EPOCH;
    this.#isInFlight = false;
    this.#wantsAll = true;
    this.#dueAtMs = nowMs;
    this.#failures = 0;
    this.#idleBeats = 0;
    this.#hasPartitions = false;
  }

  #retryLater(nowMs: number): void {
    const { retryBackoffMs, retryBackoffMaxMs } = this.#options;
    this.#wantsAll = true;
    this.#dueAtMs = nowMs + Math.min(retryBackoffMs * 2 ** this.#failures, retryBackoffMaxMs);
    this.#failures++;
  }
}
