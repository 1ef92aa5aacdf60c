import type { ParsedProperties, PropertyDefinition } from '@millrace/config';
import { brokerProperties, type BrokerPropertyValues } from './broker-properties.ts';
import { ConfigSource, type ConfigAssignment } from './config-source.ts';
import { dynamicPropertyWithoutEffect } from './dynamic-properties-without-effect.ts';
import { listenerPropertyDefinition } from './listener-property.ts';

type Overrides = ReadonlyMap<string, string>;
type AnyDefinition = PropertyDefinition<unknown>;

/** Names whose built-in default means "not set: a coarser property decides"; Kafka has null there. */
const unsetByDefault: ReadonlySet<string> = new Set([
  'log.roll.ms',
  'log.roll.jitter.ms',
  'log.retention.ms',
  'log.retention.minutes',
  'sasl.kerberos.service.name',
  'ssl.provider',
  'ssl.secure.random.implementation',
]);

const noOverrides: Overrides = new Map();

/** The broker's own configuration in layers: per broker over cluster-wide over static over default. */
export class BrokerConfig {
  readonly #static: ParsedProperties<typeof brokerProperties.definitions>;
  #perBroker = noOverrides;
  #clusterWide = noOverrides;
  #values: BrokerPropertyValues;
  #onChange: () => void = () => {};

  constructor(properties: ParsedProperties<typeof brokerProperties.definitions>) {
    this.#static = properties;
    this.#values = properties.values;
  }

  /** Effective values. A new object after each dynamic change. */
  get values(): BrokerPropertyValues {
    return this.#values;
  }

  /** Takes over the dynamic layers from the cluster image. Values were checked before they were written. */
  setDynamic(clusterWide: Overrides, perBroker: Overrides): void {
    this.#clusterWide = clusterWide;
    this.#perBroker = perBroker;
    const values: Record<string, unknown> = { ...this.#static.values };
    for (const [name, value] of [...clusterWide, ...perBroker]) {
      const definition = brokerDefinition(name);
      if (definition !== undefined) values[name] = definition.parse(value);
    }
    this.#values = values as BrokerPropertyValues;
    this.#onChange();
  }

  /** The one listener is told of each dynamic change, when the new values are in force. */
  onChange(listener: () => void): void {
    this.#onChange = listener;
  }

  /** Names of the form `listener.name.<name>.<property>` that have a value. */
  get listenerPropertyNames(): readonly string[] {
    return Object.keys(this.#values).filter((name) => listenerPropertyDefinition(name) !== undefined);
  }

  /** Names that nobody here knows and that a client has given a value all the same, as Kafka lets it. */
  get customNames(): readonly string[] {
    const names = new Set([...this.#perBroker.keys(), ...this.#clusterWide.keys()]);
    return [...names].filter((name) => brokerDefinition(name) === undefined);
  }

  /** Everything that gives `name` a value, the effective one first; empty for unset names. */
  assignments(name: string): ConfigAssignment[] {
    const found: ConfigAssignment[] = [];
    const add = (value: string | undefined, source: number) => {
      if (value !== undefined) found.push({ name, value, source });
    };
    add(this.#perBroker.get(name), ConfigSource.DYNAMIC_BROKER);
    add(this.#clusterWide.get(name), ConfigSource.DYNAMIC_DEFAULT_BROKER);
    const definition = brokerDefinition(name);
    if (definition === undefined) return found;
    if (this.#static.explicit.has(name)) {
      const value = (this.#static.values as Readonly<Record<string, unknown>>)[name];
      add(definition.format(value), ConfigSource.STATIC_BROKER);
    }
    if (!unsetByDefault.has(name)) add(definition.format(definition.default), ConfigSource.DEFAULT);
    return found;
  }
}

/** The definition of a broker property, whatever its type, and of properties for one listener. */
export function brokerDefinition(name: string): AnyDefinition | undefined {
  if (brokerProperties.has(name)) return brokerProperties.definitions[name];
  return listenerPropertyDefinition(name) ?? dynamicPropertyWithoutEffect(name);
}
