import type { SchemaLocation } from '../draft/schema-document.ts';
import type { JsonMembers } from '../../json-text/json-node.ts';
import { pointerSegment } from '../../json-text/json-pointer.ts';
import { refuseBadPattern } from './bad-pattern.ts';
import { isSchema, membersOf, numberOf, textsOf } from './keyword-values.ts';
import type { ModelBuilder, Unplaced } from './model-builder.ts';
import { restOf } from './rest.ts';
import { present } from './scalar-nodes.ts';
import type { ObjectNode, SchemaNode } from './schema-model.ts';

export const objectKeywords: ReadonlySet<string> = new Set([
  'properties',
  'required',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'maxProperties',
  'minProperties',
]);

export function objectNode(
  builder: ModelBuilder,
  location: SchemaLocation,
  schema: JsonMembers,
): Unplaced<ObjectNode> {
  const patternProperties = membersOf(schema, 'patternProperties');
  for (const pattern of Object.keys(patternProperties)) {
    refuseBadPattern(pattern, `${location.pointer}/patternProperties/${pointerSegment(pattern)}`);
  }
  const additionalProperties = restOf(builder, location, schema, 'additionalProperties');
  const unevaluatedProperties = restOf(builder, location, schema, 'unevaluatedProperties');
  return {
    kind: 'object',
    properties: builder.children(location, 'properties', membersOf(schema, 'properties')),
    required: new Set(textsOf(schema['required'])),
    patternProperties: builder.children(
      location,
      'patternProperties',
      membersOf(schema, 'patternProperties'),
    ),
    ...(additionalProperties === undefined ? {} : { additionalProperties }),
    ...(unevaluatedProperties === undefined ? {} : { unevaluatedProperties }),
    dependentRequired: dependentRequired(schema),
    dependentSchemas: dependentSchemas(builder, location, schema),
    ...present('maxProperties', numberOf(schema, 'maxProperties')),
    ...present('minProperties', numberOf(schema, 'minProperties')),
  };
}

/** Drafts before 2019-09 have both kinds under `dependencies`. */
const REQUIRED_KEYWORDS = ['dependencies', 'dependentRequired'];
const SCHEMA_KEYWORDS = ['dependencies', 'dependentSchemas'];

function dependentRequired(schema: JsonMembers): Map<string, ReadonlySet<string>> {
  const entries = REQUIRED_KEYWORDS.flatMap((keyword) => Object.entries(membersOf(schema, keyword)));
  return new Map(
    entries
      .filter(([, value]) => Array.isArray(value))
      .map(([name, value]) => [name, new Set(textsOf(value))]),
  );
}

function dependentSchemas(
  builder: ModelBuilder,
  location: SchemaLocation,
  schema: JsonMembers,
): Map<string, SchemaNode> {
  return new Map(
    SCHEMA_KEYWORDS.flatMap((keyword) => {
      const schemas = Object.entries(membersOf(schema, keyword)).filter(([, value]) => isSchema(value));
      return [...builder.children(location, keyword, Object.fromEntries(schemas))];
    }),
  );
}
