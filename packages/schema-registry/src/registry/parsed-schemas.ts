import type { ParsedSchema, ResolvedReference, SchemaFormat, SchemaType } from '../format/schema-format.ts';
import { InvalidSchemaError } from '../errors.ts';
import { qualifyWithParent } from '../subject/qualified-subject.ts';
import type { RegistryState } from './registry-state.ts';
import { invalidSchema } from './rest-error.ts';
import type { SchemaReference } from './schema-identity.ts';
import type { StoredSchema } from './stored-schema.ts';

export interface ParsedSchemasOptions {
  readonly formats: readonly SchemaFormat[];
  /** How many parsed schemas are kept, `schema.cache.size`. */
  readonly maxSchemas: number;
  /** Whether one reference name may stand for one version only, in everything that a schema refers to. */
  readonly strictReferences: boolean;
}

/** A schema of a request: whose text it is, and what it refers to. */
export interface SchemaText {
  readonly subject: string;
  readonly schemaType: SchemaType;
  readonly schema: string;
  readonly references: readonly SchemaReference[];
}

/** A schema that was understood, with the versions that its references stand for. */
export interface ParsedRequest {
  readonly parsed: ParsedSchema;
  readonly references: readonly SchemaReference[];
}

/** Referring deeper than this is taken for a mistake, before the stack of calls ends. */
const MAX_REFERENCE_DEPTH = 64;

/** Longer texts of requests are parsed each time, so that a cache of them stays small. */
const MAX_KEPT_CHARACTERS = 65_536;

/** Parses schemas with everything they refer to, and remembers those that were stored. */
export class ParsedSchemas {
  readonly #options: ParsedSchemasOptions;
  readonly #formats: ReadonlyMap<string, SchemaFormat>;
  /** The least recently used is first, in both. */
  readonly #stored = new Map<StoredSchema, ParsedSchema>();
  /** Schemas of requests that refer to nothing: producers that start send the same ones again and again. */
  readonly #requested = new Map<string, ParsedSchema>();

  constructor(options: ParsedSchemasOptions) {
    this.#options = options;
    this.#formats = new Map(options.formats.map((format) => [format.type, format]));
  }

  get types(): SchemaType[] {
    return this.#options.formats.map(({ type }) => type);
  }

  /** A stored schema, read as leniently as it once passed. @throws RestError INVALID_SCHEMA */
  stored(state: RegistryState, stored: StoredSchema): ParsedSchema {
    return this.#storedAt(state, stored, []);
  }

  /** A schema of a request. @throws RestError INVALID_SCHEMA with the place */
  request(state: RegistryState, text: SchemaText, options: { readonly strict: boolean }): ParsedRequest {
    const resolved = this.#resolve(state, text, { findsDeleted: !options.strict, path: [] });
    const references = text.references.map((reference, index) => ({
      ...reference,
      version: resolved[index]!.version,
    }));
    if (this.#options.strictReferences) checkVersions(resolved, new Map());
    const parsed =
      resolved.length === 0
        ? this.#requestedAlone(text, options)
        : this.#parse(text, resolved, options.strict);
    return { parsed, references };
  }

  /** A permanent delete makes room for another schema under the same subject and version. */
  clear(): void {
    this.#stored.clear();
  }

  #storedAt(state: RegistryState, stored: StoredSchema, path: readonly StoredSchema[]): ParsedSchema {
    const known = takeAgain(this.#stored, stored);
    if (known !== undefined) return known;
    if (path.includes(stored) || path.length >= MAX_REFERENCE_DEPTH) {
      const chain = [...path, stored].map(({ subject, version }) => `${subject} ${version}`);
      throw invalidSchema(`Schemas refer to each other in a circle: ${chain.slice(0, 8).join(' -> ')}`);
    }
    const references = this.#resolve(state, stored, { findsDeleted: true, path: [...path, stored] });
    const parsed = this.#parse(stored, references, false);
    this.#keep(this.#stored, stored, parsed);
    return parsed;
  }

  #requestedAlone(text: SchemaText, { strict }: { readonly strict: boolean }): ParsedSchema {
    const key = `${strict ? 'strict' : 'lenient'} ${text.schemaType} ${text.schema}`;
    const known = takeAgain(this.#requested, key);
    if (known !== undefined) return known;
    const parsed = this.#parse(text, [], strict);
    if (key.length <= MAX_KEPT_CHARACTERS) this.#keep(this.#requested, key, parsed);
    return parsed;
  }

  #keep<Key>(kept: Map<Key, ParsedSchema>, key: Key, parsed: ParsedSchema): void {
    kept.set(key, parsed);
    if (kept.size > this.#options.maxSchemas) kept.delete(kept.keys().next().value!);
  }

  #resolve(
    state: RegistryState,
    { subject, references }: Pick<SchemaText, 'subject' | 'references'>,
    { findsDeleted, path }: { readonly findsDeleted: boolean; readonly path: readonly StoredSchema[] },
  ): ResolvedReference[] {
    return references.map((reference) => {
      const target = qualifyWithParent(subject, reference.subject);
      const { name, version } = reference;
      const stored = version === -1 ? state.schemas.latest(target) : state.schemas.version(target, version);
      if (name === '' || stored === undefined || (stored.deleted && !findsDeleted)) {
        throw invalidSchema(
          `Invalid schema: No schema reference found for subject "${target}" and version ${version}` +
            ` (reference "${name}")`,
        );
      }
      const schema = this.#storedAt(state, stored, path);
      return { name, subject: target, version: stored.version, schema };
    });
  }

  #parse(text: SchemaText, references: readonly ResolvedReference[], strict: boolean): ParsedSchema {
    const format = this.#formats.get(text.schemaType);
    if (format === undefined) throw invalidSchema(`Invalid schema type ${text.schemaType}`);
    try {
      return format.parse(text.schema, references, { strict });
    } catch (error) {
      if (error instanceof RangeError && /call stack/i.test(error.message)) {
        throw invalidSchema(`Invalid schema of type ${text.schemaType}: it is nested too deeply`, {
          cause: error,
        });
      }
      if (!(error instanceof InvalidSchemaError)) throw error;
      throw invalidSchema(`Invalid schema of type ${text.schemaType}, details: ${error.message}`, {
        cause: error,
      });
    }
  }
}

/** What is kept under a key, as the most recently used from now on. */
function takeAgain<Key, Kept>(kept: Map<Key, Kept>, key: Key): Kept | undefined {
  const known = kept.get(key);
  if (known === undefined) return undefined;
  kept.delete(key);
  kept.set(key, known);
  return known;
}

function checkVersions(references: readonly ResolvedReference[], seen: Map<string, number>): void {
  for (const { name, version, schema } of references) {
    const other = seen.get(name);
    if (other !== undefined && other !== version) {
      throw invalidSchema(
        `Conflicting reference versions for "${name}": version ${other} and version ${version}`,
      );
    }
    seen.set(name, version);
    checkVersions(schema.references, seen);
  }
}
