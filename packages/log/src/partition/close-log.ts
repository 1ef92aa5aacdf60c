import type { LogFlusher } from './log-flusher.ts';
import type { PartitionFiles } from './partition-files.ts';
import type { PartitionState } from './partition-state.ts';

export interface ClosedParts {
  readonly state: PartitionState;
  readonly files: PartitionFiles;
  readonly flusher: LogFlusher;
}

/**
 * Closes the files of a log that nothing is written to any more. All of it is saved and forced to the disk before,
 * unless the files are about to be removed, or the directory takes nothing any more.
 */
export async function closeLog(
  parts: ClosedParts,
  { isDeleted }: { readonly isDeleted: boolean },
): Promise<void> {
  const { state, flusher } = parts;
  try {
    if (!isDeleted && state.directory.failure === undefined) await saveAll(parts);
  } catch (error) {
    throw state.directory.fail(error);
  } finally {
    await flusher.stop();
    for (const segment of state.segments.all) await segment.close();
  }
}

/** What spares the next start looking through the segments. */
async function saveAll({ state, files, flusher }: ClosedParts): Promise<void> {
  for (const segment of state.segments.all) await segment.saveForCleanStop();
  await files.writeSnapshot(state.producers);
  await files.writeEpochs(state.epochs, true);
  await flusher.flush(state.logEndOffset);
  await files.sync();
}
