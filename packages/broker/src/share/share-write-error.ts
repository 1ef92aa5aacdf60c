import { KafkaError, type KafkaErrorName, kafkaErrorName } from '@millrace/protocol';

/** What consumers are told instead of what the share coordinator says to brokers. */
const translated: ReadonlyMap<string, KafkaErrorName> = new Map([
  ['NOT_COORDINATOR', 'COORDINATOR_NOT_AVAILABLE'],
  ['COORDINATOR_NOT_AVAILABLE', 'COORDINATOR_NOT_AVAILABLE'],
  ['COORDINATOR_LOAD_IN_PROGRESS', 'COORDINATOR_NOT_AVAILABLE'],
  ['GROUP_ID_NOT_FOUND', 'GROUP_ID_NOT_FOUND'],
  ['UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_OR_PARTITION'],
  ['FENCED_LEADER_EPOCH', 'NOT_LEADER_OR_FOLLOWER'],
  ['FENCED_STATE_EPOCH', 'NOT_LEADER_OR_FOLLOWER'],
]);

/** The error of a consumer when the share coordinator refused a read or a write. */
export function shareStateError(errorCode: number, errorMessage: string | null): KafkaError {
  const name = translated.get(kafkaErrorName(errorCode)) ?? 'UNKNOWN_SERVER_ERROR';
  return new KafkaError(name, errorMessage ?? '');
}
