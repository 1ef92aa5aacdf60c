import { ErrorCode, MillraceError } from '@millrace/protocol';
import type { Cluster } from '../../cluster/cluster.ts';
import { kafkaFailure } from '../../cluster/kafka-failure.ts';
import { MemberFailures } from '../../group-member/member-failures.ts';
import { WakeupTimer, type PollingApplication } from '../../group-member/wakeup-timer.ts';
import type { Assignor } from '../assignors/assignor.ts';
import { GroupRefusedError } from '../consumer-errors.ts';
import type { Committer } from '../offsets/commit-offsets.ts';
import type { SubscriptionState } from '../subscription/subscription-state.ts';
import type { TopicPartition } from '../topic-partition.ts';
import type { AssignmentHandover } from './assignment-handover.ts';
import { ClassicMembership, type MembershipOptions } from './classic-membership.ts';
import {
  FIRST_LEAVE_VERSION_WITH_MEMBERS,
  HEARTBEAT,
  JOIN_GROUP,
  LEAVE_GROUP,
  SYNC_GROUP,
} from './group-apis.ts';
import type { GroupMembership } from './group-membership.ts';
import { LeaderAssignment } from './leader-assignment.ts';
import {
  CONSUMER_PROTOCOL_TYPE,
  type Generation,
  type MembershipEffect,
  type MembershipEvent,
} from './membership-protocol.ts';
import { readAssignment, writeSubscription } from './subscription-bytes.ts';

/** JoinGroup answers when all members have joined: up to the rebalance timeout, and then some. */
const JOIN_TIMEOUT_SLACK_MS = 5000;

export interface GroupMemberOptions extends MembershipOptions, PollingApplication {
  readonly groupId: string;
  readonly rackId: string | null;
  /** In order of preference. */
  readonly assignors: readonly Assignor[];
}

/** Runs the membership: performs its effects on the cluster, feeds the answers back, keeps its timer. */
export class GroupMember implements GroupMembership {
  readonly #cluster: Cluster;
  readonly #subscription: SubscriptionState;
  readonly #handover: AssignmentHandover;
  readonly #options: GroupMemberOptions;
  readonly #membership: ClassicMembership;
  readonly #leading: LeaderAssignment;
  readonly #timer: WakeupTimer;
  readonly #failures: MemberFailures;
  /** Raised by every join and leave: answers to what was sent before are dropped. */
  #attempt = 0;
  #lastAssignment: readonly TopicPartition[] = [];
  #lastGenerationId = -1;

  constructor(
    cluster: Cluster,
    subscription: SubscriptionState,
    handover: AssignmentHandover,
    options: GroupMemberOptions,
  ) {
    this.#cluster = cluster;
    this.#subscription = subscription;
    this.#handover = handover;
    this.#options = options;
    this.#membership = new ClassicMembership(options);
    const tick = () => this.#feed({ type: 'ticked' });
    this.#timer = WakeupTimer.outsidePolls(cluster.host, options, tick);
    this.#failures = new MemberFailures(options.onProgress);
    this.#leading = new LeaderAssignment(cluster);
  }

  /** What commits carry. */
  get committer(): Committer {
    const { groupId, groupInstanceId } = this.#options;
    const generation = this.#membership.generation;
    return {
      groupId,
      groupInstanceId,
      generationId: generation?.generationId ?? -1,
      memberId: generation?.memberId ?? '',
    };
  }

  get hasGeneration(): boolean {
    return this.#membership.generation !== undefined;
  }

  /** Topics whose metadata this member needs: its own, and as leader everybody's. */
  get topics(): ReadonlySet<string> {
    if (!this.#membership.isLeader) return this.#subscription.topics;
    return new Set([...this.#subscription.topics, ...this.#leading.topics]);
  }

  /**
   * The member's part of a poll: runs callbacks that are due, and starts what follows from them.
   * @throws GroupRefusedError and what callbacks threw
   */
  async poll(): Promise<void> {
    do {
      this.#failures.throwIfAny();
      await this.#perform(this.#membership.step({ type: 'polled' }, this.#nowMs()));
      this.#timer.arm(this.#membership.nextWakeupMs);
      const callbackError = this.#handover.takeCallbackError();
      if (callbackError !== undefined) throw callbackError;
    } while (this.#membership.wantsPoll);
  }

  requestRejoin(reason: string): void {
    this.#feed({ type: 'rejoinRequested', reason });
  }

  /** Fresh metadata is there: as leader, does the group need another assignment? */
  onMetadataChanged(): void {
    if (this.#membership.isLeader && this.#membership.phase === 'stable' && this.#leading.isOutdated) {
      this.requestRejoin('partitions of subscribed topics changed');
    }
  }

  /** The coordinator refused a commit of that generation. */
  commitRefused(errorCode: number, generationId: number): void {
    this.#feed({ type: 'commitRefused', errorCode, generationId });
  }

  /** Runs the last callbacks and tells the coordinator; never throws for what the coordinator does. */
  async leave(reason: string): Promise<void> {
    if (this.#membership.isGenerationLost) await this.#handover.loseAll();
    else await this.#handover.revokeAll();
    this.#attempt++;
    await this.#perform(this.#membership.step({ type: 'left', reason }, this.#nowMs()));
    this.#timer.cancel();
    this.#failures.clear();
  }

  /** Stops timers; the membership ends with its session. */
  close(): void {
    this.#attempt++;
    this.#timer.close();
  }

  #feed(event: MembershipEvent): void {
    const effects = this.#membership.step(event, this.#nowMs());
    // Only polls start callbacks, so nothing in here takes long; requests go on by themselves.
    void this.#perform(effects).catch((error: unknown) => this.#failures.fail(error as Error));
    this.#timer.arm(this.#membership.nextWakeupMs);
    this.#options.onProgress();
  }

  async #perform(effects: readonly MembershipEffect[]): Promise<void> {
    for (const effect of effects) await this.#performOne(effect);
  }

  async #performOne(effect: MembershipEffect): Promise<void> {
    switch (effect.type) {
      case 'prepare':
        await this.#handover.beforeJoin(effect.generationLost);
        return this.#feed({ type: 'prepared' });
      case 'sendJoin':
        return void this.#join(effect.memberId, effect.reason);
      case 'computeAssignment':
        return void this.#lead(effect);
      case 'sendSync':
        return void this.#sync(effect.generation, effect.assignments);
      case 'sendHeartbeat':
        return void this.#heartbeat(effect.generation);
      case 'sendLeave':
        return this.#sendLeave(effect.memberId, effect.reason);
      case 'complete':
        return this.#complete(effect.generation, effect.assignment);
      case 'forgetCoordinator':
        return this.#cluster.coordinators.forget('group', this.#options.groupId);
      case 'fail':
        return this.#refused(effect.errorCode);
    }
  }

  async #complete(generation: Generation, bytes: Buffer): Promise<void> {
    const assigned = readAssignment(bytes);
    this.#lastAssignment = assigned;
    this.#lastGenerationId = generation.generationId;
    const gaveUp = await this.#handover.afterSync(assigned);
    // Eager members have given up everything before joining; whoever gets a partition now can have it at once.
    const rejoins = gaveUp ? { rejoinReason: 'partitions were revoked' } : {};
    this.#feed({ type: 'completed', ...rejoins });
  }

  async #join(memberId: string, reason: string): Promise<void> {
    const attempt = ++this.#attempt;
    const { groupId, groupInstanceId, sessionTimeoutMs, maxPollIntervalMs } = this.#options;
    await this.#exchange('join', attempt, async () => {
      const { response } = await this.#cluster.send({
        to: { coordinatorOf: { type: 'group', key: groupId } },
        api: JOIN_GROUP,
        message: {
          groupId,
          sessionTimeoutMs,
          rebalanceTimeoutMs: maxPollIntervalMs,
          memberId,
          groupInstanceId,
          protocolType: CONSUMER_PROTOCOL_TYPE,
          protocols: this.#protocols(),
          reason,
        },
        timeoutMs: maxPollIntervalMs + JOIN_TIMEOUT_SLACK_MS,
      });
      return { type: 'joinAnswered', answer: response };
    });
  }

  #protocols(): { name: string; metadata: Buffer }[] {
    const previous = { partitions: this.#lastAssignment, generationId: this.#lastGenerationId };
    const subscription = {
      topics: [...this.#subscription.topics],
      ownedPartitions: [...this.#subscription.assigned],
      generationId: this.#membership.generation?.generationId ?? -1,
      rackId: this.#options.rackId,
    };
    return this.#options.assignors.map((assignor) => {
      const userData = assignor.userData?.(previous) ?? null;
      return { name: assignor.name, metadata: writeSubscription({ ...subscription, userData }) };
    });
  }

  async #lead(effect: Extract<MembershipEffect, { type: 'computeAssignment' }>): Promise<void> {
    await this.#exchange('sync', this.#attempt, async () => {
      const assignor = this.#options.assignors.find(({ name }) => name === effect.protocolName);
      if (assignor === undefined) {
        throw kafkaFailure(
          ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
          `Assignor "${effect.protocolName}" of the group`,
        );
      }
      const assignments = await this.#leading.compute(assignor, effect.members);
      return { type: 'assignmentComputed', assignments };
    });
  }

  async #sync(generation: Generation, assignments: ReadonlyMap<string, Buffer>): Promise<void> {
    const { groupId, groupInstanceId, maxPollIntervalMs } = this.#options;
    await this.#exchange('sync', this.#attempt, async () => {
      const { response } = await this.#cluster.send({
        to: { coordinatorOf: { type: 'group', key: groupId } },
        api: SYNC_GROUP,
        message: {
          groupId,
          generationId: generation.generationId,
          memberId: generation.memberId,
          groupInstanceId,
          protocolType: CONSUMER_PROTOCOL_TYPE,
          protocolName: generation.protocolName,
          assignments: [...assignments].map(([memberId, assignment]) => ({ memberId, assignment })),
        },
        timeoutMs: maxPollIntervalMs + JOIN_TIMEOUT_SLACK_MS,
      });
      return { type: 'syncAnswered', answer: response };
    });
  }

  async #heartbeat({ generationId, memberId }: Generation): Promise<void> {
    const { groupId, groupInstanceId } = this.#options;
    await this.#exchange('heartbeat', this.#attempt, async () => {
      const { response } = await this.#cluster.send({
        to: { coordinatorOf: { type: 'group', key: groupId } },
        api: HEARTBEAT,
        message: { groupId, generationId, memberId, groupInstanceId },
      });
      return { type: 'heartbeatAnswered', errorCode: response.errorCode, generationId };
    });
  }

  /** Sends, and turns both answer and failure into an event, unless the member has gone on meanwhile. */
  async #exchange(
    request: 'join' | 'sync' | 'heartbeat',
    attempt: number,
    ask: () => Promise<MembershipEvent>,
  ): Promise<void> {
    try {
      const event = await ask();
      if (attempt === this.#attempt) this.#feed(event);
    } catch (error) {
      if (attempt !== this.#attempt || this.#cluster.isClosed) return;
      if (!(error instanceof MillraceError) || !error.retriable) this.#failures.fail(error as Error);
      else
        this.#cluster.logger.info(`${request} failed, trying again`, {
          groupId: this.#options.groupId,
          error,
        });
      this.#feed({ type: 'requestFailed', request });
    }
  }

  async #sendLeave(memberId: string, reason: string): Promise<void> {
    const { groupId } = this.#options;
    this.#cluster.logger.info('leaving the group', { groupId, memberId, reason });
    try {
      await this.#cluster.send({
        to: { coordinatorOf: { type: 'group', key: groupId } },
        api: LEAVE_GROUP,
        message: (version) =>
          version >= FIRST_LEAVE_VERSION_WITH_MEMBERS
            ? { groupId, members: [{ memberId, groupInstanceId: null, reason }] }
            : { groupId, memberId },
      });
    } catch (error) {
      // The session time-out removes the member as well, only later.
      this.#cluster.logger.warn('could not leave the group', { groupId, memberId, error });
    }
  }

  #refused(errorCode: number): void {
    const { groupId } = this.#options;
    const cause = kafkaFailure(errorCode, `Membership in group "${groupId}"`);
    this.#failures.refuse(new GroupRefusedError(groupId, { cause }));
  }

  #nowMs(): number {
    return this.#cluster.host.clock.monotonicMs();
  }
}
