import type { ListenerTraffic } from '../listener-traffic.ts';
import type { MetricDefinition, MetricGroup, MetricSample } from '../metric-definition.ts';
import type { MetricSnapshot } from '../metric-snapshot.ts';

/** There is one event loop where Kafka has several network threads. */
const networkProcessor = '0';

const mbean = (attribute: string) =>
  `kafka.server:type=socket-server-metrics,listener=*,networkProcessor=* ${attribute}`;

function perListener(
  type: MetricDefinition['type'],
  attribute: string,
  help: string,
  read: (traffic: ListenerTraffic, nowMs: number) => number,
): MetricDefinition {
  const lower = attribute.replaceAll('-', '_');
  return {
    name: `kafka_server_socket_server_metrics_${lower}`,
    confluentName: `kafka_server_socketservermetrics_${lower}`,
    type,
    labels: ['listener', 'networkProcessor'],
    mbean: mbean(attribute),
    help,
    *read({ server, nowMs }) {
      for (const [listener, traffic] of server.traffic)
        yield { labels: { listener, networkProcessor }, value: read(traffic, nowMs) };
    },
  };
}

function* bySoftware({ server }: MetricSnapshot): Iterable<MetricSample> {
  const counts = new Map<string, { labels: Record<string, string>; value: number }>();
  for (const { info } of server.connections) {
    const { listenerName: listener, software } = info;
    if (software === undefined) continue;
    const labels = {
      clientSoftwareName: software.name,
      clientSoftwareVersion: software.version,
      listener,
      networkProcessor,
    };
    const key = JSON.stringify(labels);
    const entry = counts.get(key) ?? { labels, value: 0 };
    entry.value++;
    counts.set(key, entry);
  }
  yield* counts.values();
}

export const connectionMetrics: MetricGroup = {
  title: 'Connections',
  metrics: [
    perListener(
      'gauge',
      'connection-count',
      'Connections open',
      ({ connectionsOpened, connectionsClosed }) => connectionsOpened - connectionsClosed,
    ),
    perListener(
      'counter',
      'connection-creation-total',
      'Connections taken',
      ({ connectionsOpened }) => connectionsOpened,
    ),
    perListener(
      'counter',
      'connection-close-total',
      'Connections closed',
      ({ connectionsClosed }) => connectionsClosed,
    ),
    perListener(
      'gauge',
      'connection-creation-rate',
      'Connections taken per second, over the last half to whole minute',
      (traffic, nowMs) => traffic.openedPerSec(nowMs),
    ),
    perListener(
      'gauge',
      'connection-close-rate',
      'Connections closed per second, over the last half to whole minute',
      (traffic, nowMs) => traffic.closedPerSec(nowMs),
    ),
    perListener('counter', 'incoming-byte-total', 'Bytes received', ({ bytesIn }) => bytesIn),
    perListener('counter', 'outgoing-byte-total', 'Bytes sent', ({ bytesOut }) => bytesOut),
    perListener('counter', 'request-total', 'Requests received', ({ requests }) => requests),
    perListener('counter', 'response-total', 'Answers sent', ({ responses }) => responses),
    perListener(
      'counter',
      'successful-authentication-total',
      'Peers that authenticated by SASL',
      ({ successfulAuthentications }) => successfulAuthentications,
    ),
    perListener(
      'counter',
      'failed-authentication-total',
      'Peers that failed to authenticate by SASL',
      ({ failedAuthentications }) => failedAuthentications,
    ),
    {
      name: 'kafka_server_socket_server_metrics_connections_software',
      confluentName: 'kafka_server_socketservermetrics_connections',
      type: 'gauge',
      labels: ['clientSoftwareName', 'clientSoftwareVersion', 'listener', 'networkProcessor'],
      mbean:
        'kafka.server:type=socket-server-metrics,clientSoftwareName=*,clientSoftwareVersion=*,listener=*,networkProcessor=* connections',
      help: 'Connections open by what their clients say they are (KIP-511)',
      read: bySoftware,
    },
  ],
};
