import { isSince, type Draft } from '../draft/draft.ts';
import type { SchemaDocument, SchemaLocation } from '../draft/schema-document.ts';
import { subschemas } from '../draft/subschemas.ts';
import { referencesOf, type SchemaReference } from '../model/referenced-location.ts';
import { pointerSegments } from '../text/json-pointer.ts';
import { isMembers, type JsonMembers, type JsonValue } from '../text/json-node.ts';

/** A schema and everything that it refers to, as documents with addresses that only they use. */
export interface SealedSchema {
  /** The first one is the schema itself. */
  readonly documents: readonly { readonly address: string; readonly schema: JsonValue }[];
}

/**
 * Copies of a schema and of all documents that it refers to, in which each `$ref` was resolved by the same code that the
 * compatibility rules use, and nothing is left by which a validator could resolve one otherwise: no `$id`, no anchors, no
 * `$schema`. Keywords that only some validator knows (`nullable`, `$async`) go too.
 *
 * A dynamic reference whose target depends on the way that led to it cannot be resolved before: the answer is undefined then.
 */
export function sealSchema(root: SchemaLocation): SealedSchema | undefined {
  return new Sealer(root).seal();
}

/** Keywords that have a meaning for some validator, but not in JSON Schema, or not any more once references are resolved. */
const REMOVED_KEYWORDS = new Set([
  '$anchor',
  '$async',
  '$dynamicAnchor',
  '$dynamicRef',
  '$recursiveAnchor',
  '$recursiveRef',
  '$comment',
  '$id',
  '$schema',
  '$vocabulary',
  'discriminator',
  'id',
  'nullable',
]);
/** Keywords by the first draft that has them: before, they are remarks. */
const FIRST_DRAFTS: ReadonlyMap<string, Draft> = new Map([
  ['const', 'draft-06'],
  ['contains', 'draft-06'],
  ['propertyNames', 'draft-06'],
  ['if', 'draft-07'],
  ['then', 'draft-07'],
  ['else', 'draft-07'],
]);
/** What stays beside `$ref` where the draft lets it hide its neighbours. */
const KEPT_BESIDE_REFERENCE = new Set(['$ref', '$defs', 'definitions']);

class Sealer {
  readonly #root: SchemaLocation;
  readonly #addresses = new Map<SchemaDocument, string>();
  /** What is left to be sealed: documents from their root, and parts that only a reference leads to. */
  readonly #queue: SchemaLocation[] = [];
  readonly #done = new Set<JsonValue>();
  readonly #copies = new Map<SchemaDocument, { root: JsonValue }>();
  /** Anchors of references that are resolved if no other document has one of that name. */
  readonly #dynamicAnchors = new Set<string>();

  constructor(root: SchemaLocation) {
    this.#root = root;
  }

  seal(): SealedSchema | undefined {
    this.#reach(this.#root.document.rootLocation);
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) this.#sealTree(next);
    if ([...this.#dynamicAnchors].some((anchor) => this.#isAmbiguous(anchor))) return undefined;
    const documents = [...this.#addresses].map(([document, address]) => ({
      address,
      schema: this.#copies.get(document)?.root ?? true,
    }));
    return { documents };
  }

  #isAmbiguous(anchor: string): boolean {
    const counts = [...this.#addresses.keys()].map((document) => document.dynamicAnchorCount(anchor));
    return counts.reduce((sum, count) => sum + count, 0) > 1;
  }

  #reach(location: SchemaLocation): string {
    const { document } = location;
    let address = this.#addresses.get(document);
    if (address === undefined) {
      address = `mem://millrace/${this.#addresses.size}.json`;
      this.#addresses.set(document, address);
      this.#copies.set(document, { root: structuredClone(document.root) });
      this.#queue.push(document.rootLocation);
    }
    if (!this.#done.has(location.schema)) this.#queue.push(location);
    return address;
  }

  #sealTree(location: SchemaLocation): void {
    const { schema, document, pointer, base } = location;
    if (!isMembers(schema) || this.#done.has(schema)) return;
    this.#done.add(schema);
    for (const child of subschemas(schema)) {
      this.#sealTree(document.at(child.schema, pointer + child.pointer, base));
    }
    this.#sealOne(location, schema);
  }

  #sealOne(location: SchemaLocation, schema: JsonMembers): void {
    const { document, pointer } = location;
    const copy = partAt(this.#copies.get(document)?.root, pointer);
    if (copy === undefined) return;
    const references = referencesOf(location, schema, this.#root);
    const hidesNeighbours = references.length > 0 && !isSince(document.draft, '2019-09');
    for (const keyword of Object.keys(copy)) {
      const isRemoved = hidesNeighbours
        ? !KEPT_BESIDE_REFERENCE.has(keyword)
        : REMOVED_KEYWORDS.has(keyword) || !isSince(document.draft, FIRST_DRAFTS.get(keyword) ?? 'draft-04');
      if (isRemoved) delete copy[keyword];
    }
    this.#sealReferences(copy, references);
  }

  #sealReferences(copy: Record<string, JsonValue>, references: readonly SchemaReference[]): void {
    delete copy['$ref'];
    const addresses: string[] = [];
    for (const { target, dynamicAnchor } of references) {
      // Only in a definition that nothing refers to: the model of the schema has no such reference.
      if (target === undefined) continue;
      if (dynamicAnchor !== undefined) this.#dynamicAnchors.add(dynamicAnchor);
      addresses.push(`${this.#reach(target)}#${encodeURI(target.pointer).replaceAll('#', '%23')}`);
    }
    const [first, ...others] = addresses;
    if (first !== undefined) copy['$ref'] = first;
    if (others.length === 0) return;
    const own = Array.isArray(copy['allOf']) ? (copy['allOf'] as readonly JsonValue[]) : [];
    copy['allOf'] = [...own, ...others.map(($ref) => ({ $ref }))];
  }
}

function partAt(root: JsonValue | undefined, pointer: string): Record<string, JsonValue> | undefined {
  let part: JsonValue | undefined = root;
  for (const segment of pointerSegments(pointer)) {
    part = (part as JsonMembers | undefined)?.[segment];
  }
  return isMembers(part) ? part : undefined;
}
