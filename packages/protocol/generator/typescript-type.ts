import type { FieldDefinition, MessageDefinition, StructDefinition } from './definition.ts';
import { isSameRange } from './version-range.ts';

/** `FetchRequest` + `FetchTopic` = `FetchRequestFetchTopic`; a struct that already begins so keeps its name. */
export function structTypeName(message: MessageDefinition, struct: StructDefinition): string {
  if (struct === message.root || struct.name.startsWith(message.name)) return struct.name;
  return message.name + struct.name;
}

/** The type of a field in the decoded message. */
export function decodedType(message: MessageDefinition, field: FieldDefinition): string {
  const element = elementType(message, field, '');
  const whole = field.isArray ? `${element}[]` : element;
  return field.nullableVersions === undefined ? whole : `${whole} | null`;
}

/** The type of a field as the writer takes it. */
export function inputType(message: MessageDefinition, field: FieldDefinition): string {
  const element = elementType(message, field, 'Input');
  const whole = field.isArray ? `readonly ${element}[]` : element;
  return field.nullableVersions === undefined ? whole : `${whole} | null`;
}

function elementType(message: MessageDefinition, field: FieldDefinition, suffix: 'Input' | ''): string {
  if (field.struct !== undefined) return structTypeName(message, field.struct) + suffix;
  switch (field.type) {
    case 'bool':
      return 'boolean';
    case 'string':
    case 'uuid':
      return 'string';
    case 'hash64':
      return 'bigint';
    case 'bytes':
      return suffix === '' ? 'Buffer' : 'Uint8Array';
    case 'records':
      return suffix === '' ? 'Buffer' : 'Uint8Array | readonly Uint8Array[]';
    default:
      return 'number';
  }
}

/** May the writer's caller leave the field out? */
export function isOptional(field: FieldDefinition, struct: StructDefinition): boolean {
  return (
    field.default !== undefined ||
    field.tag !== undefined ||
    field.ignorable ||
    !isSameRange(field.versions, struct.versions)
  );
}

/** The expression for the default of a field: its own, or that of its type. */
export function defaultExpression(message: MessageDefinition, field: FieldDefinition): string {
  if (field.default === '9223372036854775807') return 'LONG_MAX';
  if (field.type === 'hash64') return `${field.default ?? 0}n`;
  if (field.default !== undefined) return field.default.replaceAll('"', "'");
  if (field.isArray) return '[]';
  if (field.struct !== undefined) return `create${structTypeName(message, field.struct)}()`;
  switch (field.type) {
    case 'bool':
      return 'false';
    case 'string':
      return "''";
    case 'uuid':
      return 'ZERO_UUID';
    case 'bytes':
      return 'EMPTY_BYTES';
    case 'records':
      return field.nullableVersions === undefined ? 'EMPTY_BYTES' : 'null';
    default:
      return '0';
  }
}
