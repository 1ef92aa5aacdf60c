import { join } from 'node:path';
import { readOptionalFile } from '../files/read-optional-file.ts';
import { segmentFileName } from '../files/segment-file-name.ts';
import type { LogContext } from '../partition/log-context.ts';
import type { PartitionFiles } from '../partition/partition-files.ts';
import type { SegmentList } from '../segment/segment-list.ts';
import {
  AbortedTransactions,
  decodeAbortedTransactions,
  type AbortedTransaction,
} from '../segment/transaction-index.ts';

export interface LoadAbortedOptions {
  readonly files: PartitionFiles;
  /** Markers from this offset on were found by scanning; the index files are written anew from there. */
  readonly rebuiltFrom: number;
  readonly rebuilt: readonly AbortedTransaction[];
  /** Base offsets of segments that have an index file. */
  readonly indexes: readonly number[];
}

/** The aborted transactions of a partition: from the index files, and from the scan where one was needed. */
export async function loadAborted(
  context: LogContext,
  segments: SegmentList,
  options: LoadAbortedOptions,
): Promise<AbortedTransactions> {
  const aborted = new AbortedTransactions();
  for (const baseOffset of options.indexes) {
    if (baseOffset >= options.rebuiltFrom) continue;
    const path = join(context.directory, segmentFileName(baseOffset, '.txnindex'));
    const content = (await readOptionalFile(context.host.disk, path)) ?? Buffer.alloc(0);
    for (const transaction of decodeAbortedTransactions(content, path, baseOffset)) aborted.add(transaction);
  }
  for (const transaction of options.rebuilt) {
    if (transaction.lastOffset >= options.rebuiltFrom) aborted.add(transaction);
  }
  const all = segments.all;
  for (let index = 0; index < all.length; index++) {
    const { baseOffset } = all[index]!;
    if (baseOffset < options.rebuiltFrom) continue;
    const content = aborted.withMarkersIn(baseOffset, all[index + 1]?.baseOffset ?? Infinity);
    if (content.length > 0 || options.indexes.includes(baseOffset)) {
      await options.files.replaceAborted(baseOffset, content, { sync: false });
    }
  }
  return aborted;
}
