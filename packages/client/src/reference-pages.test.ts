import type { PropertyDefinition } from '@millrace/config';
import {
  errorTable,
  markdownTable,
  propertyTable,
  referenceFile,
  referencePage,
} from '@millrace/reference-pages';
import { expect, test } from 'vitest';
import { adminProperties } from './admin/admin-properties.ts';
import { clientProperties } from './client-properties.ts';
import { consumerErrors } from './consumer/consumer-errors.ts';
import { runErrors } from './consumer/run/run-errors.ts';
import { consumerProperties } from './consumer/consumer-properties.ts';
import { clientErrors } from './errors.ts';
import { javaProperties, refusedJavaProperties } from './java-properties.ts';
import { channelDefinitions } from './observability/channels.ts';
import * as metrics from './observability/metric-definitions.ts';
import type { SensorDefinition } from './observability/metric-definitions.ts';
import { producerProperties } from './producer/producer-properties.ts';
import { serdeErrors } from './serde/serde-errors.ts';
import { shareConsumerProperties } from './share-consumer/share-consumer-properties.ts';

type Definitions = Readonly<Record<string, PropertyDefinition<unknown>>>;

/** Those that a client has besides the common ones. */
function ownOf(definitions: Definitions): Definitions {
  const own = Object.entries(definitions).filter(([name]) => !Object.hasOwn(clientProperties, name));
  return Object.fromEntries(own);
}

test('the reference page of client properties is what the definitions say', async () => {
  const text = referencePage(
    '# Client properties',
    'What `Producer`, `Consumer`, `ShareConsumer` and `Admin` take as their first argument, as values or as text. Names and\n' +
      'defaults are those of Apache Kafka. A name that no Kafka client has is an error; one that only other kinds of clients\n' +
      'have is warned about.',
    '## All clients',
    propertyTable(clientProperties),
    '## Producer',
    propertyTable(ownOf(producerProperties.definitions)),
    '## Consumer',
    propertyTable(ownOf(consumerProperties.definitions)),
    '## ShareConsumer',
    propertyTable(ownOf(shareConsumerProperties.definitions)),
    '## Admin',
    propertyTable(ownOf(adminProperties.definitions)),
    "## Those of Java's clients that have no effect",
    'Files written for Java can be used as they are: these names are accepted, and a line of level `debug` says so.',
    markdownTable(
      ['property', 'why'],
      [...javaProperties].map(([name, why]) => [`\`${name}\``, why]),
    ),
    'These must be empty or `false`, since to ignore a value would break what it promises.',
    markdownTable(
      ['property', 'instead'],
      [...refusedJavaProperties].map(([name, instead]) => [`\`${name}\``, instead]),
    ),
  );
  await expect(text).toMatchFileSnapshot(referenceFile('client-properties.md'));
});

test('the reference page of client errors is what the tables say', async () => {
  const text = referencePage(
    '# Client errors',
    'Errors of `@millrace/client`. What a broker answers with an error code is a `KafkaError`, see\n' +
      '[Protocol errors](protocol-errors.md). "Retriable" says that the same call may succeed later.',
    '## All clients',
    errorTable(clientErrors),
    '## Consumer',
    errorTable({ ...consumerErrors, ...runErrors }),
    '## Serdes',
    errorTable(serdeErrors),
  );
  await expect(text).toMatchFileSnapshot(referenceFile('client-errors.md'));
});

function sensorTable(...tables: readonly Readonly<Record<string, SensorDefinition>>[]): string {
  const rows = tables
    .flatMap((table) => Object.values(table))
    .flatMap((sensor) => Object.entries(sensor).map(([name, [, meaning]]) => [`\`${name}\``, meaning]));
  return markdownTable(['metric', 'meaning'], rows);
}

function gaugeTable(...names: readonly (keyof typeof metrics.gauges)[]): string {
  return markdownTable(
    ['metric', 'meaning'],
    names.map((name) => [`\`${name}\``, `${metrics.gauges[name]} As of now.`]),
  );
}

test('the reference page of metrics and channels is what the tables say', async () => {
  const channels = Object.entries(channelDefinitions).map(([name, { kind, when, fields }]) => [
    `\`${name}\``,
    kind,
    when,
    fields,
  ]);
  const text = referencePage(
    '# Client metrics and channels',
    'What `metrics()` of `Producer`, `Consumer`, `ShareConsumer` and `Admin` returns, with the names and meanings of Apache Kafka: rates,\n' +
      'averages and maxima are of the last 30 to 60 seconds, totals of everything since the client was made. A value is `NaN`\n' +
      'where there is nothing to tell yet. All have the tag `client-id`.',
    '## All clients',
    'Groups `producer-metrics`, `consumer-metrics`, `consumer-share-metrics` and `admin-client-metrics`.',
    gaugeTable('connection-count', 'requests-in-flight'),
    sensorTable(metrics.connectionSensors, metrics.trafficSensors),
    '## Each broker',
    'Groups `producer-node-metrics`, `consumer-node-metrics` and `admin-client-node-metrics`, tag `node-id`.',
    sensorTable(metrics.trafficSensors, metrics.latencySensors),
    '## Producer',
    'Group `producer-metrics`.',
    gaugeTable('buffer-total-bytes', 'buffer-available-bytes', 'waiting-threads', 'metadata-age'),
    sensorTable(metrics.producerSensors, metrics.latencySensors, metrics.producerCallSensors),
    'Group `producer-topic-metrics`, tag `topic`.',
    sensorTable(metrics.producerTopicSensors),
    '## Consumer',
    'Group `consumer-metrics`.',
    gaugeTable('last-poll-seconds-ago'),
    sensorTable(metrics.pollSensors, metrics.consumerCallSensors),
    'Group `consumer-fetch-manager-metrics`; those of bytes and records also by `topic`.',
    sensorTable(metrics.fetchSensors),
    'The same group, tags `topic` and `partition`.',
    gaugeTable('records-lag', 'records-lead'),
    'Group `consumer-coordinator-metrics`.',
    gaugeTable('assigned-partitions', 'last-heartbeat-seconds-ago', 'last-rebalance-seconds-ago'),
    sensorTable(metrics.coordinatorSensors, metrics.rebalanceSensors),
    '## ShareConsumer',
    'Group `consumer-share-metrics`.',
    gaugeTable('last-poll-seconds-ago'),
    sensorTable(metrics.pollSensors),
    'Group `consumer-share-fetch-manager-metrics`; those of bytes and records also by `topic`.',
    sensorTable(
      { fetchLatency: metrics.fetchSensors.fetchLatency, throttleTime: metrics.fetchSensors.throttleTime },
      metrics.shareFetchSensors,
    ),
    'Group `consumer-share-coordinator-metrics`.',
    gaugeTable('last-heartbeat-seconds-ago'),
    sensorTable(
      { heartbeatLatency: metrics.coordinatorSensors.heartbeatLatency },
      metrics.shareCoordinatorSensors,
    ),
    '## Diagnostics channels',
    'Channels of `node:diagnostics_channel`. They cost nothing while nobody listens. What they publish may be read and not\n' +
      'changed; listeners run inside the client, so they must be quick. Tracing channels have the events `start`, `end`,\n' +
      '`asyncStart`, `asyncEnd` and `error`.',
    markdownTable(['channel', 'kind', 'when', 'fields'], channels),
  );
  await expect(text).toMatchFileSnapshot(referenceFile('client-metrics.md'));
});
