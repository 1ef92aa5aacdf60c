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
export type { FingerprintAlgorithm } from './print/fingerprint.ts';
