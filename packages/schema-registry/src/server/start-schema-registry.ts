import { nodeHost, silentLogger, type Host, type Logger } from '@millrace/host';
import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import type { SchemaFormat } from '../format/schema-format.ts';
import { answerRequest } from './answer-request.ts';
import { authentication } from './authentication.ts';
import { endpointGroups } from './endpoints/all-endpoints.ts';
import { openApiEndpoints } from './endpoints/open-api-endpoints.ts';
import { createApp } from './http/create-app.ts';
import type { ListenerAddress } from './listener-address.ts';
import type { RegistryProperties } from './registry-properties.ts';
import { RegistryService } from './registry-service.ts';
import { registrySettings, type RegistrySettings } from './registry-settings.ts';
import { standardFormats } from './standard-formats.ts';
import type { Authenticate } from './user-file.ts';

/** What is not a property. */
export interface SchemaRegistryOptions {
  /** The formats that are offered. Default: Avro, Protobuf and JSON Schema. */
  readonly formats?: readonly SchemaFormat[];
  /** Clock, timers, random and the network towards Kafka. Default: this machine. */
  readonly host?: Host;
  /** Default: silent. */
  readonly logger?: Logger;
  /** Says whether a password is right, with `authentication.method=BASIC`; wins over `authentication.users.file`. */
  readonly authenticate?: Authenticate;
}

/** A schema registry that runs in this process. */
export interface SchemaRegistryServer extends AsyncDisposable {
  /** For `schema.registry.url`: the first listener, with the port it has. */
  readonly url: string;
  /** Whether this instance is the one that takes writes. */
  readonly isLeader: boolean;
  /** Answers what is under way, gives up leadership, and closes its connections. A second call joins the first. */
  close(): Promise<void>;
}

/** Requests are larger than this only by mistake, or to do harm. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

const endpoints = [...endpointGroups.flatMap((group) => group.endpoints), ...openApiEndpoints];

/**
 * Starts a schema registry on a Kafka cluster. Resolves when it has read all schemas and knows who leads.
 *
 * @throws InvalidPropertyError, RegistryPropertyError, SchemasTopicError, and what clients throw when there is no cluster
 */
export async function startSchemaRegistry(
  properties: RegistryProperties,
  options: SchemaRegistryOptions = {},
): Promise<SchemaRegistryServer> {
  const { host = nodeHost(), logger = silentLogger } = options;
  const settings = registrySettings(properties, logger);
  const authenticate = await authentication(settings, options.authenticate, { host, logger });
  const formats = options.formats ?? standardFormats;
  const service = await RegistryService.open({ settings, formats, host, logger });
  const apps: FastifyInstance[] = [];
  try {
    for (const listener of settings.listeners) {
      const app = makeApp(service, settings, listener, { host, logger, authenticate });
      apps.push(app);
      await app.listen({ host: listener.host, port: listener.port });
    }
    const [first] = settings.listeners as [ListenerAddress];
    const { port } = apps[0]!.server.address() as AddressInfo;
    const { scheme } = first;
    const advertised = settings.values['host.name'] || reachable(first.host);
    await service.joinElection({
      host: advertised,
      port,
      scheme,
      isEligible: settings.values['leader.eligibility'],
    });
    logger.info('schema registry is ready', { port, leadership: service.leadership.kind });
    return new RunningRegistry(service, apps, `${scheme}://${bracketed(reachable(first.host))}:${port}`);
  } catch (error) {
    await Promise.all(apps.map((app) => app.close()));
    await service.close();
    throw error;
  }
}

interface Surroundings {
  readonly host: Host;
  readonly logger: Logger;
  readonly authenticate: Authenticate | undefined;
}

function makeApp(
  service: RegistryService,
  { values }: RegistrySettings,
  listener: ListenerAddress,
  { host, logger, authenticate }: Surroundings,
): FastifyInstance {
  const isLimited = values['size.limit.filter.enabled'];
  return createApp({
    endpoints: values['associations.enable']
      ? endpoints
      : endpoints.filter(({ path }) => !path.startsWith('/associations')),
    maxBodyBytes: isLimited ? values['size.limit.filter.max.request.body.size'] : MAX_BODY_BYTES,
    logger,
    tls:
      listener.scheme === 'https'
        ? { cert: values['ssl.keystore.certificate.chain'], key: values['ssl.keystore.key'] }
        : undefined,
    aliasOf: (subject) => service.view.state.config(subject)?.alias,
    authenticate,
    realm: values['authentication.realm'],
    answer: (endpoint, request) => answerRequest({ service, values, host }, endpoint, request),
  });
}

/** An address that listens everywhere is not one to connect to. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

class RunningRegistry implements SchemaRegistryServer {
  readonly url: string;
  readonly #service: RegistryService;
  readonly #apps: readonly FastifyInstance[];
  #closed: Promise<void> | undefined;

  constructor(service: RegistryService, apps: readonly FastifyInstance[], url: string) {
    this.#service = service;
    this.#apps = apps;
    this.url = url;
  }

  get isLeader(): boolean {
    return this.#service.leadership.kind === 'self';
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    await Promise.all(this.#apps.map((app) => app.close()));
    await this.#service.close();
  }
}
