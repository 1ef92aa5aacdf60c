import { memoryHost, type Host } from '@millrace/host';
import { CLEAN_SHUTDOWN_FILE } from '@millrace/log';
import { ErrorCode } from '@millrace/protocol';
import {
  AlterReplicaLogDirsRequest,
  AlterReplicaLogDirsResponse,
} from '@millrace/protocol/messages/alter-replica-log-dirs';
import { expect, test } from 'vitest';
import { describeDirectories } from '../testing/log-directories.ts';
import { append, createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { readPreviousBrokerEpoch } from './previous-broker-epoch.ts';

const properties = { 'log.dirs': '/one,/two', 'metadata.log.dir': '/metadata' };

async function partitionsIn(host: Host, directory: string): Promise<string[]> {
  const entries = await host.disk.list(directory);
  return entries
    .filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => name)
    .toSorted();
}

test('a directory for the metadata log alone gets no partitions, before and after a restart', async () => {
  const host = memoryHost();
  for (const topic of ['orders', 'payments']) {
    await using server = await TestBroker.start(properties, host);
    const connection = await server.connect();
    await createTopic(connection, topic, { partitions: 4 });
    await append(connection, topic, ['one']);
    expect(await partitionsIn(host, '/metadata')).toEqual(['__cluster_metadata-0']);
    expect(await partitionsIn(host, '/one')).not.toContain('__cluster_metadata-0');
    expect(Object.keys(await describeDirectories(connection, null))).toEqual(['/one', '/two']);
  }
  expect(await partitionsIn(host, '/one')).toHaveLength(4);
  expect(await partitionsIn(host, '/two')).toHaveLength(4);
});

test('a directory for the metadata log alone is not told to the controller, and nothing moves there', async () => {
  await using server = await TestBroker.start(properties);
  const connection = await server.connect();
  await createTopic(connection, 'orders');
  const { directories, metadataDirectory } = server.broker.logs;
  const ids = directories.map(({ meta }) => meta!.directoryId);
  expect(server.broker.image.brokers.get(1)!.directoryIds).toEqual(ids);
  expect(ids).not.toContain(metadataDirectory!.meta!.directoryId);
  const { results } = await connection.send({
    request: AlterReplicaLogDirsRequest,
    response: AlterReplicaLogDirsResponse,
    version: 2,
    message: { dirs: [{ path: '/metadata', topics: [{ name: 'orders', partitions: [0] }] }] },
  });
  expect(results[0]!.partitions[0]!.errorCode).toBe(ErrorCode.LOG_DIR_NOT_FOUND);
});

test('one of the directories with the data may hold the metadata log, too, and is one like the others', async () => {
  const host = memoryHost();
  await using server = await TestBroker.start({ ...properties, 'metadata.log.dir': '/two' }, host);
  const connection = await server.connect();
  await createTopic(connection, 'orders', { partitions: 4 });
  expect(Object.keys(await describeDirectories(connection, null)).toSorted()).toEqual(['/one', '/two']);
  expect(await partitionsIn(host, '/two')).toContain('__cluster_metadata-0');
  expect(await partitionsIn(host, '/two')).not.toHaveLength(1);
});

test('the epoch of a clean stop is read where Apache Kafka leaves it: beside the data', async () => {
  const host = memoryHost();
  const server = await TestBroker.start(properties, host);
  const { epoch } = server.broker.image.brokers.get(1)!;
  await server[Symbol.asyncDispose]();
  await host.disk.removeFile(`/metadata/${CLEAN_SHUTDOWN_FILE}`);
  const paths = ['/metadata', '/one', '/two'];
  const found = (metadataPath: string | undefined) =>
    readPreviousBrokerEpoch(host.disk, { paths, metadataPath, unusable: new Map() });
  expect(await found('/metadata')).toBe(epoch);
  expect(await found(undefined)).toBe(-1);
});

test('a start is refused where partitions would be lost in a directory that may hold none any more', async () => {
  const host = memoryHost();
  {
    await using server = await TestBroker.start({ 'log.dirs': '/metadata,/one' }, host);
    await createTopic(await server.connect(), 'orders', { partitions: 2 });
  }
  await expect(
    TestBroker.start({ 'log.dirs': '/one', 'metadata.log.dir': '/metadata' }, host),
  ).rejects.toThrow(
    /^Property "metadata.log.dir" is \/metadata, which is not among "log.dirs" but holds partition orders-[01]; add it to "log.dirs"$/,
  );
  await using _server = await TestBroker.start({ 'log.dirs': '/metadata,/one' }, host);
});

test('a start is refused where the metadata log is in another directory', async () => {
  const host = memoryHost();
  {
    await using _server = await TestBroker.start({ 'log.dirs': '/one' }, host);
  }
  await expect(TestBroker.start({ 'log.dirs': '/one', 'metadata.log.dir': '/two' }, host)).rejects.toThrow(
    'Property "metadata.log.dir" is /two, but the metadata log is in /one; name that one, or move __cluster_metadata-0',
  );
});

test('a broker does not start with the directory of its metadata log alone', async () => {
  const host = memoryHost();
  for (const path of ['/one', '/two']) await host.disk.writeFile(path, Buffer.from('not a directory'));
  await expect(TestBroker.start(properties, host)).rejects.toMatchObject({
    code: 'ERR_BROKER_DATA_DIRECTORY_FAILED',
  });
});
