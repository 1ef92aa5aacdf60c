import type { Buffer } from 'node:buffer';

import { DecodeError, protocolErrors } from '../errors.ts';
import { LONG_MAX, MAX_LIST_ELEMENTS, MAX_STRING_BYTES } from './limits.ts';
import type { UnknownTaggedField } from './tagged-field.ts';
import { readUuid } from './uuid.ts';

const TWO_TO_32 = 4_294_967_296;

/** Below this many bytes an ASCII loop beats the call into the runtime's decoder (measured on Node 24: about 18). */
const SHORT_STRING_BYTES = 16;

/**
 * Reads the primitive types of Kafka's protocol from one buffer, front to back.
 *
 * Byte fields are slices of the buffer, not copies: keeping one keeps the whole frame. Every length is compared with
 * the bytes that remain before anything is allocated. All failures are `DecodeError`s.
 *
 * `flexible` chooses the compact encoding of KIP-482: lengths are unsigned varints of length + 1.
 */
export class WireReader {
  readonly buffer: Buffer;
  /** Next byte to read. */
  position: number;
  /** First byte that is not to be read. */
  readonly end: number;
  /** Name and version of the message being read, for errors. Set by the message codec. */
  messageName = '';
  messageVersion = -1;
  #elementsLeft = MAX_LIST_ELEMENTS;

  constructor(buffer: Buffer, offset = 0, end: number = buffer.length) {
    this.buffer = buffer;
    this.position = offset;
    this.end = end;
  }

  /** Lowers the limit of list elements in what is read from here on. Default: 16,777,216. */
  limitListElements(count: number): void {
    this.#elementsLeft = Math.min(this.#elementsLeft, count);
  }

  /** Bytes not yet read. */
  get remaining(): number {
    return this.end - this.position;
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  int8(): number {
    const at = this.#take(1);
    return ((this.buffer[at] as number) << 24) >> 24;
  }

  int16(): number {
    return (this.uint16() << 16) >> 16;
  }

  uint16(): number {
    const at = this.#take(2);
    return ((this.buffer[at] as number) << 8) | (this.buffer[at + 1] as number);
  }

  int32(): number {
    const at = this.#take(4);
    const buffer = this.buffer;
    return (
      ((buffer[at] as number) << 24) |
      ((buffer[at + 1] as number) << 16) |
      ((buffer[at + 2] as number) << 8) |
      (buffer[at + 3] as number)
    );
  }

  uint32(): number {
    return this.int32() >>> 0;
  }

  /** An int64 as a number; `LONG_MAX` and `-LONG_MAX` stand for the two ends of its range. */
  int64(): number {
    const high = this.int32();
    const low = this.int32() >>> 0;
    const value = high * TWO_TO_32 + low;
    if (Number.isSafeInteger(value)) return value;
    if (high === 0x7fff_ffff && low === 0xffff_ffff) return LONG_MAX;
    if (high === -0x8000_0000 && low === 0) return -LONG_MAX;
    throw this.failure(
      protocolErrors.UNSAFE_INTEGER,
      `int64 0x${hex(high)}${hex(low)} is beyond 2^53 - 1`,
      8,
    );
  }

  /** All 64 bits, for hashes: they are no quantity, and any value is as likely as another. */
  hash64(): bigint {
    return this.buffer.readBigInt64BE(this.#take(8));
  }

  float64(): number {
    return this.buffer.readDoubleBE(this.#take(8));
  }

  uuid(): string {
    return readUuid(this.buffer, this.#take(16));
  }

  /** An unsigned LEB128 of at most 32 bits. */
  unsignedVarint(): number {
    const buffer = this.buffer;
    const start = this.position;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = buffer[this.#take(1)] as number;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw this.failure(protocolErrors.INVALID_VARINT, 'varint has more than 5 bytes', this.position - start);
  }

  /** A zigzag LEB128 of at most 32 bits. */
  varint(): number {
    const value = this.unsignedVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A zigzag LEB128 of at most 64 bits, as a safe integer. */
  varlong(): number {
    const start = this.position;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.buffer[this.#take(1)] as number;
      const bits = byte & 0x7f;
      if (shift < 28) low += bits * 2 ** shift;
      else high += bits * 2 ** (shift - 28);
      if (byte >= 0x80) continue;
      return this.#zigzag(low, high, this.position - start);
    }
    throw this.failure(
      protocolErrors.INVALID_VARINT,
      'varlong has more than 10 bytes',
      this.position - start,
    );
  }

  string(flexible = false): string {
    const value = this.nullableString(flexible);
    if (value === null) throw this.#nullFailure('string');
    return value;
  }

  nullableString(flexible = false): string | null {
    const length = flexible ? this.unsignedVarint() - 1 : this.int16();
    if (length === -1) return null;
    if (length < 0 || length > MAX_STRING_BYTES) throw this.#lengthFailure('string length', length);
    return this.#text(length);
  }

  bytes(flexible = false): Buffer {
    const value = this.nullableBytes(flexible);
    if (value === null) throw this.#nullFailure('bytes');
    return value;
  }

  nullableBytes(flexible = false): Buffer | null {
    const length = flexible ? this.unsignedVarint() - 1 : this.int32();
    if (length === -1) return null;
    return this.slice(length);
  }

  /** The next `length` bytes, as a slice. */
  slice(length: number): Buffer {
    if (length < 0) throw this.#lengthFailure('length', length);
    const at = this.#take(length);
    return this.buffer.subarray(at, at + length);
  }

  /** Moves past `length` bytes. */
  skip(length: number): void {
    if (length < 0) throw this.#lengthFailure('length', length);
    this.#take(length);
  }

  /**
   * Reads the count of a list and checks it against the bytes that remain. A null list is an error.
   *
   * @param minElementBytes the fewest bytes an element can take, at least 1
   */
  arrayLength(flexible: boolean, minElementBytes: number): number {
    const count = this.nullableArrayLength(flexible, minElementBytes);
    if (count < 0) throw this.#nullFailure('list');
    return count;
  }

  /** As `arrayLength`, but answers -1 for a null list. */
  nullableArrayLength(flexible: boolean, minElementBytes: number): number {
    const count = flexible ? this.unsignedVarint() - 1 : this.int32();
    if (count === -1) return -1;
    if (count < 0 || count * minElementBytes > this.end - this.position) {
      throw this.#lengthFailure(`list of at least ${minElementBytes} bytes each has count`, count);
    }
    this.#elementsLeft -= count;
    if (this.#elementsLeft < 0)
      throw this.#lengthFailure('message exceeds the list element limit with', count);
    return count;
  }

  /** The elements of a list of int32 whose count has been read. Their room is checked once, not for each. */
  int32Elements(count: number): number[] {
    let at = this.#take(count * 4);
    const buffer = this.buffer;
    const elements = Array<number>(count);
    for (let index = 0; index < count; index++) {
      elements[index] =
        ((buffer[at] as number) << 24) |
        ((buffer[at + 1] as number) << 16) |
        ((buffer[at + 2] as number) << 8) |
        (buffer[at + 3] as number);
      at += 4;
    }
    return elements;
  }

  /** Reads a tag section in which no tag is known. The common case, an empty one, is one byte and allocates nothing. */
  unknownTaggedFields(): UnknownTaggedField[] | undefined {
    const count = this.tagCount();
    if (count === 0) return undefined;
    const fields: UnknownTaggedField[] = [];
    for (let index = 0, previous = -1; index < count; index++) {
      const tag = this.nextTag(previous);
      fields.push({ tag, value: this.slice(this.tagSize()) });
      previous = tag;
    }
    return fields;
  }

  /** The number of tagged fields in the section that begins here. Each takes at least two bytes. */
  tagCount(): number {
    const count = this.unsignedVarint();
    if (count * 2 > this.end - this.position) throw this.#lengthFailure('tagged field count', count);
    return count;
  }

  /** The next tag of the section. */
  nextTag(previous: number): number {
    const tag = this.unsignedVarint();
    if (tag <= previous) {
      throw this.failure(protocolErrors.TAG_ORDER, `tag ${tag} follows tag ${previous}; tags must ascend`);
    }
    return tag;
  }

  /** The size of the tagged field whose tag was read last. */
  tagSize(): number {
    const size = this.unsignedVarint();
    if (size > this.end - this.position) throw this.#lengthFailure('tagged field size', size);
    return size;
  }

  /** Checks that a tagged field ended where its size said. */
  endTag(tag: number, expectedEnd: number): void {
    if (this.position === expectedEnd) return;
    const difference = this.position - expectedEnd;
    throw this.failure(
      protocolErrors.TAG_SIZE,
      `tag ${tag} ended ${difference} bytes after its declared end`,
    );
  }

  /** An error at the byte `back` bytes before the current position. */
  failure(
    entry: (typeof protocolErrors)[keyof typeof protocolErrors],
    problem: string,
    back = 0,
  ): DecodeError {
    const place = {
      messageName: this.messageName,
      version: this.messageVersion,
      position: this.position - back,
    };
    return new DecodeError(entry, place, problem);
  }

  #take(length: number): number {
    const at = this.position;
    if (length > this.end - at) {
      throw this.failure(protocolErrors.TRUNCATED, `${length} bytes expected, ${this.end - at} remain`);
    }
    this.position = at + length;
    return at;
  }

  #text(length: number): string {
    const at = this.#take(length);
    const end = at + length;
    if (length > SHORT_STRING_BYTES) return this.buffer.toString('utf8', at, end);
    let text = '';
    for (let index = at; index < end; index++) {
      const byte = this.buffer[index] as number;
      if (byte >= 0x80) return this.buffer.toString('utf8', at, end);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  /** Undoes the zigzag of `high * 2^28 + low`, both unsigned. */
  #zigzag(low: number, high: number, length: number): number {
    const half = high * 2 ** 27 + Math.floor(low / 2);
    const value = low % 2 === 0 ? half : -half - 1;
    if (Number.isSafeInteger(value)) return value;
    throw this.failure(protocolErrors.UNSAFE_INTEGER, 'varlong is beyond 2^53 - 1', length);
  }

  #nullFailure(type: string): DecodeError {
    return this.failure(protocolErrors.NULL_VALUE, `${type} is null where this version does not allow null`);
  }

  #lengthFailure(what: string, length: number): DecodeError {
    const remain = this.end - this.position;
    return this.failure(protocolErrors.INVALID_LENGTH, `${what} ${length}, while ${remain} bytes remain`);
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
