import { spawn } from 'node:child_process';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { nodeHost } from '@millrace/host';
import { expect, test } from 'vitest';
import { openTestLog, readAll } from '../testing/test-log.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';

const program = fileURLToPath(new URL('../testing/appending-process.ts', import.meta.url));

/** @returns the end offset of the last acknowledgement that was printed before the process was killed. */
function appendUntilKilled(
  directory: string,
  flushMessages: string,
  acknowledgements: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(execPath, ['--conditions=@millrace/source', program, directory, flushMessages], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let [text, last, lines] = ['', 0, 0];
    child.stdout.on('data', (chunk: Buffer) => {
      const parts = (text + chunk.toString()).split('\n');
      text = parts.pop()!;
      lines += parts.length;
      for (const part of parts) last = Math.max(last, Number(part));
      if (lines >= acknowledgements) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', () => resolve(last));
  });
}

test.each([
  ['in the page cache', ''],
  ['on the disk', '1'],
])(
  'kill -9 loses nothing that was acknowledged %s, and doubles nothing',
  { timeout: 120_000 },
  async (_, flushMessages) => {
    const host = nodeHost();
    const directory = await temporaryDirectory(host);
    try {
      for (const acknowledgements of [1, 37, 300]) {
        const acknowledged = await appendUntilKilled(directory, flushMessages, acknowledgements);
        const { manager, log } = await openTestLog({ 'retention.ms': -1 }, host, { logDirs: [directory] });
        expect(log.logEndOffset).toBeGreaterThanOrEqual(acknowledged);
        const records = await readAll(log);
        expect(records).toHaveLength(log.logEndOffset);
        expect(records.filter(({ offset, value }) => value !== String(offset))).toEqual([]);
        await manager.close();
      }
    } finally {
      await host.disk.removeDirectory(directory);
    }
  },
);
