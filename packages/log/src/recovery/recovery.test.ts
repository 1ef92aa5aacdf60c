import { memoryHost, Simulation, type Host, type SimulatedHost } from '@millrace/host';
import { batchSizeBytes, recordBatches, setBatchBaseOffset, setBatchLeaderEpoch } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { LogManager } from '../directory/log-manager.ts';
import type { PartitionLog } from '../partition/partition-log.ts';
import { appendValues, batchOf, openTestLog, START_MS, TOPIC_ID, valuesOf } from '../testing/test-log.ts';

const CONFIG = { 'internal.segment.bytes': 800, 'index.interval.bytes': 200, 'retention.ms': -1 };
const ALL = Array.from({ length: 40 }, (_, index) => `v${index}`);

/** Fills a log, kills the process, lets `damage` loose on the files, and runs `check` on the next life. */
async function afterKill(
  damage: (host: Host) => Promise<void>,
  check: (host: SimulatedHost) => Promise<void>,
): Promise<void> {
  const simulation = new Simulation({ seed: 1 });
  await simulation.run(async () => {
    const host = simulation.host('node');
    const { log } = await openTestLog(CONFIG, host);
    for (const [index, value] of ALL.entries())
      await appendValues(log, [value], { timestampMs: START_MS + index });
    host.kill();
    const next = simulation.restart(host);
    await damage(next);
    await check(next);
  });
}

async function segmentPaths(host: Host, suffix: string): Promise<string[]> {
  const entries = await host.disk.list('/data/orders-0');
  return entries.filter(({ name }) => name.endsWith(suffix)).map(({ name }) => `/data/orders-0/${name}`);
}

async function edit(host: Host, path: string, change: (content: Buffer) => Buffer | void): Promise<void> {
  const content = await host.disk.readFile(path);
  await host.disk.writeFile(path, change(content) ?? content, { sync: true });
}

describe('after a kill', () => {
  test('everything is there, with the same files as after a clean stop', async () => {
    const clean = await openTestLog(CONFIG);
    for (const [index, value] of ALL.entries())
      await appendValues(clean.log, [value], { timestampMs: START_MS + index });
    await clean.manager.close();
    await afterKill(
      async () => undefined,
      async (host) => {
        const { manager, log } = await openTestLog(CONFIG, host);
        expect(await valuesOf(log)).toEqual(ALL);
        expect(log.latestEpoch).toBe(0);
        await manager.close();
        for (const suffix of [
          '.log',
          '.index',
          '.timeindex',
          'leader-epoch-checkpoint',
          'partition.metadata',
        ]) {
          const expected = await segmentPaths(clean.host, suffix);
          expect(await segmentPaths(host, suffix)).toEqual(expected);
          for (const path of expected) {
            expect((await host.disk.readFile(path)).toString('hex'), path).toBe(
              (await clean.host.disk.readFile(path)).toString('hex'),
            );
          }
        }
      },
    );
  });

  test('an epoch of which no record is left is forgotten', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const host = simulation.host('node');
      const { log } = await openTestLog(CONFIG, host);
      await appendValues(log, ['lost'], { leaderEpoch: 5 });
      host.kill();
      const next = simulation.restart(host);
      const [path] = await segmentPaths(next, '.log');
      await edit(next, path!, () => Buffer.alloc(0));
      const checkpoint = await next.disk.readFile('/data/orders-0/leader-epoch-checkpoint');
      expect(checkpoint.toString()).toContain('5 0');
      const reopened = await openTestLog(CONFIG, next);
      expect(reopened.log.logEndOffset).toBe(0);
      expect(reopened.log.latestEpoch).toBe(-1);
      await reopened.manager.close();
    });
  });

  test('the epoch of what was deleted last is known', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const host = simulation.host('node');
      const { log, manager } = await openTestLog(CONFIG, host);
      await appendValues(log, ['deleted'], { leaderEpoch: 5 });
      await log.deleteRecords(1);
      await manager.close();
      host.kill();
      const reopened = await openTestLog(CONFIG, simulation.restart(host));
      expect(reopened.log.logStartOffset).toBe(1);
      expect(reopened.log.latestEpoch).toBe(5);
      await reopened.manager.close();
    });
  });

  // Linux takes the pages of a failed sync for clean: readers see them, no later sync writes them.
  test.each([
    ['by a flush', {}, async (log: PartitionLog) => log.flush()],
    ['by the start itself where acknowledgements rest on flushes', { 'flush.messages': 1 }, async () => {}],
  ])('what a failed sync has left in memory alone is brought to the disk %s', async (_, config, flush) => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const host = simulation.host('node');
      const { log } = await openTestLog(CONFIG, host);
      await appendValues(log, ['flushed']);
      await log.flush();
      await appendValues(log, ['written']);
      host.disk.faults.add({ code: 'EIO', operations: ['sync'], times: 1 });
      await expect(log.flush()).rejects.toThrow('is offline: EIO');
      host.kill();
      const second = simulation.restart(host);
      const reopened = await openTestLog({ ...CONFIG, ...config }, second);
      await flush(reopened.log);
      expect(reopened.log.recoveryPoint).toBe(2);
      second.crash({ unsynced: 'lost' });
      const third = await openTestLog(CONFIG, simulation.restart(second));
      expect(await valuesOf(third.log)).toEqual(['flushed', 'written']);
      expect(third.log.topicId).toBe(TOPIC_ID);
      await third.manager.close();
    });
  });

  test('a torn last batch is cut off', async () => {
    await afterKill(
      async (host) => {
        const path = (await segmentPaths(host, '.log')).at(-1)!;
        await edit(host, path, (content) => content.subarray(0, content.length - 5));
      },
      async (host) => {
        const { manager, log } = await openTestLog(CONFIG, host);
        expect(await valuesOf(log)).toEqual(ALL.slice(0, -1));
        expect(await appendValues(log, ['again'])).toBe(39);
        await manager.close();
      },
    );
  });

  test('a flipped bit cuts the log there, and the segments behind go', async () => {
    await afterKill(
      async (host) => {
        const path = (await segmentPaths(host, '.log'))[1]!;
        await edit(host, path, (content) => {
          content[batchSizeBytes(content, 0) + 70]! ^= 4;
        });
      },
      async (host) => {
        const { manager, log } = await openTestLog(CONFIG, host);
        const end = log.logEndOffset;
        expect(end).toBeLessThan(20);
        expect(await valuesOf(log)).toEqual(ALL.slice(0, end));
        expect(log.segmentCount).toBe(2);
        await manager.close();
      },
    );
  });

  test.each([
    ['delete', 3],
    ['delete', -1],
    ['compact', 3],
  ])('an offset that was changed upwards cuts the log there (%s, batch %i)', async (policy, number) => {
    const config = { ...CONFIG, 'cleanup.policy': policy };
    let kept = 0;
    await afterKill(
      async (host) => {
        const path = (await segmentPaths(host, '.log')).at(-1)!;
        await edit(host, path, (content) => {
          const batch = recordBatches(content).at(number)!;
          kept = batch.baseOffset;
          setBatchBaseOffset(content, batch.buffer.byteOffset - content.byteOffset, kept + 64);
        });
      },
      async (host) => {
        const { manager, log } = await openTestLog(config, host);
        expect(log.logEndOffset).toBe(kept);
        expect(await valuesOf(log)).toEqual(ALL.slice(0, kept));
        await manager.close();
      },
    );
    expect(kept).toBeGreaterThan(0);
  });

  test('a leader epoch that the next batch is below is not adopted', async () => {
    await afterKill(
      async (host) => {
        const [path] = await segmentPaths(host, '.log');
        await edit(host, path!, (content) => {
          setBatchLeaderEpoch(content, batchSizeBytes(content, 0), 4096);
        });
      },
      async (host) => {
        const { manager, log } = await openTestLog(CONFIG, host);
        expect(log.latestEpoch).toBe(0);
        expect(log.endOffsetForEpoch(0)).toEqual({ leaderEpoch: 0, endOffset: 40 });
        await manager.close();
      },
    );
  });

  test('indexes are rebuilt, whatever is in their files', async () => {
    await afterKill(
      async (host) => {
        for (const path of await segmentPaths(host, 'index'))
          await edit(host, path, () => Buffer.alloc(4096));
      },
      async (host) => {
        const { manager, log } = await openTestLog(CONFIG, host);
        expect(await valuesOf(log, 33)).toEqual(ALL.slice(33));
        expect(await log.offsetForTimestamp(START_MS + 17, 'logEndOffset')).toMatchObject({ offset: 17 });
        await manager.close();
      },
    );
  });

  test('an empty segment from a crash right after the roll is used again', async () => {
    await afterKill(
      (host) => host.disk.writeFile('/data/orders-0/00000000000000000040.log', ''),
      async (host) => {
        const { manager, log } = await openTestLog(CONFIG, host);
        expect(log.logEndOffset).toBe(40);
        expect(await appendValues(log, ['next'])).toBe(40);
        await manager.close();
      },
    );
  });

  test('leftovers of replacements are finished or removed', async () => {
    await afterKill(
      async (host) => {
        const { disk } = host;
        await disk.rename(
          '/data/orders-0/00000000000000000000.log',
          '/data/orders-0/00000000000000000000.log.swap',
        );
        await disk.writeFile('/data/orders-0/00000000000000000030.log.cleaned', 'half');
        await disk.writeFile('/data/orders-0/00000000000000000000.index.deleted', 'old');
        await disk.writeFile('/data/orders-0/00000000000000000777.index', 'orphan');
      },
      async (host) => {
        const { manager, log } = await openTestLog(CONFIG, host);
        expect(await valuesOf(log)).toEqual(ALL);
        await manager.close();
        const names = (await host.disk.list('/data/orders-0')).map(({ name }) => name);
        expect(names.filter((name) => /\.(swap|cleaned|deleted)$|777/.test(name))).toEqual([]);
      },
    );
  });
});

test('records that survive a power loss still belong to their topic', async () => {
  let survivors = 0;
  for (let seed = 0; seed < 60; seed++) {
    const simulation = new Simulation({ seed });
    await simulation.run(async () => {
      const host = simulation.host('node');
      const { log } = await openTestLog({}, host);
      await appendValues(log, ['a']);
      host.crash();
      const next = simulation.restart(host);
      const manager = await LogManager.open({ host: next, logDirs: ['/data'] });
      expect([...manager.damagedPartitions.keys()]).toEqual([]);
      const found = manager.get('orders', 0);
      if (found !== undefined && found.logEndOffset > 0) {
        survivors++;
        expect(found.topicId, `seed ${seed}`).toBe(TOPIC_ID);
      }
      await manager.close();
    });
  }
  expect(survivors).toBeGreaterThan(3);
});

describe('after a clean stop', () => {
  test('nothing is scanned', async () => {
    const reads: string[] = [];
    const simulation = new Simulation({ seed: 1, onEvent: (event) => reads.push(event.label) });
    await simulation.run(async () => {
      const host = simulation.host('node');
      const { manager, log } = await openTestLog(CONFIG, host);
      for (const value of ALL) await appendValues(log, [value]);
      await manager.close();
      const before = reads.length;
      const again = await openTestLog(CONFIG, host);
      expect(again.log.logEndOffset).toBe(40);
      expect(reads.slice(before).filter((label) => label.startsWith('read '))).toHaveLength(1);
      await again.manager.close();
    });
  });

  test('a flipped bit is found by whoever reads it, as in Kafka', async () => {
    const { host, manager, log } = await openTestLog(CONFIG);
    for (const value of ALL) await appendValues(log, [value]);
    await manager.close();
    await edit(host, '/data/orders-0/00000000000000000000.log', (content) => content.fill(0, 8, 12));
    const again = await openTestLog(CONFIG, host);
    await expect(async () => valuesOf(again.log)).rejects.toMatchObject({
      code: 'ERR_LOG_CORRUPT_FILE',
      file: '/data/orders-0/00000000000000000000.log',
      position: 0,
    });
    await again.manager.close();
  });

  test('a partition.metadata that makes no sense keeps its partition closed, and the others open', async () => {
    const { host, manager, log } = await openTestLog(CONFIG);
    await appendValues(log, ['a']);
    await manager.create({ topic: 'other', partition: 0, topicId: TOPIC_ID });
    await manager.close();
    await host.disk.writeFile('/data/orders-0/partition.metadata', 'version: 0\ntopic_id: short');
    const again = await LogManager.open({ host, logDirs: ['/data'] });
    expect(again.get('orders', 0)).toBeUndefined();
    expect(again.get('other', 0)).toBeDefined();
    expect([...again.damagedPartitions.keys()]).toEqual(['orders-0']);
    await expect(again.create({ topic: 'orders', partition: 0, topicId: TOPIC_ID })).rejects.toThrowError(
      '/data/orders-0/partition.metadata is damaged',
    );
    expect((await host.disk.readFile('/data/orders-0/00000000000000000000.log')).length).toBeGreaterThan(0);
    await again.close();
  });

  test('damaged checkpoints are ignored and found out again', async () => {
    const { host, manager, log } = await openTestLog(CONFIG);
    for (const value of ALL) await appendValues(log, [value]);
    await manager.close();
    for (const file of ['recovery-point-offset-checkpoint', 'orders-0/leader-epoch-checkpoint']) {
      await host.disk.writeFile(`/data/${file}`, 'garbage');
    }
    const again = await openTestLog(CONFIG, host);
    expect(again.log).toMatchObject({ logEndOffset: 40, latestEpoch: 0 });
    await again.manager.close();
  });
});

describe('a log directory', () => {
  test('is locked while it is open', async () => {
    const { host, manager } = await openTestLog();
    await expect(LogManager.open({ host, logDirs: ['/data'] })).rejects.toMatchObject({
      code: 'ERR_LOG_DIRECTORY_LOCKED',
    });
    await manager.close();
    await (await LogManager.open({ host, logDirs: ['/data'] })).close();
  });

  test('of another cluster or node is refused and left as it is', async () => {
    const host = memoryHost();
    const { writeMetaProperties } = await import('../files/meta-properties.ts');
    await host.disk.makeDirectory('/data');
    await writeMetaProperties(host.disk, '/data', { clusterId: 'a', nodeId: 1, directoryId: TOPIC_ID });
    const open = (clusterId: string, nodeId: number) =>
      LogManager.open({ host, logDirs: ['/data'], identity: { clusterId, nodeId } });
    await expect(open('b', 1)).rejects.toThrowError('says cluster.id=a, but this node has cluster.id=b');
    await expect(open('a', 2)).rejects.toMatchObject({ code: 'ERR_LOG_FOREIGN_DIRECTORY' });
    const manager = await open('a', 1);
    expect(manager.directories[0]?.meta?.directoryId).toBe(TOPIC_ID);
    await manager.close();
  });

  test('leaves the clean-shutdown marker only when it stopped in order', async () => {
    const { host, manager } = await openTestLog({}, memoryHost(), { brokerEpoch: () => 12 });
    expect(await host.disk.stat('/data/.kafka_cleanshutdown')).toBeUndefined();
    await manager.close();
    const again = await LogManager.open({ host, logDirs: ['/data'] });
    expect(again.directories[0]).toMatchObject({ isClean: true, cleanBrokerEpoch: 12 });
    expect(await host.disk.stat('/data/.kafka_cleanshutdown')).toBeUndefined();
    await again.close();
  });
});

describe('a disk that fails', () => {
  test.each([
    ['ENOSPC', 'write'],
    ['EIO', 'write'],
    ['EROFS', 'write'],
    ['EIO', 'sync'],
  ] as const)(
    'with %s on %s takes the directory offline, and nothing half done stays',
    async (code, operation) => {
      const simulation = new Simulation({ seed: 3 });
      await simulation.run(async () => {
        const host = simulation.host('node');
        const failures: string[] = [];
        const { manager, log } = await openTestLog({ 'flush.messages': 1 }, host, {
          onDirectoryFailure: (error) => failures.push(error.directory),
        });
        await appendValues(log, ['kept']);
        const heal = host.disk.faults.add({
          code,
          operations: [operation],
          path: (path) => path.endsWith('.log'),
        });
        const client = { origin: 'client', leaderEpoch: 0 } as const;
        const both = await Promise.allSettled([
          log.append(batchOf(['x']), client),
          log.append(batchOf(['y']), client),
        ]);
        for (const each of both)
          expect(each).toMatchObject({ status: 'rejected', reason: { code: 'KAFKA_STORAGE_ERROR' } });
        heal();
        await expect(log.append(batchOf(['z']), client)).rejects.toMatchObject({
          code: 'KAFKA_STORAGE_ERROR',
        });
        expect(() => log.read({ offset: 0, maxBytes: 10, upTo: 'logEndOffset' })).toThrowError('is offline');
        expect(failures).toEqual(['/data']);
        expect(log.isOnline).toBe(false);
        await manager.close();
        expect(await host.disk.stat('/data/.kafka_cleanshutdown')).toBeUndefined();
        host.kill();
        const again = await openTestLog({}, simulation.restart(host));
        const values = await valuesOf(again.log);
        expect(values.slice(0, 1)).toEqual(['kept']);
        // What was written and then not flushed may be there: it was never acknowledged.
        expect(operation === 'sync' ? [1, 2, 3] : [1]).toContain(values.length);
        await again.manager.close();
      });
    },
  );

  test('leaves the other directories alone', async () => {
    const simulation = new Simulation({ seed: 3 });
    await simulation.run(async () => {
      const host = simulation.host('node');
      const manager = await LogManager.open({ host, logDirs: ['/disk1', '/disk2'] });
      const logs = [];
      for (const partition of [0, 1])
        logs.push(await manager.create({ topic: 'orders', partition, topicId: TOPIC_ID }));
      expect(new Set(logs.map((log) => log.logDir)).size).toBe(2);
      host.disk.faults.add({
        code: 'EIO',
        operations: ['write'],
        path: (path) => path.startsWith('/disk1/'),
      });
      const [broken, whole] = logs.toSorted((a, b) => a.logDir.localeCompare(b.logDir));
      await expect(appendValues(broken!, ['a'])).rejects.toMatchObject({ code: 'KAFKA_STORAGE_ERROR' });
      expect(await appendValues(whole!, ['a'])).toBe(0);
      const created = await manager.create({ topic: 'orders', partition: 2, topicId: TOPIC_ID });
      expect(created.logDir).toBe('/disk2');
      await manager.close();
    });
  });
});
