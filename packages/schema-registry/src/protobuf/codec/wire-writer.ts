import {
  largerSlab,
  MAX_BYTES_PER_UNIT,
  MAX_VARINT_BYTES,
  SHORT_STRING,
  SLAB_BYTES,
  UnfitValue,
} from '../../codec/record-slab.ts';

const MAX_TAG_BYTES = 5;
const TWO_32 = 2 ** 32;

const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);
const float = new Float32Array(1);
const floatBytes = new Uint8Array(float.buffer);

/**
 * Appends fields in Protobuf's binary encoding. A tag of 0 writes the value alone, as within packed fields. Refuses what
 * does not fit by throwing {@link UnfitValue}.
 */
export class WireWriter {
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

  bool(tag: number, value: unknown): void {
    if (typeof value !== 'boolean') this.bad();
    this.tag(tag);
    this.#slab[this.#position++] = value ? 1 : 0;
  }

  int32(tag: number, value: unknown): void {
    if (typeof value !== 'number' || (value | 0) !== value) this.bad();
    this.tag(tag);
    // A negative number takes ten bytes, as if it had 64 bits.
    if (value < 0) this.#varint64(value >>> 0, 0xffff_ffff);
    else this.#varint32(value);
  }

  uint32(tag: number, value: unknown): void {
    if (typeof value !== 'number' || value >>> 0 !== value) this.bad();
    this.tag(tag);
    this.#varint32(value);
  }

  sint32(tag: number, value: unknown): void {
    if (typeof value !== 'number' || (value | 0) !== value) this.bad();
    this.tag(tag);
    this.#varint32(((value << 1) ^ (value >> 31)) >>> 0);
  }

  int64(tag: number, value: unknown): void {
    this.tag(tag);
    if (typeof value === 'number' && Number.isSafeInteger(value)) {
      this.#varint64(value >>> 0, Math.floor(value / TWO_32) >>> 0);
    } else {
      const bits = this.#bits(value, true);
      this.#varint64(Number(bits & 0xffff_ffffn), Number(bits >> 32n));
    }
  }

  uint64(tag: number, value: unknown): void {
    this.tag(tag);
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) {
      this.#varint64(value >>> 0, Math.floor(value / TWO_32));
    } else {
      const bits = this.#bits(value, false);
      this.#varint64(Number(bits & 0xffff_ffffn), Number(bits >> 32n));
    }
  }

  sint64(tag: number, value: unknown): void {
    this.tag(tag);
    if (typeof value === 'number' && (value | 0) === value) {
      this.#varint32(((value << 1) ^ (value >> 31)) >>> 0);
      return;
    }
    const signed = BigInt.asIntN(64, this.#bits(value, true));
    const zigzag = BigInt.asUintN(64, (signed << 1n) ^ (signed >> 63n));
    this.#varint64(Number(zigzag & 0xffff_ffffn), Number(zigzag >> 32n));
  }

  fixed32(tag: number, value: unknown): void {
    if (typeof value !== 'number' || value >>> 0 !== value) this.bad();
    this.tag(tag);
    this.#fourBytes(value);
  }

  sfixed32(tag: number, value: unknown): void {
    if (typeof value !== 'number' || (value | 0) !== value) this.bad();
    this.tag(tag);
    this.#fourBytes(value);
  }

  fixed64(tag: number, value: unknown): void {
    this.#eightBytes(tag, this.#bits(value, false));
  }

  sfixed64(tag: number, value: unknown): void {
    this.#eightBytes(tag, this.#bits(value, true));
  }

  float(tag: number, value: unknown): void {
    if (typeof value !== 'number') this.bad();
    this.tag(tag);
    float[0] = value;
    const slab = this.#slab;
    const at = this.#position;
    slab[at] = floatBytes[0] as number;
    slab[at + 1] = floatBytes[1] as number;
    slab[at + 2] = floatBytes[2] as number;
    slab[at + 3] = floatBytes[3] as number;
    this.#position = at + 4;
  }

  double(tag: number, value: unknown): void {
    if (typeof value !== 'number') this.bad();
    this.tag(tag);
    double[0] = value;
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

  string(tag: number, value: unknown): void {
    if (typeof value !== 'string') this.bad();
    const { length } = value;
    this.#reserve(length * MAX_BYTES_PER_UNIT + MAX_TAG_BYTES + MAX_VARINT_BYTES);
    if (tag !== 0) this.#varint32(tag);
    if (length > SHORT_STRING || !this.#ascii(value)) this.#utf8(value);
  }

  bytes(tag: number, value: unknown): void {
    if (!(value instanceof Uint8Array)) this.bad();
    this.#reserve(value.length + MAX_TAG_BYTES + MAX_VARINT_BYTES);
    if (tag !== 0) this.#varint32(tag);
    this.#varint32(value.length);
    this.#slab.set(value, this.#position);
    this.#position += value.length;
  }

  /** Begins what has its length in front of it; the answer belongs to {@link close}. */
  open(tag: number): number {
    this.tag(tag);
    // One byte of length will do most of the time; where it does not, what was written moves.
    this.#position += 1;
    return this.#position - this.#start;
  }

  close(opened: number): void {
    const from = this.#start + opened;
    const length = this.#position - from;
    if (length < 0x80) {
      this.#slab[from - 1] = length;
      return;
    }
    const extra = varintLength(length) - 1;
    this.#reserve(extra);
    const start = this.#start + opened;
    this.#slab.copyWithin(start + extra, start, start + length);
    this.#position = start - 1;
    this.#varint32(length);
    this.#position += length;
  }

  /** A tag, and room for a number behind it; 0 writes none. */
  tag(tag: number): void {
    if (this.#position + MAX_TAG_BYTES + MAX_VARINT_BYTES > this.#slab.length)
      this.#grow(MAX_TAG_BYTES + MAX_VARINT_BYTES);
    if (tag === 0) return;
    if (tag < 0x80) this.#slab[this.#position++] = tag;
    else this.#varint32(tag);
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
    slab[at - 1] = length;
    this.#position = at + length;
    return true;
  }

  #utf8(value: string): void {
    this.#varint32(Buffer.byteLength(value));
    this.#position += this.#slab.write(value, this.#position);
  }

  /** The low 64 bits of what stands for an integer: a number, a bigint or decimal text. */
  #bits(value: unknown, isSigned: boolean): bigint {
    const integer = integerOf(value);
    const bits = integer === undefined ? undefined : BigInt.asUintN(64, integer);
    if (bits === undefined || (isSigned ? BigInt.asIntN(64, bits) : bits) !== integer) this.bad();
    return bits;
  }

  #fourBytes(value: number): void {
    const slab = this.#slab;
    const at = this.#position;
    slab[at] = value;
    slab[at + 1] = value >>> 8;
    slab[at + 2] = value >>> 16;
    slab[at + 3] = value >>> 24;
    this.#position = at + 4;
  }

  #eightBytes(tag: number, bits: bigint): void {
    this.tag(tag);
    this.#fourBytes(Number(bits & 0xffff_ffffn));
    this.#fourBytes(Number(bits >> 32n));
  }

  #varint32(value: number): void {
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

  #varint64(lowBits: number, highBits: number): void {
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

/** The integer that a number, a bigint or decimal text stands for. */
export function integerOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^-?[0-9]{1,20}$/.test(value) ? BigInt(value) : undefined;
}

function varintLength(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x20_0000) return 3;
  return value < 0x1000_0000 ? 4 : 5;
}
