import { ApiKey, ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  DescribeShareGroupOffsetsRequest,
  DescribeShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/describe-share-group-offsets';
import { SHARE_VERSION, SHARE_VERSION_FEATURE } from '../metadata/features.ts';
import { requireFeature } from '../metadata/require-feature.ts';
import { describeShareOffsets, type ShareOffsetsQuery } from '../share/describe-share-offsets.ts';
import { isAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';

export const describeShareGroupOffsets = defineHandler({
  key: ApiKey.DESCRIBE_SHARE_GROUP_OFFSETS,
  minVersion: 0,
  maxVersion: 1,
  request: DescribeShareGroupOffsetsRequest,
  response: DescribeShareGroupOffsetsResponse,

  validate: (_request, { broker }) => requireFeature(broker.image, SHARE_VERSION_FEATURE, SHARE_VERSION),

  handle: async ({ groups }, context) => ({
    throttleTimeMs: 0,
    groups: await Promise.all(groups.map((group) => describeGroup(group, context))),
  }),

  fail: ({ errorCode, message: errorMessage }, { groups }) => ({
    throttleTimeMs: 0,
    groups: groups.map(({ groupId }) => ({ groupId, topics: [], errorCode, errorMessage })),
  }),
});

async function describeGroup(query: ShareOffsetsQuery, context: RequestContext) {
  const { groupId, topics } = query;
  if (!isAllowed(context, 'DESCRIBE', 'GROUP', groupId))
    return { groupId, topics: [], errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED, errorMessage: null };
  const mayDescribe = (topicName: string) => isAllowed(context, 'DESCRIBE', 'TOPIC', topicName);
  const refused = (topics ?? []).filter(({ topicName }) => !mayDescribe(topicName));
  const allowed = topics?.filter(({ topicName }) => mayDescribe(topicName)) ?? null;
  const described = await describeShareOffsets(context.broker, { groupId, topics: allowed });
  return {
    ...described,
    topics: [
      // Topics that were not asked for are not mentioned.
      ...described.topics.filter(({ topicName }) => mayDescribe(topicName)),
      ...refused.map(({ topicName, partitions }) => ({
        topicName,
        topicId: ZERO_UUID,
        partitions: partitions.map((partitionIndex) => ({
          partitionIndex,
          startOffset: -1,
          leaderEpoch: 0,
          lag: -1,
          errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED,
          errorMessage: null,
        })),
      })),
    ],
  };
}
