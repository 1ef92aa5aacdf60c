import { isSince } from '../draft/draft.ts';
import type { SchemaDocument, SchemaLocation } from '../draft/schema-document.ts';
import { subschemas } from '../draft/subschemas.ts';
import { referencesOf, type SchemaReference } from '../model/referenced-location.ts';
import { isMembers, type JsonMembers, type JsonValue } from '../../json-text/json-node.ts';
import { pointerSegment, pointerSegments } from '../../json-text/json-pointer.ts';
import { isKnownIn, renamedKeyword, toVocabulary, type Vocabulary } from './one-vocabulary.ts';

/** A schema and everything that it refers to, as documents with addresses that only they use. */
export interface SealedSchema {
  /** What all of them are written in. */
  readonly vocabulary: Vocabulary;
  /** The first one is the schema itself. */
  readonly documents: readonly { readonly address: string; readonly schema: JsonValue }[];
}

/**
 * Copies of a schema and of all documents that it refers to, in one vocabulary, in which each `$ref` was resolved by the same
 * code that the compatibility rules use. Nothing is left by which a validator could resolve one otherwise: no `$id`, no anchors,
 * no `$schema`. Keywords that only some validator knows (`nullable`, `$async`) go too.
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
  '$comment',
  '$dynamicAnchor',
  '$dynamicRef',
  '$id',
  '$recursiveAnchor',
  '$recursiveRef',
  '$schema',
  '$vocabulary',
  'discriminator',
  'id',
  'nullable',
]);
/** What stays beside `$ref` where the draft lets it hide its neighbours. */
const KEPT_BESIDE_REFERENCE = new Set(['$ref', '$defs', 'definitions']);

/** One schema of a copy, before it is changed. */
interface Part {
  readonly location: SchemaLocation;
  readonly copy: Record<string, JsonValue>;
  readonly references: readonly SchemaReference[];
}

class Sealer {
  readonly #root: SchemaLocation;
  readonly #addresses = new Map<SchemaDocument, string>();
  readonly #copies = new Map<SchemaDocument, JsonValue>();
  /** What is left to be looked at: documents from their root, and parts that only a reference leads to. */
  readonly #queue: SchemaLocation[] = [];
  readonly #seen = new Set<JsonValue>();
  readonly #parts: Part[] = [];

  constructor(root: SchemaLocation) {
    this.#root = root;
  }

  seal(): SealedSchema | undefined {
    this.#reach(this.#root.document.rootLocation);
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) this.#collect(next);
    if (this.#hasAmbiguousReference()) return undefined;
    const isLater = [...this.#addresses.keys()].some(({ draft }) => isSince(draft, '2019-09'));
    const vocabulary = isLater ? '2020-12' : 'draft-07';
    for (const part of this.#parts) this.#sealPart(part, vocabulary);
    const documents = [...this.#addresses].map(([document, address]) => ({
      address,
      schema: this.#copies.get(document) ?? true,
    }));
    return { vocabulary, documents };
  }

  #reach(location: SchemaLocation): void {
    const { document } = location;
    if (!this.#addresses.has(document)) {
      this.#addresses.set(document, `mem://millrace/${this.#addresses.size}.json`);
      this.#copies.set(document, structuredClone(document.root));
      this.#queue.push(document.rootLocation);
    }
    if (!this.#seen.has(location.schema)) this.#queue.push(location);
  }

  #collect(location: SchemaLocation): void {
    const { schema, document, pointer, base } = location;
    if (!isMembers(schema) || this.#seen.has(schema)) return;
    this.#seen.add(schema);
    const copy = partAt(this.#copies.get(document), pointer);
    if (copy === undefined) return;
    const references = referencesOf(location, schema, this.#root);
    this.#parts.push({ location, copy, references });
    for (const { target } of references) if (target !== undefined) this.#reach(target);
    for (const child of subschemas(schema)) {
      this.#collect(document.at(child.schema, pointer + child.pointer, base));
    }
  }

  #hasAmbiguousReference(): boolean {
    const anchors = new Set(
      this.#parts.flatMap(({ references }) => references.flatMap(({ dynamicAnchor }) => dynamicAnchor ?? [])),
    );
    const documents = [...this.#addresses.keys()];
    return [...anchors].some(
      (anchor) => documents.reduce((sum, document) => sum + document.dynamicAnchorCount(anchor), 0) > 1,
    );
  }

  #sealPart({ location, copy, references }: Part, vocabulary: Vocabulary): void {
    const { draft } = location.document;
    const hidesNeighbours = references.length > 0 && !isSince(draft, '2019-09');
    for (const keyword of Object.keys(copy)) {
      const isKept = hidesNeighbours
        ? KEPT_BESIDE_REFERENCE.has(keyword)
        : !REMOVED_KEYWORDS.has(keyword) && isKnownIn(draft, keyword);
      if (!isKept) delete copy[keyword];
    }
    toVocabulary(copy, draft, vocabulary);
    this.#sealReferences(copy, references, vocabulary);
  }

  #sealReferences(
    copy: Record<string, JsonValue>,
    references: readonly SchemaReference[],
    vocabulary: Vocabulary,
  ): void {
    delete copy['$ref'];
    // One without a target is in a definition that nothing refers to: the model of the schema has no such reference.
    const [first, ...others] = references.flatMap(({ target }) =>
      target === undefined ? [] : [this.#addressOf(target, vocabulary)],
    );
    if (first !== undefined) copy['$ref'] = first;
    if (others.length === 0) return;
    const own = Array.isArray(copy['allOf']) ? (copy['allOf'] as readonly JsonValue[]) : [];
    copy['allOf'] = [...own, ...others.map(($ref) => ({ $ref }))];
  }

  #addressOf({ document, pointer }: SchemaLocation, vocabulary: Vocabulary): string {
    let parent: JsonValue | undefined = document.root;
    let renamed = '';
    for (const segment of pointerSegments(pointer)) {
      renamed += `/${pointerSegment(renamedKeyword(segment, parent, document.draft, vocabulary))}`;
      parent = (parent as JsonMembers | undefined)?.[segment];
    }
    return `${this.#addresses.get(document)}#${encodeURI(renamed).replaceAll('#', '%23')}`;
  }
}

function partAt(root: JsonValue | undefined, pointer: string): Record<string, JsonValue> | undefined {
  let part: JsonValue | undefined = root;
  for (const segment of pointerSegments(pointer)) {
    part = (part as JsonMembers | undefined)?.[segment];
  }
  return isMembers(part) ? part : undefined;
}
