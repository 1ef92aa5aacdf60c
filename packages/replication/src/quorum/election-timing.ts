import type { QuorumSettings } from './quorum-settings.ts';

/** A leader that is not heard by a majority for so many fetch time-outs gives up. */
const CHECK_QUORUM_FACTOR = 1.5;
/** Of the election time-out: apart enough for one of the others to be elected before the next one stands. */
const GONE_DELAY_SHARE = 0.1;

/** How long nodes of the quorum wait for each other. Pure: chance comes from outside. */
export class ElectionTiming {
  readonly #settings: QuorumSettings;
  /** In [0, 1). */
  readonly #random: () => number;

  constructor(settings: QuorumSettings, random: () => number) {
    this.#settings = settings;
    this.#random = random;
  }

  /** Until a voter stands, or stands again: never the same for two of them. */
  electionMs(): number {
    return this.#settings['controller.quorum.election.timeout.ms'] * (1 + this.#random());
  }

  /** Until a voter stands that knows that the leader is gone. */
  goneMs(): number {
    const delayMs = this.#settings['controller.quorum.election.timeout.ms'] * GONE_DELAY_SHARE;
    return delayMs * this.#random();
  }

  /** Until a follower that hears nothing takes its leader for lost. */
  get fetchMs(): number {
    return this.#settings['controller.quorum.fetch.timeout.ms'];
  }

  /** How often a leader tells voters of itself that do not fetch. */
  get announceMs(): number {
    return this.fetchMs / 2;
  }

  /** For how long a leader goes on without a majority. */
  get checkQuorumMs(): number {
    return this.fetchMs * CHECK_QUORUM_FACTOR;
  }

  /**
   * Until a voter stands that the leader, when it resigned, named at this place of so many; those that have less wait
   * for those that have more.
   */
  successorMs(position: number, count: number): number {
    const maxMs = this.#settings['controller.quorum.election.backoff.max.ms'];
    if (position === 0) return 0;
    return Math.min(maxMs, (maxMs >> (count - 1)) << (position - 1));
  }
}
