import { isMembers, type JsonMembers, type JsonValue } from '../../json-text/json-node.ts';
import { pointerSegment } from '../../json-text/json-pointer.ts';

/** Keywords whose value is a schema, a list of schemas or schemas by name; `items` and `dependencies` may be either. */
const SCHEMA_KEYWORDS = new Set([
  'additionalItems',
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
const SCHEMA_LIST_KEYWORDS = new Set(['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems']);
const SCHEMA_MAP_KEYWORDS = new Set([
  '$defs',
  'definitions',
  'dependencies',
  'dependentSchemas',
  'patternProperties',
  'properties',
]);

/** A schema inside another one. */
export interface Subschema {
  readonly schema: JsonValue;
  /** JSON pointer from the schema around it. */
  readonly pointer: string;
}

/** The schemas directly inside one, in the order of its text. Values of `enum`, `default`, ... are no schemas. */
export function* subschemas(schema: JsonMembers): Generator<Subschema> {
  for (const [keyword, value] of Object.entries(schema)) {
    if (Array.isArray(value)) {
      if (!SCHEMA_LIST_KEYWORDS.has(keyword)) continue;
      for (const [index, item] of (value as readonly JsonValue[]).entries()) {
        yield { schema: item, pointer: `/${keyword}/${index}` };
      }
    } else if (SCHEMA_MAP_KEYWORDS.has(keyword) && isMembers(value)) {
      for (const [name, item] of Object.entries(value)) {
        if (!Array.isArray(item)) yield { schema: item, pointer: `/${keyword}/${pointerSegment(name)}` };
      }
    } else if (SCHEMA_KEYWORDS.has(keyword)) {
      yield { schema: value, pointer: `/${keyword}` };
    }
  }
}
