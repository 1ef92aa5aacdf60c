import { hostErrors, SimulationError } from '../errors.ts';
import type { Random } from '../host.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { EventQueue } from './event-queue.ts';
import { EventTrace, type EventKind, type SimulationEvent } from './event-trace.ts';
import type { Incarnation } from './incarnation.ts';
import { SimulatedHost } from './simulated-host.ts';
import { SimulatedInternet } from './simulated-internet.ts';

/** For `new Simulation()`. */
export interface SimulationOptions {
  /** The whole run follows from it. */
  readonly seed: string | number;
  /** Wall clock at the start. Default 2026-01-01T00:00:00Z. */
  readonly startMs?: number;
  /** Steps after which a run is taken for an endless loop. Default 20 million. */
  readonly maxSteps?: number;
  /** Virtual time that one `run` may take. Default 24 hours. */
  readonly maxVirtualMs?: number;
  /** Told every event before it runs, for printing a run or finding where two differ. */
  readonly onEvent?: (event: SimulationEvent) => void;
}

export interface EventSpec {
  readonly kind: EventKind;
  readonly label: string;
  /** From now, whole microseconds. */
  readonly delayUs: number;
  /** Whose event it is: one of an incarnation that has ended is skipped, unless it `outlivesOwner`. */
  readonly owner: Incarnation | undefined;
  readonly outlivesOwner?: boolean;
  /** What the event carries, for the trace. */
  readonly bytes?: readonly Uint8Array[];
  run(): void;
}

export interface ScheduledEvent {
  timeUs: number;
  sequence: number;
  readonly spec: EventSpec;
  isCancelled: boolean;
}

const DEFAULT_START_MS = 1_767_225_600_000;
const DEFAULT_MAX_STEPS = 20_000_000;
const DEFAULT_MAX_VIRTUAL_MS = 24 * 3_600_000;
/** Now and then the rest of the process gets its turn: signals, other processes, rejections that nobody handles. */
const STEPS_PER_TURN = 64;
const NO_BYTES: readonly Uint8Array[] = [];

type Settlement<T> = { readonly value: T } | { readonly error: unknown };

/**
 * A world of several machines in virtual time, driven by one seed.
 *
 * ```ts
 * const simulation = new Simulation({ seed: 7 });
 * const host = simulation.host('node-1');
 * await simulation.run(async () => {
 *   await simulation.sleep(600_000); // ten minutes, no waiting
 * });
 * simulation.trace; // the same for the same seed and code, byte for byte
 * ```
 *
 * Everything that happens is an event at a microsecond; between two events all promises settle. What escapes: work
 * on other threads (asynchronous zlib, worker threads) and dynamic imports, which take real time.
 */
export class Simulation {
  readonly seed: string | number;
  /** For a test's own decisions; the hosts do not draw from it. */
  readonly random: Random;
  readonly network: SimulatedInternet;
  readonly startMs: number;
  readonly #options: SimulationOptions;
  readonly #root: Random;
  readonly #queue = new EventQueue<ScheduledEvent>();
  readonly #trace = new EventTrace();
  readonly #hosts = new Map<string, SimulatedHost>();
  #nowUs = 0;
  #sequence = 0;
  #steps = 0;
  #isRunning = false;

  constructor(options: SimulationOptions) {
    this.seed = options.seed;
    this.startMs = options.startMs ?? DEFAULT_START_MS;
    this.#options = options;
    this.#root = new SeededRandom(options.seed);
    this.random = this.#root.fork('test');
    this.network = new SimulatedInternet(this, this.#root.fork('network'));
  }

  /** Virtual milliseconds since the start, with a fraction. */
  get nowMs(): number {
    return this.#nowUs / 1000;
  }

  get nowUs(): number {
    return this.#nowUs;
  }

  /** Events so far. */
  get steps(): number {
    return this.#steps;
  }

  /** SHA-256 over time, kind, host and bytes of every event so far. */
  get trace(): string {
    return this.#trace.digest();
  }

  /** The machine of that name; the first call creates it. */
  host(name: string): SimulatedHost {
    const existing = this.#hosts.get(name);
    if (existing !== undefined) return existing;
    return this.#boot(new SimulatedHost(this, { name, random: this.#root.fork(`host ${name}`) }));
  }

  /** A fresh incarnation over what the crash or kill of `host` left on its disk. */
  restart(host: SimulatedHost): SimulatedHost {
    if (this.#hosts.get(host.name) !== host) throw this.#misuse(`host ${host.name} was restarted before`);
    if (host.isRunning) throw this.#misuse(`host ${host.name} is running; crash() or kill() it first`);
    return this.#boot(host.reincarnate());
  }

  hasHost(name: string): boolean {
    return this.#hosts.has(name);
  }

  /** False between a power loss and the restart. */
  isPowered(name: string): boolean {
    return this.#hosts.get(name)?.isPowered === true;
  }

  /** Waits in virtual time, on behalf of the test: it belongs to no host and outlives crashes. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const delayUs = Math.ceil(delayMs * 1000);
      this.schedule({ kind: 'timer', label: 'sleep', delayUs, owner: undefined, run: resolve });
    });
  }

  schedule(spec: EventSpec): ScheduledEvent {
    const event: ScheduledEvent = {
      timeUs: this.#nowUs + Math.max(0, spec.delayUs),
      sequence: this.#sequence++,
      spec,
      // An endless delay is legal and never due.
      isCancelled: spec.delayUs === Infinity,
    };
    if (!event.isCancelled) this.#queue.push(event);
    return event;
  }

  /** For events of a process that was stopped when they came due: they are due now. */
  release(events: readonly ScheduledEvent[]): void {
    for (const event of events) {
      if (event.isCancelled) continue;
      event.timeUs = this.#nowUs;
      event.sequence = this.#sequence++;
      this.#queue.push(event);
    }
  }

  cancel(event: ScheduledEvent): void {
    this.#queue.cancel(event);
  }

  /**
   * Runs events until `body` settles, then returns its value or throws its error. What is still scheduled stays for
   * the next `run`.
   *
   * @throws SimulationError when nothing is scheduled while the body waits, a callback throws, or a limit is reached
   */
  async run<T>(body: () => Promise<T> | T): Promise<T> {
    if (this.#isRunning) throw this.#misuse('run() was called inside run()');
    this.#isRunning = true;
    try {
      return await this.#drive(body);
    } finally {
      this.#isRunning = false;
    }
  }

  async #drive<T>(body: () => Promise<T> | T): Promise<T> {
    const deadlineMs = this.nowMs + (this.#options.maxVirtualMs ?? DEFAULT_MAX_VIRTUAL_MS);
    const lastStep = this.#steps + (this.#options.maxSteps ?? DEFAULT_MAX_STEPS);
    // An object, because the compiler takes a variable assigned in a callback for never assigned.
    const outcome: { settlement?: Settlement<T> } = {};
    const settled = (async () => body())().then(
      (value) => (outcome.settlement = { value }),
      (error: unknown) => (outcome.settlement = { error }),
    );
    await turnOfTheEventLoop();
    while (outcome.settlement === undefined) {
      await this.#runEvents(() => {
        if (outcome.settlement !== undefined) return false;
        if (this.nowMs > deadlineMs || this.#steps >= lastStep) throw this.#overLimit();
        return true;
      });
      await turnOfTheEventLoop();
    }
    await settled;
    if ('error' in outcome.settlement) throw outcome.settlement.error;
    return outcome.settlement.value;
  }

  /** A turn's worth of events, fewer if `goesOn` says so after one of them. All promises settle after each. */
  #runEvents(goesOn: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      let left = STEPS_PER_TURN;
      const next = (): void => {
        try {
          if (left < STEPS_PER_TURN && (!goesOn() || left === 0)) return resolve();
          left--;
          this.#step();
        } catch (error) {
          return reject(error);
        }
        whenMicrotasksHaveSettled(next);
      };
      whenMicrotasksHaveSettled(next);
    });
  }

  #step(): void {
    const event = this.#nextEvent();
    const { spec } = event;
    this.#nowUs = event.timeUs;
    if (spec.owner?.holds(event) === true) return;
    this.#steps++;
    const seen: SimulationEvent = {
      step: this.#steps,
      timeMs: this.nowMs,
      kind: spec.kind,
      host: spec.owner?.hostName ?? '',
      label: spec.label,
    };
    this.#trace.add(seen, spec.bytes ?? NO_BYTES);
    this.#options.onEvent?.(seen);
    if (spec.owner?.crashesInsteadOf(spec.kind) === true && spec.outlivesOwner !== true) return;
    try {
      spec.run();
    } catch (cause) {
      const problem = `a callback threw: ${cause instanceof Error ? cause.message : String(cause)}`;
      throw this.#error(
        'SIMULATION_CALLBACK',
        `${problem}; last events:\n${this.#trace.describeLast()}`,
        cause,
      );
    }
  }

  #nextEvent(): ScheduledEvent {
    for (;;) {
      const event = this.#queue.pop();
      if (event === undefined) {
        throw this.#error(
          'SIMULATION_DEADLOCK',
          `nothing is scheduled at ${this.nowMs} ms, but the body still waits; last events:\n${this.#trace.describeLast()}`,
        );
      }
      if (event.spec.owner?.hasEnded !== true || event.spec.outlivesOwner === true) return event;
    }
  }

  #boot(host: SimulatedHost): SimulatedHost {
    this.#hosts.set(host.name, host);
    this.network.hostStarted(host.name);
    return host;
  }

  #overLimit(): SimulationError {
    return this.#error(
      'SIMULATION_LIMIT',
      `the body still waits at ${this.nowMs} ms; last events:\n${this.#trace.describeLast()}`,
    );
  }

  #misuse(problem: string): SimulationError {
    return this.#error('SIMULATION_USE', problem);
  }

  #error(kind: keyof typeof hostErrors, problem: string, cause?: unknown): SimulationError {
    const at = { seed: this.seed, step: this.#steps };
    return new SimulationError(hostErrors[kind], at, problem, cause === undefined ? undefined : { cause });
  }
}

/** Taken at load, so that a test's fake timers do not stop the simulation. */
const realSetImmediate = setImmediate;
const nextTick = process.nextTick.bind(process);

const alreadySettled = Promise.resolve();

/**
 * A tick that a microtask asks for runs when no microtask is left: that is all there is to wait for between two events
 * in virtual time, and far cheaper than a turn of the event loop.
 * @param run called in a microtask, so that it may ask again
 */
function whenMicrotasksHaveSettled(run: () => void): void {
  nextTick(() => void alreadySettled.then(run));
}

function turnOfTheEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    realSetImmediate(resolve);
  });
}
