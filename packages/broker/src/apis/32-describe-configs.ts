import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  DescribeConfigsRequest,
  DescribeConfigsResponse,
  type DescribeConfigsRequestDescribeConfigsResource,
  type DescribeConfigsResponseDescribeConfigsResultInput,
} from '@millrace/protocol/messages/describe-configs';
import {
  describeBrokerConfigs,
  describeClientMetricsConfigs,
  describeGroupConfigs,
  describeTopicConfigs,
  type DescribedConfig,
} from '../config/describe-configs.ts';
import { ConfigSource } from '../config/config-source.ts';
import type { BrokerLoggers } from '../logging/broker-loggers.ts';
import { requireOwnLoggers } from '../logging/alter-levels.ts';
import { ConfigResourceType } from '../metadata/cluster-image.ts';
import { topicNameProblem } from '../metadata/topic-names.ts';
import { requireConfigAccess } from './config-access.ts';
import { defineHandler, type RequestContext } from './handler.ts';

export const describeConfigs = defineHandler({
  key: ApiKey.DESCRIBE_CONFIGS,
  minVersion: 1,
  maxVersion: 4,
  request: DescribeConfigsRequest,
  response: DescribeConfigsResponse,

  handle: (request, context) => ({
    throttleTimeMs: 0,
    results: request.resources.map((resource) => describeResource(resource, request, context)),
  }),

  fail: (error, request) => ({
    throttleTimeMs: 0,
    results: request.resources.map((resource) => failed(resource, error)),
  }),
});

function describeResource(
  resource: DescribeConfigsRequestDescribeConfigsResource,
  { includeSynonyms, includeDocumentation }: DescribeConfigsRequest,
  context: RequestContext,
): DescribeConfigsResponseDescribeConfigsResultInput {
  const { resourceType, resourceName, configurationKeys } = resource;
  try {
    requireConfigAccess(context, 'DESCRIBE_CONFIGS', resource);
    const configs = asAsked(describeAll(resourceType, resourceName, context), configurationKeys);
    return {
      errorCode: ErrorCode.NONE,
      errorMessage: null,
      resourceType,
      resourceName,
      configs: configs.map(({ name, value, source, isReadOnly, isSensitive, synonyms, type, doc }) => ({
        name,
        value,
        readOnly: isReadOnly,
        configSource: source,
        isSensitive,
        synonyms: includeSynonyms ? synonyms : [],
        configType: type,
        documentation: includeDocumentation ? doc : null,
      })),
    };
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return failed(resource, error);
  }
}

/** Those that were asked for, in that order, on which clients rely; all of them where none is named. */
function asAsked(
  configs: readonly DescribedConfig[],
  names: readonly string[] | null,
): readonly DescribedConfig[] {
  if (names === null || names.length === 0) return configs;
  const byName = new Map(configs.map((config) => [config.name, config]));
  return [...new Set(names)].flatMap((name) => byName.get(name) ?? []);
}

function describeAll(type: number, name: string, { broker }: RequestContext): readonly DescribedConfig[] {
  const { image, brokerConfig, nodeId } = broker;
  if (type === ConfigResourceType.TOPIC) {
    const problem = topicNameProblem(name);
    if (problem !== undefined) throw new KafkaError('INVALID_TOPIC_EXCEPTION', problem);
    if (!image.topics.byName.has(name)) {
      throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `Topic '${name}' does not exist`);
    }
    return describeTopicConfigs(image.configs.of(type, name), brokerConfig);
  }
  if (type === ConfigResourceType.BROKER) {
    if (name === '') return describeBrokerConfigs(brokerConfig, { onlyClusterWide: true });
    if (name === String(nodeId)) return describeBrokerConfigs(brokerConfig, { onlyClusterWide: false });
    throw new KafkaError(
      'INVALID_REQUEST',
      `Unexpected broker id, expected ${nodeId} or empty string, but received ${name}`,
    );
  }
  if (type === ConfigResourceType.BROKER_LOGGER) {
    requireOwnLoggers(name, nodeId);
    return describeLoggers(broker.loggers);
  }
  if (type === ConfigResourceType.CLIENT_METRICS) {
    if (name === '')
      throw new KafkaError('INVALID_REQUEST', 'Client metrics subscription name must not be empty');
    return describeClientMetricsConfigs(image.configs.of(type, name));
  }
  if (type === ConfigResourceType.GROUP) {
    if (name === '') throw new KafkaError('INVALID_REQUEST', 'Group name must not be empty');
    return describeGroupConfigs(image.configs.of(type, name), brokerConfig);
  }
  throw new KafkaError('INVALID_REQUEST', `Configuration of resource type ${type} is not supported`);
}

/** The levels in force. */
function describeLoggers(loggers: BrokerLoggers): DescribedConfig[] {
  return Array.from(loggers.levels(), ([name, level]) => ({
    name,
    value: level,
    source: ConfigSource.DYNAMIC_BROKER_LOGGER,
    isReadOnly: false,
    isSensitive: false,
    synonyms: [],
    // As in Kafka, which has neither a type nor a text for them.
    type: 0,
    doc: '',
  }));
}

function failed(
  { resourceType, resourceName }: DescribeConfigsRequestDescribeConfigsResource,
  error: KafkaError,
): DescribeConfigsResponseDescribeConfigsResultInput {
  return { errorCode: error.errorCode, errorMessage: error.message, resourceType, resourceName, configs: [] };
}
