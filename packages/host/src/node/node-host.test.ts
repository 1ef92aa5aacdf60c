import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MemoryDisk } from '../memory/memory-disk.ts';
import { memoryHost } from '../memory/memory-host.ts';

const nodeHostModule = JSON.stringify(import.meta.resolve('./node-host.ts'));

/** Runs `code` with a `host` in a process of its own and returns what it prints. */
function inProcess(code: string, command: readonly string[] = [process.execPath]): string {
  const script = `import { nodeHost } from ${nodeHostModule};\nconst host = nodeHost();\n${code}`;
  const [file, ...args] = [...command, '--input-type=module', '--eval', script];
  return execFileSync(file, args, { encoding: 'utf8', timeout: 15_000 });
}

test('a background timer does not keep the process alive, a plain one does', () => {
  const printed = inProcess(`
    host.timers.schedule(60_000, () => {}, { background: true });
    host.timers.schedule(5, () => process.stdout.write('plain'));
  `);
  expect(printed).toBe('plain');
});

test('a background timer over the limit of setTimeout stays one', () => {
  expect(inProcess(`host.timers.schedule(2 ** 33, () => {}, { background: true });`)).toBe('');
});

test.runIf(process.platform === 'linux')(
  'a partial write is gone on with, and its error reported',
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'millrace-partial-'));
    const path = join(directory, 'file');
    try {
      // With a limit of 8 KiB per file, the kernel takes the beginning of a longer write and refuses the next.
      const limited = ['bash', '-c', 'trap "" XFSZ; ulimit -f 8; exec "$0" "$@"', process.execPath];
      const printed = inProcess(
        `
      const file = await host.disk.open(${JSON.stringify(path)}, 'create');
      const chunks = [1, 2, 3].map((fill) => Buffer.alloc(3000, fill));
      await file.write(chunks, 0).catch((error) => process.stdout.write(error.code));
      await file.close();
    `,
        limited,
      );
      expect(printed).toBe('EFBIG');
      const expected = Buffer.concat([Buffer.alloc(3000, 1), Buffer.alloc(3000, 2), Buffer.alloc(2192, 3)]);
      expect((await readFile(path)).equals(expected)).toBe(true);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
);

test('a memory host starts over on the disk of another', async () => {
  const disk = new MemoryDisk(memoryHost().clock);
  await memoryHost({ disk }).disk.writeFile('/kept', 'content');
  expect((await memoryHost({ disk }).disk.readFile('/kept')).toString()).toBe('content');
  expect(await memoryHost().disk.stat('/kept')).toBeUndefined();
});
