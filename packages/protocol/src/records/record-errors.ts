import { KafkaError } from '../errors/kafka-error.ts';

/** Record bytes that contradict themselves, or hold more than the caller allows. */
export function corruptMessage(message: string, cause?: unknown): KafkaError {
  return new KafkaError('CORRUPT_MESSAGE', message, cause === undefined ? undefined : { cause });
}

/** A codec that cannot be used here, by id or name. */
export function unsupportedCompression(codec: number | string): KafkaError {
  const message = `Compression codec ${codec} is not supported here; use none, gzip, snappy, lz4 or zstd`;
  return new KafkaError('UNSUPPORTED_COMPRESSION_TYPE', message);
}

/** A batch of another format. */
export function unsupportedMagic(magic: number, position: number): KafkaError {
  if (magic !== 0 && magic !== 1) {
    return corruptMessage(`Record batch at byte ${position} has magic ${magic}, expected 2`);
  }
  const message = `Record batch at byte ${position} has magic ${magic}, the format before Kafka 0.11; only 2 is read`;
  return new KafkaError('UNSUPPORTED_FOR_MESSAGE_FORMAT', message);
}
