import type { ParsedSchema, SchemaFormat } from '../format/schema-format.ts';

/**
 * What a format (Avro, Protobuf, JSON Schema) brings to the serdes: how values of type `T` become bytes and back.
 *
 * The serdes do everything else: which schema, which id, the prefix or header, message indexes, caches. They ask for an
 * encoder or a decoder once per schema and keep it, so compiling may be slow; `encode` and `decode` run once per record.
 * Options of a format (big integers, the message name, validation) belong to the object that implements this.
 */
export interface SerdeFormat<T> {
  /** Parses texts that come from the registry or from the user. */
  readonly schemaFormat: SchemaFormat;
  /**
   * Whether message indexes stand between the schema id and the payload. Protobuf says yes; the serdes then read them and
   * hand them to {@link decoder}.
   */
  readonly hasMessageIndexes: boolean;
  /** The full record or message name that record name strategies use; undefined for an unnamed schema. */
  recordName(schema: ParsedSchema): string | undefined;
  /** An encoder for one schema. Throws {@link InvalidSchemaError} when values cannot be written with it. */
  encoder(schema: ParsedSchema): PayloadEncoder<T>;
  /** A decoder of what was written with `writer`. Throws `IncompatibleReaderError` when `reader` cannot read it. */
  decoder(request: DecoderRequest): PayloadDecoder<T>;
}

/** Writes values with one schema. */
export interface PayloadEncoder<T> {
  /** Where the message stands in its file, for Protobuf; empty for formats without message indexes. */
  readonly messageIndexes: readonly number[];
  /**
   * `prefix` followed by the payload, in one new buffer that belongs to the caller. `prefix` is the schema id and the
   * message indexes, or empty; it must be copied as it is. Throws `SerializationError` naming the path and the value.
   */
  encode(value: T, prefix: Buffer): Buffer;
}

/** What a decoder is for. */
export interface DecoderRequest {
  /** The schema that the bytes were written with. */
  readonly writer: ParsedSchema;
  /** The schema that the values should have; undefined when the writer's will do. */
  readonly reader: ParsedSchema | undefined;
  /** Which message of the file, for Protobuf; empty otherwise. */
  readonly messageIndexes: readonly number[];
}

/** Reads values that were written with one schema. */
export interface PayloadDecoder<T> {
  /**
   * The value whose payload is `data` from `offset` to its end. `data` must not be kept: what the value needs is copied.
   * Throws `DeserializationError` for bytes that are no such payload.
   */
  decode(data: Buffer, offset: number): T;
}
