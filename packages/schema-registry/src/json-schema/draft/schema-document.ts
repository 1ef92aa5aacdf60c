import { isMembers, type JsonMembers, type JsonValue } from '../../json-text/json-node.ts';
import { pointerSegments } from '../../json-text/json-pointer.ts';
import { DEFAULT_ADDRESS, resolveAddress, splitAddress } from './address.ts';
import { idKeyword, isSince, type Draft } from './draft.ts';
import { subschemas } from './subschemas.ts';

/** A schema at its place. */
export interface SchemaLocation {
  readonly document: SchemaDocument;
  readonly schema: JsonValue;
  /** JSON pointer from the root of the document. */
  readonly pointer: string;
  /** The address that references inside it are seen from. */
  readonly base: string;
}

/** A document to which references lead, by the name they have in `references` of a registered schema. */
export interface NamedDocument {
  readonly name: string;
  readonly document: SchemaDocument;
}

/** One schema text: its addresses and anchors, and the documents that its references may lead to. Immutable. */
export class SchemaDocument {
  readonly root: JsonValue;
  readonly draft: Draft;
  readonly references: readonly NamedDocument[];
  readonly rootLocation: SchemaLocation;
  /** By address without fragment. */
  readonly #resources = new Map<string, SchemaLocation>();
  /** By address with the anchor as fragment. */
  readonly #anchors = new Map<string, SchemaLocation>();
  /** The same for anchors that may be overridden from outside. */
  readonly #dynamicAnchors = new Map<string, SchemaLocation>();

  constructor(root: JsonValue, draft: Draft, references: readonly NamedDocument[]) {
    this.root = root;
    this.draft = draft;
    this.references = references;
    const base = this.#baseOf(root, DEFAULT_ADDRESS);
    this.rootLocation = { document: this, schema: root, pointer: '', base };
    this.#resources.set(DEFAULT_ADDRESS, this.rootLocation);
    this.#resources.set(base, this.rootLocation);
    this.#index(this.rootLocation);
  }

  /** What `reference`, found where addresses are seen from `base`, names; undefined when nothing registered has that name. */
  resolve(reference: string, base: string): SchemaLocation | undefined {
    const { document, fragment } = splitAddress(resolveAddress(reference, base));
    const resource = this.#resources.get(document) ?? this.#referenced(reference, document);
    if (resource === undefined) return undefined;
    return fragment === '' ? resource : resource.document.atFragment(resource, fragment);
  }

  /** The part of a resource that a pointer or an anchor names. */
  atFragment(resource: SchemaLocation, fragment: string): SchemaLocation | undefined {
    if (!fragment.startsWith('/')) return this.#anchors.get(`${resource.base}#${fragment}`);
    let location: SchemaLocation = resource;
    for (const segment of pointerSegments(fragment)) {
      const child = this.#child(location, segment);
      if (child === undefined) return undefined;
      location = child;
    }
    return typeof location.schema === 'boolean' || isMembers(location.schema) ? location : undefined;
  }

  /** What a resource offers under `$dynamicAnchor`. */
  dynamicAnchor(resource: SchemaLocation, name: string): SchemaLocation | undefined {
    return this.#dynamicAnchors.get(`${resource.base}#${name}`);
  }

  /** How many resources of the document offer a `$dynamicAnchor` of this name. */
  dynamicAnchorCount(name: string): number {
    return [...this.#dynamicAnchors.keys()].filter((address) => address.endsWith(`#${name}`)).length;
  }

  /** The same part with the base that its own `$id` gives it. */
  at(schema: JsonValue, pointer: string, outerBase: string): SchemaLocation {
    return { document: this, schema, pointer, base: this.#baseOf(schema, outerBase) };
  }

  #child(parent: SchemaLocation, segment: string): SchemaLocation | undefined {
    const { schema, pointer, base } = parent;
    const isContainer = typeof schema === 'object' && schema !== null;
    const child =
      isContainer && Object.hasOwn(schema, segment) ? (schema as JsonMembers)[segment] : undefined;
    if (child === undefined) return undefined;
    return this.at(child, `${pointer}/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`, base);
  }

  #referenced(reference: string, address: string): SchemaLocation | undefined {
    const raw = splitAddress(reference).document;
    for (const { name, document } of this.references) {
      const named = splitAddress(name).document;
      const hasName =
        named === raw || named === address || resolveAddress(named, this.rootLocation.base) === address;
      if (hasName) return document.rootLocation;
    }
    for (const { document } of this.references) {
      const embedded = document.#resources.get(address);
      if (embedded !== undefined && address !== DEFAULT_ADDRESS) return embedded;
    }
    return undefined;
  }

  #baseOf(schema: JsonValue, outerBase: string): string {
    const id = isMembers(schema) ? schema[idKeyword(this.draft)] : undefined;
    if (typeof id !== 'string' || id.startsWith('#')) return outerBase;
    const isIgnored =
      !isSince(this.draft, '2019-09') && isMembers(schema) && typeof schema['$ref'] === 'string';
    return isIgnored ? outerBase : splitAddress(resolveAddress(id, outerBase)).document;
  }

  #index(location: SchemaLocation): void {
    const { schema, pointer, base } = location;
    if (!isMembers(schema)) return;
    const id = schema[idKeyword(this.draft)];
    if (typeof id === 'string' && id.startsWith('#') && id.length > 1) this.#anchors.set(base + id, location);
    else if (typeof id === 'string' && !this.#resources.has(base)) this.#resources.set(base, location);
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const anchor = schema[keyword];
      if (typeof anchor === 'string') this.#anchors.set(`${base}#${anchor}`, location);
    }
    const dynamicAnchor = schema['$dynamicAnchor'];
    if (typeof dynamicAnchor === 'string') this.#dynamicAnchors.set(`${base}#${dynamicAnchor}`, location);
    if (schema['$recursiveAnchor'] === true) this.#dynamicAnchors.set(`${base}##`, location);
    for (const child of subschemas(schema)) {
      this.#index(this.at(child.schema, pointer + child.pointer, base));
    }
  }
}
