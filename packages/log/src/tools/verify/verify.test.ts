import { memoryHost, type Host } from '@millrace/host';
import { buildBatch, setBatchBaseOffset } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { SAMPLE_DIRECTORY, SAMPLE_PARTITION, writeSampleDirectory } from '../../testing/sample-directory.ts';
import { verifyDirectory } from './verify-directory.ts';
import type { FindingRule, VerifyProgress } from './verify-report.ts';

const LOG = `${SAMPLE_PARTITION}/00000000000000000000.log`;

async function sample(): Promise<Host> {
  const host = memoryHost();
  await writeSampleDirectory(host);
  return host;
}

async function edit(host: Host, path: string, change: (content: Buffer) => Buffer | void): Promise<void> {
  const content = await host.disk.readFile(path);
  await host.disk.writeFile(path, change(content) ?? content);
}

async function fileWith(host: Host, suffix: string): Promise<string> {
  const entries = await host.disk.list(SAMPLE_PARTITION);
  return `${SAMPLE_PARTITION}/${entries.find(({ name }) => name.endsWith(suffix))!.name}`;
}

async function rulesOf(host: Host): Promise<Set<FindingRule>> {
  const { findings } = await verifyDirectory(host, SAMPLE_DIRECTORY);
  return new Set(findings.map(({ rule }) => rule));
}

describe('a directory that was closed in order', () => {
  test('is valid, and what was read is told', async () => {
    const host = await sample();
    const report = await verifyDirectory(host, SAMPLE_DIRECTORY);
    expect(report.findings.map(({ file }) => file)).toEqual([`${SAMPLE_DIRECTORY}/meta.properties`]);
    expect(report).toMatchObject({ isValid: true, isClean: true, partitions: 1, batches: 97 });
    expect(report.segments).toBeGreaterThan(2);
  });

  test('nothing in it changes', async () => {
    const host = await sample();
    const contents = async (): Promise<string[]> =>
      Promise.all(
        (await host.disk.list(SAMPLE_PARTITION)).map(async ({ name }) =>
          (await host.disk.readFile(`${SAMPLE_PARTITION}/${name}`)).toString('hex'),
        ),
      );
    const before = await contents();
    await verifyDirectory(host, SAMPLE_DIRECTORY);
    expect(await contents()).toEqual(before);
  });

  test('a partition directory is verified alone', async () => {
    const host = await sample();
    expect(await verifyDirectory(host, SAMPLE_PARTITION)).toMatchObject({ isValid: true, partitions: 1 });
  });

  test('progress reaches the size of all logs', async () => {
    const host = await sample();
    let last: VerifyProgress | undefined;
    const report = await verifyDirectory(host, SAMPLE_DIRECTORY, {
      onProgress: (progress) => (last = progress),
    });
    expect(last).toEqual({ partition: 'orders-0', doneBytes: report.bytes, totalBytes: report.bytes });
  });

  test('an aborted verification ends with the reason of the signal', async () => {
    const host = await sample();
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(verifyDirectory(host, SAMPLE_DIRECTORY, { signal })).rejects.toThrow('enough');
  });
});

describe('damage is named with file and position', () => {
  test('a torn end is an error after a clean stop, and only a notice after a crash', async () => {
    const host = await sample();
    const last = (await host.disk.list(SAMPLE_PARTITION)).findLast(({ name }) => name.endsWith('.log'))!.name;
    await edit(host, `${SAMPLE_PARTITION}/${last}`, (content) => content.subarray(0, content.length - 3));
    expect((await verifyDirectory(host, SAMPLE_DIRECTORY)).isValid).toBe(false);
    await host.disk.removeFile(`${SAMPLE_DIRECTORY}/.kafka_cleanshutdown`);
    await host.disk.removeFile(`${SAMPLE_DIRECTORY}/recovery-point-offset-checkpoint`);
    const report = await verifyDirectory(host, SAMPLE_DIRECTORY);
    expect(report.findings.map(({ rule }) => rule)).toContain('torn-end');
    expect(report.isValid).toBe(true);
  });

  test('a value that was changed fails its checksum, and the scan goes on behind it', async () => {
    const host = await sample();
    await edit(host, LOG, (content) => void (content[75]! ^= 1));
    const report = await verifyDirectory(host, SAMPLE_DIRECTORY);
    expect(report.findings).toContainEqual({
      severity: 'error',
      rule: 'batch-checksum',
      file: LOG,
      position: 0,
      problem: 'the CRC is wrong',
    });
    expect(report.batches).toBe(97);
  });

  test('missing offsets are an error where nothing was compacted, and none where it was', async () => {
    const host = memoryHost();
    const batch = buildBatch([{ timestampMs: 1, key: 'k', value: 'v' }]);
    const later = Buffer.from(batch);
    setBatchBaseOffset(later, 0, 5);
    await host.disk.makeDirectory(SAMPLE_PARTITION);
    await host.disk.writeFile(LOG, Buffer.concat([batch, later]));
    expect(await rulesOf(host)).toContain('offset-gap');
    await host.disk.writeFile(`${SAMPLE_DIRECTORY}/cleaner-offset-checkpoint`, '0\n1\norders 0 6\n');
    expect(await rulesOf(host)).not.toContain('offset-gap');
  });

  test.each<[string, string, FindingRule]>([
    ['an offset index', '.index', 'offset-index'],
    ['a time index', '.timeindex', 'time-index'],
    ['a transaction index', '.txnindex', 'transaction-index'],
    ['a producer snapshot', '.snapshot', 'producer-snapshot'],
  ])('%s that says something else than the batches', async (_, suffix, rule) => {
    const host = await sample();
    await edit(host, await fileWith(host, suffix), (content) => void (content[content.length - 1]! ^= 1));
    expect(await rulesOf(host)).toContain(rule);
  });

  test.each(['.index', '.timeindex'])('a missing %s file', async (suffix) => {
    const host = await sample();
    await host.disk.removeFile(await fileWith(host, suffix));
    expect(await rulesOf(host)).toContain('missing-index');
  });

  test('leader epochs that differ from the batches', async () => {
    const host = await sample();
    await host.disk.writeFile(`${SAMPLE_PARTITION}/leader-epoch-checkpoint`, '0\n2\n0 0\n1 5\n');
    expect(await rulesOf(host)).toContain('leader-epochs');
  });

  test('a recovery point behind the end of the log', async () => {
    const host = await sample();
    await host.disk.writeFile(
      `${SAMPLE_DIRECTORY}/recovery-point-offset-checkpoint`,
      '0\n1\norders 0 99999\n',
    );
    expect(await rulesOf(host)).toContain('checkpoint');
  });

  test('a checkpoint, topic id or meta.properties that makes no sense', async () => {
    const host = await sample();
    await host.disk.writeFile(`${SAMPLE_DIRECTORY}/replication-offset-checkpoint`, '0\n7\n');
    await host.disk.writeFile(`${SAMPLE_DIRECTORY}/meta.properties`, 'version=9\n');
    await host.disk.writeFile(`${SAMPLE_PARTITION}/partition.metadata`, 'version: x\n');
    const rules = await rulesOf(host);
    for (const rule of ['checkpoint', 'directory-identity', 'partition-metadata'] as const)
      expect(rules).toContain(rule);
  });

  test('strangers and leftovers are notices', async () => {
    const host = await sample();
    await host.disk.writeFile(`${SAMPLE_PARTITION}/notes.txt`, '');
    await host.disk.writeFile(`${SAMPLE_PARTITION}/00000000000000000000.log.cleaned`, '');
    await host.disk.makeDirectory(`${SAMPLE_DIRECTORY}/backup`);
    const report = await verifyDirectory(host, SAMPLE_DIRECTORY);
    expect(report.isValid).toBe(true);
    expect(new Set(report.findings.map(({ rule }) => rule))).toEqual(
      new Set(['stray-file', 'leftover', 'directory-name', 'directory-identity']),
    );
  });

  test('a path that is no log directory', async () => {
    const host = memoryHost();
    await host.disk.makeDirectory('/somewhere');
    await expect(verifyDirectory(host, '/somewhere')).rejects.toMatchObject({ code: 'ERR_LOG_NO_DIRECTORY' });
    await expect(verifyDirectory(host, '/nowhere')).rejects.toMatchObject({ code: 'ERR_LOG_NO_DIRECTORY' });
  });
});
