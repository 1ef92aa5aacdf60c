/**
 * A Kafka-compatible broker inside your test, in milliseconds.
 *
 * ```ts
 * import { startBroker } from '@millrace/testing';
 *
 * await using broker = await startBroker();
 * await broker.createTopic('orders', { partitions: 3 });
 * await broker.seed('orders', [{ key: 'o-1', value: 'paid' }]);
 *
 * const records = await broker.drain('orders'); // what the code under test has written, too
 * console.log(records.length); // 1
 * ```
 *
 * @packageDocumentation
 */
export { testingErrors, TestBrokerClosedError } from './errors.ts';
export type { StorageKind } from './broker-storage.ts';
export { startBroker, type StartBrokerOptions } from './start-broker.ts';
export { startCluster, type StartClusterOptions } from './cluster/start-cluster.ts';
export type { TestCluster, TestClusterTopicOptions } from './cluster/test-cluster.ts';
export type { PartitionOptions, TestClusterNode } from './cluster/test-cluster-node.ts';
export type { SeedRecord, TestBroker, TestTopicOptions } from './test-broker.ts';
export {
  startSchemaRegistry,
  type StartSchemaRegistryOptions,
  type TestSchemaRegistry,
} from './start-schema-registry.ts';
