import { hash } from 'node:crypto';

const WORDS_PER_SLOT = 4;
const SLOT_BYTES = 24;
const FREE = 0;

/**
 * Latest offset by key in a fixed amount of memory: 24 bytes a key, whatever its length (`SkimpyOffsetMap` in Kafka).
 * Keys are told apart by their MD5; that two of 2^32 keys share one is less likely than a disk error.
 */
export class OffsetMap {
  readonly #hashes: Int32Array;
  /** One more than the offset, so that memory as it comes is free slots: filling it would be one long turn. */
  readonly #offsets: Float64Array;
  readonly #slots: number;
  #size = 0;
  /** Everything up to here was put in; -1 for nothing. */
  latestOffset = -1;

  /** @param memoryBytes At least one slot is made. */
  constructor(memoryBytes: number) {
    this.#slots = Math.max(1, Math.floor(memoryBytes / SLOT_BYTES));
    this.#hashes = new Int32Array(this.#slots * WORDS_PER_SLOT);
    this.#offsets = new Float64Array(this.#slots);
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
    this.#offsets[slot] = offset + 1;
  }

  /** -1 for a key that was not put in. */
  get(key: Buffer): number {
    return this.#offsets[this.#find(wordsOf(key))]! - 1;
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

/** Of the key that was looked at last. */
const lastWords = new Int32Array(WORDS_PER_SLOT);

/** Valid until the next call: two for every record of a cleaning would be garbage. */
function wordsOf(key: Buffer): Int32Array {
  // Twice as fast as a digest in a buffer of its own.
  const digest = hash('md5', key, 'binary');
  for (let word = 0, at = 0; word < WORDS_PER_SLOT; word++, at += 4) {
    lastWords[word] =
      digest.charCodeAt(at) |
      (digest.charCodeAt(at + 1) << 8) |
      (digest.charCodeAt(at + 2) << 16) |
      (digest.charCodeAt(at + 3) << 24);
  }
  return lastWords;
}
