import { isSince } from '../draft/draft.ts';
import type { SchemaLocation } from '../draft/schema-document.ts';
import type { JsonMembers, JsonValue } from '../../json-text/json-node.ts';
import { isSchema, numberOf } from './keyword-values.ts';
import type { ModelBuilder, Unplaced } from './model-builder.ts';
import { restOf } from './rest.ts';
import { present } from './scalar-nodes.ts';
import type { ArrayNode, Rest, SchemaNode } from './schema-model.ts';

export const arrayKeywords: ReadonlySet<string> = new Set([
  'items',
  'prefixItems',
  'additionalItems',
  'unevaluatedItems',
  'contains',
  'maxItems',
  'minItems',
  'uniqueItems',
]);

export function arrayNode(
  builder: ModelBuilder,
  location: SchemaLocation,
  schema: JsonMembers,
): Unplaced<ArrayNode> {
  const unevaluatedItems = restOf(builder, location, schema, 'unevaluatedItems');
  return {
    kind: 'array',
    ...itemsOf(builder, location, schema),
    ...(unevaluatedItems === undefined ? {} : { unevaluatedItems }),
    ...present('maxItems', numberOf(schema, 'maxItems')),
    ...present('minItems', numberOf(schema, 'minItems')),
    ...present('maxContains', numberOf(schema, 'maxContains')),
    ...present('minContains', numberOf(schema, 'minContains')),
    uniqueItems: schema['uniqueItems'] === true,
  };
}

interface Items {
  readonly items?: SchemaNode;
  readonly prefixItems: readonly SchemaNode[];
  readonly additionalItems?: Rest;
}

/** 2020-12 has schemas by position in `prefixItems` and the rest in `items`; before, `items` and `additionalItems`. */
function itemsOf(builder: ModelBuilder, location: SchemaLocation, schema: JsonMembers): Items {
  const [positions, rest] = isSince(location.document.draft, '2020-12')
    ? ['prefixItems', 'items']
    : ['items', 'additionalItems'];
  const byPosition = schema[positions];
  if (Array.isArray(byPosition)) {
    const additionalItems = restOf(builder, location, schema, rest);
    return {
      prefixItems: (byPosition as readonly JsonValue[]).map((item, index) =>
        builder.child(location, item, `/${positions}/${index}`),
      ),
      ...(additionalItems === undefined ? {} : { additionalItems }),
    };
  }
  const all = schema['items'];
  return isSchema(all)
    ? { items: builder.child(location, all, '/items'), prefixItems: [] }
    : { prefixItems: [] };
}
