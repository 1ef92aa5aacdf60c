import type { Attributes } from '@opentelemetry/api';

/** Names of OpenTelemetry's semantic conventions for messaging, with those for Kafka. */
export const attribute = {
  system: 'messaging.system',
  operationName: 'messaging.operation.name',
  operationType: 'messaging.operation.type',
  destination: 'messaging.destination.name',
  partition: 'messaging.destination.partition.id',
  clientId: 'messaging.client.id',
  group: 'messaging.consumer.group.name',
  batchCount: 'messaging.batch.message_count',
  bodySize: 'messaging.message.body.size',
  offset: 'messaging.kafka.offset',
  key: 'messaging.kafka.message.key',
  tombstone: 'messaging.kafka.message.tombstone',
  errorType: 'error.type',
} as const;

/** What every span and measurement says. */
export function messagingAttributes(
  operation: 'send' | 'process',
  topic: string,
  own: Attributes = {},
): Attributes {
  return {
    [attribute.system]: 'kafka',
    [attribute.operationName]: operation,
    [attribute.operationType]: operation,
    [attribute.destination]: topic,
    ...own,
  };
}

/** Of the record itself: keys that are text, and whether it is a tombstone. */
export function recordAttributes(record: {
  readonly key?: Uint8Array | string | null;
  readonly value: Uint8Array | string | null;
}): Attributes {
  const { key, value } = record;
  return {
    ...(key === undefined || key === null ? {} : { [attribute.key]: keyText(key) }),
    ...(value === null
      ? { [attribute.tombstone]: true }
      : { [attribute.bodySize]: typeof value === 'string' ? Buffer.byteLength(value) : value.length }),
  };
}

/** Codes are few and stable, messages are not. */
export function errorType(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.name : 'unknown';
}

function keyText(key: Uint8Array | string): string {
  return typeof key === 'string' ? key : Buffer.from(key).toString();
}
