import { nodeHost, silentLogger, type Host, type Logger } from '@millrace/host';
import { RegistryConfigError } from '../errors.ts';
import { AssociationsApi } from './associations-api.ts';
import { registryClientProperties, type RegistryClientProperties } from './registry-client-properties.ts';
import { RegistryCredentials } from './registry-credentials.ts';
import {
  CompatibilityApi,
  ConfigApi,
  ContextsApi,
  ModeApi,
  RegistryServerApi,
} from './registry-settings-api.ts';
import { RegistryTransport } from './registry-transport.ts';
import { SchemasApi } from './schemas-api.ts';
import { SubjectsApi } from './subjects-api.ts';

/** What a registry client takes that is no property. */
export interface SchemaRegistryClientOptions {
  /** Clock, timers and random. Default: the machine's. */
  readonly host?: Host;
  /** Told of properties that nobody knows. Default: nobody. */
  readonly logger?: Logger;
  /** Sends requests, for example through a proxy or with certificates of one's own. Default: Node's `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** Gives a token for each request; it may keep its token. */
  readonly token?: () => string | Promise<string>;
  /** Headers of each request beside those of the client. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The REST API of a schema registry, Confluent's or Millrace's, with one member per part of it.
 *
 * Requests that fail in a way that may pass are sent again, to each of the addresses in turn. A refusal of the registry
 * is a {@link RegistryRefusedError} with its error code; no answer at all is a {@link RegistryUnavailableError}.
 */
export class SchemaRegistryClient {
  readonly subjects: SubjectsApi;
  readonly schemas: SchemasApi;
  readonly compatibility: CompatibilityApi;
  readonly config: ConfigApi;
  readonly mode: ModeApi;
  readonly contexts: ContextsApi;
  readonly associations: AssociationsApi;
  readonly server: RegistryServerApi;
  /** The clock that times caches of what this client gave. */
  readonly host: Host;

  /** @throws InvalidPropertyError for a value that is not legal, RegistryConfigError for properties that do not fit */
  constructor(properties: RegistryClientProperties, options: SchemaRegistryClientOptions = {}) {
    const { host = nodeHost(), logger = silentLogger, headers = {} } = options;
    const { values, explicit, unknown } = registryClientProperties.parse(properties);
    for (const { name, nearest } of unknown) {
      logger.warn('unknown property ignored', {
        property: name,
        ...(nearest === undefined ? {} : { nearest }),
      });
    }
    // Asked for each time, so that who replaces the global function later is heard.
    const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    const transport = new RegistryTransport({
      urls: checkUrls(values['schema.registry.url']),
      maxRetries: values['max.retries'],
      retryWaitMs: values['retries.wait.ms'],
      maxRetryWaitMs: values['retries.max.wait.ms'],
      timeoutMs: values['http.read.timeout.ms'],
      credentials: new RegistryCredentials(values, explicit, {
        ...(options.token === undefined ? {} : { token: options.token }),
        fetch,
        nowMs: () => host.clock.monotonicMs(),
      }),
      headers,
      fetch,
      host,
    });
    this.host = host;
    this.subjects = new SubjectsApi(transport);
    this.schemas = new SchemasApi(transport, values['max.schemas.per.subject']);
    this.compatibility = new CompatibilityApi(transport);
    this.config = new ConfigApi(transport);
    this.mode = new ModeApi(transport);
    this.contexts = new ContextsApi(transport);
    this.associations = new AssociationsApi(transport);
    this.server = new RegistryServerApi(transport);
  }
}

function checkUrls(urls: readonly string[]): readonly string[] {
  if (urls.length === 0) throw new RegistryConfigError('schema.registry.url names no address');
  for (const url of urls) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new RegistryConfigError(`schema.registry.url holds "${url}", which is no http or https address`);
    }
  }
  return urls;
}
