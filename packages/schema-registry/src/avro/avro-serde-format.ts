import type { ParsedSchema } from '../format/schema-format.ts';
import { InvalidSchemaError } from '../errors.ts';
import type { SerdeFormat } from '../serde/serde-format.ts';
import { avroFormat, AvroSchema } from './avro-format.ts';
import { avroDecoder, avroEncoder } from './codec/avro-codec.ts';
import { codecSettings, type AvroCodecOptions } from './codec/codec-options.ts';

/** Avro for the serdes of a registry. */
export function avroSerdeFormat<T>(options: AvroCodecOptions = {}): SerdeFormat<T> {
  const settings = codecSettings(options);
  return {
    schemaFormat: avroFormat,
    hasMessageIndexes: false,
    recordName: (schema) => schema.name,
    encoder(schema) {
      return { messageIndexes: [], encode: avroEncoder(avroSchema(schema).root, settings) };
    },
    decoder({ writer, reader }) {
      const written = avroSchema(writer).root;
      const wanted = reader === undefined ? written : avroSchema(reader).root;
      return { decode: avroDecoder(written, wanted, settings) as (data: Buffer, offset: number) => T };
    },
  };
}

function avroSchema(schema: ParsedSchema): AvroSchema {
  if (schema instanceof AvroSchema) return schema;
  throw new InvalidSchemaError(`A serde for Avro was given a schema of ${schema.type}`);
}
