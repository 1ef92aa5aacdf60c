import type { Timer, Timers } from '../host.ts';
import type { Incarnation } from './incarnation.ts';
import type { MachineClock } from './machine-clock.ts';
import type { Simulation } from './simulation.ts';

/** Timers in virtual time. Background timers are like others: a simulated process lives until it is crashed. */
export class SimulatedTimers implements Timers {
  readonly #simulation: Simulation;
  readonly #owner: Incarnation;
  readonly #clock: MachineClock;

  constructor(simulation: Simulation, owner: Incarnation, clock: MachineClock) {
    this.#clock = clock;
    this.#simulation = simulation;
    this.#owner = owner;
  }

  schedule(delayMs: number, callback: () => void): Timer {
    const delayUs = delayMs > 0 ? this.#clock.virtualUs(delayMs) : 0;
    const simulation = this.#simulation;
    const event = simulation.schedule({
      kind: 'timer',
      label: '',
      delayUs,
      owner: this.#owner,
      run: () => {
        // Marks it as gone, so that a late cancel() is not counted as one of a waiting event.
        event.isCancelled = true;
        callback();
      },
    });
    return {
      cancel() {
        simulation.cancel(event);
      },
    };
  }

  defer(callback: () => void): void {
    this.#simulation.schedule({ kind: 'defer', label: '', delayUs: 0, owner: this.#owner, run: callback });
  }
}
