import {
  batchBaseOffset,
  batchLastOffset,
  batchProducerId,
  batchSizeBytes,
  isBatchControl,
  isBatchTransactional,
} from '@millrace/protocol';
import type { ReadResult } from '@millrace/log';
import type { OffsetRange } from './partition/acquire.ts';

/** The offsets of the record batches in a read, in order. */
export function recordBatchRanges(buffers: readonly Buffer[]): OffsetRange[] {
  const ranges: OffsetRange[] = [];
  eachBatch(buffers, (buffer, position) => {
    ranges.push({
      firstOffset: batchBaseOffset(buffer, position),
      lastOffset: batchLastOffset(buffer, position),
    });
  });
  return ranges;
}

/** The record batches in a read that belong to transactions which were aborted. */
export function abortedRanges({ records, abortedTransactions }: ReadResult): OffsetRange[] {
  if (abortedTransactions === undefined || abortedTransactions.length === 0) return [];
  const upcoming = abortedTransactions.toSorted((a, b) => a.firstOffset - b.firstOffset);
  const active = new Set<number>();
  const ranges: OffsetRange[] = [];
  eachBatch(records, (buffer, position) => {
    const lastOffset = batchLastOffset(buffer, position);
    while (upcoming.length > 0 && upcoming[0]!.firstOffset <= lastOffset)
      active.add(upcoming.shift()!.producerId);
    const producerId = batchProducerId(buffer, position);
    if (!isBatchTransactional(buffer, position) || !active.has(producerId)) return;
    // A marker ends the transaction. Only an aborting one can: a committed one of this producer would not be listed.
    if (isBatchControl(buffer, position)) active.delete(producerId);
    else ranges.push({ firstOffset: batchBaseOffset(buffer, position), lastOffset });
  });
  return ranges;
}

/** The record batches that have something in this range, without a copy. */
export function sliceRecords(buffers: readonly Buffer[], { firstOffset, lastOffset }: OffsetRange): Buffer[] {
  const slices: Buffer[] = [];
  for (const buffer of buffers) {
    let [start, end] = [-1, -1];
    eachBatch([buffer], (_, position) => {
      if (batchLastOffset(buffer, position) < firstOffset || batchBaseOffset(buffer, position) > lastOffset)
        return;
      if (start === -1) start = position;
      end = position + batchSizeBytes(buffer, position);
    });
    if (start !== -1)
      slices.push(start === 0 && end === buffer.length ? buffer : buffer.subarray(start, end));
  }
  return slices;
}

function eachBatch(buffers: readonly Buffer[], visit: (buffer: Buffer, position: number) => void): void {
  for (const buffer of buffers) {
    for (let position = 0; position < buffer.length; position += batchSizeBytes(buffer, position))
      visit(buffer, position);
  }
}
