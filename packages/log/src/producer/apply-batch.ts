import {
  batchBaseTimestamp,
  batchLastOffset,
  batchLastOffsetDelta,
  batchLastSequence,
  batchMaxTimestamp,
  batchNextOffset,
  batchProducerEpoch,
  batchProducerId,
  batchRecordCount,
  batchSizeBytes,
  controlRecordType,
  decodeRecords,
  endTxnCoordinatorEpoch,
  isBatchControl,
  isBatchTransactional,
  RecordBatch,
} from '@millrace/protocol';
import type { AbortedTransaction } from '../segment/transaction-index.ts';
import type { DataBatch, ProducerStates, TransactionMarker } from './producer-states.ts';

/**
 * Takes the batch at a position of a buffer into the producer states. Live appends and replays both go through here,
 * which is what makes a replay equal the live state.
 * @returns the transaction that the batch aborts, if it does.
 */
export function applyBatch(
  states: ProducerStates,
  buffer: Buffer,
  at: number,
): AbortedTransaction | undefined {
  const aborted = batchProducerId(buffer, at) >= 0 ? applyProducerBatch(states, buffer, at) : undefined;
  states.mapEndOffset = batchNextOffset(buffer, at);
  return aborted;
}

function applyProducerBatch(
  states: ProducerStates,
  buffer: Buffer,
  at: number,
): AbortedTransaction | undefined {
  if (!isBatchControl(buffer, at)) {
    states.applyData(dataBatch(buffer, at));
    return undefined;
  }
  const marker = transactionMarker(buffer, at);
  const completed = marker === undefined ? undefined : states.applyMarker(marker);
  if (completed === undefined || !completed.isAborted) return undefined;
  return {
    producerId: completed.producerId,
    firstOffset: completed.firstOffset,
    lastOffset: completed.lastOffset,
    lastStableOffset: states.stableOffsetAfter(completed.lastOffset),
  };
}

/** The header of a data batch as the producer states keep it. */
export function dataBatch(buffer: Buffer, at: number): DataBatch {
  return {
    producerId: batchProducerId(buffer, at),
    producerEpoch: batchProducerEpoch(buffer, at),
    isTransactional: isBatchTransactional(buffer, at),
    lastSequence: batchLastSequence(buffer, at),
    lastOffset: batchLastOffset(buffer, at),
    offsetDelta: batchLastOffsetDelta(buffer, at),
    timestampMs: batchMaxTimestamp(buffer, at),
  };
}

/** The marker in a control batch; `undefined` if the cleaner emptied it or it is another kind of control record. */
export function transactionMarker(buffer: Buffer, at: number): TransactionMarker | undefined {
  if (batchRecordCount(buffer, at) === 0) return undefined;
  const batch = new RecordBatch(buffer.subarray(at, at + batchSizeBytes(buffer, at)));
  const [record] = decodeRecords(batch);
  const type = record === undefined ? undefined : controlRecordType(record);
  if (type !== 'ABORT' && type !== 'COMMIT') return undefined;
  return {
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    coordinatorEpoch: endTxnCoordinatorEpoch(record!),
    isAbort: type === 'ABORT',
    offset: record!.offset,
    timestampMs: batch.hasDeleteHorizon ? batchMaxTimestamp(buffer, at) : batchBaseTimestamp(buffer, at),
  };
}
