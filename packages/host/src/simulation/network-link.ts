import type { Random } from '../host.ts';

/** How a link behaves; what is not given stays as it was. */
export interface LinkOptions {
  /** One way, from-to. Default 0.05 to 0.5 ms; on the loopback 0.005 to 0.03 ms. */
  readonly latencyMs?: readonly [number, number];
  /** Default: without limit. */
  readonly bytesPerSec?: number;
  /** How likely a segment breaks its connection instead of arriving, in [0, 1]. Default 0. */
  readonly resetChance?: number;
  /**
   * How likely a segment breaks its connection for the sender and is delivered all the same, later, in [0, 1]: the
   * sender may have sent it again over another connection by then. Default 0.
   */
  readonly lateChance?: number;
  /** How much later. Default 10 to 2000 ms. */
  readonly lateMs?: readonly [number, number];
}

const LOOPBACK_LATENCY_MS = [0.005, 0.03] as const;
const DEFAULT_LATENCY_MS = [0.05, 0.5] as const;
const DEFAULT_LATE_MS = [10, 2000] as const;

/** One direction between two hosts. */
export class NetworkLink {
  readonly #random: Random;
  readonly #isLoopback: boolean;
  /** Called when segments that wait may travel again. */
  readonly #waiting = new Set<() => void>();
  #defaults: LinkOptions;
  #options: LinkOptions = {};
  #isCut = false;
  #busyUntilUs = 0;

  constructor(random: Random, isLoopback: boolean, defaults: LinkOptions) {
    this.#random = random;
    this.#isLoopback = isLoopback;
    this.#defaults = isLoopback ? {} : defaults;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  configure(options: LinkOptions): void {
    this.#options = { ...this.#options, ...options };
  }

  setDefaults(defaults: LinkOptions): void {
    if (!this.#isLoopback) this.#defaults = defaults;
  }

  cut(): void {
    this.#isCut = true;
  }

  heal(): void {
    if (!this.#isCut) return;
    this.#isCut = false;
    this.wake();
  }

  /** Lets everything that waited try again. */
  wake(): void {
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const retry of woken) retry();
  }

  /** @returns a function that gives up waiting */
  whenPassable(retry: () => void): () => void {
    this.#waiting.add(retry);
    return () => {
      this.#waiting.delete(retry);
    };
  }

  /** When a segment sent now arrives. All connections of a slow link share its rate. */
  arrivalUs(nowUs: number, sizeBytes: number): number {
    const [leastMs, mostMs] = this.#latencyMs();
    const latencyUs = Math.round(1000 * (leastMs + this.#random.float() * (mostMs - leastMs)));
    const rate = this.#options.bytesPerSec ?? this.#defaults.bytesPerSec;
    if (rate === undefined) return nowUs + latencyUs;
    this.#busyUntilUs = Math.max(this.#busyUntilUs, nowUs) + Math.ceil((sizeBytes * 1e6) / rate);
    return this.#busyUntilUs + latencyUs;
  }

  breaksConnection(): boolean {
    const chance = this.#options.resetChance ?? this.#defaults.resetChance ?? 0;
    return chance > 0 && this.#random.float() < chance;
  }

  /** How much later a segment is delivered whose sender is told that the connection is broken; mostly undefined. */
  lateByUs(): number | undefined {
    const chance = this.#options.lateChance ?? this.#defaults.lateChance ?? 0;
    if (chance === 0 || this.#random.float() >= chance) return undefined;
    const [leastMs, mostMs] = this.#options.lateMs ?? this.#defaults.lateMs ?? DEFAULT_LATE_MS;
    return Math.round(1000 * (leastMs + this.#random.float() * (mostMs - leastMs)));
  }

  #latencyMs(): readonly [number, number] {
    if (this.#options.latencyMs !== undefined) return this.#options.latencyMs;
    return this.#defaults.latencyMs ?? (this.#isLoopback ? LOOPBACK_LATENCY_MS : DEFAULT_LATENCY_MS);
  }
}
