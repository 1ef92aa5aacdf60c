import type { Disk } from './disk.ts';
import type { Network } from './network.ts';

/**
 * Everything a Millrace component may ask of the machine it runs on.
 *
 * `log`, `broker`, `client`, `replication` and `streams` never reach for `Date.now`, timers, `Math.random`, `fs` or
 * `net` themselves: the world comes in through this object, so that the same classes run as a server process
 * (`nodeHost()`), embedded in a test, and under simulation, where one seed replays a whole run.
 */
export interface Host {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly disk: Disk;
  readonly network: Network;
  /**
   * Whether work may leave the event loop for other threads, as asynchronous `zlib` does. They keep to real time, so a
   * simulation says no. Default true.
   */
  readonly mayUseThreads?: boolean;
}

/** Both clocks of a machine. */
export interface Clock {
  /** Wall clock, whole milliseconds since 1970-01-01T00:00:00Z. May jump backwards. */
  nowMs(): number;
  /** Milliseconds with a fraction from an arbitrary origin. Never goes backwards; only differences mean anything. */
  monotonicMs(): number;
}

/** What runs later. */
export interface Timers {
  /**
   * Runs `callback` once, no earlier than `delayMs` from now. Negative and NaN delays count as 0, delays over
   * 2^31-1 ms are honoured in full.
   */
  schedule(delayMs: number, callback: () => void, options?: TimerOptions): Timer;
  /** Runs `callback` after the I/O callbacks of the current turn of the event loop (Node's `setImmediate`). */
  defer(callback: () => void): void;
}

/** For `schedule()`. */
export interface TimerOptions {
  /** A background timer does not keep the process alive. Default false. */
  readonly background?: boolean;
}

/** What was scheduled. */
export interface Timer {
  /** Idempotent; a cancelled timer never fires, even if it was already due in this turn. */
  cancel(): void;
}

/** A source of random numbers; of a simulation, all of them follow from the seed. */
export interface Random {
  /** A whole number in [0, 2^32). */
  uint32(): number;
  /** A number in [0, 1) with 53 random bits. */
  float(): number;
  bytes(length: number): Buffer;
  /**
   * An independent stream named after its use, for example `random.fork('election')`. A new draw in one stream does
   * not shift the others, which keeps simulation seeds meaningful while code changes.
   */
  fork(name: string): Random;
}
