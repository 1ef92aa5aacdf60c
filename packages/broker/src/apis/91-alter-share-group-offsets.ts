import { ApiKey, ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  AlterShareGroupOffsetsRequest,
  AlterShareGroupOffsetsResponse,
  type AlterShareGroupOffsetsRequestTopic,
} from '@millrace/protocol/messages/alter-share-group-offsets';
import { SHARE_VERSION, SHARE_VERSION_FEATURE } from '../metadata/features.ts';
import { requireFeature } from '../metadata/require-feature.ts';
import { alterShareOffsets, type TopicResult } from '../share/change-share-offsets.ts';
import { partitionByAccess, requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';

export const alterShareGroupOffsets = defineHandler({
  key: ApiKey.ALTER_SHARE_GROUP_OFFSETS,
  minVersion: 0,
  maxVersion: 0,
  request: AlterShareGroupOffsetsRequest,
  response: AlterShareGroupOffsetsResponse,

  authorize: ({ groupId }, context) => requireAllowed(context, 'READ', 'GROUP', groupId),

  validate: (_request, { broker }) => requireFeature(broker.image, SHARE_VERSION_FEATURE, SHARE_VERSION),

  async handle({ groupId, topics: all }, context) {
    const names = { items: all, nameOf: ({ topicName }: AlterShareGroupOffsetsRequestTopic) => topicName };
    const { allowed, refused } = partitionByAccess(context, 'READ', 'TOPIC', names);
    const { topics, ...error } = await alterShareOffsets(context.broker, groupId, allowed);
    const hidden = refused.map((topic) => hide(topic, context));
    const responses = error.errorCode === ErrorCode.NONE ? [...hidden, ...topics] : [];
    return { throttleTimeMs: 0, ...error, responses };
  },

  fail: ({ errorCode, message: errorMessage }) => ({
    throttleTimeMs: 0,
    errorCode,
    errorMessage,
    responses: [],
  }),
});

function hide(
  { topicName, partitions }: AlterShareGroupOffsetsRequestTopic,
  { broker }: RequestContext,
): TopicResult {
  return {
    topicName,
    topicId: broker.image.topics.byName.get(topicName)?.id ?? ZERO_UUID,
    partitions: partitions.map(({ partitionIndex }) => ({
      partitionIndex,
      errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED,
      errorMessage: null,
    })),
  };
}
