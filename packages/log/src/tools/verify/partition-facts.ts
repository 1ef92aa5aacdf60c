import type { DirectoryEntry } from '@millrace/host';
import { parseSegmentFileName, type SegmentFileName } from '../../files/segment-file-name.ts';

/** What the checkpoints of the log directory say about a partition. */
export interface PartitionCheckpoints {
  readonly recoveryPoint: number | undefined;
  readonly logStartOffset: number | undefined;
  readonly highWatermark: number | undefined;
  /** Up to where the log was compacted; `undefined` where it never was. */
  readonly cleanedOffset: number | undefined;
}

/** What a verification found a partition to hold. */
export interface PartitionFacts {
  readonly name: string;
  readonly topic: string;
  readonly topicId: string | undefined;
  readonly firstOffset: number;
  readonly logEndOffset: number;
  /** Damage hides a part of the log, so the end is not certain. */
  readonly isBroken: boolean;
  readonly segments: number;
  readonly batches: number;
  readonly records: number;
  readonly bytes: number;
}

export interface SegmentFile {
  readonly name: string;
  readonly file: SegmentFileName;
}

/** The files of a partition directory by what they are. */
export interface PartitionContents {
  /** Ascending. */
  readonly baseOffsets: readonly number[];
  readonly files: ReadonlySet<string>;
  /** Ascending. */
  readonly snapshotOffsets: readonly number[];
  readonly transactionIndexes: readonly number[];
  /** `.deleted`, `.cleaned`, `.swap`. */
  readonly leftovers: readonly SegmentFile[];
  /** Indexes without a log. */
  readonly orphans: readonly SegmentFile[];
  /** Not of a segment. */
  readonly others: readonly DirectoryEntry[];
}

export function classify(entries: readonly DirectoryEntry[]): PartitionContents {
  const files = entries.flatMap(({ name, isDirectory }) => {
    const file = isDirectory ? undefined : parseSegmentFileName(name);
    return file === undefined ? [] : [{ name, file }];
  });
  const settled = files.filter(({ file }) => file.transition === '');
  const offsetsOf = (suffix: string): number[] =>
    settled
      .filter(({ file }) => file.suffix === suffix)
      .map(({ file }) => file.baseOffset)
      .toSorted((a, b) => a - b);
  const baseOffsets = offsetsOf('.log');
  const known = new Set(baseOffsets);
  return {
    baseOffsets,
    files: new Set(entries.map(({ name }) => name)),
    snapshotOffsets: offsetsOf('.snapshot'),
    transactionIndexes: offsetsOf('.txnindex').filter((offset) => known.has(offset)),
    leftovers: files.filter(({ file }) => file.transition !== ''),
    orphans: settled.filter((each) => isIndex(each) && !known.has(each.file.baseOffset)),
    others: entries.filter(({ name }) => parseSegmentFileName(name) === undefined),
  };
}

function isIndex({ file }: SegmentFile): boolean {
  return file.suffix !== '.log' && file.suffix !== '.snapshot';
}
