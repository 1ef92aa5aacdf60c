import { memoryHost, Simulation, type SimulatedHost } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { appendValues, openTestLog, TOPIC_ID, valuesOf } from '../testing/test-log.ts';
import { writeMetaProperties } from '../files/meta-properties.ts';
import { LogManager } from './log-manager.ts';
import { runLimited } from './run-limited.ts';

async function inVirtualTime(
  body: (host: SimulatedHost, simulation: Simulation) => Promise<void>,
): Promise<void> {
  const simulation = new Simulation({ seed: 1 });
  await simulation.run(() => body(simulation.host('node'), simulation));
}

async function textOf(host: SimulatedHost, path: string): Promise<string> {
  return (await host.disk.readFile(path)).toString();
}

describe('in the background', () => {
  test('what flush.ms asks for reaches the disk', async () => {
    await inVirtualTime(async (host, simulation) => {
      const { manager, log } = await openTestLog({ 'flush.ms': 3000 }, host);
      await appendValues(log, ['a']);
      await simulation.sleep(2000);
      expect(log.recoveryPoint).toBe(0);
      await simulation.sleep(3000);
      expect(log.recoveryPoint).toBe(1);
      await manager.close();
    });
  });

  test('checkpoints are written, the high watermark more often', async () => {
    await inVirtualTime(async (host, simulation) => {
      const { manager, log } = await openTestLog({}, host);
      await appendValues(log, ['a', 'b']);
      await simulation.sleep(6000);
      expect(await textOf(host, '/data/replication-offset-checkpoint')).toBe('0\n1\norders 0 2\n');
      await log.flush();
      await log.deleteRecords(1);
      expect(await textOf(host, '/data/log-start-offset-checkpoint')).toBe('0\n1\norders 0 1\n');
      await simulation.sleep(60000);
      expect(await textOf(host, '/data/recovery-point-offset-checkpoint')).toBe('0\n1\norders 0 2\n');
      await manager.close();
    });
  });

  test('records of many partitions are deleted at once', async () => {
    await inVirtualTime(async (host) => {
      const { manager, log } = await openTestLog({}, host);
      const partitions = [1, 2, 3, 4, 5].map((partition) =>
        manager.create({ topic: 'orders', partition, topicId: TOPIC_ID, config: log.config }),
      );
      const logs = [log, ...(await Promise.all(partitions))];
      for (const each of logs) await appendValues(each, ['a', 'b']);
      await Promise.all(logs.map((each) => each.deleteRecords(1)));
      const lines = (await textOf(host, '/data/log-start-offset-checkpoint')).split('\n').slice(2, -1);
      expect(lines.toSorted()).toEqual(logs.map(({ partition }) => `orders ${partition} 1`));
      await manager.close();
    });
  });

  test('a partition is deleted while a segment that it rolled is flushed', async () => {
    for (let steps = 0; steps < 12; steps++) {
      await inVirtualTime(async (host, simulation) => {
        const { manager, log } = await openTestLog({ 'segment.ms': 1 }, host);
        for (const timestampMs of [10, 20, 30, 40]) await appendValues(log, ['a'], { timestampMs });
        await simulation.sleep(steps / 4);
        await manager.delete('orders', 0);
        await simulation.sleep(100);
        await manager.create({ topic: 'others', partition: 0, topicId: TOPIC_ID });
        await manager.close();
      });
    }
  });

  test('retention makes room after the initial delay', async () => {
    await inVirtualTime(async (host, simulation) => {
      const { manager, log } = await openTestLog({ 'retention.ms': 20000 }, host);
      await appendValues(log, ['a'], { timestampMs: host.clock.nowMs() });
      await simulation.sleep(29000);
      expect(log.logStartOffset).toBe(0);
      await simulation.sleep(2000);
      expect(log.logStartOffset).toBe(1);
      await manager.close();
    });
  });

  test('dirty logs are compacted', async () => {
    await inVirtualTime(async (host, simulation) => {
      const { manager, log } = await openTestLog(
        { 'cleanup.policy': 'compact', 'internal.segment.bytes': 300 },
        host,
      );
      for (let index = 0; index < 20; index++) await appendValues(log, ['same']);
      await simulation.sleep(20000);
      expect((await valuesOf(log)).length).toBeLessThan(8);
      await manager.close();
    });
  });

  test('idle producers are forgotten', async () => {
    await inVirtualTime(async (host, simulation) => {
      const { manager, log } = await openTestLog({}, host, {
        producerExpirationMs: 1000,
        intervals: { producerExpirationCheckMs: 1000 },
      });
      const timestampMs = host.clock.nowMs();
      await appendValues(log, ['a'], { producerId: 1, producerEpoch: 0, baseSequence: 0, timestampMs });
      await simulation.sleep(3000);
      // Nothing is known of it any more, so any sequence will do.
      await expect(
        appendValues(log, ['b'], { producerId: 1, producerEpoch: 0, baseSequence: 7, timestampMs }),
      ).resolves.toBe(1);
      await manager.close();
    });
  });

  test('nothing runs after the manager was closed', async () => {
    await inVirtualTime(async (host, simulation) => {
      const { manager } = await openTestLog({}, host);
      await manager.close();
      const before = simulation.steps;
      await simulation.sleep(3600000);
      expect(simulation.steps - before).toBeLessThan(5);
    });
  });
});

describe('partitions', () => {
  test('are created once, however many ask', async () => {
    const manager = await LogManager.open({ host: memoryHost(), logDirs: ['/data'] });
    const create = () => manager.create({ topic: 't', partition: 0, topicId: TOPIC_ID });
    const outcomes = await Promise.allSettled([create(), create(), create()]);
    expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({
      reason: { code: 'ERR_LOG_PARTITION_EXISTS' },
    });
    await manager.close();
  });

  test('are spread over the directories, however many are made at a time, or go where they are sent', async () => {
    const logDirs = ['/a', '/b', '/c'];
    const host = memoryHost();
    for (const [index, path] of logDirs.entries()) {
      await host.disk.makeDirectory(path);
      const directoryId = `AAAAAAAAAAAAAAAAAAAAA${'abc'[index]}`;
      await writeMetaProperties(host.disk, path, { clusterId: TOPIC_ID, nodeId: 1, directoryId });
    }
    const manager = await LogManager.open({ host, logDirs });
    const created = await Promise.all(
      Array.from({ length: 9 }, (_, partition) =>
        manager.create({ topic: 'orders', partition, topicId: TOPIC_ID }),
      ),
    );
    const counts = logDirs.map((path) => created.filter(({ logDir }) => logDir === path).length);
    expect(counts).toEqual([3, 3, 3]);
    const directoryId = manager.directories[2]!.meta!.directoryId;
    const sent = await manager.create({ topic: 'orders', partition: 9, topicId: TOPIC_ID }, { directoryId });
    expect(sent.logDir).toBe('/c');
    expect(manager.directoryIdOf('orders', 9)).toBe(directoryId);
    expect([manager.directoryIdOf('orders', 10), manager.hasOfflineDirectory]).toEqual([undefined, false]);
    await manager.close();
  });

  test('stay out of the directory for the metadata log, but for the one that is created in it by its id', async () => {
    const host = memoryHost();
    const directoryId = 'AAAAAAAAAAAAAAAAAAAAAm';
    await host.disk.makeDirectory('/metadata');
    await writeMetaProperties(host.disk, '/metadata', { clusterId: TOPIC_ID, nodeId: 1, directoryId });
    const options = { host, logDirs: ['/a', '/b'], metadataDir: '/metadata' };
    const manager = await LogManager.open(options);
    const create = (topic: string, partition: number, place = {}) =>
      manager.create({ topic, partition, topicId: TOPIC_ID }, place);
    const metadata = await create('metadata', 0, { directoryId });
    expect(metadata.logDir).toBe('/metadata');
    for (let partition = 0; partition < 4; partition++) await create('orders', partition);
    const places = [...manager.logs()].map(({ logDir }) => logDir).toSorted();
    expect(places).toEqual(['/a', '/a', '/b', '/b', '/metadata']);
    await expect(manager.move('orders', 0, '/metadata')).rejects.toMatchObject({
      code: 'LOG_DIR_NOT_FOUND',
    });
    expect(manager.directories.map(({ path }) => path)).toEqual(['/a', '/b']);
    expect(manager.metadataDirectory).toMatchObject({ path: '/metadata', meta: { directoryId } });
    await appendValues(metadata, ['a']);
    await manager.close();

    await using again = await LogManager.open(options);
    expect(await valuesOf(again.get('metadata', 0)!)).toEqual(['a']);
  });

  test('have nowhere to be when the directory for the metadata log alone can be used', async () => {
    const host = memoryHost();
    await host.disk.makeDirectory('/metadata');
    await host.disk.writeFile('/a', Buffer.from('no directory'));
    await using manager = await LogManager.open({ host, logDirs: ['/a'], metadataDir: '/metadata' });
    expect(manager.hasOfflineDirectory).toBe(true);
    await expect(manager.create({ topic: 'orders', partition: 0, topicId: TOPIC_ID })).rejects.toMatchObject({
      code: 'KAFKA_STORAGE_ERROR',
    });
  });

  test('are made once, though asked for twice at a time while several directories have room', async () => {
    const manager = await LogManager.open({ host: memoryHost(), logDirs: ['/a', '/b'] });
    const orders = { topic: 'orders', partition: 0, topicId: TOPIC_ID };
    const [first, second] = await Promise.allSettled([manager.create(orders), manager.create(orders)]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: { code: 'ERR_LOG_PARTITION_EXISTS' } });
    expect([...manager.logs()]).toHaveLength(1);
    await manager.close();
  });

  test('are all found again, and the ones that are gone stay gone', async () => {
    const host = memoryHost();
    const options = { host, logDirs: ['/data'] };
    const first = await LogManager.open(options);
    for (let partition = 0; partition < 50; partition++) {
      await first.create({ topic: 'with-dash', partition, topicId: TOPIC_ID });
    }
    await first.delete('with-dash', 7);
    await first.delete('with-dash', 7);
    await first.close();
    const second = await LogManager.open(options);
    const found = [...second.logs()].map((log) => log.partition).toSorted((a, b) => a - b);
    expect(found).toHaveLength(49);
    expect(found).not.toContain(7);
    await second.close();
  });

  test('get their topic id back from the broker when a power loss took it', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const host = simulation.host('node');
      const { log, manager } = await openTestLog({}, host);
      await appendValues(log, ['a']);
      await host.disk.writeFile('/data/orders-0/partition.metadata', '');
      await manager.close();
      const again = await openTestLog({}, host);
      expect(again.log.topicId).toBe('');
      await again.log.assignTopicId(TOPIC_ID);
      await expect(again.log.assignTopicId('BBBBBBBBBBBBBBBBBBBBBQ')).rejects.toMatchObject({
        code: 'ERR_LOG_ILLEGAL_TOPIC_ID',
      });
      await again.manager.close();
    });
  });
});

test('a limited run never does more at a time, and reports the first failure when all are done', async () => {
  let [running, most, done] = [0, 0, 0];
  const task = async (item: number): Promise<void> => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
    done++;
    if (item === 5) throw new Error('five');
  };
  await expect(runLimited([1, 2, 3, 4, 5, 6, 7, 8], 3, task)).rejects.toThrowError('five');
  expect(most).toBe(3);
  expect(done).toBeLessThan(8);
});
