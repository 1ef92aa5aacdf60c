import { dirname } from 'node:path';
import type { Disk } from './disk.ts';

/**
 * Replaces a file so that a reader, or a power loss at any moment, finds the old content or the new, never a mixture:
 * write beside it, sync, rename over it, sync the directory.
 */
export async function replaceFile(disk: Disk, path: string, content: Uint8Array | string): Promise<void> {
  const draft = `${path}.tmp`;
  await disk.writeFile(draft, content, { sync: true });
  await disk.rename(draft, path);
  await disk.syncDirectory(dirname(path));
}
