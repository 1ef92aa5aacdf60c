import type {
  CompatibilityAnswer,
  RegistryConfig,
  RegistryConfigChange,
  RegistryMode,
  SchemaEntity,
} from './registry-entities.ts';
import type { RegistryTransport } from './registry-transport.ts';
import type { PageOptions, RegistryCallOptions } from './subjects-api.ts';

/** Whose setting is meant. */
export interface SettingScope extends RegistryCallOptions {
  /** A subject, or a context such as `:.prod:`; the whole registry when left out. */
  readonly subject?: string;
}

/** `/config` of the REST API. */
export class ConfigApi {
  readonly #transport: RegistryTransport;

  constructor(transport: RegistryTransport) {
    this.#transport = transport;
  }

  /** Refused with 40408 when a subject has none of its own and `defaultToGlobal` is not set. */
  get({
    subject,
    signal,
    ...query
  }: SettingScope & { defaultToGlobal?: boolean } = {}): Promise<RegistryConfig> {
    return this.#transport.json({ method: 'GET', path: scopePath('config', subject), query, signal });
  }

  /** Changes what is given, takes away what is null, leaves the rest. Answers the new configuration. */
  async update(
    change: RegistryConfigChange,
    { subject, signal }: SettingScope = {},
  ): Promise<RegistryConfig> {
    // The same thing has one name in a change and another one everywhere else.
    const { compatibilityLevel, ...others } = change;
    const body = {
      ...others,
      ...(compatibilityLevel === undefined ? {} : { compatibility: compatibilityLevel }),
    };
    const path = scopePath('config', subject);
    const { compatibility, ...rest } = await this.#transport.json<
      RegistryConfig & { compatibility?: RegistryConfig['compatibilityLevel'] }
    >({ method: 'PUT', path, body, signal });
    return { ...rest, ...(compatibility === undefined ? {} : { compatibilityLevel: compatibility }) };
  }

  /** Answers what was set. */
  delete({ subject, signal }: SettingScope = {}): Promise<RegistryConfig> {
    return this.#transport.json({ method: 'DELETE', path: scopePath('config', subject), signal });
  }
}

/** `/mode` of the REST API. */
export class ModeApi {
  readonly #transport: RegistryTransport;

  constructor(transport: RegistryTransport) {
    this.#transport = transport;
  }

  /** Refused with 40409 when a subject has none of its own and `defaultToGlobal` is not set. */
  async get({
    subject,
    signal,
    ...query
  }: SettingScope & { defaultToGlobal?: boolean } = {}): Promise<RegistryMode> {
    return this.#mode({ method: 'GET', path: scopePath('mode', subject), query, signal });
  }

  /** `force` lets IMPORT begin where subjects exist. */
  async update(
    mode: RegistryMode,
    { subject, signal, ...query }: SettingScope & { force?: boolean } = {},
  ): Promise<RegistryMode> {
    return this.#mode({ method: 'PUT', path: scopePath('mode', subject), query, body: { mode }, signal });
  }

  /** Answers what was set. */
  async delete({
    subject,
    signal,
    ...query
  }: SettingScope & { recursive?: boolean } = {}): Promise<RegistryMode> {
    return this.#mode({ method: 'DELETE', path: scopePath('mode', subject), query, signal });
  }

  async #mode(request: Parameters<RegistryTransport['json']>[0]): Promise<RegistryMode> {
    const { mode } = await this.#transport.json<{ mode: RegistryMode }>(request);
    return mode;
  }
}

/** `/compatibility` of the REST API. */
export class CompatibilityApi {
  readonly #transport: RegistryTransport;

  constructor(transport: RegistryTransport) {
    this.#transport = transport;
  }

  /** Whether a schema may be registered: against one version, or as the level of the subject asks when left out. */
  async check(
    subject: string,
    schema: SchemaEntity,
    { version, signal, ...query }: RegistryCallOptions & CompatibilityCheckOptions = {},
  ): Promise<CompatibilityAnswer> {
    const path = [
      'compatibility',
      'subjects',
      subject,
      'versions',
      ...(version === undefined ? [] : [version]),
    ];
    const answer = await this.#transport.json<{ is_compatible: boolean; messages?: string[] }>({
      method: 'POST',
      path,
      query,
      body: schema,
      signal,
    });
    return { isCompatible: answer.is_compatible, messages: answer.messages ?? [] };
  }
}

/** What a check is against, and how much it tells. */
export interface CompatibilityCheckOptions {
  readonly version?: number | 'latest';
  readonly normalize?: boolean;
  /** With the reasons. */
  readonly verbose?: boolean;
}

/** `/contexts` of the REST API. */
export class ContextsApi {
  readonly #transport: RegistryTransport;

  constructor(transport: RegistryTransport) {
    this.#transport = transport;
  }

  list({ signal, ...query }: PageOptions & { contextPrefix?: string } = {}): Promise<string[]> {
    return this.#transport.json({ method: 'GET', path: ['contexts'], query, signal });
  }

  /** Refused with 42211 while subjects remain in it, soft-deleted ones included. */
  delete(context: string, { signal }: RegistryCallOptions = {}): Promise<void> {
    return this.#transport.json({ method: 'DELETE', path: ['contexts', context], signal });
  }
}

/** `/v1/metadata` of the REST API. */
export class RegistryServerApi {
  readonly #transport: RegistryTransport;

  constructor(transport: RegistryTransport) {
    this.#transport = transport;
  }

  /** The ids of the Kafka cluster and of the registries around it. */
  async clusters({ signal }: RegistryCallOptions = {}): Promise<Readonly<Record<string, string>>> {
    const path = ['v1', 'metadata', 'id'];
    const answer = await this.#transport.json<{ scope?: { clusters?: Record<string, string> } }>({
      method: 'GET',
      path,
      signal,
    });
    return answer.scope?.clusters ?? {};
  }

  version({ signal }: RegistryCallOptions = {}): Promise<{ version: string; commitId: string }> {
    return this.#transport.json({ method: 'GET', path: ['v1', 'metadata', 'version'], signal });
  }

  /** What kind of deployment it is, in words of its own. */
  async deployment({ signal }: RegistryCallOptions = {}): Promise<readonly string[]> {
    const path = ['v1', 'metadata', 'deployment'];
    const { attributes } = await this.#transport.json<{ attributes?: string[] }>({
      method: 'GET',
      path,
      signal,
    });
    return attributes ?? [];
  }
}

function scopePath(setting: string, subject: string | undefined): string[] {
  return subject === undefined ? [setting] : [setting, subject];
}
