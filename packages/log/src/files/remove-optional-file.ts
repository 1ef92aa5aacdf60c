import type { Disk } from '@millrace/host';

/** Removes a file that may be gone already. */
export async function removeOptionalFile(disk: Disk, path: string): Promise<void> {
  try {
    await disk.removeFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
