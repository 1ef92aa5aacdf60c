import type { MetricDefinition, MetricGroup, MetricSample } from '../metric-definition.ts';
import type { MetricSnapshot } from '../metric-snapshot.ts';
import type { TopicTraffic } from '../topic-traffic.ts';

/** As in Kafka a topic has a value of its own, and the sum over all has no label. */
function perTopic(read: (traffic: TopicTraffic) => number) {
  return ({ traffic }: MetricSnapshot): MetricSample[] => [
    { value: read(traffic.total()) },
    ...Array.from(traffic.topics, ([topic, each]) => ({ labels: { topic }, value: read(each) })),
  ];
}

function meter(name: string, help: string, read: (traffic: TopicTraffic) => number): MetricDefinition {
  const lower = name.toLowerCase();
  return {
    name: `kafka_server_brokertopicmetrics_${lower}_total`,
    confluentName: `kafka_server_brokertopicmetrics_${lower}persec`,
    type: 'counter',
    labels: ['topic'],
    mbean: `kafka.server:type=BrokerTopicMetrics,name=${name}PerSec`,
    help,
    read: perTopic(read),
  };
}

export const topicMetrics: MetricGroup = {
  title: 'Topics',
  metrics: [
    meter('MessagesIn', 'Records appended', ({ messagesIn }) => messagesIn),
    meter('BytesIn', 'Bytes of record batches appended', ({ bytesIn }) => bytesIn),
    meter('BytesOut', 'Bytes of record batches sent to consumers', ({ bytesOut }) => bytesOut),
    meter(
      'ReplicationBytesIn',
      'Bytes of record batches that replicas here have from their leaders',
      ({ replicatedBytesIn }) => replicatedBytesIn,
    ),
    meter(
      'ReplicationBytesOut',
      'Bytes of record batches sent to replicas on other nodes',
      ({ replicatedBytesOut }) => replicatedBytesOut,
    ),
    meter('BytesRejected', 'Bytes of batches larger than allowed', ({ bytesRejected }) => bytesRejected),
    meter(
      'TotalProduceRequests',
      'Appends asked for, one per partition of a request',
      ({ produceRequests }) => produceRequests,
    ),
    meter('FailedProduceRequests', 'Appends refused', ({ failedProduceRequests }) => failedProduceRequests),
    meter(
      'TotalFetchRequests',
      'Partitions read for consumers, each reading of a long poll',
      ({ fetchRequests }) => fetchRequests,
    ),
    meter('FailedFetchRequests', 'Partitions not read', ({ failedFetchRequests }) => failedFetchRequests),
  ],
};
