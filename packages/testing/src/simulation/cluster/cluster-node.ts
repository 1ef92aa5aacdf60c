import { Broker } from '@millrace/broker';
import type { CrashOptions, Logger, SimulatedHost, Simulation } from '@millrace/host';
import type { NodePlan } from './node-properties.ts';

export interface ClusterNodeOptions {
  readonly simulation: Simulation;
  readonly plan: NodePlan;
  readonly properties: Readonly<Record<string, string | number>>;
  readonly logger: Logger;
}

/** How long a controlled stop may take until it is taken for a failure. */
const STOP_TIMEOUT_MS = 30_000;
/** How long a start may take, as long as nothing of the cluster is broken for longer. */
const START_TIMEOUT_MS = 120_000;
const MAX_STARTS = 5;
/** Until somebody has looked after a disk. */
const MEND_MS = 250;

/** One node of a simulated cluster on its machine, through its lives. */
export class ClusterNode {
  readonly id: number;
  readonly name: string;
  readonly plan: NodePlan;
  readonly #options: ClusterNodeOptions;
  #broker: Broker | undefined;
  #startError: unknown;
  /** Lives that ended with power lost. */
  powerLosses = 0;
  /** Why it has ended by itself, where its disk is not to blame. */
  readonly failures: string[] = [];

  constructor(options: ClusterNodeOptions) {
    this.id = options.plan.id;
    this.name = options.plan.name;
    this.plan = options.plan;
    this.#options = options;
  }

  /** After a restart another object. */
  get machine(): SimulatedHost {
    return this.#options.simulation.host(this.name);
  }

  /** Undefined while it starts and when it is down. */
  get broker(): Broker | undefined {
    return this.#broker;
  }

  get isUp(): boolean {
    return this.machine.isRunning;
  }

  /**
   * Resolves when the node is started, or its machine has gone meanwhile. A start that fails on a broken disk is tried
   * again when the disk has been mended, as a supervisor would.
   *
   * @throws Error when it fails all the same, or does not come to an end
   */
  async start(): Promise<void> {
    for (let attempt = 0; attempt < MAX_STARTS; attempt++) {
      if (await this.#start()) return;
    }
    throw new Error(`${this.name} has failed to start ${MAX_STARTS} times`, { cause: this.#startError });
  }

  /** @returns false when it is to be tried again */
  async #start(): Promise<boolean> {
    const { machine } = this;
    const { simulation, properties, logger } = this.#options;
    const starting = Broker.start(properties, { host: machine, logger }).catch((error: unknown) => {
      this.#startError = error;
      return 'failed' as const;
    });
    const inTime = simulation.sleep(START_TIMEOUT_MS).then(() => 'hangs' as const);
    const outcome = await Promise.race([starting, machine.ended, inTime]);
    if (outcome === undefined || !machine.isRunning) return true;
    if (outcome === 'hangs') throw new Error(`${this.name} has not started in ${START_TIMEOUT_MS} ms`);
    if (outcome === 'failed') {
      this.kill();
      await simulation.sleep(MEND_MS);
      machine.disk.faults.clear();
      if (this.machine === machine) simulation.restart(machine);
      return false;
    }
    this.#broker = outcome;
    void machine.ended.then(() => this.#forget(outcome));
    void outcome.failed.then((error) => this.#restartAfterFailure(outcome, machine, error));
    return true;
  }

  /** `kill -9`: what was written stays, until the power goes. */
  kill(): void {
    this.machine.kill();
  }

  /** Power loss. */
  crash(options?: CrashOptions): void {
    if (!this.machine.isRunning) return;
    this.powerLosses++;
    this.machine.crash(options);
  }

  /** On the same disk. Does nothing while it runs. */
  async restart(): Promise<void> {
    if (this.machine.isRunning) return;
    this.#options.simulation.restart(this.machine);
    await this.start();
  }

  /** In order, as an operator does it; then the process is gone. */
  async stop(): Promise<void> {
    const { machine } = this;
    const broker = this.#broker;
    if (broker === undefined) return this.kill();
    const inTime = this.#options.simulation.sleep(STOP_TIMEOUT_MS);
    await Promise.race([broker.close(), machine.ended, inTime]);
    if (machine.isRunning) this.kill();
  }

  #forget(broker: Broker): void {
    if (this.#broker === broker) this.#broker = undefined;
  }

  /** As a supervisor does with a process that has ended because its disk failed. */
  async #restartAfterFailure(broker: Broker, machine: SimulatedHost, error: Error): Promise<void> {
    if (!machine.isRunning) return;
    if (machine.disk.faults.strikes === 0) this.failures.push(`${this.name} has failed: ${error.stack}`);
    this.#forget(broker);
    this.kill();
    await this.#options.simulation.sleep(MEND_MS);
    machine.disk.faults.clear();
    if (this.machine === machine) await this.restart();
  }
}
