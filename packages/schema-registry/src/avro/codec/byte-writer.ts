import {
  largerSlab,
  MAX_BYTES_PER_UNIT,
  MAX_VARINT_BYTES,
  SHORT_STRING,
  SLAB_BYTES,
  UnfitValue,
} from '../../codec/record-slab.ts';

const TWO_32 = 2 ** 32;

const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);
const float = new Float32Array(1);
const floatBytes = new Uint8Array(float.buffer);

/** Appends values in Avro's binary encoding. Refuses what does not fit by throwing {@link UnfitValue}. */
export class ByteWriter {
  #slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
  /** Where the record that is being written begins in the slab. */
  #start = 0;
  #position = 0;

  /** Begins a record with bytes that are copied. What was begun and not finished is forgotten. */
  begin(prefix: Buffer): void {
    this.#position = this.#start;
    this.#reserve(prefix.length);
    for (let index = 0; index < prefix.length; index += 1) {
      this.#slab[this.#position + index] = prefix[index] as number;
    }
    this.#position += prefix.length;
  }

  /** The bytes since {@link begin}. */
  finish(): Buffer {
    const record = this.#slab.subarray(this.#start, this.#position);
    this.#start = this.#position;
    return record;
  }

  bad(): never {
    throw new UnfitValue();
  }

  nothing(value: unknown): void {
    if (value !== null && value !== undefined) this.bad();
  }

  boolean(value: unknown): void {
    if (typeof value !== 'boolean') this.bad();
    this.byte(value ? 1 : 0);
  }

  /** One byte that the caller knows to be one. */
  byte(value: number): void {
    if (this.#position >= this.#slab.length) this.#reserve(1);
    this.#slab[this.#position++] = value;
  }

  int(value: unknown): void {
    if (typeof value !== 'number' || (value | 0) !== value) this.bad();
    this.#reserve(MAX_VARINT_BYTES);
    this.#unsigned32(((value << 1) ^ (value >> 31)) >>> 0);
  }

  long(value: unknown): void {
    this.#reserve(MAX_VARINT_BYTES);
    if (typeof value === 'number') {
      if ((value | 0) === value) this.#unsigned32(((value << 1) ^ (value >> 31)) >>> 0);
      else if (Number.isSafeInteger(value)) this.#safeLong(value);
      else this.bad();
    } else if (typeof value === 'bigint') {
      this.#bigLong(value);
    } else {
      this.bad();
    }
  }

  float(value: unknown): void {
    if (typeof value !== 'number') this.bad();
    float[0] = value;
    this.#reserve(4);
    const slab = this.#slab;
    const at = this.#position;
    slab[at] = floatBytes[0] as number;
    slab[at + 1] = floatBytes[1] as number;
    slab[at + 2] = floatBytes[2] as number;
    slab[at + 3] = floatBytes[3] as number;
    this.#position = at + 4;
  }

  double(value: unknown): void {
    if (typeof value !== 'number') this.bad();
    double[0] = value;
    this.#reserve(8);
    const slab = this.#slab;
    const at = this.#position;
    slab[at] = doubleBytes[0] as number;
    slab[at + 1] = doubleBytes[1] as number;
    slab[at + 2] = doubleBytes[2] as number;
    slab[at + 3] = doubleBytes[3] as number;
    slab[at + 4] = doubleBytes[4] as number;
    slab[at + 5] = doubleBytes[5] as number;
    slab[at + 6] = doubleBytes[6] as number;
    slab[at + 7] = doubleBytes[7] as number;
    this.#position = at + 8;
  }

  string(value: unknown): void {
    if (typeof value !== 'string') this.bad();
    const { length } = value;
    this.#reserve(length * MAX_BYTES_PER_UNIT + MAX_VARINT_BYTES);
    if (length > SHORT_STRING || !this.#ascii(value)) this.#utf8(value);
  }

  bytes(value: unknown): void {
    if (!(value instanceof Uint8Array)) this.bad();
    this.#reserve(value.length + MAX_VARINT_BYTES);
    this.#unsigned32(value.length * 2);
    this.raw(value);
  }

  fixed(value: unknown, sizeBytes: number): void {
    if (!(value instanceof Uint8Array) || value.length !== sizeBytes) this.bad();
    this.raw(value);
  }

  /** Bytes without their length. */
  raw(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#slab.set(value, this.#position);
    this.#position += value.length;
  }

  symbol(value: unknown, indexes: ReadonlyMap<unknown, number>): void {
    const index = indexes.get(value);
    if (index === undefined) this.bad();
    this.#reserve(MAX_VARINT_BYTES);
    this.#unsigned32(index * 2);
  }

  /** A number of items, or the index of a branch: whole and not negative. */
  count(value: number): void {
    this.#reserve(MAX_VARINT_BYTES);
    this.#unsigned32(value * 2);
  }

  /** Only characters of ASCII, of a string short enough for one byte of length; false when there were others. */
  #ascii(value: string): boolean {
    const slab = this.#slab;
    const at = this.#position + 1;
    const { length } = value;
    for (let index = 0; index < length; index += 1) {
      const code = value.charCodeAt(index);
      if (code > 0x7f) return false;
      slab[at + index] = code;
    }
    slab[at - 1] = length * 2;
    this.#position = at + length;
    return true;
  }

  #utf8(value: string): void {
    const bytes = Buffer.byteLength(value);
    this.#unsigned32(bytes * 2);
    this.#position += this.#slab.write(value, this.#position);
  }

  #unsigned32(value: number): void {
    const slab = this.#slab;
    let at = this.#position;
    let rest = value;
    while (rest > 0x7f) {
      slab[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    slab[at++] = rest;
    this.#position = at;
  }

  /** A whole number beyond 32 bits, in halves: shifts work on 32 bits only. */
  #safeLong(value: number): void {
    // Zigzag of a negative number n is -2n - 1, without bits that a double could not hold: |n| is below 2^53.
    const magnitude = value < 0 ? -(value + 1) : value;
    const high = Math.floor(magnitude / TWO_32);
    const low = magnitude >>> 0;
    const zigzagLow = ((low << 1) | (value < 0 ? 1 : 0)) >>> 0;
    const zigzagHigh = ((high << 1) | (low >>> 31)) >>> 0;
    this.#unsigned64(zigzagLow, zigzagHigh);
  }

  #bigLong(value: bigint): void {
    if (BigInt.asIntN(64, value) !== value) this.bad();
    const zigzag = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
    this.#unsigned64(Number(zigzag & 0xffffffffn), Number(zigzag >> 32n));
  }

  #unsigned64(lowBits: number, highBits: number): void {
    const slab = this.#slab;
    let at = this.#position;
    let low = lowBits;
    let high = highBits;
    while (high > 0 || low > 0x7f) {
      slab[at++] = (low & 0x7f) | 0x80;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    slab[at++] = low;
    this.#position = at;
  }

  #reserve(bytes: number): void {
    if (this.#position + bytes > this.#slab.length) this.#grow(bytes);
  }

  /** The old slab lives as long as records that are in it. */
  #grow(bytes: number): void {
    const written = this.#slab.subarray(this.#start, this.#position);
    this.#slab = largerSlab(written, bytes);
    this.#start = 0;
    this.#position = written.length;
  }
}
