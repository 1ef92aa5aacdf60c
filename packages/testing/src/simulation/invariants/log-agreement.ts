import type { RecordBatch } from '@millrace/protocol';
import type { StoredLog } from './stored-log.ts';

/**
 * R2 and K3 without asking anybody for a high watermark: where two logs have a batch of one offset and one leader
 * epoch, they have it from one leader, and so agree in it and in everything before.
 *
 * @returns what is wrong, undefined if nothing is
 */
export function disagreement(left: StoredLog, right: StoredLog): string | undefined {
  const byOffset = new Map(right.batches.map((batch) => [batch.baseOffset, batch]));
  let isShared = false;
  for (const own of left.batches.toReversed()) {
    const other = byOffset.get(own.baseOffset);
    const isSameEpoch = other !== undefined && other.partitionLeaderEpoch === own.partitionLeaderEpoch;
    isShared ||= isSameEpoch;
    if (!isShared || (other !== undefined && own.buffer.equals(other.buffer))) continue;
    // A log may begin later than the other.
    const isBefore = (right.batches[0]?.baseOffset ?? 0) > own.baseOffset;
    if (!isBefore) return `${describe(own)} against ${other === undefined ? 'nothing' : describe(other)}`;
  }
  return undefined;
}

/** @returns the first offset at which a log does not follow on itself, or at which its epochs fall */
export function disorder({ batches }: StoredLog): string | undefined {
  for (const [index, batch] of batches.entries()) {
    const before = batches[index - 1];
    if (before === undefined) continue;
    if (batch.baseOffset < before.nextOffset) return `${describe(batch)} after ${describe(before)}`;
    if (batch.partitionLeaderEpoch < before.partitionLeaderEpoch) {
      return `${describe(batch)} after ${describe(before)}`;
    }
  }
  return undefined;
}

/** All pairs of replicas. @returns what is wrong, with the names of the two nodes */
export function disagreements(replicas: ReadonlyMap<string, StoredLog>): string[] {
  const problems: string[] = [];
  const entries = [...replicas];
  for (const [index, [node, log]] of entries.entries()) {
    const own = disorder(log);
    if (own !== undefined) problems.push(`${log.name} on ${node} is out of order: ${own}`);
    for (const [other, otherLog] of entries.slice(index + 1)) {
      const problem = disagreement(log, otherLog) ?? disagreement(otherLog, log);
      if (problem !== undefined) problems.push(`${log.name} differs on ${node} and ${other}: ${problem}`);
    }
  }
  return problems;
}

function describe(batch: RecordBatch): string {
  const { baseOffset, lastOffset, partitionLeaderEpoch, crc } = batch;
  return `@${baseOffset}..${lastOffset} of epoch ${partitionLeaderEpoch} (crc ${crc.toString(16)})`;
}
