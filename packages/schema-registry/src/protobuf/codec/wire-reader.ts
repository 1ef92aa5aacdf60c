import { isUtf8 } from 'node:buffer';
import { readDouble, readFloat } from '../../codec/float-bytes.ts';
import { readText } from '../../codec/read-text.ts';

/** Thrown for bytes that are no message of the schema; the caller says which record and which message. */
export class DamagedMessage extends Error {}

/** Messages inside each other, as deep as other implementations read them by default. */
const MAX_DEPTH = 100;
const REPLACEMENT = '\uFFFD';
const TWO_32 = 2 ** 32;
const MAX_SAFE_HIGH = 2 ** 21;

const NOTHING = Buffer.alloc(0);

/** Reads fields in Protobuf's binary encoding. */
export class WireReader {
  /** Where the next byte is read. */
  position = 0;
  /** Where the message that is being read ends. */
  end = 0;
  #data: Buffer = NOTHING;
  #depth = 0;
  /** High half of the integer that was read last. */
  #high = 0;

  begin(data: Buffer, offset: number): void {
    this.#data = data;
    this.position = offset;
    this.end = data.length;
    this.#depth = 0;
  }

  /** Lets go of the data. */
  finish(): void {
    this.#data = NOTHING;
  }

  bad(problem: string): never {
    throw new DamagedMessage(problem);
  }

  tag(): number {
    const first = this.#data[this.position] as number;
    if (first < 0x80 && first > 7) {
      this.position += 1;
      return first;
    }
    const tag = this.uint32();
    if (tag < 8) this.bad('a field has the number 0');
    return tag;
  }

  bool(): boolean {
    const low = this.#varint();
    return (low | this.#high) !== 0;
  }

  int32(): number {
    return this.#varint() | 0;
  }

  uint32(): number {
    return this.#varint() >>> 0;
  }

  sint32(): number {
    const bits = this.#varint();
    return (bits >>> 1) ^ -(bits & 1);
  }

  /** As a number, or as a bigint where a number would not be exact. */
  int64(): number | bigint {
    const low = this.#varint();
    return signed64(low, this.#high);
  }

  uint64(): number | bigint {
    const low = this.#varint();
    return unsigned64(low, this.#high);
  }

  sint64(): number | bigint {
    const low = this.#varint();
    const high = this.#high;
    // Half of the bits, then all turned over when the last bit says so.
    const mask = -(low & 1);
    return signed64((((low >>> 1) | (high << 31)) ^ mask) >>> 0, ((high >>> 1) ^ mask) >>> 0);
  }

  fixed32(): number {
    return this.#fourBytes() >>> 0;
  }

  sfixed32(): number {
    return this.#fourBytes();
  }

  fixed64(): number | bigint {
    const low = this.#fourBytes() >>> 0;
    return unsigned64(low, this.#fourBytes() >>> 0);
  }

  sfixed64(): number | bigint {
    const low = this.#fourBytes() >>> 0;
    return signed64(low, this.#fourBytes() >>> 0);
  }

  float(): number {
    const at = this.position;
    this.position = at + 4;
    return readFloat(this.#data, at);
  }

  double(): number {
    const at = this.position;
    this.position = at + 8;
    return readDouble(this.#data, at);
  }

  /** Text; bytes that are no UTF-8 become replacement characters. */
  lenientString(): string {
    const length = this.#length();
    const from = this.position;
    this.position = from + length;
    return readText(this.#data, from, length);
  }

  /** Text, which must be UTF-8. */
  string(): string {
    const from = this.position;
    const text = this.lenientString();
    // Only what has a replacement character can have had something to replace.
    if (text.includes(REPLACEMENT) && !this.#isUtf8(from)) this.bad('a string is not UTF-8');
    return text;
  }

  /** A copy: the data belong to the caller. */
  bytes(): Buffer {
    const length = this.#length();
    const from = this.position;
    this.position = from + length;
    const copy = Buffer.allocUnsafe(length);
    this.#data.copy(copy, 0, from, from + length);
    return copy;
  }

  /** Goes into what has its length in front of it; the answer belongs to {@link leave}. */
  enter(): number {
    const length = this.#length();
    if (++this.#depth > MAX_DEPTH) this.bad(`messages are inside each other more than ${MAX_DEPTH} deep`);
    const outer = this.end;
    this.end = this.position + length;
    return outer;
  }

  leave(outer: number): void {
    if (this.position !== this.end) this.bad('a field goes beyond the end of its message');
    this.#depth -= 1;
    this.end = outer;
  }

  /** Groups have no length: they end at a tag. */
  enterGroup(): void {
    if (++this.#depth > MAX_DEPTH) this.bad(`groups are inside each other more than ${MAX_DEPTH} deep`);
  }

  leaveGroup(): void {
    this.#depth -= 1;
  }

  /** The bytes between two positions, for a message that comes in pieces. */
  slice(from: number, to: number): Buffer {
    return this.#data.subarray(from, to);
  }

  /** Reads the pieces of a message as one. */
  joined<T>(pieces: readonly Buffer[], read: (reader: WireReader, endTag: number) => T): T {
    const { position, end } = this;
    const data = this.#data;
    this.#data = Buffer.concat(pieces);
    this.position = 0;
    this.end = this.#data.length;
    this.enterGroup();
    const value = read(this, 0);
    if (this.position !== this.end) this.bad('a field goes beyond the end of its message');
    this.leaveGroup();
    this.#data = data;
    this.position = position;
    this.end = end;
    return value;
  }

  /** Skips a field that nobody knows. */
  skip(tag: number): void {
    switch (tag & 7) {
      case 0:
        this.#varint();
        break;
      case 1:
        this.position += 8;
        break;
      case 2: {
        const length = this.#length();
        this.position += length;
        break;
      }
      case 3:
        this.#skipGroup((tag & ~7) | 4);
        break;
      case 5:
        this.position += 4;
        break;
      default:
        this.bad(`a field ${tag >>> 3} has the wire type ${tag & 7}`);
    }
    if (this.position > this.end) this.bad('they end within a field');
  }

  #skipGroup(endTag: number): void {
    this.enterGroup();
    for (;;) {
      if (this.position >= this.end) this.bad('a group has no end');
      const tag = this.tag();
      if (tag === endTag >>> 0) break;
      this.skip(tag);
    }
    this.leaveGroup();
  }

  #isUtf8(from: number): boolean {
    const end = this.position;
    this.position = from;
    const length = this.#length();
    const start = this.position;
    this.position = end;
    return isUtf8(this.#data.subarray(start, start + length));
  }

  #length(): number {
    const length = this.uint32();
    if (length > this.end - this.position) {
      this.bad(`a field claims ${length} bytes, and ${Math.max(this.end - this.position, 0)} are left`);
    }
    return length;
  }

  #fourBytes(): number {
    const data = this.#data;
    const at = this.position;
    this.position = at + 4;
    return (
      (data[at] as number) |
      ((data[at + 1] as number) << 8) |
      ((data[at + 2] as number) << 16) |
      ((data[at + 3] as number) << 24)
    );
  }

  /** The low half of an integer; the high half is left in `#high`. Both are unsigned. */
  #varint(): number {
    const data = this.#data;
    let at = this.position;
    let byte = data[at++] as number;
    let low = byte & 0x7f;
    this.#high = 0;
    if (byte > 0x7f) {
      byte = data[at++] as number;
      low |= (byte & 0x7f) << 7;
      if (byte > 0x7f) {
        byte = data[at++] as number;
        low |= (byte & 0x7f) << 14;
        if (byte > 0x7f) {
          byte = data[at++] as number;
          low |= (byte & 0x7f) << 21;
          if (byte > 0x7f) return this.#wideVarint(low, at);
        }
      }
    }
    this.position = at;
    return low;
  }

  #wideVarint(fourBytes: number, from: number): number {
    const data = this.#data;
    let at = from;
    let byte = data[at++] as number;
    const low = (fourBytes | ((byte & 0x0f) << 28)) >>> 0;
    let high = (byte & 0x7f) >>> 4;
    for (let shift = 3; byte > 0x7f; shift += 7) {
      if (shift > 31) this.bad('an integer is longer than 10 bytes');
      byte = data[at++] as number;
      high |= (byte & 0x7f) << shift;
    }
    this.#high = high >>> 0;
    this.position = at;
    return low;
  }
}

function unsigned64(low: number, high: number): number | bigint {
  return high < MAX_SAFE_HIGH ? high * TWO_32 + low : (BigInt(high) << 32n) | BigInt(low);
}

function signed64(low: number, high: number): number | bigint {
  if (high < MAX_SAFE_HIGH) return high * TWO_32 + low;
  const signedHigh = high | 0;
  if (signedHigh >= 0) return (BigInt(high) << 32n) | BigInt(low);
  // -2^53 itself is left out: its neighbour would be rounded to it.
  if (signedHigh >= -MAX_SAFE_HIGH && (signedHigh !== -MAX_SAFE_HIGH || low !== 0))
    return signedHigh * TWO_32 + low;
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low));
}
