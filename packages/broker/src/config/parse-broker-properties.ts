import { InvalidPropertyError, type ParsedProperties } from '@millrace/config';
import type { Logger } from '@millrace/host';
import { BrokerConfig } from './broker-config.ts';
import { brokerProperties, type BrokerProperties } from './broker-properties.ts';
import { withInternalTopicDefaults } from './internal-topic-defaults.ts';
import { dynamicPropertyWithoutEffect } from './dynamic-properties-without-effect.ts';
import { listenerPropertyDefinition } from './listener-property.ts';
import { isKafkaPropertyWithoutEffect } from './properties-without-effect.ts';

/** The configuration of a node, parsed. */
export interface ParsedBrokerProperties {
  readonly config: BrokerConfig;
  readonly nodeId: number;
}

/**
 * Parses what the user gave. Like Kafka it goes on after a name it does not know, with a warning that offers the nearest
 * one.
 * @throws InvalidPropertyError for values
 */
export function parseBrokerProperties(properties: BrokerProperties, logger: Logger): ParsedBrokerProperties {
  const parsed = withFurtherProperties(brokerProperties.parse(properties), properties);
  for (const { name, nearest } of parsed.unknown) {
    if (listenerPropertyDefinition(name) !== undefined) continue;
    if (isKafkaPropertyWithoutEffect(name)) {
      logger.debug('Property has no effect in this version', { property: name });
    } else {
      const hint = nearest === undefined ? {} : { didYouMean: nearest };
      logger.warn('Unknown property is ignored', { property: name, ...hint });
    }
  }
  const usesOldName = !parsed.explicit.has('node.id') && parsed.values['broker.id'] >= 0;
  return {
    config: new BrokerConfig(withInternalTopicDefaults(parsed)),
    nodeId: usesOldName ? parsed.values['broker.id'] : parsed.values['node.id'],
  };
}

type Parsed = ParsedProperties<typeof brokerProperties.definitions>;

/**
 * Takes `listener.name.<name>.<property>` along with the rest, and what is shown but has no effect.
 * @throws InvalidPropertyError
 */
function withFurtherProperties(parsed: Parsed, input: BrokerProperties): Parsed {
  const values: Record<string, unknown> = { ...parsed.values };
  const explicit = new Set(parsed.explicit);
  for (const { name } of parsed.unknown) {
    const definition = listenerPropertyDefinition(name) ?? dynamicPropertyWithoutEffect(name);
    const raw = input[name];
    if (definition === undefined || raw === undefined || raw === null) continue;
    try {
      values[name] = definition.parse(raw as string);
    } catch (cause) {
      throw InvalidPropertyError.illegal(name, definition.type === 'password' ? '[hidden]' : raw, cause);
    }
    explicit.add(name);
  }
  return { ...parsed, values: values as Parsed['values'], explicit };
}
