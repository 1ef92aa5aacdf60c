import { memoryHost, type Host } from '@millrace/host';
import { decodeRecords, recordBatches, setBatchBaseOffset } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { LogManager } from '../../directory/log-manager.ts';
import { SAMPLE_DIRECTORY, SAMPLE_PARTITION, writeSampleDirectory } from '../../testing/sample-directory.ts';
import { verifyDirectory } from '../verify/verify-directory.ts';
import { repairDirectory } from './repair-directory.ts';

const QUARANTINE = '/kept';

async function sample(): Promise<{ host: Host; values: string[] }> {
  const host = memoryHost();
  const written = await writeSampleDirectory(host);
  return { host, values: Array.from(written.values(), (record) => record.slice(record.indexOf('=') + 1)) };
}

async function logFiles(host: Host): Promise<string[]> {
  const entries = await host.disk.list(SAMPLE_PARTITION);
  return entries.filter(({ name }) => name.endsWith('.log')).map(({ name }) => name);
}

async function edit(host: Host, name: string, change: (content: Buffer) => Buffer | void): Promise<Buffer> {
  const path = `${SAMPLE_PARTITION}/${name}`;
  const content = await host.disk.readFile(path);
  const changed = Buffer.from(content);
  const result = change(changed) ?? changed;
  await host.disk.writeFile(path, result);
  return Buffer.from(result);
}

async function valuesOf(host: Host): Promise<string[]> {
  await using manager = await LogManager.open({ host, logDirs: [SAMPLE_DIRECTORY] });
  const log = manager.get('orders', 0)!;
  const values: string[] = [];
  for (let offset = 0; offset < log.logEndOffset;) {
    const read = await log.read({ offset, maxBytes: 65536, minOneMessage: true, upTo: 'logEndOffset' });
    for (const batch of recordBatches(Buffer.concat(read.records))) {
      if (!batch.isControl) values.push(...decodeRecords(batch).map(({ value }) => String(value)));
      offset = batch.nextOffset;
    }
  }
  return values;
}

describe('repair', () => {
  test('finds nothing to do in a directory that is whole', async () => {
    const { host } = await sample();
    const report = await repairDirectory(host, SAMPLE_DIRECTORY);
    expect(report).toMatchObject({ steps: [], unrepaired: [], quarantine: undefined });
  });

  test('cuts the log at the first damaged batch and keeps what it takes away', async () => {
    const { host, values } = await sample();
    const [first, second, third] = await logFiles(host);
    const third0 = await host.disk.readFile(`${SAMPLE_PARTITION}/${third}`);
    const damaged = await edit(host, second!, (content) => void (content[200]! ^= 1));
    const report = await repairDirectory(host, SAMPLE_DIRECTORY, { quarantine: QUARANTINE });
    expect(report.unrepaired).toEqual([]);
    expect(report.after!.isValid).toBe(true);
    expect(await logFiles(host)).toEqual([first, second]);
    const kept = await valuesOf(host);
    expect(kept.length).toBeGreaterThan(10);
    expect(kept).toEqual(values.slice(0, kept.length));
    expect(await host.disk.readFile(`${QUARANTINE}/orders-0/${second}`)).toEqual(damaged);
    expect(await host.disk.readFile(`${QUARANTINE}/orders-0/${third}`)).toEqual(third0);
  });

  test('derives every other file anew without touching a batch', async () => {
    const { host, values } = await sample();
    for (const { name } of await host.disk.list(SAMPLE_PARTITION)) {
      if (/\.(log|metadata)$/.test(name)) continue;
      await edit(host, name, (content) => void (content[content.length >> 1]! ^= 64));
    }
    expect((await verifyDirectory(host, SAMPLE_DIRECTORY)).isValid).toBe(false);
    const report = await repairDirectory(host, SAMPLE_DIRECTORY, { quarantine: QUARANTINE });
    expect(report.unrepaired).toEqual([]);
    expect(report.steps.some(({ action }) => action === 'cut')).toBe(false);
    expect(await valuesOf(host)).toEqual(values);
  });

  test('a dry run says the same steps and changes nothing', async () => {
    const { host } = await sample();
    const [, second] = await logFiles(host);
    await edit(host, second!, (content) => content.subarray(0, 500));
    const before = await host.disk.list(SAMPLE_PARTITION);
    const options = { quarantine: QUARANTINE };
    const dry = await repairDirectory(host, SAMPLE_DIRECTORY, { ...options, dryRun: true });
    expect(await host.disk.list(SAMPLE_PARTITION)).toEqual(before);
    expect(await host.disk.stat(QUARANTINE)).toBeUndefined();
    expect(dry.after).toBeUndefined();
    const real = await repairDirectory(host, SAMPLE_DIRECTORY, options);
    const planned = (steps: typeof dry.steps) =>
      steps.filter(({ file }) => file.startsWith(SAMPLE_PARTITION));
    expect(planned(real.steps)).toEqual(planned(dry.steps));
  });

  test('an offset that was changed upwards is cut at its own batch', async () => {
    const { host } = await sample();
    const [first] = await logFiles(host);
    let position = 0;
    await edit(host, first!, (content) => {
      position = recordBatches(content)[0]!.sizeBytes;
      setBatchBaseOffset(content, position, 2000);
    });
    const report = await repairDirectory(host, SAMPLE_DIRECTORY, { quarantine: QUARANTINE });
    expect(report.steps.find(({ action }) => action === 'cut')!.detail).toContain(`position ${position}:`);
    expect(report.unrepaired).toEqual([]);
  });

  test('a leader epoch that was changed is set right in its batch, whichever batch it is', async () => {
    const intact = memoryHost();
    await writeSampleDirectory(intact);
    const last = (await logFiles(intact)).length - 1;
    for (const [segment, number] of [
      [0, 0],
      [1, 3],
      [last, -1],
    ] as const) {
      const { host, values } = await sample();
      const name = (await logFiles(host))[segment]!;
      const whole = await host.disk.readFile(`${SAMPLE_PARTITION}/${name}`);
      const epochs = String(await host.disk.readFile(`${SAMPLE_PARTITION}/leader-epoch-checkpoint`));
      const damaged = await edit(host, name, (content) => {
        const { byteOffset } = recordBatches(content).at(number)!.buffer;
        content[byteOffset - content.byteOffset + 13]! ^= 16;
      });
      const report = await repairDirectory(host, SAMPLE_DIRECTORY, { quarantine: QUARANTINE });
      expect(report.before.findings.map(({ rule }) => rule)).toContain('leader-epochs');
      expect(report.unrepaired).toEqual([]);
      expect(await host.disk.readFile(`${SAMPLE_PARTITION}/${name}`)).toEqual(whole);
      expect(String(await host.disk.readFile(`${SAMPLE_PARTITION}/leader-epoch-checkpoint`))).toBe(epochs);
      expect(await host.disk.readFile(`${QUARANTINE}/orders-0/${name}`)).toEqual(damaged);
      expect(await valuesOf(host)).toEqual(values);
    }
  });

  test('missing offsets stay as they are unless the cut is asked for', async () => {
    const { host } = await sample();
    const [, second] = await logFiles(host);
    for (const { name } of await host.disk.list(SAMPLE_PARTITION))
      if (name.startsWith(second!.slice(0, 20))) await host.disk.removeFile(`${SAMPLE_PARTITION}/${name}`);
    const left = await repairDirectory(host, SAMPLE_DIRECTORY, { quarantine: QUARANTINE });
    expect(left.unrepaired.map(({ rule }) => rule)).toEqual(['offset-gap']);
    const cut = await repairDirectory(host, SAMPLE_DIRECTORY, { quarantine: '/kept-2', cutGaps: true });
    expect(cut.unrepaired).toEqual([]);
    expect(await logFiles(host)).toHaveLength(2);
  });

  test('checkpoints that cannot be read are put aside, and others brought back to the end of the log', async () => {
    const { host } = await sample();
    await host.disk.writeFile(`${SAMPLE_DIRECTORY}/replication-offset-checkpoint`, 'nonsense');
    await host.disk.writeFile(
      `${SAMPLE_DIRECTORY}/recovery-point-offset-checkpoint`,
      '0\n1\norders 0 9999\n',
    );
    const report = await repairDirectory(host, SAMPLE_DIRECTORY, { quarantine: QUARANTINE });
    expect(report.after!.isValid).toBe(true);
    expect(String(await host.disk.readFile(`${QUARANTINE}/replication-offset-checkpoint`))).toBe('nonsense');
  });

  test('is refused while a process uses the directory', async () => {
    const { host } = await sample();
    await using manager = await LogManager.open({ host, logDirs: [SAMPLE_DIRECTORY] });
    await expect(repairDirectory(host, SAMPLE_DIRECTORY)).rejects.toMatchObject({
      code: 'ERR_LOG_DIRECTORY_LOCKED',
    });
    expect(manager.get('orders', 0)).toBeDefined();
  });

  test('an interrupted repair leaves a directory that can be repaired', async () => {
    const { host, values } = await sample();
    const [, second] = await logFiles(host);
    await edit(host, second!, (content) => void (content[200]! ^= 1));
    const stop = new AbortController();
    const onStep = (): void => stop.abort(new Error('enough'));
    const options = { quarantine: QUARANTINE, signal: stop.signal, onStep };
    await expect(repairDirectory(host, SAMPLE_DIRECTORY, options)).rejects.toThrow('enough');
    const report = await repairDirectory(host, SAMPLE_DIRECTORY, { quarantine: '/kept-2' });
    expect(report.unrepaired).toEqual([]);
    const kept = await valuesOf(host);
    expect(kept).toEqual(values.slice(0, kept.length));
  });
});
