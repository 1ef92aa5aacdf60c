import type { Clock } from '../host.ts';
import type { Simulation } from './simulation.ts';

/** The clock of one machine. Its wall clock may jump; the oscillator behind both may run fast or slow. */
export class MachineClock implements Clock {
  readonly #simulation: Simulation;
  #wallOffsetMs = 0;
  #rate = 1;
  /** Where the present rate began, in virtual time and on this machine. */
  #sinceMs = 0;
  #monotonicSinceMs = 0;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  nowMs(): number {
    return Math.floor(this.#simulation.startMs + this.monotonicMs() + this.#wallOffsetMs);
  }

  monotonicMs(): number {
    return this.#monotonicSinceMs + (this.#simulation.nowMs - this.#sinceMs) * this.#rate;
  }

  jump(deltaMs: number): void {
    this.#wallOffsetMs += deltaMs;
  }

  /** Seconds of this machine in one of virtual time, from now on. */
  run(rate: number): void {
    this.#monotonicSinceMs = this.monotonicMs();
    this.#sinceMs = this.#simulation.nowMs;
    this.#rate = rate;
  }

  /** How much virtual time passes until this machine has counted `delayMs`; whole microseconds, rounded up. */
  virtualUs(delayMs: number): number {
    return Math.ceil((delayMs * 1000) / this.#rate);
  }
}
