import { ErrorCode } from '@millrace/protocol';
import { HeartbeatSchedule, type HeartbeatTimes } from './heartbeat-schedule.ts';
import {
  CONSUMER_PROTOCOL_TYPE,
  type Generation,
  type JoinAnswer,
  type MembershipEffect,
  type MembershipEvent,
  type SyncAnswer,
} from './membership-protocol.ts';

export interface MembershipOptions extends HeartbeatTimes {
  /** `group.instance.id`: a static member does not leave its group when it closes (KIP-345). */
  readonly groupInstanceId: string | null;
  readonly retryBackoffMaxMs: number;
  /** What kind of group it is. Default: consumers. */
  readonly protocolType?: string;
}

/**
 * - `unjoined`: has to join; waits for a poll, because callbacks come first
 * - `preparing`: the callbacks before joining run
 * - `backingOff`: a join or sync failed; the join is sent again at a known time, without callbacks
 * - `joining`, `syncing`: the request is under way
 * - `completing`: the assignment is here; waits for a poll, or for the callbacks the poll has started
 * - `stable`: everything agreed
 * - `failed`: the coordinator refuses this member for good
 */
export type MembershipPhase =
  | 'unjoined'
  | 'preparing'
  | 'backingOff'
  | 'joining'
  | 'syncing'
  | 'completing'
  | 'stable'
  | 'failed';

/**
 * One member of a classic consumer group, as a state machine: events in, effects out, time handed in. It follows
 * Kafka's client in what it sends and when callbacks run (`client.md` section 5, KIP-62, KIP-345, KIP-394, KIP-429).
 */
export class ClassicMembership {
  readonly #options: MembershipOptions;
  readonly #heartbeats: HeartbeatSchedule;
  #phase: MembershipPhase = 'unjoined';
  #memberId = '';
  #generation: Generation | undefined;
  #generationLost = false;
  #rejoinReason: string | undefined = 'first join';
  #joinAtMs = Infinity;
  #failures = 0;
  #isLeader = false;
  #assignment: Buffer | undefined;

  constructor(options: MembershipOptions) {
    this.#options = options;
    this.#heartbeats = new HeartbeatSchedule(options);
  }

  get phase(): MembershipPhase {
    return this.#phase;
  }

  /** Undefined before the first join and after the group has moved on without this member. */
  get generation(): Generation | undefined {
    return this.#generation;
  }

  get memberId(): string {
    return this.#memberId;
  }

  /** The leader watches the topics' metadata for the whole group. */
  get isLeader(): boolean {
    return this.#isLeader && this.#generation !== undefined;
  }

  /** Between the loss of a generation and the next join: partitions held are lost, not revoked. */
  get isGenerationLost(): boolean {
    return this.#generationLost;
  }

  /** True when a poll would start callbacks. */
  get wantsPoll(): boolean {
    return (
      this.#phase === 'unjoined' ||
      (this.#phase === 'stable' && this.#rejoinReason !== undefined) ||
      (this.#phase === 'completing' && this.#assignment !== undefined)
    );
  }

  /** When to send `ticked` at the latest; `Infinity` if nothing is waiting for time to pass. */
  get nextWakeupMs(): number {
    if (this.#phase === 'backingOff') return this.#joinAtMs;
    return this.#sendsHeartbeats ? this.#heartbeats.nextAtMs : Infinity;
  }

  step(event: MembershipEvent, nowMs: number): MembershipEffect[] {
    switch (event.type) {
      case 'polled':
        return this.#onPolled(nowMs);
      case 'ticked':
        return this.#onTicked(nowMs);
      case 'rejoinRequested':
        this.#rejoinReason = event.reason;
        return [];
      case 'prepared':
        return this.#phase === 'preparing' ? this.#sendJoin() : [];
      case 'joinAnswered':
        return this.#phase === 'joining' ? this.#onJoinAnswered(event.answer, nowMs) : [];
      case 'assignmentComputed':
        return this.#phase === 'syncing' ? this.#sendSync(event.assignments) : [];
      case 'syncAnswered':
        return this.#phase === 'syncing' ? this.#onSyncAnswered(event.answer, nowMs) : [];
      case 'heartbeatAnswered':
        return this.#onHeartbeatAnswered(event.errorCode, event.generationId, nowMs);
      case 'commitRefused':
        return this.#onCommitRefused(event.errorCode, event.generationId);
      case 'requestFailed':
        return this.#onRequestFailed(event.request, nowMs);
      case 'completed':
        return this.#onCompleted(event.rejoinReason);
      case 'left':
        return this.#leave(event.reason);
    }
  }

  #onPolled(nowMs: number): MembershipEffect[] {
    this.#heartbeats.polled(nowMs);
    if (this.#phase === 'unjoined' || (this.#phase === 'stable' && this.#rejoinReason !== undefined)) {
      this.#phase = 'preparing';
      return [{ type: 'prepare', generationLost: this.#generationLost }];
    }
    if (this.#phase === 'completing' && this.#assignment !== undefined && this.#generation !== undefined) {
      const assignment = this.#assignment;
      this.#assignment = undefined;
      return [{ type: 'complete', generation: this.#generation, assignment }];
    }
    return this.#onTicked(nowMs);
  }

  #onTicked(nowMs: number): MembershipEffect[] {
    if (this.#phase === 'backingOff') return nowMs >= this.#joinAtMs ? this.#sendJoin() : [];
    if (!this.#sendsHeartbeats || this.#generation === undefined) return [];
    if (this.#heartbeats.isPollOverdue(nowMs)) {
      return this.#leave(
        `max.poll.interval.ms (${this.#options.maxPollIntervalMs} ms) exceeded between two polls`,
      );
    }
    const effects: MembershipEffect[] = [];
    if (this.#heartbeats.takeSessionExpiry(nowMs)) effects.push({ type: 'forgetCoordinator' });
    if (this.#heartbeats.isHeartbeatDue(nowMs)) {
      this.#heartbeats.sent(nowMs);
      effects.push({ type: 'sendHeartbeat', generation: this.#generation });
    }
    return effects;
  }

  #sendJoin(): MembershipEffect[] {
    const reason = this.#rejoinReason ?? 'rebalance in progress';
    this.#phase = 'joining';
    this.#rejoinReason = undefined;
    this.#generationLost = false;
    return [{ type: 'sendJoin', memberId: this.#memberId, reason }];
  }

  #onJoinAnswered(answer: JoinAnswer, nowMs: number): MembershipEffect[] {
    switch (answer.errorCode) {
      case ErrorCode.NONE:
        return this.#onJoined(answer, nowMs);
      case ErrorCode.MEMBER_ID_REQUIRED:
        this.#memberId = answer.memberId;
        this.#rejoinReason = 'member id assigned';
        return this.#sendJoin();
      case ErrorCode.UNKNOWN_MEMBER_ID:
        this.#memberId = '';
        return this.#loseGeneration('unknown member id');
      case ErrorCode.ILLEGAL_GENERATION:
        return this.#loseGeneration('illegal generation');
      case ErrorCode.COORDINATOR_LOAD_IN_PROGRESS:
      case ErrorCode.REBALANCE_IN_PROGRESS:
        return this.#joinLater('join again', nowMs);
      case ErrorCode.COORDINATOR_NOT_AVAILABLE:
      case ErrorCode.NOT_COORDINATOR:
        return [{ type: 'forgetCoordinator' }, ...this.#joinLater('coordinator moved', nowMs)];
      default:
        return this.#fail(answer.errorCode);
    }
  }

  #onJoined(answer: JoinAnswer, nowMs: number): MembershipEffect[] {
    if (answer.protocolType !== null && answer.protocolType !== this.#protocolType) {
      return this.#fail(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    }
    const protocolName = answer.protocolName ?? '';
    this.#memberId = answer.memberId;
    this.#generation = { generationId: answer.generationId, memberId: answer.memberId, protocolName };
    this.#isLeader = answer.leader === answer.memberId;
    this.#phase = 'syncing';
    this.#heartbeats.restart(nowMs);
    return this.#isLeader && !answer.skipAssignment
      ? [{ type: 'computeAssignment', protocolName, members: answer.members }]
      : this.#sendSync(new Map());
  }

  #sendSync(assignments: ReadonlyMap<string, Buffer>): MembershipEffect[] {
    const generation = this.#generation;
    return generation === undefined ? [] : [{ type: 'sendSync', generation, assignments }];
  }

  #onSyncAnswered(answer: SyncAnswer, nowMs: number): MembershipEffect[] {
    switch (answer.errorCode) {
      case ErrorCode.NONE:
        return this.#onSynced(answer);
      case ErrorCode.REBALANCE_IN_PROGRESS:
        this.#rejoinReason = 'rebalance in progress';
        return this.#sendJoin();
      case ErrorCode.ILLEGAL_GENERATION:
        return this.#loseGeneration('illegal generation');
      case ErrorCode.UNKNOWN_MEMBER_ID:
        this.#memberId = '';
        return this.#loseGeneration('unknown member id');
      case ErrorCode.COORDINATOR_LOAD_IN_PROGRESS:
        return this.#joinLater('coordinator is loading', nowMs);
      case ErrorCode.COORDINATOR_NOT_AVAILABLE:
      case ErrorCode.NOT_COORDINATOR:
        return [{ type: 'forgetCoordinator' }, ...this.#joinLater('coordinator moved', nowMs)];
      default:
        return this.#fail(answer.errorCode);
    }
  }

  #onSynced(answer: SyncAnswer): MembershipEffect[] {
    const isOurs =
      (answer.protocolType === null || answer.protocolType === this.#protocolType) &&
      (answer.protocolName === null || answer.protocolName === this.#generation?.protocolName);
    if (!isOurs) return this.#fail(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    this.#failures = 0;
    this.#phase = 'completing';
    this.#assignment = answer.assignment;
    return [];
  }

  #onCompleted(rejoinReason: string | undefined): MembershipEffect[] {
    // The generation may have been lost while the callbacks ran; then the phase is already another one.
    if (this.#phase !== 'completing') return [];
    this.#phase = 'stable';
    if (rejoinReason !== undefined) this.#rejoinReason = rejoinReason;
    return [];
  }

  #onHeartbeatAnswered(errorCode: number, generationId: number, nowMs: number): MembershipEffect[] {
    // An answer to an older generation's heartbeat says nothing about this one.
    if (generationId !== this.#generation?.generationId) return [];
    switch (errorCode) {
      case ErrorCode.NONE:
        this.#heartbeats.answered(nowMs);
        return [];
      case ErrorCode.REBALANCE_IN_PROGRESS:
        this.#heartbeats.answered(nowMs);
        return this.#onGroupRebalancing();
      case ErrorCode.COORDINATOR_LOAD_IN_PROGRESS:
        this.#heartbeats.failed(nowMs);
        return [];
      case ErrorCode.COORDINATOR_NOT_AVAILABLE:
      case ErrorCode.NOT_COORDINATOR:
        this.#heartbeats.failed(nowMs);
        return [{ type: 'forgetCoordinator' }];
      default:
        return this.#onMembershipRefused(errorCode);
    }
  }

  #onCommitRefused(errorCode: number, generationId: number): MembershipEffect[] {
    if (generationId !== this.#generation?.generationId) return [];
    return errorCode === ErrorCode.REBALANCE_IN_PROGRESS
      ? this.#onGroupRebalancing()
      : this.#onMembershipRefused(errorCode);
  }

  /** Somebody has started a rebalance. Before the assignment is here that is no news: joining and syncing tell, too. */
  #onGroupRebalancing(): MembershipEffect[] {
    if (this.#phase === 'stable' || this.#phase === 'completing')
      this.#rejoinReason ??= 'group is rebalancing';
    return [];
  }

  #onMembershipRefused(errorCode: number): MembershipEffect[] {
    switch (errorCode) {
      case ErrorCode.ILLEGAL_GENERATION:
        return this.#loseGeneration('illegal generation');
      case ErrorCode.UNKNOWN_MEMBER_ID:
        this.#memberId = '';
        return this.#loseGeneration('unknown member id');
      default:
        return this.#fail(errorCode);
    }
  }

  #onRequestFailed(request: 'join' | 'sync' | 'heartbeat', nowMs: number): MembershipEffect[] {
    if (request === 'heartbeat') {
      this.#heartbeats.failed(nowMs);
      return [{ type: 'forgetCoordinator' }];
    }
    const isUnderWay = this.#phase === (request === 'join' ? 'joining' : 'syncing');
    return isUnderWay
      ? [{ type: 'forgetCoordinator' }, ...this.#joinLater(`${request} got no answer`, nowMs)]
      : [];
  }

  /** The group has gone on without us: what we hold may belong to others already. */
  #loseGeneration(reason: string): MembershipEffect[] {
    // Callbacks under way end first; their end finds the phase changed and does nothing.
    this.#phase = 'unjoined';
    this.#generation = undefined;
    this.#generationLost = true;
    this.#isLeader = false;
    this.#assignment = undefined;
    this.#rejoinReason = reason;
    return [];
  }

  #joinLater(reason: string, nowMs: number): MembershipEffect[] {
    const { retryBackoffMs, retryBackoffMaxMs } = this.#options;
    this.#phase = 'backingOff';
    this.#rejoinReason = reason;
    this.#joinAtMs = nowMs + Math.min(retryBackoffMaxMs, retryBackoffMs * 2 ** Math.min(this.#failures, 16));
    this.#failures++;
    return [];
  }

  #leave(reason: string): MembershipEffect[] {
    const memberId = this.#memberId;
    const sendsLeave = memberId !== '' && this.#options.groupInstanceId === null && this.#phase !== 'failed';
    this.#loseGeneration(reason);
    if (!sendsLeave) return [];
    this.#memberId = '';
    return [{ type: 'sendLeave', memberId, reason }];
  }

  #fail(errorCode: number): MembershipEffect[] {
    this.#loseGeneration(`refused with error ${errorCode}`);
    this.#phase = 'failed';
    this.#memberId = '';
    return [{ type: 'fail', errorCode }];
  }

  get #protocolType(): string {
    return this.#options.protocolType ?? CONSUMER_PROTOCOL_TYPE;
  }

  get #sendsHeartbeats(): boolean {
    if (this.#generation === undefined) return false;
    return this.#phase !== 'joining' && this.#phase !== 'backingOff' && this.#phase !== 'failed';
  }
}
