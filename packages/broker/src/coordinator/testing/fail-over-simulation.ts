import { memoryHost, silentLogger, type Random } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { CoordinatorRuntime } from '../coordinator-runtime.ts';
import type { CoordinatorStateMachine } from '../state-machine.ts';
import { NODES, ReplicatedLogModel, type PlantedFlaws } from './replicated-log-model.ts';

/** A broken promise. */
export class Violation extends Error {}

/** A client with one call under way at a time. */
export interface ModelClient<Call, Reply> {
  /** The next call; `onReply` says how it went. */
  next(): { readonly call: Call; readonly onReply: (reply: Reply) => void };
}

type Machine<Call, Reply, Request> = CoordinatorStateMachine<Call, Reply, Request>;

export interface FailOverOptions<Call, Reply, Request> {
  readonly random: Random;
  readonly flaws: PlantedFlaws;
  readonly newMachine: () => Machine<Call, Reply, Request>;
  readonly clients: readonly ModelClient<Call, Reply>[];
  /** A machine wants something done elsewhere. @returns what is called when it is done */
  readonly onRequest?: (request: Request) => Call;
  readonly refuse: (call: Call, errorCode: number) => Reply;
}

/** Five nodes that coordinate one partition in turn, on real runtimes over a modelled log. */
export class FailOverSimulation<Call, Reply, Request> {
  readonly model: ReplicatedLogModel;
  readonly #options: FailOverOptions<Call, Reply, Request>;
  readonly #host = memoryHost();
  readonly #runtimes: (CoordinatorRuntime<Call, Reply, Request> | undefined)[] = [];
  readonly #idle: ModelClient<Call, Reply>[];
  /** The newest election that each client has heard of: nobody goes back to a coordinator before that. */
  readonly #heardOf = new Map<ModelClient<Call, Reply>, number>();
  /** Done elsewhere, and not reported yet. */
  readonly #done: { readonly runtime: CoordinatorRuntime<Call, Reply, Request>; readonly call: Call }[] = [];

  #violation: unknown;

  constructor(options: FailOverOptions<Call, Reply, Request>) {
    this.#options = options;
    this.#idle = [...options.clients];
    this.model = new ReplicatedLogModel(options.random.fork('log'), options.flaws);
    this.#elect(0);
  }

  async run(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) {
      this.#step(this.#below(100));
      await settle();
      if (this.#violation !== undefined) throw this.#violation;
    }
    await this.#heal();
    if (this.#violation !== undefined) throw this.#violation;
  }

  close(): void {
    for (const runtime of this.#runtimes) runtime?.unload(ErrorCode.NOT_COORDINATOR);
  }

  #step(dice: number): void {
    const { model } = this;
    if (dice < 40) this.#call(this.#pick(this.#idle));
    else if (dice < 70) model.replicate(this.#pick(NODES)!, 1 + this.#below(2));
    else if (dice < 76) this.#report();
    else if (dice < 86) this.#elect(this.#pick(model.candidates)!);
    else this.#learn(this.#pick(model.deposed));
  }

  /** Everybody has heard of everything, and what waits is answered. */
  async #heal(): Promise<void> {
    for (let round = 0; round < 20; round++) {
      for (const node of this.model.deposed) this.#learn(node);
      for (const node of NODES) this.model.replicate(node, Infinity);
      while (this.#done.length > 0) this.#report();
      await settle();
      for (const client of this.#idle.splice(0)) this.#call(client, this.model.leader);
      await settle();
    }
  }

  #elect(node: number): void {
    if (!this.model.elect(node)) return;
    const { newMachine } = this.#options;
    const runtime: CoordinatorRuntime<Call, Reply, Request> = new CoordinatorRuntime<Call, Reply, Request>({
      host: this.#host,
      logger: silentLogger,
      name: `partition on node ${node}`,
      log: this.model.termOf(node)!,
      machine: newMachine(),
      onRequest: (request) => this.#attend(() => this.#onRequest(runtime, request)),
    });
    this.#runtimes[node] = runtime;
    void runtime.load();
  }

  #learn(node: number | undefined): void {
    if (node === undefined) return;
    this.model.retire(node);
    this.#runtimes[node]?.unload(ErrorCode.NOT_COORDINATOR);
    this.#runtimes[node] = undefined;
  }

  #report(): void {
    const [report] = this.#done.splice(this.#below(this.#done.length), 1);
    if (report !== undefined) report.runtime.callWhenLoaded(report.call);
  }

  /** Clients look for the coordinator, and some are late to hear of a new one. */
  #call(client: ModelClient<Call, Reply> | undefined, node?: number): void {
    if (client === undefined) return;
    const at = this.#idle.indexOf(client);
    if (at !== -1) this.#idle.splice(at, 1);
    void this.#callOn(client, node ?? this.#guess(this.#heardOf.get(client) ?? 0));
  }

  async #callOn(client: ModelClient<Call, Reply>, node: number): Promise<void> {
    const { call, onReply } = client.next();
    const runtime = this.#runtimes[node];
    const reply = await (runtime?.call(call) ?? this.#options.refuse(call, ErrorCode.NOT_COORDINATOR));
    this.#heardOf.set(client, this.model.electionOf(node));
    this.#attend(() => onReply(reply));
    this.#idle.push(client);
  }

  #onRequest(runtime: CoordinatorRuntime<Call, Reply, Request>, request: Request): void {
    const call = this.#options.onRequest?.(request);
    if (call !== undefined) this.#done.push({ runtime, call });
  }

  /** A broken promise ends the run, wherever it is noticed. */
  #attend(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#violation ??= error;
    }
  }

  #guess(heardOf: number): number {
    const known = NODES.filter((node) => this.model.electionOf(node) >= heardOf);
    return this.#below(2) === 0 ? this.#pick(known)! : this.model.leader;
  }

  #below(limit: number): number {
    return Math.floor(this.#options.random.float() * limit);
  }

  #pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.#below(items.length)];
  }
}

/** Lets everything happen that only waits for promises. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve();
}
