import { ApiKey } from '@millrace/protocol';
import { brokerDefinition } from '../config/broker-config.ts';

/** Longer lists are cut: a log line is no place for a thousand partitions. */
const MAX_ITEMS = 100;
const HIDDEN = '[hidden]';

/**
 * A decoded message for the log, without what does not belong there: of bytes (records, tokens, salted passwords,
 * assignments) only the length, and no value of a property that is secret, or unknown and may be.
 */
export function loggableMessage(apiKey: number, message: object): unknown {
  const hidesValues = apiKey === ApiKey.ALTER_CONFIGS || apiKey === ApiKey.INCREMENTAL_ALTER_CONFIGS;
  return loggable(message, hidesValues);
}

function loggable(value: unknown, hidesValues: boolean): unknown {
  if (Array.isArray(value)) return loggableList(value, hidesValues);
  if (value instanceof Uint8Array) return `[${value.length} bytes]`;
  if (typeof value !== 'object' || value === null) return value;
  const isSecret = hidesValues && isSecretConfig(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      isSecret && name === 'value' ? HIDDEN : loggable(field, hidesValues),
    ]),
  );
}

function loggableList(items: readonly unknown[], hidesValues: boolean): unknown[] {
  const shown = items.slice(0, MAX_ITEMS).map((item) => loggable(item, hidesValues));
  if (items.length > MAX_ITEMS) shown.push(`[${items.length - MAX_ITEMS} more]`);
  return shown;
}

function isSecretConfig(item: object): boolean {
  if (!('value' in item) || !('name' in item) || typeof item.name !== 'string') return false;
  const definition = brokerDefinition(item.name);
  // Properties of topics and groups are not among these, and none of them is a secret.
  return (
    definition?.type === 'password' ||
    (definition === undefined && /password|secret|jaas|key/i.test(item.name))
  );
}
