import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  StreamsGroupDescribeRequest,
  StreamsGroupDescribeResponse,
  type StreamsGroupDescribeResponseDescribedGroup,
} from '@millrace/protocol/messages/streams-group-describe';
import { describeStreamsError } from '../group/streams/describe.ts';
import { STREAMS_VERSION, STREAMS_VERSION_FEATURE } from '../metadata/features.ts';
import { requireFeature } from '../metadata/require-feature.ts';
import { isAllowed, partitionByAccess } from './access.ts';
import { authorizedOperations } from './authorized-operations.ts';
import { defineHandler, type RequestContext } from './handler.ts';

export const streamsGroupDescribe = defineHandler({
  key: ApiKey.STREAMS_GROUP_DESCRIBE,
  minVersion: 0,
  maxVersion: 0,
  request: StreamsGroupDescribeRequest,
  response: StreamsGroupDescribeResponse,

  validate: (_request, { broker }) => requireFeature(broker.image, STREAMS_VERSION_FEATURE, STREAMS_VERSION),

  async handle({ groupIds: all, includeAuthorizedOperations }, context) {
    const names = { items: all, nameOf: String };
    const { allowed, refused } = partitionByAccess(context, 'DESCRIBE', 'GROUP', names);
    const described = await context.broker.groups.callForEach<StreamsGroupDescribeResponseDescribedGroup>(
      allowed.filter((groupId) => groupId !== ''),
      (groupIds) => ({ api: 'streamsDescribe', groupIds }),
    );
    const visible = described.map((group) => hideTopics(group, context));
    const groups = includeAuthorizedOperations
      ? visible.map((group) => withOperations(group, context))
      : visible;
    const hidden = refused.map((groupId) =>
      describeStreamsError(groupId, ErrorCode.GROUP_AUTHORIZATION_FAILED),
    );
    const nameless = allowed
      .filter((groupId) => groupId === '')
      .map((groupId) => describeStreamsError(groupId, ErrorCode.INVALID_GROUP_ID));
    return { throttleTimeMs: 0, groups: [...hidden, ...nameless, ...groups] };
  },

  fail: ({ errorCode, message }, { groupIds }) => ({
    throttleTimeMs: 0,
    groups: groupIds.map((groupId) => describeStreamsError(groupId, errorCode, message)),
  }),
});

/** A group with a topic that the peer may not see is not shown at all. */
function hideTopics(
  group: StreamsGroupDescribeResponseDescribedGroup,
  context: RequestContext,
): StreamsGroupDescribeResponseDescribedGroup {
  const topics = (group.topology?.subtopologies ?? []).flatMap((one) => [
    ...one.sourceTopics,
    ...one.repartitionSinkTopics,
    ...one.repartitionSourceTopics.map(({ name }) => name),
    ...one.stateChangelogTopics.map(({ name }) => name),
  ]);
  if (topics.every((topic) => isAllowed(context, 'DESCRIBE', 'TOPIC', topic))) return group;
  return describeStreamsError(
    group.groupId,
    ErrorCode.TOPIC_AUTHORIZATION_FAILED,
    'The described group uses topics that the client is not authorized to describe.',
  );
}

function withOperations(
  group: StreamsGroupDescribeResponseDescribedGroup,
  context: RequestContext,
): StreamsGroupDescribeResponseDescribedGroup {
  if (group.errorCode !== ErrorCode.NONE) return group;
  return { ...group, authorizedOperations: authorizedOperations(context, 'GROUP', group.groupId) };
}
