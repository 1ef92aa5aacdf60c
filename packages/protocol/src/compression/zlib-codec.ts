import { KafkaError } from '../errors/kafka-error.ts';
import { corruptMessage } from '../records/record-errors.ts';

/** What `maxOutputLength` and a chunk size do for both codecs of node:zlib. */
export interface DecompressOptions {
  readonly maxOutputLength: number;
  readonly chunkSize: number;
}

const MIN_CHUNK_BYTES = 1024;
const MAX_CHUNK_BYTES = 1024 * 1024;
const USUAL_RATIO = 4;

/** Output is made in chunks of about its whole size, but a bomb never makes one beyond the limit. */
export function decompressOptions(inputBytes: number, maxBytes: number): DecompressOptions {
  const expected = Math.min(Math.max(inputBytes * USUAL_RATIO, MIN_CHUNK_BYTES), MAX_CHUNK_BYTES);
  return { maxOutputLength: Math.max(maxBytes, 1), chunkSize: expected };
}

/** What node:zlib threw, as the error of the wire. */
export function decompressError(codec: string, maxBytes: number, cause: unknown): Error {
  if (cause instanceof KafkaError) return cause;
  return (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    ? corruptMessage(
        `Records hold more than the limit of ${maxBytes} bytes after ${codec} decompression`,
        cause,
      )
    : corruptMessage(`Records do not decompress as ${codec}: ${(cause as Error).message}`, cause);
}
