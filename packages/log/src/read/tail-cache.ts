import { batchBaseOffset, batchLastOffset, batchNextOffset, batchSizeBytes } from '@millrace/protocol';
import { TAIL_CACHE_BYTES } from '../limits.ts';

interface CachedChunk {
  readonly tail: PartitionTail;
  readonly buffer: Buffer;
  readonly baseOffset: number;
  readonly nextOffset: number;
  /** The tail gave it up and its bytes back; the shared queue still has it. */
  isDropped: boolean;
}

/**
 * The most recent batches of all partitions in memory, so that consumers at the head are served without touching a
 * file. Bounded in bytes; the oldest chunk of any partition goes first. One per log manager.
 */
export class TailCache {
  readonly #maxBytes: number;
  /** In order of arrival; entries before `#head` are gone. */
  #queue: (CachedChunk | undefined)[] = [];
  #head = 0;
  #sizeBytes = 0;

  constructor(maxBytes: number = TAIL_CACHE_BYTES) {
    this.#maxBytes = maxBytes;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get maxBytes(): number {
    return this.#maxBytes;
  }

  partition(): PartitionTail {
    return new PartitionTail(this);
  }

  add(chunk: CachedChunk): void {
    this.#queue.push(chunk);
    this.#sizeBytes += chunk.buffer.length;
    while (this.#sizeBytes > this.#maxBytes) this.#evictOldest();
  }

  release(sizeBytes: number): void {
    this.#sizeBytes -= sizeBytes;
  }

  #evictOldest(): void {
    const chunk = this.#queue[this.#head]!;
    this.#queue[this.#head++] = undefined;
    if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    if (!chunk.isDropped) chunk.tail.dropOldest();
  }
}

/** The cached end of one partition: chunks without a gap up to the log end. */
export class PartitionTail {
  readonly #cache: TailCache;
  #chunks: CachedChunk[] = [];
  #first = 0;
  constructor(cache: TailCache) {
    this.#cache = cache;
  }

  /** Adds batches that follow the last ones. A slice of a much larger buffer is copied, not to keep that alive. */
  append(records: Buffer, baseOffset: number, nextOffset: number): void {
    if (records.length > this.#cache.maxBytes) {
      this.clear();
      return;
    }
    const isWasteful = records.buffer.byteLength > 2 * records.length + 1024;
    const buffer = isWasteful ? Buffer.from(records) : records;
    const chunk = { tail: this, buffer, baseOffset, nextOffset, isDropped: false };
    this.#chunks.push(chunk);
    this.#cache.add(chunk);
  }

  /** Whether a read from `offset` finds everything up to the log end here. */
  covers(offset: number): boolean {
    return this.#first < this.#chunks.length && this.#chunks[this.#first]!.baseOffset <= offset;
  }

  /**
   * Whole batches from the one that holds `offset` on, below `upToOffset`, at most `maxBytes` in total except that
   * the first may be larger if `minOneBatch`. `covers(offset)` holds.
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

  dropOldest(): void {
    const chunk = this.#chunks[this.#first]!;
    chunk.isDropped = true;
    this.#cache.release(chunk.buffer.length);
    this.#chunks[this.#first++] = undefined as unknown as CachedChunk;
    if (this.#first === this.#chunks.length || this.#first > 256) {
      this.#chunks = this.#chunks.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Forgets what lies wholly or partly below an offset: the files hold something else there now. */
  dropBelow(offset: number): void {
    while (this.#first < this.#chunks.length && this.#chunks[this.#first]!.baseOffset < offset)
      this.dropOldest();
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

/** First offset of a run of batches. */
export function firstOffsetOf(records: Buffer): number {
  return batchBaseOffset(records, 0);
}
