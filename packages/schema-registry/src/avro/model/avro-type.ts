import type { JsonNode } from '../../json-text/json-node.ts';
import type { AvroName } from './avro-name.ts';
import type { LogicalType } from './logical-type.ts';

/** Members of a schema that the specification does not speak of, logical types included, in the order of the text. */
export type AvroProperties = ReadonlyMap<string, JsonNode>;

/** A schema of any kind, with its names resolved. Recursive schemas are circles of objects. */
export type AvroType = AvroPrimitive | AvroRecord | AvroEnum | AvroFixed | AvroArray | AvroMap | AvroUnion;

/** A schema that has a name. */
export type AvroNamed = AvroRecord | AvroEnum | AvroFixed;

/** Names of the schemas without parts. */
export type PrimitiveKind = 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'string';

export const primitiveKinds: ReadonlySet<string> = new Set<PrimitiveKind>([
  'null',
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
]);

interface Described {
  readonly properties: AvroProperties;
  /** What the bytes mean beyond their type; undefined also where the text names one that does not fit. */
  readonly logical: LogicalType | undefined;
}

interface Named extends Described {
  readonly name: AvroName;
  readonly doc: string | undefined;
  /** In the order of the text, without repetitions. */
  readonly aliases: readonly AvroName[];
}

export interface AvroPrimitive extends Described {
  readonly kind: PrimitiveKind;
}

export interface AvroRecord extends Named {
  readonly kind: 'record';
  /** Declared as `error`, which is a record in everything but its text. */
  readonly isError: boolean;
  /** Filled in once, by the parser, after the record can be referred to. */
  readonly fields: readonly AvroField[];
}

export interface AvroField {
  readonly name: string;
  readonly type: AvroType;
  readonly doc: string | undefined;
  readonly defaultValue: JsonNode | undefined;
  readonly order: 'ascending' | 'descending' | 'ignore';
  readonly aliases: readonly string[];
  readonly properties: AvroProperties;
}

export interface AvroEnum extends Named {
  readonly kind: 'enum';
  readonly symbols: readonly string[];
  readonly defaultSymbol: string | undefined;
}

export interface AvroFixed extends Named {
  readonly kind: 'fixed';
  readonly sizeBytes: number;
}

export interface AvroArray extends Described {
  readonly kind: 'array';
  readonly items: AvroType;
}

export interface AvroMap extends Described {
  readonly kind: 'map';
  readonly values: AvroType;
}

export interface AvroUnion extends Described {
  readonly kind: 'union';
  readonly branches: readonly AvroType[];
}

/** Whether a schema has a name. */
export function isNamed(type: AvroType): type is AvroNamed {
  return type.kind === 'record' || type.kind === 'enum' || type.kind === 'fixed';
}

/** What a branch of a union is called: the full name, or the kind. */
export function branchName(type: AvroType): string {
  return isNamed(type) ? type.name.full : type.kind;
}
