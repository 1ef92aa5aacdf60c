import type { SchemaFormat } from '../format/schema-format.ts';
import { ProtobufSchema } from './protobuf-schema.ts';

/** Protobuf, as Confluent's registry and serializers speak it. */
export const protobufFormat: SchemaFormat = {
  type: 'PROTOBUF',
  parse: (text, references, options) => ProtobufSchema.parse(text, references, options),
};
