import { KafkaError } from '@millrace/protocol';
import type { ConsumerGroupHeartbeatRequest } from '@millrace/protocol/messages/consumer-group-heartbeat';
import { JOIN_EPOCH, STATIC_LEAVE_EPOCH } from './consumer-member.ts';
import { checkTopicRegex } from './topic-regex.ts';

/** From this version on members choose their ids themselves (KIP-1082). */
const FIRST_WITH_CLIENT_IDS = 1;

/**
 * What can be said about a heartbeat without looking at its group. Texts are those of Apache Kafka.
 * @throws KafkaError INVALID_REQUEST, UNSUPPORTED_ASSIGNOR, INVALID_REGULAR_EXPRESSION
 */
export function checkHeartbeat(
  request: ConsumerGroupHeartbeatRequest,
  version: number,
  assignors: readonly string[],
): void {
  const { memberEpoch, serverAssignor, subscribedTopicRegex: regex } = request;
  refuseEmpty(request.groupId, 'GroupId');
  refuseEmpty(request.instanceId, 'InstanceId');
  refuseEmpty(request.rackId, 'RackId');
  if (version >= FIRST_WITH_CLIENT_IDS || memberEpoch !== JOIN_EPOCH)
    refuseEmpty(request.memberId, 'MemberId');
  if (memberEpoch < STATIC_LEAVE_EPOCH) throw invalid('MemberEpoch is invalid.');
  if (memberEpoch === STATIC_LEAVE_EPOCH && request.instanceId === null)
    throw invalid("InstanceId can't be null.");
  if (memberEpoch === JOIN_EPOCH) checkJoin(request);
  if (serverAssignor !== null && !assignors.includes(serverAssignor)) {
    const text = `ServerAssignor ${serverAssignor} is not supported. Supported assignors: ${assignors.join(', ')}.`;
    throw new KafkaError('UNSUPPORTED_ASSIGNOR', text);
  }
  if (regex !== null && regex !== '') checkTopicRegex(regex);
}

function checkJoin(request: ConsumerGroupHeartbeatRequest): void {
  if (request.rebalanceTimeoutMs === -1)
    throw invalid('RebalanceTimeoutMs must be provided in first request.');
  if (request.topicPartitions === null || request.topicPartitions.length > 0)
    throw invalid('TopicPartitions must be empty when (re-)joining.');
  if (request.subscribedTopicNames === null && request.subscribedTopicRegex === null) {
    const text = 'Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.';
    throw invalid(text);
  }
}

function refuseEmpty(value: string | null, name: string): void {
  if (value !== null && value.trim() === '') throw invalid(`${name} can't be empty.`);
}

function invalid(text: string): KafkaError {
  return new KafkaError('INVALID_REQUEST', text);
}
