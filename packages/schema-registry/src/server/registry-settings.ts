import type { AdminProperties } from '@millrace/client';
import type { PropertyValues } from '@millrace/config';
import type { Logger } from '@millrace/host';
import { compatibilityLevelOf, compatibilityLevels } from '../compatibility/compatibility-level.ts';
import { RegistryPropertyError } from '../errors.ts';
import { parseListener, type ListenerAddress } from './listener-address.ts';
import { registryProperties, type RegistryProperties } from './registry-properties.ts';

export type RegistryPropertyValues = PropertyValues<typeof registryProperties.definitions>;

/** Properties, parsed and checked against each other. */
export interface RegistrySettings {
  readonly values: RegistryPropertyValues;
  readonly compatibilityLevel: string;
  readonly listeners: readonly ListenerAddress[];
  /** What all clients of the cluster get. */
  readonly client: AdminProperties;
}

const PREFIX = 'kafkastore.';

/** @throws InvalidPropertyError, RegistryPropertyError; unknown names are logged */
export function registrySettings(properties: RegistryProperties, logger: Logger): RegistrySettings {
  const { values, unknown } = registryProperties.parse(properties);
  const passedOn: Record<string, unknown> = {};
  for (const { name, nearest } of unknown) {
    if (name.startsWith(PREFIX)) {
      passedOn[name.slice(PREFIX.length)] = (properties as Readonly<Record<string, unknown>>)[name];
    } else logger.warn('unknown property ignored', { property: name, nearest });
  }
  const level = compatibilityLevelOf(values['schema.compatibility.level']);
  if (level === undefined) {
    const given = values['schema.compatibility.level'];
    throw new RegistryPropertyError(
      'schema.compatibility.level',
      `is "${given}", but must be one of ${compatibilityLevels.join(', ')}`,
    );
  }
  const servers = values['kafkastore.bootstrap.servers'].map((server) => server.replace(/^[A-Z_]+:\/\//, ''));
  return {
    values,
    compatibilityLevel: level,
    listeners: values.listeners.map((listener) => parseListener(listener, values)),
    client: { 'client.id': 'schema-registry', ...passedOn, 'bootstrap.servers': servers },
  };
}
