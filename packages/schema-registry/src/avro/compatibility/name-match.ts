import type { AvroField, AvroNamed, AvroRecord } from '../model/avro-type.ts';

/**
 * Whether a reader's named type is meant to be the writer's: equal without their namespaces, or the writer's full name is an
 * alias of the reader.
 */
export function namesMatch(reader: AvroNamed, writer: AvroNamed): boolean {
  return (
    reader.name.simple === writer.name.simple ||
    reader.aliases.some((alias) => alias.full === writer.name.full)
  );
}

/** The field of the writer that a field of the reader is read from: of the same name, or named by one of its aliases. */
export function matchingField(writer: AvroRecord, field: AvroField): AvroField | 'ambiguous' | undefined {
  const matches = writer.fields.filter(({ name }) => name === field.name || field.aliases.includes(name));
  return matches.length > 1 ? 'ambiguous' : matches[0];
}
