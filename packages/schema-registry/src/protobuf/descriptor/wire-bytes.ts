/** A field as it stands in the bytes of a message. */
export interface RawField {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 length and bytes, 3 group, 5 four bytes. */
  readonly wireType: number;
  /** Of a varint or fixed number the value, unsigned; otherwise 0. */
  readonly value: bigint;
  /** Of lengths and groups what is inside; otherwise empty. */
  readonly bytes: Buffer;
}

/** Bytes that are no Protobuf message. */
export class MalformedMessageError extends Error {}

/** Writes fields of messages where speed does not matter: descriptors and options. */
export class WireBytesWriter {
  readonly #chunks: Buffer[] = [];

  /** The low 64 bits of `value`. */
  varint(number: number, value: bigint): this {
    return this.#tag(number, 0).#push(varintBytes(BigInt.asUintN(64, value)));
  }

  fixed32(number: number, value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value >>> 0);
    return this.#tag(number, 5).#push(bytes);
  }

  fixed64(number: number, value: bigint): this {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
    return this.#tag(number, 1).#push(bytes);
  }

  bytes(number: number, bytes: Buffer): this {
    return this.#tag(number, 2).#push(varintBytes(BigInt(bytes.length))).#push(bytes);
  }

  group(number: number, bytes: Buffer): this {
    return this.#tag(number, 3).#push(bytes).#tag(number, 4);
  }

  finish(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  #tag(number: number, wireType: number): this {
    return this.#push(varintBytes((BigInt(number) << 3n) | BigInt(wireType)));
  }

  #push(bytes: Buffer): this {
    this.#chunks.push(bytes);
    return this;
  }
}

/** A varint of at most ten bytes. */
export function varintBytes(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/** Every field of a message, in the order of the bytes. @throws MalformedMessageError */
export function rawFieldsOf(bytes: Buffer): readonly RawField[] {
  const cursor = { bytes, offset: 0 };
  const fields: RawField[] = [];
  while (cursor.offset < bytes.length) fields.push(readField(cursor, 0));
  return fields;
}

interface Cursor {
  readonly bytes: Buffer;
  offset: number;
}

const NO_BYTES = Buffer.alloc(0);
const MAX_GROUP_DEPTH = 100;

function readField(cursor: Cursor, depth: number): RawField {
  const tag = Number(readVarint(cursor));
  const number = Math.floor(tag / 8);
  const wireType = tag % 8;
  if (number === 0 || tag > 0xffff_ffff) throw new MalformedMessageError(`A field has the tag ${tag}`);
  switch (wireType) {
    case 0:
      return { number, wireType, value: readVarint(cursor), bytes: NO_BYTES };
    case 1:
      return { number, wireType, value: take(cursor, 8).readBigUInt64LE(), bytes: NO_BYTES };
    case 2:
      return { number, wireType, value: 0n, bytes: take(cursor, Number(readVarint(cursor))) };
    case 3:
      return { number, wireType, value: 0n, bytes: readGroup(cursor, number, depth) };
    case 5:
      return { number, wireType, value: BigInt(take(cursor, 4).readUInt32LE()), bytes: NO_BYTES };
    default:
      throw new MalformedMessageError(`Field ${number} has the wire type ${wireType}`);
  }
}

function readGroup(cursor: Cursor, number: number, depth: number): Buffer {
  if (depth >= MAX_GROUP_DEPTH) throw new MalformedMessageError('Groups nest too deep');
  const start = cursor.offset;
  for (;;) {
    const end = cursor.offset;
    const tag = Number(readVarint(cursor));
    if (tag === number * 8 + 4) return cursor.bytes.subarray(start, end);
    cursor.offset = end;
    readField(cursor, depth + 1);
  }
}

function readVarint(cursor: Cursor): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = cursor.bytes[cursor.offset++];
    if (byte === undefined) break;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  throw new MalformedMessageError('A varint has no end');
}

function take(cursor: Cursor, length: number): Buffer {
  const bytes = cursor.bytes.subarray(cursor.offset, cursor.offset + length);
  if (bytes.length < length)
    throw new MalformedMessageError(`A field of ${length} bytes goes beyond the end`);
  cursor.offset += length;
  return bytes;
}
