import { ApiKey, ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  CreateTopicsRequest,
  CreateTopicsResponse,
  type CreateTopicsResponseCreatableTopicConfigsInput,
  type CreateTopicsResponseCreatableTopicResultInput,
} from '@millrace/protocol/messages/create-topics';
import { topicConfigNames, topicConfigValue } from '../config/topic-config.ts';
import { createTopics, type CreatedTopic } from '../controller/create-topics.ts';
import { defineHandler, type RequestContext } from './handler.ts';

const FIRST_WITH_CONFIGS = 5;

export const createTopicsHandler = defineHandler({
  key: ApiKey.CREATE_TOPICS,
  minVersion: 2,
  maxVersion: 7,
  request: CreateTopicsRequest,
  response: CreateTopicsResponse,

  async handle(request, context) {
    const created = await context.broker.controller.run((state) =>
      createTopics(state, request.topics, request.validateOnly),
    );
    return {
      throttleTimeMs: 0,
      topics: created.map((topic) => describe(topic, request.validateOnly, context)),
    };
  },

  fail: (error, request) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name }) => ({
      name,
      errorCode: error.errorCode,
      errorMessage: error.message,
      configs: [],
    })),
  }),
});

function describe(
  topic: CreatedTopic,
  validateOnly: boolean,
  context: RequestContext,
): CreateTopicsResponseCreatableTopicResultInput {
  const { name, error } = topic;
  if (error !== undefined) {
    return { name, errorCode: error.errorCode, errorMessage: error.message, configs: [] };
  }
  return {
    name,
    topicId: validateOnly ? ZERO_UUID : topic.topicId,
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    numPartitions: topic.partitionCount,
    replicationFactor: topic.replicationFactor,
    configs: context.version >= FIRST_WITH_CONFIGS ? effectiveConfigs(topic, context) : [],
  };
}

function effectiveConfigs(
  { configs }: CreatedTopic,
  { broker }: RequestContext,
): CreateTopicsResponseCreatableTopicConfigsInput[] {
  return topicConfigNames.map((name) => {
    const { value, source } = topicConfigValue(name, configs, broker.brokerConfig);
    return { name, value, readOnly: false, configSource: source, isSensitive: false };
  });
}
