import { join } from 'node:path';
import { batchLastOffset, batchNextOffset } from '@millrace/protocol';
import { CorruptFileError } from '../errors.ts';
import { removeOptionalFile } from '../files/remove-optional-file.ts';
import { parseSegmentFileName, segmentFileName, segmentFileSuffixes } from '../files/segment-file-name.ts';
import type { LogContext } from '../partition/log-context.ts';
import { scanBatches } from '../segment/scan-batches.ts';
import { listPartition, type PartitionListing } from './partition-listing.ts';

/**
 * Finishes or undoes replacements of segments that a crash interrupted, as Kafka's `LogLoader` does:
 *
 * - `.deleted` files are removed; that was decided.
 * - `.cleaned` files are incomplete output and are removed, and with them every `.swap` at or above the lowest of
 *   them: those belong to a split whose parts were renamed from the highest down.
 * - each remaining `.swap` is complete: the segments that it replaces are removed, and it takes its final name.
 *
 * @throws CorruptFileError where a file is missing though the last process stopped in order
 */
export async function finishTransitions(
  context: LogContext,
  listing: PartitionListing,
  isClean: boolean,
): Promise<PartitionListing> {
  if (isClean) assertWhole(context, listing);
  if (listing.transitional.length === 0 && listing.orphans.length === 0) return listing;
  const { transitional } = listing;
  const of = (transition: string) => transitional.filter(({ file }) => file.transition === transition);
  const minCleaned = Math.min(...of('.cleaned').map(({ file }) => file.baseOffset));
  const unfinished = of('.swap').filter(({ file }) => file.baseOffset >= minCleaned);
  const swaps = of('.swap').filter(({ file }) => file.baseOffset < minCleaned);
  await remove(context, namesOf(unfinished));
  // 1. A crash leaves `.log.cleaned` and `.index.swap`. 2. Both are removed, and the power goes. 3. Only the first is
  // gone: the second would pass for complete, and become the index of the segment that was not replaced.
  if (unfinished.length > 0) await context.host.disk.syncDirectory(context.directory);
  await remove(context, namesOf([...of('.deleted'), ...of('.cleaned')]));
  await remove(context, listing.orphans);
  for (const { file } of swaps.filter((swap) => swap.file.suffix === '.log')) {
    await removeReplaced(context, listing, file.baseOffset);
  }
  for (const { name, file } of swaps) {
    const target = join(context.directory, segmentFileName(file.baseOffset, file.suffix));
    await context.host.disk.rename(join(context.directory, name), target);
  }
  await context.host.disk.syncDirectory(context.directory);
  return listPartition(context.host.disk, context.directory);
}

function namesOf(files: readonly { readonly name: string }[]): string[] {
  return files.map(({ name }) => name);
}

/** A crash may leave an index without its log; after a clean stop somebody has taken the log away. */
function assertWhole(context: LogContext, { orphans, segments }: PartitionListing): void {
  for (const name of orphans) {
    const { baseOffset } = parseSegmentFileName(name)!;
    if (baseOffset < (segments[0]?.baseOffset ?? 0)) continue;
    const path = join(context.directory, segmentFileName(baseOffset, '.log'));
    throw new CorruptFileError(path, 0, `it is missing, but ${name} is there`);
  }
}

/** Removes the segments whose base offsets lie within the swap file: it holds what is left of them. */
async function removeReplaced(
  context: LogContext,
  listing: PartitionListing,
  baseOffset: number,
): Promise<void> {
  const { disk } = context.host;
  const path = join(context.directory, segmentFileName(baseOffset, '.log', '.swap'));
  const sizeBytes = (await disk.stat(path))?.sizeBytes ?? 0;
  let nextOffset = baseOffset + 1;
  const file = await disk.open(path, 'read');
  try {
    await scanBatches(file, { from: 0, to: sizeBytes, isCrcChecked: false }, (buffer, at) => {
      nextOffset = Math.max(nextOffset, batchNextOffset(buffer, at));
      return batchLastOffset(buffer, at) >= 0;
    });
  } finally {
    await file.close();
  }
  const replaced = listing.segments.filter(
    (segment) => segment.baseOffset >= baseOffset && segment.baseOffset < nextOffset,
  );
  for (const segment of replaced) {
    await remove(
      context,
      segmentFileSuffixes
        .filter((suffix) => suffix !== '.snapshot')
        .map((suffix) => segmentFileName(segment.baseOffset, suffix)),
    );
  }
}

async function remove(context: LogContext, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const path = join(context.directory, name);
    await removeOptionalFile(context.host.disk, path);
    context.logger.debug('Leftover file is removed', { file: path });
  }
}
