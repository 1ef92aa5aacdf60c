/** Names come from clients, so there must be an end of them; the one used longest ago makes room. */
const MAX_METERS = 10_000;
/** A meter that was not used for this long is gone, as in Apache Kafka. */
const EXPIRATION_MS = 3_600_000;

interface Entry<Meter> {
  readonly meter: Meter;
  usedMs: number;
}

/** What was measured, by who shares a limit. Bounded. */
export class QuotaMeters<Meter> {
  readonly #create: () => Meter;
  /** In order of use. */
  readonly #entries = new Map<string, Entry<Meter>>();

  constructor(create: () => Meter) {
    this.#create = create;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(sharedKey: string, nowMs: number): Meter {
    const known = this.#entries.get(sharedKey);
    if (known === undefined) this.#makeRoom(nowMs);
    else this.#entries.delete(sharedKey);
    const entry = known ?? { meter: this.#create(), usedMs: nowMs };
    entry.usedMs = nowMs;
    this.#entries.set(sharedKey, entry);
    return entry.meter;
  }

  /** Those that were used within the last hour. */
  *inUse(nowMs: number): Iterable<Meter> {
    for (const { meter, usedMs } of this.#entries.values()) if (nowMs - usedMs < EXPIRATION_MS) yield meter;
  }

  #makeRoom(nowMs: number): void {
    for (const [key, { usedMs }] of this.#entries) {
      if (this.#entries.size < MAX_METERS && nowMs - usedMs < EXPIRATION_MS) return;
      this.#entries.delete(key);
    }
  }
}
