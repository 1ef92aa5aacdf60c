import {
  BATCH_LENGTH_OFFSET,
  LOG_OVERHEAD,
  MAGIC_V2,
  MIN_BATCH_LENGTH,
  RECORD_BATCH_OVERHEAD,
} from './batch-layout.ts';
import { batchMagic, batchSizeBytes } from './batch-fields.ts';
import { readInt32 } from './int64.ts';
import { RecordBatch } from './record-batch.ts';
import { corruptMessage, unsupportedMagic } from './record-errors.ts';

/**
 * The whole batches of a Fetch answer or of a piece of a log. A partial batch at the end is ignored: that is how a
 * byte limit looks to a consumer.
 *
 * A length that no batch can have, or another magic than 2, is an error. CRCs are not checked here.
 */
export function recordBatches(buffer: Buffer): RecordBatch[] {
  const batches: RecordBatch[] = [];
  let at = 0;
  for (let size = wholeBatchSizeBytes(buffer, at); size > 0; size = wholeBatchSizeBytes(buffer, at)) {
    const magic = batchMagic(buffer, at);
    if (magic !== MAGIC_V2) throw unsupportedMagic(magic, at);
    batches.push(new RecordBatch(buffer.subarray(at, at + size)));
    at += size;
  }
  return batches;
}

/**
 * Bytes of the batch at `position` if all of it is in `buffer[position, end)`, otherwise 0. A length that no batch
 * can have is a CORRUPT_MESSAGE error; magic and CRC are not looked at.
 */
export function wholeBatchSizeBytes(buffer: Buffer, position: number, end: number = buffer.length): number {
  const available = end - position;
  if (available < LOG_OVERHEAD) return 0;
  const length = readInt32(buffer, position + BATCH_LENGTH_OFFSET);
  if (length < MIN_BATCH_LENGTH) {
    throw corruptMessage(
      `Record batch at byte ${position} has length ${length}, but a batch has at least ${MIN_BATCH_LENGTH}`,
    );
  }
  if (available < RECORD_BATCH_OVERHEAD) return 0;
  const size = batchSizeBytes(buffer, position);
  return size <= available ? size : 0;
}
