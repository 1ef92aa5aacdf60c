/** What has configuration, with its number on the wire. */
export const resourceTypeId = {
  topic: 2,
  broker: 4,
  'broker-logger': 8,
  'client-metrics': 16,
  group: 32,
} as const;

/** The kinds of what has configuration. */
export type ConfigResourceType = keyof typeof resourceTypeId;

/** What has configuration of its own. */
export interface ConfigResource {
  readonly type: ConfigResourceType;
  /** Topic name, broker id as text ('' for the default of all brokers), group id. */
  readonly name: string;
}

/** How one property is changed; `append` and `subtract` are for lists. */
export const configOperationId = { set: 0, delete: 1, append: 2, subtract: 3 } as const;

/** A change of one property. */
export interface ConfigOperation {
  readonly name: string;
  readonly operation: keyof typeof configOperationId;
  /** Not for `delete`. */
  readonly value?: string | number | boolean | null;
}

/** Changes of single properties of a resource; the others stay. */
export interface ConfigChange extends ConfigResource {
  readonly operations: readonly ConfigOperation[];
}

/** All of a resource's own values; those not named go back to their defaults. */
export interface ConfigReplacement extends ConfigResource {
  readonly configs: Readonly<Record<string, string | number | boolean>>;
}

/** Where a value comes from, as Kafka names it. */
export type ConfigSource = (typeof sources)[number];

const sources = [
  'UNKNOWN',
  'DYNAMIC_TOPIC_CONFIG',
  'DYNAMIC_BROKER_CONFIG',
  'DYNAMIC_DEFAULT_BROKER_CONFIG',
  'STATIC_BROKER_CONFIG',
  'DEFAULT_CONFIG',
  'DYNAMIC_BROKER_LOGGER_CONFIG',
  'DYNAMIC_CLIENT_METRICS_CONFIG',
  'DYNAMIC_GROUP_CONFIG',
] as const;

/** Kafka's types of properties. */
export type ConfigValueType = (typeof types)[number];

const types = [
  'UNKNOWN',
  'BOOLEAN',
  'STRING',
  'INT',
  'SHORT',
  'LONG',
  'DOUBLE',
  'LIST',
  'CLASS',
  'PASSWORD',
] as const;

/** Another place where a property, or one that stands for it, has a value. */
export interface ConfigSynonym {
  readonly name: string;
  readonly value: string | null;
  readonly source: ConfigSource;
}

/** A property of a resource, with where its value comes from. */
export interface ConfigEntry {
  readonly name: string;
  /** Null where it is not set, or sensitive. */
  readonly value: string | null;
  readonly source: ConfigSource;
  readonly isDefault: boolean;
  readonly isReadOnly: boolean;
  readonly isSensitive: boolean;
  readonly type: ConfigValueType;
  /** Null unless asked for. */
  readonly documentation: string | null;
  /** Empty unless asked for. */
  readonly synonyms: readonly ConfigSynonym[];
}

/** Key of a resource in results: `topic:orders`. */
export function resourceKey({ type, name }: ConfigResource): string {
  return `${type}:${name}`;
}

export function resourceTypeOf(id: number): ConfigResourceType {
  const found = Object.entries(resourceTypeId).find(([, value]) => value === id);
  return (found?.[0] ?? 'topic') as ConfigResourceType;
}

export function configSourceOf(id: number): ConfigSource {
  return sources[id] ?? 'UNKNOWN';
}

export function configTypeOf(id: number): ConfigValueType {
  return types[id] ?? 'UNKNOWN';
}
