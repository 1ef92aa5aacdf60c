import { batchBaseOffset, batchLastOffset, batchNextOffset, batchSizeBytes } from '@millrace/protocol';
import { TAIL_CACHE_BYTES } from '../limits.ts';
import { TailSlabs, type Slab } from './tail-slabs.ts';

interface CachedChunk {
  readonly tail: PartitionTail;
  /** Whole batches; empty once the tail gave the chunk up. */
  buffer: Buffer;
  /** That it lies in; `undefined`: it has memory of its own. */
  readonly slab: Slab | undefined;
  readonly baseOffset: number;
  readonly nextOffset: number;
  /** The tail gave it up and its bytes back; the shared queue still has it. */
  isDropped: boolean;
}

/** What the objects around a chunk take, about; counts, since batches can be smaller than that. */
const CHUNK_OVERHEAD_BYTES = 250;
/** Batches that are written together become one chunk up to this size. */
const MAX_JOINED_BYTES = 32 * 1024;
/** Arrays are shortened when so much of them is unused, so that the cost is spread over as many drops. */
const MIN_UNUSED = 1024;

const NO_BYTES = Buffer.alloc(0);

/**
 * The most recent batches of all partitions in memory, so that consumers at the head are served without touching a
 * file. Bounded in bytes; the oldest chunk of any partition goes first. One per log manager.
 */
export class TailCache {
  readonly slabs: TailSlabs;
  readonly #maxBytes: number;
  /** In order of arrival; entries before `#head` are gone. */
  #queue: (CachedChunk | undefined)[] = [];
  #head = 0;
  /** Without slabs. */
  #sizeBytes = 0;
  /** Entries of the queue that their tails gave up. */
  #dropped = 0;

  constructor(maxBytes: number = TAIL_CACHE_BYTES) {
    this.#maxBytes = maxBytes;
    this.slabs = new TailSlabs(maxBytes);
  }

  get sizeBytes(): number {
    return this.#sizeBytes + this.slabs.sizeBytes;
  }

  get maxBytes(): number {
    return this.#maxBytes;
  }

  partition(): PartitionTail {
    return new PartitionTail(this);
  }

  add(chunk: CachedChunk): void {
    this.#queue.push(chunk);
    this.#sizeBytes += costOf(chunk);
    while (this.sizeBytes > this.#maxBytes) this.#evictOldest();
  }

  /** A tail gives a chunk up by itself. Called before its buffer goes. */
  release(chunk: CachedChunk): void {
    this.#forget(chunk);
    this.#dropped++;
    if (this.#dropped < MIN_UNUSED || this.#dropped * 2 < this.#queue.length - this.#head) return;
    this.#queue = this.#queue.slice(this.#head).filter((each) => each !== chunk && each?.isDropped === false);
    this.#head = 0;
    this.#dropped = 0;
  }

  #evictOldest(): void {
    const chunk = this.#queue[this.#head]!;
    this.#queue[this.#head++] = undefined;
    if (this.#head >= MIN_UNUSED && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    if (chunk.isDropped) {
      this.#dropped--;
      return;
    }
    this.#forget(chunk);
    chunk.tail.takeOldest();
  }

  #forget(chunk: CachedChunk): void {
    this.#sizeBytes -= costOf(chunk);
    if (chunk.slab !== undefined) this.slabs.forget(chunk.slab);
  }
}

/** Without what lies in a slab, which counts as a whole. */
function costOf(chunk: CachedChunk): number {
  return CHUNK_OVERHEAD_BYTES + (chunk.slab === undefined ? chunk.buffer.length : 0);
}

/** The cached end of one partition: chunks without a gap up to the log end. */
export class PartitionTail {
  readonly #cache: TailCache;
  #chunks: (CachedChunk | undefined)[] = [];
  #first = 0;

  constructor(cache: TailCache) {
    this.#cache = cache;
  }

  /** Adds batches that were written together and follow the last ones. */
  append(written: readonly Buffer[]): void {
    for (let index = 0; index < written.length;) {
      let end = index + 1;
      let sizeBytes = written[index]!.length;
      while (end < written.length && sizeBytes + written[end]!.length <= MAX_JOINED_BYTES) {
        sizeBytes += written[end++]!.length;
      }
      this.#keep(written.slice(index, end), sizeBytes);
      index = end;
    }
  }

  #keep(pieces: readonly Buffer[], sizeBytes: number): void {
    const { slabs } = this.#cache;
    const slab = slabs.slabFor(sizeBytes);
    if (slab !== undefined) this.#add(slabs.put(slab, pieces), slab);
    else this.#add(pieces.length === 1 ? compact(pieces[0]!) : Buffer.concat(pieces, sizeBytes), undefined);
  }

  #add(buffer: Buffer, slab: Slab | undefined): void {
    if (buffer.length + CHUNK_OVERHEAD_BYTES > this.#cache.maxBytes) {
      this.clear();
      return;
    }
    const chunk = {
      tail: this,
      buffer,
      slab,
      baseOffset: batchBaseOffset(buffer, 0),
      nextOffset: endOffsetOf(buffer),
      isDropped: false,
    };
    this.#chunks.push(chunk);
    this.#cache.add(chunk);
  }

  /** Whether a read from `offset` finds everything up to the log end here. */
  covers(offset: number): boolean {
    return this.#first < this.#chunks.length && this.#chunks[this.#first]!.baseOffset <= offset;
  }

  /**
   * Whole batches from the one that holds `offset` on, below `upToOffset`, at most `maxBytes` in total except that
   * the first may be larger if `minOneBatch`. `covers(offset)` holds. What `isLent` is to be copied at once: with the
   * next append there may be something else in that memory.
   */
  read(offset: number, upToOffset: number, maxBytes: number, minOneBatch: boolean): Buffer[] {
    const slices: Buffer[] = [];
    let room = maxBytes;
    for (let index = this.#chunkOf(offset); index < this.#chunks.length; index++) {
      const chunk = this.#chunks[index]!;
      const isFirst = slices.length === 0;
      const isWhole =
        chunk.baseOffset >= offset && chunk.nextOffset <= upToOffset && chunk.buffer.length <= room;
      const slice = isWhole
        ? chunk.buffer
        : sliceBatches(chunk.buffer, {
            offset,
            upToOffset,
            maxBytes: room,
            minOneBatch: isFirst && minOneBatch,
          });
      if (slice.length > 0) slices.push(slice);
      room -= slice.length;
      const stoppedWithin = slice.byteOffset + slice.length < chunk.buffer.byteOffset + chunk.buffer.length;
      if (stoppedWithin || room <= 0) break;
    }
    return slices;
  }

  /** Whether some of what a read gave lies in memory that is used again. */
  isLent(batches: readonly Buffer[]): boolean {
    return batches.some((batch) => this.#cache.slabs.owns(batch));
  }

  /** The cache needs the room of the oldest chunk. */
  takeOldest(): void {
    const chunk = this.#chunks[this.#first]!;
    chunk.isDropped = true;
    chunk.buffer = NO_BYTES;
    this.#chunks[this.#first++] = undefined;
    if (
      this.#first >= MIN_UNUSED ? this.#first * 2 > this.#chunks.length : this.#first === this.#chunks.length
    ) {
      this.#chunks = this.#chunks.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Forgets what lies wholly or partly below an offset: the files hold something else there now. */
  dropBelow(offset: number): void {
    while (this.#first < this.#chunks.length && this.#chunks[this.#first]!.baseOffset < offset) {
      this.#cache.release(this.#chunks[this.#first]!);
      this.takeOldest();
    }
  }

  /** Forgets everything: after a truncation, or when the log is closed. */
  clear(): void {
    this.dropBelow(Infinity);
  }

  #chunkOf(offset: number): number {
    let [low, high] = [this.#first, this.#chunks.length - 1];
    while (low < high) {
      const middle = low + Math.ceil((high - low) / 2);
      if (this.#chunks[middle]!.baseOffset <= offset) low = middle;
      else high = middle - 1;
    }
    return this.#chunks[low]!.nextOffset > offset ? low : low + 1;
  }
}

/** A slice of a much larger buffer is copied, not to keep that alive. */
function compact(records: Buffer): Buffer {
  return records.buffer.byteLength > 2 * records.length + 1024 ? Buffer.from(records) : records;
}

function endOffsetOf(records: Buffer): number {
  let next = 0;
  for (let at = 0; at < records.length; at += batchSizeBytes(records, at))
    next = batchNextOffset(records, at);
  return next;
}

export interface BatchSelection {
  readonly offset: number;
  readonly upToOffset: number;
  readonly maxBytes: number;
  readonly minOneBatch: boolean;
}

/** The part of a run of whole batches that a read asks for. */
export function sliceBatches(buffer: Buffer, selection: BatchSelection): Buffer {
  let start = 0;
  while (start < buffer.length && batchLastOffset(buffer, start) < selection.offset)
    start += batchSizeBytes(buffer, start);
  let end = start;
  while (end < buffer.length && batchNextOffset(buffer, end) <= selection.upToOffset) {
    const next = end + batchSizeBytes(buffer, end);
    const fits = next - start <= selection.maxBytes || (end === start && selection.minOneBatch);
    if (!fits) break;
    end = next;
  }
  return buffer.subarray(start, end);
}
