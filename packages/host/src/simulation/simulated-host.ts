import type { Clock, Host, Random } from '../host.ts';
import type { FileTree } from '../memory/file-tree.ts';
import { DiskContents } from './disk-contents.ts';
import { DiskFaults } from './disk-faults.ts';
import { DiskScheduler } from './disk-scheduler.ts';
import { Incarnation } from './incarnation.ts';
import { MachineClock } from './machine-clock.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { SimulatedNetwork } from './simulated-network.ts';
import { SimulatedTimers } from './simulated-timers.ts';
import type { Simulation } from './simulation.ts';
import type { UnsyncedFate } from './unsynced-file.ts';

/** What belongs to the machine and stays when the process is started again. */
interface Machine {
  readonly name: string;
  readonly random: Random;
  readonly contents: DiskContents;
  readonly faults: DiskFaults;
  readonly clock: MachineClock;
}

/** For a loss of power. */
export interface CrashOptions {
  /** What becomes of writes that were not synced. Default `random`: a draw for each file. */
  readonly unsynced?: UnsyncedFate;
}

/** One machine of a simulation, from a start to its crash; `Simulation.restart` gives the next life. */
export class SimulatedHost implements Host {
  readonly name: string;
  readonly clock: Clock;
  readonly timers: SimulatedTimers;
  readonly random: Random;
  readonly disk: SimulatedDisk;
  readonly network: SimulatedNetwork;
  readonly mayUseThreads = false;
  /** Resolves when this incarnation has crashed or was killed, by `crashAtStep`, too. */
  readonly ended: Promise<void>;
  readonly #simulation: Simulation;
  readonly #machine: Machine;
  readonly #incarnation: Incarnation;
  readonly #end: () => void;
  #isPowered = true;
  #plannedCrash: CrashOptions = {};

  constructor(
    simulation: Simulation,
    from: { readonly name: string; readonly random: Random } | { readonly predecessor: SimulatedHost },
  ) {
    const isRestart = 'predecessor' in from;
    const machine = isRestart ? from.predecessor.#machine : newMachine(simulation, from);
    const number = isRestart ? from.predecessor.#incarnation.number + 1 : 1;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#simulation = simulation;
    this.#machine = machine;
    this.#incarnation = new Incarnation(machine.name, number, () => {
      this.crash(this.#plannedCrash);
    });
    this.ended = promise;
    this.#end = resolve;
    this.name = machine.name;
    this.clock = machine.clock;
    this.timers = new SimulatedTimers(simulation, this.#incarnation, machine.clock);
    this.random = machine.random.fork(`process ${number}`);
    this.disk = diskOf(simulation, machine, this.#incarnation);
    this.network = new SimulatedNetwork(simulation.network, this.#incarnation);
  }

  /** True until a crash or kill; the next incarnation is another object. */
  get isRunning(): boolean {
    return !this.#incarnation.hasEnded;
  }

  /** False after a power loss; a killed process leaves its machine on, which refuses connections. */
  get isPowered(): boolean {
    return this.#isPowered;
  }

  /** Disk and network events of this incarnation so far. */
  get ioSteps(): number {
    return this.#incarnation.ioSteps;
  }

  /** Power loss, now: no callback of this incarnation ever runs again, and unsynced data meets its fate. */
  crash(options: CrashOptions = {}): void {
    if (!this.isRunning) return;
    this.resume();
    this.#incarnation.end();
    this.#isPowered = false;
    this.#machine.contents.losePower(this.#fateRandom(), options.unsynced ?? 'random');
    this.#simulation.network.powerLost(this.#incarnation);
    this.#end();
  }

  /** `kill -9`, now: everything written stays, its connections are closed by the machine. */
  kill(): void {
    if (!this.isRunning) return;
    this.resume();
    this.#incarnation.end();
    this.#machine.contents.loseProcess(this.#fateRandom());
    this.#simulation.network.processKilled(this.#incarnation);
    this.#end();
  }

  /** Power loss in the place of the `step`-th disk or network event of this incarnation; see `ioSteps`. */
  crashAtStep(step: number, options: CrashOptions = {}): void {
    this.#plannedCrash = options;
    this.#incarnation.crashAtStep(step);
  }

  /** Moves the wall clock, forwards or backwards; the monotonic clock does not notice. */
  jumpClock(deltaMs: number): void {
    this.#machine.clock.jump(deltaMs);
  }

  /**
   * From now on both clocks and all new timers of this machine run `rate` times as fast as the others: 1.01 gains 10 ms
   * a second. Stays across restarts.
   */
  skewClock(rate: number): void {
    this.#machine.clock.run(rate);
  }

  /** Stops the process as SIGSTOP does: nothing of it runs, its connections stay open, and its clock goes on. */
  pause(): void {
    this.#incarnation.pause();
  }

  /** SIGCONT: what came due meanwhile runs now, in its order. */
  resume(): void {
    this.#simulation.release(this.#incarnation.resume());
  }

  /** What the disk holds at this moment as processes see it, without a disk event: for a test that inspects it. */
  get files(): FileTree {
    return this.#machine.contents.tree;
  }

  /** Use `Simulation.restart`, which also makes the new incarnation the one that the name means. */
  reincarnate(): SimulatedHost {
    return new SimulatedHost(this.#simulation, { predecessor: this });
  }

  #fateRandom(): Random {
    return this.#machine.random.fork(`end ${this.#incarnation.number}`);
  }
}

function newMachine(
  simulation: Simulation,
  from: { readonly name: string; readonly random: Random },
): Machine {
  const { name, random } = from;
  const clock = new MachineClock(simulation);
  const faults = new DiskFaults(random.fork('disk faults'));
  return { name, random, faults, clock, contents: new DiskContents(() => clock.nowMs()) };
}

function diskOf(simulation: Simulation, machine: Machine, incarnation: Incarnation): SimulatedDisk {
  const { contents, faults, random } = machine;
  const latency = random.fork(`disk latency ${incarnation.number}`);
  const scheduler = new DiskScheduler(simulation, incarnation, latency, faults);
  return new SimulatedDisk({ contents, scheduler, faults });
}
