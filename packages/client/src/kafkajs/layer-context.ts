import type { Host } from '@millrace/host';
import type { AdminContext } from '../admin/admin-context.ts';
import { adminProperties } from '../admin/admin-properties.ts';
import { describeCluster } from '../admin/describe-cluster.ts';
import { Cluster } from '../cluster/cluster.ts';
import { settingsFromProperties } from '../cluster/settings-from-properties.ts';
import type { ClientObserver } from '../observability/client-observer.ts';
import { parseProperties } from '../parse-properties.ts';
import { connectionSettings } from './connection-settings.ts';
import type { KafkaConfig, RetryOptions } from './kafka-config.ts';
import { hostLogger, type Logger } from './kafkajs-logger.ts';
import { KafkaJSConnectionError, KafkaJSNumberOfRetriesExceeded } from './kafkajs-errors.ts';
import { withKafkaJsErrors } from './to-kafkajs-error.ts';

/** What the clients of one `Kafka` share. */
export interface LayerContext {
  readonly config: KafkaConfig;
  readonly host: Host;
  readonly logger: Logger;
}

/** Everything it takes to make one of our clients. */
export interface ConnectedSettings extends ReturnType<typeof connectionSettings> {
  /** For lookups of all kinds. */
  readonly admin: AdminContext;
}

/**
 * `connect()` of any client: asks for the brokers, if they are a function, and talks to one of them, so that it fails
 * where kafkajs's does.
 * @throws KafkaJSConnectionError, KafkaJSSASLAuthenticationError, KafkaJSNumberOfRetriesExceeded
 */
export async function connect(
  { config, host, logger: layerLogger }: LayerContext,
  retry: RetryOptions,
  observer: ClientObserver,
): Promise<ConnectedSettings> {
  const { brokers } = config;
  const addresses = typeof brokers === 'function' ? await brokers() : brokers;
  const settings = connectionSettings({ ...config, brokers: addresses }, addresses, retry);
  const logger = hostLogger(layerLogger);
  const { values } = parseProperties('Admin', adminProperties, settings.properties, { logger });
  const cluster = new Cluster(
    settingsFromProperties(values, {
      host,
      logger,
      clientName: 'Admin',
      connection: { ...settings.options, observer },
      allowAutoTopicCreation: false,
    }),
  );
  const admin: AdminContext = { cluster, defaultTimeoutMs: settings.apiTimeoutMs };
  try {
    await withKafkaJsErrors(() => describeCluster(admin, { timeoutMs: settings.lookupTimeoutMs }));
  } catch (error) {
    await cluster.close({ drain: false });
    // In kafkajs, too, nobody to talk to is the error of the connection itself.
    const isUnreachable =
      error instanceof KafkaJSNumberOfRetriesExceeded && error.cause instanceof KafkaJSConnectionError;
    throw isUnreachable ? error.cause : error;
  }
  return { ...settings, admin };
}
