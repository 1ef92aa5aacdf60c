import { memoryHost, silentLogger, Simulation, type Host, type LogFields, type Logger } from '@millrace/host';
import { recordBatches, setBatchBaseOffset } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { appendValues, openTestLog, readAll, type TestConfig } from '../testing/test-log.ts';
import { repairDirectory } from '../tools/repair/repair-directory.ts';
import { verifyDirectory } from '../tools/verify/verify-directory.ts';
import type { PartitionLog } from './partition-log.ts';

const CONFIG = { 'internal.segment.bytes': 800, 'index.interval.bytes': 200, 'retention.ms': -1 };
const VALUES = Array.from({ length: 60 }, (_, index) => `value-${index}`);
const DIRECTORY = '/data/orders-0';

/** A log that was closed in order, with one bit changed in a batch in the middle of its second segment. */
async function damagedLog(config: TestConfig = CONFIG, host: Host = memoryHost()) {
  const { manager, log } = await openTestLog(config, host);
  for (const value of VALUES) await appendValues(log, [value]);
  await manager.close();
  const names = (await host.disk.list(DIRECTORY)).map(({ name }) => name);
  const [, name, next] = names.filter((each) => each.endsWith('.log'));
  const file = `${DIRECTORY}/${name}`;
  const content = await host.disk.readFile(file);
  const whole = Buffer.from(content);
  const batch = recordBatches(content)[3]!;
  const position = batch.buffer.byteOffset - content.byteOffset;
  content[position + 70]! ^= 8;
  await host.disk.writeFile(file, content);
  return {
    host,
    file,
    whole,
    position,
    fromOffset: batch.baseOffset,
    toOffset: Number(next!.slice(0, 20)),
    mark: file.replace('.log', '.damaged'),
  };
}

function loggerInto(lines: { readonly message: string; readonly fields: LogFields | undefined }[]): Logger {
  return { ...silentLogger, error: (message, fields) => void lines.push({ message, fields }) };
}

async function offsetsFrom(log: PartitionLog, offset: number): Promise<number[]> {
  return (await readAll(log, offset)).map((record) => record.offset);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

describe('damage below the recovery point', () => {
  test('is reported once, kept from readers, and what lies before and behind it is served', async () => {
    const { host, file, position, fromOffset, toOffset } = await damagedLog();
    const lines: { message: string; fields: LogFields | undefined }[] = [];
    const { manager, log } = await openTestLog(CONFIG, host, {
      tailCacheBytes: 0,
      logger: loggerInto(lines),
    });
    expect(log.damage).toEqual([]);
    const expected = { code: 'ERR_LOG_CORRUPT_FILE', file, position };
    for (const offset of [0, fromOffset, fromOffset + 1])
      await expect(readAll(log, offset)).rejects.toMatchObject(expected);
    const before = await log.read({ offset: fromOffset - 2, maxBytes: 1 << 20, upTo: 'logEndOffset' });
    expect(recordBatches(before.records[0]!).map(({ lastOffset }) => lastOffset)).toEqual([
      fromOffset - 2,
      fromOffset - 1,
    ]);
    expect(await offsetsFrom(log, toOffset)).toEqual(range(toOffset, VALUES.length));
    expect(log.damage).toMatchObject([{ file, position, fromOffset, toOffset }]);
    expect(lines).toHaveLength(1);
    expect(lines[0]!.fields).toMatchObject({ file, position, fromOffset });
    await manager.close();
  });

  test('is known to the next lives before anybody reads', async () => {
    const { host, file, position, fromOffset, toOffset, mark } = await damagedLog();
    const first = await openTestLog(CONFIG, host);
    await expect(readAll(first.log)).rejects.toMatchObject({ position });
    await first.manager.close();
    expect(JSON.parse(String(await host.disk.readFile(mark)))).toMatchObject({ position, fromOffset });
    const { manager, log } = await openTestLog(CONFIG, host);
    expect(log.damage).toMatchObject([{ file, position, fromOffset, toOffset }]);
    await expect(readAll(log, fromOffset)).rejects.toMatchObject({ file, position });
    await manager.close();
    const { findings } = await verifyDirectory(host, '/data');
    const errors = findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
    expect(errors).toContain('quarantine');
    expect(errors).toContain('batch-checksum');
  });

  test.each([1024, 2])('of an offset that was changed upwards is told by what lies behind it', async (by) => {
    const { host, file, whole, position, fromOffset } = await damagedLog();
    const changed = Buffer.from(whole);
    setBatchBaseOffset(changed, position, fromOffset + by);
    await host.disk.writeFile(file, changed);
    const { manager, log } = await openTestLog(CONFIG, host, { tailCacheBytes: 0 });
    await expect(readAll(log)).rejects.toMatchObject({ file, position });
    expect(log.damage).toMatchObject([{ file, position, fromOffset }]);
    await manager.close();
  });

  test('ends with a repair, which keeps what it takes away', async () => {
    const { host, file, position, fromOffset, mark } = await damagedLog();
    const first = await openTestLog(CONFIG, host);
    await expect(readAll(first.log)).rejects.toMatchObject({ position });
    await first.manager.close();
    const damaged = await host.disk.readFile(file);
    const report = await repairDirectory(host, '/data', { quarantine: '/kept' });
    expect(report.unrepaired).toEqual([]);
    expect(await host.disk.stat(mark)).toBeUndefined();
    expect(await host.disk.readFile(file.replace('/data', '/kept'))).toEqual(damaged);
    const { manager, log } = await openTestLog(CONFIG, host);
    expect(log.damage).toEqual([]);
    expect(await offsetsFrom(log, 0)).toEqual(range(0, fromOffset));
    await manager.close();
  });

  test('ends with a repair that cuts nothing where the file was put back whole', async () => {
    const { host, file, whole, mark } = await damagedLog();
    const first = await openTestLog(CONFIG, host);
    await expect(readAll(first.log)).rejects.toMatchObject({ file });
    await first.manager.close();
    await host.disk.writeFile(file, whole);
    const report = await repairDirectory(host, '/data', { quarantine: '/kept' });
    expect(report.steps.some(({ action }) => action === 'cut')).toBe(false);
    expect(await host.disk.stat(mark)).toBeUndefined();
    const { manager, log } = await openTestLog(CONFIG, host);
    expect(await offsetsFrom(log, 0)).toEqual(range(0, VALUES.length));
    await manager.close();
  });

  test('goes with a truncation, and what is written in its place is served', async () => {
    const { host, fromOffset, position, mark } = await damagedLog();
    const first = await openTestLog(CONFIG, host);
    await expect(readAll(first.log)).rejects.toMatchObject({ position });
    await first.log.truncateTo(fromOffset);
    for (const value of VALUES) await appendValues(first.log, [value]);
    await first.manager.close();
    expect(await host.disk.stat(mark)).toBeUndefined();
    const { manager, log } = await openTestLog(CONFIG, host);
    expect(await offsetsFrom(log, 0)).toEqual(range(0, fromOffset + VALUES.length));
    await manager.close();
  });

  test('goes with its segment when retention deletes that', async () => {
    const { host, position, toOffset, mark } = await damagedLog();
    const { manager, log } = await openTestLog({ ...CONFIG, 'file.delete.delay.ms': 0 }, host);
    await expect(readAll(log)).rejects.toMatchObject({ position });
    log.updateHighWatermark(log.logEndOffset);
    await log.deleteRecords(toOffset);
    await log.applyRetention();
    expect(log.damage).toEqual([]);
    await manager.close();
    const again = await openTestLog(CONFIG, host);
    expect(again.log.damage).toEqual([]);
    expect(await offsetsFrom(again.log, toOffset)).toEqual(range(toOffset, VALUES.length));
    await again.manager.close();
    expect(await host.disk.stat(mark)).toBeUndefined();
  });

  test('is not written anew with a right checksum by compaction', async () => {
    const config = { ...CONFIG, 'cleanup.policy': 'compact' };
    const { host, file, position } = await damagedLog(config);
    const { manager, log } = await openTestLog(config, host);
    log.updateHighWatermark(log.logEndOffset);
    await expect(log.compact()).rejects.toMatchObject({ code: 'ERR_LOG_CORRUPT_FILE', file, position });
    expect(log.damage).toMatchObject([{ file, position }]);
    await expect(log.compact()).rejects.toMatchObject({ file, position });
    await manager.close();
    const names = (await host.disk.list(DIRECTORY)).map(({ name }) => name);
    expect(names.filter((name) => /cleaned|swap/.test(name))).toEqual([]);
    expect(names).toContain(file.slice(DIRECTORY.length + 1));
  });

  test('is kept from readers where the disk takes no mark, too', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const host = simulation.host('node');
      const { position, toOffset, mark } = await damagedLog(CONFIG, host);
      host.disk.faults.add({
        code: 'EROFS',
        operations: ['open'],
        path: (path) => path.startsWith(mark),
        chance: 1,
      });
      const { manager, log } = await openTestLog(CONFIG, host);
      await expect(readAll(log)).rejects.toMatchObject({ position });
      expect(log.isOnline).toBe(true);
      expect(await offsetsFrom(log, toOffset)).toEqual(range(toOffset, VALUES.length));
      await manager.close();
      expect(await host.disk.stat(mark)).toBeUndefined();
    });
  });
});
