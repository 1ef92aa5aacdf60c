import { join } from 'node:path';
import type { Disk } from '@millrace/host';
import { CLEAN_SHUTDOWN_FILE, parseCleanShutdownFile } from '@millrace/log';
import type { DataDirectories } from './data-directories.ts';

/**
 * The broker epoch that a clean stop has noted in all directories; -1 when there was none, or not in all of them. To be
 * read before the logs are opened, which removes it.
 */
export async function readPreviousBrokerEpoch(
  disk: Disk,
  { paths, unusable, metadataPath }: Pick<DataDirectories, 'paths' | 'unusable' | 'metadataPath'>,
): Promise<number> {
  if (unusable.size > 0) return -1;
  const epochs = new Set<number>();
  for (const directory of paths) {
    // Kafka leaves no note in that of the metadata log.
    if (directory === metadataPath) continue;
    const path = join(directory, CLEAN_SHUTDOWN_FILE);
    const isThere = (await disk.stat(path)) !== undefined;
    epochs.add(isThere ? parseCleanShutdownFile((await disk.readFile(path)).toString()) : -1);
  }
  const [epoch = -1] = epochs;
  return epochs.size === 1 ? epoch : -1;
}
