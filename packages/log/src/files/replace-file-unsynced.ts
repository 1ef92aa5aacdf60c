import type { Disk } from '@millrace/host';

/**
 * Replaces a file so that a process kill leaves the old or the new content. A power loss may leave either, or an empty
 * file: for content that recovery can derive again. Use `replaceFile` of the host where it must survive.
 */
export async function replaceFileUnsynced(
  disk: Disk,
  path: string,
  content: Uint8Array | string,
): Promise<void> {
  const temporary = `${path}.tmp`;
  await disk.writeFile(temporary, content);
  await disk.rename(temporary, path);
}
