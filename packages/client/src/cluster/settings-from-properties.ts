import type { PropertyValues } from '@millrace/config';
import type { Host, Logger } from '@millrace/host';
import type { clientProperties } from '../client-properties.ts';
import { ClientInstruments } from '../observability/client-instruments.ts';
import type { ClientKind } from '../observability/traffic-metrics.ts';
import { ConnectionSecurity } from '../security/connection-security.ts';
import type { ConnectionOptions } from '../security/sasl-options.ts';
import type { ClusterSettings } from './cluster-settings.ts';

/** Answers are whole batches: the largest fetch.max.bytes a user may set, and then some. */
const MAX_RESPONSE_BYTES = 1_073_741_824;

const MAX_IN_FLIGHT = 100;

/** What differs between the kinds of clients. */
export interface SettingsContext {
  readonly host: Host;
  readonly logger: Logger;
  readonly clientName: string;
  /** Whose metrics they are. Default: admin-client. */
  readonly kind?: ClientKind;
  readonly connection?: ConnectionOptions;
  readonly metadataMaxIdleMs?: number;
  readonly allowAutoTopicCreation?: boolean;
}

/** The one place where properties become the settings of connections and metadata. @throws InvalidConfigError */
export function settingsFromProperties(
  values: PropertyValues<typeof clientProperties>,
  context: SettingsContext,
): ClusterSettings {
  return {
    host: context.host,
    logger: context.logger,
    clientName: context.clientName,
    security: new ConnectionSecurity(context.host, values, context.connection),
    instruments: new ClientInstruments(
      context.host.clock,
      { kind: context.kind ?? 'admin-client', clientId: values['client.id'] },
      context.connection?.observer,
    ),
    pushesMetrics: values['enable.metrics.push'],
    clientId: values['client.id'],
    usesCanonicalNames: values['client.dns.lookup'] === 'resolve_canonical_bootstrap_servers_only',
    bootstrapServers: values['bootstrap.servers'],
    requestTimeoutMs: values['request.timeout.ms'],
    connectionSetupTimeoutMs: values['socket.connection.setup.timeout.ms'],
    connectionSetupTimeoutMaxMs: values['socket.connection.setup.timeout.max.ms'],
    connectionsMaxIdleMs: values['connections.max.idle.ms'],
    reconnectBackoffMs: values['reconnect.backoff.ms'],
    reconnectBackoffMaxMs: values['reconnect.backoff.max.ms'],
    retryBackoffMs: values['retry.backoff.ms'],
    retryBackoffMaxMs: values['retry.backoff.max.ms'],
    metadataMaxAgeMs: values['metadata.max.age.ms'],
    metadataMaxIdleMs: context.metadataMaxIdleMs ?? Infinity,
    rebootstrap: values['metadata.recovery.strategy'] === 'rebootstrap',
    rebootstrapTriggerMs: values['metadata.recovery.rebootstrap.trigger.ms'],
    maxInFlightPerConnection: MAX_IN_FLIGHT,
    maxResponseBytes: MAX_RESPONSE_BYTES,
    allowAutoTopicCreation: context.allowAutoTopicCreation ?? true,
  };
}
