import { ApiKey, ErrorCode, ZERO_UUID, type KafkaError } from '@millrace/protocol';
import { DeleteTopicsRequest, DeleteTopicsResponse } from '@millrace/protocol/messages/delete-topics';
import { deleteTopics, type DeletedTopic, type TopicReference } from '../controller/delete-topics.ts';
import { accessRefused, isAllowed } from './access.ts';
import { always, defineHandler, type RequestContext } from './handler.ts';

const FIRST_BY_ID = 6;
const FIRST_WITH_QUOTA_ERROR = 5;
/** TOPIC_DELETION_DISABLED is newer than these versions. */
const LAST_WITHOUT_DISABLED_ERROR = 2;

export const deleteTopicsHandler = defineHandler({
  key: ApiKey.DELETE_TOPICS,
  minVersion: 1,
  maxVersion: 6,
  isForwarded: always,
  request: DeleteTopicsRequest,
  response: DeleteTopicsResponse,

  async handle(request, context) {
    const { broker, version } = context;
    const refused: DeletedTopic[] = [];
    // Kafka's tools cannot grant this alone, but who may do all with the cluster has it.
    const mayDeleteAny = isAllowed(context, 'DELETE', 'CLUSTER');
    const allowed = references(request, version).filter((reference) => {
      const refusal = mayDeleteAny ? undefined : refusalOf(reference, context);
      if (refusal !== undefined) refused.push(refusal);
      return refusal === undefined;
    });
    const mutations = broker.quotas.beginMutations(context, FIRST_WITH_QUOTA_ERROR);
    const deleted = await broker.controller.run((state) => deleteTopics(state, allowed, mutations.charge));
    context.throttleMs = mutations.throttleMs;
    const results = [...deleted, ...refused];
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

/** Whoever may not see the topic learns neither its name nor its id. */
function refusalOf({ name, topicId }: TopicReference, context: RequestContext): DeletedTopic | undefined {
  const { byId, byName } = context.broker.image.topics;
  const known = name ?? byId.get(topicId)?.name;
  if (known === undefined || isAllowed(context, 'DELETE', 'TOPIC', known)) return undefined;
  const isVisible = isAllowed(context, 'DESCRIBE', 'TOPIC', known);
  if (isVisible && !byName.has(known)) return undefined;
  return { name: isVisible ? known : name, topicId, error: accessRefused('TOPIC') };
}

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
