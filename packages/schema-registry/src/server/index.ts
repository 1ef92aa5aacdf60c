/**
 * The schema registry as a server: Confluent's REST API on the `_schemas` topic of any Kafka cluster.
 *
 * ```ts
 * import { startBroker } from '@millrace/testing';
 * import { startSchemaRegistry } from '@millrace/schema-registry/server';
 *
 * await using broker = await startBroker();
 * await using registry = await startSchemaRegistry({
 *   'kafkastore.bootstrap.servers': broker.bootstrapServers,
 *   listeners: 'http://127.0.0.1:0',
 * });
 * const response = await fetch(`${registry.url}/subjects/orders-value/versions`, {
 *   method: 'POST',
 *   headers: { 'content-type': 'application/json' },
 *   body: JSON.stringify({ schema: '"string"' }),
 * });
 * const { id } = (await response.json()) as { id: number };
 * console.log(id); // 1
 * ```
 *
 * @packageDocumentation
 */
export {
  startSchemaRegistry,
  type SchemaRegistryOptions,
  type SchemaRegistryServer,
} from './start-schema-registry.ts';
export { registryProperties, type RegistryProperties } from './registry-properties.ts';
export { standardFormats } from './standard-formats.ts';
