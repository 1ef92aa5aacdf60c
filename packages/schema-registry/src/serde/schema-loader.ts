import { LookupCache } from '../client/lookup-cache.ts';
import type { RegisteredSchema, SchemaReferenceEntity } from '../client/registry-entities.ts';
import type { SchemaRegistryClient } from '../client/schema-registry-client.ts';
import { InvalidSchemaError } from '../errors.ts';
import type { ParsedSchema, ResolvedReference, SchemaFormat } from '../format/schema-format.ts';

/** References that nest deeper than this are a mistake, or an attack. */
const MAX_REFERENCE_DEPTH = 100;

/** A schema with what it refers to still to be fetched. */
export type UnresolvedSchema = Pick<RegisteredSchema, 'schema' | 'references'>;

/** Parses schemas of one format, with what they refer to from the registry. */
export class SchemaLoader {
  readonly #registry: SchemaRegistryClient;
  readonly #format: SchemaFormat;
  /** Texts, not parsed schemas: waiting for nothing but the registry, two graphs cannot wait for each other. */
  readonly #versions: LookupCache<string, RegisteredSchema>;

  constructor(registry: SchemaRegistryClient, format: SchemaFormat, maxVersions: number) {
    this.#registry = registry;
    this.#format = format;
    this.#versions = new LookupCache({ maxEntries: maxVersions, nowMs: () => 0 });
  }

  /** @throws InvalidSchemaError for a text that does not parse, and for references that form a circle */
  async load({ schema, references }: UnresolvedSchema, strict = false): Promise<ParsedSchema> {
    const resolved = await this.#resolveAll(references, [], new Map());
    return this.#format.parse(schema, resolved, { strict });
  }

  #resolveAll(
    references: readonly SchemaReferenceEntity[],
    path: readonly string[],
    known: Map<string, Promise<ParsedSchema>>,
  ): Promise<ResolvedReference[]> {
    return Promise.all(
      references.map(async (reference) => {
        const key = `${reference.subject} ${reference.version}`;
        if (path.includes(key)) {
          throw new InvalidSchemaError(`References form a circle: ${[...path, key].join(' -> ')}`);
        }
        if (path.length >= MAX_REFERENCE_DEPTH) {
          throw new InvalidSchemaError(`References nest deeper than ${MAX_REFERENCE_DEPTH}, at ${key}`);
        }
        return { ...reference, schema: await this.#resolve(reference, [...path, key], known) };
      }),
    );
  }

  async #resolve(
    reference: SchemaReferenceEntity,
    path: readonly string[],
    known: Map<string, Promise<ParsedSchema>>,
  ): Promise<ParsedSchema> {
    const { schema, references } = await this.#version(reference);
    const resolved = await this.#resolveAll(references, path, known);
    const key = path.at(-1) as string;
    // What two schemas of the graph refer to is parsed once.
    const parsed = known.get(key) ?? Promise.resolve(this.#format.parse(schema, resolved, { strict: false }));
    known.set(key, parsed);
    return parsed;
  }

  #version({ subject, version }: SchemaReferenceEntity): RegisteredSchema | Promise<RegisteredSchema> {
    const fetch = () =>
      this.#registry.subjects.version(subject, version === -1 ? 'latest' : version, { deleted: true });
    // The latest one is another one tomorrow.
    return version === -1 ? fetch() : this.#versions.getOrLookUp(`${subject} ${version}`, fetch);
  }
}
