import type { SocketAddress, Timer } from '@millrace/host';
import { ErrorCode, KafkaError } from '@millrace/protocol';
import { ForeignClusterError, invariant, messageOf, NotLeaderError } from '../errors.ts';
import { PeerChannels } from '../peer/peer-channels.ts';
import { PeerTraffic } from '../peer/peer-traffic.ts';
import { CommittedDelivery } from './committed-delivery.ts';
import { kraftVersionBatch, leaderChangeBatch, votersBatch } from './control-batches.ts';
import { FetchWaiters } from './fetch-waiters.ts';
import { Proposals } from './proposals.ts';
import type { QuorumLeader } from './quorum-listener.ts';
import { QuorumLog } from './quorum-log.ts';
import { QuorumMeasures } from './quorum-measures.ts';
import { QuorumMachine } from './quorum-machine.ts';
import type { MetadataQuorumOptions } from './quorum-options.ts';
import type { LeaderRole, QuorumEffect } from './quorum-role.ts';
import { RefusalLog } from './refusal-log.ts';
import type { QuorumRules } from './quorum-rules.ts';
import type { ElectionState } from './quorum-state-file.ts';
import { SerialTasks } from './serial-tasks.ts';
import type { VoterHistory } from './voter-history.ts';
import type { VoterEndpoint } from './voter-set.ts';

/** Ids of bootstrap servers, which are not known by their nodes' ids: -2, -3, ... as in Kafka. */
export const FIRST_BOOTSTRAP_ID = -2;

export interface QuorumCoreParts {
  readonly options: MetadataQuorumOptions;
  readonly rules: QuorumRules;
  readonly log: QuorumLog;
  readonly history: VoterHistory;
  /** As it was found on the disk. */
  readonly election: ElectionState;
}

/**
 * The state machine with everything that makes it act: one input after the other, what it decides made durable, and
 * only then answers and requests.
 */
export class QuorumCore {
  readonly options: MetadataQuorumOptions;
  readonly rules: QuorumRules;
  readonly log: QuorumLog;
  readonly history: VoterHistory;
  readonly machine: QuorumMachine;
  readonly delivery: CommittedDelivery;
  readonly channels: PeerChannels;
  readonly proposals: Proposals;
  readonly fetchWaiters: FetchWaiters;
  readonly refusals: RefusalLog;
  readonly measures = new QuorumMeasures();
  /** To the other nodes of the quorum. */
  readonly traffic = new PeerTraffic();
  /** Requests to others that a decision asks for; set once, before the start. */
  onEffect: (effect: QuorumEffect) => void = () => {};
  /** Told after each input. */
  onSettled: () => void = () => {};
  readonly #queue = new SerialTasks();
  readonly #failed = Promise.withResolvers<Error>();
  readonly #sleepers = new Set<() => void>();
  /** Nothing at first: what was found may have been written, but not synced, before the process was killed. */
  #persisted: ElectionState | undefined;
  #highWatermark = -1;
  /** Set when the first record of the epoch is in the log: appends may follow it. */
  #leading: LeaderRole | undefined;
  #notified: QuorumLeader | undefined;
  #timer: Timer | undefined;
  #timerAtMs = Infinity;
  #isStopped = false;
  /** Who takes this node for one of another cluster; `undefined` once somebody did not. */
  #strangerTo: Set<number> | undefined = new Set();

  constructor({ options, rules, log, history, election }: QuorumCoreParts) {
    const { host, settings, nodeId, directoryId, isController } = options;
    this.options = options;
    this.rules = rules;
    this.log = log;
    this.history = history;
    const random = host.random.fork('quorum');
    this.machine = new QuorumMachine({
      self: { id: nodeId, directoryId },
      isController,
      voters: rules.votersInEffect(history, log.startOffset),
      settings,
      rules,
      random: () => random.float(),
      log,
      election,
    });
    this.delivery = new CommittedDelivery(log, options.listener, (error) => this.fail(error));
    this.fetchWaiters = new FetchWaiters(host.timers);
    this.refusals = new RefusalLog(options.logger);
    this.proposals = new Proposals({
      log,
      lingerMs: () => (this.#isAlone() ? 0 : settings['controller.quorum.append.linger.ms']),
      nowMs: () => this.nowMs(),
      onCommitted: (elapsedMs, nowMs) => this.measures.commitMs.record(elapsedMs, nowMs),
      schedule: (delayMs, callback) => host.timers.schedule(delayMs, callback, { background: true }),
      onFlushed: (offset) => this.#onFlushed(offset),
      onFailure: (error) => this.fail(error),
    });
    this.channels = new PeerChannels({
      ...options.peers,
      host,
      logger: options.logger,
      requestTimeoutMs: settings['controller.quorum.request.timeout.ms'],
      traffic: this.traffic,
      addressOf: (nodeId) => this.#addressOf(nodeId),
    });
    log.log.onChange(() => this.fetchWaiters.wakeAll());
  }

  get failed(): Promise<Error> {
    return this.#failed.promise;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** -1 while this node does not know it. */
  get highWatermark(): number {
    return this.#highWatermark;
  }

  /** The role in which this node may append; `undefined` where it may not. */
  get leading(): LeaderRole | undefined {
    return this.#isStopped || this.machine.role !== this.#leading ? undefined : this.#leading;
  }

  /** The leader, with this node's own address where it leads itself. */
  get leader(): QuorumLeader {
    const { leader, self } = this.machine;
    if (leader.endpoint !== undefined || leader.leaderId < 0) return leader;
    const endpoints =
      leader.leaderId === self.id ? this.endpoints : this.machine.voters.get(leader.leaderId)?.endpoints;
    const [first] = endpoints ?? [];
    return first === undefined ? leader : { ...leader, endpoint: { host: first.host, port: first.port } };
  }

  /** Where others reach this node; what its voter record says, until it is bound. */
  get endpoints(): readonly VoterEndpoint[] {
    const own = this.options.endpoints();
    return own.length > 0 ? own : (this.machine.voters.get(this.machine.self.id)?.endpoints ?? []);
  }

  nowMs(): number {
    return this.options.host.clock.monotonicMs();
  }

  start(): void {
    this.applyVoters();
    this.delivery.start();
    void this.run((nowMs) => this.machine.start(nowMs)).catch(() => {});
  }

  /**
   * Runs an input by itself: no other is looked at before what this one has decided is durable and on its way.
   * @throws KafkaError of the input, or because the quorum has stopped on this node
   */
  run<T>(input: (nowMs: number) => T | Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      if (this.#isStopped) throw stopped();
      try {
        const nowMs = this.nowMs();
        const result = await input(nowMs);
        this.measures.onRole(this.machine.role, nowMs);
        await this.#settle();
        this.measures.onDurable(this.machine.role, this.nowMs());
        return result;
      } catch (error) {
        if (!(error instanceof KafkaError)) this.fail(error);
        throw error;
      }
    });
  }

  /** As the leader, in its own epoch. The log takes the batch over. */
  appendAsLeader(batch: Buffer, recordCount: number): ReturnType<Proposals['append']> {
    this.measures.appended.record(recordCount, this.nowMs());
    return this.proposals.append(batch, this.machine.epoch, recordCount);
  }

  /** What is committed as far as a leader has told. */
  raiseHighWatermark(offset: number): void {
    const target = Math.min(offset, this.log.endOffset);
    if (target <= this.#highWatermark) return;
    this.#highWatermark = target;
    this.log.log.updateHighWatermark(target);
    this.delivery.advance(target);
    this.applyVoters();
  }

  /** Lets the voters that the log names take effect. */
  applyVoters(): void {
    const { machine, history, rules } = this;
    const voters = rules.votersInEffect(history, this.#highWatermark);
    const { latestOffset } = history.voters;
    const isCommitted = latestOffset < this.#highWatermark;
    const former = isCommitted || latestOffset < 0 ? undefined : history.voters.before(latestOffset);
    if (voters === machine.voters && former === machine.formerVoters) return;
    machine.setVoters(voters, former, this.nowMs());
  }

  /** What a leader's log and its followers have come to. */
  afterProgress(): void {
    const role = this.machine.role;
    if (role.name !== 'leader') return;
    const { highWatermark } = role.progress;
    if (highWatermark <= this.#highWatermark) return;
    this.raiseHighWatermark(highWatermark);
    this.proposals.onHighWatermark(highWatermark);
    this.fetchWaiters.wakeAll();
    const { voters } = this.history;
    const isRemoved = !voters.latest.has(this.machine.self) && voters.latestOffset < highWatermark;
    if (isRemoved) void this.run((nowMs) => this.machine.resign(nowMs)).catch(() => {});
  }

  /** For loops that try again; ends early when the quorum stops. */
  sleep(delayMs: number): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        timer.cancel();
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = this.options.host.timers.schedule(delayMs, wake, { background: true });
      this.#sleepers.add(wake);
    });
  }

  /**
   * Whether `promise` is fulfilled before so much time is over, and before the quorum stops.
   * @throws what it is rejected with by then
   */
  async within(timeoutMs: number, promise: Promise<unknown>): Promise<boolean> {
    const { promise: over, resolve } = Promise.withResolvers<false>();
    const giveUp = (): void => resolve(false);
    const timer = this.options.host.timers.schedule(timeoutMs, giveUp, { background: true });
    this.#sleepers.add(giveUp);
    if (this.#isStopped) giveUp();
    try {
      return await Promise.race([promise.then(() => true), over]);
    } finally {
      timer.cancel();
      this.#sleepers.delete(giveUp);
    }
  }

  /**
   * Notes the top-level error of an answer. Stops when a majority, before anybody has taken this node in, says that it
   * belongs to another cluster: one alone may be the one that is wrong.
   */
  onPeerError(peerId: number, errorCode: number): void {
    if (errorCode !== ErrorCode.INCONSISTENT_CLUSTER_ID) {
      this.#strangerTo = undefined;
      return;
    }
    this.#strangerTo?.add(peerId);
    const { nodeId, clusterId } = this.options;
    const { size, majority } = this.machine.voters;
    if (this.#strangerTo === undefined || this.#strangerTo.size < (size === 0 ? 1 : majority)) return;
    this.fail(new ForeignClusterError(nodeId, clusterId, [...this.#strangerTo]));
  }

  /** Stops for a reason that nothing here can mend. */
  fail(error: unknown): void {
    if (this.#isStopped) return;
    this.options.logger.error('The metadata quorum has stopped on this node', { error: messageOf(error) });
    // First the reason, so that whoever waits for an append may know it.
    this.#failed.resolve(error instanceof Error ? error : new Error(messageOf(error)));
    this.#stop();
  }

  async close(): Promise<void> {
    this.#stop();
    await this.#queue.run(async () => {});
    await this.proposals.close();
    await this.delivery.stop();
  }

  #stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#timer?.cancel();
    this.channels.close();
    this.fetchWaiters.wakeAll();
    for (const wake of this.#sleepers) wake();
    this.proposals.rejectAll(
      new NotLeaderError(this.machine.epoch, { leaderId: -1, epoch: this.machine.epoch }),
    );
    this.onSettled();
  }

  async #settle(): Promise<void> {
    for (;;) {
      await this.#persist();
      const effects = this.machine.takeEffects();
      if (effects.length === 0 && this.#isPersisted()) break;
      for (const effect of effects) await this.#perform(effect);
    }
    this.#notifyLeader();
    this.#armTimer();
    this.onSettled();
  }

  #isPersisted(): boolean {
    const { epoch, leaderId, votedFor } = this.machine.election;
    const before = this.#persisted;
    return epoch === before?.epoch && leaderId === before.leaderId && votedFor === before.votedFor;
  }

  async #persist(): Promise<void> {
    while (!this.#isPersisted()) {
      // The votes of others go by the end of this log, so it must not be shorter after a power loss.
      if (this.machine.role.name === 'candidate') {
        await this.log.written();
        await this.log.flush();
      }
      const { election } = this.machine;
      const { host, log } = this.options;
      const voterIds = this.machine.voters.voters.map(({ id }) => id);
      const form = { kraftVersion: this.history.kraftVersion, voterIds };
      await this.rules.saveElection(host.disk, QuorumLog.directoryOf(log), election, form);
      this.#persisted = election;
    }
  }

  async #perform(effect: QuorumEffect): Promise<void> {
    if (effect.kind === 'lost-leadership') {
      this.#leading = undefined;
      await this.log.written();
      this.proposals.rejectAll(new NotLeaderError(this.machine.epoch, this.machine.leader));
      this.fetchWaiters.wakeAll();
    } else if (effect.kind === 'elected') {
      if (this.machine.role === effect.role) this.#beginEpoch(effect.role);
    } else {
      this.onEffect(effect);
    }
  }

  #beginEpoch(role: LeaderRole): void {
    const { machine, history } = this;
    const timestampMs = this.options.host.clock.nowMs();
    const { kraftVersion } = history;
    const { voters } = machine.voters;
    const first = this.appendAsLeader(
      leaderChangeBatch(machine.self.id, voters, role.grantedBy, timestampMs),
      1,
    );
    invariant(
      first.baseOffset === role.progress.epochStartOffset,
      `epoch ${machine.epoch} was to begin at offset ${role.progress.epochStartOffset}, not ${first.baseOffset}`,
    );
    first.committed.catch(() => {});
    this.#leading = role;
    // Voters that only the formatting of this node has named get into the log, so that everybody knows them.
    if (kraftVersion > 0 && history.voters.latestOffset < 0) this.#appendFirstVoters(timestampMs);
  }

  #appendFirstVoters(timestampMs: number): void {
    const { kraftVersion, voters } = this.history;
    const version = this.appendAsLeader(kraftVersionBatch(kraftVersion, { timestampMs }), 1);
    const set = this.appendAsLeader(votersBatch(voters.latest, { timestampMs }), 1);
    this.history.kraftVersions.add(version.baseOffset, kraftVersion);
    this.history.voters.add(set.baseOffset, voters.latest);
    version.committed.catch(() => {});
    set.committed.catch(() => {});
  }

  #onFlushed(offset: number): void {
    const role = this.leading;
    if (role === undefined) return;
    role.progress.flushed(offset);
    this.afterProgress();
  }

  #isAlone(): boolean {
    return this.machine.voters.isOnly(this.machine.self);
  }

  #notifyLeader(): void {
    const { leader } = this;
    const last = this.#notified;
    if (last?.leaderId === leader.leaderId && last.epoch === leader.epoch) return;
    this.#notified = leader;
    const { role } = this.machine;
    if (role.name !== 'leader') return this.#tell(leader);
    // A leader acts on everything that was before it.
    this.delivery.whenDelivered(role.progress.epochStartOffset + 1, () => {
      if (this.leading === role) this.#tell(leader);
    });
  }

  #tell(leader: QuorumLeader): void {
    try {
      this.options.listener.onLeaderChange(leader);
    } catch (error) {
      this.fail(error);
    }
  }

  #armTimer(): void {
    const atMs = this.machine.nextDeadlineMs;
    // One that fires too early finds nothing to do, and is armed anew: deadlines move with each answer of a follower.
    if (atMs >= this.#timerAtMs || this.#isStopped) return;
    this.#timer?.cancel();
    this.#timerAtMs = atMs;
    const tick = (): void => {
      this.#timerAtMs = Infinity;
      void this.run((nowMs) => this.machine.onTick(nowMs)).catch(() => {});
    };
    const delayMs = Math.max(0, Math.ceil(atMs - this.nowMs()));
    this.#timer = this.options.host.timers.schedule(delayMs, tick, { background: true });
  }

  #addressOf(nodeId: number): SocketAddress | undefined {
    if (nodeId <= FIRST_BOOTSTRAP_ID) return this.options.bootstrapServers?.[FIRST_BOOTSTRAP_ID - nodeId];
    const { leader, voters } = this.machine;
    if (leader.leaderId === nodeId && leader.endpoint !== undefined) return leader.endpoint;
    const endpoint = voters.get(nodeId)?.endpoints[0];
    return endpoint === undefined ? undefined : { host: endpoint.host, port: endpoint.port };
  }
}

export function stopped(): KafkaError {
  return new KafkaError('BROKER_NOT_AVAILABLE', 'The metadata quorum has stopped on this node');
}
