import {
  controlRecordType,
  decodeRecords,
  KafkaError,
  recordBatches,
  type RecordBatch,
} from '@millrace/protocol';
import type { CoordinatorLog } from './coordinator-log.ts';
import type { ReplayedMarker, ReplayedRecord } from './state-machine.ts';

/** Who takes what the log has. */
export interface ReplayTarget {
  replay(record: ReplayedRecord): void;
  replayMarker(marker: ReplayedMarker): void;
}

const NO_PRODUCER_ID = -1;

/**
 * Feeds the records of a coordinator's log and the ends of transactions to `target`, oldest first.
 *
 * @param isWanted asked before each chunk: should it go on?
 * @returns how many records there were
 * @throws KafkaError NOT_LEADER_OR_FOLLOWER when it was not wanted to the end; what the log throws
 */
export async function replayLog(
  log: CoordinatorLog,
  target: ReplayTarget,
  isWanted: () => boolean = () => true,
): Promise<number> {
  let count = 0;
  await log.replay((batches) => {
    if (!isWanted()) throw new KafkaError('NOT_LEADER_OR_FOLLOWER', 'The replay was overtaken');
    for (const batch of recordBatches(batches)) count += replayBatch(batch, target);
  });
  return count;
}

function replayBatch(batch: RecordBatch, target: ReplayTarget): number {
  if (batch.isControl) {
    replayControl(batch, target);
    return 0;
  }
  const producerId = batch.isTransactional ? batch.producerId : NO_PRODUCER_ID;
  let count = 0;
  for (const { offset, key, value } of decodeRecords(batch)) {
    // A record without a key means nothing to a compacted topic.
    if (key === null) continue;
    target.replay({ offset, producerId, key, value });
    count++;
  }
  return count;
}

function replayControl(batch: RecordBatch, target: ReplayTarget): void {
  const [marker] = decodeRecords(batch);
  const type = marker === undefined ? undefined : controlRecordType(marker);
  if (type === 'COMMIT' || type === 'ABORT') {
    target.replayMarker({ producerId: batch.producerId, isCommit: type === 'COMMIT' });
  }
}
