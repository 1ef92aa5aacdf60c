const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** Bits of a number in front of its wire type. */
const WIRE_TYPE_BITS = 3;
const MAX_VARINT_BYTES = 10;
const EXACT_VARINT_BYTES = 7;

/** One field of a protobuf message. */
export interface ProtobufField {
  readonly number: number;
  /** Varints as signed numbers, those beyond 2^53 rounded; 8 bytes, 4 bytes and what has a length as they are. */
  readonly value: number | Buffer;
}

/**
 * The fields of a protobuf message, in order, slices instead of copies.
 * @throws RangeError for what is no message
 */
export function* protobufFields(message: Buffer): Iterable<ProtobufField> {
  const cursor = { at: 0 };
  while (cursor.at < message.length) {
    const key = readVarint(message, cursor);
    const wireType = key % 2 ** WIRE_TYPE_BITS;
    yield { number: Math.floor(key / 2 ** WIRE_TYPE_BITS), value: readValue(message, cursor, wireType) };
  }
}

function readValue(message: Buffer, cursor: { at: number }, wireType: number): number | Buffer {
  if (wireType === VARINT) return readVarint(message, cursor);
  const sizeBytes = sizeOf(message, cursor, wireType);
  const begin = cursor.at;
  cursor.at += sizeBytes;
  if (cursor.at > message.length) throw new RangeError(`a field of ${sizeBytes} bytes does not end`);
  return message.subarray(begin, cursor.at);
}

function sizeOf(message: Buffer, cursor: { at: number }, wireType: number): number {
  if (wireType === FIXED64) return 8;
  if (wireType === FIXED32) return 4;
  if (wireType === BYTES) return readVarint(message, cursor);
  throw new RangeError(`wire type ${wireType} is unknown`);
}

/** Only numbers near 2^63, and negative ones, have as many bytes as a number cannot hold exactly. */
function readVarint(message: Buffer, cursor: { at: number }): number {
  const begin = cursor.at;
  let value = 0;
  for (let index = 0; index < MAX_VARINT_BYTES; index++) {
    const byte = message[cursor.at++];
    if (byte === undefined) throw new RangeError('a number does not end');
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return index < EXACT_VARINT_BYTES ? value : readLongVarint(message, begin, cursor.at);
  }
  throw new RangeError('a number has more than ten bytes');
}

function readLongVarint(message: Buffer, begin: number, end: number): number {
  let value = 0n;
  for (let at = end - 1; at >= begin; at--) value = (value << 7n) | BigInt(message[at]! & 0x7f);
  return Number(BigInt.asIntN(64, value));
}
