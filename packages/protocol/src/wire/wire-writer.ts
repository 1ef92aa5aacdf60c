import { Buffer } from 'node:buffer';

import { EncodeError, protocolErrors } from '../errors.ts';
import { LONG_MAX, MAX_STRING_BYTES } from './limits.ts';
import type { UnknownTaggedField } from './tagged-field.ts';
import { writeUuid } from './uuid.ts';

const TWO_TO_32 = 4_294_967_296;
const INITIAL_BYTES = 512;

/** Byte fields from this size on are handed over by reference: a longer list of chunks is cheaper than the copy. */
const REFERENCE_BYTES = 2048;

/** Strings up to this length are written by a loop as long as they are ASCII; longer ones by the runtime. */
const SHORT_STRING_CHARS = 32;

/**
 * Writes the primitive types of Kafka's protocol, growing as needed.
 *
 * The name of a field, where one is given, is for error texts only.
 *
 * Large byte fields are not copied: `finish()` answers a list of chunks for one gathered write, and the caller must
 * leave the buffers it passed in alone until that write is done. Values are checked against the range of their type;
 * all failures are `EncodeError`s.
 */
export class WireWriter {
  /** Name and version of the message being written, for errors. Set by the message codec. */
  messageName = '';
  messageVersion = -1;
  #buffer: Buffer;
  /** Start of the part of `#buffer` that is not yet in `#chunks`. */
  #start = 0;
  #position = 0;
  readonly #chunks: Buffer[] = [];
  #chunkBytes = 0;
  /** Above zero inside a tagged field, whose bytes must stay in one piece because its size is filled in afterwards. */
  #tagDepth = 0;

  /** @param initialBytes the first allocation; a good guess saves copies when the message outgrows it */
  constructor(initialBytes: number = INITIAL_BYTES) {
    this.#buffer = Buffer.allocUnsafe(initialBytes);
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#chunkBytes + this.#position - this.#start;
  }

  /** Ends writing and answers the bytes in order, for a gathered write. */
  finish(): Buffer[] {
    this.#cut();
    return this.#chunks;
  }

  /** Ends writing and answers the bytes as one buffer; copies when there is more than one chunk. */
  toBuffer(): Buffer {
    const chunks = this.finish();
    return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, this.#chunkBytes);
  }

  boolean(value: boolean, field?: string): void {
    if (typeof value !== 'boolean') throw this.#invalid('boolean', value, field);
    const at = this.#reserve(1);
    this.#buffer[at] = value ? 1 : 0;
  }

  int8(value: number, field?: string): void {
    if ((value << 24) >> 24 !== value) throw this.#invalid('int8', value, field);
    const at = this.#reserve(1);
    this.#buffer[at] = value;
  }

  int16(value: number, field?: string): void {
    if ((value << 16) >> 16 !== value) throw this.#invalid('int16', value, field);
    this.#write16(value);
  }

  uint16(value: number, field?: string): void {
    if ((value & 0xffff) !== value) throw this.#invalid('uint16', value, field);
    this.#write16(value);
  }

  int32(value: number, field?: string): void {
    if ((value | 0) !== value) throw this.#invalid('int32', value, field);
    this.#write32(value);
  }

  uint32(value: number, field?: string): void {
    if (value >>> 0 !== value) throw this.#invalid('uint32', value, field);
    this.#write32(value);
  }

  /** A safe integer, or `LONG_MAX` or `-LONG_MAX` for the two ends of the int64 range. */
  int64(value: number, field?: string): void {
    if (Number.isSafeInteger(value)) {
      const low = value >>> 0;
      this.#write32((value - low) / TWO_TO_32);
      this.#write32(low);
    } else if (value === LONG_MAX) {
      this.#write32(0x7fff_ffff);
      this.#write32(-1);
    } else if (value === -LONG_MAX) {
      this.#write32(-0x8000_0000);
      this.#write32(0);
    } else {
      throw this.#invalid('int64 (safe integer)', value, field);
    }
  }

  /** All 64 bits, for hashes. */
  hash64(value: bigint, field?: string): void {
    if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value)
      throw this.#invalid('hash64 (bigint)', value, field);
    const at = this.#reserve(8);
    this.#buffer.writeBigInt64BE(value, at);
  }

  float64(value: number, field?: string): void {
    if (typeof value !== 'number') throw this.#invalid('float64', value, field);
    const at = this.#reserve(8);
    this.#buffer.writeDoubleBE(value, at);
  }

  uuid(value: string, field?: string): void {
    if (typeof value !== 'string') throw this.#invalid('uuid', value, field);
    const at = this.#reserve(16);
    if (!writeUuid(this.#buffer, at, value))
      throw this.#invalid('uuid (22 characters of base64url)', value, field);
  }

  /** An unsigned LEB128 of at most 32 bits. */
  unsignedVarint(value: number, field?: string): void {
    if (value >>> 0 !== value) throw this.#invalid('unsigned varint', value, field);
    const at = this.#reserve(5);
    this.#position = this.#putVarint(at, value);
  }

  /** A zigzag LEB128 of at most 32 bits. */
  varint(value: number, field?: string): void {
    if ((value | 0) !== value) throw this.#invalid('varint', value, field);
    this.unsignedVarint(((value << 1) ^ (value >> 31)) >>> 0);
  }

  /** A zigzag LEB128 of at most 64 bits. */
  varlong(value: number, field?: string): void {
    if (!Number.isSafeInteger(value)) throw this.#invalid('varlong (safe integer)', value, field);
    // The zigzag of a safe integer has up to 54 bits, so it is kept as 28 low bits and the rest.
    const half = value < 0 ? -(value + 1) : value;
    let low = (half % 2 ** 27) * 2 + (value < 0 ? 1 : 0);
    let high = Math.floor(half / 2 ** 27);
    let at = this.#reserve(10);
    const buffer = this.#buffer;
    while (high > 0 || low > 0x7f) {
      buffer[at++] = (low & 0x7f) | 0x80;
      low = (low >>> 7) | ((high & 0x7f) << 21);
      high = Math.floor(high / 128);
    }
    buffer[at++] = low;
    this.#position = at;
  }

  string(value: string, flexible = false, field?: string): void {
    if (typeof value !== 'string') throw this.#missing('string', value, field);
    const length = value.length;
    if (length > SHORT_STRING_CHARS || !this.#shortString(value, length, flexible)) {
      this.#longString(value, flexible, field);
    }
  }

  nullableString(value: string | null, flexible = false, field?: string): void {
    if (value !== null) this.string(value, flexible, field);
    else if (flexible) this.unsignedVarint(0);
    else this.#write16(-1);
  }

  bytes(value: Uint8Array, flexible = false, field?: string): void {
    if (!(value instanceof Uint8Array)) throw this.#missing('bytes', value, field);
    this.#bytesLength(value.length, flexible, field);
    this.raw(value);
  }

  nullableBytes(value: Uint8Array | null, flexible = false, field?: string): void {
    if (value !== null) this.bytes(value, flexible, field);
    else this.#nullBytes(flexible);
  }

  /** Record batches: one buffer or a list of them that are one after the other on the wire. */
  records(value: Uint8Array | readonly Uint8Array[], flexible = false, field?: string): void {
    if (!Array.isArray(value)) {
      this.bytes(value as Uint8Array, flexible, field);
      return;
    }
    let length = 0;
    for (const part of value as readonly Uint8Array[]) length += part.length;
    this.#bytesLength(length, flexible, field);
    for (const part of value as readonly Uint8Array[]) this.raw(part);
  }

  nullableRecords(value: Uint8Array | readonly Uint8Array[] | null, flexible = false, field?: string): void {
    if (value !== null) this.records(value, flexible, field);
    else this.#nullBytes(flexible);
  }

  /** Bytes without a length. From 2 KiB on they are kept by reference. */
  raw(value: Uint8Array): void {
    if (value.length >= REFERENCE_BYTES && this.#tagDepth === 0) {
      this.#cut();
      const chunk = Buffer.isBuffer(value)
        ? value
        : Buffer.from(value.buffer, value.byteOffset, value.length);
      this.#chunks.push(chunk);
      this.#chunkBytes += chunk.length;
      return;
    }
    const at = this.#reserve(value.length);
    this.#buffer.set(value, at);
  }

  /** Writes the count of a list and answers it, for the loop that writes the elements. */
  arrayLength(list: readonly unknown[], flexible: boolean, field?: string): number {
    if (!Array.isArray(list)) throw this.#missing('list', list, field);
    const count = list.length;
    if (flexible) this.unsignedVarint(count + 1);
    else this.#write32(count);
    return count;
  }

  nullArray(flexible: boolean): void {
    if (flexible) this.unsignedVarint(0);
    else this.#write32(-1);
  }

  /** Begins a tagged field whose value is written next; give the answer to `endTag`. */
  beginTag(tag: number): number {
    this.unsignedVarint(tag);
    this.#tagDepth++;
    const at = this.#reserve(1);
    // The buffer may be replaced while the value is written; the distance from #start stays.
    return at - this.#start;
  }

  /** Ends a tagged field: fills in its size, moving the value when the size takes more than the byte left for it. */
  endTag(mark: number): void {
    this.#tagDepth--;
    const size = this.#position - this.#start - mark - 1;
    const extra = size < 0x80 ? 0 : size < 0x4000 ? 1 : size < 0x20_0000 ? 2 : size < 0x1000_0000 ? 3 : 4;
    if (extra > 0) {
      this.#reserve(extra);
      const valueAt = this.#start + mark + 1;
      this.#buffer.copyWithin(valueAt + extra, valueAt, valueAt + size);
    }
    this.#putVarint(this.#start + mark, size);
  }

  /** Writes a tag section that holds unknown tags only. */
  unknownTaggedFields(fields: readonly UnknownTaggedField[] | undefined): void {
    if (fields === undefined) {
      this.unsignedVarint(0);
      return;
    }
    this.unsignedVarint(fields.length);
    this.unknownTagsBelow(fields, 0, TWO_TO_32);
  }

  /**
   * Writes the unknown tags from index `from` on that are below `tag`, and answers the index of the next one.
   * Called before each known tag and at the end, so that known and unknown tags come out in ascending order.
   */
  unknownTagsBelow(fields: readonly UnknownTaggedField[] | undefined, from: number, tag: number): number {
    if (fields === undefined) return 0;
    let index = from;
    for (; index < fields.length; index++) {
      const field = fields[index] as UnknownTaggedField;
      const previous = index === 0 ? -1 : (fields[index - 1] as UnknownTaggedField).tag;
      if (field.tag <= previous || field.tag === tag) {
        throw this.failure(protocolErrors.TAG_ORDER, `unknown tag ${field.tag} is repeated or out of order`);
      }
      if (field.tag > tag) break;
      this.unsignedVarint(field.tag);
      this.unsignedVarint(field.value.length);
      this.raw(field.value);
    }
    return index;
  }

  failure(entry: (typeof protocolErrors)[keyof typeof protocolErrors], problem: string): EncodeError {
    return new EncodeError(entry, { messageName: this.messageName, version: this.messageVersion }, problem);
  }

  /** The error for a field that has a value, but is not in the version being written and may not be dropped. */
  notInVersion(field: string): EncodeError {
    return this.failure(
      protocolErrors.FIELD_NOT_IN_VERSION,
      `field ${field} is set, but this version does not carry it`,
    );
  }

  /** The error for a field that is null in a version where it may not be. */
  nullNotAllowed(field: string): EncodeError {
    return this.failure(
      protocolErrors.NULL_VALUE,
      `field ${field} is null, but this version does not allow null`,
    );
  }

  #write16(value: number): void {
    const at = this.#reserve(2);
    const buffer = this.#buffer;
    buffer[at] = value >> 8;
    buffer[at + 1] = value;
  }

  #write32(value: number): void {
    const at = this.#reserve(4);
    const buffer = this.#buffer;
    buffer[at] = value >> 24;
    buffer[at + 1] = value >> 16;
    buffer[at + 2] = value >> 8;
    buffer[at + 3] = value;
  }

  #stringLength(length: number, flexible: boolean): void {
    if (flexible) this.unsignedVarint(length + 1);
    else this.#write16(length);
  }

  #bytesLength(length: number, flexible: boolean, field: string | undefined): void {
    if (length > 0x7fff_fffe) throw this.#invalid('bytes (below 2 GiB)', `${length} bytes`, field);
    if (flexible) this.unsignedVarint(length + 1);
    else this.#write32(length);
  }

  #nullBytes(flexible: boolean): void {
    if (flexible) this.unsignedVarint(0);
    else this.#write32(-1);
  }

  /** Writes an ASCII string; answers false, having written nothing, when a character is not ASCII. */
  #shortString(value: string, length: number, flexible: boolean): boolean {
    const start = this.#reserve((flexible ? 1 : 2) + length);
    const buffer = this.#buffer;
    let at = start;
    if (flexible) {
      buffer[at++] = length + 1;
    } else {
      buffer[at++] = 0;
      buffer[at++] = length;
    }
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code > 0x7f) {
        this.#position = start;
        return false;
      }
      buffer[at++] = code;
    }
    return true;
  }

  #longString(value: string, flexible: boolean, field: string | undefined): void {
    const length = Buffer.byteLength(value);
    if (length > MAX_STRING_BYTES)
      throw this.#invalid(`string (at most ${MAX_STRING_BYTES} bytes)`, `${length} bytes`, field);
    this.#stringLength(length, flexible);
    const at = this.#reserve(length);
    this.#buffer.write(value, at, length, 'utf8');
  }

  /** Writes a varint where room for it is already reserved, and answers the position behind it. */
  #putVarint(position: number, value: number): number {
    const buffer = this.#buffer;
    let at = position;
    let rest = value;
    while (rest > 0x7f) {
      buffer[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    buffer[at++] = rest;
    return at;
  }

  /** Makes room for `length` bytes and answers where they begin. */
  #reserve(length: number): number {
    const at = this.#position;
    if (at + length > this.#buffer.length) return this.#grow(length);
    this.#position = at + length;
    return at;
  }

  #grow(length: number): number {
    const pending = this.#position - this.#start;
    const capacity = Math.max(INITIAL_BYTES, pending * 2, pending + length);
    const next = Buffer.allocUnsafe(capacity);
    this.#buffer.copy(next, 0, this.#start, this.#position);
    this.#buffer = next;
    this.#start = 0;
    this.#position = pending + length;
    return pending;
  }

  /** Moves what is pending to the list of chunks. */
  #cut(): void {
    if (this.#position === this.#start) return;
    const chunk = this.#buffer.subarray(this.#start, this.#position);
    this.#chunks.push(chunk);
    this.#chunkBytes += chunk.length;
    this.#start = this.#position;
  }

  #invalid(type: string, value: unknown, field: string | undefined): EncodeError {
    const what = field === undefined ? show(value) : `field ${field} is ${show(value)}, which`;
    return this.failure(protocolErrors.INVALID_VALUE, `${what} is no ${type}`);
  }

  #missing(type: string, value: unknown, field: string | undefined): EncodeError {
    if (value !== null) return this.#invalid(type, value, field);
    return this.nullNotAllowed(field ?? `of type ${type}`);
  }
}

/** A value for an error text: its type when it could be large or secret. */
function show(value: unknown): string {
  if (typeof value === 'number' || value === undefined || typeof value === 'boolean') return String(value);
  return typeof value === 'bigint' ? `${value}n` : `a value of type ${typeof value}`;
}
