import { property } from '@millrace/config';

/** Typed as text, so that the property is not taken for one that can only be empty. */
const NOT_SET: string = '';

/** Identity, listeners, connections and requests. */
export const serverProperties = {
  'node.id': property.int({
    default: 1,
    min: 0,
    doc: 'The id of this node in its cluster. Kept in `meta.properties` of each data directory.',
  }),
  'broker.id': property.int({
    default: -1,
    min: -1,
    doc: 'Older name of `node.id`; used when `node.id` is not set.',
  }),
  'cluster.id': property.string({
    default: NOT_SET,
    doc: 'Id for a cluster that is formatted by its first start, 22 characters of URL-safe base64. Empty: random. On data that exists it must be the stored one. Not a Kafka property: there it is an argument of `kafka-storage format`.',
  }),
  listeners: property.list({
    default: ['PLAINTEXT://127.0.0.1:9092'],
    doc: 'Where to listen, as NAME://HOST:PORT. Port 0 picks a free one. An empty host binds all addresses. Kafka binds all by default; here it is loopback, until asked for more.',
  }),
  'advertised.listeners': property.list({
    default: [],
    doc: 'What clients are told to connect to, as NAME://HOST:PORT. Empty: the listeners themselves, with the ports they were given.',
  }),
  'listener.security.protocol.map': property.list({
    default: ['PLAINTEXT:PLAINTEXT', 'SSL:SSL', 'SASL_PLAINTEXT:SASL_PLAINTEXT', 'SASL_SSL:SASL_SSL'],
    doc: 'Security protocol of each listener name, as NAME:PROTOCOL.',
  }),
  'broker.rack': property.string({ default: NOT_SET, doc: 'The rack of this node; empty for none.' }),
  'socket.request.max.bytes': property.int({
    default: 104857600,
    min: 1,
    doc: 'Largest request in bytes. A peer that announces more is disconnected before anything is allocated.',
  }),
  'connections.max.idle.ms': property.long({
    default: 600000,
    min: -1,
    doc: 'A connection without a request for this long is closed. -1 never.',
  }),
  'fetch.max.bytes': property.int({
    default: 57671680,
    min: 1024,
    doc: 'Most record bytes in one Fetch answer, whatever the client allows. The first batch is always sent whole.',
  }),
  'max.incremental.fetch.session.cache.slots': property.int({
    default: 1000,
    min: 0,
    doc: 'Fetch sessions (KIP-227) kept at a time.',
  }),
  'max.request.partition.size.limit': property.int({
    default: 2000,
    min: 1,
    doc: 'Most partitions in one DescribeTopicPartitions answer.',
  }),
  'request.timeout.ms': property.int({ default: 30000, min: 0, doc: 'Limit of internal requests.' }),
} as const;
