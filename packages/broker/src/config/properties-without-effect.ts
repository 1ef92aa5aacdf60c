import { dynamicPropertyWithoutEffect } from './dynamic-properties-without-effect.ts';

/**
 * Properties of Apache Kafka that a `server.properties` may well have and that change nothing here, by name or by
 * prefix: they tune threads and sockets of the JVM, or belong to features that are not there yet. Naming them keeps a
 * borrowed file from causing a page of warnings.
 */
const names: ReadonlySet<string> = new Set([
  'compression.codec',
  'inter.broker.protocol.version',
  'log.cleaner.enable',
  'log.message.format.version',
  'message.downconversion.enable',
  'queued.max.requests',
  'socket.listen.backlog.size',
  'socket.receive.buffer.bytes',
  'socket.send.buffer.bytes',
  'zookeeper.connect',
]);

const prefixes: readonly string[] = [
  'confluent.',
  'controlled.shutdown.',
  'controller.quorum.',
  'early.start.',
  'group.consumer.',
  'group.coordinator.',
  'group.share.',
  'group.streams.',
  'leader.imbalance.',
  'log.cleaner.',
  'log.flush.',
  'metadata.',
  'metric',
  'replica.',
  'sasl.',
  'share.coordinator.',
  'ssl.',
  'transaction.',
  'transactional.',
  'unstable.',
];

export function isKafkaPropertyWithoutEffect(name: string): boolean {
  if (dynamicPropertyWithoutEffect(name) !== undefined) return true;
  return names.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}
