import { NEVER_FLEXIBLE } from '../src/wire/limits.ts';
import type { FieldDefinition, MessageDefinition, StructDefinition } from './definition.ts';

const fixedBytes: Readonly<Record<string, number>> = {
  bool: 1,
  int8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  hash64: 8,
  float64: 8,
  uuid: 16,
};

/** The fewest bytes an element of a list can take in any version, so that a count can be checked before allocating. */
export function minElementBytes(message: MessageDefinition, field: FieldDefinition): number {
  let fewest = Number.POSITIVE_INFINITY;
  for (let version = field.versions.min; version <= field.versions.max; version++) {
    const bytes =
      field.struct === undefined
        ? primitiveBytes(field.type, isFlexible(message, version))
        : structBytes(message, field.struct, version);
    fewest = Math.min(fewest, bytes);
  }
  if (fewest === 0)
    throw new Error(`${message.name}.${field.name}: elements of zero bytes cannot be bounded`);
  return fewest;
}

function isFlexible(message: MessageDefinition, version: number): boolean {
  return version >= (message.flexibleFrom ?? NEVER_FLEXIBLE);
}

function structBytes(message: MessageDefinition, struct: StructDefinition, version: number): number {
  let bytes = isFlexible(message, version) ? 1 : 0;
  for (const field of struct.fields) {
    const isPresent = version >= field.versions.min && version <= field.versions.max;
    if (isPresent && field.tag === undefined) bytes += fieldBytes(message, field, version);
  }
  return bytes;
}

function fieldBytes(message: MessageDefinition, field: FieldDefinition, version: number): number {
  if (field.isArray) return isFlexible(message, version) ? 1 : 4;
  if (field.struct === undefined) return primitiveBytes(field.type, isFlexible(message, version));
  return field.nullableVersions === undefined ? structBytes(message, field.struct, version) : 1;
}

function primitiveBytes(type: string, flexible: boolean): number {
  const fixed = fixedBytes[type];
  if (fixed !== undefined) return fixed;
  if (flexible) return 1;
  return type === 'string' ? 2 : 4;
}
