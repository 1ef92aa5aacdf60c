import {
  InvalidPropertyError,
  property,
  PropertySet,
  type PropertyDefinition,
  type PropertyValues,
} from '@millrace/config';
import { KafkaError } from '@millrace/protocol';
import type { BrokerPropertyValues } from './broker-properties.ts';
import { checkOffsetReset } from './offset-reset.ts';

const definitions = {
  'consumer.session.timeout.ms': property.int({
    default: 45000,
    min: 1,
    doc: 'How long a member of this consumer group may be silent.',
  }),
  'consumer.heartbeat.interval.ms': property.int({
    default: 5000,
    min: 1,
    doc: 'How often members of this consumer group are told to send heartbeats.',
  }),
  'consumer.assignment.interval.ms': property.int({
    default: 0,
    min: 0,
    doc: 'Least time between two assignments of this consumer group.',
  }),
  'share.session.timeout.ms': property.int({
    default: 45000,
    min: 1,
    doc: 'How long a member of this share group may be silent.',
  }),
  'share.heartbeat.interval.ms': property.int({
    default: 5000,
    min: 1,
    doc: 'How often members of this share group are told to send heartbeats.',
  }),
  'share.assignment.interval.ms': property.int({
    default: 0,
    min: 0,
    doc: 'Least time between two assignments of this share group.',
  }),
  'share.record.lock.duration.ms': property.int({
    default: 30000,
    min: 1,
    doc: 'How long a record that was handed out is kept for its consumer; then it is delivered again.',
  }),
  'share.delivery.count.limit': property.int({
    default: 5,
    min: 2,
    doc: 'How often a record is delivered before it is given up.',
  }),
  'share.partition.max.record.locks': property.int({
    default: 2000,
    min: 1,
    doc: 'Records of a partition, from the first unfinished one to the last delivered one, that the group may have under way.',
  }),
  'share.auto.offset.reset': property.string({
    default: 'latest',
    doc: 'Where a group that is new to a partition begins: `earliest`, `latest`, or `by_duration:` and a duration in ISO 8601, `by_duration:PT1H` for an hour ago.',
  }),
  'share.isolation.level': property.string({
    default: 'read_uncommitted',
    oneOf: ['read_committed', 'read_uncommitted'],
    doc: 'Whether records of transactions that are open or were aborted are delivered.',
  }),
  'share.renew.acknowledge.enable': property.boolean({
    default: true,
    doc: 'May consumers renew their hold on a record?',
  }),
  'streams.session.timeout.ms': property.int({
    default: 45000,
    min: 1,
    doc: 'How long a member of this streams group may be silent.',
  }),
  'streams.heartbeat.interval.ms': property.int({
    default: 5000,
    min: 1,
    doc: 'How often members of this streams group are told to send heartbeats.',
  }),
  'streams.num.standby.replicas': property.int({
    default: 0,
    min: 0,
    doc: 'How many members of this streams group keep a copy of the state of each task.',
  }),
  'streams.initial.rebalance.delay.ms': property.int({
    default: 0,
    min: 0,
    doc: 'How long this streams group waits for more members before its first assignment.',
  }),
  'streams.assignment.interval.ms': property.int({
    default: 0,
    min: 0,
    doc: 'Least time between two assignments of this streams group.',
  }),
} as const;

/** The settings that a single group may have (config resource type GROUP), with Kafka's names. */
export const groupConfigProperties = new PropertySet(definitions);

export type GroupConfigValues = PropertyValues<typeof definitions>;
export type GroupConfigName = keyof GroupConfigValues;

/** The broker property that a setting defaults to, and those that bound it, where there are any. */
export const groupConfigSynonyms = {
  'consumer.session.timeout.ms': {
    broker: 'group.consumer.session.timeout.ms',
    min: 'group.consumer.min.session.timeout.ms',
    max: 'group.consumer.max.session.timeout.ms',
  },
  'consumer.heartbeat.interval.ms': {
    broker: 'group.consumer.heartbeat.interval.ms',
    min: 'group.consumer.min.heartbeat.interval.ms',
    max: 'group.consumer.max.heartbeat.interval.ms',
  },
  'consumer.assignment.interval.ms': {
    broker: 'group.consumer.assignment.interval.ms',
    min: 'group.consumer.min.assignment.interval.ms',
    max: 'group.consumer.max.assignment.interval.ms',
  },
  'share.session.timeout.ms': {
    broker: 'group.share.session.timeout.ms',
    min: 'group.share.min.session.timeout.ms',
    max: 'group.share.max.session.timeout.ms',
  },
  'share.heartbeat.interval.ms': {
    broker: 'group.share.heartbeat.interval.ms',
    min: 'group.share.min.heartbeat.interval.ms',
    max: 'group.share.max.heartbeat.interval.ms',
  },
  'share.assignment.interval.ms': {
    broker: 'group.share.assignment.interval.ms',
    min: 'group.share.min.assignment.interval.ms',
    max: 'group.share.max.assignment.interval.ms',
  },
  'share.record.lock.duration.ms': {
    broker: 'group.share.record.lock.duration.ms',
    min: 'group.share.min.record.lock.duration.ms',
    max: 'group.share.max.record.lock.duration.ms',
  },
  'share.delivery.count.limit': {
    broker: 'group.share.delivery.count.limit',
    min: 'group.share.min.delivery.count.limit',
    max: 'group.share.max.delivery.count.limit',
  },
  'share.partition.max.record.locks': {
    broker: 'group.share.partition.max.record.locks',
    min: 'group.share.min.partition.max.record.locks',
    max: 'group.share.max.partition.max.record.locks',
  },
  'streams.session.timeout.ms': {
    broker: 'group.streams.session.timeout.ms',
    min: 'group.streams.min.session.timeout.ms',
    max: 'group.streams.max.session.timeout.ms',
  },
  'streams.heartbeat.interval.ms': {
    broker: 'group.streams.heartbeat.interval.ms',
    min: 'group.streams.min.heartbeat.interval.ms',
    max: 'group.streams.max.heartbeat.interval.ms',
  },
  'streams.num.standby.replicas': {
    broker: 'group.streams.num.standby.replicas',
    max: 'group.streams.max.standby.replicas',
  },
  'streams.initial.rebalance.delay.ms': { broker: 'group.streams.initial.rebalance.delay.ms' },
  'streams.assignment.interval.ms': {
    broker: 'group.streams.assignment.interval.ms',
    min: 'group.streams.min.assignment.interval.ms',
    max: 'group.streams.max.assignment.interval.ms',
  },
} as const satisfies Partial<Record<GroupConfigName, GroupConfigSynonym>>;

interface GroupConfigSynonym {
  readonly broker: keyof BrokerPropertyValues;
  readonly min?: keyof BrokerPropertyValues;
  readonly max?: keyof BrokerPropertyValues;
}

type Synonym = (typeof groupConfigSynonyms)[keyof typeof groupConfigSynonyms];

/** The broker properties that the settings of groups are read from, by Kafka's names. */
export type GroupConfigDefaults = Pick<BrokerPropertyValues, Bound<'broker'> | Bound<'min'> | Bound<'max'>>;

type Bound<Part extends keyof GroupConfigSynonym> =
  Extract<Synonym, Readonly<Record<Part, unknown>>> extends infer Known
    ? Known extends Readonly<Record<Part, infer Name extends keyof BrokerPropertyValues>>
      ? Name
      : never
    : never;

export function groupConfigSynonym(name: string): Synonym | undefined {
  return (groupConfigSynonyms as Partial<Record<string, Synonym>>)[name];
}

/** The definition of a group setting; `undefined` for other names. */
export function groupConfigDefinition(name: string): PropertyDefinition<unknown> | undefined {
  return groupConfigProperties.has(name) ? definitions[name] : undefined;
}

/**
 * The settings of a group: its own, otherwise those of the broker. Bounds that were narrowed after a group was given a
 * value pull the value in.
 */
export function groupConfigOf(
  overrides: ReadonlyMap<string, string>,
  broker: GroupConfigDefaults,
): GroupConfigValues {
  const values: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries(definitions)) {
    const synonym = groupConfigSynonym(name);
    const text = overrides.get(name);
    const standard = synonym === undefined ? definition.default : broker[synonym.broker];
    values[name] = text === undefined ? standard : withinBounds(definition.parse(text), synonym, broker);
  }
  return values as GroupConfigValues;
}

function withinBounds(value: unknown, synonym: Synonym | undefined, broker: GroupConfigDefaults): unknown {
  if (typeof value !== 'number' || synonym === undefined) return value;
  const { least, most } = boundsOf(synonym, broker);
  return Math.min(Math.max(value, least), most);
}

function boundsOf(synonym: Synonym, broker: GroupConfigDefaults) {
  return {
    least: 'min' in synonym ? broker[synonym.min] : -Infinity,
    most: 'max' in synonym ? broker[synonym.max] : Infinity,
  };
}

/**
 * Checks the settings a group is to have, together: texts of refusals are those of Apache Kafka.
 * @throws KafkaError INVALID_CONFIG
 */
export function checkGroupConfig(overrides: ReadonlyMap<string, string>, broker: GroupConfigDefaults): void {
  for (const [name, text] of overrides) checkSetting(name, text, broker);
  const values = groupConfigOf(overrides, broker);
  for (const kind of ['consumer', 'share', 'streams'] as const) {
    const [session, heartbeat] = [`${kind}.session.timeout.ms`, `${kind}.heartbeat.interval.ms`] as const;
    const isChanged = overrides.has(session) || overrides.has(heartbeat);
    if (isChanged && values[session] <= values[heartbeat])
      throw invalid(`${session} must be greater than ${heartbeat}`);
  }
}

function checkSetting(name: string, text: string, broker: GroupConfigDefaults): void {
  const definition = groupConfigDefinition(name);
  if (definition === undefined) throw invalid(`Unknown group config name: ${name}`);
  const value = parse(name, text, definition);
  if (name === 'share.auto.offset.reset') checkOffsetReset(text);
  const synonym = groupConfigSynonym(name);
  if (synonym === undefined || typeof value !== 'number') return;
  const { least, most } = boundsOf(synonym, broker);
  if ('min' in synonym && value < least)
    throw invalid(`${name} must be greater than or equal to ${synonym.min}`);
  if ('max' in synonym && value > most) throw invalid(`${name} must be less than or equal to ${synonym.max}`);
}

function parse(name: string, text: string, definition: PropertyDefinition<unknown>): unknown {
  try {
    return definition.parse(text);
  } catch (cause) {
    throw new KafkaError('INVALID_CONFIG', InvalidPropertyError.illegal(name, text, cause).message, {
      cause,
    });
  }
}

function invalid(text: string): KafkaError {
  return new KafkaError('INVALID_CONFIG', text);
}
