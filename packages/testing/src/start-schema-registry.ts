import type { Logger } from '@millrace/host';
import type { RegistryProperties, SchemaRegistryServer } from '@millrace/schema-registry/server';
import { startBroker } from './start-broker.ts';
import type { TestBroker } from './test-broker.ts';

/** For `startSchemaRegistry()`. */
export interface StartSchemaRegistryOptions {
  /** The broker that keeps the schemas. Default: one of its own, which closes with it. */
  readonly broker?: Pick<TestBroker, 'bootstrapServers'>;
  /** Properties by the names of Confluent's registry. They win over `listeners` (a free port of 127.0.0.1). */
  readonly properties?: Partial<RegistryProperties>;
  /** Default: silent. */
  readonly logger?: Logger;
}

/** A schema registry inside this process. Any registry client may connect to `url`. */
export interface TestSchemaRegistry extends AsyncDisposable {
  /** For `schema.registry.url`. */
  readonly url: string;
  /** For `bootstrap.servers`: the broker behind it. */
  readonly bootstrapServers: string;
  /** A second call joins the first. */
  close(): Promise<void>;
}

/**
 * Starts a schema registry in this process, on a port of its own, next to a test broker. The first call loads it: tests
 * without schemas do not pay for it.
 *
 * @throws what `startSchemaRegistry` of `@millrace/schema-registry/server` throws
 */
export async function startSchemaRegistry(
  options: StartSchemaRegistryOptions = {},
): Promise<TestSchemaRegistry> {
  const { startSchemaRegistry: start } = await import('@millrace/schema-registry/server');
  const own = options.broker === undefined ? await startBroker() : undefined;
  const { bootstrapServers } = options.broker ?? own!;
  try {
    const properties = {
      listeners: 'http://127.0.0.1:0',
      'kafkastore.bootstrap.servers': bootstrapServers,
      ...options.properties,
    };
    const server = await start(properties, options.logger === undefined ? {} : { logger: options.logger });
    return new RunningTestRegistry(server, own, bootstrapServers);
  } catch (error) {
    await own?.close();
    throw error;
  }
}

class RunningTestRegistry implements TestSchemaRegistry {
  readonly url: string;
  readonly bootstrapServers: string;
  readonly #server: SchemaRegistryServer;
  readonly #broker: TestBroker | undefined;
  #closed: Promise<void> | undefined;

  constructor(server: SchemaRegistryServer, broker: TestBroker | undefined, bootstrapServers: string) {
    this.#server = server;
    this.#broker = broker;
    this.url = server.url;
    this.bootstrapServers = bootstrapServers;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    await this.#server.close();
    await this.#broker?.close();
  }
}
