import { property } from '@millrace/config';
import { securityProperties } from './security/security-properties.ts';

const ANY_TEXT: string = '';

/** Properties that Producer, Consumer and Admin share, with Kafka's names and defaults. */
export const clientProperties = {
  'bootstrap.servers': property.list({
    doc: 'host:port of one or more brokers to start from; all others are learned from them.',
  }),
  'client.dns.lookup': property.string({
    default: 'use_all_dns_ips',
    oneOf: ['use_all_dns_ips', 'resolve_canonical_bootstrap_servers_only'],
    doc:
      'Names are looked up for each connection, and all their addresses are tried, one after the other; the second value ' +
      'also takes each address of a bootstrap name for a broker of its own, by its canonical name.',
  }),
  'client.id': property.string({
    default: ANY_TEXT,
    doc: 'Names this client in broker logs, quotas and metrics.',
  }),
  ...securityProperties,
  'request.timeout.ms': property.int({
    default: 30_000,
    min: 1,
    doc: 'How long a broker may take to answer one request before its connection is given up.',
  }),
  'retry.backoff.ms': property.long({
    default: 100,
    min: 0,
    doc: 'First pause before a failed request is tried again; doubles with each failure, give or take 20 %.',
  }),
  'retry.backoff.max.ms': property.long({ default: 1000, min: 0, doc: 'Longest pause between two tries.' }),
  'reconnect.backoff.ms': property.long({
    default: 50,
    min: 0,
    doc: 'First pause before a lost broker is connected to again; doubles with each failure, give or take 20 %.',
  }),
  'reconnect.backoff.max.ms': property.long({
    default: 1000,
    min: 0,
    doc: 'Longest pause between two tries to connect to the same broker.',
  }),
  'socket.connection.setup.timeout.ms': property.long({
    default: 10_000,
    min: 1,
    doc: 'How long opening a connection may take; doubles with each consecutive failure.',
  }),
  'socket.connection.setup.timeout.max.ms': property.long({
    default: 30_000,
    min: 1,
    doc: 'Longest time that opening a connection may take after many failures.',
  }),
  'connections.max.idle.ms': property.long({
    default: 540_000,
    min: -1,
    doc: 'Connections without a request for this long are closed; -1 keeps them.',
  }),
  'metadata.max.age.ms': property.long({
    default: 300_000,
    min: 1,
    doc: 'Metadata is refreshed this often even if nothing suggests that it is old.',
  }),
  'enable.metrics.push': property.boolean({
    default: true,
    doc: 'Whether metrics are pushed to brokers that ask for them (KIP-714). Others are not bothered.',
  }),
  'metadata.recovery.strategy': property.string({
    default: 'rebootstrap',
    oneOf: ['none', 'rebootstrap'],
    ignoresCase: true,
    doc: 'What to do when no known broker can be reached: start again from bootstrap.servers, or keep trying.',
  }),
  'metadata.recovery.rebootstrap.trigger.ms': property.long({
    default: 300_000,
    min: 0,
    doc: 'After this long without metadata the known brokers are forgotten and bootstrap.servers is used again.',
  }),
};
