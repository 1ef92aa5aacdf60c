import { nearestName, type PropertyValues } from '@millrace/config';
import { nodeHost, silentLogger } from '@millrace/host';
import { clientOptionNames, type ClientOptions } from '../client-options.ts';
import type { ClusterSettings } from '../cluster/cluster-settings.ts';
import { settingsFromProperties } from '../cluster/settings-from-properties.ts';
import { InvalidConfigError } from '../errors.ts';
import { checkOptionNames } from '../option-checks.ts';
import { parseProperties } from '../parse-properties.ts';
import type { Assignor, RebalanceProtocol } from './assignors/assignor.ts';
import { builtInAssignors } from './assignors/built-in-assignors.ts';
import type { ConsumerInterceptor } from './consumer-interceptors.ts';
import { consumerProperties, type ConsumerProperties } from './consumer-properties.ts';
import { parseOffsetResetPolicy, type OffsetResetPolicy } from './subscription/offset-reset-policy.ts';

/** What is not a Kafka property. */
export interface ConsumerOptions extends ClientOptions {
  /** Assignors of your own, to be named in `partition.assignment.strategy`. */
  readonly assignors?: readonly Assignor[];
  /**
   * Bytes of fetched records that may wait in memory, as received (compressed batches count compressed); reading
   * stops when they are full. One batch larger than that is still read. Default: `fetch.max.bytes`.
   */
  readonly maxBufferedBytes?: number;
  /** See what is handed out, and what is committed; in this order. */
  readonly interceptors?: readonly ConsumerInterceptor[];
}

const optionNames = Object.keys({
  ...clientOptionNames,
  assignors: true,
  maxBufferedBytes: true,
  interceptors: true,
} satisfies Record<keyof ConsumerOptions, true>);

export type ConsumerPropertyValues = PropertyValues<typeof consumerProperties.definitions>;

/** Properties and options, checked against each other. */
export interface ConsumerSettings {
  readonly cluster: ClusterSettings;
  readonly values: ConsumerPropertyValues;
  /** Undefined without a group. */
  readonly groupId: string | undefined;
  readonly groupInstanceId: string | null;
  readonly autoCommits: boolean;
  readonly resetPolicy: OffsetResetPolicy;
  readonly isolationLevel: 'read_uncommitted' | 'read_committed';
  readonly assignors: readonly Assignor[];
  /** The best that all assignors support. */
  readonly rebalanceProtocol: RebalanceProtocol;
  readonly maxBufferedBytes: number;
  readonly interceptors: readonly ConsumerInterceptor[];
}

/** @throws InvalidPropertyError, InvalidConfigError, InvalidOptionError */
export function consumerSettings(properties: ConsumerProperties, options: ConsumerOptions): ConsumerSettings {
  checkOptionNames('Consumer', options, optionNames);
  const { values, explicit } = parseProperties('Consumer', consumerProperties, properties, options);
  const { host = nodeHost(), logger = silentLogger } = options;
  checkCombinations(values, explicit);
  const assignors = resolveAssignors(values['partition.assignment.strategy'], options.assignors ?? []);
  const groupId = values['group.id'] === '' ? undefined : values['group.id'];
  return {
    cluster: settingsFromProperties(withClientId(values), {
      host,
      logger,
      clientName: 'Consumer',
      kind: 'consumer',
      connection: options,
      allowAutoTopicCreation: values['allow.auto.create.topics'],
    }),
    values,
    groupId,
    groupInstanceId: values['group.instance.id'] === '' ? null : values['group.instance.id'],
    autoCommits: values['enable.auto.commit'] && groupId !== undefined,
    resetPolicy: resetPolicy(values['auto.offset.reset']),
    isolationLevel: values['isolation.level'] === 'read_committed' ? 'read_committed' : 'read_uncommitted',
    assignors,
    rebalanceProtocol: commonProtocol(assignors),
    maxBufferedBytes: options.maxBufferedBytes ?? values['fetch.max.bytes'],
    interceptors: options.interceptors ?? [],
  };
}

/** The client id is part of the member ids a coordinator gives out, and of its logs: better a plain one than none. */
function withClientId(values: ConsumerPropertyValues): ConsumerPropertyValues {
  if (values['client.id'] !== '') return values;
  return {
    ...values,
    'client.id': values['group.id'] === '' ? 'consumer' : `consumer-${values['group.id']}`,
  };
}

function checkCombinations(values: ConsumerPropertyValues, explicit: ReadonlySet<string>): void {
  if (values['group.protocol'] === 'consumer') checkServerAssigned(explicit);
  if (values['group.protocol'] === 'classic' && explicit.has('group.remote.assignor')) {
    throw new InvalidConfigError(
      'group.remote.assignor',
      'is for group.protocol=consumer; members of a classic group go by partition.assignment.strategy',
    );
  }
  const heartbeatMs = values['heartbeat.interval.ms'];
  const sessionMs = values['session.timeout.ms'];
  if (heartbeatMs >= sessionMs) {
    throw new InvalidConfigError(
      'heartbeat.interval.ms',
      `is ${heartbeatMs}, but must be below session.timeout.ms (${sessionMs})`,
    );
  }
  if (explicit.has('enable.auto.commit') && values['enable.auto.commit'] && values['group.id'] === '') {
    throw new InvalidConfigError(
      'enable.auto.commit',
      'is true, but without group.id there is nothing to commit to',
    );
  }
}

/** With KIP-848 the broker decides these; a value would be silently without effect. */
const decidedByBroker = ['partition.assignment.strategy', 'session.timeout.ms', 'heartbeat.interval.ms'];

function checkServerAssigned(explicit: ReadonlySet<string>): void {
  const name = decidedByBroker.find((one) => explicit.has(one));
  if (name === undefined) return;
  throw new InvalidConfigError(
    name,
    'cannot be set with group.protocol=consumer: the broker decides it; leave it out, or use group.protocol=classic',
  );
}

function resetPolicy(text: string): OffsetResetPolicy {
  try {
    return parseOffsetResetPolicy(text);
  } catch (cause) {
    const legal = cause instanceof Error ? cause.message : '';
    throw new InvalidConfigError('auto.offset.reset', `is "${text}", but must be ${legal}`, { cause });
  }
}

/** What they are called in files written for Java. */
const javaAssignors: ReadonlyMap<string, string> = new Map([
  ['org.apache.kafka.clients.consumer.RangeAssignor', 'range'],
  ['org.apache.kafka.clients.consumer.RoundRobinAssignor', 'roundrobin'],
  ['org.apache.kafka.clients.consumer.StickyAssignor', 'sticky'],
  ['org.apache.kafka.clients.consumer.CooperativeStickyAssignor', 'cooperative-sticky'],
]);

function resolveAssignors(names: readonly string[], own: readonly Assignor[]): readonly Assignor[] {
  const known = new Map([...builtInAssignors, ...own.map((assignor) => [assignor.name, assignor] as const)]);
  if (names.length === 0) {
    throw new InvalidConfigError(
      'partition.assignment.strategy',
      'is empty, but must name at least one assignor',
    );
  }
  return names.map((name) => {
    const assignor = known.get(javaAssignors.get(name) ?? name);
    if (assignor !== undefined) return assignor;
    const nearest = nearestName(name, [...known.keys()]);
    const hint =
      nearest === undefined ? `known are ${[...known.keys()].join(', ')}` : `did you mean "${nearest}"?`;
    throw new InvalidConfigError(
      'partition.assignment.strategy',
      `names the unknown assignor "${name}"; ${hint}`,
    );
  });
}

/** Members of one group must revoke alike, so one eager assignor makes the whole consumer eager. */
function commonProtocol(assignors: readonly Assignor[]): RebalanceProtocol {
  return assignors.every(({ supportedProtocols }) => supportedProtocols.includes('cooperative'))
    ? 'cooperative'
    : 'eager';
}
