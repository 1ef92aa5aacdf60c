import { logProperties, type LogConfig } from '@millrace/log';
import type { BrokerConfig } from './broker-config.ts';
import { ConfigSource, type ConfigAssignment } from './config-source.ts';
import type { PropertyDefinition } from '@millrace/config';
import { schemaValidationProperties } from '../schema-validation/schema-validation-properties.ts';

const HOUR_MS = 3600000;
const MINUTE_MS = 60000;

interface BrokerSynonym {
  readonly name: string;
  /** Milliseconds in one unit of the broker property. */
  readonly unitMs?: number;
}

/** Broker properties behind each topic property, finest unit first (KafkaConfig, TopicConfigSynonyms). */
const brokerSynonyms: Readonly<Record<string, readonly BrokerSynonym[]>> = {
  'cleanup.policy': [{ name: 'log.cleanup.policy' }],
  'segment.bytes': [{ name: 'log.segment.bytes' }],
  'segment.ms': [{ name: 'log.roll.ms' }, { name: 'log.roll.hours', unitMs: HOUR_MS }],
  'segment.jitter.ms': [{ name: 'log.roll.jitter.ms' }, { name: 'log.roll.jitter.hours', unitMs: HOUR_MS }],
  'segment.index.bytes': [{ name: 'log.index.size.max.bytes' }],
  'index.interval.bytes': [{ name: 'log.index.interval.bytes' }],
  'retention.ms': [
    { name: 'log.retention.ms' },
    { name: 'log.retention.minutes', unitMs: MINUTE_MS },
    { name: 'log.retention.hours', unitMs: HOUR_MS },
  ],
  'retention.bytes': [{ name: 'log.retention.bytes' }],
  'delete.retention.ms': [{ name: 'log.cleaner.delete.retention.ms' }],
  'min.compaction.lag.ms': [{ name: 'log.cleaner.min.compaction.lag.ms' }],
  'max.compaction.lag.ms': [{ name: 'log.cleaner.max.compaction.lag.ms' }],
  'min.cleanable.dirty.ratio': [{ name: 'log.cleaner.min.cleanable.ratio' }],
  'max.message.bytes': [{ name: 'message.max.bytes' }],
  'compression.type': [{ name: 'compression.type' }],
  'compression.gzip.level': [{ name: 'compression.gzip.level' }],
  'compression.lz4.level': [{ name: 'compression.lz4.level' }],
  'compression.zstd.level': [{ name: 'compression.zstd.level' }],
  'message.timestamp.type': [{ name: 'log.message.timestamp.type' }],
  'message.timestamp.before.max.ms': [{ name: 'log.message.timestamp.before.max.ms' }],
  'message.timestamp.after.max.ms': [{ name: 'log.message.timestamp.after.max.ms' }],
  'flush.messages': [{ name: 'log.flush.interval.messages' }],
  'flush.ms': [{ name: 'log.flush.interval.ms' }],
  'file.delete.delay.ms': [{ name: 'log.segment.delete.delay.ms' }],
  preallocate: [{ name: 'log.preallocate' }],
  'min.insync.replicas': [{ name: 'min.insync.replicas' }],
  'unclean.leader.election.enable': [{ name: 'unclean.leader.election.enable' }],
};

/** The configuration of one topic: its value for a property, and why it has it. */
export interface TopicConfigValue {
  readonly value: string;
  readonly source: number;
  /** Everything that gives a value, the effective one first. */
  readonly synonyms: readonly ConfigAssignment[];
}

/** One property of a topic with the given overrides. */
export function topicConfigValue(
  name: string,
  overrides: ReadonlyMap<string, string>,
  broker: BrokerConfig,
): TopicConfigValue {
  const synonyms: ConfigAssignment[] = [];
  let effective: string | undefined;
  let source: number = ConfigSource.DEFAULT;
  const override = overrides.get(name);
  if (override !== undefined) {
    effective = override;
    source = ConfigSource.DYNAMIC_TOPIC;
    synonyms.push({ name, value: override, source });
  }
  for (const synonym of brokerSynonyms[name] ?? []) {
    for (const assignment of broker.assignments(synonym.name)) {
      synonyms.push(assignment);
      if (effective !== undefined) continue;
      effective = inTopicUnit(assignment.value, synonym.unitMs);
      source = assignment.source;
    }
  }
  const definition = topicDefinition(name)!;
  return {
    value: effective ?? definition.format(definition.default),
    source,
    synonyms: listedSynonyms(name, synonyms),
  };
}

/** Kafka lists from the first one of the topic's own name or of its finest unit on: coarser ones before that are dropped. */
function listedSynonyms(name: string, synonyms: readonly ConfigAssignment[]): readonly ConfigAssignment[] {
  const finest = brokerSynonyms[name]?.[0]?.name;
  const first = synonyms.findIndex((synonym) => synonym.name === finest);
  const own = synonyms.filter(({ source }) => source === ConfigSource.DYNAMIC_TOPIC);
  return first === -1 ? own : [...own, ...synonyms.slice(Math.max(first, own.length))];
}

type Overrides = ReadonlyMap<string, string>;

/** By the values of the broker and the overrides, which are new objects whenever anything in them changes. */
const logConfigs = new WeakMap<object, WeakMap<Overrides, LogConfig>>();

/**
 * The typed configuration of a topic's logs. Overrides were checked before they were written. Partitions of one topic
 * share it: a node that takes over thousands of partitions asks for it with each of them.
 */
export function topicLogConfig(overrides: Overrides, broker: BrokerConfig): LogConfig {
  const known = logConfigs.get(broker.values) ?? new WeakMap<Overrides, LogConfig>();
  logConfigs.set(broker.values, known);
  const existing = known.get(overrides);
  if (existing !== undefined) return existing;
  const config = parsedLogConfig(overrides, broker);
  known.set(overrides, config);
  return config;
}

function parsedLogConfig(overrides: Overrides, broker: BrokerConfig): LogConfig {
  const input: Record<string, string> = {};
  for (const name of logProperties.names()) input[name] = topicConfigValue(name, overrides, broker).value;
  return logProperties.parse(input).values;
}

/** The definition of a topic property; `undefined` for unknown names. */
export function topicDefinition(name: string): PropertyDefinition<unknown> | undefined {
  if (logProperties.has(name)) return logProperties.definitions[name];
  if (!schemaValidationProperties.has(name)) return undefined;
  return schemaValidationProperties.definitions[name];
}

function inTopicUnit(value: string, unitMs: number | undefined): string {
  // Negative numbers are "forever" in any unit.
  if (unitMs === undefined || value.startsWith('-')) return value;
  return String(Number(value) * unitMs);
}

const kafkaNames: readonly string[] = logProperties.names().toSorted();

/** Every topic property of Kafka, in the order of its tools, and those of other platforms that the topic has. */
export function topicConfigNames(overrides: ReadonlyMap<string, string>): readonly string[] {
  const others = schemaValidationProperties.names().filter((name) => overrides.has(name));
  return others.length === 0 ? kafkaNames : [...kafkaNames, ...others].toSorted();
}
