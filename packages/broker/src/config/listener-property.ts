import type { PropertyDefinition, PropertyValues } from '@millrace/config';
import type { BrokerPropertyValues } from './broker-properties.ts';
import { dynamicPropertyWithoutEffect } from './dynamic-properties-without-effect.ts';
import { listenerSecurityProperties } from './security-properties.ts';

type ListenerPropertyName = keyof typeof listenerSecurityProperties;

/** Values of the security properties as one listener, or one of its mechanisms, has them. */
export type ListenerPropertyValues = PropertyValues<typeof listenerSecurityProperties>;

/** Of properties that are those of one listener. */
export const LISTENER_PREFIX = 'listener.name.';
const names = Object.keys(listenerSecurityProperties) as readonly ListenerPropertyName[];

/** The definition behind `listener.name.<name>.[<mechanism>.]<property>`; `undefined` for every other name. */
export function listenerPropertyDefinition(name: string): PropertyDefinition<unknown> | undefined {
  if (!name.startsWith(LISTENER_PREFIX)) return undefined;
  const [, listener, rest] = /^([^.]+)\.(.+)$/.exec(name.slice(LISTENER_PREFIX.length)) ?? [];
  if (listener === undefined || listener !== listener.toLowerCase()) return undefined;
  return definitionOf(rest!) ?? definitionOf(rest!.replace(/^[a-z0-9-]+\./, ''));
}

function definitionOf(name: string): PropertyDefinition<unknown> | undefined {
  if (Object.hasOwn(listenerSecurityProperties, name)) {
    return listenerSecurityProperties[name as ListenerPropertyName];
  }
  return /^s(?:as|s)l\./.test(name) ? dynamicPropertyWithoutEffect(name) : undefined;
}

/** One of them, for what is asked with each connection. */
export function listenerProperty<Name extends ListenerPropertyName>(
  values: BrokerPropertyValues,
  listenerName: string,
  name: Name,
): ListenerPropertyValues[Name] {
  const all: Readonly<Record<string, unknown>> = values;
  const value = all[`${LISTENER_PREFIX}${listenerName.toLowerCase()}.${name}`] ?? all[name];
  return value as ListenerPropertyValues[Name];
}

/** The most specific values: those of the mechanism, of the listener, of the node. */
export function listenerProperties(
  values: BrokerPropertyValues,
  listenerName: string,
  mechanism?: string,
): ListenerPropertyValues {
  const all = values as Readonly<Record<string, unknown>>;
  const listenerPrefix = `${LISTENER_PREFIX}${listenerName.toLowerCase()}.`;
  const mechanismPrefix = `${listenerPrefix}${mechanism?.toLowerCase() ?? ''}.`;
  const result: Record<string, unknown> = {};
  for (const name of names) {
    result[name] = all[mechanismPrefix + name] ?? all[listenerPrefix + name] ?? all[name];
  }
  return result as ListenerPropertyValues;
}
