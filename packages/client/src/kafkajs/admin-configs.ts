import type { AdminContext } from '../admin/admin-context.ts';
import { alterConfigs, describeConfigs } from '../admin/config-operations.ts';
import { resourceKey, type ConfigEntry, type ConfigResource } from '../admin/config-resource.ts';
import { ConfigResourceTypes, ConfigSource } from './constants.ts';
import { KafkaJSNonRetriableError } from './kafkajs-errors.ts';

export interface ResourceConfigQuery {
  type: ConfigResourceTypes;
  name: string;
  configNames?: string[];
}

export interface IResourceConfigEntry {
  name: string;
  value: string;
}

export interface IResourceConfig {
  type: ConfigResourceTypes;
  name: string;
  configEntries: IResourceConfigEntry[];
}

export interface ConfigEntries {
  configName: string;
  configValue: string;
  isDefault: boolean;
  configSource: ConfigSource;
  isSensitive: boolean;
  readOnly: boolean;
  configSynonyms: { configName: string; configValue: string; configSource: ConfigSource }[];
}

export interface DescribeConfigResponse {
  resources: {
    configEntries: ConfigEntries[];
    errorCode: number;
    errorMessage: string;
    resourceName: string;
    resourceType: ConfigResourceTypes;
  }[];
  throttleTime: number;
}

export async function describeKafkaJsConfigs(
  context: AdminContext,
  resources: readonly ResourceConfigQuery[],
  includeSynonyms: boolean,
): Promise<DescribeConfigResponse> {
  checkResources(resources);
  const queries = resources.map(({ configNames, ...resource }) => ({
    ...toResource(resource),
    ...(configNames === undefined ? {} : { names: configNames }),
  }));
  const found = await describeConfigs(context, queries, { includeSynonyms });
  return {
    throttleTime: 0,
    resources: resources.map(({ type, name }, index) => ({
      errorCode: 0,
      errorMessage: '',
      resourceName: name,
      resourceType: type,
      configEntries: [...(found.get(resourceKey(queries[index]!))?.values() ?? [])].map(toEntry),
    })),
  };
}

/** Replaces all values of each resource, as kafkajs's request does: what is not named goes back to its default. */
export async function alterKafkaJsConfigs(
  context: AdminContext,
  resources: readonly IResourceConfig[],
  validateOnly: boolean,
): Promise<{ resources: { errorCode: number; resourceName: string; resourceType: number }[] }> {
  checkResources(resources);
  const replacements = resources.map(({ configEntries, ...resource }) => ({
    ...toResource(resource),
    configs: Object.fromEntries(configEntries.map(({ name, value }) => [name, value])),
  }));
  await alterConfigs(context, replacements, { validateOnly });
  return {
    resources: resources.map(({ type, name }) => ({
      errorCode: 0,
      resourceName: name,
      resourceType: type,
    })),
  };
}

function checkResources(resources: readonly { readonly type: number; readonly name: string }[]): void {
  if (!Array.isArray(resources)) {
    throw new KafkaJSNonRetriableError(`Invalid resources array ${JSON.stringify(resources)}`);
  }
  if (resources.length === 0) throw new KafkaJSNonRetriableError('Resources array cannot be empty');
}

function toResource({ type, name }: { readonly type: number; readonly name: string }): ConfigResource {
  if (!name || typeof name !== 'string') {
    throw new KafkaJSNonRetriableError(`Invalid resource name ${name}: ${JSON.stringify({ type, name })}`);
  }
  switch (type) {
    case ConfigResourceTypes.TOPIC:
      return { type: 'topic', name };
    case ConfigResourceTypes.BROKER:
      return { type: 'broker', name };
    case ConfigResourceTypes.BROKER_LOGGER:
      return { type: 'broker-logger', name };
    default:
      throw new KafkaJSNonRetriableError(`Invalid resource type ${type}: ${JSON.stringify({ type, name })}`);
  }
}

/** kafkajs's names of two sources differ from Kafka's. */
const sourceIds: Readonly<Record<string, ConfigSource>> = {
  ...ConfigSource,
  DYNAMIC_TOPIC_CONFIG: ConfigSource.TOPIC_CONFIG,
  DYNAMIC_DEFAULT_BROKER_CONFIG: ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG,
};

function toEntry(entry: ConfigEntry): ConfigEntries {
  const { name, value, isDefault, source, isSensitive, isReadOnly, synonyms } = entry;
  return {
    configName: name,
    // Null where it is not set, whatever kafkajs's types say.
    configValue: value as string,
    isDefault,
    configSource: sourceIds[source] ?? ConfigSource.UNKNOWN,
    isSensitive,
    readOnly: isReadOnly,
    configSynonyms: synonyms.map((synonym) => ({
      configName: synonym.name,
      configValue: synonym.value as string,
      configSource: sourceIds[synonym.source] ?? ConfigSource.UNKNOWN,
    })),
  };
}
