import { memoryHost, type Host } from '@millrace/host';
import { buildBatch, ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { BrokerNode } from '../broker-node.ts';
import type { BrokerProperties } from '../config/broker-properties.ts';
import { emptyImage } from '../metadata/image-builder.ts';
import { imageDifference } from '../metadata/image-difference.ts';
import { MetadataPublisher } from '../metadata/metadata-publisher.ts';
import type { MetricSources } from './metric-snapshot.ts';
import { MetricValues } from '../testing/metric-values.ts';
import { RawConnection } from '../testing/raw-connection.ts';
import { batchOf, createTopic, produceRequest } from '../testing/requests.ts';
import { ThreeNodes } from '../testing/three-nodes.ts';

const controller = (name: string): string => `kafka_controller_kafkacontroller_${name}`;
const ofBroker = (name: string): string => `kafka_server_brokermetadatametrics_${name}`;
const raft = (name: string): string => `kafka_server_raftmetrics_${name}`;
const channel = (name: string): string => `kafka_server_raftchannelmetrics_${name}`;
const loader = (name: string): string => `kafka_server_metadataloader_${name}`;
const events = (name: string): string => `kafka_controller_controllereventmanager_${name}`;
const emitter = (name: string): string => `kafka_server_snapshotemitter_${name}`;

describe('three nodes', () => {
  it('say how they are doing with the metadata, each its own part', async () => {
    await using cluster = await ThreeNodes.start();
    const active = cluster.active!;
    const connection = await cluster.connect(active.nodeId);
    const operationsBefore = (await MetricValues.of(active)).get(
      controller('eventqueueoperationsstartedcount'),
    );
    await createTopic(connection, 'orders', { partitions: 3, replicationFactor: 3 });
    const { offset } = active.image;
    for (const node of cluster.nodes) {
      await node.cluster.metadata.loader.reached(offset);
      const values = await MetricValues.of(node, 0.25);
      const isActive = node === active;
      expect(values.get(loader('currentcontrollerid'))).toBe(active.nodeId);
      expect(values.get(loader('finalizedlevel'), 'metadata.version')).toBeGreaterThan(7);
      expect(values.get(loader('finalizedlevel'), 'kraft.version')).toBe(0);
      expect(values.get(ofBroker('last_applied_record_offset'))).toBeGreaterThanOrEqual(offset);
      for (const name of [ofBroker('last_applied_record_'), controller('lastappliedrecord')]) {
        const ageMs = cluster.hosts[0]!.clock.nowMs() - values.get(`${name}timestamp`);
        expect(Math.abs(ageMs)).toBeLessThan(60_000);
      }
      expect(values.all(controller('brokerregistrationstate'))).toEqual({ 1: 30, 2: 30, 3: 30 });
      const heard = values.all(controller('timesincelastheartbeatreceivedms'));
      expect(Object.keys(heard)).toEqual(isActive ? ['1', '2', '3'] : []);
      for (const silenceMs of Object.values(heard)) expect(silenceMs).toBeLessThan(60_000);
      for (const name of [raft('poll_idle_ratio_avg'), loader('avgidleratio'), events('avgidleratio')])
        expect(values.get(name)).toBe(0.25);
      expect(values.all(raft('current_state'))).toEqual({ [isActive ? 'leader' : 'follower']: 1 });
      expect(values.get(raft('log_end_epoch'))).toBe(active.controller.epoch);
      const own = isActive
        ? ['append_records_rate', 'commit_latency_max', 'commit_latency_avg']
        : ['fetch_records_rate'];
      for (const name of own) expect(values.get(raft(name))).toBeGreaterThan(0);
    }
    const values = await MetricValues.of(active);
    const operations = values.get(controller('eventqueueoperationsstartedcount'));
    expect(operations).toBeGreaterThan(operationsBefore);
    const processed = values.get(`${events('eventqueueprocessingtimems')}_count`);
    expect(processed).toBeGreaterThan(0);
    expect(processed).toBeLessThanOrEqual(operations);
    expect(values.get(events('eventqueueprocessingtimems'), '0.999')).toBeGreaterThan(0);
    expect(values.get(raft('election_latency_max'))).toBeGreaterThan(0);
    expect(values.get(raft('election_latency_avg'))).toBeGreaterThan(0);
    // Those who vote ask for votes; all others fetch.
    const follower = await MetricValues.of(cluster.nodes.find((node) => node !== active)!);
    for (const name of ['request_total', 'response_total', 'outgoing_byte_total', 'incoming_byte_total'])
      expect(follower.get(channel(name))).toBeGreaterThan(0);
  });

  it('say how often replicas fetch from their leaders, and how often connections come and go', async () => {
    await using cluster = await ThreeNodes.start();
    const [node] = cluster.nodes;
    const sockets = (name: string): string => `kafka_server_socket_server_metrics_connection_${name}_rate`;
    const minFetchRate = 'kafka_server_replicafetchermanager_minfetchrate';
    const connection = await cluster.connect(node!.nodeId);
    const before = await MetricValues.of(node!);
    expect(before.get(minFetchRate, 'Replica')).toBe(0);
    const topicId = await createTopic(connection, 'orders', { partitions: 3, replicationFactor: 3 });
    // Records that all replicas have in sync: each follower has fetched from each leader.
    for (const { index, leader } of cluster.active!.image.topics.byId.get(topicId)!.partitions) {
      const { responses } = await (
        await cluster.connect(leader)
      ).send(produceRequest('orders', batchOf(['a']), { index }));
      expect(responses[0]!.partitionResponses[0]!.errorCode).toBe(ErrorCode.NONE);
    }
    const busy = await MetricValues.of(node!);
    expect(busy.get(minFetchRate, 'Replica')).toBeGreaterThan(0);
    const listener = 'PLAINTEXT,0';
    expect(busy.get(sockets('creation'), listener)).toBeGreaterThan(
      before.get(sockets('creation'), listener),
    );
    const sources = node!.operationsSources.metrics;
    await cluster.stopNode(node!.nodeId);
    const after = await MetricValues.from(sources);
    expect(after.get(sockets('close'), listener)).toBeGreaterThan(busy.get(sockets('close'), listener));
  });

  it('are behind by the age of the last record, except for the active controller', async () => {
    await using cluster = await ThreeNodes.start({ 'metadata.max.idle.interval.ms': 0 });
    const active = cluster.active!;
    const follower = cluster.nodes.find((node) => node !== active)!;
    const names = [ofBroker('last_applied_record_lag_ms'), controller('lastappliedrecordlagms')];
    for (const name of names) {
      const before = (await MetricValues.of(follower)).get(name);
      const later = (await MetricValues.from(ahead(follower.operationsSources.metrics, 1000))).get(name);
      expect(later - before).toBeGreaterThanOrEqual(1000);
      expect(later - before).toBeLessThan(60_000);
      expect((await MetricValues.of(active)).get(name)).toBe(0);
    }
  });

  it('count brokers whose heartbeats did not come in time, and those that only follow', async () => {
    await using cluster = await ThreeNodes.start({ 'broker.session.timeout.ms': 800 });
    const name = controller('timedoutbrokerheartbeatcount');
    const active = cluster.active!;
    const before = (await MetricValues.of(active)).get(name);
    const silent = await cluster.startBroker(4, { 'broker.heartbeat.interval.ms': 3_600_000 });
    try {
      await active.cluster.metadata.loader.until(({ brokers }) => brokers.get(4)?.isFenced === true);
      const values = await MetricValues.of(cluster.active!);
      expect(values.get(name)).toBeGreaterThan(before);
      expect(values.get(controller('brokerregistrationstate'), '4')).toBe(10);
      expect(values.get(raft('number_of_observers'))).toBe(1);
      const following = await MetricValues.of(silent);
      expect(following.all(raft('current_state'))).toEqual({ observer: 1 });
      expect(following.get(name)).toBe(0);
    } finally {
      await silent.close();
    }
  });
});

/** What is measured when the clocks have gone on. */
function ahead(sources: MetricSources, byMs: number): MetricSources {
  const { clock } = sources.host;
  return { ...sources, host: { ...sources.host, clock: { ...clock, nowMs: () => clock.nowMs() + byMs } } };
}

/** No record of metadata. */
function unreadable(baseOffset: number): Buffer {
  return buildBatch([{ timestampMs: 1, key: null, value: 'x' }], { baseOffset, partitionLeaderEpoch: 1 });
}

describe('a node that is alone', () => {
  const properties: BrokerProperties = {
    'node.id': 1,
    'log.dirs': '/data',
    listeners: 'PLAINTEXT://127.0.0.1:0',
    'metadata.log.max.record.bytes.between.snapshots': 100,
  };

  async function withNode(host: Host, body: (node: BrokerNode) => Promise<void>): Promise<void> {
    const node = await BrokerNode.start(properties, { host });
    try {
      await body(node);
    } finally {
      await node.close();
    }
  }

  it('says which snapshots it has written and loaded, and how old its records are', async () => {
    const host = memoryHost();
    let timestampMs = 0;
    await withNode(host, async (node) => {
      expect((await MetricValues.of(node)).get(loader('handleloadsnapshotcount'))).toBe(0);
      const connection = await RawConnection.open(host, node.address);
      await createTopic(connection, 'orders');
      connection.destroy();
      await node.cluster.metadata.snapshots.settled();
      const values = await MetricValues.of(node);
      expect(values.get(emitter('latestsnapshotgeneratedbytes'))).toBeGreaterThan(100);
      expect(values.get(emitter('latestsnapshotgeneratedagems'))).toBeLessThan(60_000);
      // Nobody writes while there is nothing to say: that is no lag.
      expect(values.get(ofBroker('last_applied_record_lag_ms'))).toBe(0);
      timestampMs = values.get(ofBroker('last_applied_record_timestamp'));
    });
    await withNode(host, async (node) => {
      const values = await MetricValues.of(node);
      expect(values.get(loader('handleloadsnapshotcount'))).toBe(1);
      expect(values.get(ofBroker('last_applied_record_timestamp'))).toBeGreaterThanOrEqual(timestampMs);
    });
  });

  it('counts what could not be loaded, and what a part of it could not follow', () =>
    withNode(memoryHost(), async (node) => {
      const errors = async (sources: MetricSources): Promise<number[]> => {
        const values = await MetricValues.from(sources);
        const counts = ['metadata_load_error_count', 'metadata_apply_error_count'].map(ofBroker);
        return [...counts, controller('metadataerrorcount')].map((name) => values.get(name));
      };
      const sources = node.operationsSources.metrics;
      expect(await errors(sources)).toEqual([0, 0, 0]);
      const publisher = new MetadataPublisher();
      await publisher.publish(node.image, imageDifference(emptyImage, emptyImage), {
        nodeId: node.nodeId,
        config: node.brokerConfig,
        replication: node.replication,
        logger: node.logger,
        onTopicsDeleted: () => {
          throw new Error('no way');
        },
      });
      await node.cluster.metadata.loader.onCommitted(unreadable(node.image.offset + 1));
      expect(await errors({ ...sources, applyErrors: publisher.errorCount })).toEqual([1, 1, 2]);
      await node.failed;
    }));
});
