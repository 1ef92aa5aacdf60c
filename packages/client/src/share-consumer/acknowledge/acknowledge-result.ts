import type { SharePartition } from '../fetch/share-partition.ts';
import { acknowledgeCodes, acknowledgeTypes, type AcknowledgeType } from './acknowledge-type.ts';

/** How acknowledgements of one partition ended. */
export interface AcknowledgeResult {
  readonly topic: string;
  readonly partition: number;
  /** What was said. */
  readonly type: AcknowledgeType;
  /** Of these records; ascending. */
  readonly offsets: readonly number[];
  /**
   * Undefined: the broker has it in writing, or was done with the records before. Otherwise it does not count, and the
   * records may come again, for example after `INVALID_RECORD_STATE`: the lock had run out.
   */
  readonly error: Error | undefined;
}

/** What was said of records of one partition, by type; gaps are nobody's business. */
export function acknowledgeResults(
  { topic, partition }: SharePartition,
  types: ReadonlyMap<number, number>,
  error: Error | undefined,
): AcknowledgeResult[] {
  return acknowledgeTypes.flatMap((type) => {
    const code = acknowledgeCodes[type];
    const offsets = [...types].filter(([, said]) => said === code).map(([offset]) => offset);
    return offsets.length === 0
      ? []
      : [{ topic, partition, type, offsets: offsets.toSorted((a, b) => a - b), error }];
  });
}
