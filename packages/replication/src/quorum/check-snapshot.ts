import {
  controlRecordType,
  decodeRecords,
  isBatchCrcValid,
  RecordBatch,
  wholeBatchSizeBytes,
} from '@millrace/protocol';
import { messageOf, QuorumSnapshotError } from '../errors.ts';

/** @throws QuorumSnapshotError unless the file is whole, from its header to its footer, and every batch undamaged */
export function checkSnapshot(path: string, bytes: Buffer): void {
  let at = 0;
  let last: RecordBatch | undefined;
  while (at < bytes.length) {
    const sizeBytes = sizeAt(path, bytes, at);
    if (sizeBytes === 0 || !isBatchCrcValid(bytes, at)) {
      throw new QuorumSnapshotError(path, `it is damaged at byte ${at} of ${bytes.length}`);
    }
    last = new RecordBatch(bytes.subarray(at, at + sizeBytes));
    at += sizeBytes;
  }
  const [footer] = last?.isControl === true ? decodeRecords(last) : [];
  if (footer === undefined || controlRecordType(footer) !== 'SNAPSHOT_FOOTER') {
    throw new QuorumSnapshotError(path, 'its footer is missing: it was not written to its end');
  }
}

function sizeAt(path: string, bytes: Buffer, at: number): number {
  try {
    return wholeBatchSizeBytes(bytes, at);
  } catch (cause) {
    throw new QuorumSnapshotError(path, messageOf(cause), { cause });
  }
}
