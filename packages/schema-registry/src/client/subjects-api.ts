import type {
  RegisteredSchema,
  RegistrationResult,
  SchemaEntity,
  SchemaMetadata,
  SchemaRuleSet,
  SchemaTags,
} from './registry-entities.ts';
import { registeredSchema } from './registered-schema.ts';
import type { RegistryTransport } from './registry-transport.ts';

/** What every call of the registry client takes. */
export interface RegistryCallOptions {
  /** Ends the wait; the call rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
}

/** A part of a long list. */
export interface PageOptions extends RegistryCallOptions {
  readonly offset?: number;
  /** Most items; what the registry allows when left out. */
  readonly limit?: number;
}

/** Which subjects or versions a list holds. */
export interface ListOptions extends PageOptions {
  /** With those that were soft-deleted. */
  readonly deleted?: boolean;
  /** Only those that were soft-deleted. */
  readonly deletedOnly?: boolean;
}

/** Which form a schema is wanted in. */
export interface SchemaFormatOptions extends RegistryCallOptions {
  /** `resolved` (Avro), `serialized` or `ignore_extensions` (Protobuf). */
  readonly format?: string;
  /** Soft-deleted versions too. */
  readonly deleted?: boolean;
}

/** How a schema is registered or looked up. */
export interface RegisterOptions extends RegistryCallOptions {
  /** Compare and store the normalised form. */
  readonly normalize?: boolean;
  readonly format?: string;
}

/** A change of the tags, metadata and rules of a version, which makes a new version. */
export interface TagChange {
  readonly newVersion?: number;
  readonly tagsToAdd?: readonly SchemaTags[];
  readonly tagsToRemove?: readonly SchemaTags[];
  readonly metadata?: SchemaMetadata;
  readonly ruleSet?: SchemaRuleSet;
  readonly rulesToMerge?: SchemaRuleSet;
  readonly rulesToRemove?: readonly string[];
}

/** `/subjects` of the REST API. */
export class SubjectsApi {
  readonly #transport: RegistryTransport;

  constructor(transport: RegistryTransport) {
    this.#transport = transport;
  }

  /** Names of subjects, sorted; `:*:` as the prefix means all contexts, which is the default. */
  list({ signal, ...query }: ListOptions & { subjectPrefix?: string } = {}): Promise<string[]> {
    return this.#transport.json({ method: 'GET', path: ['subjects'], query, signal });
  }

  /** Soft-deletes all versions of a subject, or takes the soft-deleted ones away for good. Answers their numbers. */
  delete(
    subject: string,
    { signal, ...query }: RegistryCallOptions & { permanent?: boolean } = {},
  ): Promise<number[]> {
    return this.#transport.json({ method: 'DELETE', path: ['subjects', subject], query, signal });
  }

  /** Version numbers of a subject, ascending. */
  versions(
    subject: string,
    { signal, ...query }: ListOptions & { deletedAsNegative?: boolean } = {},
  ): Promise<number[]> {
    return this.#transport.json({ method: 'GET', path: ['subjects', subject, 'versions'], query, signal });
  }

  /** Registers a schema, or finds it when it is registered already. */
  register(
    subject: string,
    schema: SchemaEntity,
    { signal, ...query }: RegisterOptions & { force?: boolean } = {},
  ): Promise<RegistrationResult> {
    const path = ['subjects', subject, 'versions'];
    return this.#transport.json({ method: 'POST', path, query, body: schema, signal });
  }

  /** The version of a subject that holds exactly this schema. Refused with 40403 when there is none. */
  async lookUp(
    subject: string,
    schema: SchemaEntity,
    { signal, ...query }: RegisterOptions & { deleted?: boolean } = {},
  ): Promise<RegisteredSchema> {
    const path = ['subjects', subject];
    return registeredSchema(
      await this.#transport.json({ method: 'POST', path, query, body: schema, signal }),
    );
  }

  /** A version, or the latest one. */
  async version(
    subject: string,
    version: number | 'latest',
    {
      signal,
      ...query
    }: SchemaFormatOptions & { referenceFormat?: 'qualified'; findTags?: readonly string[] } = {},
  ): Promise<RegisteredSchema> {
    const path = ['subjects', subject, 'versions', version];
    return registeredSchema(await this.#transport.json({ method: 'GET', path, query, signal }));
  }

  /** The text of a version alone. */
  versionText(
    subject: string,
    version: number | 'latest',
    { signal, ...query }: SchemaFormatOptions = {},
  ): Promise<string> {
    const path = ['subjects', subject, 'versions', version, 'schema'];
    return this.#transport.text({ method: 'GET', path, query, signal });
  }

  /** Ids of schemas that refer to a version. */
  referencedBy(
    subject: string,
    version: number | 'latest',
    { signal, ...query }: PageOptions & { deleted?: boolean } = {},
  ): Promise<number[]> {
    const path = ['subjects', subject, 'versions', version, 'referencedby'];
    return this.#transport.json({ method: 'GET', path, query, signal });
  }

  /** Soft-deletes a version, or takes a soft-deleted one away for good. Answers its number. */
  deleteVersion(
    subject: string,
    version: number | 'latest',
    { signal, ...query }: RegistryCallOptions & { permanent?: boolean } = {},
  ): Promise<number> {
    const path = ['subjects', subject, 'versions', version];
    return this.#transport.json({ method: 'DELETE', path, query, signal });
  }

  /** The latest version whose metadata has all these properties. */
  async latestWithMetadata(
    subject: string,
    properties: Readonly<Record<string, string>>,
    { signal, ...query }: SchemaFormatOptions = {},
  ): Promise<RegisteredSchema> {
    const pairs = { key: Object.keys(properties), value: Object.values(properties) };
    const path = ['subjects', subject, 'metadata'];
    return registeredSchema(
      await this.#transport.json({ method: 'GET', path, query: { ...query, ...pairs }, signal }),
    );
  }

  /** Makes a new version with other tags, metadata or rules. */
  changeTags(
    subject: string,
    version: number | 'latest',
    change: TagChange,
    { signal }: RegistryCallOptions = {},
  ): Promise<RegistrationResult> {
    const path = ['subjects', subject, 'versions', version, 'tags'];
    return this.#transport.json({ method: 'POST', path, body: change, signal });
  }
}
