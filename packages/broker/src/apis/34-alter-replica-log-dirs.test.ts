import { ErrorCode } from '@millrace/protocol';
import {
  AlterReplicaLogDirsRequest,
  AlterReplicaLogDirsResponse,
} from '@millrace/protocol/messages/alter-replica-log-dirs';
import { describe, expect, it } from 'vitest';
import { describeDirectories } from '../testing/log-directories.ts';
import type { RawConnection } from '../testing/raw-connection.ts';
import { append, createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

const [A, B] = ['/data/a', '/data/b'];
const twoDirectories = { 'log.dirs': `${A},${B}` };

async function move(connection: RawConnection, path: string, partitions: readonly number[], name = 'orders') {
  const { results } = await connection.send({
    request: AlterReplicaLogDirsRequest,
    response: AlterReplicaLogDirsResponse,
    version: 2,
    message: { dirs: [{ path, topics: [{ name, partitions }] }] },
  });
  return results.flatMap((topic) => topic.partitions.map(({ errorCode }) => errorCode));
}

describe('AlterReplicaLogDirs', () => {
  it('moves a partition while it is written to', async () => {
    await using server = await TestBroker.start(twoDirectories);
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const { log } = server.broker.partitions.get('orders', 0)!;
    for (let index = 0; index < 20; index++) await append(connection, 'orders', [`before ${index}`]);
    const target = log.logDir === A ? B : A;
    expect(await move(connection, target, [0])).toEqual([ErrorCode.NONE]);
    for (let index = 0; index < 20; index++) await append(connection, 'orders', [`beside ${index}`]);
    await server.broker.logs.moveFinished('orders', 0);
    expect(log.logDir).toBe(target);
    expect(await append(connection, 'orders', ['after'])).toBe(40);
    const directories = await describeDirectories(connection, ['orders']);
    expect(directories[target]).toMatchObject({ 'orders-0': { isFutureKey: false } });
  });

  it('shows the copy beside the partition, with what it lacks, until it takes over or is given up', async () => {
    const slow = { 'replica.alter.log.dirs.io.max.bytes.per.second': 1 };
    await using server = await TestBroker.start({ ...twoDirectories, ...slow });
    const connection = await server.connect();
    await createTopic(connection, 'orders', { configs: { 'segment.bytes': '1048576' } });
    // More than is copied at once, so that there is something left.
    for (let index = 0; index < 5; index++) await append(connection, 'orders', ['x'.repeat(400_000)]);
    const { log } = server.broker.partitions.get('orders', 0)!;
    const [own, target] = log.logDir === A ? [A, B] : [B, A];
    expect(await move(connection, target, [0])).toEqual([ErrorCode.NONE]);
    const during = await describeDirectories(connection, ['orders']);
    expect(during[own]).toEqual({
      'orders-0': { partitionSize: log.sizeBytes, offsetLag: 0, isFutureKey: false },
    });
    const copy = during[target]!['orders-0']!;
    expect(copy.isFutureKey).toBe(true);
    expect(copy.partitionSize).toBeLessThan(log.sizeBytes);
    expect(copy.offsetLag).toBeGreaterThan(0);
    expect(await move(connection, own, [0])).toEqual([ErrorCode.NONE]);
    expect((await describeDirectories(connection, ['orders']))[target]).toEqual({});
  });

  it('refuses what is not there, and leaves a partition where it is', async () => {
    await using server = await TestBroker.start(twoDirectories);
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    expect(await move(connection, '/elsewhere', [0])).toEqual([ErrorCode.LOG_DIR_NOT_FOUND]);
    expect(await move(connection, A, [0, 1])).toEqual([ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]);
    expect(await move(connection, A, [0], 'nothing')).toEqual([ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]);
  });
});
