/** Entries in a bucket, on average at most. */
const BUCKET_ENTRIES = 32;

/**
 * A map of which a new version costs what has changed, not what is in it: buckets that no change has touched are shared
 * with the version before. Changed by the builder of a version only, before anybody else sees it.
 *
 * It is for maps with an entry for each topic: a cluster with tens of thousands of them gets a new image for each topic
 * that is created, twice on the active controller. Entries come in the order of insertion while they fit into one
 * bucket, and in any order beyond.
 */
export class VersionedMap<Value> implements ReadonlyMap<string, Value> {
  #buckets: (Map<string, Value> | undefined)[];
  /** Buckets that belong to this version alone. */
  #own = new Set<number>();
  #size: number;

  private constructor(buckets: (Map<string, Value> | undefined)[], size: number) {
    this.#buckets = buckets;
    this.#size = size;
  }

  static empty<Value>(): VersionedMap<Value> {
    return new VersionedMap<Value>([undefined], 0);
  }

  /** A version that may be changed while `base` stays as it is. */
  static after<Value>(base: VersionedMap<Value>): VersionedMap<Value> {
    return new VersionedMap([...base.#buckets], base.#size);
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): Value | undefined {
    return this.#buckets[this.#indexOf(key)]?.get(key);
  }

  has(key: string): boolean {
    return this.#buckets[this.#indexOf(key)]?.has(key) ?? false;
  }

  set(key: string, value: Value): void {
    const bucket = this.#ownBucket(this.#indexOf(key));
    const before = bucket.size;
    bucket.set(key, value);
    this.#size += bucket.size - before;
    if (this.#size > this.#buckets.length * BUCKET_ENTRIES) this.#grow();
  }

  delete(key: string): boolean {
    if (!this.has(key)) return false;
    this.#ownBucket(this.#indexOf(key)).delete(key);
    this.#size--;
    return true;
  }

  *entries(): MapIterator<[string, Value]> {
    for (const bucket of this.#buckets) if (bucket !== undefined) yield* bucket;
  }

  *keys(): MapIterator<string> {
    for (const bucket of this.#buckets) if (bucket !== undefined) yield* bucket.keys();
  }

  *values(): MapIterator<Value> {
    for (const bucket of this.#buckets) if (bucket !== undefined) yield* bucket.values();
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  forEach(callback: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this);
  }

  #indexOf(key: string): number {
    // A power of two of them.
    return this.#buckets.length === 1 ? 0 : hashOf(key) & (this.#buckets.length - 1);
  }

  #ownBucket(index: number): Map<string, Value> {
    let bucket = this.#buckets[index];
    if (bucket !== undefined && this.#own.has(index)) return bucket;
    bucket = new Map(bucket);
    this.#buckets[index] = bucket;
    this.#own.add(index);
    return bucket;
  }

  /** Far enough that the next time is as far away as what it costs. */
  #grow(): void {
    const entries = [...this.entries()];
    const buckets = Array.from({ length: this.#buckets.length * 4 }, () => new Map<string, Value>());
    this.#buckets = buckets;
    this.#own = new Set(buckets.keys());
    for (const [key, value] of entries) buckets[this.#indexOf(key)]!.set(key, value);
  }
}

/** FNV-1a over UTF-16 units, with the high bits mixed into the low ones. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
