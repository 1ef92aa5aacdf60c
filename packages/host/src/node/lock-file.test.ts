import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockByProcessFile } from './lock-by-process-file.ts';
import { lockFile } from './lock-file.ts';

const implementations = [
  { name: 'lockFile', lock: lockFile, module: './lock-file.ts' },
  { name: 'lockByProcessFile', lock: lockByProcessFile, module: './lock-by-process-file.ts' },
] as const;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-lock-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

describe.each(implementations)('$name', ({ name, lock, module }) => {
  /** Another process that takes the lock, says whether it has it, and stays. */
  async function otherProcess(): Promise<{ readonly child: ChildProcess; readonly hasLock: boolean }> {
    const code = `import { ${name} } from ${JSON.stringify(import.meta.resolve(module))};
      const lock = await ${name}(${JSON.stringify(join(directory, '.lock'))});
      process.stdout.write(lock === undefined ? 'refused' : 'locked');
      setInterval(() => {}, 60_000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    return { child, hasLock: said.toString() === 'locked' };
  }

  test('excludes other processes, and is free again when its process is killed', async () => {
    const path = join(directory, '.lock');
    const { child, hasLock } = await otherProcess();
    expect(hasLock).toBe(true);
    expect(await lock(path)).toBeUndefined();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const own = await lock(path);
    expect(own).toBeDefined();
    const second = await otherProcess();
    second.child.kill('SIGKILL');
    expect(second.hasLock).toBe(false);
    await once(second.child, 'exit');
    await own?.release();
  });

  test('is not ended by a second attempt of the same process', async () => {
    const path = join(directory, '.lock');
    const own = await lock(path);
    expect(await lock(path)).toBeUndefined();
    const { child, hasLock } = await otherProcess();
    child.kill('SIGKILL');
    expect(hasLock).toBe(false);
    await once(child, 'exit');
    await own?.release();
  });

  test('leaves nothing but its file behind', async () => {
    const own = await lock(join(directory, '.lock'));
    await own?.release();
    await own?.release();
    expect(await readdir(directory)).toEqual(['.lock']);
  });
});

describe('lockFile', () => {
  test('excludes worker threads of the same process', async () => {
    const path = join(directory, '.lock');
    const own = await lockFile(path);
    const code = `import { lockFile } from ${JSON.stringify(import.meta.resolve('./lock-file.ts'))};
      import { parentPort } from 'node:worker_threads';
      parentPort.postMessage(await lockFile(${JSON.stringify(path)}) === undefined);`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
    const [isRefused] = (await once(worker, 'message')) as [boolean];
    await worker.terminate();
    expect(isRefused).toBe(true);
    await own?.release();
  });

  test('fails with the error of the file system where it cannot make its file', async () => {
    await writeFile(join(directory, 'file'), '');
    await expect(lockFile(join(directory, 'none', '.lock'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(lockFile(join(directory, 'file', '.lock'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});

describe('lockByProcessFile', () => {
  test.each([
    ['of a dead process', { processId: 2 ** 22 + 1, startedAt: '1' }],
    ['of a process id that another process has by now', { processId: process.pid, startedAt: 'long ago' }],
    ['that nobody can read', 'half a line'],
  ])('takes over a file %s', async (_, owner) => {
    const path = join(directory, '.lock');
    await writeFile(`${path}.owner`, typeof owner === 'string' ? owner : JSON.stringify(owner));
    const own = await lockByProcessFile(path);
    expect(own).toBeDefined();
    await own?.release();
    await expect(access(`${path}.owner`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('lets one of several contenders win over a stale file', async () => {
    const path = join(directory, '.lock');
    await writeFile(`${path}.owner`, JSON.stringify({ processId: 2 ** 22 + 1, startedAt: '1' }));
    const locks = await Promise.all(Array.from({ length: 10 }, () => lockByProcessFile(path)));
    const taken = locks.filter((lock) => lock !== undefined);
    expect(taken.length).toBe(1);
    await taken[0]?.release();
  });
});
