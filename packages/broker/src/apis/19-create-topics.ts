import { ApiKey, ErrorCode, ZERO_UUID, type KafkaError } from '@millrace/protocol';
import {
  CreateTopicsRequest,
  CreateTopicsResponse,
  type CreateTopicsResponseCreatableTopicConfigsInput,
  type CreateTopicsResponseCreatableTopicResultInput,
} from '@millrace/protocol/messages/create-topics';
import { topicConfigNames, topicConfigValue } from '../config/topic-config.ts';
import { createTopics, type CreatedTopic } from '../controller/create-topics.ts';
import { accessRefused, isAllowed, partitionByAccess } from './access.ts';
import { always, defineHandler, type RequestContext } from './handler.ts';

const FIRST_WITH_CONFIGS = 5;
const FIRST_WITH_QUOTA_ERROR = 6;

export const createTopicsHandler = defineHandler({
  key: ApiKey.CREATE_TOPICS,
  minVersion: 2,
  maxVersion: 7,
  isForwarded: always,
  request: CreateTopicsRequest,
  response: CreateTopicsResponse,

  async handle(request, context) {
    const mayCreateAny = isAllowed(context, 'CREATE', 'CLUSTER');
    const names = { items: request.topics, nameOf: ({ name }: { readonly name: string }) => name };
    const { allowed, refused } = mayCreateAny
      ? { allowed: request.topics, refused: [] }
      : partitionByAccess(context, 'CREATE', 'TOPIC', names);
    const mutations = context.broker.quotas.beginMutations(context, FIRST_WITH_QUOTA_ERROR);
    const created = await context.broker.controller.run((state) =>
      createTopics(state, allowed, request.validateOnly, mutations.charge),
    );
    context.throttleMs = mutations.throttleMs;
    return {
      throttleTimeMs: 0,
      topics: [
        ...created.map((topic) => describe(topic, request.validateOnly, context)),
        ...refused.map(({ name }) => failed(name, accessRefused('TOPIC'))),
      ],
    };
  },

  fail: (error, request) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name }) => failed(name, error)),
  }),
});

function failed(
  name: string,
  { errorCode, message }: KafkaError,
): CreateTopicsResponseCreatableTopicResultInput {
  return { name, errorCode, errorMessage: message, configs: [] };
}

function describe(
  topic: CreatedTopic,
  validateOnly: boolean,
  context: RequestContext,
): CreateTopicsResponseCreatableTopicResultInput {
  const { name, error } = topic;
  if (error !== undefined) return failed(name, error);
  const answer = {
    name,
    topicId: validateOnly ? ZERO_UUID : topic.topicId,
    errorCode: ErrorCode.NONE,
    errorMessage: null,
  };
  if (!isAllowed(context, 'DESCRIBE_CONFIGS', 'TOPIC', name)) {
    const topicConfigErrorCode = ErrorCode.TOPIC_AUTHORIZATION_FAILED;
    const isKnown = context.version >= FIRST_WITH_CONFIGS;
    return { ...answer, configs: [], ...(isKnown ? { topicConfigErrorCode } : {}) };
  }
  return {
    ...answer,
    numPartitions: topic.partitionCount,
    replicationFactor: topic.replicationFactor,
    configs: context.version >= FIRST_WITH_CONFIGS ? effectiveConfigs(topic, context) : [],
  };
}

function effectiveConfigs(
  { configs }: CreatedTopic,
  { broker }: RequestContext,
): CreateTopicsResponseCreatableTopicConfigsInput[] {
  return topicConfigNames(configs).map((name) => {
    const { value, source } = topicConfigValue(name, configs, broker.brokerConfig);
    return { name, value, readOnly: false, configSource: source, isSensitive: false };
  });
}
