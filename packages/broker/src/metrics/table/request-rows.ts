import { kafkaErrorName } from '@millrace/protocol';
import { quantiles } from '../kafka-metric.ts';
import type { MetricDefinition, MetricGroup, MetricSample } from '../metric-definition.ts';
import type { MetricSnapshot } from '../metric-snapshot.ts';
import type { RecentHistogram } from '../recent-histogram.ts';
import type { ApiRequests } from '../request-metrics.ts';

const US_PER_MS = 1000;

/** Kafka tells fetches of consumers from those of followers, and has the sum of both. */
function* named(snapshot: MetricSnapshot): Iterable<readonly [string, ApiRequests]> {
  for (const api of snapshot.requestMetrics.all()) {
    yield [api.name, api];
    if (api.name === 'Fetch') yield ['FetchConsumer', api];
  }
}

function histogram(
  name: string,
  help: string,
  unit: number,
  of: (api: ApiRequests) => RecentHistogram,
): MetricDefinition[] {
  const mbean = `kafka.network:type=RequestMetrics,name=${name},request=*`;
  const lower = `kafka_network_requestmetrics_${name.toLowerCase()}`;
  return [
    {
      name: lower,
      type: 'gauge',
      labels: ['request', 'quantile'],
      mbean,
      help: `${help}: percentiles of the last minutes`,
      *read(snapshot) {
        for (const [request, api] of named(snapshot)) {
          for (const [quantile, share] of quantiles) {
            const value = of(api).percentile(share, snapshot.nowMs) / unit;
            yield { labels: { request, quantile }, value };
          }
        }
      },
    },
    {
      name: `${lower}_count`,
      type: 'counter',
      labels: ['request'],
      mbean,
      help: `${help}: how many`,
      *read(snapshot) {
        for (const [request, api] of named(snapshot)) yield { labels: { request }, value: of(api).count };
      },
    },
  ];
}

function* requestCounts(snapshot: MetricSnapshot): Iterable<MetricSample> {
  for (const [request, { byVersion }] of named(snapshot)) {
    for (const [version, count] of byVersion.entries()) {
      if (count !== undefined) yield { labels: { request, version: String(version) }, value: count };
    }
  }
}

function* errorCounts(snapshot: MetricSnapshot): Iterable<MetricSample> {
  for (const [request, { errors }] of named(snapshot)) {
    for (const [code, value] of errors) yield { labels: { request, error: kafkaErrorName(code) }, value };
  }
}

function purgatory(operation: string, requests: readonly string[]) {
  return ({ requestMetrics }: MetricSnapshot): MetricSample => ({
    labels: { delayedOperation: operation },
    value: requestMetrics
      .all()
      .filter(({ name }) => requests.includes(name))
      .reduce((sum, { waiting }) => sum + waiting, 0),
  });
}

const purgatories = [
  purgatory('Fetch', ['Fetch']),
  purgatory('ShareFetch', ['ShareFetch']),
  purgatory('Rebalance', ['JoinGroup', 'SyncGroup']),
];

/** Dashboards look at how busy the threads are; here one event loop does the work of all of them. */
const idle = {
  type: 'gauge',
  read: ({ idleShare }: MetricSnapshot) => idleShare,
} as const;

export const requestRows: MetricGroup = {
  title: 'Requests',
  metrics: [
    {
      name: 'kafka_network_requestmetrics_requests_total',
      confluentName: 'kafka_network_requestmetrics_requestspersec',
      type: 'counter',
      labels: ['request', 'version'],
      mbean: 'kafka.network:type=RequestMetrics,name=RequestsPerSec,request=*,version=*',
      help: 'Requests answered',
      read: requestCounts,
    },
    {
      name: 'kafka_network_requestmetrics_errors_total',
      confluentName: 'kafka_network_requestmetrics_errorspersec',
      type: 'counter',
      labels: ['request', 'error'],
      mbean: 'kafka.network:type=RequestMetrics,name=ErrorsPerSec,request=*,error=*',
      help: 'Error codes in answers, NONE among them; per partition for Produce and Fetch',
      read: errorCounts,
    },
    ...histogram('TotalTimeMs', 'Arrival to answer', US_PER_MS, ({ totalTime }) => totalTime),
    ...histogram(
      'RequestQueueTimeMs',
      'Waiting behind other requests of the connection',
      US_PER_MS,
      ({ queueTime }) => queueTime,
    ),
    ...histogram('LocalTimeMs', 'Work of this node, disk included', US_PER_MS, ({ localTime }) => localTime),
    ...histogram(
      'RemoteTimeMs',
      'Waiting for records or for other members of a group',
      US_PER_MS,
      ({ remoteTime }) => remoteTime,
    ),
    {
      name: 'kafka_network_requestmetrics_responsequeuetimems',
      type: 'gauge',
      labels: ['request', 'quantile'],
      mbean: 'kafka.network:type=RequestMetrics,name=ResponseQueueTimeMs,request=*',
      help: 'Answers are not queued: always 0',
      *read(snapshot) {
        for (const [request] of named(snapshot))
          for (const [quantile] of quantiles) yield { labels: { request, quantile }, value: 0 };
      },
    },
    ...histogram(
      'ResponseSendTimeMs',
      'Until the peer had room for the answer',
      US_PER_MS,
      ({ sendTime }) => sendTime,
    ),
    ...histogram('RequestBytes', 'Size of requests', 1, ({ requestBytes }) => requestBytes),
    {
      name: 'kafka_network_requestchannel_requestqueuesize',
      type: 'gauge',
      mbean: 'kafka.network:type=RequestChannel,name=RequestQueueSize',
      help: 'Requests that have arrived and are not looked at yet',
      read: ({ server }) => sum(server.connections, ({ queuedRequests }) => queuedRequests),
    },
    {
      name: 'kafka_network_requestchannel_responsequeuesize',
      type: 'gauge',
      mbean: 'kafka.network:type=RequestChannel,name=ResponseQueueSize',
      help: 'Connections whose peer has not taken all of its answers',
      read: ({ server }) => sum(server.connections, ({ hasUnsentAnswers }) => Number(hasUnsentAnswers)),
    },
    {
      name: 'kafka_server_delayedoperationpurgatory_purgatorysize',
      type: 'gauge',
      labels: ['delayedOperation'],
      mbean: 'kafka.server:type=DelayedOperationPurgatory,name=PurgatorySize,delayedOperation=*',
      help: 'Requests that wait for records, or for the other members of a group',
      read: (snapshot) => purgatories.map((read) => read(snapshot)),
    },
    {
      ...idle,
      name: 'kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent',
      confluentName: 'kafka_server_kafkarequesthandlerpool_requesthandleravgidlepercent_oneminuterate',
      mbean: 'kafka.server:type=KafkaRequestHandlerPool,name=RequestHandlerAvgIdlePercent',
      help: 'Share of time in which the event loop had nothing to do, 0 to 1, since the last scrape',
    },
    {
      ...idle,
      name: 'kafka_network_socketserver_networkprocessoravgidle_percent',
      confluentName: 'kafka_network_socketserver_networkprocessoravgidlepercent',
      mbean: 'kafka.network:type=SocketServer,name=NetworkProcessorAvgIdlePercent',
      help: 'The same: one event loop does the work of all threads',
    },
    {
      name: 'kafka_server_fetchsessioncache_numincrementalfetchsessions',
      type: 'gauge',
      mbean: 'kafka.server:type=FetchSessionCache,name=NumIncrementalFetchSessions',
      help: 'Fetch sessions kept',
      read: ({ fetchSessions }) => fetchSessions.size,
    },
    {
      name: 'kafka_server_fetchsessioncache_numincrementalfetchpartitionscached',
      type: 'gauge',
      mbean: 'kafka.server:type=FetchSessionCache,name=NumIncrementalFetchPartitionsCached',
      help: 'Partitions remembered in fetch sessions',
      read: ({ fetchSessions }) => fetchSessions.partitionCount,
    },
    {
      name: 'kafka_server_fetchsessioncache_incrementalfetchsessionevictions_total',
      confluentName: 'kafka_server_fetchsessioncache_incrementalfetchsessionevictionspersec',
      type: 'counter',
      mbean: 'kafka.server:type=FetchSessionCache,name=IncrementalFetchSessionEvictionsPerSec',
      help: 'Fetch sessions that had to make room for others',
      read: ({ fetchSessions }) => fetchSessions.evictions,
    },
  ],
};

function sum<Item>(items: Iterable<Item>, value: (item: Item) => number): number {
  let total = 0;
  for (const item of items) total += value(item);
  return total;
}
