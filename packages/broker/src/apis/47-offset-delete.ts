import { ApiKey, ErrorCode } from '@millrace/protocol';
import { OffsetDeleteRequest, OffsetDeleteResponse } from '@millrace/protocol/messages/offset-delete';
import type { DeleteOffsetsCall } from '../group/group-calls.ts';
import { existingPartitions, mergeTopics } from '../group/offsets/existing-partitions.ts';
import { isAllowed, requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const offsetDelete = defineHandler({
  key: ApiKey.OFFSET_DELETE,
  minVersion: 0,
  maxVersion: 0,
  request: OffsetDeleteRequest,
  response: OffsetDeleteResponse,

  authorize: ({ groupId }, context) => requireAllowed(context, 'DELETE', 'GROUP', groupId),

  async handle(request, context) {
    const { broker } = context;
    const { existing, missing } = existingPartitions(request.topics, broker.image.topics, {
      isAllowed: (topic) => isAllowed(context, 'READ', 'TOPIC', topic),
    });
    const call: DeleteOffsetsCall = { api: 'deleteOffsets', request: { ...request, topics: [...existing] } };
    const { errorCode, topics } = await broker.groups.call(request.groupId, call);
    if (errorCode !== ErrorCode.NONE) return { errorCode, throttleTimeMs: 0, topics: [] };
    return { errorCode, throttleTimeMs: 0, topics: mergeTopics(missing, topics.map(withoutId)) };
  },

  fail: ({ errorCode }) => ({ errorCode, throttleTimeMs: 0, topics: [] }),
});

function withoutId<Topic extends object>(topic: Topic): Topic & { readonly topicId: string } {
  return { ...topic, topicId: '' };
}
