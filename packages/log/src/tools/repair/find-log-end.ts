import { join } from 'node:path';
import type { Disk } from '@millrace/host';
import { segmentFileName } from '../../files/segment-file-name.ts';
import { classify } from '../verify/partition-facts.ts';
import { walkBatches } from '../walk-batches.ts';

/** The offset behind the last batch of a partition whose log is whole. */
export async function findLogEnd(disk: Disk, path: string): Promise<number> {
  const last = classify(await disk.list(path)).baseOffsets.at(-1);
  if (last === undefined) return 0;
  const file = await disk.open(join(path, segmentFileName(last, '.log')), 'read');
  try {
    let end = last;
    for await (const { batch } of walkBatches(file, await file.size())) end = batch.nextOffset;
    return end;
  } finally {
    await file.close();
  }
}
