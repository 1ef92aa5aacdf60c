import { join } from 'node:path';
import type { Disk } from '@millrace/host';
import { parseDamageMarkName } from '../files/damage-mark.ts';
import { parseSegmentFileName, segmentFileName, type SegmentFileName } from '../files/segment-file-name.ts';

export interface ListedSegment {
  readonly baseOffset: number;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** What is in a partition directory. */
export interface PartitionListing {
  /** In offset order. */
  readonly segments: readonly ListedSegment[];
  /** Offsets of producer snapshots, ascending. */
  readonly snapshotOffsets: readonly number[];
  /** Base offsets of segments with a transaction index, ascending. */
  readonly transactionIndexes: readonly number[];
  /** Files of segments on their way in or out. */
  readonly transitional: readonly { readonly name: string; readonly file: SegmentFileName }[];
  /** Indexes without a log file. */
  readonly orphans: readonly string[];
  /** Base offsets of segments that were marked as damaged. */
  readonly damaged: readonly number[];
}

const indexSuffixes: ReadonlySet<string> = new Set(['.index', '.timeindex', '.txnindex']);

export async function listPartition(disk: Disk, directory: string): Promise<PartitionListing> {
  const names = (await disk.list(directory)).filter((entry) => !entry.isDirectory).map((entry) => entry.name);
  const files = names.flatMap((name) => {
    const file = parseSegmentFileName(name);
    return file === undefined ? [] : [{ name, file }];
  });
  const settled = files.filter(({ file }) => file.transition === '');
  const bases = offsetsOf(settled, '.log');
  const segments = await Promise.all(
    bases.map(async (baseOffset) => {
      const status = await disk.stat(join(directory, segmentFileName(baseOffset, '.log')));
      return { baseOffset, sizeBytes: status?.sizeBytes ?? 0, modifiedMs: status?.modifiedMs ?? 0 };
    }),
  );
  const known = new Set(bases);
  return {
    segments,
    snapshotOffsets: offsetsOf(settled, '.snapshot'),
    transactionIndexes: offsetsOf(settled, '.txnindex').filter((offset) => known.has(offset)),
    transitional: files.filter(({ file }) => file.transition !== ''),
    orphans: settled
      .filter(({ file }) => indexSuffixes.has(file.suffix) && !known.has(file.baseOffset))
      .map(({ name }) => name),
    damaged: names.flatMap((name) => parseDamageMarkName(name) ?? []),
  };
}

function offsetsOf(files: readonly { readonly file: SegmentFileName }[], suffix: string): number[] {
  return files
    .filter(({ file }) => file.suffix === suffix)
    .map(({ file }) => file.baseOffset)
    .toSorted((a, b) => a - b);
}
