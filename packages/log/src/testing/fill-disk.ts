import type { PartitionLog } from '../partition/partition-log.ts';
import { appendValues } from './test-log.ts';

const VALUE = 'x'.repeat(1000);

/** Appends a thousand bytes at a time until the disk refuses. */
export async function fillDisk(log: PartitionLog): Promise<{ acknowledged: string[]; error: unknown }> {
  const acknowledged: string[] = [];
  for (;;) {
    const value = `${log.logEndOffset}-${VALUE}`;
    try {
      await appendValues(log, [value]);
    } catch (error) {
      return { acknowledged, error };
    }
    acknowledged.push(value);
  }
}
