import { memoryHost, type Host } from '@millrace/host';
import { LogManager } from '@millrace/log';
import type { DumpEntry, RepairReport, VerifyReport } from '@millrace/log/tools';
import { buildBatch } from '@millrace/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { runCommand, type CommandResult } from '../testing/run-command.ts';

const LOG = '/data/orders-0/00000000000000000000.log';
let host: Host;

beforeEach(async () => {
  host = memoryHost();
  await using manager = await LogManager.open({ host, logDirs: ['/data'] });
  const log = await manager.create({ topic: 'orders', partition: 0, topicId: 'AAAAAAAAAAAAAAAAAAAAAQ' });
  for (const value of ['created', 'paid', 'sent']) {
    const batch = buildBatch([{ timestampMs: 1700000000000, key: 'order-1', value }]);
    await log.append(batch, { origin: 'client', leaderEpoch: 0 });
  }
});

function millrace(line: string): Promise<CommandResult> {
  return runCommand(line.split(' '), { host });
}

async function damage(): Promise<void> {
  const content = await host.disk.readFile(LOG);
  content[content.length - 3]! ^= 1;
  await host.disk.writeFile(LOG, content);
}

describe('millrace log dump', () => {
  test('prints a line per batch, and with --deep per record', async () => {
    const shallow = await millrace(`log dump ${LOG}`);
    expect(shallow.stdout.split('\n')).toHaveLength(4);
    expect(shallow.stdout).toContain('00000000000000000000.log @0 batch baseOffset=0 lastOffset=0');
    expect((await millrace(`log dump ${LOG} --deep`)).stdout).toContain('key=order-1 value=paid');
  });

  test('prints JSON lines that scripts can read', async () => {
    const { stdout } = await millrace(`log dump ${LOG} --deep --from-offset 1 --output json`);
    const entries = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as DumpEntry);
    const values = entries.flatMap((entry) => (entry.type === 'record' ? [entry.value] : []));
    expect(values).toEqual(['paid', 'sent']);
  });

  test('takes a directory for its files, and stops after --max-entries', async () => {
    const { stdout, exitCode } = await millrace('log dump /data/orders-0');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('leader-epoch-checkpoint');
    expect(stdout).toContain('topic.id');
    expect((await millrace('log dump /data/orders-0 -n 2')).stdout.split('\n')).toHaveLength(3);
  });

  test('ends with an error when it met damage, after everything that could be read', async () => {
    await damage();
    const { stdout, stderr, exitCode } = await millrace(`log dump ${LOG}`);
    expect(stdout.split('\n')).toHaveLength(4);
    expect(stdout).toContain('isCrcValid=false');
    expect(stderr).toContain(`Damaged: ${LOG}`);
    expect(exitCode).toBe(1);
  });

  test('says which path is not there', async () => {
    expect(await millrace('log dump /nowhere.log')).toMatchObject({
      exitCode: 3,
      stderr: 'error: There is no /nowhere.log\n',
    });
  });
});

describe('millrace log verify', () => {
  test('says what it read, and that it is valid', async () => {
    const { stdout, exitCode } = await millrace('log verify /data');
    expect(stdout).toContain('Valid: 1 partitions, 1 segments, 3 batches, 3 records');
    expect(exitCode).toBe(0);
  });

  test('ends with exit code 1 and the place of the damage', async () => {
    await damage();
    const { stdout, stderr, exitCode } = await millrace('log verify /data --output json');
    const report = JSON.parse(stdout) as VerifyReport;
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'batch-checksum', file: LOG, position: expect.any(Number) as number }),
    );
    expect(stderr).toContain('millrace log repair --dry-run /data');
    expect(exitCode).toBe(1);
  });

  test('stops at Ctrl-C with the code for it', async () => {
    const signal = AbortSignal.abort(new DOMException('stop', 'AbortError'));
    expect((await runCommand(['log', 'verify', '/data'], { host, signal })).exitCode).toBe(130);
  });
});

describe('millrace log repair', () => {
  test('cuts, rebuilds, and leaves a valid directory with a copy beside it', async () => {
    await damage();
    const dry = await millrace('log repair /data --dry-run');
    expect(dry.stdout).toContain(`would cut ${LOG}`);
    expect((await millrace('log verify /data')).exitCode).toBe(1);
    const { stdout, exitCode } = await millrace('log repair /data --yes --output json');
    expect(exitCode).toBe(0);
    const { quarantine } = JSON.parse(stdout) as RepairReport;
    expect(await host.disk.stat(`${quarantine}/orders-0/00000000000000000000.log`)).toBeDefined();
    expect((await millrace('log verify /data')).exitCode).toBe(0);
  });

  test('is not done unasked, nor while a process uses the directory', async () => {
    expect((await millrace('log repair /data')).exitCode).toBe(4);
    await using manager = await LogManager.open({ host, logDirs: ['/data'] });
    const { stderr, exitCode } = await millrace('log repair /data --yes');
    expect(stderr).toContain('Log directory /data is in use by another process');
    expect(exitCode).toBe(1);
    expect(manager.get('orders', 0)).toBeDefined();
  });
});
