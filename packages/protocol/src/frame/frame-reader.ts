import { Buffer } from 'node:buffer';

import { DecodeError, protocolErrors } from '../errors.ts';

const SIZE_BYTES = 4;

/** Least allocation for a frame that arrives in pieces. */
const FIRST_ALLOCATION_BYTES = 65_536;

/**
 * How much larger than what has arrived the buffer may be. A fetch answer of 1 MB is allocated once this way, when its
 * first 64 KiB are there; doubling made it five buffers, and their collection a quarter of a consumer's work.
 */
const GROWTH = 16;

/** When so much of a frame has arrived, its whole size is allocated; the system gives memory as it is written to. */
const WHOLE_FROM_BYTES = 1 << 20;

/** What sockets read at once. */
const SCRATCH_BYTES = 65_536;

/**
 * Cuts a stream of bytes into frames: `int32 size | payload`.
 *
 * A frame that lies in one chunk is a slice of it. One that spans chunks is gathered in a buffer that grows with what
 * has arrived, so a peer that announces 100 MiB and sends nothing costs 64 KiB, and one that sends it in 16 KiB pieces
 * is not copied quadratically.
 */
export class FrameReader {
  /** Largest payload accepted, in bytes. May be changed between frames, as SASL does after authentication. */
  maxFrameBytes: number;
  readonly #sizeBytes: Buffer = Buffer.alloc(SIZE_BYTES);
  #sizeFilled = 0;
  /** Size of the frame that is being gathered; -1 while its size is not known. */
  #frameBytes = -1;
  #gathered: Buffer | undefined;
  #gatheredBytes = 0;
  #scratch: Buffer | undefined;

  /** @param options `maxFrameBytes`: Kafka's `socket.request.max.bytes`, 104857600 by default */
  constructor(options: { readonly maxFrameBytes?: number } = {}) {
    this.maxFrameBytes = options.maxFrameBytes ?? 104_857_600;
  }

  /** Bytes of an unfinished frame that are waiting for the rest. */
  get bufferedBytes(): number {
    return this.#sizeFilled + this.#gatheredBytes;
  }

  /** Size of the frame that has begun and is not whole yet, as it was announced; -1 while there is none. */
  get unfinishedBytes(): number {
    return this.#frameBytes;
  }

  /**
   * Takes the next chunk and answers the frames it completes, without their size, in order.
   *
   * @throws DecodeError ERR_PROTOCOL_FRAME_SIZE; the stream cannot be read further
   */
  push(chunk: Buffer): Buffer[] {
    const frames: Buffer[] = [];
    this.#cut(chunk, frames, false);
    return frames;
  }

  /**
   * Where the next bytes may be put, for `filled`: the rest of a large frame, so that they need not be copied, or else
   * memory that is used again and again. Valid until the next call of any method.
   */
  memory(): Buffer {
    const gathered = this.#gathered;
    if (gathered !== undefined && gathered.length > this.#gatheredBytes)
      return gathered.subarray(this.#gatheredBytes);
    return (this.#scratch ??= Buffer.allocUnsafeSlow(SCRATCH_BYTES));
  }

  /**
   * Takes the first `byteCount` bytes of what `memory` answered, and answers as `push` does. Frames do not change when
   * `memory` is filled again.
   *
   * @throws DecodeError ERR_PROTOCOL_FRAME_SIZE; the stream cannot be read further
   */
  filled(byteCount: number): Buffer[] {
    const frames: Buffer[] = [];
    const gathered = this.#gathered;
    if (gathered === undefined || gathered.length === this.#gatheredBytes) {
      if (this.#scratch !== undefined) this.#cut(this.#scratch.subarray(0, byteCount), frames, true);
      return frames;
    }
    this.#gatheredBytes += byteCount;
    if (this.#gatheredBytes === this.#frameBytes) {
      frames.push(gathered);
      this.#reset();
    }
    return frames;
  }

  #cut(chunk: Buffer, frames: Buffer[], isScratch: boolean): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#frameBytes < 0) at = this.#readSize(chunk, at);
      if (this.#frameBytes < 0) break;
      // Nothing of the frame is here yet; an empty frame is whole already.
      if (at === chunk.length && this.#frameBytes > 0) break;
      const wanted = this.#frameBytes - this.#gatheredBytes;
      const end = Math.min(at + wanted, chunk.length);
      const isWhole = end - at === wanted;
      if (isWhole && this.#gathered === undefined) frames.push(slice(chunk, at, end, isScratch));
      else this.#gather(chunk, at, end);
      at = end;
      if (!isWhole) break;
      if (this.#gathered !== undefined) frames.push(this.#gathered);
      this.#reset();
    }
  }

  #readSize(chunk: Buffer, start: number): number {
    let at = start;
    while (at < chunk.length && this.#sizeFilled < SIZE_BYTES) {
      this.#sizeBytes[this.#sizeFilled++] = chunk[at++] as number;
    }
    if (this.#sizeFilled < SIZE_BYTES) return at;
    const size = this.#sizeBytes.readInt32BE(0);
    if (size < 0 || size > this.maxFrameBytes) throw frameSizeError(size, this.maxFrameBytes);
    this.#frameBytes = size;
    return at;
  }

  #gather(chunk: Buffer, start: number, end: number): void {
    const length = this.#gatheredBytes + end - start;
    let target = this.#gathered;
    if (target === undefined || target.length < length) {
      const wanted = Math.max(FIRST_ALLOCATION_BYTES, length * GROWTH);
      const isWhole = length > WHOLE_FROM_BYTES;
      const next = Buffer.allocUnsafeSlow(isWhole ? this.#frameBytes : Math.min(this.#frameBytes, wanted));
      target?.copy(next, 0, 0, this.#gatheredBytes);
      target = next;
    }
    chunk.copy(target, this.#gatheredBytes, start, end);
    this.#gathered = target;
    this.#gatheredBytes = length;
  }

  #reset(): void {
    this.#sizeFilled = 0;
    this.#frameBytes = -1;
    this.#gathered = undefined;
    this.#gatheredBytes = 0;
  }
}

function slice(chunk: Buffer, start: number, end: number, isScratch: boolean): Buffer {
  return isScratch ? Buffer.from(chunk.subarray(start, end)) : chunk.subarray(start, end);
}

function frameSizeError(size: number, maxFrameBytes: number): DecodeError {
  const place = { messageName: '', version: -1, position: 0 };
  const problem = `frame size ${size} is not between 0 and ${maxFrameBytes} bytes`;
  return new DecodeError(protocolErrors.FRAME_SIZE, place, problem);
}
