import type { SchemaType } from '@millrace/schema-registry';

/** A schema with a line for each part, as a person reads it. */
export function prettySchema(text: string, type: SchemaType): string {
  if (type === 'PROTOBUF') return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // An Avro schema may be a bare name.
    return text;
  }
}
