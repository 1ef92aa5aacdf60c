/** The cache is cut into so many slabs. */
const SLABS = 32;
const MAX_SLAB_BYTES = 1 << 20;
/** A smaller cache does without: what it saves is not worth the room at the end of each slab. */
const MIN_SLAB_BYTES = 64 * 1024;
/** What is larger than this part of a slab gets memory of its own: too much room would be lost at the end of each. */
const LARGEST_PART = 4;
/** From here on a copy costs more than the collections that it saves. */
const MAX_COPIED_BYTES = 32 * 1024;

/** A piece of memory that is filled from its beginning to its end, and again once nothing in it is needed. */
export interface Slab {
  readonly memory: Buffer;
  usedBytes: number;
  /** What still lies in it. */
  chunks: number;
}

/**
 * Memory for what lies in the tail cache. It is allocated once and used over and over: V8 starts a full collection for
 * every 10 to 30 MB of buffers that were made since the last one, and those were half of the work of a broker that
 * was sent batches of 16 KB. Whoever reads takes a copy of what `owns` says is here; no other reference to a slab leaves the cache.
 */
export class TailSlabs {
  /** 0: there are none. */
  readonly #slabBytes: number;
  #current: Slab | undefined;
  /** Slabs that became empty; as many as are taken between two evictions. */
  readonly #free: Slab[] = [];
  /** Of all slabs that were made, for as long as they are. */
  readonly #memory = new WeakSet<ArrayBufferLike>();
  #sizeBytes = 0;

  constructor(cacheBytes: number) {
    const slabBytes = Math.min(MAX_SLAB_BYTES, Math.floor(cacheBytes / SLABS));
    this.#slabBytes = slabBytes < MIN_SLAB_BYTES ? 0 : slabBytes;
  }

  /** Of the slabs in which something lies, and of the one that is being filled. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Whether what somebody holds lies in a slab. */
  owns(buffer: Buffer): boolean {
    return this.#memory.has(buffer.buffer);
  }

  /** @returns where so many bytes may be put; `undefined` for what is too large for a slab */
  slabFor(sizeBytes: number): Slab | undefined {
    if (sizeBytes > MAX_COPIED_BYTES || sizeBytes * LARGEST_PART > this.#slabBytes) return undefined;
    const current = this.#current;
    if (current !== undefined && current.chunks === 0) current.usedBytes = 0;
    if (current !== undefined && current.usedBytes + sizeBytes <= this.#slabBytes) return current;
    const next = this.#free.pop() ?? this.#newSlab();
    this.#sizeBytes += this.#slabBytes;
    this.#current = next;
    return next;
  }

  /** Copies what is to be kept to the end of what lies in a slab of `slabFor`. */
  put(slab: Slab, pieces: readonly Buffer[]): Buffer {
    const start = slab.usedBytes;
    for (const piece of pieces) {
      slab.memory.set(piece, slab.usedBytes);
      slab.usedBytes += piece.length;
    }
    slab.chunks++;
    return slab.memory.subarray(start, slab.usedBytes);
  }

  /** One of the things that lie in a slab is not needed any more. */
  forget(slab: Slab): void {
    if (--slab.chunks > 0 || slab === this.#current) return;
    this.#sizeBytes -= this.#slabBytes;
    slab.usedBytes = 0;
    if (this.#free.length < 2) this.#free.push(slab);
  }

  #newSlab(): Slab {
    const memory = Buffer.allocUnsafeSlow(this.#slabBytes);
    this.#memory.add(memory.buffer);
    return { memory, usedBytes: 0, chunks: 0 };
  }
}
