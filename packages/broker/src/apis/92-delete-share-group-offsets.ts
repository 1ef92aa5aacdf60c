import { ApiKey, ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  DeleteShareGroupOffsetsRequest,
  DeleteShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/delete-share-group-offsets';
import { SHARE_VERSION, SHARE_VERSION_FEATURE } from '../metadata/features.ts';
import { requireFeature } from '../metadata/require-feature.ts';
import { deleteShareOffsets } from '../share/change-share-offsets.ts';
import { partitionByAccess, requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const deleteShareGroupOffsets = defineHandler({
  key: ApiKey.DELETE_SHARE_GROUP_OFFSETS,
  minVersion: 0,
  maxVersion: 0,
  request: DeleteShareGroupOffsetsRequest,
  response: DeleteShareGroupOffsetsResponse,

  authorize: ({ groupId }, context) => requireAllowed(context, 'DELETE', 'GROUP', groupId),

  validate: (_request, { broker }) => requireFeature(broker.image, SHARE_VERSION_FEATURE, SHARE_VERSION),

  async handle({ groupId, topics: all }, context) {
    const names = { items: all.map(({ topicName }) => topicName), nameOf: String };
    const { allowed, refused } = partitionByAccess(context, 'READ', 'TOPIC', names);
    const { topics, ...error } = await deleteShareOffsets(context.broker, groupId, allowed);
    const errorCode = ErrorCode.TOPIC_AUTHORIZATION_FAILED;
    const hidden = refused.map((topicName) => ({
      topicName,
      topicId: ZERO_UUID,
      errorCode,
      errorMessage: null,
    }));
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
