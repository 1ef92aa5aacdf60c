import { isJsonObject, textOf } from '../json-value.ts';
import type { SchemaEntity } from './tag-change.ts';

/** A place in the JSON tree of a schema where tags may stand. */
export interface TaggableNode extends SchemaEntity {
  readonly node: Record<string, unknown>;
}

/** Records and their fields, by full names. */
export function* avroNodes(schema: unknown, namespace = ''): Generator<TaggableNode> {
  if (Array.isArray(schema)) {
    for (const branch of schema) yield* avroNodes(branch, namespace);
    return;
  }
  if (!isJsonObject(schema)) return;
  const { type, items, values, fields } = schema;
  if (type !== 'record' && type !== 'error') {
    yield* avroNodes(items ?? values ?? (typeof type === 'object' ? type : undefined), namespace);
    return;
  }
  const { fullName, inner } = avroName(schema, namespace);
  yield { entityPath: fullName, entityType: 'sr_record', node: schema };
  for (const field of Array.isArray(fields) ? fields.filter(isJsonObject) : []) {
    const path = `${fullName}.${textOf(field['name']) ?? ''}`;
    yield { entityPath: path, entityType: 'sr_field', node: field };
    yield* avroNodes(field['type'], inner);
  }
}

function avroName(
  schema: Readonly<Record<string, unknown>>,
  outer: string,
): { fullName: string; inner: string } {
  const name = textOf(schema['name']) ?? '';
  if (name.includes('.')) return { fullName: name, inner: name.slice(0, name.lastIndexOf('.')) };
  const namespace = textOf(schema['namespace']) ?? outer;
  return { fullName: namespace === '' ? name : `${namespace}.${name}`, inner: namespace };
}

const combinations = ['allOf', 'anyOf', 'oneOf'] as const;

/** Objects and their properties, by the path that leads there: `object.items.array.object.price`. */
export function* jsonSchemaNodes(schema: unknown, scope = '', isField = false): Generator<TaggableNode> {
  if (!isJsonObject(schema)) return;
  for (const keyword of combinations) {
    const branches = Array.isArray(schema[keyword]) ? schema[keyword] : [];
    for (const [index, branch] of branches.entries()) {
      yield* jsonSchemaNodes(branch, `${scope}${keyword.toLowerCase()}.${index}.`);
    }
  }
  if (isJsonObject(schema['items'])) yield* jsonSchemaNodes(schema['items'], `${scope}array.`);
  if (isJsonObject(schema['not'])) yield* jsonSchemaNodes(schema['not'], `${scope}not.`);
  for (const keyword of ['if', 'then', 'else']) {
    yield* jsonSchemaNodes(schema[keyword], `${scope}conditional.${keyword}.`);
  }
  yield* objectNodes(schema, `${scope}object`, isField);
}

function* objectNodes(
  schema: Record<string, unknown>,
  path: string,
  isField: boolean,
): Generator<TaggableNode> {
  const { properties, definitions, $defs } = schema;
  if (schema['type'] !== 'object' && !isJsonObject(properties)) return;
  if (!isField) yield { entityPath: path, entityType: 'sr_record', node: schema };
  for (const [name, property] of Object.entries(isJsonObject(properties) ? properties : {})) {
    if (isJsonObject(property)) {
      yield { entityPath: `${path}.${name}`, entityType: 'sr_field', node: property };
    }
    yield* jsonSchemaNodes(property, `${path}.${name}.`, true);
  }
  for (const [keyword, named] of Object.entries({ definitions, $defs })) {
    for (const [name, definition] of Object.entries(isJsonObject(named) ? named : {})) {
      yield* jsonSchemaNodes(definition, `${path}.${keyword}.${name}.`);
    }
  }
}
