import type { Host } from '@millrace/host';
import { verifyDirectory } from '../tools/verify/verify-directory.ts';
import { openTestLog, readAll } from './test-log.ts';

/**
 * What must hold of a directory whose process was killed: no damage as it lies there, every acknowledged record once
 * and in place when it is opened, and nothing to remark after it was closed.
 * @throws Error saying what does not hold
 */
export async function checkAfterKill(
  host: Host,
  directory: string,
  acknowledgedEnd: number,
): Promise<number> {
  await mustVerify(host, directory, 'after the kill');
  const { manager, log } = await openTestLog({ 'retention.ms': -1 }, host, { logDirs: [directory] });
  try {
    const { logEndOffset } = log;
    if (logEndOffset < acknowledgedEnd)
      throw new Error(`the log ends at ${logEndOffset}, but ${acknowledgedEnd} was acknowledged`);
    const records = await readAll(log);
    const misplaced = records.findIndex(
      ({ offset, value }, index) => offset !== index || value !== String(offset),
    );
    if (misplaced >= 0 || records.length !== logEndOffset)
      throw new Error(`${records.length} of ${logEndOffset} records; the one at ${misplaced} is wrong`);
    return logEndOffset;
  } finally {
    await manager.close();
    await mustVerify(host, directory, 'after recovery');
  }
}

async function mustVerify(host: Host, directory: string, when: string): Promise<void> {
  const { findings } = await verifyDirectory(host, directory);
  const damage = findings.find(({ severity }) => severity === 'error');
  if (damage !== undefined)
    throw new Error(`${when}: ${damage.file} at ${damage.position}: ${damage.problem}`);
}
