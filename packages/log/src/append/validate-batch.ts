import { Turns, type Host } from '@millrace/host';
import {
  batchBaseOffset,
  batchBaseSequence,
  batchBaseTimestamp,
  batchCompressionId,
  batchCrc,
  batchLastOffsetDelta,
  batchMagic,
  batchMaxTimestamp,
  batchProducerId,
  batchRecordCount,
  batchSizeBytes,
  compressionTypeOf,
  crc32c,
  decompressAsync,
  isBatchControl,
  isBatchCrcValid,
  isBatchLogAppendTime,
  KafkaError,
  LOG_OVERHEAD,
  MAGIC_V2,
  RECORD_BATCH_OVERHEAD,
  RecordBatch,
  RecordCursor,
  setBatchMaxTimestamp,
  uncompressedRecords,
  type CompressionType,
} from '@millrace/protocol';
import { isCompacted, segmentMaxBytes, type LogConfig } from '../log-config.ts';
import { InvalidRecordsError, type RecordError } from './invalid-records-error.ts';
import { rewriteBatch } from './rewrite-batch.ts';
import type { ValidationContext } from './validation-context.ts';

/** Most record errors that are reported of one batch. */
const MAX_RECORD_ERRORS = 100;
/** The CRC covers a batch from its attributes on. */
const CRC_FROM_BYTE = 21;
/** Steps of the validation of a large batch; each takes a fraction of a millisecond. */
const CRC_BYTES_PER_STEP = 1 << 20;
const RECORDS_PER_STEP = 4096;

/**
 * What a leader checks of a producer's batch before it is appended (`LogValidator` in Kafka), in Kafka's order.
 *
 * Timestamps and timestamp type are set as the topic wants them, in place. The batch is built anew only if the topic
 * asks for another codec or the offsets within it have gaps.
 * @returns the batch to append: `records` itself, or its replacement.
 * @throws KafkaError
 */
export function validateBatch(records: Buffer, context: ValidationContext): Buffer {
  checkFrame(records, context);
  checkSize(records, context);
  if (!isBatchCrcValid(records, 0)) throw wrongCrc(context);
  checkHeader(records, context);
  const check = checkOf(records, context, uncompressedRecords);
  check.advance(Infinity);
  return accepted(records, check.facts(), context);
}

/**
 * The same for a large batch, in turns of the event loop, so that nobody else waits for it.
 * @throws KafkaError
 */
export async function validateLargeBatch(
  records: Buffer,
  context: ValidationContext,
  host: Host,
): Promise<Buffer> {
  const turns = new Turns(host);
  checkFrame(records, context);
  checkSize(records, context);
  let crc = 0;
  for (let at = CRC_FROM_BYTE; at < records.length; at += CRC_BYTES_PER_STEP) {
    crc = crc32c(records, at, Math.min(at + CRC_BYTES_PER_STEP, records.length), crc);
    if (turns.isOver) await turns.next();
  }
  if (crc !== batchCrc(records, 0)) throw wrongCrc(context);
  checkHeader(records, context);
  const bytes = await uncompressed(records, context, host);
  const check = checkOf(records, context, () => bytes);
  while (check.advance(RECORDS_PER_STEP)) if (turns.isOver) await turns.next();
  return accepted(records, check.facts(), context);
}

async function uncompressed(records: Buffer, context: ValidationContext, host: Host): Promise<Buffer> {
  const batch = new RecordBatch(records);
  try {
    // Decompression on other threads keeps to real time.
    if (host.mayUseThreads === false || batch.compression === 'none') return uncompressedRecords(batch);
    return await decompressAsync(batch.compression, records.subarray(RECORD_BATCH_OVERHEAD));
  } catch (cause) {
    throw unreadable(context, cause);
  }
}

/** The batch as the topic wants it. */
function accepted(records: Buffer, facts: RecordFacts, context: ValidationContext): Buffer {
  const { config } = context;
  const codec = targetCodec(config, records);
  if (codec !== compressionTypeOf(batchCompressionId(records, 0)) || !facts.isContiguous) {
    return rewriteBatch(records, codec, context);
  }
  const isAppendTime = config['message.timestamp.type'] === 'LogAppendTime';
  const maxTimestampMs = isAppendTime ? context.nowMs : facts.maxTimestampMs;
  if (maxTimestampMs !== batchMaxTimestamp(records, 0) || isAppendTime !== isBatchLogAppendTime(records, 0)) {
    setBatchMaxTimestamp(records, 0, maxTimestampMs, isAppendTime);
  }
  return records;
}

function checkFrame(records: Buffer, context: ValidationContext): void {
  if (records.length < LOG_OVERHEAD) throw corrupt(context, `${records.length} bytes are no record batch`);
  if (records.length > LOG_OVERHEAD + 4) checkMagic(batchMagic(records, 0), context);
  const size = batchSizeBytes(records, 0);
  if (size < RECORD_BATCH_OVERHEAD)
    throw corrupt(context, `the batch claims ${size} bytes, less than its header`);
  if (size > records.length) {
    throw invalid(context, `the batch claims ${size} bytes, but ${records.length} came`);
  }
  if (size < records.length)
    throw invalid(context, 'more than one batch came; a request holds one per partition');
}

/** Formats of the past are refused as such; anything else in that place is damage. */
function checkMagic(magic: number, context: ValidationContext): void {
  if (magic === MAGIC_V2) return;
  const problem = `the batch has magic ${magic}, only ${MAGIC_V2} is accepted`;
  throw magic === 0 || magic === 1 ? invalid(context, problem) : corrupt(context, problem);
}

function checkSize(records: Buffer, context: ValidationContext): void {
  const maxBytes = context.config['max.message.bytes'];
  if (records.length > maxBytes) {
    throw new KafkaError(
      'MESSAGE_TOO_LARGE',
      `A batch of ${records.length} bytes for ${context.name} is over max.message.bytes=${maxBytes}`,
    );
  }
  if (records.length > segmentMaxBytes(context.config)) {
    throw new KafkaError(
      'RECORD_LIST_TOO_LARGE',
      `A batch of ${records.length} bytes for ${context.name} is over segment.bytes=${segmentMaxBytes(context.config)}`,
    );
  }
}

function checkHeader(records: Buffer, context: ValidationContext): void {
  const count = batchRecordCount(records, 0);
  if (batchBaseOffset(records, 0) !== 0) {
    throw invalid(
      context,
      `the batch has base offset ${batchBaseOffset(records, 0)}, a producer must send 0`,
    );
  }
  if (count <= 0) throw invalid(context, `the batch has ${count} records`);
  const span = batchLastOffsetDelta(records, 0) + 1;
  if (span !== count) throw invalid(context, `the batch spans ${span} offsets, but has ${count} records`);
  if (isBatchControl(records, 0)) throw invalid(context, 'producers may not write control batches');
  if (batchProducerId(records, 0) >= 0 && batchBaseSequence(records, 0) < 0) {
    throw invalid(context, 'the batch has a producer id, but no sequence');
  }
  if (compressionTypeOf(batchCompressionId(records, 0)) === undefined) {
    throw invalid(context, `the batch has the unknown codec ${batchCompressionId(records, 0)}`);
  }
  if (isBatchLogAppendTime(records, 0)) {
    throw new InvalidRecordsError(
      'INVALID_TIMESTAMP',
      `A batch for ${context.name} says LogAppendTime, which only the broker may set`,
    );
  }
}

interface RecordFacts {
  readonly maxTimestampMs: number;
  /** Offset deltas are 0, 1, 2, ... */
  readonly isContiguous: boolean;
}

/** Walks the records of one batch, as far as it is asked to at a time. */
class RecordsCheck {
  readonly #context: ValidationContext;
  readonly #cursor: RecordCursor;
  readonly #baseTimestampMs: number;
  readonly #needsKey: boolean;
  readonly #bounds: { readonly minMs: number; readonly maxMs: number };
  readonly #keyErrors: RecordError[] = [];
  readonly #timestampErrors: RecordError[] = [];
  #maxTimestampMs = -1;
  #isContiguous = true;
  #index = 0;

  constructor(cursor: RecordCursor, baseTimestampMs: number, context: ValidationContext) {
    this.#context = context;
    this.#cursor = cursor;
    this.#baseTimestampMs = baseTimestampMs;
    this.#needsKey = isCompacted(context.config);
    this.#bounds = timestampBounds(context);
  }

  /** @returns whether there are more records than `count`. @throws KafkaError for what is no record */
  advance(count: number): boolean {
    // In variables: the loop runs for every record that is produced.
    const cursor = this.#cursor;
    const baseTimestampMs = this.#baseTimestampMs;
    const { minMs, maxMs } = this.#bounds;
    const end = this.#index + count;
    let index = this.#index;
    let maxTimestampMs = this.#maxTimestampMs;
    let isContiguous = this.#isContiguous;
    for (; index < end && next(cursor, this.#context); index++) {
      const timestampMs = baseTimestampMs + cursor.timestampDelta;
      if (timestampMs > maxTimestampMs) maxTimestampMs = timestampMs;
      if (cursor.offsetDelta !== index) isContiguous = false;
      if (this.#needsKey && cursor.keyBytes < 0)
        noteError(this.#keyErrors, index, 'a record of a compacted topic needs a key');
      // -1 is a record without a timestamp.
      if (timestampMs !== -1 && (timestampMs < minMs || timestampMs > maxMs))
        noteError(
          this.#timestampErrors,
          index,
          `timestamp ${timestampMs} is not within [${minMs}, ${maxMs}]`,
        );
    }
    this.#index = index;
    this.#maxTimestampMs = maxTimestampMs;
    this.#isContiguous = isContiguous;
    return index === end;
  }

  /** @throws KafkaError for records that are refused */
  facts(): RecordFacts {
    if (this.#keyErrors.length > 0) throw refused('INVALID_RECORD', this.#keyErrors, this.#context);
    if (this.#timestampErrors.length > 0)
      throw refused('INVALID_TIMESTAMP', this.#timestampErrors, this.#context);
    return { maxTimestampMs: this.#maxTimestampMs, isContiguous: this.#isContiguous };
  }
}

function next(cursor: RecordCursor, context: ValidationContext): boolean {
  try {
    return cursor.next();
  } catch (cause) {
    throw unreadable(context, cause);
  }
}

function checkOf(
  records: Buffer,
  context: ValidationContext,
  bytesOf: (batch: RecordBatch) => Buffer,
): RecordsCheck {
  try {
    const cursor = new RecordCursor(bytesOf(new RecordBatch(records)), batchRecordCount(records, 0), 0);
    return new RecordsCheck(cursor, batchBaseTimestamp(records, 0), context);
  } catch (cause) {
    throw unreadable(context, cause);
  }
}

function unreadable(context: ValidationContext, cause: unknown): KafkaError {
  return invalid(context, cause instanceof Error ? cause.message : String(cause));
}

function timestampBounds({ config, nowMs }: ValidationContext): {
  readonly minMs: number;
  readonly maxMs: number;
} {
  if (config['message.timestamp.type'] === 'LogAppendTime') return { minMs: -Infinity, maxMs: Infinity };
  return {
    minMs: nowMs - config['message.timestamp.before.max.ms'],
    maxMs: nowMs + config['message.timestamp.after.max.ms'],
  };
}

function noteError(errors: RecordError[], batchIndex: number, message: string): void {
  if (errors.length < MAX_RECORD_ERRORS)
    errors.push({ batchIndex, message: `Record ${batchIndex}: ${message}` });
}

function refused(
  code: 'INVALID_RECORD' | 'INVALID_TIMESTAMP',
  errors: readonly RecordError[],
  context: ValidationContext,
): InvalidRecordsError {
  const message = `A batch for ${context.name} has records that are refused: ${errors[0]!.message}`;
  return new InvalidRecordsError(code, message, errors);
}

function targetCodec(config: LogConfig, records: Buffer): CompressionType {
  const type = config['compression.type'];
  if (type === 'producer') return compressionTypeOf(batchCompressionId(records, 0))!;
  return type === 'uncompressed' ? 'none' : type;
}

function invalid(context: ValidationContext, problem: string): InvalidRecordsError {
  return new InvalidRecordsError('INVALID_RECORD', `A batch for ${context.name} is refused: ${problem}`);
}

function wrongCrc(context: ValidationContext): KafkaError {
  return corrupt(context, 'the CRC of the batch is wrong');
}

function corrupt(context: ValidationContext, problem: string): KafkaError {
  return new KafkaError('CORRUPT_MESSAGE', `A batch for ${context.name} is damaged: ${problem}`);
}
