import { KafkaError, kafkaErrorName } from '@millrace/protocol';

/**
 * The one place where an error code of an answer becomes an error.
 * @param subject What was asked, for example `Metadata of topic "orders"`.
 * @param brokerText What the broker says besides, if anything.
 */
export function kafkaFailure(errorCode: number, subject: string, brokerText?: string | null): KafkaError {
  const text = brokerText ? `: ${brokerText}` : '';
  return KafkaError.fromCode(errorCode, `${subject} failed with ${kafkaErrorName(errorCode)}${text}`);
}
