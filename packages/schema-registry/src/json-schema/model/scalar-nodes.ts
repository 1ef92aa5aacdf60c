import type { SchemaLocation } from '../draft/schema-document.ts';
import type { JsonMembers } from '../../json-text/json-node.ts';
import { refuseBadPattern } from './bad-pattern.ts';
import { numberOf, textOf } from './keyword-values.ts';
import type { Unplaced } from './model-builder.ts';
import type { NumberNode, StringNode } from './schema-model.ts';

export const stringKeywords: ReadonlySet<string> = new Set(['maxLength', 'minLength', 'pattern', 'format']);

export const numberKeywords: ReadonlySet<string> = new Set([
  'maximum',
  'minimum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'multipleOf',
]);

export function stringNode(location: SchemaLocation, schema: JsonMembers): Unplaced<StringNode> {
  const pattern = textOf(schema, 'pattern');
  if (pattern !== undefined) refuseBadPattern(pattern, `${location.pointer}/pattern`);
  return {
    kind: 'string',
    ...present('maxLength', numberOf(schema, 'maxLength')),
    ...present('minLength', numberOf(schema, 'minLength')),
    ...(pattern === undefined ? {} : { pattern }),
  };
}

export function numberNode(schema: JsonMembers, isInteger: boolean): Unplaced<NumberNode> {
  return {
    kind: 'number',
    isInteger,
    ...present('maximum', numberOf(schema, 'maximum')),
    ...present('minimum', numberOf(schema, 'minimum')),
    ...present('exclusiveMaximum', exclusive(schema, 'exclusiveMaximum', 'maximum')),
    ...present('exclusiveMinimum', exclusive(schema, 'exclusiveMinimum', 'minimum')),
    ...present('multipleOf', numberOf(schema, 'multipleOf')),
  };
}

/** Draft 4 has a flag beside the bound instead of a bound of its own. */
function exclusive(schema: JsonMembers, keyword: string, bound: string): number | undefined {
  return schema[keyword] === true ? numberOf(schema, bound) : numberOf(schema, keyword);
}

/** One optional member, absent where there is no value. */
export function present<Key extends string>(key: Key, value: number | undefined): { [K in Key]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: number });
}
