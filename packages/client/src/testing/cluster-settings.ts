import { silentLogger, type Host } from '@millrace/host';
import type { ClusterSettings } from '../cluster/cluster-settings.ts';

/** Settings for tests of the cluster layer: short back-offs, everything else as by default. */
export function testSettings(
  host: Host,
  bootstrapServers: readonly string[],
  overrides: Partial<ClusterSettings> = {},
): ClusterSettings {
  return {
    host,
    logger: silentLogger,
    clientName: 'Test client',
    clientId: 'test',
    bootstrapServers,
    requestTimeoutMs: 5000,
    connectionSetupTimeoutMs: 5000,
    connectionSetupTimeoutMaxMs: 5000,
    connectionsMaxIdleMs: 60_000,
    reconnectBackoffMs: 1,
    reconnectBackoffMaxMs: 5,
    retryBackoffMs: 1,
    retryBackoffMaxMs: 5,
    metadataMaxAgeMs: 300_000,
    metadataMaxIdleMs: 300_000,
    rebootstrap: true,
    rebootstrapTriggerMs: 300_000,
    maxInFlightPerConnection: 100,
    maxResponseBytes: 10_000_000,
    allowAutoTopicCreation: true,
    ...overrides,
  };
}
