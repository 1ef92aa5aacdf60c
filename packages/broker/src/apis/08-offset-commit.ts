import { ApiKey } from '@millrace/protocol';
import {
  OffsetCommitRequest,
  OffsetCommitResponse,
  type OffsetCommitRequestTopic,
} from '@millrace/protocol/messages/offset-commit';
import type { CommitCall } from '../group/group-calls.ts';
import { commitError } from '../group/offsets/commit.ts';
import { existingPartitions, mergeTopics } from '../group/offsets/existing-partitions.ts';
import { isAllowed, requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';

const FIRST_BY_ID = 10;

export const offsetCommit = defineHandler({
  key: ApiKey.OFFSET_COMMIT,
  minVersion: 2,
  maxVersion: 10,
  request: OffsetCommitRequest,
  response: OffsetCommitResponse,

  authorize: ({ groupId }, context) => requireAllowed(context, 'READ', 'GROUP', groupId),

  async handle(request, context) {
    const { broker, version } = context;
    const { existing, missing } = existingPartitions(request.topics, broker.image.topics, {
      find: topicFinder(context),
      isAllowed: (topic) => isAllowed(context, 'READ', 'TOPIC', topic),
    });
    if (existing.length === 0) return { throttleTimeMs: 0, topics: mergeTopics(missing, []) };
    const call: CommitCall = { api: 'commit', version, request: { ...request, topics: [...existing] } };
    const reply = await broker.groups.call(request.groupId, call);
    return { throttleTimeMs: 0, topics: mergeTopics(missing, reply.topics) };
  },

  fail: (error, request) => commitError(request, error.errorCode),
});

function topicFinder({ version, broker }: RequestContext) {
  const { byId, byName } = broker.image.topics;
  return ({ name, topicId }: OffsetCommitRequestTopic) =>
    version >= FIRST_BY_ID ? byId.get(topicId) : byName.get(name);
}
