import type { Cluster } from '../cluster/cluster.ts';
import {
  FIRST_LEAVE_VERSION_WITH_MEMBERS,
  HEARTBEAT,
  JOIN_GROUP,
  LEAVE_GROUP,
  SYNC_GROUP,
} from '../consumer/group/group-apis.ts';
import type { MembershipEffect, MembershipEvent } from '../consumer/group/membership-protocol.ts';
import type { GroupProtocol } from './group-protocol.ts';

/** JoinGroup answers when all members have joined: up to the rebalance timeout, and then some. */
const JOIN_TIMEOUT_SLACK_MS = 5000;

export interface GroupRequestsOptions {
  readonly groupId: string;
  readonly groupInstanceId: string | null;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocol: GroupProtocol;
}

type Effect<Type extends MembershipEffect['type']> = Extract<MembershipEffect, { type: Type }>;

/** What a member says to its coordinator, one attempt each. */
export class GroupRequests {
  readonly #cluster: Cluster;
  readonly #options: GroupRequestsOptions;

  constructor(cluster: Cluster, options: GroupRequestsOptions) {
    this.#cluster = cluster;
    this.#options = options;
  }

  async join({ memberId, reason }: Effect<'sendJoin'>): Promise<MembershipEvent> {
    const { groupId, groupInstanceId, sessionTimeoutMs, rebalanceTimeoutMs, protocol } = this.#options;
    const { response } = await this.#cluster.send({
      to: this.#coordinator,
      api: JOIN_GROUP,
      message: {
        groupId,
        sessionTimeoutMs,
        rebalanceTimeoutMs,
        memberId,
        groupInstanceId,
        protocolType: protocol.protocolType,
        protocols: protocol.offers().map(({ name, metadata }) => ({ name, metadata })),
        reason,
      },
      timeoutMs: rebalanceTimeoutMs + JOIN_TIMEOUT_SLACK_MS,
    });
    return { type: 'joinAnswered', answer: response };
  }

  async assign({ protocolName, members }: Effect<'computeAssignment'>): Promise<MembershipEvent> {
    const assignments = await this.#options.protocol.assign({ protocolName, members });
    return { type: 'assignmentComputed', assignments };
  }

  async sync({ generation, assignments }: Effect<'sendSync'>): Promise<MembershipEvent> {
    const { groupId, groupInstanceId, rebalanceTimeoutMs, protocol } = this.#options;
    const { response } = await this.#cluster.send({
      to: this.#coordinator,
      api: SYNC_GROUP,
      message: {
        groupId,
        generationId: generation.generationId,
        memberId: generation.memberId,
        groupInstanceId,
        protocolType: protocol.protocolType,
        protocolName: generation.protocolName,
        assignments: [...assignments].map(([memberId, assignment]) => ({ memberId, assignment })),
      },
      timeoutMs: rebalanceTimeoutMs + JOIN_TIMEOUT_SLACK_MS,
    });
    return { type: 'syncAnswered', answer: response };
  }

  async heartbeat({ generation }: Effect<'sendHeartbeat'>): Promise<MembershipEvent> {
    const { groupId, groupInstanceId } = this.#options;
    const { generationId, memberId } = generation;
    const { response } = await this.#cluster.send({
      to: this.#coordinator,
      api: HEARTBEAT,
      message: { groupId, generationId, memberId, groupInstanceId },
    });
    return { type: 'heartbeatAnswered', errorCode: response.errorCode, generationId };
  }

  /** Never throws: the session time-out removes the member as well, only later. */
  async leave({ memberId, reason }: Effect<'sendLeave'>): Promise<void> {
    const { groupId } = this.#options;
    try {
      await this.#cluster.send({
        to: this.#coordinator,
        api: LEAVE_GROUP,
        message: (version) =>
          version >= FIRST_LEAVE_VERSION_WITH_MEMBERS
            ? { groupId, members: [{ memberId, groupInstanceId: null, reason }] }
            : { groupId, memberId },
      });
    } catch (error) {
      this.#cluster.logger.warn('could not leave the group', { groupId, memberId, error });
    }
  }

  forgetCoordinator(): void {
    this.#cluster.coordinators.forget('group', this.#options.groupId);
  }

  get #coordinator() {
    return { coordinatorOf: { type: 'group', key: this.#options.groupId } } as const;
  }
}
