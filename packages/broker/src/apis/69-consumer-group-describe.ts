import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  ConsumerGroupDescribeRequest,
  ConsumerGroupDescribeResponse,
  type ConsumerGroupDescribeResponseDescribedGroup,
} from '@millrace/protocol/messages/consumer-group-describe';
import { describeConsumerError } from '../group/consumer/describe.ts';
import { GROUP_VERSION, GROUP_VERSION_FEATURE } from '../metadata/features.ts';
import { requireFeature } from '../metadata/require-feature.ts';
import { GROUP_OPERATIONS } from './authorized-operations.ts';
import { defineHandler } from './handler.ts';

export const consumerGroupDescribe = defineHandler({
  key: ApiKey.CONSUMER_GROUP_DESCRIBE,
  minVersion: 0,
  maxVersion: 1,
  request: ConsumerGroupDescribeRequest,
  response: ConsumerGroupDescribeResponse,

  validate: (_request, { broker }) => requireFeature(broker.image, GROUP_VERSION_FEATURE, GROUP_VERSION),

  async handle({ groupIds: all, includeAuthorizedOperations }, { broker }) {
    const groups = await broker.groups.callForEach<ConsumerGroupDescribeResponseDescribedGroup>(
      all,
      (groupIds) => ({ api: 'consumerDescribe', groupIds }),
    );
    return { throttleTimeMs: 0, groups: includeAuthorizedOperations ? groups.map(withOperations) : groups };
  },

  fail: ({ errorCode, message }, { groupIds }) => ({
    throttleTimeMs: 0,
    groups: groupIds.map((groupId) => describeConsumerError(groupId, errorCode, message)),
  }),
});

function withOperations(
  group: ConsumerGroupDescribeResponseDescribedGroup,
): ConsumerGroupDescribeResponseDescribedGroup {
  return group.errorCode === ErrorCode.NONE ? { ...group, authorizedOperations: GROUP_OPERATIONS } : group;
}
