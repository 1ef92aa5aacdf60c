import { ErrorCode, KafkaError } from '@millrace/protocol';
import { TransactionAbortableError, TransactionFatalError } from '../../errors.ts';

/** Errors after which another producer, or the broker, has the last word: this one cannot go on. */
const fatalCodes: ReadonlySet<number> = new Set([
  ErrorCode.PRODUCER_FENCED,
  ErrorCode.INVALID_PRODUCER_ID_MAPPING,
  ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
  ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
  ErrorCode.UNSUPPORTED_VERSION,
  ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT,
]);

/** Coordinators say so to a producer whose id somebody else has; partition leaders mean only the transaction. */
const fatalFromCoordinator: ReadonlySet<number> = new Set([
  ...fatalCodes,
  ErrorCode.INVALID_PRODUCER_EPOCH,
  ErrorCode.INVALID_TXN_STATE,
]);

/** What an error means for the transaction it came in. */
export function transactionFailure(
  error: Error,
  from: 'coordinator' | 'partition',
): TransactionAbortableError | TransactionFatalError {
  if (error instanceof TransactionAbortableError || error instanceof TransactionFatalError) return error;
  const codes = from === 'coordinator' ? fatalFromCoordinator : fatalCodes;
  const isFatal = error instanceof KafkaError && codes.has(error.errorCode);
  return isFatal ? new TransactionFatalError(error) : new TransactionAbortableError(error);
}
