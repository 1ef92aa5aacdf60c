import type { SchemaType } from '../../format/schema-format.ts';
import { textOf } from '../json-value.ts';
import { invalidSchema } from '../rest-error.ts';
import { parseExactJson } from './exact-json.ts';
import { avroNodes, jsonSchemaNodes, type TaggableNode } from './taggable-nodes.ts';
import type { TagChange } from './tag-change.ts';

/** The member of a record, field, object or property that lists its tags. */
const TAGS = 'confluent:tags';

/** What in the schema has one of these tags; `*` stands for any tag. */
export function findTags(schemaType: SchemaType, schema: string, wanted: readonly string[]): TagChange[] {
  return inlineTags(schemaType, schema).filter(
    ({ tags }) => wanted.includes('*') || tags.some((tag) => wanted.includes(tag)),
  );
}

/** Everything in the schema that has tags. */
export function inlineTags(schemaType: SchemaType, schema: string): TagChange[] {
  if (!schema.includes(TAGS)) return [];
  return nodesOf(schemaType, parseExactJson(schema))
    .map(({ entityPath, entityType, node }) => ({
      schemaEntity: { entityPath, entityType },
      tags: tagsOf(node),
    }))
    .filter(({ tags }) => tags.length > 0);
}

/** The text with tags added, then removed. @throws RestError INVALID_SCHEMA for a path that leads nowhere */
export function changeTags(
  schemaType: SchemaType,
  schema: string,
  { add, remove }: { readonly add: readonly TagChange[]; readonly remove: readonly TagChange[] },
): string {
  if (add.length === 0 && remove.length === 0) return schema;
  const tree = parseExactJson(schema);
  const nodes = nodesOf(schemaType, tree);
  for (const change of add) setTags(find(nodes, change), (tags) => [...tags, ...change.tags]);
  for (const change of remove) {
    setTags(find(nodes, change), (tags) => tags.filter((tag) => !change.tags.includes(tag)));
  }
  return JSON.stringify(tree);
}

function nodesOf(schemaType: SchemaType, tree: unknown): TaggableNode[] {
  switch (schemaType) {
    case 'AVRO':
      return [...avroNodes(tree)];
    case 'JSON':
      return [...jsonSchemaNodes(tree)];
    case 'PROTOBUF':
      throw invalidSchema('Tags inside Protobuf schemas are not known to this registry');
  }
}

function find(nodes: readonly TaggableNode[], { schemaEntity }: TagChange): Record<string, unknown> {
  const path = schemaEntity.entityPath.replace(/^\./, '');
  const found = nodes.find(
    ({ entityPath, entityType }) =>
      entityType === schemaEntity.entityType && (entityPath === path || entityPath.endsWith(`.${path}`)),
  );
  if (found === undefined) throw invalidSchema(`No matching path '${path}' found in the schema`);
  return found.node;
}

function tagsOf(node: Record<string, unknown>): string[] {
  const tags = node[TAGS];
  return Array.isArray(tags) ? tags.map((tag) => textOf(tag) ?? '') : [];
}

function setTags(
  node: Record<string, unknown>,
  change: (tags: readonly string[]) => readonly string[],
): void {
  const tags = [...new Set(change(tagsOf(node)))];
  if (tags.length > 0) node[TAGS] = tags;
  else delete node[TAGS];
}
