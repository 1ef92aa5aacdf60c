import type { RequestContext } from '../apis/handler.ts';
import type { MetricsClient } from './client-metrics-store.ts';

/** A client, as far as its connection tells. */
export interface MetricsPeer {
  readonly client: Omit<MetricsClient, 'instanceId'>;
  /** Aborted when the connection is gone. */
  readonly closed: AbortSignal;
}

export function metricsPeer({ clientId, connection }: RequestContext): MetricsPeer {
  const { software, remoteHost, remotePort, principal, closed } = connection;
  const client = {
    clientId: clientId ?? '',
    softwareName: software?.name ?? 'unknown',
    softwareVersion: software?.version ?? 'unknown',
    sourceAddress: remoteHost,
    sourcePort: remotePort,
    principal,
  };
  return { client, closed };
}
