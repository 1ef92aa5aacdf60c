import type { JsonMembers, JsonValue } from '../../../json-text/json-node.ts';
import { compatible, incompatible, lenient, type CompatibilityCase } from './compatibility-case.ts';

const text = { type: 'string' };
const textWithDefault = { type: 'string', default: '' };

/** An object that allows properties it does not declare. */
function open(properties: JsonMembers, more: JsonMembers = {}): JsonValue {
  return { type: 'object', properties, ...more };
}

/** An object that allows none. */
function closed(properties: JsonMembers, more: JsonMembers = {}): JsonValue {
  return { type: 'object', properties, additionalProperties: false, ...more };
}

/** An object whose undeclared properties fit a schema. */
function partial(
  properties: JsonMembers,
  additionalProperties: JsonValue,
  more: JsonMembers = {},
): JsonValue {
  return { type: 'object', properties, additionalProperties, ...more };
}

/** The same by `unevaluatedProperties` of 2020-12. */
function unevaluated(properties: JsonMembers, unevaluatedProperties: JsonValue): JsonValue {
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  return { $schema, type: 'object', properties, unevaluatedProperties };
}

/** Changes of objects: properties against the three content models, requirements, dependencies, counts. */
export const objectCases: readonly CompatibilityCase[] = [
  // A property goes: the new schema has to take what old data still holds.
  compatible(
    'removed from open',
    open({ a: text, b: text }),
    open({ a: text }),
    'PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL',
  ),
  compatible(
    'removed where true is written out',
    open({ a: text }),
    partial({}, true),
    'PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL',
  ),
  lenient(
    'removed from closed',
    closed({ a: text, b: text }),
    closed({ a: text }),
    'PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL',
  ),
  compatible(
    'false removed from closed',
    closed({ a: text, b: false }),
    closed({ a: text }),
    'PROPERTY_WITH_FALSE_REMOVED_FROM_CLOSED_CONTENT_MODEL',
  ),
  compatible(
    'removed, covered by additionalProperties',
    partial({ a: text }, text),
    partial({}, text),
    'PROPERTY_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
  ),
  lenient(
    'removed, not covered by additionalProperties',
    partial({ a: { type: 'integer' } }, text),
    partial({}, text),
    'PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
  ),
  compatible(
    'removed, covered by a pattern',
    closed({ a1: text }, { patternProperties: { '^a': text } }),
    closed({}, { patternProperties: { '^a': text } }),
    'PROPERTY_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
  ),
  lenient(
    'removed, covered by one of two patterns that match',
    closed({ a1: text }, { patternProperties: { '^a': text, 1: { type: 'integer' } } }),
    closed({}, { patternProperties: { '^a': text, 1: { type: 'integer' } } }),
    'PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
  ),
  lenient(
    'removed from closed, no pattern matches',
    closed({ b: text }, { patternProperties: { '^a': text } }),
    closed({}, { patternProperties: { '^a': text } }),
    'PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL',
  ),
  compatible(
    'removed, closed becomes open',
    closed({ a: text }),
    open({}),
    'PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL',
    'ADDITIONAL_PROPERTIES_ADDED',
  ),
  compatible(
    'removed from unevaluated S that covers',
    unevaluated({ a: text }, text),
    unevaluated({}, text),
    'PROPERTY_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
  ),
  lenient(
    'removed from unevaluated false',
    unevaluated({ a: text }, false),
    unevaluated({}, false),
    'PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL',
  ),
  compatible(
    'required property removed',
    open({ a: text }, { required: ['a'] }),
    open({}),
    'REQUIRED_ATTRIBUTE_REMOVED',
    'PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL',
  ),

  // A property comes: old data may hold one of that name already.
  lenient(
    'optional added to open',
    open({ a: text }),
    open({ a: text, b: text }),
    'OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL',
  ),
  compatible(
    'empty schema added to open',
    open({}),
    open({ a: {} }),
    'PROPERTY_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL',
  ),
  compatible(
    'true added to open',
    open({}),
    open({ a: true }),
    'PROPERTY_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL',
  ),
  lenient(
    'required with default added to open',
    open({}),
    open({ a: textWithDefault }, { required: ['a'] }),
    'REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL',
  ),
  incompatible(
    'required added to open',
    open({}),
    open({ a: text }, { required: ['a'] }),
    'REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL',
  ),
  incompatible(
    'required empty schema added to open',
    open({}),
    open({ a: {} }, { required: ['a'] }),
    'REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL',
  ),
  compatible(
    'optional added to closed',
    closed({}),
    closed({ a: text }),
    'OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL',
  ),
  compatible(
    'required with default added to closed',
    closed({}),
    closed({ a: textWithDefault }, { required: ['a'] }),
    'REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_UNOPEN_CONTENT_MODEL',
  ),
  incompatible(
    'required added to closed',
    closed({}),
    closed({ a: text }, { required: ['a'] }),
    'REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL',
  ),
  compatible(
    'optional added, covered by additionalProperties',
    partial({}, text),
    partial({ a: text }, text),
    'PROPERTY_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
    'OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL',
  ),
  compatible(
    'wider than what covers it',
    partial({}, { type: 'integer' }),
    partial({ a: { type: 'number' } }, { type: 'integer' }),
    'PROPERTY_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
    'OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL',
  ),
  lenient(
    'optional added, not covered',
    partial({}, { type: 'number' }),
    partial({ a: text }, { type: 'number' }),
    'PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
    'OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL',
  ),
  incompatible(
    'required added, covered',
    partial({}, text),
    partial({ a: text }, text, { required: ['a'] }),
    'PROPERTY_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
    'REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL',
  ),
  compatible(
    'optional added, covered by a pattern',
    closed({}, { patternProperties: { '^a': text } }),
    closed({ a: text }, { patternProperties: { '^a': text } }),
    'PROPERTY_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
    'OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL',
  ),
  lenient(
    'optional added, no pattern matches and the rest is open',
    open({}, { patternProperties: { '^a': text } }),
    open({ b: text }, { patternProperties: { '^a': text } }),
    'OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL',
  ),
  compatible(
    'added to unevaluated false',
    unevaluated({}, false),
    unevaluated({ a: text }, false),
    'OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL',
  ),
  lenient(
    'added to unevaluated true',
    unevaluated({}, true),
    unevaluated({ a: text }, true),
    'OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL',
  ),

  // A property stays.
  incompatible('type of a property', open({ a: text }), open({ a: { type: 'integer' } }), 'TYPE_CHANGED'),
  compatible(
    'type of a property extended',
    open({ a: { type: 'integer' } }),
    open({ a: { type: 'number' } }),
    'TYPE_EXTENDED',
  ),
  incompatible(
    'deep inside',
    open({ a: open({ b: { type: 'array', items: { type: 'number' } } }) }),
    open({ a: open({ b: { type: 'array', items: { type: 'integer' } } }) }),
    'TYPE_NARROWED',
  ),
  incompatible(
    'becomes required',
    open({ a: text }),
    open({ a: text }, { required: ['a'] }),
    'REQUIRED_ATTRIBUTE_ADDED',
  ),
  compatible(
    'becomes required with a default',
    open({ a: textWithDefault }),
    open({ a: textWithDefault }, { required: ['a'] }),
    'REQUIRED_ATTRIBUTE_WITH_DEFAULT_ADDED',
  ),
  compatible(
    'no longer required',
    open({ a: text }, { required: ['a'] }),
    open({ a: text }),
    'REQUIRED_ATTRIBUTE_REMOVED',
  ),
  incompatible(
    'required without being declared',
    open({}),
    open({}, { required: ['a'] }),
    'REQUIRED_ATTRIBUTE_ADDED',
  ),
  compatible(
    'required all the time',
    open({ a: text }, { required: ['a'] }),
    open({ a: text }, { required: ['a'] }),
  ),
  incompatible(
    'name with characters of a pointer',
    open({ 'a/b~c': text }),
    open({ 'a/b~c': { type: 'null' } }),
    'TYPE_CHANGED',
  ),

  // Content models.
  compatible(
    'additionalProperties false to true',
    closed({}),
    partial({}, true),
    'ADDITIONAL_PROPERTIES_ADDED',
  ),
  compatible('additionalProperties false to S', closed({}), partial({}, text), 'ADDITIONAL_PROPERTIES_ADDED'),
  compatible(
    'additionalProperties S to absent',
    partial({}, text),
    open({}),
    'ADDITIONAL_PROPERTIES_EXTENDED',
  ),
  lenient('additionalProperties absent to false', open({}), closed({}), 'ADDITIONAL_PROPERTIES_REMOVED'),
  lenient('additionalProperties S to false', partial({}, text), closed({}), 'ADDITIONAL_PROPERTIES_REMOVED'),
  lenient(
    'additionalProperties true to S',
    partial({}, true),
    partial({}, text),
    'ADDITIONAL_PROPERTIES_NARROWED',
  ),
  incompatible(
    'additionalProperties of another type',
    partial({}, text),
    partial({}, { type: 'null' }),
    'TYPE_CHANGED',
  ),
  compatible(
    'additionalProperties extended',
    partial({}, { type: 'integer' }),
    partial({}, { type: 'number' }),
    'TYPE_EXTENDED',
  ),
  compatible(
    'unevaluatedProperties false to true',
    unevaluated({}, false),
    unevaluated({}, true),
    'UNEVALUATED_PROPERTIES_ADDED',
  ),
  compatible(
    'unevaluatedProperties S to true',
    unevaluated({}, text),
    unevaluated({}, true),
    'UNEVALUATED_PROPERTIES_EXTENDED',
  ),
  lenient(
    'unevaluatedProperties true to false',
    unevaluated({}, true),
    unevaluated({}, false),
    'UNEVALUATED_PROPERTIES_REMOVED',
  ),
  lenient(
    'unevaluatedProperties true to S',
    unevaluated({}, true),
    unevaluated({}, text),
    'UNEVALUATED_PROPERTIES_NARROWED',
  ),

  // Dependencies.
  incompatible(
    'dependency added',
    open({}),
    open({}, { dependencies: { a: ['b'] } }),
    'DEPENDENCY_ARRAY_ADDED',
  ),
  compatible(
    'dependency removed',
    open({}, { dependencies: { a: ['b'] } }),
    open({}),
    'DEPENDENCY_ARRAY_REMOVED',
  ),
  incompatible(
    'dependency extended',
    open({}, { dependencies: { a: ['b'] } }),
    open({}, { dependencies: { a: ['b', 'c'] } }),
    'DEPENDENCY_ARRAY_EXTENDED',
  ),
  compatible(
    'dependency narrowed',
    open({}, { dependencies: { a: ['b', 'c'] } }),
    open({}, { dependencies: { a: ['b'] } }),
    'DEPENDENCY_ARRAY_NARROWED',
  ),
  incompatible(
    'dependency changed',
    open({}, { dependencies: { a: ['b'] } }),
    open({}, { dependencies: { a: ['c'] } }),
    'DEPENDENCY_ARRAY_CHANGED',
  ),
  incompatible(
    'dependent schema added',
    open({}),
    open({}, { dependencies: { a: { maxProperties: 2 } } }),
    'DEPENDENCY_SCHEMA_ADDED',
  ),
  compatible(
    'dependent schema removed',
    open({}, { dependencies: { a: { maxProperties: 2 } } }),
    open({}),
    'DEPENDENCY_SCHEMA_REMOVED',
  ),
  compatible(
    'dependent schema widened',
    open({}, { dependencies: { a: { maxProperties: 2 } } }),
    open({}, { dependencies: { a: { maxProperties: 3 } } }),
    'MAX_PROPERTIES_INCREASED',
  ),
  compatible(
    'dependencies split into the keywords of 2019-09',
    open({}, { dependencies: { a: ['b'], c: { maxProperties: 2 } } }),
    open(
      {},
      {
        $schema: 'https://json-schema.org/draft/2019-09/schema',
        dependentRequired: { a: ['b'] },
        dependentSchemas: { c: { maxProperties: 2 } },
      },
    ),
  ),

  // Counts.
  incompatible('maxProperties added', open({}), open({}, { maxProperties: 2 }), 'MAX_PROPERTIES_ADDED'),
  compatible('maxProperties removed', open({}, { maxProperties: 2 }), open({}), 'MAX_PROPERTIES_REMOVED'),
  incompatible(
    'maxProperties lowered',
    open({}, { maxProperties: 2 }),
    open({}, { maxProperties: 1 }),
    'MAX_PROPERTIES_DECREASED',
  ),
  incompatible('minProperties added', open({}), open({}, { minProperties: 1 }), 'MIN_PROPERTIES_ADDED'),
  compatible(
    'minProperties lowered',
    open({}, { minProperties: 2 }),
    open({}, { minProperties: 1 }),
    'MIN_PROPERTIES_DECREASED',
  ),
  incompatible(
    'minProperties raised',
    open({}, { minProperties: 1 }),
    open({}, { minProperties: 2 }),
    'MIN_PROPERTIES_INCREASED',
  ),
];
