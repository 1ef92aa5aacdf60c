import { isSince, type Draft } from '../draft/draft.ts';
import type { JsonValue } from '../../json-text/json-node.ts';

/** The vocabulary that all documents are brought to: schemas of different drafts may refer to each other. */
export type Vocabulary = 'draft-07' | '2020-12';

/** Keywords by the first draft that has them: before, they are remarks. */
const FIRST_DRAFTS: ReadonlyMap<string, Draft> = new Map([
  ['const', 'draft-06'],
  ['contains', 'draft-06'],
  ['propertyNames', 'draft-06'],
  ['if', 'draft-07'],
  ['then', 'draft-07'],
  ['else', 'draft-07'],
  ['dependentRequired', '2019-09'],
  ['dependentSchemas', '2019-09'],
  ['maxContains', '2019-09'],
  ['minContains', '2019-09'],
  ['unevaluatedItems', '2019-09'],
  ['unevaluatedProperties', '2019-09'],
  ['prefixItems', '2020-12'],
]);

/** Whether a keyword means something in a draft. Keywords that no draft has are not asked for. */
export function isKnownIn(draft: Draft, keyword: string): boolean {
  return isSince(draft, FIRST_DRAFTS.get(keyword) ?? 'draft-04');
}

/** Brings one schema of a draft to a vocabulary, in place. The schemas inside of it are not touched. */
export function toVocabulary(schema: Record<string, JsonValue>, draft: Draft, vocabulary: Vocabulary): void {
  if (draft === 'draft-04') {
    exclusiveBound(schema, 'exclusiveMaximum', 'maximum');
    exclusiveBound(schema, 'exclusiveMinimum', 'minimum');
  }
  if (vocabulary !== '2020-12' || isSince(draft, '2020-12')) return;
  const { items, additionalItems } = schema;
  delete schema['additionalItems'];
  if (!Array.isArray(items)) return;
  delete schema['items'];
  // An empty list says nothing, and later drafts do not allow it.
  if (items.length > 0) schema['prefixItems'] = items;
  if (additionalItems !== undefined) schema['items'] = additionalItems;
}

/** Draft 4 has a flag beside the bound. */
function exclusiveBound(schema: Record<string, JsonValue>, flag: string, bound: string): void {
  const isExclusive = schema[flag];
  delete schema[flag];
  const limit = schema[bound];
  if (isExclusive !== true || limit === undefined) return;
  schema[flag] = limit;
  delete schema[bound];
}

/** The keyword under which a schema stands after {@link toVocabulary}. */
export function renamedKeyword(
  keyword: string,
  parent: JsonValue | undefined,
  draft: Draft,
  vocabulary: Vocabulary,
): string {
  if (vocabulary !== '2020-12' || isSince(draft, '2020-12')) return keyword;
  const items = typeof parent === 'object' && parent !== null && 'items' in parent ? parent.items : undefined;
  if (!Array.isArray(items)) return keyword;
  if (keyword === 'items') return 'prefixItems';
  return keyword === 'additionalItems' ? 'items' : keyword;
}
