import { isMembers, type JsonMembers, type JsonValue } from '../../json-text/json-node.ts';

/** Readers of keyword values that take what they know and leave out the rest: shapes were checked against the meta-schema. */

export function numberOf(schema: JsonMembers, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === 'number' ? value : undefined;
}

export function textOf(schema: JsonMembers, keyword: string): string | undefined {
  const value = schema[keyword];
  return typeof value === 'string' ? value : undefined;
}

export function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

export function membersOf(schema: JsonMembers, keyword: string): JsonMembers {
  const value = schema[keyword];
  return isMembers(value) ? value : {};
}

/** Whether a value can be a schema at all. */
export function isSchema(value: JsonValue | undefined): value is JsonMembers | boolean {
  return typeof value === 'boolean' || isMembers(value);
}

/** A value as JSON text that is equal for equal values: members sorted, numbers by value. */
export function identityText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(identityText).join(',')}]`;
  if (!isMembers(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${identityText(value[name] as JsonValue)}`);
  return `{${members.join(',')}}`;
}
