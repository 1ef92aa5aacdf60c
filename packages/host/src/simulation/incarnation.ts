import type { EventKind } from './event-trace.ts';
import type { ScheduledEvent } from './simulation.ts';

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
  /** What came due while the process is stopped, undefined while it runs. */
  #held: ScheduledEvent[] | undefined;

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

  pause(): void {
    if (!this.#hasEnded) this.#held ??= [];
  }

  /** @returns what is to run now */
  resume(): readonly ScheduledEvent[] {
    const held = this.#held ?? [];
    this.#held = undefined;
    return held;
  }

  /** Takes an event that is due while the process is stopped. */
  holds(event: ScheduledEvent): boolean {
    this.#held?.push(event);
    return this.#held !== undefined;
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
