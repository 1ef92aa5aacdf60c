import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryHost, nodeHost, type Host } from '@millrace/host';
import { InvalidPropertyError } from '@millrace/config';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { FeatureLevelRecord } from '@millrace/protocol/messages/metadata-records';
import { InitProducerIdRequest, InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id';
import { describe, expect, it } from 'vitest';
import { Broker } from './broker.ts';
import { ConfigResourceType } from './metadata/cluster-image.ts';
import { encodeMetadataBatch } from './metadata/metadata-batch.ts';
import type { MetadataRecord } from './metadata/metadata-record.ts';
import { encodeSnapshot } from './metadata/snapshot-file.ts';
import { FailingDiskHost } from './testing/failing-disk.ts';
import { openMetadata } from './testing/open-metadata.ts';
import { append, createTopic, listTopics } from './testing/requests.ts';
import { TestBroker } from './testing/test-broker.ts';

const loopback = { listeners: 'PLAINTEXT://127.0.0.1:0', 'log.dirs': '/data' } as const;

async function nextProducerId(server: TestBroker): Promise<number> {
  const connection = await server.connect();
  const { producerId } = await connection.send({
    request: InitProducerIdRequest,
    response: InitProducerIdResponse,
    version: 0,
    message: { transactionalId: null, transactionTimeoutMs: 0 },
  });
  return producerId;
}

async function directoryListing(host: Host, path: string): Promise<string[]> {
  return (await host.disk.list(path)).map(({ name }) => name);
}

describe('a first start', () => {
  it('formats the empty directory as Kafka does', async () => {
    const host = memoryHost();
    await using server = await TestBroker.start({ 'node.id': 5 }, host);
    const properties = (await host.disk.readFile('/data/meta.properties')).toString();
    expect(properties).toContain(`cluster.id=${server.broker.clusterId}\n`);
    expect(properties).toContain('node.id=5\n');
    expect(properties).toMatch(/directory\.id=[\w-]{22}\n/);
    expect(await directoryListing(host, '/data')).toEqual([
      '.lock',
      '__cluster_metadata-0',
      'bootstrap.checkpoint',
      'meta.properties',
    ]);
    expect(server.broker.image.features).toEqual(
      new Map([
        ['metadata.version', 30],
        ['eligible.leader.replicas.version', 1],
        ['group.version', 1],
        ['share.version', 1],
        ['streams.version', 1],
        ['transaction.version', 2],
      ]),
    );
  });

  it('takes the cluster id that was asked for', async () => {
    await using server = await TestBroker.start({ 'cluster.id': 'MkU3OEVBNTcwNTJENDM2Qk' });
    expect(server.broker.clusterId).toBe('MkU3OEVBNTcwNTJENDM2Qk');
  });

  it('leaves a directory alone that holds other things', async () => {
    const host = memoryHost();
    await host.disk.makeDirectory('/data/photos');
    await expect(TestBroker.start({}, host)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DataDirectoryError: Data directory /data has no meta.properties, but holds "photos"; it is left alone, choose an empty directory in "log.dirs"]`,
    );
    expect(await directoryListing(host, '/data')).toEqual(['photos']);
  });
});

describe('a restart', () => {
  it('finds topics, configurations, records and producer ids as they were', async () => {
    const host = memoryHost();
    let topicId: string;
    let firstProducerId: number;
    {
      await using server = await TestBroker.start({}, host);
      const connection = await server.connect();
      topicId = await createTopic(connection, 'orders', {
        partitions: 3,
        configs: { 'retention.ms': '1000' },
      });
      await append(connection, 'orders', ['a', 'b']);
      firstProducerId = await nextProducerId(server);
    }
    await using server = await TestBroker.start({}, host);
    const { image, partitions } = server.broker;
    const topic = image.topics.byName.get('orders')!;
    expect(topic.id).toBe(topicId);
    expect(topic.partitions).toHaveLength(3);
    expect([...image.configs.of(ConfigResourceType.TOPIC, 'orders')]).toEqual([['retention.ms', '1000']]);
    expect(partitions.get('orders', 0)!.log.config['retention.ms']).toBe(1000);
    expect(partitions.get('orders', 0)!.log.highWatermark).toBe(2);
    expect(await nextProducerId(server)).toBeGreaterThan(firstProducerId);
    expect(server.complaints).toEqual([]);
  });

  it('begins a new leader epoch for each partition, so that readers notice a lost tail', async () => {
    const host = memoryHost();
    {
      await using server = await TestBroker.start({}, host);
      await createTopic(await server.connect(), 'orders');
      expect(server.broker.partitions.get('orders', 0)!.leaderEpoch).toBe(0);
    }
    await using server = await TestBroker.start({}, host);
    expect(server.broker.partitions.get('orders', 0)!.leaderEpoch).toBe(1);
    expect(server.broker.image.topics.byName.get('orders')!.partitions[0]!.leaderEpoch).toBe(1);
  });

  it('leads in an epoch after the one that was noted beside the log, and notes its own', async () => {
    const host = memoryHost();
    await (await TestBroker.start({}, host)).broker.close();
    const file = '/data/__cluster_metadata-0/quorum-state';
    const epochIn = async () => JSON.parse((await host.disk.readFile(file)).toString()).leaderEpoch;
    expect(await epochIn()).toBe(1);
    await host.disk.writeFile(file, '{"leaderId":1,"leaderEpoch":7,"votedId":-1,"data_version":0}');
    await using server = await TestBroker.start({}, host);
    expect(server.broker.image.epoch).toBe(8);
    expect(await epochIn()).toBe(8);
  });

  it('ends a metadata transaction that was left open', async () => {
    const host = memoryHost();
    await (await TestBroker.start({}, host)).broker.close();
    const { metadata, logs } = await openMetadata(host);
    metadata.start();
    await metadata.controller.active;
    const half: MetadataRecord[] = [
      { type: 'BeginTransaction', data: { name: null } },
      { type: 'Topic', data: { name: 'half', topicId: 'AAAAAAAAAAAAAAAAAAAAZA' } },
    ];
    const { quorum } = metadata;
    await quorum.append(quorum.epoch, encodeMetadataBatch(half, 0), half.length).committed;
    await quorum.close();
    await logs.close();
    await (await TestBroker.start({}, host)).broker.close();
    await using server = await TestBroker.start({}, host);
    expect(await listTopics(await server.connect())).toEqual([]);
    expect(server.complaints).toEqual([]);
  });

  it('goes on from a snapshot when the metadata log has grown', async () => {
    const host = memoryHost();
    const small = {
      'metadata.log.max.record.bytes.between.snapshots': 2000,
      'metadata.max.retention.bytes': 0,
    };
    const names = Array.from({ length: 40 }, (_, index) => `topic-${String(index).padStart(2, '0')}`);
    {
      await using server = await TestBroker.start(small, host);
      const connection = await server.connect();
      for (const name of names) await createTopic(connection, name);
      await nextProducerId(server);
    }
    const files = await directoryListing(host, '/data/__cluster_metadata-0');
    expect(files.filter((name) => name.endsWith('.checkpoint'))).toHaveLength(1);
    await using server = await TestBroker.start(small, host);
    expect(await listTopics(await server.connect())).toEqual(names);
    expect(await nextProducerId(server)).toBe(1000);
    expect(server.complaints).toEqual([]);
  });

  it('refuses a snapshot that is damaged, and names it', async () => {
    const host = memoryHost();
    const small = {
      'metadata.log.max.record.bytes.between.snapshots': 500,
      'metadata.max.retention.bytes': 0,
    };
    {
      await using server = await TestBroker.start(small, host);
      const connection = await server.connect();
      for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await createTopic(connection, name);
    }
    const directory = '/data/__cluster_metadata-0';
    const name = (await directoryListing(host, directory)).findLast((file) => file.endsWith('.checkpoint'))!;
    const content = await host.disk.readFile(join(directory, name));
    await host.disk.writeFile(join(directory, name), content.subarray(0, content.length - 20));
    await expect(Broker.start(loopback, { host })).rejects.toThrow(name);
    expect(await directoryListing(host, directory)).toContain(name);
  });

  it('warns of a partition on disk that no metadata knows, and leaves it alone', async () => {
    const host = memoryHost();
    {
      await using server = await TestBroker.start({}, host);
      await createTopic(await server.connect(), 'orders');
    }
    await host.disk.rename('/data/orders-0', '/data/stranger-0');
    await using server = await TestBroker.start({}, host);
    expect(server.complaints.map(({ message, fields }) => [message, fields['topic']])).toEqual([
      ['A partition on disk is unknown to the metadata log; it is left alone', 'stranger'],
    ]);
    expect(await directoryListing(host, '/data')).toContain('stranger-0');
    expect(server.broker.partitions.get('orders', 0)!.log.logEndOffset).toBe(0);
  });

  it('takes over records whose topic id was lost with the power', async () => {
    const host = memoryHost();
    let topicId: string;
    {
      await using server = await TestBroker.start({}, host);
      topicId = await createTopic(await server.connect(), 'orders');
      await append(await server.connect(), 'orders', ['a', 'b']);
    }
    await host.disk.removeFile('/data/orders-0/partition.metadata');
    await using server = await TestBroker.start({}, host);
    expect(server.complaints).toEqual([]);
    expect(server.broker.partitions.get('orders', 0)!.log.highWatermark).toBe(2);
    const written = (await host.disk.readFile('/data/orders-0/partition.metadata')).toString();
    expect(written).toContain(`topic_id: ${topicId}`);
  });

  it('does not give the records of a partition without topic id to a topic that comes later', async () => {
    const host = memoryHost();
    {
      await using server = await TestBroker.start({}, host);
      await createTopic(await server.connect(), 'orders');
      await append(await server.connect(), 'orders', ['a', 'b']);
    }
    await host.disk.rename('/data/orders-0', '/data/stranger-0');
    await host.disk.removeFile('/data/stranger-0/partition.metadata');
    await using server = await TestBroker.start({}, host);
    await createTopic(await server.connect(), 'stranger');
    expect(server.broker.partitions.get('stranger', 0)!.log.logEndOffset).toBe(0);
  });

  it('refuses the data of another node', async () => {
    const host = memoryHost();
    await (await Broker.start(loopback, { host })).close();
    await expect(
      Broker.start({ ...loopback, 'node.id': 2 }, { host }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DataDirectoryError: Data directory /data belongs to node 1, but "node.id" is 2; correct it or choose another directory]`,
    );
  });

  it('refuses the data of another cluster', async () => {
    const host = memoryHost();
    const first = await Broker.start({ ...loopback, 'cluster.id': 'AAAAAAAAAAAAAAAAAAAAAg' }, { host });
    await first.close();
    const other = { ...loopback, 'cluster.id': 'BBBBBBBBBBBBBBBBBBBBBA' };
    await expect(Broker.start(other, { host })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DataDirectoryError: Data directory /data belongs to cluster AAAAAAAAAAAAAAAAAAAAAg, which is not the one in "cluster.id" (BBBBBBBBBBBBBBBBBBBBBA); choose another directory]`,
    );
  });

  it('begins with the records that formatting left, and refuses levels it does not know', async () => {
    const host = memoryHost();
    const level = (featureLevel: number) =>
      encodeSnapshot(
        [
          {
            type: 'FeatureLevel',
            data: FeatureLevelRecord.create({ name: 'metadata.version', featureLevel }),
          },
        ],
        0,
      );
    await host.disk.makeDirectory('/data');
    await host.disk.writeFile(
      '/data/meta.properties',
      'version=1\ncluster.id=c\nnode.id=1\ndirectory.id=AAAAAAAAAAAAAAAAAAAAZA\n',
    );
    await host.disk.writeFile('/data/bootstrap.checkpoint', level(31));
    await expect(Broker.start(loopback, { host })).rejects.toMatchObject({
      code: 'ERR_BROKER_UNSUPPORTED_FEATURE',
    });
    await host.disk.writeFile('/data/bootstrap.checkpoint', level(17));
    await using server = await TestBroker.start({}, host);
    expect(server.broker.image.features.get('metadata.version')).toBe(17);
  });

  it('refuses two directories of different clusters', async () => {
    const host = memoryHost();
    for (const directory of ['/one', '/two']) {
      const clusterId = directory === '/one' ? 'AAAAAAAAAAAAAAAAAAAAAg' : 'BBBBBBBBBBBBBBBBBBBBBA';
      await (
        await Broker.start({ ...loopback, 'log.dirs': directory, 'cluster.id': clusterId }, { host })
      ).close();
    }
    await expect(Broker.start({ ...loopback, 'log.dirs': '/one,/two' }, { host })).rejects.toMatchObject({
      code: 'ERR_BROKER_FOREIGN_DATA_DIRECTORY',
      directory: '/two',
    });
  });
});

describe('a start that cannot go on says why in one line', () => {
  it('for a directory in use by another broker', async () => {
    const host = memoryHost();
    await using _running = await TestBroker.start({}, host);
    await expect(Broker.start(loopback, { host })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DirectoryLockedError: Log directory /data is in use by another process; stop it or choose another directory]`,
    );
  });

  it.each(['memory', 'disk'])(
    'for a directory that another first start was quicker to take (%s)',
    async (kind) => {
      const directory = kind === 'memory' ? '/data' : await mkdtemp(join(tmpdir(), 'millrace-broker-'));
      const host = kind === 'memory' ? memoryHost() : nodeHost();
      const start = () => Broker.start({ ...loopback, 'log.dirs': directory }, { host });
      const starts = await Promise.allSettled([start(), start(), start()]);
      const brokers = starts.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      const errors = starts.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      for (const broker of brokers) await broker.close();
      if (kind === 'disk') await rm(directory, { recursive: true });
      expect(brokers).toHaveLength(1);
      for (const error of errors) {
        expect(error).toMatchObject({ code: 'ERR_LOG_DIRECTORY_LOCKED' });
        expect(error).toMatchObject({ message: expect.stringContaining('is in use by another process') });
      }
    },
  );

  it('for a port in use', async () => {
    await using running = await TestBroker.start();
    const { port } = running.broker.address;
    const properties = { ...loopback, listeners: `PLAINTEXT://127.0.0.1:${port}` };
    const host = memoryHost();
    const failure = Broker.start(properties, { host });
    await expect(failure).rejects.toMatchObject({ code: 'ERR_BROKER_PORT_IN_USE' });
    await expect(failure).rejects.toThrow(`Address 127.0.0.1:${port} is in use by another process`);
    // Nothing is left behind: the directory can be used at once.
    await (await Broker.start(loopback, { host })).close();
  });

  it('for an address of another machine', async () => {
    const properties = { ...loopback, listeners: 'PLAINTEXT://192.0.2.1:0' };
    await expect(Broker.start(properties, { host: memoryHost() })).rejects.toMatchObject({
      code: 'ERR_BROKER_CANNOT_LISTEN',
    });
  });

  it.each([
    ['EROFS', 'is on a read-only file system'],
    ['ENOSPC', 'is on a full disk'],
    ['EACCES', 'is not writable for this user'],
  ])('for a disk that answers %s', async (code, text) => {
    const disk = new FailingDiskHost();
    disk.failure = code;
    await expect(Broker.start(loopback, { host: disk.host })).rejects.toMatchObject({
      code: 'ERR_BROKER_DATA_DIRECTORY_UNUSABLE',
      message: expect.stringContaining(`/data ${text}`),
    });
  });

  it('for an illegal value', async () => {
    const failure = Broker.start({ ...loopback, 'num.partitions': 'many' }, { host: memoryHost() });
    await expect(failure).rejects.toBeInstanceOf(InvalidPropertyError);
    await expect(failure).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InvalidPropertyError: Property "num.partitions" is "many", but must be a number]`,
    );
  });
});

describe('properties', () => {
  it('that nobody knows cause a warning with the nearest name, and nothing else', async () => {
    await using server = await TestBroker.start({ 'num.partition': 3, 'num.io.threads': 8 });
    expect(server.complaints).toEqual([
      {
        level: 'warn',
        message: 'Unknown property is ignored',
        fields: { property: 'num.partition', didYouMean: 'num.partitions', logger: 'kafka.server' },
      },
    ]);
  });

  it('may use the older name of node.id', async () => {
    await using server = await TestBroker.start({ 'broker.id': 3 });
    expect(server.broker.nodeId).toBe(3);
  });
});

describe('close', () => {
  it('may be called twice, flushes, and leaves the marker of a clean stop', async () => {
    const host = memoryHost();
    const broker = await Broker.start(loopback, { host });
    await Promise.all([broker.close(), broker.close()]);
    expect(await directoryListing(host, '/data')).toContain('.kafka_cleanshutdown');
  });

  it('answers a long poll with what there is, disconnects everybody, and takes nobody new', async () => {
    const server = await TestBroker.start();
    const [idle, polling] = [await server.connect(), await server.connect()];
    await createTopic(idle, 'orders');
    const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }];
    const answer = polling.send({
      request: FetchRequest,
      response: FetchResponse,
      version: 11,
      message: { maxWaitMs: 600_000, minBytes: 1, topics: [{ topic: 'orders', partitions }] },
    });
    // The poll was sent before this, so the broker has it when it is told to stop.
    await listTopics(idle);
    await server.broker.close();
    await Promise.all([idle.closed, polling.closed]);
    await expect(answer).resolves.toMatchObject({ errorCode: 0 });
    await expect(server.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('listeners', () => {
  it('tell clients the address of the listener they came in on', async () => {
    await using server = await TestBroker.start({
      listeners: 'PLAINTEXT://127.0.0.1:0,OUTSIDE://127.0.0.1:0',
      'advertised.listeners': 'OUTSIDE://kafka.example.com:9999',
      'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,OUTSIDE:PLAINTEXT',
    });
    const { broker } = server;
    expect(broker.advertisedEndpoint('PLAINTEXT')).toEqual(broker.address);
    expect(broker.advertisedEndpoint('OUTSIDE')).toEqual({ host: 'kafka.example.com', port: 9999 });
    expect(broker.image.brokers.get(1)!.endpoints.get('OUTSIDE')).toEqual({
      host: 'kafka.example.com',
      port: 9999,
      securityProtocol: 0,
    });
  });
});
