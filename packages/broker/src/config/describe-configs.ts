import type { PropertyDefinition, PropertyType } from '@millrace/config';
import { brokerDefinition, type BrokerConfig } from './broker-config.ts';
import { brokerProperties } from './broker-properties.ts';
import { clientMetricsConfigDefinition, clientMetricsConfigProperties } from './client-metrics-config.ts';
import { ConfigSource, type ConfigAssignment } from './config-source.ts';
import { dynamicNamesWithoutEffect } from './dynamic-properties-without-effect.ts';
import { groupConfigDefinition, groupConfigProperties, groupConfigSynonym } from './group-config.ts';
import { listenerPropertyDefinition } from './listener-property.ts';
import { topicConfigNames, topicConfigValue, topicDefinition } from './topic-config.ts';

/** An assignment whose value is `null` where it is a secret. */
type DescribedSynonym = Omit<ConfigAssignment, 'value'> & { readonly value: string | null };

/** One property as DescribeConfigs reports it. */
export interface DescribedConfig {
  readonly name: string;
  /** `null` when not set, or secret. */
  readonly value: string | null;
  readonly source: number;
  readonly isReadOnly: boolean;
  readonly isSensitive: boolean;
  readonly synonyms: readonly DescribedSynonym[];
  /** Kafka's number of the type. */
  readonly type: number;
  readonly doc: string;
}

const typeNumbers: Readonly<Record<PropertyType, number>> = {
  boolean: 1,
  string: 2,
  int: 3,
  short: 4,
  long: 5,
  double: 6,
  list: 7,
  password: 9,
};

/** Every topic property, with the values of a topic with the given overrides. */
export function describeTopicConfigs(
  overrides: ReadonlyMap<string, string>,
  broker: BrokerConfig,
): readonly DescribedConfig[] {
  return topicConfigNames(overrides).map((name) => {
    const { value, source, synonyms } = topicConfigValue(name, overrides, broker);
    return {
      name,
      value,
      source,
      isReadOnly: false,
      synonyms,
      ...describeDefinition(topicDefinition(name)!),
    };
  });
}

/** Every setting of a group, with the values of a group with the given overrides. */
export function describeGroupConfigs(
  overrides: ReadonlyMap<string, string>,
  broker: BrokerConfig,
): readonly DescribedConfig[] {
  return [...groupConfigProperties.names()].map((name) => {
    const definition = groupConfigDefinition(name)!;
    const synonym = groupConfigSynonym(name);
    const own = overrides.get(name);
    const synonyms: ConfigAssignment[] =
      own === undefined ? [] : [{ name, value: own, source: ConfigSource.DYNAMIC_GROUP }];
    if (synonym === undefined)
      synonyms.push({ name, value: definition.format(definition.default), source: ConfigSource.DEFAULT });
    else synonyms.push(...broker.assignments(synonym.broker));
    const { value, source } = synonyms[0]!;
    return { name, value, source, isReadOnly: false, synonyms, ...describeDefinition(definition) };
  });
}

/** Every setting of a client metrics resource, with the values of one with the given overrides. */
export function describeClientMetricsConfigs(
  overrides: ReadonlyMap<string, string>,
): readonly DescribedConfig[] {
  return [...clientMetricsConfigProperties.names()].map((name) => {
    const definition = clientMetricsConfigDefinition(name)!;
    const own = overrides.get(name);
    const value = own ?? definition.format(definition.default);
    const source = own === undefined ? ConfigSource.DEFAULT : ConfigSource.DYNAMIC_CLIENT_METRICS;
    // Kafka does not count a default as a synonym here.
    const synonyms = own === undefined ? [] : [{ name, value, source }];
    return { name, value, source, isReadOnly: false, synonyms, ...describeDefinition(definition) };
  });
}

/** Every broker property; with `onlyClusterWide` those that are set for the whole cluster. */
export function describeBrokerConfigs(
  broker: BrokerConfig,
  { onlyClusterWide }: { readonly onlyClusterWide: boolean },
): readonly DescribedConfig[] {
  const described: DescribedConfig[] = [];
  const known = [...brokerProperties.names(), ...broker.listenerPropertyNames, ...dynamicNamesWithoutEffect];
  for (const name of [...known, ...broker.customNames]) {
    const definition = brokerDefinition(name);
    const all = broker.assignments(name);
    const synonyms = onlyClusterWide
      ? all.filter(({ source }) => source === ConfigSource.DYNAMIC_DEFAULT_BROKER)
      : all;
    if (onlyClusterWide && synonyms.length === 0) continue;
    const facts = definition === undefined ? unknownType : describeDefinition(definition);
    described.push({
      name,
      value: facts.isSensitive ? null : (synonyms[0]?.value ?? null),
      source: synonyms[0]?.source ?? ConfigSource.DEFAULT,
      isReadOnly: isReadOnly(name),
      synonyms: facts.isSensitive ? synonyms.map((synonym) => ({ ...synonym, value: null })) : synonyms,
      ...facts,
    });
  }
  return described;
}

/** As Kafka has it, also said of what only a listener may be given, and of what nobody knows. */
function isReadOnly(name: string): boolean {
  const definition = brokerDefinition(name);
  const isOfListener = listenerPropertyDefinition(name) !== undefined;
  return definition === undefined || isOfListener || definition.updateMode === 'read-only';
}

/** What is of no known type may be a secret. */
const unknownType = { type: 0, doc: '', isSensitive: true } as const;

function describeDefinition(definition: PropertyDefinition<unknown>) {
  return {
    type: typeNumbers[definition.type],
    doc: definition.doc,
    isSensitive: definition.type === 'password',
  };
}
