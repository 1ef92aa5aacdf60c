import type { VersionRange } from './version-range.ts';

export const primitiveTypes = [
  'bool',
  'int8',
  'int16',
  'int32',
  'int64',
  'hash64',
  'uint16',
  'uint32',
  'float64',
  'string',
  'uuid',
  'bytes',
  'records',
] as const;

export type PrimitiveType = (typeof primitiveTypes)[number];

export interface FieldDefinition {
  readonly name: string;
  /** A primitive, or the name of a struct of the same message. */
  readonly type: string;
  /** The struct behind `type`; undefined for primitives. */
  readonly struct: StructDefinition | undefined;
  readonly isArray: boolean;
  readonly versions: VersionRange;
  readonly nullableVersions: VersionRange | undefined;
  /** As it is written in the definition: a number, `true`, `null`, or a quoted string. */
  readonly default: string | undefined;
  readonly tag: number | undefined;
  readonly ignorable: boolean;
  /** Keeps the old encoding in flexible versions too. Only the client id of the request header does. */
  readonly inflexible: boolean;
}

export interface StructDefinition {
  readonly name: string;
  readonly versions: VersionRange;
  readonly fields: FieldDefinition[];
}

export interface MessageDefinition {
  /** Full name: `FetchRequest`, `OffsetCommitKey`. */
  readonly name: string;
  readonly kind: 'request' | 'response' | 'structure';
  /** API key or record type; -1 for structures that have neither. */
  readonly apiKey: number;
  readonly flexibleFrom: number | undefined;
  readonly latestVersionUnstable: boolean;
  readonly root: StructDefinition;
  /** Every struct below the root, each before the structs that use it. */
  readonly structs: readonly StructDefinition[];
}

/** The content of one definition file. */
export interface DefinitionFile {
  /** File name without folder and ending; for an API without its key: `fetch`. */
  readonly name: string;
  /** The comment at the top: what the API is for. */
  readonly summary: readonly string[];
  readonly api: ApiDefinition | undefined;
  readonly messages: readonly MessageDefinition[];
}

export interface ApiDefinition {
  readonly apiKey: number;
  /** `Fetch` */
  readonly name: string;
  readonly listeners: readonly string[];
  readonly isRemoved: boolean;
}
