import { Broker } from '@millrace/broker';
import { memoryHost, type Host } from '@millrace/host';
import type { RegistryProperties } from '../registry-properties.ts';
import {
  startSchemaRegistry,
  type SchemaRegistryOptions,
  type SchemaRegistryServer,
} from '../start-schema-registry.ts';

export interface RestAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
  /** The text as JSON, undefined without a text. */
  readonly body: unknown;
}

/** Values of this type may stand in for request bodies. */
export type RestBody = Readonly<Record<string, unknown>> | string;

/** What registries of tests stand on: elections that do not wait for members that do not exist. */
export async function startTestBroker(
  properties: Readonly<Record<string, string>> = {},
): Promise<
  AsyncDisposable & { readonly bootstrapServers: string; readonly host: Host; readonly broker: Broker }
> {
  const host = memoryHost();
  const defaults = {
    listeners: 'PLAINTEXT://127.0.0.1:0',
    'log.dirs': '/data',
    'offsets.topic.num.partitions': '1',
    'group.initial.rebalance.delay.ms': '0',
  };
  const broker = await Broker.start({ ...defaults, ...properties }, { host });
  return {
    bootstrapServers: `127.0.0.1:${broker.address.port}`,
    host,
    broker,
    [Symbol.asyncDispose]: () => broker.close(),
  };
}

/** A registry on a port of its own, and requests to it. */
export class TestRegistry implements AsyncDisposable {
  readonly server: SchemaRegistryServer;
  readonly #broker: AsyncDisposable | undefined;

  private constructor(server: SchemaRegistryServer, broker: AsyncDisposable | undefined) {
    this.server = server;
    this.#broker = broker;
  }

  /** On a cluster that exists, or on a broker of its own. */
  static async start(
    properties: Partial<RegistryProperties> = {},
    options: SchemaRegistryOptions = {},
  ): Promise<TestRegistry> {
    const given = properties['kafkastore.bootstrap.servers'];
    const broker = given === undefined ? await startTestBroker() : undefined;
    const all = {
      listeners: 'http://127.0.0.1:0',
      'kafkastore.topic.replication.factor': 1,
      'kafkastore.bootstrap.servers': given ?? broker!.bootstrapServers,
      ...properties,
    };
    return new TestRegistry(await startSchemaRegistry(all, options), broker);
  }

  get url(): string {
    return this.server.url;
  }

  /** Sends `GET /subjects` and the like; the body as JSON, or a text as it is. */
  async request(
    line: string,
    body?: RestBody,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<RestAnswer> {
    const [method = 'GET', path = '/'] = line.split(/ (.*)/s);
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { 'content-type': 'application/vnd.schemaregistry.v1+json', ...headers },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const contentType = response.headers.get('content-type');
    const isJson = text !== '' && /json/.test(contentType ?? '') && /^[[{"\d-]/.test(text);
    return { status: response.status, contentType, text, body: isJson ? tryParse(text) : undefined };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
    await this.#broker?.[Symbol.asyncDispose]();
  }
}

/** Texts of schemas are sent with the media type of JSON, whatever they are. */
function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
