import { memoryHost, Simulation, type Host } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import type { LogManagerOptions } from './log-manager.ts';
import { appendValues, batchOf, openTestLog, readAll, valuesOf } from '../testing/test-log.ts';
import { verifyDirectory } from '../tools/verify/verify-directory.ts';

const CONFIG = { 'internal.segment.bytes': 2000, 'index.interval.bytes': 200, 'retention.ms': -1 };
const [A, B] = ['/a', '/b'];
const OPTIONS = { logDirs: [A, B] };
const VALUES = Array.from({ length: 50 }, (_, index) => `value-${index}`);
const producer = { producerId: 7, producerEpoch: 0 };

async function filledLog(host: Host = memoryHost(), options: Partial<LogManagerOptions> = {}) {
  const opened = await openTestLog(CONFIG, host, { ...OPTIONS, ...options });
  for (const [index, value] of VALUES.entries())
    await appendValues(opened.log, [value], { leaderEpoch: Math.floor(index / 20) });
  return opened;
}

async function namesIn(host: Host, logDir: string): Promise<string[]> {
  const entries = await host.disk.list(logDir);
  return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
}

async function errorsIn(host: Host, logDir: string): Promise<string[]> {
  const { findings } = await verifyDirectory(host, logDir);
  return findings.filter(({ severity }) => severity === 'error').map(({ problem }) => problem);
}

describe('moving a partition to another log directory', () => {
  test('goes on beside appends and reads, which notice nothing', async () => {
    const { host, manager, log } = await filledLog();
    await manager.create({ topic: 'other', partition: 0, topicId: log.topicId });
    expect(log.logDir).toBe(A);
    await log.append(batchOf(['once'], { ...producer, baseSequence: 0 }), {
      origin: 'client',
      leaderEpoch: 3,
    });
    const before = [log.latestEpoch, log.endOffsetForEpoch(1), log.sizeBytes];
    await manager.move('orders', 0, B);
    let appended = 0;
    const finished = manager.moveFinished('orders', 0);
    const appending = (async () => {
      for (; log.logDir === A || appended < 50; appended++) {
        await appendValues(log, [`beside-${appended}`], { leaderEpoch: 3 });
        await log.read({ offset: appended, maxBytes: 1000, minOneMessage: true, upTo: 'logEndOffset' });
      }
    })();
    await Promise.all([finished, appending]);
    expect(log.logDir).toBe(B);
    expect(manager.get('orders', 0)).toBe(log);
    expect([log.latestEpoch, log.endOffsetForEpoch(1)]).toEqual(before.slice(0, 2));
    const beside = Array.from({ length: appended }, (_, index) => `beside-${index}`);
    expect(await valuesOf(log)).toEqual([...VALUES, 'once', ...beside]);
    expect(log.highWatermark).toBe(log.logEndOffset);
    const again = log.append(batchOf(['once'], { ...producer, baseSequence: 0 }), {
      origin: 'client',
      leaderEpoch: 3,
    });
    await expect(again).resolves.toMatchObject({ duplicate: true, baseOffset: VALUES.length });
    expect(await namesIn(host, B)).toEqual(['orders-0', 'other-0']);
    expect(await namesIn(host, A)).toEqual([expect.stringMatching(/^orders-0\.[0-9a-f]{32}-delete$/)]);
    await manager.close();
    expect(await errorsIn(host, B)).toEqual([]);
    const next = await openTestLog(CONFIG, host, OPTIONS);
    expect(next.log.logDir).toBe(B);
    expect(await valuesOf(next.log)).toEqual([...VALUES, 'once', ...beside]);
    await next.manager.close();
  });

  test('waits for who has to agree, and goes on from what was written meanwhile', async () => {
    const agreed = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<string | undefined>();
    const ended: string[] = [];
    const { manager, log } = await filledLog(memoryHost(), {
      beforeSwitch: (_log, directoryId) => {
        asked.resolve(directoryId);
        return agreed.promise;
      },
      onMoveEnded: ({ logDir }) => ended.push(logDir),
    });
    await manager.move('orders', 0, B);
    const target = manager.directories.find(({ path }) => path === B)!;
    expect(await asked.promise).toBe(target.meta?.directoryId);
    await appendValues(log, ['meanwhile'], { leaderEpoch: 3 });
    await log.truncateTo(VALUES.length);
    await appendValues(log, ['instead'], { leaderEpoch: 4 });
    expect(log.logDir).toBe(A);
    agreed.resolve();
    await manager.moveFinished('orders', 0);
    expect(await valuesOf(log)).toEqual([...VALUES, 'instead']);
    expect(ended).toEqual([B]);
    await manager.close();
  });

  test('is given up while it waits for who has to agree', async () => {
    const asked = Promise.withResolvers<void>();
    const { manager, log } = await filledLog(memoryHost(), {
      beforeSwitch: (_log, _directoryId, signal) => {
        asked.resolve();
        return new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        );
      },
    });
    await manager.move('orders', 0, B);
    await asked.promise;
    await manager.move('orders', 0, A);
    expect([...manager.moves()]).toEqual([]);
    expect(log.logDir).toBe(A);
    await manager.close();
  });

  test('keeps the log start, also within a batch, and the holes of compaction', async () => {
    const { manager, log } = await filledLog();
    await log.append(batchOf(['x', 'y', 'z']), { origin: 'client', leaderEpoch: 3 });
    log.updateHighWatermark(log.logEndOffset);
    await log.deleteRecords(VALUES.length + 1);
    await manager.move('orders', 0, B);
    await manager.moveFinished('orders', 0);
    expect([log.logDir, log.logStartOffset, log.logEndOffset]).toEqual([B, 51, 53]);
    expect(await valuesOf(log)).toEqual(['y', 'z']);
    await manager.close();

    const compacted = { ...CONFIG, 'cleanup.policy': 'compact' };
    const other = await openTestLog(compacted, memoryHost(), OPTIONS);
    for (let round = 0; round < 10; round++)
      for (const value of VALUES.slice(0, 5)) await appendValues(other.log, [value]);
    await other.log.compact();
    const expected = await readAll(other.log);
    expect(expected.length).toBeLessThan(40);
    await other.manager.move('orders', 0, B);
    await other.manager.moveFinished('orders', 0);
    expect(await readAll(other.log)).toEqual(expected);
    expect(other.log.cleanedOffset).toBeGreaterThan(0);
    await other.manager.close();
    expect(await errorsIn(other.host, B)).toEqual([]);
  });

  test('tells how far it is, and goes on after a restart', async () => {
    const host = memoryHost();
    const slow = { ...OPTIONS, moveMaxBytesPerSec: 1 };
    const { manager, log } = await openTestLog(CONFIG, host, slow);
    for (const value of VALUES) await appendValues(log, [value]);
    await manager.move('orders', 0, B);
    const [move] = [...manager.moves()];
    expect(move).toMatchObject({ topic: 'orders', partition: 0, fromLogDir: A, toLogDir: B });
    expect(move!.offsetLag).toBe(VALUES.length);
    expect(await namesIn(host, B)).toEqual([expect.stringMatching(/^orders-0\.[0-9a-f]{32}-future$/)]);
    // Another append while the copy waits for its turn, so that there is always something left to copy.
    await appendValues(log, ['late']);
    await manager.close();
    const next = await openTestLog(CONFIG, host, OPTIONS);
    await next.manager.moveFinished('orders', 0);
    expect(next.log.logDir).toBe(B);
    expect(await valuesOf(next.log)).toEqual([...VALUES, 'late']);
    expect([...next.manager.moves()]).toEqual([]);
    await next.manager.close();
  });

  test('is given up for another place, and with the partition', async () => {
    const host = memoryHost();
    const slow = { ...OPTIONS, moveMaxBytesPerSec: 1 };
    const { manager, log } = await openTestLog({ ...CONFIG, 'file.delete.delay.ms': 1e6 }, host, slow);
    await appendValues(log, VALUES);
    await manager.move('orders', 0, B);
    await manager.move('orders', 0, A);
    expect([...manager.moves()]).toEqual([]);
    expect(await namesIn(host, B)).toEqual([expect.stringMatching(/-delete$/)]);
    expect(await valuesOf(log)).toEqual(VALUES);
    await manager.move('orders', 0, B);
    await manager.delete('orders', 0);
    expect(await namesIn(host, A)).toEqual([expect.stringMatching(/-delete$/)]);
    expect((await namesIn(host, B)).every((name) => name.endsWith('-delete'))).toBe(true);
    await manager.close();
  });

  test('is refused for what is not there', async () => {
    const { manager } = await filledLog();
    await expect(manager.move('nothing', 0, B)).rejects.toMatchObject({ code: 'REPLICA_NOT_AVAILABLE' });
    await expect(manager.move('orders', 0, '/c')).rejects.toMatchObject({ code: 'LOG_DIR_NOT_FOUND' });
    await manager.close();
  });

  test('leaves the partition where it was when the other disk fails', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const host = simulation.host('node');
      const { manager, log } = await filledLog(host);
      host.disk.faults.add({
        code: 'ENOSPC',
        operations: ['write'],
        path: (path) => path.startsWith(`${B}/orders-0.`) && path.endsWith('.log'),
        times: 1,
      });
      await manager.move('orders', 0, B);
      await expect(manager.moveFinished('orders', 0)).rejects.toMatchObject({ code: 'KAFKA_STORAGE_ERROR' });
      expect([log.logDir, log.isOnline]).toEqual([A, true]);
      await appendValues(log, ['goes on']);
      expect(await valuesOf(log)).toEqual([...VALUES, 'goes on']);
      await manager.close();
    });
  });

  test('is done or not begun after a power loss at any step', async () => {
    const steps = await lossAt(undefined);
    expect(steps).toBeGreaterThan(60);
    for (let step = 1; step <= steps; step++) await lossAt(step);
  });
});

/** Moves a flushed log with a power loss in place of a disk step, and checks what the next lives find. */
async function lossAt(step: number | undefined): Promise<number> {
  const simulation = new Simulation({ seed: step ?? 0 });
  return simulation.run(async () => {
    const first = simulation.host('node');
    const { manager, log } = await filledLog(first);
    await log.flush();
    const before = first.ioSteps;
    if (step !== undefined) first.crashAtStep(before + step);
    const moving = manager.move('orders', 0, B).then(() => manager.moveFinished('orders', 0));
    await Promise.race([moving, first.ended]);
    const steps = first.ioSteps - before;
    if (first.isRunning) first.crash();
    const next = simulation.restart(first);
    const opened = await openTestLog(CONFIG, next, OPTIONS);
    expect([...opened.manager.damagedPartitions.keys()]).toEqual([]);
    expect(await valuesOf(opened.log), `step ${step}`).toEqual(VALUES);
    await opened.manager.moveFinished('orders', 0);
    // A copy that was not yet on the disk is gone with the power, and nobody asks for the move again.
    if (step === undefined) expect(opened.log.logDir).toBe(B);
    expect(await valuesOf(opened.log), `step ${step}`).toEqual(VALUES);
    await appendValues(opened.log, ['next'], { leaderEpoch: 3 });
    await opened.manager.close();
    for (const logDir of [A, B]) {
      const live = (await namesIn(next, logDir)).filter((name) => name === 'orders-0');
      expect(live, `step ${step}, ${logDir}`).toHaveLength(logDir === opened.log.logDir ? 1 : 0);
    }
    return steps;
  });
}

test('a partition that is in two log directories is refused with both places, and the others open', async () => {
  const host = memoryHost();
  for (const logDir of [A, B]) {
    const { manager, log } = await openTestLog(CONFIG, host, { logDirs: [logDir] });
    await appendValues(log, [logDir]);
    await manager.create({ topic: `other${logDir.slice(1)}`, partition: 0, topicId: log.topicId });
    await manager.close();
  }
  const { manager } = await openTestLog(CONFIG, host, OPTIONS).catch((error: unknown) => {
    expect(error).toMatchObject({ code: 'ERR_LOG_DUPLICATE_PARTITION' });
    return { manager: undefined };
  });
  expect(manager).toBeUndefined();
});
