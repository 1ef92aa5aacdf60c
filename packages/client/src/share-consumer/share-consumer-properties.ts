import { property, PropertySet, type PropertyInput } from '@millrace/config';
import { clientProperties } from '../client-properties.ts';
import { consumerProperties } from '../consumer/consumer-properties.ts';

/** Declared as string: any text is a value, not only the default. */
const UNSET: string = '';

const { definitions } = consumerProperties;

/** Everything a share consumer can be told by Kafka's property names. */
export const shareConsumerProperties = new PropertySet({
  ...clientProperties,
  'group.id': property.string({
    doc: 'The share group; members of one group share the records between them.',
  }),
  'share.acknowledgement.mode': property.string({
    default: 'implicit',
    oneOf: ['implicit', 'explicit'],
    doc: 'implicit: the next poll accepts the records of the one before. explicit: each record is acknowledged by itself.',
  }),
  'share.acquire.mode': property.string({
    default: 'batch_optimized',
    oneOf: ['batch_optimized', 'record_limit'],
    ignoresCase: true,
    doc: 'batch_optimized: brokers hand out whole batches, so it may be more than one poll returns. record_limit: never more.',
  }),
  'max.poll.records': definitions['max.poll.records'],
  'max.poll.interval.ms': property.int({
    default: 300_000,
    min: 1,
    doc: 'Longest time between two polls before the consumer leaves its group until it polls again.',
  }),
  'fetch.min.bytes': definitions['fetch.min.bytes'],
  'fetch.max.bytes': definitions['fetch.max.bytes'],
  'fetch.max.wait.ms': definitions['fetch.max.wait.ms'],
  'check.crcs': definitions['check.crcs'],
  'client.rack': property.string({
    default: UNSET,
    doc: 'Where this consumer runs; told to the group.',
  }),
  'allow.auto.create.topics': definitions['allow.auto.create.topics'],
  'default.api.timeout.ms': property.int({
    default: 60_000,
    min: 0,
    doc: 'Limit of calls that do not take one of their own: commit, unsubscribe.',
  }),
});

/** What `new ShareConsumer(...)` takes: any of these properties, as values or as text. */
export type ShareConsumerProperties = PropertyInput<typeof shareConsumerProperties.definitions>;
