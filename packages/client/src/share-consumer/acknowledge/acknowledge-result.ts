import { GAP } from './acknowledge-type.ts';
import type { SharePartition } from '../fetch/share-partition.ts';

/** How acknowledgements of one partition ended. */
export interface AcknowledgeResult {
  readonly topic: string;
  readonly partition: number;
  /** Ascending. */
  readonly offsets: readonly number[];
  /**
   * Undefined: the broker has it in writing. Otherwise it does not count, and somebody will get the records again, for
   * example `INVALID_RECORD_STATE` when the lock had run out.
   */
  readonly error: Error | undefined;
}

/** What the application said of records of one partition; nothing when only gaps were acknowledged. */
export function acknowledgeResults(
  { topic, partition }: SharePartition,
  types: ReadonlyMap<number, number>,
  error: Error | undefined,
): AcknowledgeResult[] {
  const offsets = [...types].filter(([, type]) => type !== GAP).map(([offset]) => offset);
  if (offsets.length === 0) return [];
  return [{ topic, partition, offsets: offsets.toSorted((a, b) => a - b), error }];
}
