import { hash } from 'node:crypto';

const WORDS_PER_SLOT = 4;
const SLOT_BYTES = 24;
const FREE = -1;

/**
 * Latest offset by key in a fixed amount of memory: 24 bytes a key, whatever its length (`SkimpyOffsetMap` in Kafka).
 * Keys are told apart by their MD5; that two of 2^32 keys share one is less likely than a disk error.
 */
export class OffsetMap {
  readonly #hashes: Int32Array;
  readonly #offsets: Float64Array;
  readonly #slots: number;
  #size = 0;
  /** Everything up to here was put in; -1 for nothing. */
  latestOffset = -1;

  /** @param memoryBytes At least one slot is made. */
  constructor(memoryBytes: number) {
    this.#slots = Math.max(1, Math.floor(memoryBytes / SLOT_BYTES));
    this.#hashes = new Int32Array(this.#slots * WORDS_PER_SLOT);
    this.#offsets = new Float64Array(this.#slots).fill(FREE);
  }

  /** Memory that `keys` keys need at a load factor. */
  static bytesFor(keys: number, loadFactor: number): number {
    return (Math.ceil(keys / loadFactor) + 1) * SLOT_BYTES;
  }

  get slots(): number {
    return this.#slots;
  }

  get size(): number {
    return this.#size;
  }

  put(key: Buffer, offset: number): void {
    const words = wordsOf(key);
    const slot = this.#find(words);
    if (this.#offsets[slot] === FREE) {
      this.#size++;
      this.#hashes.set(words, slot * WORDS_PER_SLOT);
    }
    this.#offsets[slot] = offset;
  }

  /** -1 for a key that was not put in. */
  get(key: Buffer): number {
    return this.#offsets[this.#find(wordsOf(key))]!;
  }

  /** The slot of the key, or the free one where it belongs. */
  #find(words: Int32Array): number {
    let slot = (words[0]! >>> 0) % this.#slots;
    for (let probes = 0; probes < this.#slots; probes++) {
      if (this.#offsets[slot] === FREE || this.#holds(slot, words)) return slot;
      slot = slot + 1 === this.#slots ? 0 : slot + 1;
    }
    throw new RangeError(`The offset map is full with ${this.#size} keys`);
  }

  #holds(slot: number, words: Int32Array): boolean {
    const at = slot * WORDS_PER_SLOT;
    const hashes = this.#hashes;
    return (
      hashes[at] === words[0] &&
      hashes[at + 1] === words[1] &&
      hashes[at + 2] === words[2] &&
      hashes[at + 3] === words[3]
    );
  }
}

function wordsOf(key: Buffer): Int32Array {
  const digest = hash('md5', key, 'buffer');
  // A digest may lie in a pool at any position, where a typed array of words cannot begin.
  return Int32Array.of(
    digest.readInt32BE(0),
    digest.readInt32BE(4),
    digest.readInt32BE(8),
    digest.readInt32BE(12),
  );
}
