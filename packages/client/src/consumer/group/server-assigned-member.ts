import { ErrorCode, MillraceError } from '@millrace/protocol';
import type { Cluster } from '../../cluster/cluster.ts';
import { kafkaFailure } from '../../cluster/kafka-failure.ts';
import type { TopicIdPartitions } from '../../group-member/heartbeat-answer.ts';
import { MemberFailures } from '../../group-member/member-failures.ts';
import { WakeupTimer, type PollingApplication } from '../../group-member/wakeup-timer.ts';
import { GroupRefusedError } from '../consumer-errors.ts';
import type { Committer } from '../offsets/commit-offsets.ts';
import type { SubscriptionState } from '../subscription/subscription-state.ts';
import type { TopicPartition } from '../topic-partition.ts';
import type { AssignmentHandover } from './assignment-handover.ts';
import {
  ConsumerMembership,
  type ConsumerMembershipEffect,
  type ConsumerMembershipEvent,
  type ConsumerMembershipOptions,
} from './consumer-membership.ts';
import { CONSUMER_GROUP_HEARTBEAT } from './group-apis.ts';
import type { GroupMembership } from './group-membership.ts';

export interface ServerAssignedMemberOptions
  extends Omit<ConsumerMembershipOptions, 'isStatic'>, PollingApplication {
  readonly groupId: string;
  readonly groupInstanceId: string | null;
  readonly rackId: string | null;
  /** `group.remote.assignor`; null leaves it to the others and to the broker. */
  readonly serverAssignor: string | null;
}

/** Runs the membership of a group with assignment by the broker (KIP-848): performs its effects, keeps its timer. */
export class ServerAssignedMember implements GroupMembership {
  readonly #cluster: Cluster;
  readonly #subscription: SubscriptionState;
  readonly #handover: AssignmentHandover;
  readonly #options: ServerAssignedMemberOptions;
  readonly #membership: ConsumerMembership;
  /** Chosen once, kept for the life of the consumer (KIP-1082). */
  readonly #memberId: string;
  #hadPattern = false;
  readonly #timer: WakeupTimer;
  readonly #failures: MemberFailures;
  /** Raised by every leave: answers to what was sent before are dropped. */
  #attempt = 0;

  constructor(
    cluster: Cluster,
    subscription: SubscriptionState,
    handover: AssignmentHandover,
    options: ServerAssignedMemberOptions,
  ) {
    this.#cluster = cluster;
    this.#subscription = subscription;
    this.#handover = handover;
    this.#options = options;
    this.#membership = new ConsumerMembership({ ...options, isStatic: options.groupInstanceId !== null });
    const tick = () => this.#feed({ type: 'ticked' });
    this.#timer = WakeupTimer.outsidePolls(cluster.host, options, tick);
    this.#failures = new MemberFailures(options.onProgress);
    // Not from a fork: two consumers of one process would draw the same.
    this.#memberId = cluster.host.random.bytes(16).toString('base64url');
  }

  get committer(): Committer {
    const { groupId, groupInstanceId } = this.#options;
    const { memberEpoch } = this.#membership;
    const isMember = memberEpoch > 0;
    return {
      groupId,
      groupInstanceId,
      generationId: isMember ? memberEpoch : -1,
      memberId: isMember ? this.#memberId : '',
    };
  }

  get topics(): ReadonlySet<string> {
    return this.#subscription.topics;
  }

  async poll(): Promise<void> {
    do {
      this.#failures.throwIfAny();
      await this.#perform(this.#membership.step({ type: 'polled' }, this.#nowMs()));
      this.#timer.arm(this.#membership.nextWakeupMs);
      const callbackError = this.#handover.takeCallbackError();
      if (callbackError !== undefined) throw callbackError;
    } while (this.#membership.wantsPoll);
  }

  requestRejoin(): void {
    this.#feed({ type: 'subscribed' });
  }

  onMetadataChanged(): void {
    this.#feed({ type: 'metadataChanged' });
  }

  commitRefused(errorCode: number, memberEpoch: number): void {
    const isCurrent = memberEpoch === this.#membership.memberEpoch;
    if (isCurrent && errorCode === ErrorCode.UNKNOWN_MEMBER_ID) this.#feed({ type: 'commitRefused' });
  }

  async leave(reason: string): Promise<void> {
    if (this.#membership.phase === 'lost') await this.#handover.loseAll();
    else await this.#handover.revokeAll();
    this.#attempt++;
    const { groupId } = this.#options;
    this.#cluster.logger.info('leaving the group', { groupId, memberId: this.#memberId, reason });
    await this.#perform(this.#membership.step({ type: 'left' }, this.#nowMs()));
    this.#timer.cancel();
    this.#failures.clear();
  }

  close(): void {
    this.#attempt++;
    this.#timer.close();
  }

  #feed(event: ConsumerMembershipEvent): void {
    const effects = this.#membership.step(event, this.#nowMs());
    // Only polls start callbacks, so nothing in here takes long; requests go on by themselves.
    void this.#perform(effects).catch((error: unknown) => this.#failures.fail(error as Error));
    this.#timer.arm(this.#membership.nextWakeupMs);
    this.#options.onProgress();
  }

  async #perform(effects: readonly ConsumerMembershipEffect[]): Promise<void> {
    for (const effect of effects) await this.#performOne(effect);
  }

  async #performOne(effect: ConsumerMembershipEffect): Promise<void> {
    switch (effect.type) {
      case 'sendHeartbeat':
        return void this.#heartbeat(effect);
      case 'reconcile':
        return this.#reconcile(effect.target);
      case 'lose':
        await this.#handover.loseAll();
        return this.#feed({ type: 'lost' });
      case 'sendLeave':
        return this.#sendLeave(effect.memberEpoch);
      case 'forgetCoordinator':
        return this.#cluster.coordinators.forget('group', this.#options.groupId);
      case 'report':
        return this.#failures.fail(this.#kafkaFailure(effect.errorCode, effect.message));
      case 'fail':
        return this.#refused(effect.errorCode, effect.message);
    }
  }

  /** Takes over what has a name; the rest follows when its metadata is there. */
  async #reconcile(target: readonly TopicIdPartitions[]): Promise<void> {
    const { names, unknown } = this.#namesOf(target);
    const known = target.filter(({ topicId }) => names.has(topicId));
    const assigned = known.flatMap(({ topicId, partitions }) =>
      partitions.map((partition): TopicPartition => ({ topic: names.get(topicId)!, partition })),
    );
    await this.#handover.afterSync(assigned);
    if (unknown) this.#cluster.refresher.requestUpdate();
    this.#feed({ type: 'reconciled', owned: known, isComplete: !unknown });
  }

  #namesOf(target: readonly TopicIdPartitions[]): { names: Map<string, string>; unknown: boolean } {
    const names = new Map<string, string>();
    for (const { topicId, name } of this.#cluster.metadata.topics) names.set(topicId, name);
    return { names, unknown: target.some(({ topicId }) => !names.has(topicId)) };
  }

  /** Sends, and turns both answer and failure into an event, unless the member has left meanwhile. */
  async #heartbeat(effect: Extract<ConsumerMembershipEffect, { type: 'sendHeartbeat' }>): Promise<void> {
    const attempt = this.#attempt;
    const { groupId } = this.#options;
    try {
      const { response } = await this.#cluster.send({
        to: { coordinatorOf: { type: 'group', key: groupId } },
        api: CONSUMER_GROUP_HEARTBEAT,
        message: this.#message(effect),
      });
      if (attempt === this.#attempt) this.#feed({ type: 'answered', answer: response });
    } catch (error) {
      if (attempt !== this.#attempt || this.#cluster.isClosed) return;
      if (!(error instanceof MillraceError) || !error.retriable) this.#failures.fail(error as Error);
      else this.#cluster.logger.info('heartbeat failed, trying again', { groupId, error });
      this.#feed({ type: 'requestFailed' });
    }
  }

  /** What has not changed is left out. */
  #message({
    memberEpoch,
    isFull,
    withSubscription,
    owned,
  }: Extract<ConsumerMembershipEffect, { type: 'sendHeartbeat' }>) {
    const { groupId, groupInstanceId, rackId, serverAssignor, maxPollIntervalMs } = this.#options;
    return {
      groupId,
      memberId: this.#memberId,
      memberEpoch,
      instanceId: groupInstanceId,
      rackId: isFull ? rackId : null,
      rebalanceTimeoutMs: isFull ? maxPollIntervalMs : -1,
      subscribedTopicNames: withSubscription ? [...this.#subscription.topics] : null,
      subscribedTopicRegex: withSubscription ? this.#pattern() : null,
      serverAssignor: isFull ? serverAssignor : null,
      topicPartitions: owned,
    };
  }

  /** Empty takes an earlier expression back; whoever never had one need not say so to brokers that know none. */
  #pattern(): string | null {
    const { brokerPattern } = this.#subscription;
    this.#hadPattern ||= brokerPattern !== undefined;
    return brokerPattern ?? (this.#hadPattern ? '' : null);
  }

  async #sendLeave(memberEpoch: number): Promise<void> {
    const { groupId, groupInstanceId } = this.#options;
    try {
      await this.#cluster.send({
        to: { coordinatorOf: { type: 'group', key: groupId } },
        api: CONSUMER_GROUP_HEARTBEAT,
        message: { groupId, memberId: this.#memberId, memberEpoch, instanceId: groupInstanceId },
      });
    } catch (error) {
      // The session time-out removes the member as well, only later.
      this.#cluster.logger.warn('could not leave the group', { groupId, memberId: this.#memberId, error });
    }
  }

  #kafkaFailure(errorCode: number, message: string | null): Error {
    const hint =
      errorCode === ErrorCode.UNSUPPORTED_VERSION
        ? 'the broker has no consumer groups of KIP-848, use group.protocol=classic'
        : message;
    return kafkaFailure(errorCode, `Membership in group "${this.#options.groupId}"`, hint);
  }

  #refused(errorCode: number, message: string | null): void {
    const cause = this.#kafkaFailure(errorCode, message);
    this.#failures.refuse(new GroupRefusedError(this.#options.groupId, { cause }));
  }

  #nowMs(): number {
    return this.#cluster.host.clock.monotonicMs();
  }
}
