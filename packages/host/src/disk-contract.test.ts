import { describe, expect, test } from 'vitest';
import type { Disk } from './disk.ts';
import { replaceFile } from './replace-file.ts';
import { hostWorlds } from './testing/host-worlds.ts';

describe.each(hostWorlds)('the disk of $name', (world) => {
  /** One behaviour on an empty directory. */
  function behaves(name: string, body: (disk: Disk, directory: string) => Promise<void>): void {
    test(name, () => world.run((host, directory) => body(host.disk, directory)));
  }

  behaves('opens a missing file for writing and refuses it for reading', async (disk, directory) => {
    await expect(disk.open(`${directory}/a`, 'read')).rejects.toMatchObject({
      code: 'ENOENT',
      syscall: 'open',
      path: `${directory}/a`,
      message: `ENOENT: no such file or directory, open '${directory}/a'`,
    });
    const file = await disk.open(`${directory}/a`, 'write');
    expect(await file.size()).toBe(0);
    await file.close();
  });

  behaves('creates a file only once', async (disk, directory) => {
    await (await disk.open(`${directory}/a`, 'create')).close();
    await expect(disk.open(`${directory}/a`, 'create')).rejects.toMatchObject({ code: 'EEXIST' });
  });

  behaves('keeps the content of a file opened for writing', async (disk, directory) => {
    await disk.writeFile(`${directory}/a`, 'content');
    const file = await disk.open(`${directory}/a`, 'write');
    await file.write([Buffer.from('CON')], 0);
    await file.close();
    expect((await disk.readFile(`${directory}/a`)).toString()).toBe('CONtent');
  });

  behaves('refuses files in missing directories and under files', async (disk, directory) => {
    await disk.writeFile(`${directory}/a`, '');
    await expect(disk.open(`${directory}/none/a`, 'write')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(disk.open(`${directory}/a/b`, 'write')).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(disk.open(directory, 'write')).rejects.toMatchObject({ code: 'EISDIR' });
  });

  behaves('writes thousands of chunks, empty ones among them, as one', async (disk, directory) => {
    const chunks = Array.from({ length: 3000 }, (_, index) => Buffer.alloc(index % 7, index % 251));
    const file = await disk.open(`${directory}/a`, 'create');
    await file.write(chunks, 5);
    await file.write([], 1_000_000);
    await file.close();
    expect(await disk.readFile(`${directory}/a`)).toEqual(Buffer.concat([Buffer.alloc(5), ...chunks]));
  });

  behaves('reads until the target is full or the file ends', async (disk, directory) => {
    await disk.writeFile(`${directory}/a`, '0123456789');
    const file = await disk.open(`${directory}/a`, 'read');
    const target = Buffer.alloc(4, 'x');
    expect(await file.read(target, 3)).toBe(4);
    expect(target.toString()).toBe('3456');
    expect(await file.read(target, 8)).toBe(2);
    expect(target.toString()).toBe('8956');
    expect(await file.read(target, 10)).toBe(0);
    expect(await file.read(target, 999)).toBe(0);
    await file.close();
  });

  behaves('reads holes, also those of a truncation, as zeros', async (disk, directory) => {
    const file = await disk.open(`${directory}/a`, 'create');
    await file.write([Buffer.alloc(200_000, 1)], 300_000);
    await file.truncate(350_000);
    await file.truncate(400_000);
    expect(await file.size()).toBe(400_000);
    const content = Buffer.alloc(400_000, 9);
    expect(await file.read(content, 0)).toBe(400_000);
    await file.close();
    const expected = Buffer.alloc(400_000);
    expected.fill(1, 300_000, 350_000);
    expect(content.equals(expected)).toBe(true);
  });

  behaves('lands concurrent writes of disjoint ranges', async (disk, directory) => {
    const file = await disk.open(`${directory}/a`, 'create');
    const writes = Array.from({ length: 50 }, (_, index) =>
      file.write([Buffer.alloc(1000, index)], index * 1000),
    );
    await Promise.all(writes);
    await file.close();
    const content = await disk.readFile(`${directory}/a`);
    expect(content.length).toBe(50_000);
    for (let index = 0; index < 50; index++) expect(content[index * 1000 + 500]).toBe(index);
  });

  behaves('refuses writes through a file opened for reading', async (disk, directory) => {
    await disk.writeFile(`${directory}/a`, 'a');
    const file = await disk.open(`${directory}/a`, 'read');
    await expect(file.write([Buffer.from('b')], 0)).rejects.toMatchObject({ code: 'EBADF' });
    await expect(file.truncate(0)).rejects.toMatchObject({ code: 'EINVAL' });
    await file.close();
  });

  behaves(
    'closes after the calls in flight, twice if asked, and refuses calls from then on',
    async (disk, directory) => {
      const file = await disk.open(`${directory}/a`, 'create');
      const writing = file.write([Buffer.alloc(1_000_000, 7)], 0);
      const closing = file.close();
      await expect(file.sync()).rejects.toMatchObject({ code: 'EBADF' });
      await Promise.all([writing, closing, file.close()]);
      await file.close();
      await expect(file.size()).rejects.toMatchObject({ code: 'EBADF' });
      await expect(file.read(Buffer.alloc(1), 0)).rejects.toMatchObject({ code: 'EBADF' });
      await expect(file.write([Buffer.alloc(1)], 0)).rejects.toMatchObject({ code: 'EBADF' });
      await expect(file.truncate(0)).rejects.toMatchObject({ code: 'EBADF' });
      expect((await disk.stat(`${directory}/a`))?.sizeBytes).toBe(1_000_000);
    },
  );

  behaves('goes on serving an open file that was removed', async (disk, directory) => {
    await disk.writeFile(`${directory}/a`, 'still here');
    const file = await disk.open(`${directory}/a`, 'read');
    await disk.removeFile(`${directory}/a`);
    const target = Buffer.alloc(10);
    expect(await file.read(target, 0)).toBe(10);
    expect(target.toString()).toBe('still here');
    await file.close();
  });

  behaves('replaces the whole content in writeFile', async (disk, directory) => {
    await disk.writeFile(`${directory}/a`, 'a long content');
    await disk.writeFile(`${directory}/a`, Buffer.from('short'), { sync: true });
    expect((await disk.readFile(`${directory}/a`)).toString()).toBe('short');
    await disk.writeFile(`${directory}/a`, '');
    expect((await disk.readFile(`${directory}/a`)).length).toBe(0);
  });

  behaves('replaces a file without leaving a draft', async (disk, directory) => {
    await replaceFile(disk, `${directory}/a`, 'one');
    await replaceFile(disk, `${directory}/a`, 'two');
    expect((await disk.readFile(`${directory}/a`)).toString()).toBe('two');
    expect(await disk.list(directory)).toEqual([{ name: 'a', isDirectory: false }]);
  });

  behaves('refuses to read what is missing or a directory', async (disk, directory) => {
    await expect(disk.readFile(`${directory}/a`)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(disk.readFile(directory)).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(disk.removeFile(`${directory}/a`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  behaves('renames over an existing file', async (disk, directory) => {
    await disk.writeFile(`${directory}/a`, 'a');
    await disk.writeFile(`${directory}/b`, 'b');
    await disk.rename(`${directory}/a`, `${directory}/b`);
    expect((await disk.readFile(`${directory}/b`)).toString()).toBe('a');
    expect(await disk.stat(`${directory}/a`)).toBeUndefined();
  });

  behaves('renames directories with their content', async (disk, directory) => {
    await disk.makeDirectory(`${directory}/from/inner`);
    await disk.writeFile(`${directory}/from/inner/a`, 'a');
    await disk.makeDirectory(`${directory}/to`);
    await disk.rename(`${directory}/from`, `${directory}/to`);
    expect((await disk.readFile(`${directory}/to/inner/a`)).toString()).toBe('a');
  });

  behaves('refuses renames that make no sense, naming both paths', async (disk, directory) => {
    await disk.makeDirectory(`${directory}/full/inner`);
    await disk.makeDirectory(`${directory}/empty`);
    await disk.writeFile(`${directory}/file`, '');
    const at = (name: string): string => `${directory}/${name}`;
    await expect(disk.rename(at('none'), at('new'))).rejects.toMatchObject({
      code: 'ENOENT',
      message: `ENOENT: no such file or directory, rename '${at('none')}' -> '${at('new')}'`,
    });
    await expect(disk.rename(at('empty'), at('full'))).rejects.toMatchObject({ code: 'ENOTEMPTY' });
    await expect(disk.rename(at('file'), at('empty'))).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(disk.rename(at('empty'), at('file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(disk.rename(at('full'), at('full/inner/deeper'))).rejects.toMatchObject({ code: 'EINVAL' });
    await disk.rename(at('file'), at('file'));
    expect(await disk.stat(at('file'))).toBeDefined();
  });

  behaves('removes a directory with everything in it', async (disk, directory) => {
    await disk.makeDirectory(`${directory}/a/b/c`);
    await disk.writeFile(`${directory}/a/b/file`, 'x');
    await disk.removeDirectory(`${directory}/a`);
    await disk.removeDirectory(`${directory}/a`);
    await disk.removeDirectory(`${directory}/never/was/there`);
    expect(await disk.list(directory)).toEqual([]);
    await disk.writeFile(`${directory}/file`, '');
    await expect(disk.removeDirectory(`${directory}/file`)).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  behaves('makes missing parents and leaves existing directories alone', async (disk, directory) => {
    await disk.makeDirectory(`${directory}/a/b`);
    await disk.writeFile(`${directory}/a/b/file`, '');
    await disk.makeDirectory(`${directory}/a/b`);
    expect((await disk.list(`${directory}/a/b`)).length).toBe(1);
    await expect(disk.makeDirectory(`${directory}/a/b/file`)).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(disk.makeDirectory(`${directory}/a/b/file/c`)).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  behaves('lists by name in code unit order', async (disk, directory) => {
    for (const name of ['b', 'a10', 'a2', 'Z', 'é']) await disk.writeFile(`${directory}/${name}`, '');
    await disk.makeDirectory(`${directory}/c`);
    const entries = await disk.list(directory);
    expect(entries.map((entry) => entry.name)).toEqual(['Z', 'a10', 'a2', 'b', 'c', 'é']);
    expect(entries.filter((entry) => entry.isDirectory).map((entry) => entry.name)).toEqual(['c']);
    await expect(disk.list(`${directory}/none`)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(disk.list(`${directory}/b`)).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  behaves('tells size, kind and time of what exists', async (disk, directory) => {
    await disk.writeFile(`${directory}/a`, '12345');
    await disk.setModifiedTime(`${directory}/a`, 1_600_000_000_000);
    expect(await disk.stat(`${directory}/a`)).toEqual({
      sizeBytes: 5,
      modifiedMs: 1_600_000_000_000,
      isDirectory: false,
    });
    expect(await disk.stat(directory)).toMatchObject({ isDirectory: true });
    expect(await disk.stat(`${directory}/none`)).toBeUndefined();
    expect(await disk.stat(`${directory}/a/below-a-file`)).toBeUndefined();
    await expect(disk.setModifiedTime(`${directory}/none`, 0)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  behaves('tells how much room there is, where there is an end of it', async (disk, directory) => {
    const { totalBytes, usableBytes } = (await disk.space(directory)) ?? { totalBytes: 2, usableBytes: 1 };
    expect(usableBytes).toBeGreaterThan(0);
    expect(totalBytes).toBeGreaterThanOrEqual(usableBytes);
    await expect(disk.space(`${directory}/none`)).rejects.toMatchObject({
      code: 'ENOENT',
      syscall: 'statfs',
    });
  });

  behaves('syncs files and directories', async (disk, directory) => {
    const file = await disk.open(`${directory}/a`, 'create');
    await file.write([Buffer.from('x')], 0);
    await file.sync();
    await file.close();
    await disk.syncDirectory(directory);
    await expect(disk.syncDirectory(`${directory}/none`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  behaves('gives a lock to one holder at a time', async (disk, directory) => {
    const first = await disk.lock(`${directory}/.lock`);
    expect(first).toBeDefined();
    expect(await disk.lock(`${directory}/.lock`)).toBeUndefined();
    expect(await disk.lock(`${directory}/.lock`)).toBeUndefined();
    expect(await disk.lock(`${directory}/other.lock`)).toBeDefined();
    await first?.release();
    const second = await disk.lock(`${directory}/.lock`);
    expect(second).toBeDefined();
    await first?.release();
    expect(await disk.lock(`${directory}/.lock`)).toBeUndefined();
    await second?.release();
    expect((await disk.list(directory)).map((entry) => entry.name)).toEqual(['.lock', 'other.lock']);
    await expect(disk.lock(`${directory}/none/.lock`)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
