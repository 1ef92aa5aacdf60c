/**
 * Avro: schemas, their compatibility, and serdes.
 *
 * ```ts
 * import { AvroSchema } from '@millrace/schema-registry/avro';
 *
 * const before = AvroSchema.parse('{"type":"record","name":"Order","fields":[{"name":"id","type":"int"}]}');
 * const after = AvroSchema.parse('{"type":"record","name":"Order","fields":[{"name":"id","type":"long"}]}');
 * after.incompatibilitiesWith(before, 'STRICT'); // [], a long reads an int
 * before.incompatibilitiesWith(after, 'STRICT')[0]?.path; // '/fields/0/type'
 * ```
 *
 * @packageDocumentation
 */
export { avroFormat, AvroSchema } from './avro-format.ts';
export { avro, type AvroOptions, type AvroSchemaSource } from './avro.ts';
export { avroSerdeFormat } from './avro-serde-format.ts';
export type { AvroCodecOptions } from './codec/codec-options.ts';
export type { AvroDuration } from './codec/logical-forms.ts';
export type { InferAvro } from './types/infer-avro.ts';
export { avroSchemaTypes, type AvroTypesOptions } from './types/avro-schema-types.ts';
export type { FingerprintAlgorithm } from './print/fingerprint.ts';
