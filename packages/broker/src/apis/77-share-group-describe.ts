import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  ShareGroupDescribeRequest,
  ShareGroupDescribeResponse,
  type ShareGroupDescribeResponseDescribedGroup,
} from '@millrace/protocol/messages/share-group-describe';
import { describeShareError } from '../group/share/describe.ts';
import { SHARE_VERSION, SHARE_VERSION_FEATURE } from '../metadata/features.ts';
import { requireFeature } from '../metadata/require-feature.ts';
import { isAllowed, partitionByAccess } from './access.ts';
import { authorizedOperations } from './authorized-operations.ts';
import { defineHandler, type RequestContext } from './handler.ts';

export const shareGroupDescribe = defineHandler({
  key: ApiKey.SHARE_GROUP_DESCRIBE,
  minVersion: 1,
  maxVersion: 1,
  request: ShareGroupDescribeRequest,
  response: ShareGroupDescribeResponse,

  validate: (_request, { broker }) => requireFeature(broker.image, SHARE_VERSION_FEATURE, SHARE_VERSION),

  async handle({ groupIds: all, includeAuthorizedOperations }, context) {
    const names = { items: all, nameOf: String };
    const { allowed, refused } = partitionByAccess(context, 'DESCRIBE', 'GROUP', names);
    const described = await context.broker.groups.callForEach<ShareGroupDescribeResponseDescribedGroup>(
      allowed.filter((groupId) => groupId !== ''),
      (groupIds) => ({ api: 'shareDescribe', groupIds }),
    );
    const visible = described.map((group) => hideTopics(group, context));
    const groups = includeAuthorizedOperations
      ? visible.map((group) => withOperations(group, context))
      : visible;
    const hidden = refused.map((groupId) =>
      describeShareError(groupId, ErrorCode.GROUP_AUTHORIZATION_FAILED),
    );
    const nameless = allowed
      .filter((groupId) => groupId === '')
      .map((groupId) => describeShareError(groupId, ErrorCode.INVALID_GROUP_ID));
    return { throttleTimeMs: 0, groups: [...hidden, ...nameless, ...groups] };
  },

  fail: ({ errorCode, message }, { groupIds }) => ({
    throttleTimeMs: 0,
    groups: groupIds.map((groupId) => describeShareError(groupId, errorCode, message)),
  }),
});

/** A group with a topic that the peer may not see is not shown at all. */
function hideTopics(
  group: ShareGroupDescribeResponseDescribedGroup,
  context: RequestContext,
): ShareGroupDescribeResponseDescribedGroup {
  const topics = group.members.flatMap(({ assignment }) =>
    assignment.topicPartitions.map(({ topicName }) => topicName),
  );
  if (topics.every((topic) => isAllowed(context, 'DESCRIBE', 'TOPIC', topic))) return group;
  return describeShareError(
    group.groupId,
    ErrorCode.TOPIC_AUTHORIZATION_FAILED,
    'The group has described topic(s) that the client is not authorized to describe.',
  );
}

function withOperations(
  group: ShareGroupDescribeResponseDescribedGroup,
  context: RequestContext,
): ShareGroupDescribeResponseDescribedGroup {
  if (group.errorCode !== ErrorCode.NONE) return group;
  return { ...group, authorizedOperations: authorizedOperations(context, 'GROUP', group.groupId) };
}
