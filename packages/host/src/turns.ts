import type { Host } from './host.ts';

/** Long enough that waiting for the next turn costs little, short enough that nobody notices. */
const TURN_MS = 3;

/**
 * Cuts work that takes long into turns of the event loop, so that others have theirs in between.
 *
 * ```ts
 * const turns = new Turns(host);
 * for (const item of items) {
 *   work(item);
 *   if (turns.isOver) await turns.next();
 * }
 * ```
 */
export class Turns {
  readonly #host: Pick<Host, 'clock' | 'timers'>;
  #beganMs: number;

  constructor(host: Pick<Host, 'clock' | 'timers'>) {
    this.#host = host;
    this.#beganMs = host.clock.monotonicMs();
  }

  /** Whether this turn has lasted long enough. */
  get isOver(): boolean {
    return this.#host.clock.monotonicMs() - this.#beganMs >= TURN_MS;
  }

  /** Resolves when everybody else has had a turn. */
  async next(): Promise<void> {
    await new Promise<void>((resolve) => this.#host.timers.defer(resolve));
    this.#beganMs = this.#host.clock.monotonicMs();
  }
}
