import { configErrors } from '@millrace/config';
import { silentLogger } from '@millrace/host';
import { apiDescription } from '@millrace/protocol';
import {
  errorTable,
  markdownTable,
  propertyTable,
  referenceFile,
  referencePage,
} from '@millrace/reference-pages';
import { replicationErrors } from '@millrace/replication';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { allApis } from './apis/all-apis.ts';
import { brokerDefinition } from './config/broker-config.ts';
import { clientMetricsProperties } from './config/client-metrics-properties.ts';
import { clusterProperties } from './config/cluster-properties.ts';
import { controllerProperties } from './config/controller-properties.ts';
import { groupProperties } from './config/group-properties.ts';
import { operationsProperties } from './config/operations-properties.ts';
import { quotaProperties } from './config/quota-properties.ts';
import { replicationProperties } from './config/replication-properties.ts';
import { shareProperties } from './config/share-properties.ts';
import { streamsProperties } from './config/streams-properties.ts';
import { securityProperties } from './config/security-properties.ts';
import { serverProperties } from './config/server-properties.ts';
import { storageProperties } from './config/storage-properties.ts';
import { topicDefaultProperties } from './config/topic-default-properties.ts';
import { transactionProperties } from './config/transaction-properties.ts';
import { brokerErrors } from './errors.ts';
import { BrokerLoggers, loggerNames, ROOT_LOGGER, type LoggerName } from './logging/broker-loggers.ts';
import { logLevels } from './logging/log-level.ts';
import { allMetrics } from './metrics/all-metrics.ts';
import { schemaRegistryProperties } from './schema-validation/schema-validation-properties.ts';

function brokerTable(properties: object): string {
  const names = Object.keys(properties);
  return propertyTable(Object.fromEntries(names.map((name) => [name, brokerDefinition(name)!])), {
    withUpdateMode: true,
  });
}

test('the reference page of broker properties is what the definitions say', async () => {
  const text = referencePage(
    '# Broker properties',
    'What `Broker.start`, `millrace start --set` and a `server.properties` understand. The names are those of Apache Kafka.\n' +
      '"Changed" says whether a property can be changed while the broker runs: `read-only` not at all, `per-broker` for one\n' +
      'node, `cluster-wide` for one node or for all of them.',
    '## Identity, listeners, connections, requests',
    brokerTable(serverProperties),
    '## Cluster: roles, quorum, sessions of brokers',
    brokerTable(clusterProperties),
    '## The controller',
    brokerTable(controllerProperties),
    '## TLS and SASL',
    'Each also for one listener as `listener.name.<name>.<property>`, those of SASL for one mechanism as\n' +
      '`listener.name.<name>.<mechanism>.<property>`, in lower case.',
    brokerTable(securityProperties),
    '## Quotas, limits on connections',
    brokerTable(quotaProperties),
    '## Metrics that clients push',
    brokerTable(clientMetricsProperties),
    '## Storage, topics, metadata',
    brokerTable(storageProperties),
    '## Replication',
    brokerTable(replicationProperties),
    '## Defaults of topics',
    brokerTable(topicDefaultProperties),
    '## Groups and offsets',
    brokerTable(groupProperties),
    '## Transactions',
    brokerTable(transactionProperties),
    '## Share groups',
    brokerTable(shareProperties),
    '## Streams groups',
    brokerTable(streamsProperties),
    '## Schema validation',
    brokerTable(schemaRegistryProperties),
    '## Metrics, health, logs',
    brokerTable(operationsProperties),
  );
  await expect(text).toMatchFileSnapshot(referenceFile('broker-properties.md'));
});

test('the reference page of broker errors is what the table says', async () => {
  const text = referencePage(
    '# Broker errors',
    'Errors of `@millrace/broker`, most of them from `Broker.start`. What clients see are the error codes of the wire, in\n' +
      '[Protocol errors](protocol-errors.md).',
    errorTable(brokerErrors),
    '## Between nodes',
    'Errors of `@millrace/replication`, which keep a node from being one of a cluster.',
    errorTable(replicationErrors),
    '## Properties',
    'Errors of `@millrace/config`; clients have them as well.',
    errorTable(configErrors),
  );
  await expect(text).toMatchFileSnapshot(referenceFile('broker-errors.md'));
});

test('the reference page of APIs is what the handlers say', async () => {
  const rows = allApis.map(({ key, minVersion, maxVersion, request }) => {
    const known = apiDescription(key)!;
    const range = (min: number, max: number) => (min === max ? `${min}` : `${min}-${max}`);
    return [
      `${key}`,
      request.name.replace(/Request$/, ''),
      range(minVersion, maxVersion),
      range(known.minVersion, known.maxVersion),
    ];
  });
  const text = referencePage(
    '# APIs of the broker',
    'The requests that a broker answers, as its `ApiVersions` advertises them, beside the versions that `@millrace/protocol`\n' +
      'can read and write.',
    markdownTable(['key', 'API', 'served', 'known'], rows),
  );
  await expect(text).toMatchFileSnapshot(referenceFile('broker-apis.md'));
});

test('the reference page of metrics is what the table says', async () => {
  const own = allMetrics.map(({ title, metrics }) => [
    `## ${title}`,
    markdownTable(
      ['metric', 'type', 'labels', 'meaning', 'in JMX', 'Confluent’s name'],
      metrics.map(({ name, confluentName, type, labels = [], help, mbean }) => [
        `\`${name}\``,
        type,
        labels.map((label) => `\`${label}\``).join(', '),
        help,
        mbean === undefined ? 'only in Millrace' : `\`${mbean}\``,
        confluentName === undefined ? 'the same' : `\`${confluentName}\``,
      ]),
    ),
  ]);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const process = registry.getMetricsAsArray().map(({ name, help }) => [`\`${name}\``, help]);
  // What depends on the operating system of the reader is left out.
  const everywhere = process.filter(([name]) => !/virtual|heap_bytes|open_fds|max_fds/.test(name!));
  const text = referencePage(
    '# Metrics of the broker',
    'What `/metrics` says on a node with `metrics.listener`, in the text format of Prometheus. The names are those that the\n' +
      'JMX exporter gives to the metrics of Apache Kafka with the rules of Strimzi; `/metrics?names=confluent` uses those of\n' +
      'Confluent’s monitoring stack. How to watch a node with them: [Watch a node](../how-to/watch-a-node.md).',
    ...own.flat(),
    '## Process and Node.js',
    'Besides, on Linux: `process_open_fds`, `process_max_fds`, `process_heap_bytes`, `process_virtual_memory_bytes`.',
    markdownTable(['metric', 'meaning'], everywhere),
  );
  await expect(text).toMatchFileSnapshot(referenceFile('broker-metrics.md'));
});

test('the reference page of loggers is what the table says', async () => {
  const loggers = new BrokerLoggers(silentLogger, 'INFO').levels();
  const rows = [...loggers].map(([name, level]) => [
    `\`${name}\``,
    name === ROOT_LOGGER || level !== 'INFO' ? `\`${level}\`` : 'of the one above',
    name === ROOT_LOGGER ? 'all others' : loggerNames[name as LoggerName],
  ]);
  const text = referencePage(
    '# Loggers of the broker',
    'Their levels can be changed while a node runs: [Watch a node](../how-to/watch-a-node.md). The root logger begins with\n' +
      'what `--log-level` says; here it is `INFO`. A level is one of ' +
      logLevels.map((level) => `\`${level}\``).join(', ') +
      '.',
    markdownTable(['logger', 'level at the start', 'what it speaks of'], rows),
  );
  await expect(text).toMatchFileSnapshot(referenceFile('broker-loggers.md'));
});
