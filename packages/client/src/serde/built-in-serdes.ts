import type { Deserializer, Serde, Serializer } from './serde.ts';

/** Bytes in, bytes out. Anything of bytes may be written; what is read is a slice of what was fetched. */
export type BytesSerde = Serializer<Uint8Array> & Deserializer<Buffer>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MAX_INT32 = 0x7fff_ffff;
const MAX_INT64 = 0x7fff_ffff_ffff_ffffn;

const bytesSerde: BytesSerde = {
  serialize(data) {
    if (Buffer.isBuffer(data)) return data;
    if (data instanceof Uint8Array) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    throw unfit('a Uint8Array', data);
  },
  deserialize: present,
};

const stringSerde: Serde<string> = {
  serialize(data) {
    if (typeof data !== 'string') throw unfit('a string', data);
    return Buffer.from(data);
  },
  deserialize: (data) => present(data).toString(),
};

const jsonSerde: Serde<unknown> = {
  serialize(data) {
    const text = JSON.stringify(data) as string | undefined;
    if (text === undefined) throw unfit('something that JSON can express', data);
    return Buffer.from(text);
  },
  deserialize: (data) => JSON.parse(present(data).toString()) as unknown,
};

const int32Serde: Serde<number> = {
  serialize(data) {
    if (!Number.isInteger(data) || data > MAX_INT32 || data < -MAX_INT32 - 1) {
      throw unfit('a whole number of 32 bits', data);
    }
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeInt32BE(data);
    return bytes;
  },
  deserialize: (data) => sized(data, 4).readInt32BE(),
};

const int64Serde: Serde<number> = {
  serialize(data) {
    if (!Number.isSafeInteger(data)) throw unfit('a whole number up to 2^53 - 1', data);
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeInt32BE(Math.floor(data / 2 ** 32), 0);
    bytes.writeUInt32BE(data - Math.floor(data / 2 ** 32) * 2 ** 32, 4);
    return bytes;
  },
  deserialize(data) {
    const bytes = sized(data, 8);
    const number = bytes.readInt32BE(0) * 2 ** 32 + bytes.readUInt32BE(4);
    if (Number.isSafeInteger(number)) return number;
    throw new RangeError(`${bytes.readBigInt64BE()} does not fit a number exactly; use serdes.bigint64()`);
  },
};

const bigint64Serde: Serde<bigint> = {
  serialize(data) {
    if (typeof data !== 'bigint' || data > MAX_INT64 || data < -MAX_INT64 - 1n) {
      throw unfit('a bigint of 64 bits', data);
    }
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeBigInt64BE(data);
    return bytes;
  },
  deserialize: (data) => sized(data, 8).readBigInt64BE(),
};

const floatSerde: Serde<number> = {
  serialize(data) {
    if (typeof data !== 'number') throw unfit('a number', data);
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeFloatBE(data);
    return bytes;
  },
  deserialize: (data) => sized(data, 4).readFloatBE(),
};

const doubleSerde: Serde<number> = {
  serialize(data) {
    if (typeof data !== 'number') throw unfit('a number', data);
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeDoubleBE(data);
    return bytes;
  },
  deserialize: (data) => sized(data, 8).readDoubleBE(),
};

const uuidSerde: Serde<string> = {
  serialize(data) {
    if (typeof data !== 'string' || !UUID.test(data)) throw unfit('a UUID in its text form', data);
    return Buffer.from(data.toLowerCase());
  },
  deserialize(data) {
    const text = present(data).toString();
    if (!UUID.test(text))
      throw new TypeError(`${present(data).length} bytes are not a UUID in its text form`);
    return text.toLowerCase();
  },
};

/**
 * The serdes of Kafka's Java clients, byte for byte. Each one refuses null, since a type that does not say null should
 * not deliver it: `nullable` allows it (tombstones, records without a key).
 */
export const serdes = {
  /** Any bytes. */
  bytes: (): BytesSerde => bytesSerde,
  /** UTF-8. */
  string: (): Serde<string> => stringSerde,
  /** What `JSON.stringify` and `JSON.parse` do. Nothing checks that it is a `T`: see `standardSchema`. */
  json: <T = unknown>(): Serde<T> => jsonSerde as Serde<T>,
  /** Four bytes, big-endian: Java's Integer. */
  int32: (): Serde<number> => int32Serde,
  /** Eight bytes, big-endian: Java's Long, as far as a number holds it exactly. */
  int64: (): Serde<number> => int64Serde,
  /** The same eight bytes without a limit below 64 bits. */
  bigint64: (): Serde<bigint> => bigint64Serde,
  /** IEEE 754, four bytes: Java's Float. */
  float: (): Serde<number> => floatSerde,
  /** IEEE 754, eight bytes: Java's Double. */
  double: (): Serde<number> => doubleSerde,
  /** The 36 characters of a UUID, as Java's UUIDSerializer writes them; always lower case. */
  uuid: (): Serde<string> => uuidSerde,
} as const;

function present(data: Buffer | null): Buffer {
  if (data === null) throw new TypeError('is null; wrap the serde in nullable() if that is meant');
  return data;
}

function sized(data: Buffer | null, bytes: number): Buffer {
  const found = present(data);
  if (found.length === bytes) return found;
  throw new RangeError(`has ${found.length} bytes, not ${bytes}`);
}

/** Tells the type, never the data: payloads have no place in messages. */
function unfit(wanted: string, data: unknown): TypeError {
  const hint = data === null ? '; wrap the serde in nullable() if null is meant' : '';
  return new TypeError(`is ${data === null ? 'null' : kindOf(data)}, but must be ${wanted}${hint}`);
}

function kindOf(data: unknown): string {
  if (typeof data === 'number')
    return Number.isInteger(data) ? 'a number out of range' : 'a number with a fraction';
  if (Array.isArray(data)) return 'an array';
  return data === undefined ? 'undefined' : `of type ${typeof data}`;
}
