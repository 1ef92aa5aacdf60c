/** What bounds a {@link LookupCache}. */
export interface LookupCacheOptions {
  /** Most entries that are kept; at least half as many recently used ones always are. */
  readonly maxEntries: number;
  /** How long an entry counts; for ever when negative. Default -1. */
  readonly ttlMs?: number;
  /** Milliseconds that never go backwards. Only asked for where there is a `ttlMs`. */
  readonly nowMs: () => number;
}

interface Entry<V> {
  readonly value: V;
  readonly expiresAtMs: number;
}

/**
 * Remembers what was looked up, a bounded number of entries, and never stampedes: everybody who misses the same key at the
 * same time waits for one lookup. A failed lookup is forgotten at once, so that the next call tries again.
 *
 * Two generations instead of a list by time of use: entries move to the young one when they are used, and the old one
 * is dropped whole when the young one is full. A hit in the young generation costs one `Map.get`.
 */
export class LookupCache<K, V> {
  readonly #maxYoung: number;
  readonly #ttlMs: number;
  readonly #nowMs: () => number;
  #young = new Map<K, Entry<V>>();
  #old = new Map<K, Entry<V>>();
  readonly #pending = new Map<K, Promise<V>>();

  constructor({ maxEntries, ttlMs = -1, nowMs }: LookupCacheOptions) {
    this.#maxYoung = Math.max(1, Math.ceil(maxEntries / 2));
    this.#ttlMs = ttlMs;
    this.#nowMs = nowMs;
  }

  /** What is remembered for `key`. */
  get(key: K): V | undefined {
    const entry = this.#young.get(key) ?? this.#promoted(key);
    if (entry === undefined) return undefined;
    if (entry.expiresAtMs !== Infinity && entry.expiresAtMs <= this.#nowMs()) {
      this.#young.delete(key);
      return undefined;
    }
    return entry.value;
  }

  set(key: K, value: V): void {
    const expiresAtMs = this.#ttlMs < 0 ? Infinity : this.#nowMs() + this.#ttlMs;
    this.#old.delete(key);
    this.#put(key, { value, expiresAtMs });
  }

  /** What is remembered for `key`, at once, or a promise of what `lookUp` finds; one lookup for all who wait. */
  getOrLookUp(key: K, lookUp: (key: K) => Promise<V>): V | Promise<V> {
    const known = this.get(key);
    if (known !== undefined) return known;
    const pending = this.#pending.get(key);
    if (pending !== undefined) return pending;
    const lookup = this.#lookUp(key, lookUp);
    this.#pending.set(key, lookup);
    const forget = () => this.#pending.delete(key);
    lookup.then(forget, forget);
    return lookup;
  }

  delete(key: K): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }

  async #lookUp(key: K, lookUp: (key: K) => Promise<V>): Promise<V> {
    const value = await lookUp(key);
    this.set(key, value);
    return value;
  }

  #promoted(key: K): Entry<V> | undefined {
    const entry = this.#old.get(key);
    if (entry === undefined) return undefined;
    this.#old.delete(key);
    this.#put(key, entry);
    return entry;
  }

  #put(key: K, entry: Entry<V>): void {
    this.#young.set(key, entry);
    if (this.#young.size < this.#maxYoung) return;
    this.#old = this.#young;
    this.#young = new Map();
  }
}
