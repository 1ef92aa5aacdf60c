import { memoryHost, nodeHost } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { appendValues, batchOf, openTestLog, readAll, START_MS, valuesOf } from '../testing/test-log.ts';

describe('append and read', () => {
  test('gives records consecutive offsets and returns them in order', async () => {
    const { manager, log } = await openTestLog();
    expect(await appendValues(log, ['a', 'b'])).toBe(0);
    expect(await appendValues(log, ['c'])).toBe(2);
    expect(await readAll(log)).toEqual([
      { offset: 0, value: 'a' },
      { offset: 1, value: 'b' },
      { offset: 2, value: 'c' },
    ]);
    expect(log.logEndOffset).toBe(3);
    await manager.close();
  });

  test('keeps the order of calls that do not wait for each other', async () => {
    const { manager, log } = await openTestLog();
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        log.append(batchOf([`v${index}`]), { origin: 'client', leaderEpoch: 0 }),
      ),
    );
    expect(results.map((result) => result.baseOffset)).toEqual(
      Array.from({ length: 50 }, (_, index) => index),
    );
    expect(await valuesOf(log)).toEqual(Array.from({ length: 50 }, (_, index) => `v${index}`));
    await manager.close();
  });

  test('serves the tail without a promise, and older offsets from the files', async () => {
    const { manager, log } = await openTestLog({}, memoryHost(), { tailCacheBytes: 2000 });
    for (let index = 0; index < 100; index++) await appendValues(log, [`v${index}`]);
    expect(log.read({ offset: 99, maxBytes: 1000, upTo: 'logEndOffset' })).not.toBeInstanceOf(Promise);
    expect(log.read({ offset: 0, maxBytes: 1000, upTo: 'logEndOffset' })).toBeInstanceOf(Promise);
    expect(await valuesOf(log)).toEqual(Array.from({ length: 100 }, (_, index) => `v${index}`));
    expect(await readAll(log, 0, { maxBytes: 1 })).toHaveLength(100);
    await manager.close();
  });

  test('hands out nothing above the high watermark to consumers', async () => {
    const { manager, log } = await openTestLog();
    await appendValues(log, ['a']);
    await log.append(batchOf(['b']), { origin: 'client', leaderEpoch: 0 });
    expect(await readAll(log, 0, { upTo: 'highWatermark' })).toEqual([{ offset: 0, value: 'a' }]);
    expect(await readAll(log, 0, { upTo: 'logEndOffset' })).toHaveLength(2);
    await manager.close();
  });

  test('refuses offsets outside of the log', async () => {
    const { manager, log } = await openTestLog();
    await appendValues(log, ['a']);
    expect(() => log.read({ offset: 2, maxBytes: 100, upTo: 'logEndOffset' })).toThrowError(
      expect.objectContaining({ code: 'OFFSET_OUT_OF_RANGE' }),
    );
    await manager.close();
  });
});

describe('reopening', () => {
  test.each(['memory', 'disk'])('finds everything again after a clean stop (%s)', async (kind) => {
    const host = kind === 'memory' ? memoryHost() : nodeHost();
    const directory = kind === 'memory' ? '/data' : await temporaryDirectory(host);
    const first = await openTestLog({ 'internal.segment.bytes': 1000 }, host, { logDirs: [directory] });
    for (let index = 0; index < 60; index++)
      await appendValues(first.log, [`v${index}`], { timestampMs: START_MS + index });
    expect(first.log.segmentCount).toBeGreaterThan(3);
    await first.manager.close();

    const second = await openTestLog({ 'internal.segment.bytes': 1000 }, host, { logDirs: [directory] });
    expect(second.log.logEndOffset).toBe(60);
    expect(second.log.highWatermark).toBe(60);
    expect(second.log.topicId).toBe(first.log.topicId);
    expect(await valuesOf(second.log)).toEqual(Array.from({ length: 60 }, (_, index) => `v${index}`));
    expect(await second.log.offsetForTimestamp(START_MS + 30, 'logEndOffset')).toMatchObject({ offset: 30 });
    expect(await appendValues(second.log, ['more'])).toBe(60);
    await second.manager.close();
    if (kind === 'disk') await host.disk.removeDirectory(directory);
  });
});
