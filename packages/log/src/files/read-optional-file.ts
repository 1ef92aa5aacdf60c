import type { Disk } from '@millrace/host';

/** The content of a file, `undefined` where there is none. */
export async function readOptionalFile(disk: Disk, path: string): Promise<Buffer | undefined> {
  try {
    return await disk.readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
