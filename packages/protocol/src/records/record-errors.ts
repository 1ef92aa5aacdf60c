import { MillraceError, type ErrorEntry } from '../errors/millrace-error.ts';

const corruptMessageEntry: ErrorEntry = {
  code: 'CORRUPT_MESSAGE',
  retriable: true,
  kafkaCode: 2,
  summary: 'Record bytes contradict themselves.',
  help: 'Read again; if it stays, the data is damaged where it is stored or was written wrong.',
};

const unsupportedCompressionEntry: ErrorEntry = {
  code: 'UNSUPPORTED_COMPRESSION_TYPE',
  retriable: false,
  kafkaCode: 76,
  summary: 'A batch is compressed with a codec that is not there.',
  help: 'Use one of none, gzip, snappy, lz4 and zstd.',
};

const unsupportedFormatEntry: ErrorEntry = {
  code: 'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  retriable: false,
  kafkaCode: 43,
  summary: 'A batch is of a format older than Kafka 0.11.',
  help: 'Let Kafka 3.x rewrite the topic, or write it anew.',
};

/** Stands in for KafkaError until the error table of the wire exists. */
class RecordBatchError extends MillraceError {
  readonly errorCode: number;

  constructor(entry: ErrorEntry, message: string, cause?: unknown) {
    super(entry, message, cause === undefined ? undefined : { cause });
    this.errorCode = entry.kafkaCode ?? -1;
  }
}

/** Record bytes that contradict themselves, as the wire error CORRUPT_MESSAGE. */
export function corruptMessage(message: string, cause?: unknown): MillraceError {
  return new RecordBatchError(corruptMessageEntry, message, cause);
}

/** A codec that cannot be used, by id or name. */
export function unsupportedCompression(codec: number | string, cause?: unknown): MillraceError {
  const message = `Compression codec ${codec} is not supported here; use none, gzip, snappy, lz4 or zstd`;
  return new RecordBatchError(unsupportedCompressionEntry, message, cause);
}

/** A batch of another format. */
export function unsupportedMagic(magic: number, position: number): MillraceError {
  if (magic !== 0 && magic !== 1)
    return corruptMessage(`Record batch at byte ${position} has magic ${magic}, expected 2`);
  const message = `Record batch at byte ${position} has magic ${magic}, the format before Kafka 0.11; only 2 is read`;
  return new RecordBatchError(unsupportedFormatEntry, message);
}
