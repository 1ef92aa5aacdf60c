import { ApiKey, ErrorCode, ZERO_UUID, type KafkaError } from '@millrace/protocol';
import { DeleteTopicsRequest, DeleteTopicsResponse } from '@millrace/protocol/messages/delete-topics';
import { deleteTopics, type TopicReference } from '../controller/delete-topics.ts';
import { defineHandler } from './handler.ts';

const FIRST_BY_ID = 6;
/** TOPIC_DELETION_DISABLED is newer than these versions. */
const LAST_WITHOUT_DISABLED_ERROR = 2;

export const deleteTopicsHandler = defineHandler({
  key: ApiKey.DELETE_TOPICS,
  minVersion: 1,
  maxVersion: 6,
  request: DeleteTopicsRequest,
  response: DeleteTopicsResponse,

  async handle(request, { broker, version }) {
    const results = await broker.controller.run((state) => deleteTopics(state, references(request, version)));
    return {
      throttleTimeMs: 0,
      responses: results.map(({ name, topicId, error }) => ({
        name,
        topicId,
        errorCode: errorCodeIn(version, error),
        errorMessage: error?.message ?? null,
      })),
    };
  },

  fail: (error, request, { version }) => ({
    throttleTimeMs: 0,
    responses: references(request, version).map(({ name, topicId }) => ({
      name,
      topicId,
      errorCode: error.errorCode,
      errorMessage: error.message,
    })),
  }),
});

function references(request: DeleteTopicsRequest, version: number): readonly TopicReference[] {
  if (version >= FIRST_BY_ID) return request.topics;
  return request.topicNames.map((name) => ({ name, topicId: ZERO_UUID }));
}

function errorCodeIn(version: number, error: KafkaError | undefined): number {
  if (error === undefined) return ErrorCode.NONE;
  if (error.code === 'TOPIC_DELETION_DISABLED' && version <= LAST_WITHOUT_DISABLED_ERROR) {
    return ErrorCode.INVALID_REQUEST;
  }
  return error.errorCode;
}
