import { InvalidPropertyError } from '@millrace/config';
import { KafkaError } from '@millrace/protocol';
import { ConfigRecord } from '@millrace/protocol/messages/metadata-records';
import { brokerDefinition } from '../config/broker-config.ts';
import { CORDONED_LOG_DIRS } from '../config/cordoned-directories.ts';
import { LISTENER_PREFIX } from '../config/listener-property.ts';
import { isKafkaPropertyWithoutEffect } from '../config/properties-without-effect.ts';
import { clientMetricsSubscription } from '../config/client-metrics-config.ts';
import { checkGroupConfig, groupConfigDefinition } from '../config/group-config.ts';
import { topicDefinition } from '../config/topic-config.ts';
import { ConfigResourceType } from '../metadata/cluster-image.ts';
import { isElrEnabled } from '../metadata/features.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { checkCordonedDirectories } from './check-cordoned-directories.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { checkLength, checkListItems, checkTopicConfig } from './check-config-values.ts';
import { forgetEligible, MIN_IN_SYNC_REPLICAS } from './forget-eligible.ts';
import { duplicates, refuse } from './topic-request-error.ts';

/** Operations of IncrementalAlterConfigs, by Kafka's numbers. */
export const ConfigOperation = { SET: 0, DELETE: 1, APPEND: 2, SUBTRACT: 3 } as const;

/** Changes of one resource. */
export interface ConfigAlteration {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly changes: readonly ConfigChange[];
  /** Legacy AlterConfigs: what is not mentioned goes back to its default. */
  readonly replacesAll: boolean;
}

export interface ConfigChange {
  readonly name: string;
  readonly operation: number;
  readonly value: string | null;
}

type ConfigChangeRecord = Extract<MetadataRecord, { type: 'Config' }>;

export interface AlteredResource {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly error: KafkaError | undefined;
}

export interface AlterConfigsOptions {
  readonly validateOnly?: boolean;
  /** Each broker whose configuration is altered has looked at it. Default: it has not been asked. */
  readonly isCheckedByBroker?: boolean;
}

/** Alters the configuration of each resource, all of its changes or none. */
export function alterConfigs(
  state: ControllerState,
  alterations: readonly ConfigAlteration[],
  { validateOnly = false, isCheckedByBroker = false }: AlterConfigsOptions = {},
): ControllerResult<AlteredResource[]> {
  const records: ConfigChangeRecord[] = [];
  const keyOf = ({ resourceType, resourceName }: ConfigAlteration) => `${resourceType}:${resourceName}`;
  const twice = duplicates(alterations.map(keyOf));
  const response = alterations.map((alteration): AlteredResource => {
    const { resourceType, resourceName } = alteration;
    try {
      if (twice.has(keyOf(alteration)))
        throw refuse('INVALID_REQUEST', 'Each resource must appear at most once.');
      const altered = alterResource(state, alteration, isCheckedByBroker);
      checkMinInSyncReplicas(state, altered);
      records.push(...altered);
      return { resourceType, resourceName, error: undefined };
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      return { resourceType, resourceName, error };
    }
  });
  if (validateOnly) return { records: [], response };
  return { records: [...records, ...forgetEligible(state, topicsOf(records))], response };
}

/** Topics whose `min.insync.replicas` changes; '' for all. */
function topicsOf(records: readonly ConfigChangeRecord[]): string[] {
  return records
    .filter(({ data }) => data.name === MIN_IN_SYNC_REPLICAS)
    .map(({ data }) => (data.resourceType === ConfigResourceType.TOPIC ? data.resourceName : ''));
}

/** Who is eligible to lead rests on this property, so that it must be the same everywhere. @throws KafkaError */
function checkMinInSyncReplicas({ image }: ControllerState, records: readonly ConfigChangeRecord[]): void {
  if (!isElrEnabled(image)) return;
  for (const { data } of records) {
    if (data.resourceType !== ConfigResourceType.BROKER || data.name !== MIN_IN_SYNC_REPLICAS) continue;
    if (data.resourceName !== '') {
      throw refuse(
        'INVALID_CONFIG',
        'Broker-level min.insync.replicas cannot be altered while ELR is enabled.',
      );
    }
    if (data.value === null) {
      throw refuse(
        'INVALID_CONFIG',
        'Cluster-level min.insync.replicas cannot be removed while ELR is enabled.',
      );
    }
  }
}

function alterResource(
  state: ControllerState,
  alteration: ConfigAlteration,
  isCheckedByBroker: boolean,
): ConfigChangeRecord[] {
  const { resourceType, resourceName, changes, replacesAll } = alteration;
  checkResource(state, resourceType, resourceName);
  if (duplicates(changes.map(({ name }) => name)).size > 0) {
    throw refuse('INVALID_REQUEST', 'Error due to duplicate config keys');
  }
  const current = state.image.configs.of(resourceType, resourceName);
  const wanted = new Map(replacesAll ? [] : current);
  for (const change of changes) {
    const value = newValue(alteration, change, current);
    if (value === null) wanted.delete(change.name);
    else wanted.set(change.name, value);
  }
  if (resourceType === ConfigResourceType.GROUP) checkGroupConfig(wanted, state.config.values);
  if (resourceType === ConfigResourceType.CLIENT_METRICS) clientMetricsSubscription(wanted);
  checkCordonedDirectories(state, alteration, wanted.get(CORDONED_LOG_DIRS), isCheckedByBroker);
  const names = new Set([...current.keys(), ...wanted.keys()]);
  return [...names]
    .filter((name) => current.get(name) !== wanted.get(name))
    .map((name) => ({
      type: 'Config',
      data: ConfigRecord.create({ resourceType, resourceName, name, value: wanted.get(name) ?? null }),
    }));
}

function checkResource({ image }: ControllerState, resourceType: number, resourceName: string): void {
  if (resourceType === ConfigResourceType.TOPIC) {
    if (!image.topics.byName.has(resourceName)) {
      throw refuse('UNKNOWN_TOPIC_OR_PARTITION', `The topic '${resourceName}' does not exist.`);
    }
  } else if (resourceType === ConfigResourceType.BROKER) {
    if (resourceName !== '' && !image.brokers.has(Number(resourceName))) {
      throw refuse('BROKER_ID_NOT_REGISTERED', `No broker with id ${resourceName} found.`);
    }
  } else if (resourceType === ConfigResourceType.GROUP) {
    if (resourceName === '') throw refuse('INVALID_REQUEST', 'Default group resources are not allowed.');
  } else if (resourceType === ConfigResourceType.CLIENT_METRICS) {
    if (resourceName === '') throw refuse('INVALID_REQUEST', "Subscription name can't be empty");
  } else {
    throw refuse('INVALID_REQUEST', `Configuration of resource type ${resourceType} is not supported`);
  }
}

function newValue(
  { resourceType, resourceName }: ConfigAlteration,
  { name, operation, value }: ConfigChange,
  current: ReadonlyMap<string, string>,
): string | null {
  if (operation === ConfigOperation.DELETE) return null;
  if (value === null) throw refuse('INVALID_REQUEST', `Null value not supported for : ${name}`);
  const definition = definitionOf(resourceType, name);
  const check = checkOf(resourceType, resourceName);
  if (operation === ConfigOperation.SET) {
    check(name, value);
    return value;
  }
  if (operation !== ConfigOperation.APPEND && operation !== ConfigOperation.SUBTRACT) {
    throw refuse('INVALID_REQUEST', `Unknown config operation ${operation} for ${name}`);
  }
  // Kafka adds to what it can look up by its name alone: not to the properties of one listener.
  if (definition?.type !== 'list' || name.startsWith(LISTENER_PREFIX)) {
    const verb = operation === ConfigOperation.APPEND ? 'APPEND to' : 'SUBTRACT from';
    throw refuse('INVALID_CONFIG', `Can't ${verb} key ${name} because its type is not LIST.`);
  }
  checkLength(name, value);
  // As in Kafka neither the default of all nodes counts nor a file, which may differ from node to node.
  const existing = current.get(name) ?? definition.format(definition.default);
  const changed = changedList(existing, value, operation === ConfigOperation.APPEND);
  check(name, changed);
  return changed;
}

function definitionOf(resourceType: number, name: string) {
  if (resourceType === ConfigResourceType.TOPIC) return topicDefinition(name);
  // Kafka adds nothing to the lists of client metrics.
  if (resourceType === ConfigResourceType.CLIENT_METRICS) return undefined;
  return resourceType === ConfigResourceType.GROUP ? groupConfigDefinition(name) : brokerDefinition(name);
}

/** Checks one value. Those of groups and of client metrics are checked together, when all are known. */
function checkOf(resourceType: number, resourceName: string): (name: string, value: string) => void {
  if (resourceType === ConfigResourceType.TOPIC) return checkTopicConfig;
  const isCheckedAsAWhole =
    resourceType === ConfigResourceType.GROUP || resourceType === ConfigResourceType.CLIENT_METRICS;
  if (isCheckedAsAWhole) return checkLength;
  return (name, value) => checkBrokerConfig(name, value, resourceName);
}

/** Items are compared as they are written, one after the other. */
function changedList(existing: string, change: string, isAppend: boolean): string {
  const items = existing.split(',').filter((item) => item !== '');
  for (const item of itemsAsInJava(change)) {
    const index = items.indexOf(item);
    if (isAppend && index === -1) items.push(item);
    else if (!isAppend && index !== -1) items.splice(index, 1);
  }
  return items.join(',');
}

/** As Java splits text: what is empty at the end is dropped, unless there is nothing else. */
function itemsAsInJava(text: string): readonly string[] {
  if (text === '') return [''];
  const end = text.replace(/,+$/, '');
  return end === '' ? [] : end.split(',');
}

function checkBrokerConfig(name: string, value: string, resourceName: string): void {
  checkLength(name, value);
  const definition = brokerDefinition(name);
  // Kafka keeps what it does not know: a plugin may look for it.
  if (definition === undefined && !isKafkaPropertyWithoutEffect(name)) return;
  if (definition === undefined || definition.updateMode === 'read-only') {
    throw refuse(
      'INVALID_REQUEST',
      `Cannot update these configs dynamically: ${name}; change it in the properties file`,
    );
  }
  if (definition.updateMode === 'per-broker' && resourceName === '') {
    throw refuse('INVALID_REQUEST', `Cannot update these configs at default cluster level: ${name}`);
  }
  try {
    checkListItems(definition, name, value);
    definition.parse(value);
  } catch (cause) {
    // For topics Kafka answers INVALID_CONFIG.
    const invalid =
      cause instanceof InvalidPropertyError ? cause : InvalidPropertyError.illegal(name, value, cause);
    throw new KafkaError('INVALID_REQUEST', invalid.message, { cause });
  }
}
