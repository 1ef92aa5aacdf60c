import { InvalidPropertyError } from '@millrace/config';
import { logErrors } from '@millrace/log';
import { ErrorCode, kafkaErrorName, KafkaError, type ErrorEntry } from '@millrace/protocol';
import { brokerErrors, errorCodeOf, messageOf } from '../errors.ts';

const wireCodes = new Map<string, number>(
  [...Object.values(logErrors), ...Object.values(brokerErrors)]
    .filter((entry: ErrorEntry) => entry.kafkaCode !== undefined)
    .map((entry: ErrorEntry) => [entry.code, entry.kafkaCode!]),
);
// A log closes under a request when its topic is deleted or the broker stops: the client should look for the leader.
wireCodes.set(logErrors.CLOSED.code, ErrorCode.NOT_LEADER_OR_FOLLOWER);

/**
 * The one place where errors become wire errors. What has no wire code becomes UNKNOWN_SERVER_ERROR with the original
 * as `cause`.
 */
export function toKafkaError(error: unknown): KafkaError {
  if (error instanceof KafkaError) return error;
  if (error instanceof InvalidPropertyError)
    return new KafkaError('INVALID_CONFIG', error.message, { cause: error });
  const wireCode = wireCodes.get(errorCodeOf(error) ?? '');
  if (wireCode !== undefined)
    return new KafkaError(kafkaErrorName(wireCode), messageOf(error), { cause: error });
  return new KafkaError('UNKNOWN_SERVER_ERROR', messageOf(error), { cause: error });
}
