import { ErrorCode } from '@millrace/protocol';
import { AlterConfigsRequest, AlterConfigsResponse } from '@millrace/protocol/messages/alter-configs';
import {
  DescribeConfigsRequest,
  DescribeConfigsResponse,
} from '@millrace/protocol/messages/describe-configs';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from '@millrace/protocol/messages/incremental-alter-configs';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import {
  configOperationId,
  configSourceOf,
  configTypeOf,
  resourceKey,
  resourceTypeId,
  resourceTypeOf,
  type ConfigChange,
  type ConfigEntry,
  type ConfigReplacement,
  type ConfigResource,
} from './config-resource.ts';
import { runItems, type Outcomes, type Route } from './run-items.ts';

const DESCRIBE_CONFIGS = defineApi(DescribeConfigsRequest, DescribeConfigsResponse);
const INCREMENTAL_ALTER_CONFIGS = defineApi(IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse);
const ALTER_CONFIGS = defineApi(AlterConfigsRequest, AlterConfigsResponse);

/** For `describeConfigs()`. */
export interface DescribeConfigsOptions extends AdminCallOptions {
  /** Also where else the property is set, in the order in which values win. Default false. */
  readonly includeSynonyms?: boolean;
  /** Default false. */
  readonly includeDocumentation?: boolean;
}

/** For `alterConfigs()` and `incrementalAlterConfigs()`. */
export interface AlterConfigsOptions extends AdminCallOptions {
  /** Check only, change nothing. Default false. */
  readonly validateOnly?: boolean;
}

/** Answers by `resourceKey`: the entries of each resource by property name. */
export function describeConfigs(
  context: AdminContext,
  resources: readonly (ConfigResource & { readonly names?: readonly string[] })[],
  options: DescribeConfigsOptions,
): Promise<Map<string, Map<string, ConfigEntry>>> {
  const { includeSynonyms = false, includeDocumentation = false } = options;
  return runItems<ConfigResource & { readonly names?: readonly string[] }, Map<string, ConfigEntry>>(
    context,
    {
      operation: 'describeConfigs',
      items: resources,
      keyOf: resourceKey,
      route: byBroker,
      ask: async ({ to, items }) => {
        const message = {
          resources: items.map(({ type, name, names }) => ({
            resourceType: resourceTypeId[type],
            resourceName: name,
            configurationKeys: names === undefined ? null : [...names],
          })),
          includeSynonyms,
          includeDocumentation,
        };
        const { response } = await context.cluster.send({ to, api: DESCRIBE_CONFIGS, message });
        return resourceOutcomes(response.results, 'Describing', ({ configs }) => entries(configs));
      },
    },
    options,
  );
}

export async function incrementalAlterConfigs(
  context: AdminContext,
  changes: readonly ConfigChange[],
  options: AlterConfigsOptions,
): Promise<void> {
  const { validateOnly = false } = options;
  await runItems<ConfigChange, true>(
    context,
    {
      operation: 'incrementalAlterConfigs',
      items: changes,
      keyOf: resourceKey,
      route: byBroker,
      ask: async ({ to, items }) => {
        const resources = items.map(({ type, name, operations }) => ({
          resourceType: resourceTypeId[type],
          resourceName: name,
          configs: operations.map((operation) => ({
            name: operation.name,
            configOperation: configOperationId[operation.operation],
            value: operation.value === undefined || operation.value === null ? null : String(operation.value),
          })),
        }));
        const message = { resources, validateOnly };
        const { response } = await context.cluster.send({ to, api: INCREMENTAL_ALTER_CONFIGS, message });
        return resourceOutcomes(response.responses, 'Altering', () => true as const);
      },
    },
    options,
  );
}

export async function alterConfigs(
  context: AdminContext,
  replacements: readonly ConfigReplacement[],
  options: AlterConfigsOptions,
): Promise<void> {
  const { validateOnly = false } = options;
  await runItems<ConfigReplacement, true>(
    context,
    {
      operation: 'alterConfigs',
      items: replacements,
      keyOf: resourceKey,
      route: byBroker,
      ask: async ({ to, items }) => {
        const resources = items.map(({ type, name, configs }) => ({
          resourceType: resourceTypeId[type],
          resourceName: name,
          configs: Object.entries(configs).map(([key, value]) => ({ name: key, value: String(value) })),
        }));
        const message = { resources, validateOnly };
        const { response } = await context.cluster.send({ to, api: ALTER_CONFIGS, message });
        return resourceOutcomes(response.responses, 'Altering', () => true as const);
      },
    },
    options,
  );
}

/** A broker answers for itself; everything else any broker answers. The broker named "" is the cluster default. */
function byBroker<Item extends ConfigResource>(items: readonly Item[]): Route<Item>[] {
  const others = items.filter((item) => !isOwn(item));
  const routes: Route<Item>[] = items
    .filter(isOwn)
    .map((item) => ({ to: { nodeId: Number(item.name) }, items: [item] }));
  return others.length === 0 ? routes : [...routes, { to: 'any', items: others }];
}

function isOwn({ type, name }: ConfigResource): boolean {
  return (type === 'broker' || type === 'broker-logger') && name !== '';
}

interface ResourceAnswer {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly resourceType: number;
  readonly resourceName: string;
}

function resourceOutcomes<Answer extends ResourceAnswer, Value>(
  answers: readonly Answer[],
  doing: string,
  valueOf: (answer: Answer) => Value,
): Outcomes<Value> {
  return new Map<string, Value | Error>(
    answers.map((answer) => {
      const { errorCode, errorMessage, resourceName } = answer;
      const key = resourceKey({ type: resourceTypeOf(answer.resourceType), name: resourceName });
      if (errorCode === ErrorCode.NONE) return [key, valueOf(answer)];
      return [key, kafkaFailure(errorCode, `${doing} configuration of ${key}`, errorMessage)];
    }),
  );
}

type EntryAnswer = DescribeConfigsResponse['results'][number]['configs'][number];

function entries(configs: readonly EntryAnswer[]): Map<string, ConfigEntry> {
  return new Map(
    configs.map((config) => [
      config.name,
      {
        name: config.name,
        value: config.value,
        source: configSourceOf(config.configSource),
        isDefault: configSourceOf(config.configSource) === 'DEFAULT_CONFIG',
        isReadOnly: config.readOnly,
        isSensitive: config.isSensitive,
        type: configTypeOf(config.configType),
        documentation: config.documentation,
        synonyms: config.synonyms.map(({ name, value, source }) => ({
          name,
          value,
          source: configSourceOf(source),
        })),
      },
    ]),
  );
}
