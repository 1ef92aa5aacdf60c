import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Producer } from '@millrace/client';
import { nodeHost } from '@millrace/host';
import { afterAll, describe, expect, test } from 'vitest';
import { runCommand } from '../testing/run-command.ts';

/** A file system of its own is the only honest full or read-only disk; making one takes root. */
const directory = mkdtempSync(join(tmpdir(), 'millrace-small-disk-'));
const canMount = mount('size=3m');
if (!canMount) {
  rmSync(directory, { recursive: true });
  process.stderr.write('start on full and read-only disks is not tested: cannot mount a tmpfs\n');
}

function mount(options: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function start(onReady: (listen: string) => void) {
  const parameters = ['start', '--listen', '127.0.0.1:0', '--data-dir', join(directory, 'data')];
  return runCommand([...parameters, '--output', 'json', '--log-level', 'silent'], {
    host: nodeHost(),
    onOutput: (stdout) => onReady((JSON.parse(stdout) as { listen: string }).listen),
  });
}

async function produceUntilRefused(bootstrapServers: string): Promise<void> {
  const properties = {
    'bootstrap.servers': bootstrapServers,
    retries: 0,
    'enable.idempotence': false,
  } as const;
  await using producer = new Producer(properties);
  const value = Buffer.alloc(100_000);
  for (let sent = 0; sent < 100; sent++) await producer.send({ topic: 'orders', value });
}

describe.runIf(canMount)('start', () => {
  afterAll(() => {
    execFileSync('umount', ['-l', directory]);
    rmSync(directory, { recursive: true });
  });

  test('ends with code 1 and what to do when its disk is full, and again when nothing was freed', async () => {
    let refused: Promise<unknown> = Promise.resolve();
    const result = await start((listen) => {
      refused = produceUntilRefused(listen).catch((error: unknown) => error);
    });
    expect(await refused).toBeInstanceOf(Error);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toBe(
      `error: Data directory ${join(directory, 'data')} failed while in use: it is on a full disk; free some space or choose another one in "log.dirs"\n`,
    );
    const again = await start(() => {});
    expect(again).toMatchObject({ exitCode: 1, stdout: '' });
    expect(again.stderr).toBe(
      `error: Data directory ${join(directory, 'data')} is on a full disk; free some space or choose another one in "log.dirs"\n`,
    );
  });

  test('refuses a read-only directory with one line', async () => {
    execFileSync('mount', ['-o', 'remount,ro', directory]);
    const result = await start(() => {});
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toBe(
      `error: Data directory ${join(directory, 'data')} is on a read-only file system; choose another one in "log.dirs"\n`,
    );
  });
});
