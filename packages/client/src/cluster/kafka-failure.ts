import { KafkaError } from '@millrace/protocol';

/**
 * The one place where an error code of an answer becomes an error.
 * @param context What was asked, for example `Metadata of topic "orders"`; the broker's own text where it sent one.
 */
export function kafkaFailure(errorCode: number, context: string): KafkaError {
  return new KafkaError(errorCode, context);
}
