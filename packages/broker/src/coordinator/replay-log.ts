import { controlRecordType, decodeRecords, recordBatches, type RecordBatch } from '@millrace/protocol';
import type { CoordinatorLog } from './coordinator-log.ts';
import type { ReplayedRecord } from './state-machine.ts';

/**
 * Feeds the records of a coordinator's log to `apply`, oldest first. Records of a transaction are held back until its
 * marker: those of a committed one are applied where the marker stands, those of an aborted one never.
 *
 * @returns how many records were applied
 */
export async function replayLog(
  log: CoordinatorLog,
  apply: (record: ReplayedRecord) => void,
): Promise<number> {
  const replay = new Replay(apply);
  await log.replay((batches) => {
    for (const batch of recordBatches(batches)) replay.batch(batch);
  });
  return replay.applied;
}

class Replay {
  applied = 0;
  readonly #apply: (record: ReplayedRecord) => void;
  readonly #openTransactions = new Map<number, ReplayedRecord[]>();

  constructor(apply: (record: ReplayedRecord) => void) {
    this.#apply = apply;
  }

  batch(batch: RecordBatch): void {
    if (batch.isControl) {
      this.#marker(batch);
      return;
    }
    const { producerId } = batch;
    for (const { offset, key, value } of decodeRecords(batch)) {
      // A record without a key means nothing to a compacted topic.
      if (key === null) continue;
      const record = { offset, producerId, key, value };
      if (batch.isTransactional) this.#hold(record);
      else this.#applyOne(record);
    }
  }

  #hold(record: ReplayedRecord): void {
    const held = this.#openTransactions.get(record.producerId);
    if (held === undefined) this.#openTransactions.set(record.producerId, [record]);
    else held.push(record);
  }

  #marker(batch: RecordBatch): void {
    const held = this.#openTransactions.get(batch.producerId) ?? [];
    const [marker] = decodeRecords(batch);
    const type = marker === undefined ? undefined : controlRecordType(marker);
    if (type === 'COMMIT') for (const record of held) this.#applyOne(record);
    if (type === 'COMMIT' || type === 'ABORT') this.#openTransactions.delete(batch.producerId);
  }

  #applyOne(record: ReplayedRecord): void {
    this.applied++;
    this.#apply(record);
  }
}
