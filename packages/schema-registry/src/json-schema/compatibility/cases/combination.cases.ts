import type { JsonValue } from '../../../json-text/json-node.ts';
import { compatible, incompatible, type CompatibilityCase } from './compatibility-case.ts';

const text = { type: 'string' };
const whole = { type: 'integer' };
const number = { type: 'number' };
const flag = { type: 'boolean' };
const nothing = { type: 'null' };

/** A tree whose nodes hold a value. */
function tree(value: JsonValue): JsonValue {
  const node = {
    type: 'object',
    properties: { value, children: { type: 'array', items: { $ref: '#/definitions/node' } } },
    additionalProperties: false,
  };
  return { $ref: '#/definitions/node', definitions: { node } };
}

/** Changes of allOf, anyOf and oneOf, of lists of types, and of what references lead to. */
export const combinationCases: readonly CompatibilityCase[] = [
  // A list of types is an anyOf.
  compatible('type made nullable', text, { type: ['string', 'null'] }, 'SUM_TYPE_EXTENDED'),
  incompatible('type no longer nullable', { type: ['string', 'null'] }, text, 'TYPE_CHANGED'),
  compatible(
    'type added to a list',
    { type: ['string', 'null'] },
    { type: ['null', 'string', 'boolean'] },
    'SUM_TYPE_EXTENDED',
  ),
  incompatible(
    'type removed from a list',
    { type: ['null', 'string', 'boolean'] },
    { type: ['string', 'null'] },
    'SUM_TYPE_NARROWED',
  ),
  compatible('order of a list of types', { type: ['string', 'null'] }, { type: ['null', 'string'] }),
  incompatible(
    'type in a list replaced',
    { type: ['string', 'null'] },
    { type: ['string', 'boolean'] },
    'COMBINED_TYPE_SUBSCHEMAS_CHANGED',
  ),
  compatible('a list of one type', text, { type: ['string'] }),
  compatible('one type in place of a list of one', { type: ['string'] }, text),
  compatible('a list written as anyOf', { type: ['string', 'null'] }, { anyOf: [text, nothing] }),

  // Plain and combined.
  compatible('into anyOf', text, { anyOf: [whole, text] }, 'SUM_TYPE_EXTENDED'),
  compatible('into oneOf', text, { oneOf: [text, whole] }, 'SUM_TYPE_EXTENDED'),
  incompatible('into anyOf of others', text, { anyOf: [whole, flag] }, 'TYPE_CHANGED'),
  compatible(
    'into anyOf with a wider member',
    whole,
    { anyOf: [number, flag] },
    'TYPE_EXTENDED',
    'SUM_TYPE_EXTENDED',
  ),
  incompatible('into allOf of two', text, { allOf: [text, { maxLength: 3 }] }, 'TYPE_CHANGED'),
  compatible('into allOf of one', text, { allOf: [text] }),
  compatible('out of allOf of one', { allOf: [text] }, text),
  compatible('out of oneOf of one', { oneOf: [text] }, text),
  compatible(
    'out of allOf by one member',
    { allOf: [text, { maxLength: 3 }] },
    text,
    'PRODUCT_TYPE_NARROWED',
  ),
  incompatible('out of anyOf by one member', { anyOf: [text, whole] }, text, 'TYPE_CHANGED'),
  incompatible('out of oneOf by one member', { oneOf: [text, whole] }, whole, 'TYPE_CHANGED'),
  compatible('out of anyOf into anything', { anyOf: [text, whole] }, {}),

  // The criterion.
  compatible('oneOf to anyOf', { oneOf: [text, whole] }, { anyOf: [text, whole] }, 'COMBINED_TYPE_EXTENDED'),
  compatible(
    'allOf to anyOf',
    { allOf: [text, { maxLength: 3 }] },
    { anyOf: [text, { maxLength: 3 }] },
    'COMBINED_TYPE_EXTENDED',
  ),
  incompatible('anyOf to oneOf', { anyOf: [text, whole] }, { oneOf: [text, whole] }, 'COMBINED_TYPE_CHANGED'),
  incompatible('anyOf to allOf', { anyOf: [text, whole] }, { allOf: [text, whole] }, 'COMBINED_TYPE_CHANGED'),
  incompatible('oneOf to allOf', { oneOf: [text, whole] }, { allOf: [text, whole] }, 'COMBINED_TYPE_CHANGED'),
  compatible('single anyOf to single allOf', { anyOf: [text] }, { allOf: [text] }, 'COMBINED_TYPE_EXTENDED'),
  compatible(
    'single allOf to oneOf',
    { allOf: [text] },
    { oneOf: [text, whole] },
    'COMBINED_TYPE_EXTENDED',
    'SUM_TYPE_EXTENDED',
  ),
  incompatible(
    'allOf to single oneOf that one member fits is narrower by count',
    { allOf: [text, { maxLength: 3 }] },
    { oneOf: [text] },
    'COMBINED_TYPE_EXTENDED',
    'SUM_TYPE_NARROWED',
  ),

  // The members.
  compatible(
    'alternative added',
    { oneOf: [text, whole] },
    { oneOf: [text, whole, flag] },
    'SUM_TYPE_EXTENDED',
  ),
  incompatible(
    'alternative removed',
    { oneOf: [text, whole, flag] },
    { oneOf: [text, whole] },
    'SUM_TYPE_NARROWED',
  ),
  incompatible(
    'condition added',
    { allOf: [{ minLength: 1 }, { maxLength: 9 }] },
    { allOf: [{ minLength: 1 }, { maxLength: 9 }, { pattern: 'a' }] },
    'PRODUCT_TYPE_EXTENDED',
  ),
  compatible(
    'condition removed',
    { allOf: [{ minLength: 1 }, { maxLength: 9 }, { pattern: 'a' }] },
    { allOf: [{ minLength: 1 }, { maxLength: 9 }] },
    'PRODUCT_TYPE_NARROWED',
  ),
  compatible('members in another order', { oneOf: [text, whole, flag] }, { oneOf: [flag, text, whole] }),
  compatible('one member widened', { anyOf: [text, whole] }, { anyOf: [text, number] }, 'TYPE_EXTENDED'),
  incompatible(
    'one member narrowed',
    { anyOf: [text, number] },
    { anyOf: [text, whole] },
    'COMBINED_TYPE_SUBSCHEMAS_CHANGED',
  ),
  compatible('duplicates count once', { anyOf: [text, text, whole] }, { anyOf: [whole, text] }),
  incompatible(
    'two members that need the same partner',
    { anyOf: [whole, number] },
    { anyOf: [number, text] },
    'TYPE_EXTENDED',
    'COMBINED_TYPE_SUBSCHEMAS_CHANGED',
  ),
  compatible(
    'partners that have to be exchanged',
    { anyOf: [whole, { type: 'integer', maximum: 5 }] },
    { anyOf: [{ type: 'integer', maximum: 9 }, number] },
    'MAXIMUM_INCREASED',
    'TYPE_EXTENDED',
  ),

  // References stand for what they lead to.
  compatible(
    'a part moved into a definition',
    { type: 'object', properties: { a: text } },
    { type: 'object', properties: { a: { $ref: '#/definitions/a' } }, definitions: { a: text } },
  ),
  incompatible(
    'the target of a reference',
    { type: 'object', properties: { a: { $ref: '#/definitions/a' } }, definitions: { a: text } },
    { type: 'object', properties: { a: { $ref: '#/definitions/a' } }, definitions: { a: whole } },
    'TYPE_CHANGED',
  ),
  compatible(
    'a definition that nothing refers to',
    { ...text, definitions: { a: text } },
    { ...text, definitions: { a: whole } },
  ),
  compatible(
    'beside a reference draft 7 ignores everything',
    { $ref: '#/definitions/a', definitions: { a: text } },
    { $ref: '#/definitions/a', maxLength: 3, definitions: { a: text } },
  ),
  incompatible(
    'beside a reference 2020-12 ignores nothing',
    { $schema: 'https://json-schema.org/draft/2020-12/schema', $ref: '#/$defs/a', $defs: { a: text } },
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $ref: '#/$defs/a',
      maxLength: 3,
      $defs: { a: text },
    },
    'TYPE_CHANGED',
  ),
  compatible(
    'an anchor in place of a pointer',
    { $ref: '#/definitions/a', definitions: { a: { $id: '#a', ...text } } },
    { $ref: '#a', definitions: { a: { $id: '#a', ...text } } },
  ),
  compatible('recursion, unchanged', tree(text), tree(text)),
  compatible('recursion, widened', tree(whole), tree(number), 'TYPE_EXTENDED'),
  incompatible('recursion, narrowed', tree(number), tree(whole), 'TYPE_NARROWED'),
];
