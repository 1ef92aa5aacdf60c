import { Buffer } from 'node:buffer';
import type { FieldDefinition, MessageDefinition, StructDefinition } from '../generator/definition.ts';
import type { VersionRange } from '../generator/version-range.ts';
import { LONG_MAX, NEVER_FLEXIBLE } from '../src/wire/limits.ts';
import type { UnknownTaggedField } from '../src/wire/tagged-field.ts';
import { ZERO_UUID } from '../src/wire/uuid.ts';
import type { ValueSource } from './value-source.ts';

type Struct = Record<string, unknown>;

interface Context {
  readonly definition: MessageDefinition;
  readonly version: number;
  readonly source: ValueSource;
}

const integerRanges: Readonly<Record<string, VersionRange>> = {
  int8: { min: -128, max: 127 },
  int16: { min: -32_768, max: 32_767 },
  uint16: { min: 0, max: 65_535 },
  int32: { min: -2_147_483_648, max: 2_147_483_647 },
  uint32: { min: 0, max: 4_294_967_295 },
};

/**
 * A message with random values in every field that the version carries, its default in every other, and random
 * unknown tags. What it answers is the decoded shape, so it can be compared with what comes back.
 */
export function randomMessage(definition: MessageDefinition, version: number, source: ValueSource): object {
  return randomStruct(definition.root, { definition, version, source });
}

function randomStruct(struct: StructDefinition, context: Context): Struct {
  const value: Struct = {};
  for (const field of struct.fields) {
    value[field.name] = isIn(field.versions, context.version)
      ? randomField(field, context)
      : defaultValue(field, context.definition);
  }
  if (isFlexible(context.definition, context.version))
    value['unknownTaggedFields'] = unknownTags(struct, context);
  return value;
}

function isIn(range: VersionRange | undefined, version: number): boolean {
  return range !== undefined && version >= range.min && version <= range.max;
}

function isFlexible(definition: MessageDefinition, version: number): boolean {
  return version >= (definition.flexibleFrom ?? NEVER_FLEXIBLE);
}

function randomField(field: FieldDefinition, context: Context): unknown {
  const { source } = context;
  if (field.tag !== undefined && source.integer(0, 2) === 0) return defaultValue(field, context.definition);
  if (isIn(field.nullableVersions, context.version) && source.integer(0, 3) === 0) return null;
  if (!field.isArray) return randomElement(field, context);
  return Array.from({ length: source.integer(0, 3) }, () => randomElement(field, context));
}

function randomElement(field: FieldDefinition, context: Context): unknown {
  const { source } = context;
  if (field.struct !== undefined) return randomStruct(field.struct, context);
  const range = integerRanges[field.type];
  if (range !== undefined) return randomInteger(range, source);
  switch (field.type) {
    case 'bool':
      return source.boolean();
    case 'int64':
      return randomLong(source);
    case 'hash64':
      return BigInt.asIntN(
        64,
        (BigInt(source.integer(0, 2 ** 32 - 1)) << 32n) | BigInt(source.integer(0, 2 ** 32 - 1)),
      );
    case 'float64':
      return source.integer(-1_000_000, 1_000_000) / 8;
    case 'string':
      return source.text();
    case 'uuid':
      return randomUuid(source);
    default:
      return source.bytes();
  }
}

function randomInteger(range: VersionRange, source: ValueSource): number {
  const kind = source.integer(0, 5);
  if (kind === 0) return range.min;
  return kind === 1 ? range.max : source.integer(range.min, range.max);
}

function randomLong(source: ValueSource): number {
  const edges = [
    LONG_MAX,
    -LONG_MAX,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    -1,
    0,
    1,
    4_294_967_296,
  ];
  const kind = source.integer(0, edges.length * 2);
  return edges[kind] ?? source.integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

function randomUuid(source: ValueSource): string {
  if (source.integer(0, 4) === 0) return ZERO_UUID;
  const bytes = Buffer.alloc(16);
  for (let at = 0; at < 16; at += 2) bytes.writeUInt16BE(source.integer(0, 65_535), at);
  return bytes.toString('base64url');
}

/** Tags that the struct does not know in this version, below, between and above those it knows. */
function unknownTags(struct: StructDefinition, context: Context): UnknownTaggedField[] | undefined {
  const { source, version } = context;
  if (source.integer(0, 2) > 0) return undefined;
  const known = new Set(
    struct.fields.filter((field) => isIn(field.versions, version)).map((field) => field.tag),
  );
  const tags = new Set<number>();
  for (let count = source.integer(1, 3); count > 0; count--) tags.add(source.integer(0, 300));
  const unknown = [...tags].filter((tag) => !known.has(tag)).toSorted((a, b) => a - b);
  if (unknown.length === 0) return undefined;
  return unknown.map((tag) => ({ tag, value: source.bytes() }));
}

function defaultValue(field: FieldDefinition, definition: MessageDefinition): unknown {
  if (field.default === 'null') return null;
  if (field.isArray) return [];
  if (field.struct !== undefined) return defaultStruct(field.struct, definition);
  switch (field.type) {
    case 'bool':
      return field.default === 'true';
    case 'string':
      return field.default?.slice(1, -1) ?? '';
    case 'hash64':
      return BigInt(field.default ?? 0);
    case 'uuid':
      return ZERO_UUID;
    case 'bytes':
      return Buffer.alloc(0);
    case 'records':
      return field.nullableVersions === undefined ? Buffer.alloc(0) : null;
    default:
      return Number(field.default ?? 0);
  }
}

function defaultStruct(struct: StructDefinition, definition: MessageDefinition): Struct {
  return Object.fromEntries(struct.fields.map((field) => [field.name, defaultValue(field, definition)]));
}
