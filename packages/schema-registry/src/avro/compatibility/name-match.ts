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

/** Fields by name, of records that were asked for: a field is looked for once per field of the other side. */
const fieldsByName = new WeakMap<AvroRecord, ReadonlyMap<string, AvroField>>();

/** The field of the writer that a field of the reader is read from: of the same name, or named by one of its aliases. */
export function matchingField(writer: AvroRecord, field: AvroField): AvroField | 'ambiguous' | undefined {
  const byName = fieldsByName.get(writer) ?? new Map(writer.fields.map((written) => [written.name, written]));
  fieldsByName.set(writer, byName);
  let match = byName.get(field.name);
  for (const alias of field.aliases) {
    const other = byName.get(alias);
    if (other === undefined || other === match) continue;
    if (match !== undefined) return 'ambiguous';
    match = other;
  }
  return match;
}
