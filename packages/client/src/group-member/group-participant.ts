import { nodeHost, silentLogger } from '@millrace/host';
import { MillraceError } from '@millrace/protocol';
import { Cluster } from '../cluster/cluster.ts';
import { settingsFromProperties } from '../cluster/settings-from-properties.ts';
import { ClassicMembership, type MembershipOptions } from '../consumer/group/classic-membership.ts';
import type { MembershipEffect, MembershipEvent } from '../consumer/group/membership-protocol.ts';
import type { ClientOptions } from '../client-options.ts';
import { checkOptionNames } from '../option-checks.ts';
import { parseProperties } from '../parse-properties.ts';
import {
  groupParticipantProperties,
  type GroupParticipantProperties,
} from './group-participant-properties.ts';
import type { GroupProtocol } from './group-protocol.ts';
import { GroupRequests } from './group-requests.ts';
import { WakeupTimer } from './wakeup-timer.ts';

/** What is not a Kafka property. */
export type GroupParticipantOptions = Pick<ClientOptions, 'host' | 'logger' | 'unknownProperties'>;

/** After an error that a coordinator means for good (no permission, another kind of group), before trying once more. */
const REFUSED_RETRY_MS = 5000;

/**
 * A member of a group with a protocol of its own: how processes elect a leader or share work through a Kafka cluster, as
 * Connect workers and schema registries do. Consumers have their own, richer member.
 */
export class GroupParticipant {
  readonly #protocol: GroupProtocol;
  readonly #cluster: Cluster;
  readonly #requests: GroupRequests;
  readonly #membershipOptions: MembershipOptions;
  #membership: ClassicMembership;
  readonly #timer: WakeupTimer;
  /** Raised by every join and by close: answers to what was sent before are dropped. */
  #attempt = 0;
  #isStarted = false;
  #hasAssignment = false;
  #closed: Promise<void> | undefined;

  /** @throws InvalidPropertyError */
  constructor(
    properties: GroupParticipantProperties,
    protocol: GroupProtocol,
    options: GroupParticipantOptions = {},
  ) {
    checkOptionNames('GroupParticipant', options, ['host', 'logger', 'unknownProperties']);
    const { host = nodeHost(), logger = silentLogger } = options;
    const { values } = parseProperties('GroupParticipant', groupParticipantProperties, properties, options);
    this.#protocol = protocol;
    this.#cluster = new Cluster(
      settingsFromProperties(values, {
        host,
        logger,
        clientName: 'GroupParticipant',
        allowAutoTopicCreation: false,
      }),
    );
    const groupInstanceId = values['group.instance.id'] === '' ? null : values['group.instance.id'];
    const times = {
      sessionTimeoutMs: values['session.timeout.ms'],
      heartbeatIntervalMs: values['heartbeat.interval.ms'],
      rebalanceTimeoutMs: values['rebalance.timeout.ms'],
    };
    this.#requests = new GroupRequests(this.#cluster, {
      groupId: values['group.id'],
      groupInstanceId,
      protocol,
      ...times,
    });
    this.#membershipOptions = {
      ...times,
      groupInstanceId,
      protocolType: protocol.protocolType,
      // No application has to poll: this member acts when it has to.
      maxPollIntervalMs: Infinity,
      retryBackoffMs: values['retry.backoff.ms'],
      retryBackoffMaxMs: values['retry.backoff.max.ms'],
    };
    this.#membership = new ClassicMembership(this.#membershipOptions);
    this.#timer = new WakeupTimer(host, () => this.#feed({ type: 'ticked' }));
  }

  /** Joins the group, and stays in it through whatever happens to coordinators and connections. */
  start(): void {
    if (this.#isStarted || this.#closed !== undefined) return;
    this.#isStarted = true;
    this.#feed({ type: 'polled' });
  }

  /** Empty before the first join. */
  get memberId(): string {
    return this.#membership.memberId;
  }

  /** Starts a round: everybody joins again, with fresh offers. */
  rejoin(reason: string): void {
    this.#feed({ type: 'rejoinRequested', reason });
  }

  /** Leaves the group and closes the connections. A second call joins the first. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#attempt++;
    this.#timer.close();
    const effects = this.#membership.step({ type: 'left', reason: 'closed' }, this.#nowMs());
    await this.#revoke('closed');
    for (const effect of effects) if (effect.type === 'sendLeave') await this.#requests.leave(effect);
    await this.#cluster.close({ drain: false });
  }

  #feed(event: MembershipEvent): void {
    if (this.#closed !== undefined || !this.#isStarted) return;
    this.#performAll(this.#membership.step(event, this.#nowMs()));
    // What waits for a poll with consumers goes on at once here.
    while (this.#membership.wantsPoll) {
      this.#performAll(this.#membership.step({ type: 'polled' }, this.#nowMs()));
    }
    this.#timer.arm(this.#membership.nextWakeupMs);
  }

  #performAll(effects: readonly MembershipEffect[]): void {
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: MembershipEffect): void {
    switch (effect.type) {
      case 'prepare':
        return this.#run(this.#revoke(effect.generationLost ? 'membership lost' : 'rebalance'), {
          type: 'prepared',
        });
      case 'sendJoin':
        this.#attempt++;
        return this.#exchange('join', () => this.#requests.join(effect));
      case 'computeAssignment':
        return this.#exchange('sync', () => this.#requests.assign(effect));
      case 'sendSync':
        return this.#exchange('sync', () => this.#requests.sync(effect));
      case 'sendHeartbeat':
        return this.#exchange('heartbeat', () => this.#requests.heartbeat(effect));
      case 'sendLeave':
        return this.#run(this.#requests.leave(effect));
      case 'complete':
        this.#hasAssignment = true;
        return this.#run((async () => this.#protocol.onAssigned(effect.assignment, effect.generation))(), {
          type: 'completed',
        });
      case 'forgetCoordinator':
        return this.#requests.forgetCoordinator();
      case 'fail':
        return this.#refused(effect.errorCode);
    }
  }

  async #revoke(reason: string): Promise<void> {
    if (!this.#hasAssignment) return;
    this.#hasAssignment = false;
    await this.#protocol.onRevoked(reason);
  }

  /** A callback that throws is logged; the membership goes on. */
  #run(work: Promise<void>, done?: MembershipEvent): void {
    void this.#finish(work, done);
  }

  async #finish(work: Promise<void>, done: MembershipEvent | undefined): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#cluster.logger.error('a callback of the group protocol failed', { error });
    }
    if (done !== undefined) this.#feed(done);
  }

  /** Turns both answer and failure into an event, unless the member has gone on meanwhile. */
  #exchange(request: 'join' | 'sync' | 'heartbeat', ask: () => Promise<MembershipEvent>): void {
    void this.#ask(request, this.#attempt, ask);
  }

  async #ask(
    request: 'join' | 'sync' | 'heartbeat',
    attempt: number,
    ask: () => Promise<MembershipEvent>,
  ): Promise<void> {
    const event = await ask().catch((error: unknown) => this.#requestFailed(request, error));
    if (attempt === this.#attempt) this.#feed(event);
  }

  #requestFailed(request: 'join' | 'sync' | 'heartbeat', error: unknown): MembershipEvent {
    const isExpected = error instanceof MillraceError && error.retriable;
    if (!this.#cluster.isClosed) {
      this.#cluster.logger[isExpected ? 'info' : 'error'](`${request} failed, trying again`, { error });
    }
    return { type: 'requestFailed', request };
  }

  #refused(errorCode: number): void {
    this.#cluster.logger.error('the coordinator refuses this member, trying again later', { errorCode });
    const attempt = ++this.#attempt;
    this.#run(this.#revoke('refused'));
    this.#cluster.host.timers.schedule(
      REFUSED_RETRY_MS,
      () => {
        if (attempt !== this.#attempt || this.#closed !== undefined) return;
        this.#membership = new ClassicMembership(this.#membershipOptions);
        this.#feed({ type: 'polled' });
      },
      { background: true },
    );
  }

  #nowMs(): number {
    return this.#cluster.host.clock.monotonicMs();
  }
}
