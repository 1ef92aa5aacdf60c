import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  ConsumerGroupDescribeRequest,
  ConsumerGroupDescribeResponse,
  type ConsumerGroupDescribeResponseDescribedGroup,
} from '@millrace/protocol/messages/consumer-group-describe';
import { describeConsumerError } from '../group/consumer/describe.ts';
import { GROUP_VERSION, GROUP_VERSION_FEATURE } from '../metadata/features.ts';
import { requireFeature } from '../metadata/require-feature.ts';
import { isAllowed, partitionByAccess } from './access.ts';
import { authorizedOperations } from './authorized-operations.ts';
import { defineHandler, type RequestContext } from './handler.ts';

export const consumerGroupDescribe = defineHandler({
  key: ApiKey.CONSUMER_GROUP_DESCRIBE,
  minVersion: 0,
  maxVersion: 1,
  request: ConsumerGroupDescribeRequest,
  response: ConsumerGroupDescribeResponse,

  validate: (_request, { broker }) => requireFeature(broker.image, GROUP_VERSION_FEATURE, GROUP_VERSION),

  async handle({ groupIds: all, includeAuthorizedOperations }, context) {
    const names = { items: all, nameOf: String };
    const { allowed, refused } = partitionByAccess(context, 'DESCRIBE', 'GROUP', names);
    const described = await context.broker.groups.callForEach<ConsumerGroupDescribeResponseDescribedGroup>(
      allowed.filter((groupId) => groupId !== ''),
      (groupIds) => ({ api: 'consumerDescribe', groupIds }),
    );
    const visible = described.map((group) => hideTopics(group, context));
    const groups = includeAuthorizedOperations
      ? visible.map((group) => withOperations(group, context))
      : visible;
    const hidden = refused.map((groupId) =>
      describeConsumerError(groupId, ErrorCode.GROUP_AUTHORIZATION_FAILED),
    );
    const nameless = allowed
      .filter((groupId) => groupId === '')
      .map((groupId) => describeConsumerError(groupId, ErrorCode.INVALID_GROUP_ID));
    return { throttleTimeMs: 0, groups: [...hidden, ...nameless, ...groups] };
  },

  fail: ({ errorCode, message }, { groupIds }) => ({
    throttleTimeMs: 0,
    groups: groupIds.map((groupId) => describeConsumerError(groupId, errorCode, message)),
  }),
});

/** A group with a topic that the peer may not see is not shown at all. */
function hideTopics(
  group: ConsumerGroupDescribeResponseDescribedGroup,
  context: RequestContext,
): ConsumerGroupDescribeResponseDescribedGroup {
  const topics = new Set(
    group.members.flatMap(({ assignment, targetAssignment }) =>
      [...assignment.topicPartitions, ...targetAssignment.topicPartitions].map(({ topicName }) => topicName),
    ),
  );
  if ([...topics].every((topic) => isAllowed(context, 'DESCRIBE', 'TOPIC', topic))) return group;
  return describeConsumerError(
    group.groupId,
    ErrorCode.TOPIC_AUTHORIZATION_FAILED,
    'The group has described topic(s) that the client is not authorized to describe.',
  );
}

function withOperations(
  group: ConsumerGroupDescribeResponseDescribedGroup,
  context: RequestContext,
): ConsumerGroupDescribeResponseDescribedGroup {
  if (group.errorCode !== ErrorCode.NONE) return group;
  return { ...group, authorizedOperations: authorizedOperations(context, 'GROUP', group.groupId) };
}
