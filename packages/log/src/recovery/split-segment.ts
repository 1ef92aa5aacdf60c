import { join } from 'node:path';
import { batchBaseOffset, batchLastOffset, batchSizeBytes } from '@millrace/protocol';
import { CleanedSegmentWriter } from '../cleaner/cleaned-segment-writer.ts';
import { renameCleaned } from '../cleaner/install-cleaned.ts';
import { readOptionalFile } from '../files/read-optional-file.ts';
import { removeOptionalFile } from '../files/remove-optional-file.ts';
import { segmentFileName } from '../files/segment-file-name.ts';
import { MAX_RELATIVE_OFFSET } from '../limits.ts';
import type { LogContext } from '../partition/log-context.ts';
import { LogSegment } from '../segment/log-segment.ts';
import { OffsetOverflow } from '../segment/offset-overflow.ts';
import { decodeAbortedTransactions } from '../segment/transaction-index.ts';
import type { ListedSegment, PartitionListing } from './partition-listing.ts';

/** Batches that go into the same part, one behind the other. */
interface Run {
  readonly baseOffset: number;
  readonly batches: Buffer[];
}

/**
 * Finds a closed segment that reaches further than an index can tell. Only where the next one begins so far away does
 * that take a look inside. The last segment shows it when its end is searched.
 * @throws OffsetOverflow
 */
export async function findOverflow(segments: readonly LogSegment[]): Promise<void> {
  for (const [index, segment] of segments.slice(0, -1).entries()) {
    if (segments[index + 1]!.baseOffset - 1 - segment.baseOffset <= MAX_RELATIVE_OFFSET) continue;
    await segment.scan(0, false, (buffer, at) => {
      const lastOffset = batchLastOffset(buffer, at);
      if (lastOffset - segment.baseOffset <= MAX_RELATIVE_OFFSET) return true;
      throw new OffsetOverflow(segment.baseOffset, lastOffset);
    });
  }
}

/**
 * Splits a segment into parts whose offsets fit, as Kafka's `splitOverflowedSegment` does. A power loss between any two
 * steps leaves the whole segment or all of its parts:
 *
 * 1. The parts are written to `.cleaned` files, which a start removes.
 * 2. They are renamed to `.swap`, the highest first: while a `.cleaned` is left, a start removes those, too.
 * 3. The segment goes, and 4. the parts take their final names; a start does that where it was begun.
 */
export async function splitSegment(
  context: LogContext,
  listing: PartitionListing,
  baseOffset: number,
): Promise<void> {
  const { disk } = context.host;
  const listed = listing.segments.find((segment) => segment.baseOffset === baseOffset)!;
  const parts = await writeParts(context, listed, listing.transactionIndexes.includes(baseOffset));
  for (const part of parts.toReversed()) await renameCleaned(context, part, '.cleaned', '.swap');
  await disk.syncDirectory(context.directory);
  for (const suffix of ['.index', '.timeindex', '.txnindex', '.log'] as const)
    await removeOptionalFile(disk, join(context.directory, segmentFileName(baseOffset, suffix)));
  await disk.syncDirectory(context.directory);
  for (const part of parts) await renameCleaned(context, part, '.swap', '');
  await disk.syncDirectory(context.directory);
  context.logger.warn('Segment whose offsets overflow its indexes is split', {
    log: context.name,
    baseOffset,
    parts: parts.map((part) => part.baseOffset),
  });
}

async function writeParts(
  context: LogContext,
  listed: ListedSegment,
  hasAborted: boolean,
): Promise<CleanedSegmentWriter[]> {
  const segment = new LogSegment(context, { ...listed, createdMs: listed.modifiedMs });
  // One of the parts has the name of the segment, whatever is in it: that is how recovery knows what they replace.
  const parts = [await CleanedSegmentWriter.create(context, listed.baseOffset)];
  try {
    await copyBatches(context, segment, parts);
    if (hasAborted) await shareAborted(context, listed.baseOffset, parts);
  } finally {
    await segment.close();
  }
  for (const part of parts) await part.finish(listed.modifiedMs);
  return parts;
}

async function copyBatches(
  context: LogContext,
  segment: LogSegment,
  parts: CleanedSegmentWriter[],
): Promise<void> {
  let runs: Run[] = [];
  let partBase = segment.baseOffset;
  const write = async (): Promise<void> => {
    const waiting = runs;
    runs = [];
    for (const { baseOffset, batches } of waiting) {
      if (baseOffset !== parts.at(-1)!.baseOffset)
        parts.push(await CleanedSegmentWriter.create(context, baseOffset));
      await parts.at(-1)!.write(Buffer.concat(batches));
    }
  };
  const visit = (buffer: Buffer, at: number): boolean => {
    if (batchLastOffset(buffer, at) - partBase > MAX_RELATIVE_OFFSET) partBase = batchBaseOffset(buffer, at);
    if (runs.at(-1)?.baseOffset !== partBase) runs.push({ baseOffset: partBase, batches: [] });
    runs.at(-1)!.batches.push(Buffer.from(buffer.subarray(at, at + batchSizeBytes(buffer, at))));
    return true;
  };
  const end = await segment.scan(0, false, visit, { afterBlock: write });
  await write();
  if (end.problem === undefined) return;
  // What recovery makes of damage, it makes of it behind the last part, too.
  const rest = Buffer.alloc(segment.sizeBytes - end.position);
  const readBytes = await segment.file.use((file) => file.read(rest, end.position));
  await parts.at(-1)!.writeRest(rest.subarray(0, readBytes));
}

/** An aborted transaction is listed where its marker is. */
async function shareAborted(
  context: LogContext,
  baseOffset: number,
  parts: readonly CleanedSegmentWriter[],
): Promise<void> {
  const path = join(context.directory, segmentFileName(baseOffset, '.txnindex'));
  const content = (await readOptionalFile(context.host.disk, path)) ?? Buffer.alloc(0);
  for (const transaction of decodeAbortedTransactions(content, path, baseOffset)) {
    const part = parts.findLast((each) => each.baseOffset <= transaction.lastOffset) ?? parts[0]!;
    part.aborted.push(transaction);
  }
}
