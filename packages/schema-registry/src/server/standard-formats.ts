import { avroFormat } from '../avro/index.ts';
import type { SchemaFormat } from '../format/schema-format.ts';
import { jsonSchemaFormat } from '../json-schema/index.ts';
import { protobufFormat } from '../protobuf/index.ts';

/** The formats that a registry offers when it is told nothing else. */
export const standardFormats: readonly SchemaFormat[] = [avroFormat, protobufFormat, jsonSchemaFormat];
