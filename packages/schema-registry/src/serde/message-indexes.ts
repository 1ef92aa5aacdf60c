import { DeserializationError } from '../errors.ts';

/** Deeper nesting of messages than any real file has; what is above is a damaged payload. */
const MAX_INDEXES = 64;

/** Message indexes and where they end. */
export interface ReadMessageIndexes {
  readonly indexes: readonly number[];
  /** The first byte after them. */
  readonly end: number;
}

const FIRST_MESSAGE: readonly number[] = [0];
const FIRST_MESSAGE_BYTES = Buffer.from([0]);

/**
 * The path to a message of a `.proto` file as Confluent's serializers write it: the count, then each index, as zig-zag
 * varints; the path `[0]`, by far the most frequent, is one zero byte.
 */
export function encodeMessageIndexes(indexes: readonly number[]): Buffer {
  if (indexes.length === 1 && indexes[0] === 0) return FIRST_MESSAGE_BYTES;
  const bytes: number[] = [];
  for (const number of [indexes.length, ...indexes]) {
    let rest = number * 2;
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
    bytes.push(rest);
  }
  return Buffer.from(bytes);
}

/** Reads message indexes; the long form of `[0]` is understood too. @throws DeserializationError */
export function readMessageIndexes(data: Buffer, offset: number): ReadMessageIndexes {
  if (data[offset] === 0) return { indexes: FIRST_MESSAGE, end: offset + 1 };
  const cursor = { data, offset };
  const count = readZigZag(cursor);
  if (count < 0 || count > MAX_INDEXES) {
    throw new DeserializationError(
      `A Protobuf payload names a message path of ${count} indexes; at most ${MAX_INDEXES}`,
    );
  }
  const indexes = Array.from({ length: count }, () => readZigZag(cursor));
  const negative = indexes.find((index) => index < 0);
  if (negative !== undefined)
    throw new DeserializationError(`A Protobuf payload has the message index ${negative}`);
  return { indexes: count === 0 ? FIRST_MESSAGE : indexes, end: cursor.offset };
}

function readZigZag(cursor: { readonly data: Buffer; offset: number }): number {
  let value = 0;
  for (let shift = 1; shift <= 2 ** 28; shift *= 128) {
    const byte = cursor.data[cursor.offset++];
    if (byte === undefined)
      throw new DeserializationError('A Protobuf payload ends within its message indexes');
    value += (byte & 0x7f) * shift;
    if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
  throw new DeserializationError('A message index of a Protobuf payload is longer than 5 bytes');
}
