import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeHost } from '@millrace/host';
import { ApiVersionsRequest, ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allMetrics } from '../metrics/all-metrics.ts';
import { alterQuotas } from '../testing/quotas.ts';
import { append, createTopic } from '../testing/requests.ts';
import { Scrape } from '../testing/scrape.ts';
import { TestBroker } from '../testing/test-broker.ts';

const RECORDS = 100;
const table = allMetrics.flatMap(({ metrics }) => metrics);

/** Records, a transaction, and a consumer group that has read them all and is still there. */
async function makeLoad(server: TestBroker): Promise<{ stop(): Promise<void> }> {
  const kafka = new kafkajs.Kafka({
    clientId: 'load',
    brokers: [server.bootstrapServers],
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const producer = kafka.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    transactionalId: 'payments',
    maxInFlightRequests: 1,
    idempotent: true,
  });
  await producer.connect();
  const transaction = await producer.transaction();
  const messages = Array.from({ length: RECORDS }, (_, index) => ({ value: `value ${index}` }));
  await transaction.send({ topic: 'orders', messages });
  await transaction.commit();
  await producer.disconnect();
  const consumer = kafka.consumer({ groupId: 'readers' });
  await consumer.connect();
  await consumer.subscribe({ topics: ['orders'], fromBeginning: true });
  let seen = 0;
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async () => {
      if (++seen === RECORDS) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.commitOffsets([{ topic: 'orders', partition: 0, offset: String(RECORDS) }]);
  return { stop: () => consumer.disconnect() };
}

describe('the metrics endpoint after load by kafkajs', () => {
  let directory: string;
  let server: TestBroker;
  let load: { stop(): Promise<void> };
  let scrape: Scrape;
  let confluent: Scrape;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'millrace-metrics-'));
    const properties = {
      'log.dirs': directory,
      'metrics.listener': 'http://127.0.0.1:0',
      'group.initial.rebalance.delay.ms': 0,
      'offsets.topic.num.partitions': 1,
      'transaction.state.log.num.partitions': 1,
    };
    server = await TestBroker.start(properties, nodeHost());
    const connection = await server.connect();
    await connection.send({
      request: ApiVersionsRequest,
      response: ApiVersionsResponse,
      version: 4,
      message: { clientSoftwareName: 'scraper', clientSoftwareVersion: '7.1' },
    });
    await createTopic(connection, 'orders');
    await createTopic(connection, 'small', { configs: { 'max.message.bytes': '100' } });
    await expect(append(connection, 'small', ['x'.repeat(200)])).rejects.toThrow('MESSAGE_TOO_LARGE');
    const generous = { producer_byte_rate: 1e9, consumer_byte_rate: 1e9, request_percentage: 10_000 };
    await alterQuotas(connection, { user: 'ANONYMOUS', 'client-id': 'load' }, generous);
    load = await makeLoad(server);
    scrape = await Scrape.of(server.broker.metricsAddress!);
    confluent = await Scrape.of(server.broker.metricsAddress!, '?names=confluent');
  }, 30_000);

  afterAll(async () => {
    await load.stop();
    await server[Symbol.asyncDispose]();
    await rm(directory, { recursive: true });
  });

  const onLinux = process.platform === 'linux';
  const readable = table.filter(({ name }) => onLinux || !name.includes('linux_disk'));

  it.each(readable.map(({ name }) => name))('has a sensible value of %s', (name) => {
    const samples = scrape.named(name);
    expect(samples.length).toBeGreaterThan(0);
    expect(scrape.announced).toContain(name);
    const { labels = [] } = table.find((definition) => definition.name === name)!;
    for (const sample of samples) {
      expect(sample.value).toBeGreaterThanOrEqual(0);
      expect(sample.value).toBeLessThan(Number.MAX_SAFE_INTEGER);
      for (const label of Object.keys(sample.labels)) expect(labels).toContain(label);
    }
  });

  it.each(readable.map(({ name, confluentName = name }) => [confluentName, name]))(
    'has %s under Confluent’s name',
    (confluentName, name) => {
      expect(confluent.named(confluentName).length).toBe(scrape.named(name).length);
    },
  );

  it('has names that Prometheus takes, each once', () => {
    const names = table.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^(kafka|millrace)_[a-z0-9_]+$/);
  });

  it('counts what went through a topic, and through all', () => {
    const topic = { topic: 'orders' };
    // The records and the marker of the transaction.
    expect(scrape.value('kafka_server_brokertopicmetrics_messagesin_total', topic)).toBe(RECORDS + 1);
    const bytesIn = scrape.value('kafka_server_brokertopicmetrics_bytesin_total', topic)!;
    expect(bytesIn).toBe(scrape.value('kafka_log_log_size', topic));
    const bytesOut = scrape.value('kafka_server_brokertopicmetrics_bytesout_total', topic)!;
    expect(bytesOut).toBeGreaterThanOrEqual(bytesIn);
    // kafkajs asks for a marker at the end twice.
    expect(bytesOut).toBeLessThan(bytesIn * 1.2);
    expect(scrape.value('kafka_server_brokertopicmetrics_bytesrejected_total')).toBeGreaterThan(200);
    expect(scrape.value('kafka_server_brokertopicmetrics_failedproducerequests_total')).toBe(1);
    const total = scrape.value('kafka_server_brokertopicmetrics_messagesin_total')!;
    const perTopic = scrape
      .named('kafka_server_brokertopicmetrics_messagesin_total')
      .filter(({ labels }) => labels['topic'] !== undefined);
    expect(total).toBe(perTopic.reduce((sum, { value }) => sum + value, 0));
    expect(scrape.value('kafka_log_log_logendoffset', topic)).toBe(RECORDS + 1);
  });

  it('counts requests with their versions, errors and times', () => {
    const name = (suffix: string) => `kafka_network_requestmetrics_${suffix}`;
    const produced = scrape
      .named(name('requests_total'))
      .filter(({ labels }) => labels['request'] === 'Produce');
    expect(produced.reduce((sum, { value }) => sum + value, 0)).toBe(2);
    const error = { request: 'Produce', error: 'MESSAGE_TOO_LARGE' };
    expect(scrape.value(name('errors_total'), error)).toBe(1);
    expect(scrape.value(name('totaltimems_count'), { request: 'Produce' })).toBe(2);
    const median = { request: 'Produce', quantile: '0.50' };
    const slowest = { request: 'Produce', quantile: '0.999' };
    expect(scrape.value(name('totaltimems'), median)).toBeGreaterThan(0.01);
    expect(scrape.value(name('totaltimems'), slowest)).toBeLessThan(30_000);
    expect(scrape.value(name('requestbytes'), slowest)).toBeGreaterThan(1000);
    expect(scrape.value(name('remotetimems'), slowest)).toBe(0);
    // A group of kafkajs polls for as long as it is there.
    expect(scrape.value(name('totaltimems_count'), { request: 'FetchConsumer' })).toBeGreaterThan(0);
  });

  it('knows connections, groups, transactions, partitions and the controller', () => {
    const software = { clientSoftwareName: 'scraper', clientSoftwareVersion: '7.1' };
    expect(scrape.value('kafka_server_socket_server_metrics_connections_software', software)).toBe(1);
    const listener = { listener: 'PLAINTEXT' };
    const open = scrape.value('kafka_server_socket_server_metrics_connection_count', listener)!;
    expect(open).toBeGreaterThanOrEqual(2);
    expect(scrape.value('kafka_coordinator_group_groupmetadatamanager_numgroupsstable')).toBe(1);
    expect(scrape.value('kafka_coordinator_group_groupmetadatamanager_numoffsets')).toBe(1);
    expect(scrape.value('millrace_transactional_ids', { state: 'CompleteCommit' })).toBe(1);
    expect(scrape.value('kafka_controller_kafkacontroller_activecontrollercount')).toBe(1);
    expect(scrape.value('kafka_server_replicamanager_leadercount')).toBe(4);
    expect(scrape.value('kafka_server_replicamanager_partitioncount')).toBe(4);
    expect(scrape.value('kafka_controller_kafkacontroller_globaltopiccount')).toBe(4);
    expect(scrape.value('kafka_controller_kafkacontroller_offlinepartitionscount')).toBe(0);
    expect(scrape.value('kafka_server_kafkaserver_brokerstate')).toBe(3);
    const idle = scrape.value('kafka_network_socketserver_networkprocessoravgidle_percent');
    expect(idle).toBeLessThanOrEqual(1);
  });

  it('has rates of those whose rates are limited', () => {
    const owner = { user: 'ANONYMOUS', client_id: 'load' };
    for (const name of ['produce_byte_rate', 'fetch_byte_rate', 'request_request_time'])
      expect(scrape.value(`kafka_server_${name}`, owner)).toBeGreaterThan(0);
    for (const kind of ['produce', 'fetch', 'request'])
      expect(scrape.value(`kafka_server_${kind}_throttle_time`, owner)).toBe(0);
  });

  it('has what Node.js and the process say of themselves', () => {
    for (const name of [
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_heap_size_used_bytes',
    ])
      expect(scrape.named(name)[0]?.value).toBeGreaterThan(0);
    expect(scrape.announced).toContain('nodejs_gc_duration_seconds');
  });
});
