import { property, PropertySet, type PropertyInput } from '@millrace/config';
import { clientProperties } from '../client-properties.ts';

/** Declared as string: any text is a value, not only the default. */
const UNSET: string = '';

const fetchProperties = {
  'fetch.min.bytes': property.int({
    default: 1,
    min: 0,
    doc: 'A broker waits until this many bytes are there, or fetch.max.wait.ms have passed.',
  }),
  'fetch.max.bytes': property.int({
    default: 52_428_800,
    min: 0,
    doc: 'Most bytes of one fetch answer; a single larger batch is still returned.',
  }),
  'fetch.max.wait.ms': property.int({
    default: 500,
    min: 0,
    doc: 'How long a broker waits for fetch.min.bytes.',
  }),
  'max.partition.fetch.bytes': property.int({
    default: 1_048_576,
    min: 0,
    doc: 'Most bytes of one partition in a fetch answer; a single larger batch is still returned.',
  }),
  'max.poll.records': property.int({ default: 500, min: 1, doc: 'Most records that one poll returns.' }),
  'check.crcs': property.boolean({
    default: true,
    doc: 'Check the CRC-32C of every batch before it is decoded.',
  }),
  'isolation.level': property.string({
    default: 'read_uncommitted',
    oneOf: ['read_uncommitted', 'read_committed'],
    doc: 'read_committed leaves out records of transactions that were aborted, and waits for open ones to end.',
  }),
  'client.rack': property.string({
    default: UNSET,
    doc: 'Where this consumer runs: with rack-aware brokers it reads from a follower of the same rack (KIP-392).',
  }),
};

const groupProperties = {
  'group.id': property.string({
    default: UNSET,
    doc: 'The consumer group; needed to subscribe and to commit.',
  }),
  'group.instance.id': property.string({
    default: UNSET,
    doc: 'A name that stays over restarts makes the consumer a static member: a restart does not rebalance the group.',
  }),
  'group.protocol': property.string({
    default: 'classic',
    oneOf: ['classic', 'consumer'],
    ignoresCase: true,
    doc: 'How the group agrees: by its members (classic), or by the broker (consumer, KIP-848).',
  }),
  'group.remote.assignor': property.string({
    default: UNSET,
    doc: 'With group.protocol=consumer: the assignor the broker is to use, uniform or range; empty leaves it to the broker.',
  }),
  'partition.assignment.strategy': property.list({
    default: ['range', 'cooperative-sticky'],
    doc: 'Assignors in order of preference: range, roundrobin, sticky, cooperative-sticky, or one given as option.',
  }),
  'session.timeout.ms': property.int({
    default: 45_000,
    min: 1,
    doc: 'Without a heartbeat for this long the coordinator removes the consumer from its group.',
  }),
  'heartbeat.interval.ms': property.int({
    default: 3000,
    min: 1,
    doc: 'How often heartbeats are sent; at most a third of session.timeout.ms is a good choice.',
  }),
  'max.poll.interval.ms': property.int({
    default: 300_000,
    min: 1,
    doc: 'Longest time between two polls before the consumer leaves its group, and how long a rebalance waits for it.',
  }),
  'enable.auto.commit': property.boolean({
    default: true,
    doc: 'Commit the positions of records that polls have returned, inside later polls and when closing.',
  }),
  'auto.commit.interval.ms': property.int({ default: 5000, min: 0, doc: 'How often automatic commits run.' }),
  'auto.offset.reset': property.string({
    default: 'latest',
    doc: 'Where to start without a valid committed offset: latest, earliest, none, or by_duration:<ISO-8601 duration>.',
  }),
};

/** Everything a consumer can be told by Kafka's property names. */
export const consumerProperties = new PropertySet({
  ...clientProperties,
  ...fetchProperties,
  ...groupProperties,
  'allow.auto.create.topics': property.boolean({
    default: true,
    doc: 'Subscribing to a topic that does not exist creates it, if the broker allows that too.',
  }),
  'exclude.internal.topics': property.boolean({
    default: true,
    doc: 'A subscribed pattern does not match internal topics.',
  }),
  'default.api.timeout.ms': property.int({
    default: 60_000,
    min: 0,
    doc: 'Limit of calls that do not take one of their own: commit, committed, position, offsetsForTimes, ...',
  }),
});

/** What `new Consumer(...)` takes: any of Kafka's consumer properties, as values or as text. */
export type ConsumerProperties = PropertyInput<typeof consumerProperties.definitions>;
