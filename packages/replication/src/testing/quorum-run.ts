import { Simulation, type Logger, type Random } from '@millrace/host';
import type { MetadataQuorum } from '../quorum/metadata-quorum.ts';
import { METADATA_TOPIC } from '../quorum/metadata-topic.ts';
import type { QuorumRules } from '../quorum/quorum-rules.ts';
import { defaultQuorumSettings } from '../quorum/quorum-settings.ts';
import { VoterSet, type Voter } from '../quorum/voter-set.ts';
import { LeaderRelay } from './leader-relay.ts';
import { valueBatch } from './open-quorum.ts';
import { CheckedListener, QuorumChecker } from './quorum-checker.ts';
import { hostName, QUORUM_PORT, QuorumNode } from './quorum-node.ts';

export interface QuorumRunOptions {
  readonly seed: number;
  /** What happens to the cluster before it is left in peace. Default 40. */
  readonly faults?: number;
  readonly rules?: QuorumRules;
  readonly onLine?: (line: string) => void;
}

export interface QuorumRunResult {
  readonly steps: number;
  readonly virtualMs: number;
  readonly acknowledged: number;
  readonly elections: number;
  /** Whether fixed voters got into the log on the way. */
  readonly isUpgraded: boolean;
}

const CALM_MS = 60_000;
/** Between one fault and the next. */
const MAX_PAUSE_MS = 200;
const HEARTBEAT_MS = 20;
/** What the times of a run are measured by: each fault costs an election, and the appends that fall between two. */
const ELECTION_TIMEOUT_MS = 75;
/** How many runs have leaders that are cut off one after the other, and how much else happens to the cluster then. */
const RELAY_CHANCE = 0.3;
const STRIKES_IN_RELAY = 0.2;
/** How many strikes change the voters where they can be changed, besides those that do it in any case. */
const VOTER_CHANGES = 0.15;
/** How many runs with fixed voters take them into the log on their way, and how many strikes try to. */
const UPGRADE_CHANCE = 0.7;
const STRIKES_THAT_UPGRADE = 0.25;

/**
 * A cluster of controllers from one seed: crashes with unsynced data lost, kills, partitions, resignations, snapshots,
 * changes of the voters, while leaders append. Then calm, in which it must come together again.
 * @throws Error naming the seed
 */
export async function quorumRun(options: QuorumRunOptions): Promise<QuorumRunResult> {
  const run = new QuorumRun(options);
  try {
    return await run.run();
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new Error(`seed ${options.seed}: ${problem}`, { cause: error });
  }
}

class QuorumRun {
  readonly #options: QuorumRunOptions;
  readonly #simulation: Simulation;
  readonly #random: Random;
  readonly #checker = new QuorumChecker();
  readonly #nodes: QuorumNode[] = [];
  readonly #listeners = new Map<number, CheckedListener>();
  readonly #isDynamic: boolean;
  /** By itself, so that what else a seed brings stays as it is. */
  readonly #upgrades: Random | undefined;
  /** Of one batch at a time a follower may have a part of an epoch. */
  readonly #fetchBytes: number;
  readonly #relay: LeaderRelay | undefined;
  readonly #snapshotting = new WeakSet<MetadataQuorum>();
  #appended = 0;
  #isUpgraded = false;
  #isFaulty = true;
  #isDone = false;

  constructor(options: QuorumRunOptions) {
    const { seed, onLine } = options;
    this.#options = options;
    this.#simulation = new Simulation({
      seed,
      maxVirtualMs: 1_000_000,
      ...(onLine === undefined
        ? {}
        : { onEvent: (event) => onLine(`${event.timeMs} ${event.host} ${event.kind} ${event.label}`) }),
    });
    this.#random = this.#simulation.random.fork('run');
    this.#isDynamic = this.#chance(0.6);
    this.#fetchBytes = this.#chance(0.5) ? 1 : 1 << 20;
    const count = this.#chance(0.7) ? 3 : 5;
    const upgrades = this.#simulation.random.fork('upgrade');
    if (!this.#isDynamic && upgrades.float() < UPGRADE_CHANCE) this.#upgrades = upgrades;
    const hosts = Array.from({ length: count }, (_, at) => hostName(at + 1));
    const random = this.#simulation.random.fork('relay');
    if (random.float() < RELAY_CHANCE) {
      this.#relay = new LeaderRelay({ simulation: this.#simulation, random, hosts });
    }
    for (let id = 1; id <= count; id++) this.#nodes.push(this.#node(id, count));
  }

  async run(): Promise<QuorumRunResult> {
    const slowMs = 0.5 + 30 * this.#random.float() ** 3;
    this.#simulation.network.configure({ latencyMs: [0.05, slowMs] });
    return this.#simulation.run(async () => {
      await Promise.all(this.#nodes.map((node) => node.start()));
      const appending = this.#appendAlways().catch(() => {});
      for (let fault = 0; fault < (this.#options.faults ?? 40); fault++) {
        await this.#pause(MAX_PAUSE_MS * this.#random.float());
        if (this.#relay === undefined || this.#chance(STRIKES_IN_RELAY)) await this.#strike();
      }
      this.#isFaulty = false;
      this.#relay?.end();
      await this.#calm();
      this.#isDone = true;
      await appending;
      this.#stopIfViolated();
      return {
        steps: this.#simulation.steps,
        virtualMs: this.#simulation.nowMs,
        acknowledged: this.#checker.acknowledgedCount,
        elections: this.#checker.electionCount,
        isUpgraded: this.#isUpgraded,
      };
    });
  }

  #node(nodeId: number, count: number): QuorumNode {
    const staticVoters = new VoterSet(Array.from({ length: count }, (_, at) => voter(at + 1)));
    const { rules } = this.#options;
    return new QuorumNode({
      simulation: this.#simulation,
      nodeId,
      directoryId: directoryOf(nodeId),
      ...(rules === undefined ? {} : { rules }),
      ...(this.#options.onLine === undefined ? {} : { logger: this.#logger(nodeId) }),
      ...(this.#isDynamic ? { initialVoters: this.#initialVoters(count) } : {}),
      quorum: {
        ...(this.#isDynamic ? {} : { staticVoters }),
        bootstrapServers: [1, 2, 3].map((id) => ({ host: hostName(id), port: QUORUM_PORT })),
        settings: {
          ...defaultQuorumSettings,
          'controller.quorum.election.timeout.ms': ELECTION_TIMEOUT_MS,
          'controller.quorum.fetch.timeout.ms': 2 * ELECTION_TIMEOUT_MS,
          'controller.quorum.election.backoff.max.ms': ELECTION_TIMEOUT_MS,
          'controller.quorum.request.timeout.ms': 200,
          'controller.quorum.fetch.max.bytes': this.#fetchBytes,
          'controller.quorum.fetch.snapshot.max.bytes': 64,
          'metadata.max.retention.bytes': 1,
        },
      },
      listener: () => {
        const listener = new CheckedListener(nodeId, this.#checker);
        this.#listeners.set(nodeId, listener);
        return listener;
      },
      onVote: (request, response) => {
        this.#checker.sawVote(`${nodeId}/${directoryOf(nodeId)}`, request, response);
        const { preVote, replicaId, replicaEpoch } = request.topics[0]!.partitions[0]!;
        const isGranted = response.topics[0]?.partitions[0]?.voteGranted === true;
        if (!isGranted || preVote) return;
        if (this.#relay !== undefined) this.#track(this.#relay.onVote(hostName(replicaId), replicaEpoch));
        else if (this.#chance(0.3)) this.#track(this.#crashSoon(nodeId));
      },
    });
  }

  /** The same for all nodes. */
  #initialVoters(count: number): VoterSet {
    return new VoterSet(Array.from({ length: Math.min(count, 3) }, (_, at) => voter(at + 1)));
  }

  /** Every node that takes itself for the leader appends, as controllers do. */
  async #appendAlways(): Promise<void> {
    while (!this.#isDone) {
      await this.#pause(HEARTBEAT_MS + 60 * this.#random.float());
      for (const node of this.#nodes) this.#append(node);
    }
  }

  #append(node: QuorumNode): void {
    const { quorum } = node;
    if (quorum?.isLeader !== true) return;
    const value = `value ${++this.#appended} of node ${node.id}`;
    const { epoch } = quorum;
    const { baseOffset, committed } = quorum.append(epoch, valueBatch(value), 1);
    committed.then(
      () => this.#checker.acknowledged(baseOffset, value, epoch),
      () => {},
    );
  }

  async #strike(): Promise<void> {
    const node = this.#nodes[this.#random.uint32() % this.#nodes.length]!;
    const roll = this.#random.float();
    if (!node.host.isRunning) return this.#track(node.restart());
    if ((this.#upgrades?.float() ?? 1) < STRIKES_THAT_UPGRADE)
      return this.#track(this.#upgrade(this.#leader() ?? node));
    if (this.#isDynamic && this.#chance(VOTER_CHANGES)) return this.#changeSomeVoters();
    if (roll < 0.22) node.host.crash({ unsynced: this.#chance(0.7) ? 'lost' : 'random' });
    else if (roll < 0.3) node.host.kill();
    else if (roll < 0.36) return this.#blackout();
    else if (roll < 0.42) node.host.crashAtStep(1 + (this.#random.uint32() % 60), { unsynced: 'lost' });
    else if (roll < 0.52) this.#cut(node);
    else if (roll < 0.6) this.#cut(this.#leader() ?? node);
    else if (roll < 0.72) this.#simulation.network.healAll();
    else if (roll < 0.78) this.#track(node.quorum?.resign().catch(() => {}));
    else if (roll < 0.86) this.#track(this.#snapshot(node));
    else this.#changeSomeVoters();
  }

  /** Refused until all voters have told the leader of themselves; then they may be changed, like others. */
  async #upgrade({ quorum }: QuorumNode): Promise<void> {
    if (quorum?.kraftVersion === 1) return this.#changeSomeVoters();
    try {
      await quorum?.upgradeKraftVersion({ level: 1, validateOnly: false });
      this.#isUpgraded = true;
    } catch {
      // Another strike tries again.
    }
  }

  #changeSomeVoters(): void {
    this.#track(this.#changeVoters(this.#chance(0.5) ? 1 : 3));
  }

  #leader(): QuorumNode | undefined {
    return this.#nodes.find(({ quorum }) => quorum?.isLeader === true);
  }

  /** Right behind a vote, which it has to remember. */
  async #crashSoon(nodeId: number): Promise<void> {
    await this.#simulation.sleep(5 * this.#random.float());
    const node = this.#nodes[nodeId - 1]!;
    if (!this.#isFaulty || !node.host.isRunning) return;
    node.host.crash({ unsynced: 'lost' });
    await node.restart();
  }

  /** The power of the whole cluster fails, and comes back. */
  #blackout(): void {
    for (const node of this.#nodes) if (node.host.isRunning) node.host.crash({ unsynced: 'lost' });
    for (const node of this.#nodes) this.#track(node.restart());
  }

  #cut(node: QuorumNode): void {
    const oneWay = this.#chance(0.4);
    for (const other of this.#nodes) {
      if (other === node || this.#chance(0.3)) continue;
      const ends = this.#chance(0.5) ? [node, other] : [other, node];
      this.#simulation.network.partition({ from: hostName(ends[0]!.id), to: hostName(ends[1]!.id), oneWay });
    }
  }

  /** One at a time, as `saveSnapshot` demands. */
  async #snapshot(node: QuorumNode): Promise<void> {
    const listener = this.#listeners.get(node.id)!;
    const { quorum } = node;
    const { endOffset, state } = listener;
    if (quorum === undefined || this.#snapshotting.has(quorum)) return;
    if (endOffset === 0 || endOffset > quorum.highWatermark) return;
    this.#snapshotting.add(quorum);
    await quorum.saveSnapshot({ endOffset, lastTimestampMs: 0, batches: [valueBatch(state)] });
    this.#snapshotting.delete(quorum);
  }

  async #changeVoters(times: number): Promise<void> {
    const leader = this.#leader();
    if (leader?.quorum?.kraftVersion !== 1) return;
    const changes = Array.from({ length: times }, () => {
      return this.#changeVoter(leader, this.#nodes[this.#random.uint32() % this.#nodes.length]!);
    });
    await Promise.all(changes);
  }

  async #changeVoter({ quorum }: QuorumNode, node: QuorumNode): Promise<void> {
    if (quorum === undefined) return;
    const { id: voterId, directoryId: voterDirectoryId } = node;
    const isVoter = quorum.voters.get(voterId) !== undefined;
    if (isVoter && quorum.voters.size > 1) {
      await quorum.handleRemoveVoter({ clusterId: null, voterId, voterDirectoryId });
    } else if (!isVoter) {
      const listeners = [...voter(voterId).endpoints];
      const request = { clusterId: null, timeoutMs: 1000, voterId, voterDirectoryId, listeners };
      await quorum.handleAddVoter({ ...request, ackWhenCommitted: true });
    }
  }

  /** Everything works again, so within a minute there is a leader, and all nodes have all of what it commits. */
  async #calm(): Promise<void> {
    this.#simulation.network.healAll();
    this.#simulation.network.configure({ latencyMs: [0.05, 0.5] });
    for (const node of this.#nodes) node.host.crashAtStep(Number.MAX_SAFE_INTEGER);
    for (const node of this.#nodes) if (!node.host.isRunning) this.#track(node.restart());
    const deadlineMs = this.#simulation.nowMs + CALM_MS;
    const before = this.#checker.acknowledgedCount;
    while (this.#checker.acknowledgedCount < before + 3)
      await this.#untilOrFail(deadlineMs, 'nothing is committed');
    const target = this.#checker.acknowledgedEnd;
    while (!this.#nodes.every(({ id }) => this.#listeners.get(id)!.endOffset >= target)) {
      await this.#untilOrFail(deadlineMs, `not all nodes have what is before offset ${target}`);
    }
    for (const listener of this.#listeners.values()) {
      // More is acknowledged all the time, by whoever leads now.
      while (listener.endOffset < this.#checker.acknowledgedEnd) {
        await this.#untilOrFail(deadlineMs, `node ${listener.nodeId} stays behind`);
      }
      listener.check();
    }
  }

  async #untilOrFail(deadlineMs: number, problem: string): Promise<void> {
    await this.#pause(20);
    if (this.#simulation.nowMs < deadlineMs) return;
    const states = this.#nodes.map(({ id, quorum }) => {
      const { leader, voters, highWatermark, logEndOffset } = quorum ?? {};
      return `${id}: ${JSON.stringify(leader)} ${String(voters)} ${highWatermark}/${logEndOffset}`;
    });
    throw new Error(`${problem} after ${CALM_MS} ms of calm; ${states.join('; ')}`);
  }

  async #pause(delayMs: number): Promise<void> {
    await this.#simulation.sleep(delayMs);
    this.#stopIfViolated();
  }

  #stopIfViolated(): void {
    for (const node of this.#nodes) {
      const { failure } = node;
      if (failure !== undefined) this.#checker.fail('stopped', `node ${node.id}: ${failure.message}`);
    }
    if (this.#checker.violation !== undefined) throw this.#checker.violation;
  }

  /** What is begun on a node ends with its life, whatever becomes of it. */
  #track(work: Promise<unknown> | undefined): void {
    if (work === undefined) return;
    work.catch((error: unknown) => this.#checker.fail('threw', String(error)));
  }

  #chance(probability: number): boolean {
    return this.#random.float() < probability;
  }

  #logger(nodeId: number): Logger {
    const { onLine } = this.#options;
    const line = (message: string, fields?: object): void =>
      onLine?.(
        `${this.#simulation.nowMs} node-${nodeId} ${METADATA_TOPIC} ${message} ${JSON.stringify(fields)}`,
      );
    return { debug: line, info: line, warn: line, error: line };
  }
}

function directoryOf(nodeId: number): string {
  return `AAAAAAAAAAAAAAAAAAA${nodeId}AA`;
}

function voter(id: number): Voter {
  return {
    id,
    directoryId: directoryOf(id),
    endpoints: [{ name: 'CONTROLLER', host: hostName(id), port: QUORUM_PORT }],
    minKraftVersion: 0,
    maxKraftVersion: 1,
  };
}
