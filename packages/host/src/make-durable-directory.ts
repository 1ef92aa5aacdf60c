import { dirname } from 'node:path';
import type { Disk } from './disk.ts';

/**
 * Makes a directory that survives a power loss, with every parent that has to be made. One that exists is left as it
 * is.
 */
export async function makeDurableDirectory(disk: Disk, path: string): Promise<void> {
  const created: string[] = [];
  for (let each = path; (await disk.stat(each)) === undefined; each = dirname(each)) created.push(each);
  await disk.makeDirectory(path);
  for (const each of created) await disk.syncDirectory(dirname(each));
}
