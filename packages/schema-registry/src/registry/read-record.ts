import type { SchemaType } from '../format/schema-format.ts';
import { isJsonObject, textOf, wholeNumberOf, type JsonObject } from './json-value.ts';
import { readMetadata, readRuleSet } from './read-data-contract.ts';
import {
  modes,
  type AssociationKey,
  type AssociationValue,
  type Mode,
  type RegistryConfig,
  type RegistryRecord,
  type RegistryWrite,
  type SchemaKey,
  type SchemaValue,
  type ScopeKey,
} from './registry-record.ts';
import type { SchemaReference } from './schema-identity.ts';

/** A record as it lies in the log. */
export interface RecordBytes {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly timestampMs: number;
}

/**
 * Reads a record in whatever order its members are, unknown members left aside.
 * @returns undefined for kinds of records that this version does not know
 * @throws RangeError, SyntaxError for bytes that make no sense
 */
export function readRecord(bytes: RecordBytes): RegistryRecord | undefined {
  if (bytes.key === null) return undefined;
  const value = bytes.value === null ? null : parseObject(bytes.value, 'value');
  const write = readWrite(parseObject(bytes.key, 'key'), value);
  return write === undefined ? undefined : { ...write, timestampMs: bytes.timestampMs };
}

function parseObject(bytes: Buffer, part: string): JsonObject {
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  if (!isJsonObject(value)) throw new RangeError(`the ${part} is not a JSON object`);
  return value;
}

function readWrite(key: JsonObject, value: JsonObject | null): RegistryWrite | undefined {
  const type = key['keytype'];
  switch (type) {
    case 'SCHEMA': {
      const schemaKey = { subject: text(key, 'subject'), version: whole(key, 'version') };
      return { type, key: schemaKey, value: value && readSchema(schemaKey, value) };
    }
    case 'CONFIG':
      return { type, key: readScope(key), value: value && readConfig(value) };
    case 'MODE':
      return { type, key: readScope(key), value: value && { mode: readMode(value['mode']) } };
    case 'CLEAR_SUBJECT':
      return { type, key: readScope(key), value: value && true };
    case 'DELETE_SUBJECT':
      return {
        type,
        key: { subject: text(key, 'subject') },
        value: value && { version: whole(value, 'version') },
      };
    case 'CONTEXT':
      return { type, key: { context: text(key, 'context') }, value: value && true };
    case 'ASSOC':
      return { type, key: readAssociationKey(key), value: value && readAssociation(value) };
    case 'NOOP':
      return { type, key: null, value: null };
    default:
      return undefined;
  }
}

/** Old records have `"subject":null` for the default context. */
function readScope(key: JsonObject): ScopeKey {
  return { subject: textOf(key['subject']) };
}

function readSchema({ subject, version }: SchemaKey, json: JsonObject): SchemaValue {
  const metadata = readMetadata(json['metadata']);
  const ruleSet = readRuleSet(json['ruleSet']);
  return {
    subject,
    version,
    id: whole(json, 'id'),
    schemaType: (textOf(json['schemaType']) ?? 'AVRO') as SchemaType,
    references: readReferences(json['references']),
    ...(metadata === undefined ? {} : { metadata }),
    ...(ruleSet === undefined ? {} : { ruleSet }),
    schema: text(json, 'schema'),
    deleted: json['deleted'] === true,
  };
}

export function readReferences(value: unknown): SchemaReference[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isJsonObject).map((item) => ({
    name: textOf(item['name']) ?? '',
    subject: textOf(item['subject']) ?? '',
    version: wholeNumberOf(item['version']) ?? -1,
  }));
}

const configTexts = [
  'alias',
  'aliasForDeks',
  'compatibilityLevel',
  'compatibilityPolicy',
  'compatibilityGroup',
] as const;
const configFlags = ['normalize', 'validateFields', 'validateNewSchemas', 'validateRules'] as const;

/** Reads the members of a config; what is absent or null stays out. */
export function readConfig(json: JsonObject): RegistryConfig {
  const members: Record<string, unknown> = {};
  for (const name of configTexts) members[name] = textOf(json[name]);
  for (const name of configFlags) members[name] = typeof json[name] === 'boolean' ? json[name] : undefined;
  for (const name of ['defaultMetadata', 'overrideMetadata']) members[name] = readMetadata(json[name]);
  for (const name of ['defaultRuleSet', 'overrideRuleSet']) members[name] = readRuleSet(json[name]);
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

export function readMode(value: unknown): Mode {
  const name = textOf(value)?.toUpperCase();
  const mode = modes.find((known) => known === name);
  if (mode === undefined) throw new RangeError(`${JSON.stringify(value)} is no mode`);
  return mode;
}

function readAssociationKey(json: JsonObject): AssociationKey {
  return {
    resourceName: text(json, 'resourceName'),
    resourceNamespace: text(json, 'resourceNamespace'),
    resourceType: text(json, 'resourceType'),
    associationType: text(json, 'associationType'),
    subject: text(json, 'subject'),
  };
}

function readAssociation(json: JsonObject): AssociationValue {
  const createTs = wholeNumberOf(json['createTs']);
  return {
    guid: text(json, 'guid'),
    ...readAssociationKey(json),
    resourceId: text(json, 'resourceId'),
    lifecycle: json['lifecycle'] === 'STRONG' ? 'STRONG' : 'WEAK',
    frozen: json['frozen'] === true,
    ...(createTs === undefined ? {} : { createTs }),
  };
}

function text(json: JsonObject, name: string): string {
  const value = textOf(json[name]);
  if (value === undefined) throw new RangeError(`${name} is missing`);
  return value;
}

function whole(json: JsonObject, name: string): number {
  const value = wholeNumberOf(json[name]);
  if (value === undefined) throw new RangeError(`${name} is not a whole number`);
  return value;
}
