import {
  MillraceError,
  KafkaError,
  RecordTooLargeError,
  TimeoutError,
  DeliveryTimeoutError,
} from '@millrace/client';
import { RestError } from '../registry/rest-error.ts';

/** What a failed write means for the request. */
export function asStoreError(error: unknown): RestError {
  if (error instanceof RestError) return error;
  const options = { cause: error };
  if (isTooLarge(error)) {
    const details = error instanceof Error ? error.message : '';
    return new RestError(
      'SCHEMA_TOO_LARGE',
      `Register operation failed because schema is too large: ${details}`,
      options,
    );
  }
  if (error instanceof TimeoutError || error instanceof DeliveryTimeoutError) {
    return new RestError('TIMED_OUT', `Register operation timed out: ${error.message}`, options);
  }
  const details = error instanceof MillraceError ? error.message : String(error);
  return new RestError('STORE_FAILED', `Writing to the Kafka store failed: ${details}`, options);
}

function isTooLarge(error: unknown): boolean {
  if (error instanceof RecordTooLargeError) return true;
  return error instanceof KafkaError && ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'].includes(error.code);
}
