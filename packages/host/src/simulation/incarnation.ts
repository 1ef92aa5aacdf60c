import type { EventKind } from './event-trace.ts';

/**
 * One life of a host, from its start to its crash. Everything scheduled for it dies with it: no timer, disk or network
 * callback of a crashed process ever runs.
 */
export class Incarnation {
  readonly hostName: string;
  readonly number: number;
  readonly #onCrashDue: () => void;
  #hasEnded = false;
  #ioSteps = 0;
  #crashAtStep = Infinity;

  constructor(hostName: string, number: number, onCrashDue: () => void) {
    this.hostName = hostName;
    this.number = number;
    this.#onCrashDue = onCrashDue;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Disk and network events so far. */
  get ioSteps(): number {
    return this.#ioSteps;
  }

  end(): void {
    this.#hasEnded = true;
  }

  crashAtStep(step: number): void {
    this.#crashAtStep = step;
  }

  /** Counts an event that is about to run; true when the host crashes at this very point and the event never happens. */
  crashesInsteadOf(kind: EventKind): boolean {
    if (this.#hasEnded || (kind !== 'disk' && kind !== 'network')) return false;
    this.#ioSteps++;
    if (this.#ioSteps !== this.#crashAtStep) return false;
    this.#onCrashDue();
    return true;
  }
}
