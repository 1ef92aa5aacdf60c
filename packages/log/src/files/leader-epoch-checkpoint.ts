import type { EpochEntry } from '../epoch/leader-epoch-cache.ts';
import { CorruptFileError } from '../errors.ts';
import { formatCheckpoint, parseCheckpoint, parseWholeNumber } from './checkpoint-text.ts';

export const LEADER_EPOCH_CHECKPOINT = 'leader-epoch-checkpoint';

export function formatLeaderEpochCheckpoint(entries: readonly EpochEntry[]): string {
  return formatCheckpoint(entries.map((entry) => `${entry.epoch} ${entry.startOffset}`));
}

/** @throws CorruptFileError also when epochs or offsets do not ascend. */
export function parseLeaderEpochCheckpoint(text: string, path: string): EpochEntry[] {
  const entries = parseCheckpoint(text, path, 2).map(([epoch, startOffset]) => ({
    epoch: parseWholeNumber(epoch!, path),
    startOffset: parseWholeNumber(startOffset!, path),
  }));
  for (let index = 1; index < entries.length; index++) {
    const [before, entry] = [entries[index - 1]!, entries[index]!];
    if (entry.epoch <= before.epoch || entry.startOffset < before.startOffset) {
      throw new CorruptFileError(path, 0, `epoch ${entry.epoch} does not ascend after ${before.epoch}`);
    }
  }
  return entries;
}
