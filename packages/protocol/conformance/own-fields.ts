import type { FieldDefinition, MessageDefinition, StructDefinition } from '../generator/definition.ts';
import { isSameRange, type VersionRange } from '../generator/version-range.ts';
import { type FieldDescription, implicitDefault, type MessageDescription } from './field-description.ts';

/** Describes a message as the definitions of this package have it. */
export function describeOwnMessage(message: MessageDefinition): MessageDescription {
  const { min, max } = message.root.versions;
  const fieldsByVersion: FieldDescription[][] = [];
  for (let version = min; version <= max; version++) {
    const fields: FieldDescription[] = [];
    collect(message, message.root, version, '', fields);
    fieldsByVersion.push(fields);
  }
  return { apiKey: message.apiKey, minVersion: min, maxVersion: max, fieldsByVersion };
}

function collect(
  message: MessageDefinition,
  struct: StructDefinition,
  version: number,
  prefix: string,
  into: FieldDescription[],
): void {
  for (const field of struct.fields) {
    if (!isIn(field.versions, version)) continue;
    const path = prefix + field.name;
    into.push(describeField(message, struct, field, { path, version }));
    if (field.struct !== undefined) collect(message, field.struct, version, `${path}.`, into);
  }
}

function describeField(
  message: MessageDefinition,
  struct: StructDefinition,
  field: FieldDefinition,
  at: { readonly path: string; readonly version: number },
): FieldDescription {
  // The reference has no type of its own for hashes.
  const element = field.type === 'hash64' ? 'int64' : field.type;
  const type = field.isArray ? `[]${element}` : element;
  const isEverNullable = field.nullableVersions !== undefined;
  return {
    path: at.path,
    type,
    isNullable: isIn(field.nullableVersions, at.version),
    tag: field.tag,
    default: ownDefault(field) ?? implicitDefault(type, field.struct !== undefined, isEverNullable),
    ignorable: isSameRange(field.versions, struct.versions) ? undefined : field.ignorable,
    isFlexible: !field.inflexible && message.flexibleFrom !== undefined && at.version >= message.flexibleFrom,
  };
}

function ownDefault(field: FieldDefinition): string | undefined {
  return field.default?.replaceAll('"', '');
}

function isIn(range: VersionRange | undefined, version: number): boolean {
  return range !== undefined && version >= range.min && version <= range.max;
}
