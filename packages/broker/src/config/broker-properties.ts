import { PropertySet, type PropertyInput, type PropertyValues } from '@millrace/config';
import { clientMetricsProperties } from './client-metrics-properties.ts';
import { clusterProperties } from './cluster-properties.ts';
import { controllerProperties } from './controller-properties.ts';
import { groupProperties } from './group-properties.ts';
import { operationsProperties } from './operations-properties.ts';
import { quotaProperties } from './quota-properties.ts';
import { securityProperties } from './security-properties.ts';
import { replicationProperties } from './replication-properties.ts';
import { shareProperties } from './share-properties.ts';
import { streamsProperties } from './streams-properties.ts';
import { serverProperties } from './server-properties.ts';
import { storageProperties } from './storage-properties.ts';
import { transactionProperties } from './transaction-properties.ts';
import { schemaRegistryProperties } from '../schema-validation/schema-validation-properties.ts';
import { topicDefaultProperties } from './topic-default-properties.ts';

const definitions = {
  ...serverProperties,
  ...clusterProperties,
  ...controllerProperties,
  ...quotaProperties,
  ...clientMetricsProperties,
  ...storageProperties,
  ...replicationProperties,
  ...topicDefaultProperties,
  ...groupProperties,
  ...transactionProperties,
  ...shareProperties,
  ...streamsProperties,
  ...securityProperties,
  ...schemaRegistryProperties,
  ...operationsProperties,
} as const;

/** Every property of a broker, with Kafka's names. */
export const brokerProperties = new PropertySet(definitions);

/** Typed values of all broker properties. */
export type BrokerPropertyValues = PropertyValues<typeof definitions>;

/** What a user passes to `Broker.start`: any subset, as values or as text. Unknown names only cause a warning. */
export type BrokerProperties = PropertyInput<typeof definitions> & Readonly<Record<string, unknown>>;
