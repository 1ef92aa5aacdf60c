import type { SchemaType } from '../format/schema-format.ts';
import { abortable } from './abortable.ts';
import { LookupCache } from './lookup-cache.ts';
import { registeredSchema } from './registered-schema.ts';
import type { AssociationLifecycle, RegisteredSchema, SubjectVersion } from './registry-entities.ts';
import type { RegistryTransport } from './registry-transport.ts';
import type { PageOptions, RegistryCallOptions } from './subjects-api.ts';

/** How a schema is asked for by its id. */
export interface SchemaByIdOptions extends RegistryCallOptions {
  /** `resolved` (Avro), `serialized` or `ignore_extensions` (Protobuf). */
  readonly format?: string;
  /** Where the id is looked for: the context of this subject. */
  readonly subject?: string;
}

/** Which schemas a list holds. */
export interface SchemaListOptions extends PageOptions {
  readonly subjectPrefix?: string;
  readonly aliases?: boolean;
  readonly deleted?: boolean;
  readonly latestOnly?: boolean;
  readonly ruleType?: string;
  readonly resourceType?: string;
  readonly associationType?: readonly string[];
  readonly lifecycle?: readonly (AssociationLifecycle | 'NONE')[];
}

/** `/schemas` of the REST API. Schemas by id and by GUID never change, so they are remembered. */
export class SchemasApi {
  readonly #transport: RegistryTransport;
  readonly #remembered: LookupCache<string, RegisteredSchema>;

  constructor(transport: RegistryTransport, maxRemembered: number) {
    this.#transport = transport;
    this.#remembered = new LookupCache({ maxEntries: maxRemembered, nowMs: () => 0 });
  }

  list({ signal, ...query }: SchemaListOptions = {}): Promise<RegisteredSchema[]> {
    return this.#transport
      .json<Partial<RegisteredSchema>[]>({ method: 'GET', path: ['schemas'], query, signal })
      .then((answers) => answers.map(registeredSchema));
  }

  /** The schema with this id. Remembered; many who ask at once share one request. Refused with 40403 when there is none. */
  async byId(id: number, { signal, ...query }: SchemaByIdOptions = {}): Promise<RegisteredSchema> {
    const path = ['schemas', 'ids', id];
    return this.#remember(`${id} ${query.format ?? ''} ${query.subject ?? ''}`, { path, query }, signal);
  }

  /** The schema with this GUID, which is the same in every registry. Remembered as {@link byId} does. */
  async byGuid(
    guid: string,
    { signal, ...query }: Omit<SchemaByIdOptions, 'subject'> = {},
  ): Promise<RegisteredSchema> {
    return this.#remember(
      `${guid} ${query.format ?? ''}`,
      { path: ['schemas', 'guids', guid], query },
      signal,
    );
  }

  /** The text alone. */
  textById(id: number, { signal, ...query }: SchemaByIdOptions = {}): Promise<string> {
    return this.#transport.text({ method: 'GET', path: ['schemas', 'ids', id, 'schema'], query, signal });
  }

  /** Subjects that hold the schema with this id. */
  subjectsOfId(
    id: number,
    { signal, ...query }: PageOptions & { subject?: string; deleted?: boolean } = {},
  ): Promise<string[]> {
    return this.#transport.json({ method: 'GET', path: ['schemas', 'ids', id, 'subjects'], query, signal });
  }

  /** Subjects and versions that hold the schema with this id. */
  versionsOfId(
    id: number,
    { signal, ...query }: PageOptions & { subject?: string; deleted?: boolean } = {},
  ): Promise<SubjectVersion[]> {
    return this.#transport.json({ method: 'GET', path: ['schemas', 'ids', id, 'versions'], query, signal });
  }

  /** The ids of a GUID, one per context. */
  idsOfGuid(guid: string, { signal }: RegistryCallOptions = {}): Promise<{ context: string; id: number }[]> {
    return this.#transport.json({ method: 'GET', path: ['schemas', 'guids', guid, 'ids'], signal });
  }

  /** Formats that the registry knows. */
  types({ signal }: RegistryCallOptions = {}): Promise<SchemaType[]> {
    return this.#transport.json({ method: 'GET', path: ['schemas', 'types'], signal });
  }

  /** No signal goes with the request itself: it belongs to everybody who waits for it. */
  async #remember(
    key: string,
    request: { path: (string | number)[]; query: Record<string, string | undefined> },
    signal: AbortSignal | undefined,
  ): Promise<RegisteredSchema> {
    const found = this.#remembered.getOrLookUp(key, async () =>
      registeredSchema(await this.#transport.json({ method: 'GET', ...request })),
    );
    return found instanceof Promise ? abortable(found, signal) : found;
  }
}
