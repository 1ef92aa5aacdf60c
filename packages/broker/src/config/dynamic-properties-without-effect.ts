import { LONG_MAX, property, type PropertyDefinition } from '@millrace/config';

/** Beyond any rate; Java's largest double. */
const NO_LIMIT = Number.MAX_VALUE;
const cluster = {
  doc: 'Of Apache Kafka: taken and shown, without effect here.',
  updateMode: 'cluster-wide',
} as const;
const node = { ...cluster, updateMode: 'per-broker' } as const;

/**
 * Properties that a running node of Apache Kafka may be given and that change nothing here. Tools and clients set and
 * read them, so they are taken, checked and shown as there.
 */
const definitions: Readonly<Record<string, PropertyDefinition<unknown>>> = {
  'background.threads': property.int({ ...cluster, default: 10, min: 1 }),
  'config.providers': property.list({ ...cluster, default: [] }),
  'follower.fetch.last.tiered.offset.enable': property.boolean({ ...cluster, default: false }),
  'group.coordinator.cached.buffer.max.bytes': property.int({ ...cluster, default: 1_048_588, min: 524_288 }),
  'log.cleaner.backoff.ms': property.long({ ...cluster, default: 15_000, min: 0 }),
  'log.cleaner.dedupe.buffer.size': property.long({ ...cluster, default: 134_217_728 }),
  'log.cleaner.io.buffer.load.factor': property.double({ ...cluster, default: 0.9 }),
  'log.cleaner.io.buffer.size': property.int({ ...cluster, default: 524_288, min: 0 }),
  'log.cleaner.io.max.bytes.per.second': property.double({ ...cluster, default: NO_LIMIT }),
  'log.cleaner.threads': property.int({ ...cluster, default: 1, min: 0 }),
  'log.local.retention.bytes': property.long({ ...cluster, default: -2, min: -2 }),
  'log.local.retention.ms': property.long({ ...cluster, default: -2, min: -2 }),
  'metric.reporters': property.list({ ...cluster, default: ['org.apache.kafka.common.metrics.JmxReporter'] }),
  'num.io.threads': property.int({ ...cluster, default: 8, min: 1 }),
  'num.network.threads': property.int({ ...cluster, default: 3, min: 1 }),
  'num.replica.fetchers': property.int({ ...cluster, default: 1 }),
  'remote.fetch.max.wait.ms': property.int({ ...cluster, default: 500, min: 1 }),
  'remote.list.offsets.request.timeout.ms': property.long({ ...cluster, default: 30_000, min: 1 }),
  'remote.log.index.file.cache.total.size.bytes': property.long({
    ...cluster,
    default: 1_073_741_824,
    min: 1,
  }),
  'remote.log.manager.copier.thread.pool.size': property.int({ ...cluster, default: 10, min: 1 }),
  'remote.log.manager.copy.max.bytes.per.second': property.long({ ...cluster, default: LONG_MAX, min: 1 }),
  'remote.log.manager.expiration.thread.pool.size': property.int({ ...cluster, default: 10, min: 1 }),
  'remote.log.manager.fetch.max.bytes.per.second': property.long({ ...cluster, default: LONG_MAX, min: 1 }),
  'remote.log.manager.follower.thread.pool.size': property.int({ ...cluster, default: 2, min: 1 }),
  'remote.log.reader.threads': property.int({ ...cluster, default: 10, min: 1 }),
  'sasl.kerberos.kinit.cmd': property.string({ ...node, default: '/usr/bin/kinit' }),
  'sasl.kerberos.min.time.before.relogin': property.long({ ...node, default: 60_000 }),
  'sasl.kerberos.principal.to.local.rules': property.list({ ...node, default: ['DEFAULT'] }),
  'sasl.kerberos.service.name': property.string({ ...node, default: '' }),
  'sasl.kerberos.ticket.renew.jitter': property.double({ ...node, default: 0.05 }),
  'sasl.kerberos.ticket.renew.window.factor': property.double({ ...node, default: 0.8 }),
  'sasl.login.refresh.buffer.seconds': property.short({ ...node, default: 300, min: 0, max: 3600 }),
  'sasl.login.refresh.min.period.seconds': property.short({ ...node, default: 60, min: 0, max: 900 }),
  'sasl.login.refresh.window.factor': property.double({ ...node, default: 0.8, min: 0.5, max: 1 }),
  'sasl.login.refresh.window.jitter': property.double({ ...node, default: 0.05, min: 0, max: 0.25 }),
  'share.coordinator.cached.buffer.max.bytes': property.int({ ...cluster, default: 1_048_588, min: 524_288 }),
  'ssl.keymanager.algorithm': property.string({ ...node, default: 'SunX509' }),
  'ssl.protocol': property.string({ ...node, default: 'TLSv1.3' }),
  'ssl.provider': property.string({ ...node, default: '' }),
  'ssl.secure.random.implementation': property.string({ ...node, default: '' }),
  'ssl.trustmanager.algorithm': property.string({ ...node, default: 'PKIX' }),
};

export const dynamicNamesWithoutEffect: readonly string[] = Object.keys(definitions);

/** The definition behind one of those names; `undefined` for every other. */
export function dynamicPropertyWithoutEffect(name: string): PropertyDefinition<unknown> | undefined {
  return Object.hasOwn(definitions, name) ? definitions[name] : undefined;
}
