import type { SchemaType } from '../../format/schema-format.ts';
import { readProto } from '../../protobuf/protobuf-schema.ts';
import { printProto } from '../../protobuf/text/print-proto.ts';
import { protoEntities, withProtoTags } from '../../protobuf/text/proto-tags.ts';
import { textOf } from '../json-value.ts';
import { invalidSchema, RestError } from '../rest-error.ts';
import { parseExactJson } from './exact-json.ts';
import { avroNodes, jsonSchemaNodes, type TaggableNode } from './taggable-nodes.ts';
import type { SchemaEntity, TagChange } from './tag-change.ts';

/** The member of a record, field, object or property of Avro and JSON Schema that lists its tags. */
const TAGS = 'confluent:tags';
/** What the options of Protobuf that list tags are called. */
const META = '_meta';

/** A schema as a list of what can have tags. */
interface TaggableText {
  readonly entities: readonly TaggedEntity[];
  /** The text, with other tags at some of the entities. */
  withTags(changed: ReadonlyMap<TaggedEntity, readonly string[]>): string;
}

interface TaggedEntity extends SchemaEntity {
  readonly tags: readonly string[];
}

/** What in the schema has one of these tags; `*` stands for any tag. */
export function findTags(schemaType: SchemaType, schema: string, wanted: readonly string[]): TagChange[] {
  return inlineTags(schemaType, schema).filter(
    ({ tags }) => wanted.includes('*') || tags.some((tag) => wanted.includes(tag)),
  );
}

/** Everything in the schema that has tags. */
export function inlineTags(schemaType: SchemaType, schema: string): TagChange[] {
  if (!schema.includes(schemaType === 'PROTOBUF' ? META : TAGS)) return [];
  return taggableText(schemaType, schema)
    .entities.filter(({ tags }) => tags.length > 0)
    .map(({ entityPath, entityType, tags }) => ({ schemaEntity: { entityPath, entityType }, tags }));
}

/** The text with tags added, then removed. @throws RestError INVALID_SCHEMA for a path that leads nowhere */
export function changeTags(
  schemaType: SchemaType,
  schema: string,
  { add, remove }: { readonly add: readonly TagChange[]; readonly remove: readonly TagChange[] },
): string {
  if (add.length === 0 && remove.length === 0) return schema;
  const text = taggableText(schemaType, schema);
  const changed = new Map<TaggedEntity, readonly string[]>();
  const change = ({ schemaEntity }: TagChange, tagsAfter: (tags: readonly string[]) => readonly string[]) => {
    const entity = find(text.entities, schemaEntity);
    changed.set(entity, [...new Set(tagsAfter(changed.get(entity) ?? entity.tags))]);
  };
  for (const item of add) change(item, (tags) => [...tags, ...item.tags]);
  for (const item of remove) change(item, (tags) => tags.filter((tag) => !item.tags.includes(tag)));
  return text.withTags(changed);
}

function taggableText(schemaType: SchemaType, schema: string): TaggableText {
  try {
    if (schemaType === 'PROTOBUF') return taggableProto(schema);
    return taggableJson(schema, schemaType === 'AVRO' ? avroNodes : jsonSchemaNodes);
  } catch (error) {
    if (error instanceof RestError) throw error;
    throw invalidSchema(error instanceof Error ? error.message : String(error));
  }
}

function taggableProto(schema: string): TaggableText {
  const { file } = readProto(schema);
  const entities = protoEntities(file);
  return {
    entities,
    withTags: (changed) => {
      const byName = new Map([...changed].map(([entity, tags]) => [keyOf(entity), tags]));
      return printProto(withProtoTags(file, (entity) => byName.get(keyOf(entity))));
    },
  };
}

function keyOf({ entityType, entityPath }: SchemaEntity): string {
  return `${entityType} ${entityPath}`;
}

function taggableJson(schema: string, nodesOf: (tree: unknown) => Iterable<TaggableNode>): TaggableText {
  const tree = parseExactJson(schema);
  const nodes = new Map<TaggedEntity, Record<string, unknown>>();
  for (const { entityPath, entityType, node } of nodesOf(tree)) {
    nodes.set({ entityPath, entityType, tags: tagsOf(node) }, node);
  }
  return {
    entities: [...nodes.keys()],
    withTags: (changed) => {
      for (const [entity, tags] of changed) setTags(nodes.get(entity), tags);
      return JSON.stringify(tree);
    },
  };
}

function find(entities: readonly TaggedEntity[], { entityPath, entityType }: SchemaEntity): TaggedEntity {
  const path = entityPath.replace(/^\./, '');
  const found = entities.find(
    (entity) =>
      entity.entityType === entityType &&
      (entity.entityPath === path || entity.entityPath.endsWith(`.${path}`)),
  );
  if (found === undefined) throw invalidSchema(`No matching path '${path}' found in the schema`);
  return found;
}

function tagsOf(node: Record<string, unknown>): string[] {
  const tags = node[TAGS];
  return Array.isArray(tags) ? tags.map((tag) => textOf(tag) ?? '') : [];
}

function setTags(node: Record<string, unknown> | undefined, tags: readonly string[]): void {
  if (node === undefined) return;
  if (tags.length > 0) node[TAGS] = tags;
  else delete node[TAGS];
}
