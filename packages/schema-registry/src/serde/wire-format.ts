import type { SerdeHeader } from '@millrace/client';
import { DeserializationError } from '../errors.ts';
import { GUID_BYTES, guidFromBytes, guidToBytes } from './guid.ts';

/** The first byte of a payload whose schema is named by its id (4 bytes, big-endian). */
export const MAGIC_ID = 0;
/** The first byte of a payload, or of the header, whose schema is named by its GUID (16 bytes). */
export const MAGIC_GUID = 1;
/** Bytes before the payload, or before the message indexes, of the form with an id. */
export const ID_PREFIX_BYTES = 5;
/** The same of the form with a GUID. */
export const GUID_PREFIX_BYTES = 1 + GUID_BYTES;

/** The headers that name the schema of a key or value whose payload has no prefix. */
export const SCHEMA_HEADERS = { key: '__key_schema_id', value: '__value_schema_id' } as const;

/** Which schema a record names, and where its message indexes and payload begin. */
export interface SchemaReference {
  /** The id within its registry, or the GUID. */
  readonly schema: number | string;
  /** Where message indexes stand: in the record itself, or in the header. */
  readonly indexes: Buffer;
  /** Where they begin in `indexes`, if the format has any. */
  readonly indexesOffset: number;
  /** Whether the payload follows the indexes in the same buffer, or is the whole record. */
  readonly isInHeader: boolean;
}

/** The five bytes of the form with an id. */
export function idPrefix(id: number): Buffer {
  const prefix = Buffer.alloc(ID_PREFIX_BYTES);
  prefix.writeUInt32BE(id, 1);
  return prefix;
}

/** The seventeen bytes of the form with a GUID, which are the value of the header too. */
export function guidPrefix(guid: string): Buffer {
  return Buffer.concat([Buffer.from([MAGIC_GUID]), guidToBytes(guid)]);
}

/**
 * The schema that a record names: by the last header of that name when it is there and not null, else by its first bytes.
 * @throws DeserializationError when it names none
 */
export function readSchemaReference(
  data: Buffer,
  part: 'key' | 'value',
  headers: readonly SerdeHeader[],
): SchemaReference {
  const header = schemaHeader(headers, SCHEMA_HEADERS[part]);
  if (header !== undefined)
    return { ...readPrefix(header, `header ${SCHEMA_HEADERS[part]}`), isInHeader: true };
  return { ...readPrefix(data, part), isInHeader: false };
}

function schemaHeader(headers: readonly SerdeHeader[], name: string): Buffer | undefined {
  for (let index = headers.length - 1; index >= 0; index -= 1) {
    const header = headers[index] as SerdeHeader;
    if (header.key === name) return header.value ?? undefined;
  }
  return undefined;
}

function readPrefix(bytes: Buffer, place: string): Omit<SchemaReference, 'isInHeader'> {
  if (bytes[0] === MAGIC_ID && bytes.length >= ID_PREFIX_BYTES) {
    return { schema: bytes.readUInt32BE(1), indexes: bytes, indexesOffset: ID_PREFIX_BYTES };
  }
  if (bytes[0] === MAGIC_GUID && bytes.length >= GUID_PREFIX_BYTES) {
    return { schema: guidFromBytes(bytes, 1), indexes: bytes, indexesOffset: GUID_PREFIX_BYTES };
  }
  const first = bytes.length === 0 ? 'is empty' : `begins with 0x${bytes.toString('hex', 0, 1)}`;
  throw new DeserializationError(
    `The ${place} of ${bytes.length} bytes ${first}, so it names no schema: a serializer with a schema registry ` +
      `writes 0x00 and a 4-byte id, or 0x01 and a 16-byte GUID`,
  );
}
