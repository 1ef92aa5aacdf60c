import type { Disk } from '@millrace/host';
import { controlRecordType, decodeRecords, type RecordBatch } from '@millrace/protocol';
import { walkBatches } from '../walk-batches.ts';
import { checkBatch } from './batch-checks.ts';
import type { Findings } from './findings.ts';

/** Checks a snapshot of the metadata log: whole batches, a header first and a footer last. */
export async function verifySnapshotFile(disk: Disk, path: string, findings: Findings): Promise<void> {
  const file = await disk.open(path, 'read');
  try {
    const walk = walkBatches(file, await file.size());
    let lastControl: string | undefined;
    let step = await walk.next();
    for (; step.done !== true; step = await walk.next()) {
      const { position, batch } = step.value;
      const damage = checkBatch(batch, true);
      if (damage !== undefined) return findings.error(damage.rule, path, position, damage.problem);
      lastControl = batch.isControl ? controlOf(batch) : undefined;
    }
    const { position, problem } = step.value;
    if (problem !== undefined) findings.error('batch-structure', path, position, problem);
    // The file that formatting leaves has no footer in every version of Kafka.
    else if (lastControl !== 'SNAPSHOT_FOOTER' && !path.endsWith('bootstrap.checkpoint'))
      findings.error('batch-structure', path, position, 'its footer is missing');
  } finally {
    await file.close();
  }
}

function controlOf(batch: RecordBatch): string | undefined {
  const [record] = decodeRecords(batch);
  return record === undefined ? undefined : controlRecordType(record);
}
