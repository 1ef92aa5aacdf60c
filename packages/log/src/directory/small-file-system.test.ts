import { join } from 'node:path';
import { nodeHost } from '@millrace/host';
import { expect, test } from 'vitest';
import { fillDisk } from '../testing/fill-disk.ts';
import { SmallFileSystem } from '../testing/small-file-system.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { appendValues, openTestLog, TOPIC_ID, valuesOf } from '../testing/test-log.ts';
import { verifyDirectory } from '../tools/verify/verify-directory.ts';

const host = nodeHost();
const CONFIG = { 'internal.segment.bytes': 60_000, 'retention.ms': -1 };
const VALUE = 'x'.repeat(1000);
const probe = await SmallFileSystem.mount(host, '64k');
await probe?.[Symbol.asyncDispose]();
const skipped = probe === undefined ? ' (skipped: no file system can be mounted here)' : '';

/** Leaves no byte free. */
async function useUp(path: string): Promise<void> {
  const file = await host.disk.open(path, 'write');
  try {
    for (let position = 0; ; position += 4096) await file.write([Buffer.alloc(4096, 1)], position);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  } finally {
    await file.close();
  }
}

test.skipIf(probe === undefined)(
  `a full disk takes its own directory offline with a reason, and loses nothing that was acknowledged${skipped}`,
  async () => {
    await using small = (await SmallFileSystem.mount(host, '300k'))!;
    const roomy = await temporaryDirectory(host);
    const logDir = join(small.path, 'data');
    const { manager, log } = await openTestLog(CONFIG, host, { logDirs: [logDir, roomy] });
    const other = await manager.create({ topic: 'other', partition: 0, topicId: TOPIC_ID });
    expect([log.logDir, other.logDir]).toEqual([logDir, roomy]);

    const { acknowledged, error } = await fillDisk(log);
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(error).toMatchObject({
      code: 'KAFKA_STORAGE_ERROR',
      message: expect.stringContaining('ENOSPC') as string,
    });
    expect(String(error)).toContain(logDir);
    expect([log.isOnline, other.isOnline]).toEqual([false, true]);
    await appendValues(other, ['goes on']);
    await manager.close();

    const report = await verifyDirectory(host, logDir);
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report.isClean).toBe(false);

    small.remount('size=2m');
    const again = await openTestLog(CONFIG, host, { logDirs: [logDir, roomy] });
    expect((await valuesOf(again.log)).slice(0, acknowledged.length)).toEqual(acknowledged);
    await appendValues(again.log, ['there is room again']);
    await again.manager.close();
    expect(await verifyDirectory(host, logDir)).toMatchObject({ isValid: true, isClean: true });
    await host.disk.removeDirectory(roomy);
  },
);

test.skipIf(probe === undefined)(
  `a disk too full to start on is named at the start, and is fine once there is room${skipped}`,
  async () => {
    await using small = (await SmallFileSystem.mount(host, '100k'))!;
    const logDir = join(small.path, 'data');
    const first = await openTestLog(CONFIG, host, { logDirs: [logDir] });
    const { acknowledged } = await fillDisk(first.log);
    await first.manager.close();
    await useUp(join(small.path, 'ballast'));
    // Recovery writes indexes, for which there is no room.
    const opened = openTestLog(CONFIG, host, { logDirs: [logDir] });
    await expect(opened).rejects.toThrow(/ENOSPC/);
    small.remount('size=1m');
    const again = await openTestLog(CONFIG, host, { logDirs: [logDir] });
    expect((await valuesOf(again.log)).slice(0, acknowledged.length)).toEqual(acknowledged);
    await again.manager.close();
  },
);

test.skipIf(probe === undefined)(
  `a disk that turns read-only takes its directory offline; what is there can be verified${skipped}`,
  async () => {
    await using small = (await SmallFileSystem.mount(host, '2m'))!;
    const logDir = join(small.path, 'data');
    const { manager, log } = await openTestLog(CONFIG, host, { logDirs: [logDir] });
    for (let index = 0; index < 30; index++) await appendValues(log, [`${index}-${VALUE}`]);
    await manager.close();
    small.remount('ro');
    const opened = openTestLog(CONFIG, host, { logDirs: [logDir] });
    await expect(opened).rejects.toMatchObject({
      code: 'ERR_LOG_STORAGE',
      message: expect.stringContaining('EROFS') as string,
    });
    expect((await verifyDirectory(host, logDir)).isValid).toBe(true);
    small.remount('rw');
    const again = await openTestLog(CONFIG, host, { logDirs: [logDir] });
    expect(await valuesOf(again.log)).toHaveLength(30);
    await again.manager.close();
  },
);
