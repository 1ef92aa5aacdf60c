/**
 * The schema registry for Kafka: server, compatibility rules, client and serdes for Avro, Protobuf and JSON Schema.
 *
 * @packageDocumentation
 */
export type {
  CompatibilityPolicy,
  Incompatibility,
  ParsedSchema,
  ParseOptions,
  ResolvedReference,
  SchemaFormat,
  SchemaType,
} from './format/schema-format.ts';
export { InvalidSchemaError, registryErrors, type SchemaPlace } from './errors.ts';
