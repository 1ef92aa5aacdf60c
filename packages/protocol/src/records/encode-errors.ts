import { EncodeError, protocolErrors } from '../errors.ts';
import { NO_TIMESTAMP } from './batch-layout.ts';

const PLACE = { messageName: 'RecordBatch', version: 2 };

/** Refuses what is no timestamp of Kafka: milliseconds, or -1 for none. */
export function checkTimestamp(timestampMs: number): void {
  if (Number.isSafeInteger(timestampMs) && timestampMs >= NO_TIMESTAMP) return;
  throw refused(
    `the timestamp of a record is ${timestampMs}, but must be milliseconds since 1970, or -1 for none`,
  );
}

/** What cannot be written in a batch. */
export function refused(problem: string): EncodeError {
  return new EncodeError(protocolErrors.INVALID_VALUE, PLACE, problem);
}
