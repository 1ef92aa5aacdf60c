import { memoryHost, type Host } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import {
  DescribeLogDirsRequest,
  DescribeLogDirsResponse,
} from '@millrace/protocol/messages/describe-log-dirs';
import { ProduceRequest, ProduceResponse } from '@millrace/protocol/messages/produce';
import { expect, test } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { batchOf, createTopic } from '../testing/requests.ts';
import { Scrape } from '../testing/scrape.ts';
import { TestBroker } from '../testing/test-broker.ts';

const properties = { 'log.dirs': '/first,/second', 'metrics.listener': '127.0.0.1:0' };
const PARTITIONS = 4;

/** Its file system is not mounted: something else is in its place. */
async function takeAway(host: Host, directory: string): Promise<void> {
  await host.disk.rename(directory, `${directory}-away`);
  await host.disk.writeFile(directory, Buffer.from('not a directory'), { sync: true });
}

async function bringBack(host: Host, directory: string): Promise<void> {
  await host.disk.removeFile(directory);
  await host.disk.rename(`${directory}-away`, directory);
}

async function produce(connection: RawConnection, topicName: string, index: number): Promise<number> {
  const { responses } = await connection.send({
    request: ProduceRequest,
    response: ProduceResponse,
    version: 9,
    message: {
      acks: -1,
      timeoutMs: 1000,
      topicData: [{ name: topicName, partitionData: [{ index, records: batchOf(['value']) }] }],
    },
  });
  return responses[0]!.partitionResponses[0]!.errorCode;
}

test('a broker starts without a directory that its disk refuses, and has it back at a later start', async () => {
  const host = memoryHost();
  const where = new Map<number, string>();
  {
    await using server = await TestBroker.start(properties, host);
    const connection = await server.connect();
    await createTopic(connection, 'orders', { partitions: PARTITIONS });
    for (let index = 0; index < PARTITIONS; index++) {
      expect(await produce(connection, 'orders', index)).toBe(ErrorCode.NONE);
      where.set(index, server.broker.logs.get('orders', index)!.logDir);
    }
    expect(new Set(where.values())).toEqual(new Set(['/first', '/second']));
  }

  await takeAway(host, '/second');
  {
    await using server = await TestBroker.start(properties, host);
    const connection = await server.connect();
    for (const [index, directory] of where) {
      const errorCode = await produce(connection, 'orders', index);
      if (directory === '/first') expect(errorCode).toBe(ErrorCode.NONE);
      else expect(errorCode).not.toBe(ErrorCode.NONE);
    }
    const { results } = await connection.send({
      request: DescribeLogDirsRequest,
      response: DescribeLogDirsResponse,
      version: 4,
      message: { topics: null },
    });
    expect(results.map(({ logDir, errorCode }) => [logDir, errorCode])).toEqual([
      ['/first', ErrorCode.NONE],
      ['/second', ErrorCode.KAFKA_STORAGE_ERROR],
    ]);
    const metrics = await Scrape.of(server.broker.metricsAddress!);
    expect(metrics.named('kafka_log_logmanager_offlinelogdirectorycount')).toMatchObject([{ value: 1 }]);
    expect(metrics.named('kafka_log_logmanager_logdirectoryoffline')).toMatchObject([
      { labels: { logDirectory: '/first' }, value: 0 },
      { labels: { logDirectory: '/second' }, value: 1 },
    ]);
    // New ones go to what is left, and those that are away are not made anew there.
    await createTopic(connection, 'later', { partitions: 2 });
    expect(await produce(connection, 'later', 1)).toBe(ErrorCode.NONE);
    for (const [index, directory] of where) {
      expect(server.broker.logs.get('orders', index) !== undefined).toBe(directory === '/first');
    }
  }

  await bringBack(host, '/second');
  await using server = await TestBroker.start(properties, host);
  const connection = await server.connect();
  for (const [index, directory] of where) {
    const log = server.broker.logs.get('orders', index)!;
    expect([log.logDir, log.logEndOffset]).toEqual([directory, directory === '/first' ? 2 : 1]);
    expect(await produce(connection, 'orders', index)).toBe(ErrorCode.NONE);
  }
});

test('a broker does not start without the directory of the metadata log, or without any', async () => {
  const host = memoryHost();
  await TestBroker.start(properties, host).then((server) => server[Symbol.asyncDispose]());
  await takeAway(host, '/first');
  await expect(TestBroker.start(properties, host)).rejects.toMatchObject({
    code: 'ERR_BROKER_DATA_DIRECTORY_UNUSABLE',
    directory: '/first',
  });
  await takeAway(host, '/second');
  await expect(TestBroker.start(properties, host)).rejects.toMatchObject({ directory: '/first' });
  await bringBack(host, '/first');
  await using server = await TestBroker.start(properties, host);
  expect(server.broker.logs.directories.map(({ failure }) => failure === undefined)).toEqual([true, false]);
});
