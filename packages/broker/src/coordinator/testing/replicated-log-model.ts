import type { Random } from '@millrace/host';
import { KafkaError } from '@millrace/protocol';
import { AppendInDoubtError } from '../append-in-doubt-error.ts';
import type { CoordinatorLog } from '../coordinator-log.ts';
import type { AppendFrame } from '../state-machine.ts';

/** Mistakes that a test plants, to see that it would find them. */
export interface PlantedFlaws {
  /** A replay ends with the log, committed or not. */
  readonly servesUncommitted?: boolean;
  /** An append ends when this node has it. */
  readonly acknowledgesEarly?: boolean;
}

interface Entry {
  readonly batch: Buffer;
}

interface Waiter {
  readonly endOffset: number;
  resolve(): void;
  reject(error: Error): void;
}

export const NODES: readonly number[] = [0, 1, 2, 3, 4];

const REFUSED_SHARE = 0.05;

/**
 * One partition on five nodes, by hand: followers copy when they are told to, leaders are elected among those that have
 * all that is committed, and learn of it late. Committed is what most nodes have.
 */
export class ReplicatedLogModel {
  readonly replicas: readonly Entry[][];
  leader = 0;
  committed = 0;
  readonly #terms: (LeaderTerm | undefined)[];
  readonly #elections = NODES.map(() => 0);
  readonly random: Random;
  readonly flaws: PlantedFlaws;

  constructor(random: Random, flaws: PlantedFlaws) {
    this.random = random;
    this.flaws = flaws;
    this.replicas = NODES.map(() => []);
    this.#terms = NODES.map(() => undefined);
  }

  /** The log as the node writes it that leads, or believes to. */
  termOf(node: number): LeaderTerm | undefined {
    return this.#terms[node];
  }

  /** @returns whether it is news to the node */
  elect(node: number): boolean {
    this.leader = node;
    this.#elections[node] = Math.max(...this.#elections) + 1;
    if (this.#terms[node] !== undefined) return false;
    this.#terms[node] = new LeaderTerm(this, node);
    return true;
  }

  /** The newest one that the node has won; 0 for none. */
  electionOf(node: number): number {
    return this.#elections[node]!;
  }

  get candidates(): readonly number[] {
    return NODES.filter((node) => this.#commonLength(node, this.leader) >= this.committed);
  }

  /** Nodes that believe to lead, and do not. */
  get deposed(): readonly number[] {
    return NODES.filter((node) => node !== this.leader && this.#terms[node] !== undefined);
  }

  /** A node hears that another one leads. */
  retire(node: number): void {
    this.#terms[node]?.end();
    this.#terms[node] = undefined;
  }

  /** A follower cuts off what its leader does not have, and copies some of the rest. */
  replicate(follower: number, count: number): void {
    if (this.#terms[follower] !== undefined) return;
    const [from, to] = [this.replicas[this.leader]!, this.replicas[follower]!];
    to.length = this.#commonLength(follower, this.leader);
    to.push(...from.slice(to.length, to.length + count));
    this.#commit();
  }

  #commit(): void {
    const lengths = NODES.map((node) => this.#commonLength(node, this.leader));
    const onMost = lengths.toSorted((a, b) => b - a)[Math.floor(NODES.length / 2)]!;
    this.committed = Math.max(this.committed, onMost);
    this.#terms[this.leader]?.onCommitted(this.committed);
  }

  #commonLength(a: number, b: number): number {
    const [one, other] = [this.replicas[a]!, this.replicas[b]!];
    let length = 0;
    while (length < one.length && one[length] === other[length]) length++;
    return length;
  }
}

/** The log of a node for as long as it believes to lead. */
export class LeaderTerm implements CoordinatorLog {
  readonly #model: ReplicatedLogModel;
  readonly #node: number;
  #waiters: Waiter[] = [];
  #isOver = false;

  constructor(model: ReplicatedLogModel, node: number) {
    this.#model = model;
    this.#node = node;
  }

  append(batch: Buffer, _frame?: AppendFrame, onLogged?: () => void): Promise<void> {
    if (this.#isOver) return Promise.reject(new KafkaError('NOT_LEADER_OR_FOLLOWER'));
    const { random, flaws, replicas } = this.#model;
    if (random.float() < REFUSED_SHARE) return Promise.reject(new KafkaError('NOT_ENOUGH_REPLICAS'));
    const log = replicas[this.#node]!;
    log.push({ batch });
    const covered = flaws.acknowledgesEarly === true ? Promise.resolve() : this.#covered(log.length);
    onLogged?.();
    return covered;
  }

  async replay(onBatches: (batches: Buffer) => void): Promise<void> {
    const log = this.#model.replicas[this.#node]!;
    for (let offset = 0; offset < log.length; offset++) {
      if (this.#isOver) throw new KafkaError('NOT_LEADER_OR_FOLLOWER');
      onBatches(log[offset]!.batch);
      await Promise.resolve();
    }
    if (this.#model.flaws.servesUncommitted !== true) await this.#covered(log.length);
  }

  onCommitted(committed: number): void {
    for (const waiter of this.#waiters) if (waiter.endOffset <= committed) waiter.resolve();
    this.#waiters = this.#waiters.filter(({ endOffset }) => endOffset > committed);
  }

  end(): void {
    this.#isOver = true;
    for (const waiter of this.#waiters) waiter.reject(new AppendInDoubtError('deposed'));
    this.#waiters = [];
  }

  #covered(endOffset: number): Promise<void> {
    if (endOffset <= this.#model.committed && this.#model.leader === this.#node) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiters.push({ endOffset, resolve, reject }));
  }
}
