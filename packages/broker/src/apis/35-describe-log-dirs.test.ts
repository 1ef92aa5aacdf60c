import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeHost } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import {
  DescribeLogDirsRequest,
  DescribeLogDirsResponse,
} from '@millrace/protocol/messages/describe-log-dirs';
import { describe, expect, it } from 'vitest';
import { FailingDiskHost } from '../testing/failing-disk.ts';
import { describeDirectories } from '../testing/log-directories.ts';
import { append, createTopic, produceRequest, batchOf } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

const all = {
  request: DescribeLogDirsRequest,
  response: DescribeLogDirsResponse,
  version: 5,
  message: { topics: null },
} as const;

describe('DescribeLogDirs', () => {
  it('tells the partitions and the room of each directory', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'millrace-log-dirs-'));
    try {
      const paths = [join(directory, 'a'), join(directory, 'b')];
      await using server = await TestBroker.start({ 'log.dirs': paths.join(',') }, nodeHost());
      const connection = await server.connect();
      await createTopic(connection, 'orders', { partitions: 4 });
      await append(connection, 'orders', ['one', 'two']);
      const { errorCode, results } = await connection.send(all);
      expect(errorCode).toBe(ErrorCode.NONE);
      expect(results.map(({ logDir }) => logDir)).toEqual(paths);
      for (const { totalBytes, usableBytes, isCordoned } of results) {
        expect(usableBytes).toBeGreaterThan(0);
        expect(totalBytes).toBeGreaterThan(usableBytes);
        expect(isCordoned).toBe(false);
      }
      const partitions = results.flatMap(({ topics }) => topics.flatMap((topic) => topic.partitions));
      expect(partitions).toHaveLength(4);
      const { log } = server.broker.partitions.get('orders', 0)!;
      expect(partitions.find(({ partitionIndex }) => partitionIndex === 0)!.partitionSize).toBe(
        log.sizeBytes,
      );
      expect(log.sizeBytes).toBeGreaterThan(70);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('tells only what is asked for, and nothing of the metadata log', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { partitions: 2 });
    await createTopic(connection, 'payments');
    const namesIn = async (topics: readonly string[] | null) =>
      Object.keys((await describeDirectories(connection, topics))['/data']!);
    expect(await namesIn(null)).toEqual(['orders-0', 'orders-1', 'payments-0']);
    expect(await namesIn(['orders', 'nothing'])).toEqual(['orders-0']);
    expect(await namesIn([])).toEqual([]);
  });

  it('says so of a directory whose disk has failed', async () => {
    const failing = new FailingDiskHost();
    await using server = await TestBroker.start({}, failing.host);
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    failing.failure = 'EIO';
    await connection.send(produceRequest('orders', batchOf(['lost'])));
    const { errorCode, results } = await connection.send(all);
    expect(errorCode).toBe(ErrorCode.NONE);
    expect(results).toMatchObject([
      { logDir: '/data', errorCode: ErrorCode.KAFKA_STORAGE_ERROR, topics: [] },
    ]);
    failing.failure = undefined;
  });
});
