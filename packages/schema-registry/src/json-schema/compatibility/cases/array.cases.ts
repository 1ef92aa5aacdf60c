import type { JsonMembers, JsonValue } from '../../../json-text/json-node.ts';
import { compatible, incompatible, type CompatibilityCase } from './compatibility-case.ts';

const text = { type: 'string' };

function list(items: JsonValue, more: JsonMembers = {}): JsonValue {
  return { type: 'array', items, ...more };
}

/** Items by position, the rest by `additionalItems` (drafts before 2020-12). */
function tuple(items: readonly JsonValue[], more: JsonMembers = {}): JsonValue {
  return { type: 'array', items, ...more };
}

/** Items by position, the rest by `items`. */
function tuple2020(prefixItems: readonly JsonValue[], more: JsonMembers = {}): JsonValue {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'array', prefixItems, ...more };
}

/** Changes of arrays: every item, items by position against the content models, counts. */
export const arrayCases: readonly CompatibilityCase[] = [
  compatible('items extended', list({ type: 'integer' }), list({ type: 'number' }), 'TYPE_EXTENDED'),
  incompatible('items narrowed', list({ type: 'number' }), list({ type: 'integer' }), 'TYPE_NARROWED'),
  compatible('items removed', list(text), { type: 'array' }, 'SCHEMA_REMOVED'),
  incompatible('items added', { type: 'array' }, list(text), 'SCHEMA_ADDED'),
  compatible('items added that allow everything', { type: 'array' }, list({})),

  compatible(
    'position removed, open',
    tuple([text, text]),
    tuple([text]),
    'ITEM_REMOVED_FROM_OPEN_CONTENT_MODEL',
  ),
  incompatible(
    'position removed, closed',
    tuple([text, text], { additionalItems: false }),
    tuple([text], { additionalItems: false }),
    'ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL',
  ),
  compatible(
    'false at a position removed, closed',
    tuple([text, false], { additionalItems: false }),
    tuple([text], { additionalItems: false }),
    'ITEM_WITH_FALSE_REMOVED_FROM_CLOSED_CONTENT_MODEL',
  ),
  compatible(
    'position removed, covered',
    tuple([text, text], { additionalItems: text }),
    tuple([text], { additionalItems: text }),
    'ITEM_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
  ),
  incompatible(
    'position removed, not covered',
    tuple([text, { type: 'null' }], { additionalItems: text }),
    tuple([text], { additionalItems: text }),
    'ITEM_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
  ),
  incompatible(
    'position added, open',
    tuple([text]),
    tuple([text, text]),
    'ITEM_ADDED_TO_OPEN_CONTENT_MODEL',
  ),
  compatible(
    'empty schema at a position added, open',
    tuple([text]),
    tuple([text, {}]),
    'ITEM_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL',
  ),
  compatible(
    'position added, closed',
    tuple([text], { additionalItems: false }),
    tuple([text, text], { additionalItems: false }),
    'ITEM_ADDED_TO_CLOSED_CONTENT_MODEL',
  ),
  compatible(
    'position added, covered',
    tuple([text], { additionalItems: text }),
    tuple([text, text], { additionalItems: text }),
    'ITEM_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
  ),
  incompatible(
    'position added, not covered',
    tuple([text], { additionalItems: text }),
    tuple([text, { type: 'null' }], { additionalItems: text }),
    'ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
  ),
  incompatible('type at a position', tuple([text]), tuple([{ type: 'null' }]), 'TYPE_CHANGED'),
  compatible(
    'list to positions of the same kind',
    list(text),
    tuple([text]),
    'SCHEMA_REMOVED',
    'ITEM_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
  ),
  compatible(
    'positions by the keyword of 2020-12',
    tuple([text], { additionalItems: false }),
    tuple2020([text], { items: false }),
  ),
  incompatible(
    'position added, open, in 2020-12',
    tuple2020([text]),
    tuple2020([text, text]),
    'ITEM_ADDED_TO_OPEN_CONTENT_MODEL',
  ),
  compatible(
    'position added, closed by unevaluatedItems',
    tuple2020([text], { unevaluatedItems: false }),
    tuple2020([text, text], { unevaluatedItems: false }),
    'ITEM_ADDED_TO_CLOSED_CONTENT_MODEL',
  ),

  compatible(
    'additionalItems false to true',
    tuple([text], { additionalItems: false }),
    tuple([text]),
    'ADDITIONAL_ITEMS_ADDED',
  ),
  compatible(
    'additionalItems S to true',
    tuple([text], { additionalItems: text }),
    tuple([text]),
    'ADDITIONAL_ITEMS_EXTENDED',
  ),
  incompatible(
    'additionalItems true to false',
    tuple([text]),
    tuple([text], { additionalItems: false }),
    'ADDITIONAL_ITEMS_REMOVED',
  ),
  incompatible(
    'additionalItems true to S',
    tuple([text]),
    tuple([text], { additionalItems: text }),
    'ADDITIONAL_ITEMS_NARROWED',
  ),
  compatible(
    'unevaluatedItems false to true',
    tuple2020([text], { unevaluatedItems: false }),
    tuple2020([text]),
    'UNEVALUATED_ITEMS_ADDED',
  ),
  incompatible(
    'unevaluatedItems true to false',
    tuple2020([text]),
    tuple2020([text], { unevaluatedItems: false }),
    'UNEVALUATED_ITEMS_REMOVED',
  ),
  incompatible(
    'unevaluatedItems true to S',
    tuple2020([text]),
    tuple2020([text], { unevaluatedItems: text }),
    'UNEVALUATED_ITEMS_NARROWED',
  ),

  incompatible('maxItems added', list(text), list(text, { maxItems: 2 }), 'MAX_ITEMS_ADDED'),
  compatible(
    'maxItems raised',
    list(text, { maxItems: 2 }),
    list(text, { maxItems: 3 }),
    'MAX_ITEMS_INCREASED',
  ),
  incompatible(
    'maxItems lowered',
    list(text, { maxItems: 2 }),
    list(text, { maxItems: 1 }),
    'MAX_ITEMS_DECREASED',
  ),
  compatible('maxItems removed', list(text, { maxItems: 2 }), list(text), 'MAX_ITEMS_REMOVED'),
  incompatible('minItems added', list(text), list(text, { minItems: 1 }), 'MIN_ITEMS_ADDED'),
  compatible(
    'minItems lowered',
    list(text, { minItems: 2 }),
    list(text, { minItems: 1 }),
    'MIN_ITEMS_DECREASED',
  ),
  incompatible(
    'minItems raised',
    list(text, { minItems: 1 }),
    list(text, { minItems: 2 }),
    'MIN_ITEMS_INCREASED',
  ),
  compatible('minItems removed', list(text, { minItems: 1 }), list(text), 'MIN_ITEMS_REMOVED'),
  incompatible(
    'maxContains added',
    tuple2020([text], { contains: text }),
    tuple2020([text], { contains: text, maxContains: 3 }),
    'MAX_CONTAINS_ADDED',
  ),
  incompatible(
    'minContains raised',
    tuple2020([text], { contains: text, minContains: 1 }),
    tuple2020([text], { contains: text, minContains: 2 }),
    'MIN_CONTAINS_INCREASED',
  ),
  incompatible('uniqueItems added', list(text), list(text, { uniqueItems: true }), 'UNIQUE_ITEMS_ADDED'),
  compatible('uniqueItems removed', list(text, { uniqueItems: true }), list(text), 'UNIQUE_ITEMS_REMOVED'),
];
