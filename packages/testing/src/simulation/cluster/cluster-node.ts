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

/** One node of a simulated cluster on its machine, through its lives. */
export class ClusterNode {
  readonly id: number;
  readonly name: string;
  readonly plan: NodePlan;
  readonly #options: ClusterNodeOptions;
  #broker: Broker | undefined;
  #starting: Promise<void> | undefined;
  /** Lives that ended with power lost. */
  powerLosses = 0;

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
   * Resolves when the node is started, or its machine has gone meanwhile. A node that fails to start is dead: its
   * reason is thrown.
   */
  start(): Promise<void> {
    this.#starting = this.#start();
    return this.#starting;
  }

  async #start(): Promise<void> {
    const { machine } = this;
    const starting = Broker.start(this.#options.properties, { host: machine, logger: this.#options.logger });
    const broker = await Promise.race([starting, machine.ended]);
    if (broker === undefined || !machine.isRunning) return;
    this.#broker = broker;
    void machine.ended.then(() => this.#forget(broker));
    void broker.failed.then(() => this.#restartAfterFailure(broker, machine));
  }

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
    if (machine.isRunning) machine.kill();
  }

  #forget(broker: Broker): void {
    if (this.#broker === broker) this.#broker = undefined;
  }

  /** As a supervisor does with a process that has ended because its disk failed. */
  async #restartAfterFailure(broker: Broker, machine: SimulatedHost): Promise<void> {
    if (!machine.isRunning) return;
    this.#forget(broker);
    machine.kill();
    await this.#options.simulation.sleep(500);
    machine.disk.faults.clear();
    if (this.machine === machine) await this.restart();
  }
}
