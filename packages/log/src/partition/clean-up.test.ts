import { memoryHost } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { appendValues, openTestLog, readAll, START_MS, valuesOf } from '../testing/test-log.ts';

async function filledLog(config: Record<string, unknown>, count = 60) {
  const opened = await openTestLog({ 'internal.segment.bytes': 800, 'file.delete.delay.ms': 0, ...config });
  const nowMs = opened.host.clock.nowMs();
  for (let index = 0; index < count; index++) {
    await appendValues(opened.log, [`v${index}`], { timestampMs: nowMs - (count - index) * 60000 });
  }
  return opened;
}

describe('retention', () => {
  test('deletes by age and moves the log start', async () => {
    const { manager, log } = await filledLog({ 'retention.ms': 1800000 });
    const before = log.segmentCount;
    expect(await manager.applyRetention()).toBeGreaterThan(2);
    expect(log.segmentCount).toBeLessThan(before);
    expect(log.logStartOffset).toBeGreaterThan(20);
    expect((await valuesOf(log)).at(0)).toBe(`v${log.logStartOffset}`);
    expect(() => log.read({ offset: 0, maxBytes: 10, upTo: 'logEndOffset' })).toThrowError('is not within');
    await manager.close();
  });

  test('deletes by size', async () => {
    const { manager, log } = await filledLog({ 'retention.ms': -1, 'retention.bytes': 2000 });
    await manager.applyRetention();
    expect(log.sizeBytes).toBeGreaterThanOrEqual(2000);
    expect(log.sizeBytes).toBeLessThan(2900);
    await manager.close();
  });

  test('can empty a log, which goes on at its end', async () => {
    const { manager, log } = await filledLog({ 'retention.ms': 1 });
    await manager.applyRetention();
    expect(log.logStartOffset).toBe(60);
    expect(log.sizeBytes).toBe(0);
    expect(await appendValues(log, ['next'])).toBe(60);
    await manager.close();
  });

  test('takes nothing that consumers have not been allowed to see', async () => {
    const { manager, log, host } = await openTestLog({ 'internal.segment.bytes': 200, 'retention.ms': 1 });
    const { batchOf } = await import('../testing/test-log.ts');
    const timestampMs = host.clock.nowMs() - 60000;
    for (let index = 0; index < 10; index++) {
      await log.append(batchOf([`v${index}`], { timestampMs }), { origin: 'client', leaderEpoch: 0 });
    }
    expect(await manager.applyRetention()).toBe(0);
    await manager.close();
  });

  test('removes the files after the delay', async () => {
    const { manager, host } = await filledLog({ 'retention.ms': 1 });
    await manager.applyRetention();
    await new Promise<void>((resolve) => host.timers.schedule(1, resolve));
    const names = (await host.disk.list('/data/orders-0')).map((entry) => entry.name);
    expect(names.filter((name) => name.endsWith('.deleted'))).toEqual([]);
    await manager.close();
  });
});

describe('deleteRecords', () => {
  test('moves the log start, also within a segment, and survives a restart', async () => {
    const { host, manager, log } = await filledLog({ 'retention.ms': -1 });
    expect(await log.deleteRecords(25)).toBe(25);
    expect((await readAll(log)).at(0)).toEqual({ offset: 25, value: 'v25' });
    expect(await log.deleteRecords(10)).toBe(25);
    await manager.applyRetention();
    await manager.close();
    const again = await openTestLog({ 'retention.ms': -1 }, host);
    expect(again.log.logStartOffset).toBe(25);
    await again.manager.close();
  });

  test('takes -1 for the high watermark', async () => {
    const { manager, log } = await filledLog({ 'retention.ms': -1 }, 5);
    expect(await log.deleteRecords(-1)).toBe(5);
    await manager.close();
  });

  test('refuses what Kafka refuses', async () => {
    const { manager, log } = await filledLog({ 'retention.ms': -1 }, 5);
    await expect(log.deleteRecords(6)).rejects.toMatchObject({ code: 'OFFSET_OUT_OF_RANGE' });
    log.updateConfig({ ...log.config, 'cleanup.policy': ['compact'] });
    await expect(log.deleteRecords(2)).rejects.toMatchObject({ code: 'POLICY_VIOLATION' });
    await manager.close();
  });
});

describe('advanceLogStart', () => {
  test('follows the leader, compacted or not, as far as this replica knows what is committed', async () => {
    const { manager, log } = await filledLog({ 'retention.ms': -1 }, 5);
    log.updateConfig({ ...log.config, 'cleanup.policy': ['compact'] });
    await log.advanceLogStart(3);
    expect(log.logStartOffset).toBe(3);
    await log.advanceLogStart(2);
    expect(log.logStartOffset).toBe(3);
    await log.advanceLogStart(9);
    expect(log).toMatchObject({ logStartOffset: 5, highWatermark: 5, logEndOffset: 5 });
    await manager.close();
  });
});

describe('truncateTo', () => {
  test('drops the end, in memory and in the files', async () => {
    const { host, manager, log } = await filledLog({ 'retention.ms': -1 });
    await log.truncateTo(22);
    expect(log).toMatchObject({ logEndOffset: 22, highWatermark: 22 });
    expect(await valuesOf(log)).toEqual(Array.from({ length: 22 }, (_, index) => `v${index}`));
    expect(await appendValues(log, ['new'])).toBe(22);
    await manager.close();
    const again = await openTestLog({ 'retention.ms': -1 }, host);
    expect((await valuesOf(again.log)).at(-1)).toBe('new');
    await again.manager.close();
  });

  test('begins anew where the log begins later', async () => {
    const { manager, log } = await filledLog({ 'retention.ms': 1800000 });
    await manager.applyRetention();
    await log.truncateTo(3);
    expect(log).toMatchObject({ logStartOffset: 3, logEndOffset: 3, highWatermark: 3, latestEpoch: -1 });
    expect(await appendValues(log, ['new'])).toBe(3);
    await manager.close();
  });
});

describe('deleting a partition', () => {
  test('takes its directory away at once, and the name is free again', async () => {
    const host = memoryHost();
    const { manager, log } = await openTestLog({ 'file.delete.delay.ms': 0 }, host);
    await appendValues(log, ['old']);
    await manager.delete('orders', 0);
    expect(manager.get('orders', 0)).toBeUndefined();
    const again = await manager.create({ topic: 'orders', partition: 0, topicId: 'AAAAAAAAAAAAAAAAAAAAAg' });
    expect(again.logEndOffset).toBe(0);
    await new Promise<void>((resolve) => host.timers.schedule(1, resolve));
    expect((await host.disk.list('/data')).filter((entry) => entry.name.includes('-delete'))).toEqual([]);
    await manager.close();
  });
});

describe('lookups by time', () => {
  test('find the first record at or after a timestamp, over segments', async () => {
    const { manager, log } = await openTestLog({
      'internal.segment.bytes': 300,
      'index.interval.bytes': 100,
      'retention.ms': -1,
    });
    for (let index = 0; index < 40; index++) {
      await appendValues(log, [`v${index}`, `w${index}`], {
        timestampMs: START_MS + index * 10,
        leaderEpoch: 2,
      });
    }
    for (let index = 0; index < 40; index++) {
      const expected = { offset: index * 2, timestampMs: START_MS + index * 10, leaderEpoch: 2 };
      expect(await log.offsetForTimestamp(START_MS + index * 10, 'logEndOffset')).toEqual(expected);
      expect(await log.offsetForTimestamp(START_MS + index * 10 - 3, 'logEndOffset')).toEqual(expected);
    }
    expect(await log.offsetForTimestamp(START_MS + 391, 'logEndOffset')).toBeUndefined();
    expect(await log.offsetForMaxTimestamp('logEndOffset')).toMatchObject({ offset: 78 });
    await log.deleteRecords(11);
    expect(await log.offsetForTimestamp(0, 'logEndOffset')).toMatchObject({ offset: 11 });
    await manager.close();
  });
});
