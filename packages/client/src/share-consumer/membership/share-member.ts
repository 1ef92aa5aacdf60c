import { MillraceError } from '@millrace/protocol';
import {
  ShareGroupHeartbeatRequest,
  ShareGroupHeartbeatResponse,
} from '@millrace/protocol/messages/share-group-heartbeat';
import { defineApi } from '../../cluster/api.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { kafkaFailure } from '../../cluster/kafka-failure.ts';
import type { TopicIdPartitions } from '../../group-member/heartbeat-answer.ts';
import { MemberFailures } from '../../group-member/member-failures.ts';
import { WakeupTimer, type PollingApplication } from '../../group-member/wakeup-timer.ts';
import { GroupRefusedError } from '../../consumer/consumer-errors.ts';
import {
  ShareMembership,
  type ShareMembershipEffect,
  type ShareMembershipEvent,
  type ShareMembershipOptions,
} from './share-membership.ts';

const SHARE_GROUP_HEARTBEAT = defineApi(ShareGroupHeartbeatRequest, ShareGroupHeartbeatResponse);

export interface ShareMemberOptions extends ShareMembershipOptions, PollingApplication {
  readonly groupId: string;
  readonly rackId: string | null;
  /** The topics subscribed to, asked for when they are told. */
  readonly topics: () => Iterable<string>;
  /** The assignment has changed. */
  readonly onAssigned?: () => void;
}

/** Runs the membership of a share group: performs its effects, keeps its timer. */
export class ShareMember {
  /** Chosen once, kept for the life of the consumer; the name of its share sessions as well. */
  readonly id: string;
  readonly #cluster: Cluster;
  readonly #options: ShareMemberOptions;
  readonly #membership: ShareMembership;
  #assigned: readonly TopicIdPartitions[] = [];
  readonly #timer: WakeupTimer;
  readonly #failures: MemberFailures;
  /** Raised by every leave: answers to what was sent before are dropped. */
  #attempt = 0;

  constructor(cluster: Cluster, options: ShareMemberOptions) {
    this.#cluster = cluster;
    this.#options = options;
    this.#membership = new ShareMembership(options);
    const tick = () => this.#feed({ type: 'ticked' });
    this.#timer = WakeupTimer.outsidePolls(cluster.host, options, tick);
    this.#failures = new MemberFailures(options.onProgress);
    // Not from a fork: two consumers of one process would draw the same.
    this.id = cluster.host.random.bytes(16).toString('base64url');
  }

  get assigned(): readonly TopicIdPartitions[] {
    return this.#assigned;
  }

  /** Lets heartbeats go on. @throws what they were refused with */
  poll(): void {
    this.#failures.throwIfAny();
    this.#feed({ type: 'polled' });
  }

  subscriptionChanged(): void {
    this.#feed({ type: 'subscribed' });
  }

  /** The member is a stranger afterwards. Never rejects. */
  async leave(): Promise<void> {
    this.#attempt++;
    const effects = this.#membership.step({ type: 'left' }, this.#nowMs());
    this.#timer.cancel();
    this.#assigned = [];
    this.#failures.clear();
    for (const { type } of effects) if (type === 'sendLeave') await this.#sendLeave();
  }

  close(): void {
    this.#attempt++;
    this.#timer.close();
  }

  #feed(event: ShareMembershipEvent): void {
    for (const effect of this.#membership.step(event, this.#nowMs())) this.#perform(effect);
    this.#timer.arm(this.#membership.nextWakeupMs);
  }

  #perform(effect: ShareMembershipEffect): void {
    switch (effect.type) {
      case 'sendHeartbeat':
        return void this.#heartbeat(effect);
      case 'sendLeave':
        this.#attempt++;
        return void this.#sendLeave();
      case 'assign':
        this.#assigned = effect.partitions;
        this.#options.onAssigned?.();
        return this.#options.onProgress();
      case 'forgetCoordinator':
        return this.#cluster.coordinators.forget('group', this.#options.groupId);
      case 'report':
        return this.#failures.fail(this.#kafkaFailure(effect.errorCode, effect.message));
      case 'fail': {
        const cause = this.#kafkaFailure(effect.errorCode, effect.message);
        return this.#failures.refuse(new GroupRefusedError(this.#options.groupId, { cause }));
      }
    }
  }

  /** Sends, and turns both answer and failure into an event, unless the member has left meanwhile. Never rejects. */
  async #heartbeat(effect: Extract<ShareMembershipEffect, { type: 'sendHeartbeat' }>): Promise<void> {
    const attempt = this.#attempt;
    const { groupId, rackId, topics } = this.#options;
    const { memberEpoch, isFull } = effect;
    const identity = { groupId, memberId: this.id, memberEpoch };
    try {
      const { response } = await this.#cluster.send({
        to: { coordinatorOf: { type: 'group', key: groupId } },
        api: SHARE_GROUP_HEARTBEAT,
        message: isFull ? { ...identity, rackId, subscribedTopicNames: [...topics()] } : identity,
      });
      if (attempt === this.#attempt) this.#feed({ type: 'answered', answer: response });
    } catch (error) {
      if (attempt !== this.#attempt || this.#cluster.isClosed) return;
      if (!(error instanceof MillraceError) || !error.retriable) this.#failures.fail(error as Error);
      else this.#cluster.logger.info('heartbeat failed, trying again', { groupId, error });
      this.#feed({ type: 'requestFailed' });
    }
  }

  async #sendLeave(): Promise<void> {
    const { groupId } = this.#options;
    try {
      await this.#cluster.send({
        to: { coordinatorOf: { type: 'group', key: groupId } },
        api: SHARE_GROUP_HEARTBEAT,
        message: { groupId, memberId: this.id, memberEpoch: -1 },
      });
    } catch (error) {
      // The session time-out removes the member as well, only later.
      this.#cluster.logger.warn('could not leave the group', { groupId, memberId: this.id, error });
    }
  }

  #kafkaFailure(errorCode: number, message: string | null): Error {
    return kafkaFailure(errorCode, `Membership in share group "${this.#options.groupId}"`, message);
  }

  #nowMs(): number {
    return this.#cluster.host.clock.monotonicMs();
  }
}
