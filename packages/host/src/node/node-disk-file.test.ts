import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeDisk } from './node-disk.ts';

test('a small write is in the file when the call returns, and its errors come with the promise', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-file-'));
  const path = join(directory, 'file');
  const file = await nodeDisk.open(path, 'create');
  try {
    const written = file.write([Buffer.from('one'), Buffer.from(' two')], 0);
    expect(readFileSync(path, 'utf8')).toBe('one two');
    await written;
    const reader = await nodeDisk.open(path, 'read');
    const refused = reader.write([Buffer.from('three')], 0);
    await expect(refused).rejects.toMatchObject({ code: 'EBADF', syscall: 'write' });
    await reader.close();
  } finally {
    await file.close();
    await rm(directory, { recursive: true });
  }
});
