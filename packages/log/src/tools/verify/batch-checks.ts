import { decodeRecords, type RecordBatch } from '@millrace/protocol';
import { MAX_RELATIVE_OFFSET } from '../../limits.ts';
import { batchProblem } from '../../segment/scan-batches.ts';
import type { FindingRule } from './verify-report.ts';

export interface BatchProblem {
  readonly rule: FindingRule;
  readonly problem: string;
}

/** What is wrong inside a batch, whatever stands around it. */
export function checkBatch(batch: RecordBatch, deep: boolean): BatchProblem | undefined {
  if (!batch.isCrcValid) return { rule: 'batch-checksum', problem: 'the CRC is wrong' };
  const structure = batchProblem(batch.buffer, 0, true);
  if (structure !== undefined) return { rule: 'batch-content', problem: structure };
  if (batch.recordCount > batch.lastOffsetDelta + 1) {
    const problem = `${batch.recordCount} records do not fit ${batch.lastOffsetDelta + 1} offsets`;
    return { rule: 'batch-content', problem };
  }
  return deep ? checkRecords(batch) : undefined;
}

function checkRecords(batch: RecordBatch): BatchProblem | undefined {
  const problem = recordsProblem(batch);
  return problem === undefined ? undefined : { rule: 'batch-content', problem };
}

function recordsProblem(batch: RecordBatch): string | undefined {
  try {
    let before = batch.baseOffset - 1;
    for (const { offset } of decodeRecords(batch)) {
      if (offset <= before || offset > batch.lastOffset)
        return `a record at offset ${offset} follows ${before} in a batch that ends at ${batch.lastOffset}`;
      before = offset;
    }
    return undefined;
  } catch (error) {
    return `its records cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export interface OffsetBounds {
  readonly segmentBase: number;
  /** Base of the segment behind, `Infinity` for the last one. */
  readonly nextSegmentBase: number;
  /** Behind the batch before; `undefined` for the first one of the log. */
  readonly expected: number | undefined;
}

/** What is wrong with the offsets of a batch where it stands; gaps are judged elsewhere. */
export function checkOffsets(batch: RecordBatch, bounds: OffsetBounds): string | undefined {
  const { baseOffset, lastOffset } = batch;
  if (baseOffset < bounds.segmentBase)
    return `offset ${baseOffset} is below the segment's base ${bounds.segmentBase}`;
  if (bounds.expected !== undefined && baseOffset < bounds.expected)
    return `offset ${baseOffset} follows offset ${bounds.expected - 1}`;
  if (lastOffset >= bounds.nextSegmentBase)
    return `offset ${lastOffset} reaches into the next segment, which begins at ${bounds.nextSegmentBase}`;
  if (lastOffset - bounds.segmentBase > MAX_RELATIVE_OFFSET)
    return `offset ${lastOffset} is too far from the segment's base ${bounds.segmentBase} for its index`;
  return undefined;
}
