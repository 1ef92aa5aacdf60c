import { InvalidSchemaError } from '../../errors.ts';
import { isSince } from '../draft/draft.ts';
import type { SchemaLocation } from '../draft/schema-document.ts';
import { isMembers, type JsonMembers, type JsonValue } from '../../json-text/json-node.ts';
import { pointerSegment } from '../../json-text/json-pointer.ts';
import { arrayKeywords, arrayNode } from './array-node.ts';
import { identityText, isSchema } from './keyword-values.ts';
import { refuseEndlessReferences, type PlacedNode } from './endless-references.ts';
import { objectKeywords, objectNode } from './object-node.ts';
import { referencedLocations } from './referenced-location.ts';
import { numberKeywords, numberNode, stringKeywords, stringNode } from './scalar-nodes.ts';
import type { Annotations, CombinedNode, Criterion, ReferenceNode, SchemaNode } from './schema-model.ts';

/** A node as its kind makes it, before what the schema says about itself is added. */
export type Unplaced<Node extends SchemaNode = SchemaNode> = Node extends SchemaNode
  ? Omit<Node, 'annotations'>
  : never;

const NO_ANNOTATIONS: Annotations = {};
const NOT_WIRED: SchemaNode = { kind: 'empty', annotations: NO_ANNOTATIONS };
const conditionKeywords = ['if', 'then', 'else'];
/** Built so that their references are checked; the rules compare neither. */
const uncomparedKeywords = ['contains', 'propertyNames'];
const criteria: readonly Criterion[] = ['allOf', 'anyOf', 'oneOf'];

/**
 * The model of a schema and of everything that it leads to.
 * @throws InvalidSchemaError for a reference that leads nowhere, or to itself without a step into the value
 */
export function buildModel(root: SchemaLocation): SchemaNode {
  const builder = new ModelBuilder(root);
  const node = builder.nodeAt(root);
  builder.wireReferences();
  refuseEndlessReferences(builder.places());
  return node;
}

/** Builds each part of each document once, so that recursive schemas become graphs. */
export class ModelBuilder {
  /** Where `$dynamicRef` and `$recursiveRef` begin to look. */
  readonly root: SchemaLocation;
  readonly #nodes = new Map<string, PlacedNode>();
  readonly #documentIds = new Map<object, number>();
  /** References whose target is still to be built: a queue, because a chain of references may be longer than the stack. */
  readonly #unwired: { readonly reference: Writable<ReferenceNode>; readonly target: SchemaLocation }[] = [];

  constructor(root: SchemaLocation) {
    this.root = root;
  }

  nodeAt(location: SchemaLocation): SchemaNode {
    const key = this.#keyOf(location);
    const known = this.#nodes.get(key);
    if (known !== undefined) return known.node;
    const node = this.#build(location);
    this.#nodes.set(key, { node, pointer: location.pointer });
    return node;
  }

  wireReferences(): void {
    for (let next = this.#unwired.pop(); next !== undefined; next = this.#unwired.pop()) {
      next.reference.target = this.nodeAt(next.target);
    }
  }

  places(): Iterable<PlacedNode> {
    return this.#nodes.values();
  }

  /** The node of what stands under a keyword; `at` is the pointer from `parent`. */
  child(parent: SchemaLocation, schema: JsonValue, at: string): SchemaNode {
    return this.nodeAt(parent.document.at(schema, parent.pointer + at, parent.base));
  }

  /** The nodes of schemas by name. */
  children(parent: SchemaLocation, keyword: string, schemas: JsonMembers): Map<string, SchemaNode> {
    return new Map(
      Object.entries(schemas)
        .filter(([, schema]) => isSchema(schema))
        .map(([name, schema]) => [name, this.child(parent, schema, `/${keyword}/${pointerSegment(name)}`)]),
    );
  }

  place<Node extends SchemaNode>(node: Unplaced<Node>, annotations: Annotations = NO_ANNOTATIONS): Node {
    return { ...node, annotations } as unknown as Node;
  }

  #keyOf({ document, pointer }: SchemaLocation): string {
    let id = this.#documentIds.get(document);
    if (id === undefined) this.#documentIds.set(document, (id = this.#documentIds.size));
    return `${id}#${pointer}`;
  }

  #build(location: SchemaLocation): SchemaNode {
    const { schema, document } = location;
    if (schema === false) return this.place({ kind: 'false' });
    if (!isMembers(schema)) return this.place({ kind: 'empty' });
    const references = this.#references(location, schema);
    const annotations = annotationsOf(schema);
    const [reference] = references;
    if (reference !== undefined && !isSince(document.draft, '2019-09')) {
      return this.#annotated(reference, annotations);
    }
    const parts = [...references, ...this.#parts(location, schema)];
    const [only] = parts;
    if (only === undefined) return this.place({ kind: 'empty' }, annotations);
    if (parts.length === 1) return this.#annotated(only, annotations);
    return this.place<CombinedNode>({ kind: 'combined', criterion: 'allOf', members: parts }, annotations);
  }

  /** Gives what the schema says about itself to the one node it became. */
  #annotated(node: SchemaNode, annotations: Annotations): SchemaNode {
    (node as Writable<SchemaNode>).annotations = annotations;
    return node;
  }

  #references(location: SchemaLocation, schema: JsonMembers): SchemaNode[] {
    return referencedLocations(location, schema, this.root).map((target) => {
      const reference = this.place<ReferenceNode>({ kind: 'reference', target: NOT_WIRED });
      this.#unwired.push({ reference, target });
      return reference;
    });
  }

  #parts(location: SchemaLocation, schema: JsonMembers): SchemaNode[] {
    const { draft } = location.document;
    const parts: SchemaNode[] = [];
    if (Array.isArray(schema['enum'])) {
      const values = new Set((schema['enum'] as readonly JsonValue[]).map(identityText));
      parts.push(this.place({ kind: 'enum', values }));
    }
    if ('const' in schema && isSince(draft, 'draft-06')) {
      parts.push(this.place({ kind: 'const', value: identityText(schema['const']) }));
    }
    for (const criterion of criteria) {
      const members = schema[criterion];
      if (Array.isArray(members)) parts.push(this.#combined(location, criterion, members as JsonValue[]));
    }
    if (isSchema(schema['not'])) {
      parts.push(this.place({ kind: 'not', schema: this.child(location, schema['not'], '/not') }));
    }
    if (isSchema(schema['if']) && isSince(draft, 'draft-07')) {
      parts.push(
        this.place({ kind: 'conditional', schemas: this.#present(location, schema, conditionKeywords) }),
      );
    }
    this.#present(location, schema, uncomparedKeywords);
    parts.push(...this.#typed(location, schema));
    return parts;
  }

  #present(location: SchemaLocation, schema: JsonMembers, keywords: readonly string[]): SchemaNode[] {
    return keywords
      .filter((keyword) => isSchema(schema[keyword]))
      .map((keyword) => this.child(location, schema[keyword] as JsonValue, `/${keyword}`));
  }

  #combined(location: SchemaLocation, criterion: Criterion, schemas: readonly JsonValue[]): SchemaNode {
    const members = new Map<string, SchemaNode>();
    for (const [index, schema] of schemas.entries()) {
      const node = this.child(location, schema, `/${criterion}/${index}`);
      const identity = identityText(schema);
      if (!members.has(identity)) members.set(identity, node);
    }
    return this.place<CombinedNode>({ kind: 'combined', criterion, members: [...members.values()] });
  }

  #typed(location: SchemaLocation, schema: JsonMembers): SchemaNode[] {
    const type = schema['type'];
    if (typeof type === 'string') return [this.#ofType(location, schema, type)];
    if (Array.isArray(type)) {
      const members = [...new Set(type as readonly string[])].map((one) =>
        this.#ofType(location, schema, one),
      );
      return [this.place<CombinedNode>({ kind: 'combined', criterion: 'anyOf', members })];
    }
    const keywords = Object.keys(schema);
    return kinds
      .filter(({ keywords: own }) => keywords.some((keyword) => own.has(keyword)))
      .map(({ type: kind }) => this.#ofType(location, schema, kind));
  }

  #ofType(location: SchemaLocation, schema: JsonMembers, type: string): SchemaNode {
    switch (type) {
      case 'string':
        return this.place(stringNode(location, schema));
      case 'number':
      case 'integer':
        return this.place(numberNode(schema, type === 'integer'));
      case 'object':
        return this.place(objectNode(this, location, schema));
      case 'array':
        return this.place(arrayNode(this, location, schema));
      case 'boolean':
      case 'null':
        return this.place({ kind: type });
      default:
        throw new InvalidSchemaError(`There is no type ${JSON.stringify(type)}`, { path: location.pointer });
    }
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Which type a schema without `type` speaks of, by its keywords. */
const kinds = [
  { type: 'string', keywords: stringKeywords },
  { type: 'number', keywords: numberKeywords },
  { type: 'object', keywords: objectKeywords },
  { type: 'array', keywords: arrayKeywords },
] as const;

function annotationsOf(schema: JsonMembers): Annotations {
  return {
    ...pick(schema, '$id', 'id'),
    ...pick(schema, 'title', 'title'),
    ...pick(schema, 'description', 'description'),
    ...pick(schema, 'default', 'default'),
    ...pick(schema, 'connect.type', 'connectType'),
  };
}

function pick(schema: JsonMembers, keyword: string, as: keyof Annotations): Annotations {
  const value = schema[keyword];
  return value === undefined ? {} : { [as]: value };
}
