import { KeyMemory } from './key-memory.ts';
import { readDouble, readFloat } from '../../codec/float-bytes.ts';
import { readText } from '../../codec/read-text.ts';

/** Thrown for bytes that are no value of the schema; the caller says which record and which schema. */
export class DamagedPayload extends Error {}

/** Items of one record that take no bytes at all, such as nulls: without a limit, ten bytes could ask for all memory. */
const MAX_EMPTY_ITEMS = 65_536;
const TWO_28 = 2 ** 28;
/** Below this, the third part of a zigzag number of 54 bits at most is a number that is exact. */
const MAX_SAFE_MIDDLE = 2 ** 26;

const NOTHING = Buffer.alloc(0);

/**
 * Reads values in Avro's binary encoding. Reading past the end gives zeros and is noticed at the end; what would allocate
 * or copy by a length in the data is checked at once.
 */
export class ByteReader {
  readonly #keys = new KeyMemory();
  #data: Buffer = NOTHING;
  #position = 0;
  #emptyItems = 0;

  begin(data: Buffer, offset: number): void {
    this.#data = data;
    this.#position = offset;
    this.#emptyItems = 0;
  }

  /** Bytes that are left, negative when more was read than there is. Lets go of the data. */
  finish(): number {
    const left = this.#data.length - this.#position;
    this.#data = NOTHING;
    return left;
  }

  /** Where the next value begins. */
  tell(): number {
    return this.#position;
  }

  seek(position: number): void {
    this.#position = position;
  }

  bad(problem: string): never {
    throw new DamagedPayload(problem);
  }

  boolean(): boolean {
    const byte = this.#data[this.#position++];
    if (byte === 0) return false;
    if (byte === 1) return true;
    return this.bad(byte === undefined ? 'they end too early' : `a boolean is the byte ${byte}`);
  }

  int(): number {
    const data = this.#data;
    let byte = data[this.#position++] as number;
    let value = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      if (shift > 28) this.bad('an int is longer than 5 bytes');
      byte = data[this.#position++] as number;
      value |= (byte & 0x7f) << shift;
    }
    return (value >>> 1) ^ -(value & 1);
  }

  /** A long as a number, or as a bigint where a number would not be exact. */
  long(): number | bigint {
    const data = this.#data;
    let at = this.#position;
    let byte = data[at++] as number;
    let low = byte & 0x7f;
    let middle = 0;
    if (byte > 0x7f) {
      byte = data[at++] as number;
      low |= (byte & 0x7f) << 7;
      if (byte > 0x7f) {
        byte = data[at++] as number;
        low |= (byte & 0x7f) << 14;
        if (byte > 0x7f) {
          byte = data[at++] as number;
          low |= (byte & 0x7f) << 21;
          for (let shift = 0; byte > 0x7f; shift += 7) {
            if (shift > 21) return this.#wideLong(low, middle, at);
            byte = data[at++] as number;
            middle |= (byte & 0x7f) << shift;
          }
        }
      }
    }
    this.#position = at;
    if (middle === 0) return (low >>> 1) ^ -(low & 1);
    if (middle >= MAX_SAFE_MIDDLE) return bigZigzag(low, middle, 0);
    const half = (low >>> 1) + middle * (TWO_28 / 2);
    if ((low & 1) === 0) return half;
    // -2^53 has a neighbour that would be rounded to it.
    return half === Number.MAX_SAFE_INTEGER ? bigZigzag(low, middle, 0) : -half - 1;
  }

  bigLong(): bigint {
    return BigInt(this.long());
  }

  /** A long as the nearest number. */
  longAsNumber(): number {
    return Number(this.long());
  }

  float(): number {
    const at = this.#position;
    this.#position = at + 4;
    return readFloat(this.#data, at);
  }

  double(): number {
    const at = this.#position;
    this.#position = at + 8;
    return readDouble(this.#data, at);
  }

  string(): string {
    const length = this.#length();
    const from = this.#position;
    this.#position = from + length;
    return readText(this.#data, from, length);
  }

  /** A string that is the key of a map. */
  key(): string {
    const length = this.#length();
    const from = this.#position;
    const found = this.#keys.find(this.#data, from, length);
    this.#position = from + length;
    if (typeof found === 'string') return found;
    const key = this.#data.toString('utf8', from, from + length);
    this.#keys.keep(found, key, length);
    return key;
  }

  /** A copy: the data belong to the caller. */
  bytes(): Buffer {
    return this.fixed(this.#length());
  }

  fixed(sizeBytes: number): Buffer {
    const from = this.#position;
    if (sizeBytes > this.#data.length - from) this.bad('they end within bytes');
    this.#position = from + sizeBytes;
    const copy = Buffer.allocUnsafe(sizeBytes);
    this.#data.copy(copy, 0, from, from + sizeBytes);
    return copy;
  }

  /** A symbol by its index; what the reader has for it, or why it has nothing. */
  symbol(symbols: readonly (string | undefined)[], names: readonly string[]): string {
    const index = this.int();
    const symbol = symbols[index];
    if (symbol !== undefined) return symbol;
    const name = names[index];
    if (name === undefined) return this.bad(`there is no symbol ${index}`);
    return this.bad(`the reader's enum has neither the symbol ${name} nor a default`);
  }

  /**
   * How many items the next block of an array or a map has, 0 at the end.
   * @param minItemBytes least bytes of one item
   */
  blockCount(minItemBytes: number): number {
    if (this.#data[this.#position] === 0) {
      this.#position += 1;
      return 0;
    }
    let count = Number(this.long());
    if (count < 0) {
      count = -count;
      // The size of the block in bytes, for those who skip.
      this.long();
    }
    this.#checkCount(count, minItemBytes);
    return count;
  }

  skip(bytes: number): void {
    this.#position += bytes;
  }

  skipLong(): void {
    const data = this.#data;
    while ((data[this.#position++] as number) > 0x7f);
  }

  skipBytes(): void {
    // In two steps: the length moves the position itself.
    const length = this.#length();
    this.#position += length;
  }

  /** Skips blocks that name their size whole; the items of others are skipped by the caller, one by one. */
  skipBlockCount(minItemBytes: number): number {
    for (;;) {
      const count = Number(this.long());
      if (count >= 0) {
        this.#checkCount(count, minItemBytes);
        return count;
      }
      this.skipBytes();
    }
  }

  #checkCount(count: number, minItemBytes: number): void {
    if (minItemBytes === 0) this.#emptyItems += count;
    const left = this.#data.length - this.#position;
    const isTooMuch = minItemBytes === 0 ? this.#emptyItems > MAX_EMPTY_ITEMS : count * minItemBytes > left;
    if (isTooMuch) this.bad(`a block claims ${count} items, and ${Math.max(left, 0)} bytes are left`);
  }

  #length(): number {
    const data = this.#data;
    const at = this.#position;
    const byte = data[at] as number;
    // One byte that is even: not negative, and less than 64.
    if ((byte & 0x81) === 0 && byte >>> 1 < data.length - at) {
      this.#position = at + 1;
      return byte >>> 1;
    }
    const length = this.long();
    const left = data.length - this.#position;
    if (typeof length !== 'number' || length < 0 || length > left) {
      return this.bad(`a string or bytes claim a length of ${length}, and ${left} are left`);
    }
    return length;
  }

  /** The ninth byte and the tenth of a long. */
  #wideLong(low: number, middle: number, at: number): bigint {
    let end = at;
    const ninth = this.#data[end++] as number;
    let high = ninth & 0x7f;
    if (ninth > 0x7f) {
      const tenth = this.#data[end++] as number;
      if (tenth > 1) this.bad('a long is longer than 64 bits');
      high |= (tenth & 1) << 7;
    }
    this.#position = end;
    return bigZigzag(low, middle, high);
  }
}

function bigZigzag(low: number, middle: number, high: number): bigint {
  const bits = BigInt(low) | (BigInt(middle) << 28n) | (BigInt(high) << 56n);
  return (bits >> 1n) ^ -(bits & 1n);
}
