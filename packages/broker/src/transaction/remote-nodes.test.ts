import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import type { MarkerFrame } from '../coordinator/state-machine.ts';
import { channelsTo } from '../testing/channels-to.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { TransactionClient } from '../testing/transaction-client.ts';
import { RemoteCoverage } from './remote-coverage.ts';
import { RemoteMarkers } from './remote-markers.ts';

const NODE = 7;

async function start(server: TestBroker, transactionalId = 't'): Promise<TransactionClient> {
  const client = await TransactionClient.start(server, transactionalId);
  await client.init();
  return client;
}

function partitionsOf(topic: string, ...indexes: readonly number[]) {
  return new Map([[topic, new Set(indexes)]]);
}

function markerOf(client: TransactionClient, producerEpoch: number, isCommit = true): MarkerFrame {
  const { producerId } = client.producer;
  return {
    type: 'marker',
    producerId,
    producerEpoch,
    coordinatorEpoch: 0,
    isCommit,
    transactionVersion: 2,
  };
}

describe('the leader of a partition, asking a transaction coordinator on another node', () => {
  it('has partitions added, which covers their records', async () => {
    await using server = await TestBroker.start();
    using channels = channelsTo(server);
    const client = await start(server);
    await client.createTopic('orders');
    const coverage = new RemoteCoverage(() => channels);
    const call = { api: 'add', transactionalId: 't', ...client.producer, clientVersion: 2 } as const;
    expect(await coverage.ask(NODE, { ...call, partitions: partitionsOf('orders', 0) })).toEqual({
      errorCode: ErrorCode.NONE,
      missing: new Map(),
    });
    expect(await client.produce('orders', 'a', 0, { version: 11 })).toBe(ErrorCode.NONE);
  });

  it('is told which partitions are missing, each transaction for itself', async () => {
    await using server = await TestBroker.start();
    using channels = channelsTo(server);
    const [one, two] = [await start(server, 'one'), await start(server, 'two')];
    await one.createTopic('orders', 3);
    await one.add('orders', [0]);
    await two.add('orders', [1, 2]);
    const coverage = new RemoteCoverage(() => channels);
    const partitions = partitionsOf('orders', 0, 1);
    const replies = await Promise.all([
      coverage.ask(NODE, { api: 'verify', transactionalId: 'one', ...one.producer, partitions }),
      coverage.ask(NODE, { api: 'verify', transactionalId: 'two', ...two.producer, partitions }),
      coverage.ask(NODE, { api: 'verify', transactionalId: 'three', ...two.producer, partitions }),
    ]);
    expect(replies).toEqual([
      { errorCode: ErrorCode.NONE, missing: partitionsOf('orders', 1) },
      { errorCode: ErrorCode.NONE, missing: partitionsOf('orders', 0) },
      { errorCode: ErrorCode.INVALID_PRODUCER_ID_MAPPING, missing: new Map() },
    ]);
  });

  it('is told the partition that the coordinator does not know, not those that it left for it', async () => {
    await using server = await TestBroker.start();
    using channels = channelsTo(server);
    const client = await start(server);
    await client.createTopic('orders');
    const coverage = new RemoteCoverage(() => channels);
    const call = { api: 'add', transactionalId: 't', ...client.producer, clientVersion: 2 } as const;
    const { errorCode } = await coverage.ask(NODE, { ...call, partitions: partitionsOf('orders', 0, 9) });
    expect(errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  });

  it('finds no coordinator where nobody answers', async () => {
    const server = await TestBroker.start();
    using channels = channelsTo(server);
    await server.broker.close();
    const coverage = new RemoteCoverage(() => channels);
    const call = { api: 'verify', transactionalId: 't', producerId: 1, producerEpoch: 0 } as const;
    const { errorCode } = await coverage.ask(NODE, { ...call, partitions: partitionsOf('orders', 0) });
    expect(errorCode).toBe(ErrorCode.COORDINATOR_NOT_AVAILABLE);
  });
});

describe('a transaction coordinator, sending markers to another node', () => {
  it('ends many transactions on many partitions with one request, each as it was decided', async () => {
    await using server = await TestBroker.start();
    using channels = channelsTo(server);
    const [one, two] = [await start(server, 'one'), await start(server, 'two')];
    for (const topic of ['a', 'b']) await one.createTopic(topic);
    expect(await one.produce('a', 'committed', 0)).toBe(ErrorCode.NONE);
    expect(await one.produce('b', 'committed', 0)).toBe(ErrorCode.NONE);
    expect(await two.produce('a', 'aborted', 0)).toBe(ErrorCode.NONE);
    const markers = new RemoteMarkers(() => channels);
    const [commit, abort] = [markerOf(one, 1), markerOf(two, 1, false)];
    const written = await Promise.all([
      markers.write(NODE, { topic: 'a', partition: 0, marker: commit }),
      markers.write(NODE, { topic: 'a', partition: 0, marker: abort }),
      markers.write(NODE, { topic: 'b', partition: 0, marker: commit }),
      markers.write(NODE, { topic: 'b', partition: 3, marker: commit }),
    ]);
    expect(written).toEqual([0, 0, 0, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]);
    expect(await one.readCommitted('a')).toEqual({ values: ['committed'], lastStableOffset: 4 });
    expect(await one.readCommitted('b')).toEqual({ values: ['committed'], lastStableOffset: 2 });
  });

  it('has an error to try again after where nobody answers', async () => {
    const server = await TestBroker.start();
    using channels = channelsTo(server);
    await server.broker.close();
    const markers = new RemoteMarkers(() => channels);
    const marker = { type: 'marker', producerId: 1, producerEpoch: 0, coordinatorEpoch: 0 } as const;
    const frame = { ...marker, isCommit: true, transactionVersion: 2 };
    expect(await markers.write(NODE, { topic: 'a', partition: 0, marker: frame })).toBe(
      ErrorCode.NETWORK_EXCEPTION,
    );
  });
});
