/**
 * A Kafka-compatible broker that runs inside Node.js.
 *
 * ```ts
 * import { memoryHost } from '@millrace/host';
 * import { Broker } from '@millrace/broker';
 *
 * const broker = await Broker.start(
 *   { listeners: 'PLAINTEXT://127.0.0.1:0', 'log.dirs': '/data' },
 *   { host: memoryHost() },
 * );
 * console.log(broker.address.port > 0); // true: point any Kafka client at it
 * await broker.close();
 * ```
 *
 * @packageDocumentation
 */
export { Broker } from './broker.ts';
export type { BrokerOptions } from './broker-node.ts';
export {
  brokerProperties,
  type BrokerProperties,
  type BrokerPropertyValues,
} from './config/broker-properties.ts';
export {
  formatStorage,
  type FormatStorageOptions,
  type FormattedDirectory,
  type InitialController,
  type InitialVoters,
} from './storage/format-storage.ts';
export { randomUuid } from './metadata/random-uuid.ts';
export type { BrokerEndpoint } from './metadata/cluster-image.ts';
export {
  BrokerClosedError,
  brokerErrors,
  BrokerInternalError,
  CorruptMetadataError,
  DataDirectoryError,
  InvalidConfigurationError,
  ListenError,
  UnsupportedFeatureError,
} from './errors.ts';
