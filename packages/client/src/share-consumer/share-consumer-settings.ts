import type { PropertyValues } from '@millrace/config';
import { nodeHost, silentLogger } from '@millrace/host';
import { clientOptionNames, type ClientOptions } from '../client-options.ts';
import type { ClusterSettings } from '../cluster/cluster-settings.ts';
import { settingsFromProperties } from '../cluster/settings-from-properties.ts';
import { InvalidConfigError } from '../errors.ts';
import { checkOptionNames } from '../option-checks.ts';
import { parseProperties } from '../parse-properties.ts';
import type { AcknowledgeResult } from './acknowledge/acknowledge-result.ts';
import { shareConsumerProperties, type ShareConsumerProperties } from './share-consumer-properties.ts';

/** What is not a Kafka property. */
export interface ShareConsumerOptions extends ClientOptions {
  /**
   * Hears how acknowledgements ended, also those that polls send. Called between the application's own calls; what it
   * throws is thrown by the next poll.
   */
  readonly onAcknowledged?: (results: readonly AcknowledgeResult[]) => void;
}

const optionNames = Object.keys({
  ...clientOptionNames,
  onAcknowledged: true,
} satisfies Record<keyof ShareConsumerOptions, true>);

export type ShareConsumerPropertyValues = PropertyValues<typeof shareConsumerProperties.definitions>;

/** Properties and options, checked against each other. */
export interface ShareConsumerSettings {
  readonly cluster: ClusterSettings;
  readonly values: ShareConsumerPropertyValues;
  readonly isExplicit: boolean;
  readonly onAcknowledged: ((results: readonly AcknowledgeResult[]) => void) | undefined;
}

/** Properties of consumers that share groups decide themselves; a value would be silently without effect. */
const notForShareGroups: ReadonlyMap<string, string> = new Map([
  ['auto.offset.reset', 'it is the group setting share.auto.offset.reset'],
  ['isolation.level', 'it is the group setting share.isolation.level'],
  ['session.timeout.ms', 'it is the group setting share.session.timeout.ms'],
  ['heartbeat.interval.ms', 'it is the group setting share.heartbeat.interval.ms'],
  ['enable.auto.commit', 'see share.acknowledgement.mode'],
  ['group.instance.id', 'there are no static members'],
  ['group.protocol', 'there is only one'],
  ['group.remote.assignor', 'there is only one'],
  ['partition.assignment.strategy', 'the broker assigns'],
]);

/** @throws InvalidPropertyError, InvalidConfigError, InvalidOptionError */
export function shareConsumerSettings(
  properties: ShareConsumerProperties,
  options: ShareConsumerOptions,
): ShareConsumerSettings {
  checkOptionNames('ShareConsumer', options, optionNames);
  for (const [name, value] of Object.entries(properties)) {
    const reason = value === undefined || value === null ? undefined : notForShareGroups.get(name);
    if (reason !== undefined)
      throw new InvalidConfigError(name, `cannot be set for a share consumer: ${reason}`);
  }
  const { values } = parseProperties('ShareConsumer', shareConsumerProperties, properties, options);
  const { host = nodeHost(), logger = silentLogger } = options;
  if (values['group.id'] === '')
    throw new InvalidConfigError('group.id', 'is empty, but must name a share group');
  return {
    cluster: settingsFromProperties(withClientId(values), {
      host,
      logger,
      clientName: 'ShareConsumer',
      kind: 'consumer-share',
      connection: options,
      allowAutoTopicCreation: values['allow.auto.create.topics'],
    }),
    values,
    isExplicit: values['share.acknowledgement.mode'] === 'explicit',
    onAcknowledged: options.onAcknowledged,
  };
}

/** The client id stands in descriptions of the group: better a plain one than none. */
function withClientId(values: ShareConsumerPropertyValues): ShareConsumerPropertyValues {
  if (values['client.id'] !== '') return values;
  return { ...values, 'client.id': `share-consumer-${values['group.id']}` };
}
