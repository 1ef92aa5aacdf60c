import type { PropertyValues } from '@millrace/config';
import { nodeHost, silentLogger, type Host, type Logger } from '@millrace/host';
import type { ClusterSettings } from '../cluster/cluster-settings.ts';
import { settingsFromProperties } from '../cluster/settings-from-properties.ts';
import { InvalidConfigError } from '../errors.ts';
import type { ConnectionOptions } from '../security/sasl-options.ts';
import type { AcknowledgeResult } from './acknowledge/acknowledge-result.ts';
import { shareConsumerProperties, type ShareConsumerProperties } from './share-consumer-properties.ts';

/** What is not a Kafka property. */
export interface ShareConsumerOptions extends ConnectionOptions {
  /** Clock, timers, random and network. Default: those of this machine. */
  readonly host?: Host;
  /** Default: silent. */
  readonly logger?: Logger;
  /**
   * Hears how acknowledgements ended, also those that polls send. Called between the application's own calls; what it
   * throws is thrown by the next poll.
   */
  readonly onAcknowledged?: (results: readonly AcknowledgeResult[]) => void;
}

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

/** @throws InvalidPropertyError, InvalidConfigError; unknown names are logged, as Kafka does. */
export function shareConsumerSettings(
  properties: ShareConsumerProperties,
  options: ShareConsumerOptions,
): ShareConsumerSettings {
  const { values, unknown } = shareConsumerProperties.parse(properties);
  const { host = nodeHost(), logger = silentLogger } = options;
  for (const { name, nearest } of unknown) {
    const reason = notForShareGroups.get(name);
    if (reason !== undefined)
      throw new InvalidConfigError(name, `cannot be set for a share consumer: ${reason}`);
    logger.warn('unknown share consumer property', { name, nearest });
  }
  if (values['group.id'] === '')
    throw new InvalidConfigError('group.id', 'is empty, but must name a share group');
  return {
    cluster: settingsFromProperties(withClientId(values), {
      host,
      logger,
      clientName: 'ShareConsumer',
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
